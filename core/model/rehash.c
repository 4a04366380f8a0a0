#include "core/model/rehash.h"

#include "core/base/seams.h"
#include "core/index/index.h"
#include "core/model/act.h"

#include <string.h>

enum { PAGE = 32, POSITION_HEAD = 8 };

static const char position_key[] = "rehash";

/* Tree P, "rehash" = when the last one was reached (ms u64) | the index entry after which the next round begins. */
struct position {
    int64_t complete_ms;
    struct bytes after;
};

struct round {
    struct session *session;
    const struct rehash_limits *limits;
    rehash_said *said;
    void *context;
    struct rehash_round *out;
    struct arena *arena;
    int64_t started;
    struct position position;
    struct attachment_check checks[REHASH_FILES];
    size_t check_count;
};

static struct bytes key_of_position(void)
{
    return (struct bytes){ (const uint8_t *)position_key, sizeof position_key - 1 };
}

/* One that cannot be read is no reason not to begin anew. */
static void position_read(struct txn *txn, struct round *r)
{
    struct bytes value;

    if (txn_get(txn, TREE_LOCAL, key_of_position(), r->arena, &value) != ERR_OK ||
        value.len < POSITION_HEAD)
        return;
    r->position.complete_ms = (int64_t)read_u64(value.data);
    r->position.after = (struct bytes){ value.data + POSITION_HEAD, value.len - POSITION_HEAD };
}

static enum err position_write(struct txn *txn, void *context)
{
    const struct position *position = context;
    AUTO_BUFFER struct buffer value = { 0 };
    uint8_t head[POSITION_HEAD];

    write_u64(head, (uint64_t)position->complete_ms);
    buffer_put(&value, head, sizeof head);
    buffer_put(&value, position->after.data, position->after.len);
    return txn_put(txn, TREE_LOCAL, key_of_position(), buffer_bytes(&value));
}

/* ---- one file ---- */

static const char *state_of(enum err err)
{
    return err == ERR_OK ? NULL : err == ERR_MISSING ? "missing" : "damaged";
}

static void say(struct round *r, const struct attachment_record *attachment, const char *state)
{
    AUTO_BUFFER struct buffer hex = { 0 };
    struct message message;
    const char *number = arena_string(r->arena, attachment->number), *name;

    hex_encode(&hex, attachment->hash.bytes);
    name = arena_string(r->arena, buffer_as_text(&hex));
    if (!state)
        message_set(&message, N_("The file of attachment %s is whole again."), number);
    else if (strcmp(state, "missing") == 0)
        message_set(&message,
                    N_("The file of attachment %s is missing. Restore it from a backup; its "
                       "SHA-256 is %s."),
                    number, name);
    else
        message_set(
            &message,
            N_("The file of attachment %s is damaged: it is not what was put in. Restore "
               "it from a backup; its SHA-256 is %s."),
            number, name);
    r->said(&message, r->context);
}

static bool same_state(struct text recorded, const char *state)
{
    return state ? text_is(recorded, state) : !text_present(recorded);
}

/* An attachment whose record cannot be read is damage that verify names; the round goes on. */
static enum err look_at(struct round *r, const struct record_key *key)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    const struct attachment_record *attachment;
    struct record *record;
    struct bytes data;
    const char *state;
    enum err err;

    TRY(store_begin(&txn, r->session->store));
    err = record_stored(txn, key, 0, arena, &record);
    if (err == ERR_DAMAGED || err == ERR_MISSING)
        return ERR_OK;
    TRY(err);
    txn_end(txn);
    txn = NULL;
    attachment = (const struct attachment_record *)record;
    state = state_of(attachment_read(r->session->store, attachment, arena, &data));
    r->out->files++;
    r->out->bytes += (uint64_t)attachment->bytes.value;
    r->out->faulty += state != NULL;
    if (state || !same_state(attachment->file_state, state))
        say(r, attachment, state);
    if (!same_state(attachment->file_state, state))
        r->checks[r->check_count++] = (struct attachment_check){ *key, state };
    return ERR_OK;
}

/* ---- a round ---- */

static bool enough(const struct round *r)
{
    return r->out->files >= r->limits->files || r->out->files >= REHASH_FILES ||
           r->out->bytes >= r->limits->bytes || monotonic_ms() - r->started >= r->limits->ms;
}

static enum err next_page(struct round *r, struct arena *arena, struct index_page *page)
{
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer prefix = { 0 };

    TRY(store_begin(&txn, r->session->store));
    index_prefix(&prefix, &attachment_type, index_named(&attachment_type, "by_number"), NULL,
                 0);
    return index_page(txn, buffer_bytes(&prefix), r->position.after, FORWARD, PAGE, arena,
                      page);
}

static enum err go_through(struct round *r)
{
    struct index_page page = { .more = true };

    while (page.more) {
        AUTO_ARENA struct arena *arena = arena_new();

        TRY(next_page(r, arena, &page));
        for (size_t i = 0; i < page.count; i++) {
            TRY(look_at(r, &page.keys[i]));
            r->position.after =
                (struct bytes){ arena_copy(r->arena, page.entries[i].data, page.entries[i].len),
                                page.entries[i].len };
            if (enough(r) && (i + 1 < page.count || page.more))
                return ERR_OK;
        }
    }
    r->out->complete = true;
    r->position = (struct position){ .complete_ms = now_ms() };
    return ERR_OK;
}

static enum err record_checks(struct round *r)
{
    struct attachment_checks checks = { r->checks, r->check_count };
    struct act_call call = { .act = act_named(TEXT("attachment.check")), .input = &checks };
    struct change_result result = { .arena = r->arena };

    return r->check_count == 0 ? ERR_OK : act_run(r->session, &call, &result);
}

enum err rehash_some(struct session *session, const struct rehash_limits *limits,
                     rehash_said *said, void *context, struct rehash_round *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct round *r = arena_alloc(arena, sizeof *r);
    struct txn *txn;

    *out = (struct rehash_round){ 0 };
    *r = (struct round){ .session = session,
                         .limits = limits,
                         .said = said,
                         .context = context,
                         .out = out,
                         .arena = arena,
                         .started = monotonic_ms() };
    TRY(store_begin(&txn, session->store));
    position_read(txn, r);
    txn_end(txn);
    TRY(go_through(r));
    TRY(record_checks(r));
    out->complete_ms = r->position.complete_ms;
    return store_write(session->store, position_write, &r->position);
}
