#include "core/schema/record.h"

#include <assert.h>
#include <string.h>

#include "core/schema/parts.h"

struct record *record_new(struct arena *arena, const struct record_type *type)
{
    struct record *record = arena_alloc(arena, type->size);

    record->type = type;
    return record;
}

void record_presets(struct record *record, const struct lookup *lookup, struct arena *arena)
{
    struct message why;

    for (size_t i = 0; i < record->type->count; i++) {
        const struct field *field = &record->type->fields[i];

        if (field->preset && !field_present(field, record))
            (void)value_parse(record, field, text_of(field->preset), lookup, arena, &why);
    }
}

/* ---- encoding ---- */

/* The rows of present fields, by ascending tag. Rows mostly stand so already. */
static size_t sorted(const struct field **out, const struct field *fields, size_t count,
                     const void *values)
{
    size_t used = 0;

    assert(count <= FIELDS_MOST);
    for (size_t i = 0; i < count; i++) {
        size_t at = used;

        if (!field_present(&fields[i], values))
            continue;
        for (; at > 0 && out[at - 1]->tag > fields[i].tag; at--)
            out[at] = out[at - 1];
        out[at] = &fields[i];
        used++;
    }
    return used;
}

/* Unknown pairs in their order. */
struct carried {
    struct cbor_reader in;
    size_t left;
    uint64_t tag; /* of the next pair; its bytes begin at `start` */
    const uint8_t *start;
};

static void carried_next(struct carried *carried)
{
    carried->start = carried->in.at;
    if (carried->left > 0)
        cbor_uint(&carried->in, &carried->tag);
}

/* Writes those whose tag is below `tag`. */
static void put_carried(struct buffer *out, struct carried *carried, uint64_t tag)
{
    while (carried->left > 0 && carried->tag < tag) {
        cbor_skip(&carried->in, NULL);
        assert(!carried->in.bad);
        buffer_put(out, carried->start, (size_t)(carried->in.at - carried->start));
        carried->left--;
        carried_next(carried);
    }
}

void pairs_encode(struct buffer *out, const struct field *fields, size_t count,
                  const void *values, const struct record *carry)
{
    const struct field *present[FIELDS_MOST];
    size_t used = sorted(present, fields, count, values);
    struct carried carried = { 0 };

    if (carry && carry->unknown_count > 0) {
        carried.in = cbor_reader(carry->unknown);
        carried.left = carry->unknown_count;
        carried_next(&carried);
    }
    cbor_put_map(out, used + carried.left);
    for (size_t i = 0; i < used; i++) {
        put_carried(out, &carried, present[i]->tag);
        cbor_put_uint(out, present[i]->tag);
        field_kind(present[i])->encode(out, present[i], field_value(present[i], values));
    }
    put_carried(out, &carried, UINT64_MAX);
}

void record_encode(struct buffer *out, const struct record *record)
{
    /* What stands behind the last decoded tag would be lost. */
    assert(!record->partial);
    pairs_encode(out, record->type->fields, record->type->count, record, record);
}

void fields_encode(struct buffer *out, const struct field *fields, size_t count,
                   const void *values)
{
    pairs_encode(out, fields, count, values, NULL);
}

/* ---- decoding ---- */

/* The row with this tag; the search begins where the last one ended, for pairs and rows mostly
 * stand in the same order. */
static const struct field *field_tagged(const struct codec *codec, uint64_t tag, size_t *from)
{
    for (size_t i = 0, at = *from; i < codec->count; i++, at++) {
        if (at >= codec->count)
            at = 0;
        if (codec->fields[at].tag == tag) {
            *from = at + 1;
            return &codec->fields[at];
        }
    }
    return NULL;
}

/* Adds the pair to those carried over; pairs that stand side by side need no copy. */
static void carry_pair(const struct codec *codec, const uint8_t *start, const uint8_t *end)
{
    struct bytes *unknown = &codec->carry->unknown;
    size_t len = (size_t)(end - start);

    if (codec->carry->unknown_count++ == 0) {
        *unknown = (struct bytes){ start, len };
    } else if (unknown->data + unknown->len == start) {
        unknown->len += len;
    } else {
        uint8_t *both = arena_alloc(codec->arena, unknown->len + len);

        memcpy(both, unknown->data, unknown->len);
        memcpy(both + unknown->len, start, len);
        *unknown = (struct bytes){ both, unknown->len + len };
    }
}

