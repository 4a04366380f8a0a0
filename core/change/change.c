#include "core/change/change.h"

#include <assert.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/change/change_parts.h"
#include "core/change/mirror.h"
#include "core/change/rules.h"

enum { N_LAST = (1 << 24) - 1 };

/* ---- what a builder asks for ---- */

struct session *change_session(struct change *change)
{
    return change->session;
}

struct txn *change_txn(struct change *change)
{
    return change->txn;
}

struct arena *change_arena(struct change *change)
{
    return change->arena;
}

struct findings *change_findings(struct change *change)
{
    return &change->result->findings;
}

struct act_body *change_body(struct change *change)
{
    return &change->body;
}

void change_request(struct change *change, const uint8_t request[16])
{
    memcpy(change->request, request, sizeof change->request);
    memcpy(change->result->request, request, sizeof change->result->request);
    change->request_given = true;
}

struct staged *change_staged(const struct change *change, const struct record_key *key)
{
    for (size_t i = 0; i < change->count; i++)
        if (record_key_compare(&change->staged[i].record->key, key) == 0)
            return &change->staged[i];
    return NULL;
}

enum err change_get(struct change *change, const struct record_key *key, struct record **out)
{
    const struct staged *staged = change_staged(change, key);

    if (!staged)
        return record_get(change->txn, key, 0, change->arena, out);
    *out = record_copy(change->arena, staged->record);
    return ERR_OK;
}

enum err change_make(struct change *change, const struct record_type *type, struct record **out)
{
    const uint8_t series[] = { 'i', 'd', type->number };
    uint64_t number;

    assert(type->family == 0);
    TRY(txn_next(change->txn, (struct bytes){ series, sizeof series }, &number));
    *out = record_new(change->arena, type);
    (*out)->key.id =
        id_make(type->number, store_identity(change->session->store)->site, number);
    return ERR_OK;
}

/* A list in the arena with room for one more. */
static void *grown(struct arena *arena, void *items, size_t count, size_t *capacity,
                   size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity == 0 ? 8 : *capacity * 2;
    void *more = arena_array(arena, *capacity, size);

    if (count > 0)
        memcpy(more, items, count * size);
    return more;
}

static enum err family_end(struct change *change, uint64_t owner, uint8_t family,
                           struct family_end **out)
{
    struct family_end end = { owner, family, 0 };

    for (size_t i = 0; i < change->end_count; i++)
        if (change->ends[i].owner == owner && change->ends[i].family == family) {
            *out = &change->ends[i];
            return ERR_OK;
        }
    TRY(family_last(change->txn, owner, family, &end.n));
    change->ends = grown(change->arena, change->ends, change->end_count, &change->end_capacity,
                         sizeof *change->ends);
    *out = &change->ends[change->end_count++];
    **out = end;
    return ERR_OK;
}

enum err change_event(struct change *change, uint64_t owner, const struct record_type *type,
                      struct record **out)
{
    struct record_key key = { owner, 0, 0 };
    struct family_end *end;

    assert(type->family > 0);
    TRY(family_end(change, owner, type->family, &end));
    if (end->n >= N_LAST)
        return fail(ERR_INVALID, N_("%s has %d entries beside it, and no more can be added."),
                    key_name(change->arena, &key), N_LAST);
    *out = record_new(change->arena, type);
    (*out)->key = (struct record_key){ owner, type->family, ++end->n };
    return ERR_OK;
}

/* Somebody was quicker: what stands there now goes back to the caller. */
static enum err quicker(struct change *change, const struct record *current)
{
    change->result->conflict = record_copy(change->result->arena, current);
    return fail(ERR_CONFLICT,
                N_("%s was changed by someone else while you worked on it. Compare "
                   "both versions, then save again."),
                key_name(change->arena, &current->key));
}

static enum err current_of(struct change *change, const struct record *record,
                           struct record **current)
{
    enum err code = record_get(change->txn, &record->key, 0, change->arena, current);

    if (code == ERR_MISSING && record->revision == 0) {
        *current = NULL;
        return ERR_OK;
    }
    TRY(code);
    return (*current)->revision == record->revision ? ERR_OK : quicker(change, *current);
}

static enum err owner_exists(struct change *change, const struct record *record)
{
    struct record_key owner = { record->key.id, 0, 0 };
    uint8_t encoded[RECORD_KEY];

    record_key_encode(encoded, &owner);
    if (record->key.family == 0 || change_staged(change, &owner) ||
        txn_has(change->txn, TREE_RECORDS, (struct bytes){ encoded, sizeof encoded }))
        return ERR_OK;
    return fail(ERR_MISSING, N_("There is no record %s. Check its number."),
                key_name(change->arena, &owner));
}

