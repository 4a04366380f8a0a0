#include "core/model/access.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/access_plan.h"
#include "core/model/act.h"
#include "core/model/elements.h"
#include "core/model/handover.h"
#include "core/model/officer.h"
#include "core/model/rights.h"

/* ---- the rules ---- */

enum sensitivity { OPEN, RESTRICTED, CONFIDENTIAL, SECRET, SENSITIVITIES };

/* How an officer stands to a record; of several, the one that lets read most. */
enum standing {
    INSIDER,   /* in charge, supervising, author, or on the need-to-know list */
    CHECKER,   /* prosecutor, auditor */
    HEAD,      /* may approve, in the formation of the record */
    COLLEAGUE, /* in the formation of the record */
    CLERK,     /* exhibit clerk */
    OTHER,
    STANDINGS
};

/* The domain names the access list, sensitivity, officer in charge and supervisor; who else reads is our own choice. The
 * head of a formation knows of its secret cases by number, so that one whose officer has left can be given to another. */
static const enum access rules[SENSITIVITIES][STANDINGS] = {
    [OPEN] = { [INSIDER] = ACCESS_ALL,
               [CHECKER] = ACCESS_READ,
               [HEAD] = ACCESS_ALL,
               [COLLEAGUE] = ACCESS_READ,
               [CLERK] = ACCESS_READ,
               [OTHER] = ACCESS_READ },
    [RESTRICTED] = { [INSIDER] = ACCESS_ALL,
                     [CHECKER] = ACCESS_READ,
                     [HEAD] = ACCESS_ALL,
                     [COLLEAGUE] = ACCESS_READ,
                     [CLERK] = ACCESS_READ,
                     [OTHER] = ACCESS_READ },
    [CONFIDENTIAL] = { [INSIDER] = ACCESS_ALL,
                       [CHECKER] = ACCESS_READ,
                       [HEAD] = ACCESS_ALL,
                       [COLLEAGUE] = ACCESS_READ,
                       [CLERK] = ACCESS_NUMBER,
                       [OTHER] = ACCESS_NUMBER },
    [SECRET] = { [INSIDER] = ACCESS_ALL,
                 [CHECKER] = ACCESS_READ,
                 [HEAD] = ACCESS_NUMBER,
                 [COLLEAGUE] = ACCESS_NONE,
                 [CLERK] = ACCESS_NUMBER,
                 [OTHER] = ACCESS_NONE },
};

enum { CACHED = 512, DEPTH = 6, VIEWED = 128 };

struct person {
    uint64_t officer;
    unsigned rights;
    bool clerk, checker;
    char formation[48];
};

struct decision {
    struct record_key key; /* id 0: an empty place */
    enum access access;
    bool whole;   /* ACCESS_ALL and ACCESS_READ were told apart */
    bool watched; /* confidential or more */
    bool same;    /* the record is of the officer's formation */
    bool heads;   /* and he or she may approve */
};

struct access_reader {
    struct record_reader reader;
    const struct session *session;
    struct arena *arena;     /* of plans */
    struct plan *plans[256]; /* by type number */
    struct person person;
    bool known;    /* the person, as of `seen` */
    uint64_t seen; /* entries of the journal */
    struct decision kept[CACHED];
    struct record_key viewed[VIEWED]; /* a ring: in the journal already, by `viewer` */
    size_t viewed_count;
    uint8_t viewer[16]; /* the session */
};

static const struct plan *plan_of(struct access_reader *reader, const struct record_type *type)
{
    struct plan **plan = &reader->plans[type->number];

    if (!*plan) {
        *plan = arena_alloc(reader->arena, sizeof **plan);
        **plan = access_plan_make(type);
    }
    return *plan;
}

/* ---- who ---- */

static void person_roles(struct person *person, const struct officer_record *officer)
{
    const struct role_item *roles = officer->roles.items;

    person->rights = rights_of(officer);
    for (size_t i = 0; person->rights != 0 && i < officer->roles.count; i++) {
        person->clerk |= text_is(roles[i].role, "clerk");
        person->checker |=
            text_is(roles[i].role, "prosecutor") || text_is(roles[i].role, "auditor");
    }
    if (text_present(officer->formation) && officer->formation.len < sizeof person->formation)
        memcpy(person->formation, officer->formation.data, officer->formation.len);
}

static enum err person_read(struct access_reader *reader, struct txn *txn)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct record_key key = { .id = reader->session->officer };
    struct record *record;

    if (reader->known && reader->seen == txn_size(txn) && reader->person.officer == key.id)
        return ERR_OK;
    reader->known = false;
    memset(reader->kept, 0, sizeof reader->kept);
    reader->person = (struct person){ .officer = key.id };
    if (key.id != 0) {
        TRY(record_stored(txn, &key, TAG_LIST_LAST, arena, &record));
        person_roles(&reader->person, (const struct officer_record *)record);
    }
    reader->seen = txn_size(txn);
    reader->known = true;
    return ERR_OK;
}