bool pairs_decode(const struct codec *codec, struct cbor_reader *in, void *values)
{
    size_t pairs, from = 0;
    uint64_t tag, before = 0;

    if (!cbor_map(in, &pairs))
        return false;
    for (size_t i = 0; i < pairs; i++) {
        const uint8_t *start = in->at;

        if (!cbor_uint(in, &tag) || tag > UINT16_MAX || (i > 0 && tag <= before))
            return false;
        if (codec->last != 0 && tag > codec->last) {
            codec->carry->partial = true;
            return true;
        }
        before = tag;
        const struct field *field = field_tagged(codec, tag, &from);

        if (field) {
            void *value = field_place(field, values);

            if (!field_kind(field)->decode(in, field, value, codec->arena))
                return false;
            continue;
        }
        if (!cbor_skip(in, NULL))
            return false;
        if (codec->carry)
            carry_pair(codec, start, in->at);
    }
    return !in->bad;
}

enum err record_decode(struct record *out, struct bytes payload, uint16_t last,
                       struct arena *arena)
{
    const struct record_type *type = out->type;
    struct cbor_reader in = cbor_reader(payload);
    struct codec codec = { type->fields, type->count, last, out, arena };

    if (pairs_decode(&codec, &in, out) && (out->partial || cbor_done(&in)))
        return ERR_OK;
    memset((char *)out + sizeof *out, 0, type->size - sizeof *out);
    out->unknown = (struct bytes){ 0 };
    out->unknown_count = 0;
    out->partial = false;
    return fail(
        ERR_DAMAGED,
        N_("The stored contents of a record (%p) are damaged and cannot be read. Tell the "
           "system administrator, and verify the store."),
        label_argument(&type->label));
}

enum err fields_decode(void *values, const struct field *fields, size_t count,
                       struct bytes payload, struct arena *arena)
{
    struct cbor_reader in = cbor_reader(payload);
    struct codec codec = { fields, count, 0, NULL, arena };

    if (pairs_decode(&codec, &in, values) && cbor_done(&in))
        return ERR_OK;
    return fail(
        ERR_DAMAGED,
        N_("Stored values are damaged and cannot be read. Tell the system administrator, "
           "and verify the store."));
}

struct record *record_copy(struct arena *arena, const struct record *record)
{
    AUTO_BUFFER struct buffer payload = { 0 };
    struct record *copy = record_new(arena, record->type);
    struct codec codec = { record->type->fields, record->type->count, 0, copy, arena };

    pairs_encode(&payload, codec.fields, codec.count, record, record);
    struct bytes kept = { arena_copy(arena, payload.data, payload.len), payload.len };
    struct cbor_reader in = cbor_reader(kept);
    bool good = pairs_decode(&codec, &in, copy);

    assert(good);
    (void)good;
    copy->key = record->key;
    copy->revision = record->revision;
    copy->sequence = record->sequence;
    copy->partial = record->partial;
    return copy;
}

/* ---- text ---- */

bool value_parse(struct record *record, const struct field *field, struct text typed,
                 const struct lookup *lookup, struct arena *arena, struct message *why)
{
    return field_kind(field)->parse(field_place(field, record), field, typed, lookup, arena,
                                    why);
}

struct text value_print(struct arena *arena, const struct field *field, const void *value)
{
    AUTO_BUFFER struct buffer out = { 0 };

    field_kind(field)->print(&out, field, value);
    return arena_text(arena, buffer_as_text(&out));
}

enum language value_differs_in(const struct field *field, const void *a, const void *b,
                               const struct lookup *lookup, enum language language)
{
    AUTO_ARENA struct arena *arena = arena_new();

    return text_equal(value_show(arena, field, a, lookup, language),
                      value_show(arena, field, b, lookup, language))
               ? LANGUAGE_BOTH
               : language;
}

struct text value_show(struct arena *arena, const struct field *field, const void *value,
                       const struct lookup *lookup, enum language language)
{
    AUTO_BUFFER struct buffer out = { 0 };

    field_kind(field)->show(&out, field, value, lookup, language);
    return arena_text(arena, buffer_as_text(&out));
}

void record_withhold(struct record *record, enum access access)
{
    for (size_t i = 0; i < record->type->count; i++) {
        const struct field *field = &record->type->fields[i];

        if (!field_readable(field, access))
            memset(field_place(field, record), 0, field_kind(field)->size);
    }
    record->access = access;
    if (access <= ACCESS_READ)
        return; /* what it lacks, amending leaves as it stands */
    record->unknown = (struct bytes){ 0 };
    record->unknown_count = 0;
    record->partial = true;
}