enum err change_put(struct change *change, struct record *record)
{
    struct staged *staged = change_staged(change, &record->key);
    struct record *current;

    assert(record->key.id != 0 && !record->partial);
    assert(type_of_key(&record->key)->number == record->type->number);
    if (staged && staged->record->revision == record->revision) {
        staged->record = record;
        return ERR_OK;
    }
    TRY(current_of(change, record, &current));
    TRY(owner_exists(change, record));
    if (current && record->type->rules && record->type->rules->frozen)
        return fail(ERR_REFUSED,
                    N_("%s (%p) is never changed once it is made. Add a further "
                       "entry that corrects it."),
                    key_name(change->arena, &record->key),
                    label_argument(&record->type->label));
    change->staged = grown(change->arena, change->staged, change->count, &change->capacity,
                           sizeof *change->staged);
    change->staged[change->count++] = (struct staged){ record, current };
    return ERR_OK;
}

enum err change_series(struct change *change, const char *series, uint64_t *number)
{
    return txn_next(change->txn, (struct bytes){ (const uint8_t *)series, strlen(series) },
                    number);
}

void change_sign(struct change *change, const char *role, const struct signer *signer)
{
    assert(change->signature_count < STATEMENT_SIGNATURES && signer->unlocked);
    change->signatures[change->signature_count++] = (struct change_signature){ role, signer };
}

/* ---- an act ---- */

/* Asked also where the builder failed: an act that was done already meets what it did itself. A request id that was drawn for
 * this very act cannot stand in the journal, and looking for it would cost every act a walk over all ids. */
static enum err not_done_yet(struct change *change)
{
    uint64_t sequence;
    enum err code = change->request_given ? txn_request(change->txn, change->request, &sequence)
                                          : ERR_MISSING;

    if (code == ERR_MISSING)
        return ERR_OK;
    TRY(code);
    change->result->conflict = NULL;
    change->result->sequence = sequence;
    return fail(ERR_CONFLICT,
                N_("This was saved already, as entry %llu of the journal. It is not "
                   "saved a second time."),
                (unsigned long long)sequence);
}

static void report_keys(struct change *change)
{
    struct change_result *result = change->result;

    result->keys = arena_array(result->arena, change->count, sizeof *result->keys);
    result->count = change->count;
    for (size_t i = 0; i < change->count; i++)
        result->keys[i] = change->staged[i].record->key;
}

static enum err finish(struct change *change, enum err built)
{
    struct message why = { .id = NULL };

    if (built != ERR_OK)
        message_copy(&why, last_failure());
    TRY(not_done_yet(change));
    if (built != ERR_OK)
        return why.id ? fail_message(built, &why) : built;
    TRY(change_check(change));
    report_keys(change);
    return change_write(change);
}

static enum err attempt(struct txn *txn, struct session *session, const char *act,
                        change_builder *build, void *context, struct change_result *result,
                        const uint8_t request[16])
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change change = {
        .txn = txn, .session = session, .arena = arena, .act = act, .result = result
    };

    assert(result->arena);
    *result = (struct change_result){ .arena = result->arena,
                                      .findings = { .arena = result->arena } };
    change_request(&change, request);
    change.request_given = false;
    change.body.terminal = text_of(session->who);
    return finish(&change, build(&change, context));
}

enum err change_in(struct txn *txn, struct session *session, const char *act,
                   change_builder *build, void *context, struct change_result *result)
{
    uint8_t request[16];

    random_bytes(request, sizeof request);
    return attempt(txn, session, act, build, context, result, request);
}

struct run {
    struct session *session;
    const char *act;
    change_builder *build;
    void *context;
    struct change_result *result;
    uint8_t request[16]; /* one for all attempts: it is one act */
};

static enum err run_closure(struct txn *txn, void *context)
{
    struct run *run = context;

    return attempt(txn, run->session, run->act, run->build, run->context, run->result,
                   run->request);
}

enum err change_run(struct session *session, const char *act, change_builder *build,
                    void *context, struct change_result *result)
{
    struct run run = { session, act, build, context, result, { 0 } };

    *result = (struct change_result){ .arena = result->arena,
                                      .findings = { .arena = result->arena } };
    random_bytes(run.request, sizeof run.request);
    store_set_holder(session->store, session->who);
    enum err code = store_write(session->store, run_closure, &run);

    if (code != ERR_OK) {
        if (code != ERR_CONFLICT)
            result->sequence = 0;
        result->time_ms = 0;
        result->count = 0;
        return code;
    }
    session->last_act = result->sequence + 1;
    result->mirror = mirror_catch_up(session->store);
    return ERR_OK;
}
