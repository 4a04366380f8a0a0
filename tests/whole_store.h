/* A store that is whole in every way, entry 0 included, so that both verifiers find no fault in it; with plain records
 * (ranks) and an officer's signing key. The rest of a temporary store's functions serve it too. */
#ifndef TIDEWAITER_TESTS_WHOLE_STORE_H
#define TIDEWAITER_TESTS_WHOLE_STORE_H

#include "core/model/elements.h"
#include "core/model/officer.h"
#include "core/model/rank.h"
#include "core/model/signing_key.h"
#include "tests/temporary_store.h"

/* Finished and open for writing, in a folder below `place`. */
static inline void whole_make_in(struct temporary_store *t, const char *place)
{
    struct store_identity identity = { .origin = TEXT("test.example/cases"),
                                       .format = STORE_FORMAT,
                                       .demo = true };

    memset(t, 0, sizeof *t);
    snprintf(t->parent, sizeof t->parent, "%s/tidewaiter-test-XXXXXX", place);
    assert_non_null(mkdtemp(t->parent));
    snprintf(t->folder, sizeof t->folder, "%s/store", t->parent);
    t->arena = arena_new();
    t->result.arena = t->arena;
    assert_int_equal(crypto_start(), ERR_OK);
    assert_int_equal(store_create(&t->store, t->folder, &identity), ERR_OK);
    identity = *store_identity(t->store);
    session_start(&t->session, t->store, NULL);
    assert_int_equal(change_run(&t->session, "store.create", temporary_create, &identity,
                                &t->result),
                     ERR_OK);
    assert_int_equal(store_finish(t->store), ERR_OK);
}

static inline void whole_make(struct temporary_store *t)
{
    whole_make_in(t, access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
}

struct whole_save {
    struct record *record;
    const uint8_t *request; /* NULL: random */
    const struct signer *signer;
};

static inline enum err whole_build(struct change *change, void *context)
{
    const struct whole_save *save = context;
    struct record *copy = record_copy(change_arena(change), save->record), *made;

    if (copy->key.id == 0) {
        TRY(change_make(change, copy->type, &made));
        copy->key = made->key;
    }
    if (save->request)
        change_request(change, save->request);
    if (save->signer)
        change_sign(change, "actor", save->signer);
    change_body(change)->reason = TEXT("a reason");
    return change_put(change, copy);
}

static inline enum err whole_save(struct session *session, struct whole_save *save,
                                  struct change_result *result)
{
    enum err err = change_run(session, "rank.save", whole_build, save, result);

    if (err == ERR_OK) {
        save->record->key = result->keys[0];
        save->record->revision++;
        save->record->sequence = result->sequence;
    }
    return err;
}

static inline struct record *whole_rank(struct arena *arena, const char *code)
{
    struct record *record = record_new(arena, &rank_type);
    struct rank_record *rank = (struct rank_record *)record;

    rank->code = arena_text(arena, text_of(code));
    rank->name.en = arena_printf(arena, "Officer of rank %s", code);
    rank->name.zh = TEXT("職級名稱");
    rank->grade = TEXT("CUSTOMS");
    return record;
}

/* The first officer, who signs in the session from then on. */
static inline void whole_officer(struct temporary_store *t)
{
    const struct role_item role = { .role = TEXT("administrator") };
    struct record *record = record_new(t->arena, &officer_type);
    struct officer_record *officer = (struct officer_record *)record;

    officer->number = TEXT("A-0001");
    officer->name.en = TEXT("First Officer");
    officer->name.zh = TEXT("關員");
    officer->state = TEXT("active");
    officer->roles = (struct list){ &role, 1 };
    t->session.officer = 0;
    temporary_keep(t, record);
    t->session.officer = record->key.id;
}

/* The officer's key, stated in the journal; *signer signs with it. */
static inline void whole_signer(struct temporary_store *t, struct signer *signer)
{
    struct record *record = record_new(t->arena, &signing_key_type);
    struct signing_key_record *key = (struct signing_key_record *)record;
    struct public_key *public_key = arena_alloc(t->arena, sizeof *public_key);

    whole_officer(t);
    *signer = (struct signer){ .officer = t->session.officer, .unlocked = true };
    key_pair(public_key, &signer->key);
    signing_key_id(signer->key_id, public_key);
    key->officer.id = signer->officer;
    key->public_key =
        (struct hash_value){ TEXT("ed25519"), { public_key->byte, sizeof public_key->byte } };
    key->from = 1000;
    temporary_keep(t, record);
}

/* `count` ranks, every fourth amended, every eighth signed where there is a signer. */
static inline void whole_fill(struct temporary_store *t, int count, const struct signer *signer)
{
    for (int i = 0; i < count; i++) {
        char code[16];

        snprintf(code, sizeof code, "R%d", i);
        struct whole_save save = { whole_rank(t->arena, code), NULL,
                                   i % 8 == 0 ? signer : NULL };

        assert_int_equal(whole_save(&t->session, &save, &t->result), ERR_OK);
        if (i % 4 == 0) {
            ((struct rank_record *)save.record)->grade = TEXT("TRADE CONTROLS");
            assert_int_equal(whole_save(&t->session, &save, &t->result), ERR_OK);
        }
    }
}

/* Runs a program; its first line of output goes into `line`. Returns how it ended. */
static inline int whole_run(const char *command, char *line, size_t room)
{
    FILE *out = popen(command, "r");

    assert_non_null(out);
    if (!fgets(line, (int)room, out))
        line[0] = '\0';
    while (fgetc(out) != EOF)
        continue;
    return pclose(out);
}

#endif
