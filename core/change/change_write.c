/* Writing a checked change: records, indexes, statement, signatures, entry (declared in change_parts.h). */
#include "core/change/change_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/cbor.h"
#include "core/base/seams.h"

/* The numbers of an act's own body; they are for ever. */
enum { REASON = 1, REMARK = 2, TERMINAL = 3, UNDOES = 4 };

struct writing {
    struct change *change;
    struct statement statement;
    struct journal_body bodies[STATEMENT_ITEMS + 1];
    size_t body_count;
    uint64_t sequence; /* that the entry will have */
};

/* A body with its commitment, for the entry's n-th place. */
static enum err add_body(struct writing *w, uint16_t n, const uint8_t key[RECORD_KEY],
                         uint32_t revision, struct bytes payload, struct hash256 *commitment)
{
    AUTO_BUFFER struct buffer body = { 0 };
    uint8_t nonce[NONCE];

    random_bytes(nonce, sizeof nonce);
    TRY(body_commitment(commitment, key, revision, nonce, payload));
    body_encode(&body, nonce, payload);
    w->bodies[w->body_count++] = (struct journal_body){
        n, { arena_copy(w->change->arena, body.data, body.len), body.len }
    };
    return ERR_OK;
}

/* ---- the act's own body ---- */

static void put_text(struct buffer *out, uint64_t tag, struct text t)
{
    if (!text_present(t))
        return;
    cbor_put_uint(out, tag);
    cbor_put_text(out, t);
}

static enum err add_own_body(struct writing *w)
{
    static const uint8_t no_key[RECORD_KEY];
    const struct act_body *body = &w->change->body;
    AUTO_BUFFER struct buffer payload = { 0 };
    size_t pairs = (size_t)text_present(body->reason) + (size_t)text_present(body->remark) +
                   (size_t)text_present(body->terminal) + (size_t)(body->undoes != 0) +
                   body->extra_count;

    if (pairs == 0)
        return ERR_OK;
    cbor_put_map(&payload, pairs);
    put_text(&payload, REASON, body->reason);
    put_text(&payload, REMARK, body->remark);
    put_text(&payload, TERMINAL, body->terminal);
    if (body->undoes != 0) {
        cbor_put_uint(&payload, UNDOES);
        cbor_put_uint(&payload, body->undoes);
    }
    buffer_put(&payload, body->extra.data, body->extra.len);
    w->statement.has_body = true;
    return add_body(w, 0, no_key, 0, buffer_bytes(&payload), &w->statement.body);
}

/* ---- records ---- */

static enum err put_record(struct writing *w, const struct staged *staged,
                           const uint8_t key[RECORD_KEY], struct bytes payload)
{
    AUTO_BUFFER struct buffer value = { 0 };
    struct envelope envelope = {
        .revision = staged->record->revision + 1,
        .sequence = w->sequence,
        .payload = payload,
    };

    envelope_encode(&value, &envelope);
    return txn_put(w->change->txn, TREE_RECORDS, (struct bytes){ key, RECORD_KEY },
                   buffer_bytes(&value));
}

/* Two records of one change may want the same number; those stored were asked before. */
static enum err update_indexes(struct change *change, const struct staged *staged)
{
    struct index_clash clash = { .index = NULL };
    enum err code = index_update(change->txn, staged->record->type, staged->current,
                                 staged->record, change->arena, &clash);

    if (code != ERR_CONFLICT || !clash.index)
        return code;
    change_add_clash(change, staged->record, &clash);
    return change_invalid(change);
}

static enum err write_record(struct writing *w, const struct staged *staged)
{
    AUTO_BUFFER struct buffer payload = { 0 };
    struct statement_item *item = &w->statement.items[w->statement.item_count++];

    record_key_encode(item->key, &staged->record->key);
    item->revision = staged->record->revision + 1;
    item->has_previous = staged->current != NULL;
    item->previous = staged->current ? staged->current->sequence : 0;
    record_encode(&payload, staged->record);
    TRY(add_body(w, (uint16_t)w->statement.item_count, item->key, item->revision,
                 buffer_bytes(&payload), &item->commitment));
    TRY(put_record(w, staged, item->key, buffer_bytes(&payload)));
    return update_indexes(w->change, staged);
}

static int by_key(const void *a, const void *b)
{
    return record_key_compare(&((const struct staged *)a)->record->key,
                              &((const struct staged *)b)->record->key);
}

static enum err write_records(struct writing *w)
{
    struct change *change = w->change;

    if (change->count > 1)
        qsort(change->staged, change->count, sizeof *change->staged, by_key);
    w->statement.items = arena_array(change->arena, change->count, sizeof *w->statement.items);
    for (size_t i = 0; i < change->count; i++)
        TRY(write_record(w, &change->staged[i]));
    return ERR_OK;
}

/* ---- the entry ---- */

static void sign_statement(struct writing *w)
{
    AUTO_BUFFER struct buffer bytes = { 0 };
    AUTO_BUFFER struct buffer signed_text = { 0 };
    struct statement *statement = &w->statement;

    statement_encode_unsigned(&bytes, statement);
    for (size_t i = 0; i < w->change->signature_count; i++) {
        const struct change_signature *wanted = &w->change->signatures[i];
        struct officer_signature *line = &statement->signatures[i];

        line->role = text_of(wanted->role);
        line->officer = wanted->signer->officer;
        memcpy(line->key_id, wanted->signer->key_id, sizeof line->key_id);
        buffer_clear(&signed_text);
        signing_text(&signed_text, statement->origin, line->role, buffer_bytes(&bytes));
        line->signature = sign(&wanted->signer->key, buffer_bytes(&signed_text));
    }
    statement->signature_count = w->change->signature_count;
}

static enum err append_entry(struct writing *w)
{
    AUTO_BUFFER struct buffer bytes = { 0 };
    struct change_result *result = w->change->result;

    sign_statement(w);
    statement_encode(&bytes, &w->statement);
    TRY(txn_append(w->change->txn, buffer_bytes(&bytes), w->bodies, w->body_count,
                   &result->sequence, &result->time_ms));
    assert(result->sequence == w->sequence);
    return ERR_OK;
}

enum err change_write(struct change *change)
{
    const struct session *session = change->session;
    struct writing *w = arena_alloc(change->arena, sizeof *w);

    w->change = change;
    w->sequence = txn_size(change->txn);
    w->statement = (struct statement){
        .origin = store_identity(session->store)->origin,
        .act = text_of(change->act),
        .officer = session->officer,
        .clock_ms = now_ms(),
        .monotonic_ms = monotonic_ms(),
    };
    memcpy(w->statement.session, session->id, sizeof session->id);
    memcpy(w->statement.request, change->request, sizeof change->request);
    memcpy(w->statement.boot, session->boot, sizeof session->boot);
    TRY(add_own_body(w));
    TRY(write_records(w));
    return append_entry(w);
}