static struct text text_in(const struct field *field, const struct record *record)
{
    return field ? *(const struct text *)field_value(field, record) : (struct text){ 0 };
}

static uint64_t id_in(const struct field *field, const struct record *record)
{
    return field ? ((const struct reference *)field_value(field, record))->id : 0;
}

static bool is_inside(const struct person *person, const struct plan *plan,
                      const struct record *record)
{
    const struct list *list = plan->list ? field_value(plan->list, record) : NULL;
    const struct officer_item *listed = list ? list->items : NULL;

    for (size_t i = 0; i < plan->insider_count; i++)
        if (id_in(plan->insiders[i], record) == person->officer)
            return true;
    for (size_t i = 0; list && i < list->count; i++)
        if (listed[i].officer.id == person->officer)
            return true;
    return false;
}

static bool same_formation(const struct person *person, const struct plan *plan,
                           const struct record *record)
{
    struct text formation = text_in(plan->formation, record);

    return text_present(formation) && text_is(formation, person->formation);
}

/* `above`: of what the record belongs to; whoever reads all of that stands inside this too. */
static enum access by_standing(const struct person *person, const struct plan *plan,
                               const struct record *record, enum sensitivity sensitivity,
                               const struct decision *above)
{
    bool same = same_formation(person, plan, record) || (!plan->formation && above->same);
    bool stands[STANDINGS] = {
        [INSIDER] = is_inside(person, plan, record) ||
                    (above->key.id != 0 && above->access == ACCESS_ALL),
        [CHECKER] = person->checker,
        [HEAD] = same && (person->rights & RIGHT_APPROVE),
        [COLLEAGUE] = same,
        [CLERK] = person->clerk,
        [OTHER] = true,
    };
    enum access best = ACCESS_NONE;

    for (int i = person->rights != 0 ? INSIDER : OTHER; i < STANDINGS; i++)
        if (stands[i] && rules[sensitivity][i] < best)
            best = rules[sensitivity][i];
    return plan->nobody && person->rights != 0 ? ACCESS_READ : best;
}

/* ---- deciding ---- */

static enum sensitivity sensitivity_of(const struct plan *plan, const struct record *record)
{
    struct text code = text_in(plan->sensitivity, record);

    return text_is(code, "secret")         ? SECRET
           : text_is(code, "confidential") ? CONFIDENTIAL
           : text_is(code, "restricted")   ? RESTRICTED
                                           : OPEN;
}

static struct decision *place_of(struct access_reader *reader, const struct record_key *key)
{
    uint64_t mixed = (key->id ^ (key->id >> 40) ^ ((uint64_t)key->n << 3) ^ key->family) *
                     0x9E3779B97F4A7C15ULL;

    return &reader->kept[mixed >> 55];
}

/* One decision under way. */
struct deciding {
    struct access_reader *reader;
    struct txn *txn;
    struct arena *arena;
    int depth;
};

static enum err decide(struct deciding *d, const struct record_key *key,
                       const struct record *seen, uint16_t last, bool whole,
                       struct decision *out);

static struct record_key owner_of(const struct plan *plan, const struct record *record)
{
    if (record->key.family != 0)
        return (struct record_key){ .id = record->key.id };
    for (size_t i = 0; i < plan->owner_count; i++)
        if (field_present(plan->owners[i], record))
            return key_of_reference(
                *(const struct reference *)field_value(plan->owners[i], record));
    return (struct record_key){ 0 };
}

/* Who keeps the goods, or is to receive them, sees what keeping them needs. */
static enum err in_custody(struct deciding *d, const struct plan *plan,
                           const struct record *record, bool *out)
{
    const struct person *person = &d->reader->person;
    struct record *goods, *handover;
    struct record_key key;
    enum err err;

    *out = person->clerk;
    if (*out || person->officer == 0)
        return ERR_OK;
    TRY(record_stored(d->txn, &record->key, TAG_LIST_LAST, d->arena, &goods));
    *out = id_in(plan->holder, goods) == person->officer;
    key = (struct record_key){ .id = id_in(plan->handover, goods) };
    if (*out || key.id == 0)
        return ERR_OK;
    err = record_stored(d->txn, &key, TAG_LIST_LAST, d->arena, &handover);
    if (err == ERR_DAMAGED || err == ERR_MISSING)
        return ERR_OK;
    TRY(err);
    *out = ((const struct handover_record *)handover)->received_by.id == person->officer;
    return ERR_OK;
}

