/* A store of a test's own, with a session of the program itself and a plain way to save records. */
#ifndef TIDEWAITER_TESTS_TEMPORARY_STORE_H
#define TIDEWAITER_TESTS_TEMPORARY_STORE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/cbor.h"
#include "core/change/change.h"
#include "tests/check.h"

struct temporary_store {
    char parent[64];
    char folder[80];
    struct store *store;
    struct session session;
    struct arena *arena;
    struct change_result result; /* of the last temporary_save() */
};

/* What entry 0 states of the store. */
static inline enum err temporary_create(struct change *change, void *context)
{
    const struct store_identity *identity = context;
    AUTO_BUFFER struct buffer pairs = { 0 }, vkey = { 0 };

    note_key_print(&vkey, &identity->log);
    cbor_put_uint(&pairs, 10);
    cbor_put_uint(&pairs, identity->site);
    cbor_put_uint(&pairs, 11);
    cbor_put_uint(&pairs, identity->format);
    cbor_put_uint(&pairs, 12);
    cbor_put_bool(&pairs, identity->demo);
    cbor_put_uint(&pairs, 13);
    cbor_put_text(&pairs, buffer_as_text(&vkey));
    change_body(change)->extra =
        (struct bytes){ arena_copy(change_arena(change), pairs.data, pairs.len), pairs.len };
    change_body(change)->extra_count = 4;
    return ERR_OK;
}

static inline enum err temporary_first(struct txn *txn, void *context)
{
    struct temporary_store *t = context;
    struct store_identity identity = *store_identity(t->store);

    return change_in(txn, &t->session, "store.create", temporary_create, &identity, &t->result);
}

/* Unfinished, and so without a wait for the disk: for tests that never open it again. */
static inline void temporary_make(struct temporary_store *t)
{
    const struct store_identity identity = { .origin = TEXT("test.example/cases"),
                                             .format = STORE_FORMAT,
                                             .demo = true };

    memset(t, 0, sizeof *t);
    snprintf(t->parent, sizeof t->parent, "%s/tidewaiter-test-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(t->parent));
    snprintf(t->folder, sizeof t->folder, "%s/store", t->parent);
    t->arena = arena_new();
    t->result.arena = t->arena;
    assert_int_equal(crypto_start(), ERR_OK);
    assert_int_equal(store_create(&t->store, t->folder, &identity), ERR_OK);
    store_unsynced(t->store);
    session_start(&t->session, t->store, NULL);
    assert_int_equal(store_write(t->store, temporary_first, t), ERR_OK);
}

static inline void temporary_finish(struct temporary_store *t)
{
    assert_int_equal(store_finish(t->store), ERR_OK);
}

/* Closes it and opens it anew, as after the damage or the crash that a test makes. */
static inline void temporary_close(struct temporary_store *t)
{
    session_end(&t->session);
    store_close(t->store);
    t->store = NULL;
}

static inline void temporary_open(struct temporary_store *t)
{
    assert_int_equal(store_open(&t->store, t->folder, STORE_WRITABLE), ERR_OK);
    session_start(&t->session, t->store, NULL);
}

static inline void temporary_remove(struct temporary_store *t)
{
    char *const command[] = { "rm", "-rf", t->parent, NULL };
    int status = -1;
    pid_t child;

    session_end(&t->session);
    if (t->store)
        store_close(t->store);
    arena_free(t->arena);
    child = fork();
    if (child == 0) {
        execvp(command[0], command);
        _exit(127);
    }
    assert_true(child > 0 && waitpid(child, &status, 0) == child && status == 0);
}

/* ---- saving ---- */

struct temporary_records {
    struct record *
        *records; /* id 0: a new one gets its id; an event (family set, n 0): its n */
    size_t count;
    const char *reason;
};

static inline enum err temporary_build(struct change *change, void *context)
{
    const struct temporary_records *wanted = context;
    struct record *made;

    change_body(change)->reason = text_of(wanted->reason);
    for (size_t i = 0; i < wanted->count; i++) {
        struct record *copy = record_copy(change_arena(change), wanted->records[i]);

        if (copy->type->family == 0 && copy->key.id == 0) {
            TRY(change_make(change, copy->type, &made));
            copy->key = made->key;
        } else if (copy->type->family > 0 && copy->key.n == 0) {
            TRY(change_event(change, copy->key.id, copy->type, &made));
            copy->key = made->key;
        }
        TRY(change_put(change, copy));
    }
    return ERR_OK;
}

static inline enum err temporary_save(struct temporary_store *t, const char *act,
                                      struct record **records, size_t count)
{
    struct temporary_records wanted = { records, count, "a reason" };

    return change_run(&t->session, act, temporary_build, &wanted, &t->result);
}

/* Saves one record, gives it its key and revision; the save must succeed. */
static inline void temporary_keep(struct temporary_store *t, void *record)
{
    struct record *head = record;

    if (temporary_save(t, "record.save", &head, 1) != ERR_OK)
        fail_here(last_failure()->id);
    assert_int_equal(t->result.mirror, ERR_OK);
    head->key = t->result.keys[0];
    head->revision++;
    head->sequence = t->result.sequence;
}

/* The record as a snapshot of now has it. */
static inline enum err temporary_get(struct temporary_store *t, const struct record_key *key,
                                     struct record **out)
{
    AUTO_TXN struct txn *txn = NULL;

    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    return record_get(txn, key, 0, t->arena, out);
}

#endif
