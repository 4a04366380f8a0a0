/* Ids and keys: their bytes, their text, and the types that they name. */
#include "core/schema/record.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum { SITE_BITS = 12, NUMBER_BITS = 44, N_MOST = (1 << 24) - 1, KIND_MOST = 127, TYPED = 64 };

static const uint64_t SITE_MOST = (UINT64_C(1) << SITE_BITS) - 1;
static const uint64_t NUMBER_MOST = (UINT64_C(1) << NUMBER_BITS) - 1;

uint64_t id_make(uint8_t kind, uint16_t site, uint64_t number)
{
    assert(kind >= 1 && kind <= KIND_MOST && site <= SITE_MOST && number <= NUMBER_MOST);
    return (uint64_t)kind << (SITE_BITS + NUMBER_BITS) | (uint64_t)site << NUMBER_BITS | number;
}

uint8_t id_kind(uint64_t id)
{
    return (uint8_t)(id >> (SITE_BITS + NUMBER_BITS));
}

uint16_t id_site(uint64_t id)
{
    return (uint16_t)(id >> NUMBER_BITS & SITE_MOST);
}

uint64_t id_number(uint64_t id)
{
    return id & NUMBER_MOST;
}

void record_key_encode(uint8_t out[12], const struct record_key *key)
{
    assert(key->n <= N_MOST);
    write_u64(out, key->id);
    write_u32(out + 8, (uint32_t)key->family << 24 | key->n);
}

struct record_key record_key_decode(const uint8_t in[12])
{
    return (struct record_key){ read_u64(in), in[8], read_u24(in + 9) };
}

int record_key_compare(const struct record_key *a, const struct record_key *b)
{
    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    if (a->family != b->family)
        return a->family < b->family ? -1 : 1;
    return (a->n > b->n) - (a->n < b->n);
}

/* ---- types ---- */

const struct record_type *type_numbered(uint8_t number)
{
    for (const struct record_type *const *t = record_types; *t; t++)
        if ((*t)->family == 0 && (*t)->number == number)
            return *t;
    return NULL;
}

const struct record_type *type_of_family(uint8_t family)
{
    for (const struct record_type *const *t = record_types; *t && family != 0; t++)
        if ((*t)->family == family)
            return *t;
    return NULL;
}

const struct record_type *type_of_key(const struct record_key *key)
{
    return key->family != 0 ? type_of_family(key->family) : type_numbered(id_kind(key->id));
}

const struct record_type *type_named(struct text name)
{
    for (const struct record_type *const *t = record_types; *t; t++)
        if (text_is(name, (*t)->name))
            return *t;
    return NULL;
}

/* ---- text ---- */

/* A kind that this program does not know stands as its number. */
void key_print(struct buffer *out, const struct record_key *key)
{
    const struct record_type *type = type_numbered(id_kind(key->id));

    if (type)
        buffer_string(out, type->letters);
    else
        buffer_printf(out, "%u", id_kind(key->id));
    buffer_byte(out, '-');
    if (id_site(key->id) != 0)
        buffer_printf(out, "%u.", id_site(key->id));
    buffer_printf(out, "%" PRIu64, id_number(key->id));
    if (key->family != 0)
        buffer_printf(out, ":%u:%" PRIu32, key->family, key->n);
}

struct reading {
    const char *at;
    const char *end;
};

static bool mark(struct reading *r, char sign)
{
    if (r->at == r->end || *r->at != sign)
        return false;
    r->at++;
    return true;
}

/* Digits of a number up to `most`. */
static bool number(struct reading *r, uint64_t most, uint64_t *out)
{
    const char *start = r->at;

    *out = 0;
    for (; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++) {
        *out = *out * 10 + (uint64_t)(*r->at - '0');
        if (*out > most)
            return false;
    }
    return r->at > start;
}

static bool same_letters(const char *letters, const char *typed, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char c = typed[i] >= 'a' && typed[i] <= 'z' ? (char)(typed[i] - 'a' + 'A') : typed[i];

        if (letters[i] == '\0' || letters[i] != c)
            return false;
    }
    return letters[len] == '\0';
}

/* The letters of a type, or a kind's number. */
static bool kind(struct reading *r, uint64_t *out)
{
    const char *start = r->at;

    if (r->at < r->end && *r->at >= '0' && *r->at <= '9')
        return number(r, KIND_MOST, out) && *out >= 1;
    while (r->at < r->end && *r->at != '-')
        r->at++;
    size_t len = (size_t)(r->at - start);

    for (const struct record_type *const *t = record_types; *t && len > 0; t++)
        if ((*t)->family == 0 && same_letters((*t)->letters, start, len)) {
            *out = (*t)->number;
            return true;
        }
    return false;
}

bool key_parse(struct record_key *out, struct text t)
{
    uint64_t type, site = 0, n = 0, id, family = 0;
    char typed[TYPED];
    size_t len;

    if (!text_narrow(typed, sizeof typed, t, &len))
        return false;
    struct reading r = { typed, typed + len };

    if (!kind(&r, &type) || !mark(&r, '-') || !number(&r, NUMBER_MOST, &id))
        return false;
    if (mark(&r, '.')) {
        site = id;
        if (site == 0 || site > SITE_MOST || !number(&r, NUMBER_MOST, &id))
            return false;
    }
    if (mark(&r, ':') && (!number(&r, UINT8_MAX, &family) || family == 0 || !mark(&r, ':') ||
                          !number(&r, N_MOST, &n)))
        return false;
    if (r.at != r.end)
        return false;
    *out = (struct record_key){ id_make((uint8_t)type, (uint16_t)site, id), (uint8_t)family,
                                (uint32_t)n };
    return true;
}