/* Whose own record it is (the doer of a follow-up, the author of a note) reads it, whatever it belongs to. */
static enum err named_inside(struct deciding *d, const struct plan *plan,
                             const struct record *record, bool *out)
{
    const struct record *whole = record;
    struct record *read;

    *out = false;
    if (plan->insider_count == 0 || d->reader->person.officer == 0)
        return ERR_OK;
    if (record->partial) {
        TRY(record_stored(d->txn, &record->key, TAG_LIST_LAST, d->arena, &read));
        whole = read;
    }
    *out = is_inside(&d->reader->person, plan, whole);
    return ERR_OK;
}

/* What may be read of a record by what may be read of that which it belongs to. */
static enum err by_owner(struct deciding *d, const struct plan *plan,
                         const struct record *record, enum access owner, bool whole,
                         enum access *out)
{
    bool kept = false, inside;

    if (access_plan_hides(plan, record) && owner != ACCESS_ALL) {
        *out = ACCESS_NONE;
        return ERR_OK;
    }
    if (owner <= ACCESS_READ && !whole) {
        *out = owner;
        return ERR_OK;
    }
    TRY(named_inside(d, plan, record, &inside));
    if (inside || owner <= ACCESS_READ) {
        *out = !inside ? owner : owner <= ACCESS_READ ? ACCESS_ALL : ACCESS_READ;
        return ERR_OK;
    }
    if (record->key.family == 1 && owner == ACCESS_CUSTODY) { /* the chain */
        *out = ACCESS_READ;
        return ERR_OK;
    }
    if (plan->holder && plan->handover)
        TRY(in_custody(d, plan, record, &kept));
    *out = kept                                                             ? ACCESS_CUSTODY
           : owner == ACCESS_NUMBER && field_find(record->type, TAG_NUMBER) ? ACCESS_NUMBER
                                                                            : ACCESS_NONE;
    return ERR_OK;
}

static enum access worse(enum access a, enum access b)
{
    return a > b ? a : b;
}

/* A record whose owner cannot be read may be of a secret case: its number is all that is shown. */
static enum err owner_decision(struct deciding *d, const struct record_key *key, bool whole,
                               struct decision *out)
{
    enum err err = d->depth < DEPTH ? decide(d, key, NULL, 0, whole, out) : ERR_DAMAGED;

    if (err != ERR_DAMAGED && err != ERR_MISSING)
        return err;
    *out = (struct decision){ .access = ACCESS_NUMBER, .watched = true };
    return ERR_OK;
}

static enum err decide_record(struct deciding *d, const struct plan *plan,
                              const struct record *record, bool whole, struct decision *out)
{
    const struct person *person = &d->reader->person;
    enum sensitivity sensitivity = sensitivity_of(plan, record);
    struct record_key owner = owner_of(plan, record);
    struct decision above = { .access = ACCESS_NONE };
    enum access by = ACCESS_ALL;

    if (owner.id != 0) {
        TRY(owner_decision(d, &owner, whole || plan->source || sensitivity >= CONFIDENTIAL,
                           &above));
        TRY(by_owner(d, plan, record, above.access, whole, &by));
    }
    out->access = by;
    if (owner.id == 0 || plan->sensitivity)
        out->access = worse(by, by_standing(person, plan, record, sensitivity, &above));
    out->watched = sensitivity >= CONFIDENTIAL || above.watched;
    out->same = same_formation(person, plan, record);
    out->heads = out->same && (person->rights & RIGHT_APPROVE);
    return ERR_OK;
}

static enum err decide(struct deciding *d, const struct record_key *key,
                       const struct record *seen, uint16_t last, bool whole,
                       struct decision *out)
{
    const struct record_type *type = type_of_key(key);
    const struct plan *plan = type ? plan_of(d->reader, type) : NULL;
    struct decision *kept = place_of(d->reader, key);
    struct record *read;

    *out = (struct decision){ .key = *key, .access = ACCESS_ALL, .whole = true };
    if (!plan || plan->open)
        return ERR_OK;
    if (kept->key.id != 0 && record_key_compare(&kept->key, key) == 0 &&
        (kept->whole || !whole)) {
        *out = *kept;
        return ERR_OK;
    }
    d->depth++;
    if (!seen || (last != 0 && last < plan->least)) {
        last = whole ? 0 : plan->least;
        TRY(record_stored(d->txn, key, last, d->arena, &read));
        seen = read;
    }
    if (last != 0 && (whole || sensitivity_of(plan, seen) >= CONFIDENTIAL)) {
        last = 0;
        TRY(record_stored(d->txn, key, last, d->arena, &read));
        seen = read;
    }
    out->whole = last == 0;
    TRY(decide_record(d, plan, seen, whole, out));
    d->depth--;
    *kept = *out;
    return ERR_OK;
}

static enum err decide_for(struct access_reader *reader, struct txn *txn,
                           const struct record_key *key, const struct record *seen,
                           uint16_t last, struct decision *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct deciding d = { reader, txn, arena, 0 };
    const struct record_type *type = type_of_key(key);

    TRY(person_read(reader, txn));
    return decide(&d, key, seen, last, last == 0 && type && plan_of(reader, type)->has_private,
                  out);
}

static enum err reader_access(struct record_reader *record_reader, struct txn *txn,
                              const struct record_key *key, const struct record *seen,
                              uint16_t last, enum access *out)
{
    struct access_reader *reader = (struct access_reader *)record_reader;
    struct decision decision;

    TRY(decide_for(reader, txn, key, seen, last, &decision));
    *out = decision.access;
    return ERR_OK;
}

/* ---- readers ---- */

struct access_reader *access_reader_new(const struct session *session)
{
    struct access_reader *reader = memory_new(sizeof *reader);

    reader->reader.access = reader_access;
    reader->session = session;
    reader->arena = arena_new();
    return reader;
}

void access_reader_free(struct access_reader *reader)
{
    if (!reader)
        return;
    arena_free(reader->arena);
    free(reader);
}

struct record_reader *access_of(struct access_reader *reader)
{
    return &reader->reader;
}

enum err access_to(struct access_reader *reader, struct txn *txn, const struct record_key *key,
                   enum access *out)
{
    return reader_access(&reader->reader, txn, key, NULL, 0, out);
}

enum err access_heads(struct access_reader *reader, struct txn *txn,
                      const struct record_key *key, bool *out)
{
    struct decision decision;

    TRY(decide_for(reader, txn, key, NULL, 0, &decision));
    *out = decision.heads && decision.access != ACCESS_NONE;
    return ERR_OK;
}

/* ---- views of sensitive records ---- */

static bool viewed_before(const struct access_reader *reader, const struct record_key *key)
{
    if (memcmp(reader->viewer, reader->session->id, sizeof reader->viewer) != 0)
        return false;
    for (size_t i = 0; i < reader->viewed_count && i < VIEWED; i++)
        if (record_key_compare(&reader->viewed[i], key) == 0)
            return true;
    return false;
}

static void viewed_now(struct access_reader *reader, const struct record_key *key)
{
    if (memcmp(reader->viewer, reader->session->id, sizeof reader->viewer) != 0)
        reader->viewed_count = 0;
    memcpy(reader->viewer, reader->session->id, sizeof reader->viewer);
    reader->viewed[reader->viewed_count++ % VIEWED] = *key;
}

static enum err is_news(struct access_reader *reader, struct txn *txn,
                        const struct record_key *key, bool *out)
{
    struct decision decision;

    *out = false;
    if (viewed_before(reader, key))
        return ERR_OK;
    TRY(decide_for(reader, txn, key, NULL, 0, &decision));
    *out = decision.watched && decision.access <= ACCESS_READ;
    return ERR_OK;
}

/* Those of the opened ones that the journal shall name. */
static enum err views_find(struct access_reader *reader, struct access_views opened,
                           struct arena *arena, struct access_views *out)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record_key *keys = arena_array(arena, opened.count, sizeof *keys);
    bool news;

    *out = (struct access_views){ keys, 0 };
    TRY(store_begin(&txn, reader->session->store));
    for (size_t i = 0; i < opened.count && i < ACCESS_VIEWS; i++) {
        TRY(is_news(reader, txn, &opened.keys[i], &news));
        if (news)
            keys[out->count++] = opened.keys[i];
    }
    return ERR_OK;
}

enum err access_viewed(struct access_reader *reader, struct session *session,
                       struct access_views opened)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct access_views views;
    struct act_call call = { .act = act_named(TEXT("record.view")), .input = &views };
    struct change_result result = { .arena = arena };
    uint64_t undoable = session->last_act;
    enum err err;

    if (session->officer == 0)
        return ERR_OK;
    TRY(views_find(reader, opened, arena, &views));
    if (views.count == 0)
        return ERR_OK;
    err = act_run(session, &call, &result);
    session->last_act = undoable;
    for (size_t i = 0; err == ERR_OK && i < views.count; i++)
        viewed_now(reader, &views.keys[i]);
    return err;
}

enum err attachment_viewed(struct session *session, const struct record_key *key)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct access_views views = { key, 1 };
    struct act_call call = { .act = act_named(TEXT("attachment.view")), .input = &views };
    struct change_result result = { .arena = arena };
    uint64_t undoable = session->last_act;
    enum err err = act_run(session, &call, &result);

    session->last_act = undoable;
    return err;
}
