#include "tests/check.h"

#include "core/store/store.h"
#include "tests/store_example.h"

/* More than two blocks of request ids, and no power of two. */
enum { ENTRIES = 150 };

static struct place place;
static struct store *store;
static struct txn *txn;

static int set_up(void **state)
{
    (void)state;
    place_make(&place);
    store = make_store(place.store, ENTRIES);
    assert_ok(store_begin(&txn, store));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    txn_end(txn);
    txn = NULL;
    store_close(store);
    place_remove(&place);
    return 0;
}

static struct hash256 leaf_hash(uint64_t sequence)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct bytes leaf;

    assert_ok(txn_leaf(txn, sequence, arena, &leaf));
    return merkle_leaf(leaf);
}

static struct hash256 root_of_leaves(uint64_t size)
{
    struct merkle_frontier frontier = { 0 };
    struct hash256 finished[MERKLE_LEVELS];

    for (uint64_t i = 0; i < size; i++) {
        struct hash256 leaf = leaf_hash(i);

        merkle_append(&frontier, &leaf, finished);
    }
    return merkle_root(&frontier);
}

static void entries_stand_in_order_with_their_bodies(void **state)
{
    AUTO_ARENA struct arena *arena = arena_new();
    uint64_t before = 0;

    (void)state;
    assert_int_equal(txn_size(txn), ENTRIES);
    for (uint64_t i = 0; i < ENTRIES; i++) {
        struct bytes data, body;
        struct leaf leaf;
        char text[32];

        assert_ok(txn_leaf(txn, i, arena, &data));
        assert_ok(leaf_decode(&leaf, data));
        assert_int_equal(leaf.sequence, i);
        assert_true(leaf.time_ms >= before);
        before = leaf.time_ms;
        snprintf(text, sizeof(text), "exhibit %d", (int)i);
        assert_ok(txn_body(txn, i, 1, arena, &body));
        assert_true(bytes_are(body, text));
    }
    assert_int_equal(txn_time_ms(txn), before);
    assert_int_equal(txn_body(txn, 3, 2, arena, &(struct bytes){ 0 }), ERR_MISSING);
    assert_int_equal(txn_leaf(txn, ENTRIES, arena, &(struct bytes){ 0 }), ERR_MISSING);
}

static void leaves_and_bodies_are_listed_apart(void **state)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct bytes none = { 0 };
    struct page page;

    (void)state;
    assert_ok(txn_page(txn, TREE_LEAVES, none, none, FORWARD, 1000, arena, &page));
    assert_int_equal(page.count, ENTRIES);
    assert_int_equal(page.entries[ENTRIES - 1].key.len, 8);
    assert_ok(txn_page(txn, TREE_BODIES, none, none, BACKWARD, 3, arena, &page));
    assert_int_equal(page.count, 3);
    assert_true(page.more);
    assert_int_equal(page.entries[2].key.len, 10);
    assert_int_equal(read_u64(page.entries[2].key.data), ENTRIES - 2);
    assert_false(txn_has(txn, TREE_BODIES, (struct bytes){ page.entries[0].key.data, 8 }));
}

static void the_root_is_that_of_all_leaves(void **state)
{
    struct hash256 root, again, leaves = root_of_leaves(ENTRIES);

    (void)state;
    assert_ok(txn_root(txn, &root));
    assert_true(hash_equal(&root, &leaves));
    assert_ok(merkle_root_at(&again, ENTRIES, txn_node, txn));
    assert_true(hash_equal(&root, &again));
}

static void every_entry_can_be_proved_to_be_in_the_journal(void **state)
{
    struct hash256 root;

    (void)state;
    assert_ok(txn_root(txn, &root));
    for (uint64_t i = 0; i < ENTRIES; i++) {
        struct hash256 leaf = leaf_hash(i);
        struct merkle_proof proof;

        assert_ok(merkle_inclusion(&proof, i, ENTRIES, txn_node, txn));
        assert_true(merkle_inclusion_valid(&proof, i, ENTRIES, &leaf, &root));
    }
}

static void the_journal_can_be_proved_to_continue_each_earlier_one(void **state)
{
    struct hash256 root;

    (void)state;
    assert_ok(txn_root(txn, &root));
    for (uint64_t size = 1; size <= ENTRIES; size++) {
        struct hash256 old = root_of_leaves(size);
        struct merkle_proof proof;

        assert_ok(merkle_consistency(&proof, size, ENTRIES, txn_node, txn));
        assert_true(merkle_consistency_valid(&proof, size, ENTRIES, &old, &root));
    }
}

static void the_signed_head_verifies_with_the_published_key(void **state)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer vkey = { 0 };
    struct checkpoint checkpoint;
    struct note_key key;
    struct hash256 root;
    struct text text;
    struct note note;

    (void)state;
    note_key_print(&vkey, &store_identity(store)->log);
    assert_ok(note_key_parse(&key, buffer_as_text(&vkey)));
    assert_ok(txn_checkpoint(txn, arena, &text));
    assert_ok(note_parse(&note, text));
    assert_ok(note_check(&note, &key, 1, NULL));
    assert_ok(checkpoint_parse(&checkpoint, note.text));
    assert_int_equal(checkpoint.size, ENTRIES);
    assert_true(text_is(checkpoint.origin, STORE_ORIGIN));
    assert_ok(txn_root(txn, &root));
    assert_true(hash_equal(&checkpoint.root, &root));
}

static void an_empty_journal_has_a_signed_head_too(void **state)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *read = NULL;
    struct store *empty = make_store(place.copy, 0);
    struct checkpoint checkpoint;
    struct text text;
    struct note note;

    (void)state;
    assert_ok(store_begin(&read, empty));
    assert_int_equal(txn_size(read), 0);
    assert_int_equal(txn_time_ms(read), 0);
    assert_ok(txn_checkpoint(read, arena, &text));
    assert_ok(note_parse(&note, text));
    assert_ok(note_check(&note, &store_identity(empty)->log, 1, NULL));
    assert_ok(checkpoint_parse(&checkpoint, note.text));
    assert_int_equal(checkpoint.size, 0);
    txn_end(read);
    read = NULL;
    store_close(empty);
}

static void a_request_id_leads_to_its_entry(void **state)
{
    uint8_t request[16];
    uint64_t sequence = 0;

    (void)state;
    for (uint64_t i = 0; i < ENTRIES; i++) {
        request_of(request, i); /* four each begin alike */
        assert_ok(txn_request(txn, request, &sequence));
        assert_int_equal(sequence, i);
    }
    request_of(request, ENTRIES);
    assert_int_equal(txn_request(txn, request, &sequence), ERR_MISSING);
    memset(request, 1, sizeof(request));
    assert_int_equal(txn_request(txn, request, &sequence), ERR_MISSING);
}

static enum err look_up_inside(struct txn *write, void *context)
{
    struct entries entries = { ENTRIES, 1, 0 };
    uint8_t request[16];
    uint64_t *sequence = context;

    TRY(append_entries(write, &entries));
    request_of(request, ENTRIES);
    TRY(txn_request(write, request, sequence));
    request_of(request, 5);
    return txn_request(write, request, &entries.sequence);
}

static void a_closure_sees_its_own_entries(void **state)
{
    uint64_t sequence = 0;

    (void)state;
    assert_ok(store_write(store, look_up_inside, &sequence));
    assert_int_equal(sequence, ENTRIES);
    assert_int_equal(txn_size(txn), ENTRIES);
}

static int64_t set_clock;
static struct seams clock_seams;

static int64_t clock_now(void)
{
    return set_clock;
}

static void a_clock_set_back_does_not_put_time_back(void **state)
{
    uint64_t before = txn_time_ms(txn);

    (void)state;
    clock_seams = *seams();
    clock_seams.now_ms = clock_now;
    set_clock = 1000;
    seams_set(&clock_seams);
    assert_ok(append_to(store, 400, 1));
    set_clock = (int64_t)before + 5000;
    assert_ok(append_to(store, 401, 1));
    seams_set(NULL);
    txn_end(txn);
    assert_ok(store_begin(&txn, store));
    {
        AUTO_ARENA struct arena *arena = arena_new();
        struct bytes data;
        struct leaf leaf;

        assert_ok(txn_leaf(txn, ENTRIES, arena, &data));
        assert_ok(leaf_decode(&leaf, data));
        assert_int_equal(leaf.time_ms, before);
    }
    assert_int_equal(txn_time_ms(txn), before + 5000);
}

static enum err append_nonsense(struct txn *write, void *context)
{
    uint64_t sequence, time_ms;

    (void)context;
    (void)txn_append(write, bytes_of_string("no statement"), NULL, 0, &sequence, &time_ms);
    return ERR_OK;
}

static void what_is_no_statement_is_not_appended(void **state)
{
    uint64_t size;

    (void)state;
    assert_int_not_equal(store_write(store, append_nonsense, NULL), ERR_OK);
    assert_ok(store_size(store, &size));
    assert_int_equal(size, ENTRIES);
}

static enum err copy_log(struct txn *write, void *context)
{
    AUTO_ARENA struct arena *arena = arena_new();

    (void)context;
    for (uint64_t i = 0; i < ENTRIES; i++) {
        struct journal_body bodies[2] = { { .n = 0 }, { .n = 1 } };
        struct bytes leaf;

        TRY(txn_leaf(txn, i, arena, &leaf));
        TRY(txn_body(txn, i, 0, arena, &bodies[0].body));
        TRY(txn_body(txn, i, 1, arena, &bodies[1].body));
        TRY(txn_append_again(write, leaf, bodies, 2));
    }
    return ERR_OK;
}

static void a_journal_put_in_again_has_the_same_head(void **state)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *read = NULL;
    struct store *again;
    struct text first, second;
    char key[128];

    (void)state;
    snprintf(key, sizeof(key), "%s/keys/log", place.store);
    assert_ok(store_create_again(&again, place.copy, store_identity(store), key));
    store_unsynced(again);
    assert_ok(store_write(again, copy_log, NULL));
    assert_int_equal(store_write(again, copy_log, NULL), ERR_INVALID);
    assert_ok(store_finish(again));
    assert_ok(store_begin(&read, again));
    assert_ok(txn_checkpoint(txn, arena, &first));
    assert_ok(txn_checkpoint(read, arena, &second));
    assert_true(text_equal(first, second));
    txn_end(read);
    read = NULL;
    store_close(again);
}

static enum err drop_body(struct txn *write, void *context)
{
    uint8_t key[10] = { 0 };

    (void)context;
    key[7] = 7;
    key[9] = 1;
    return txn_delete(write, TREE_BODIES, (struct bytes){ key, sizeof(key) });
}

static void a_body_may_be_dropped_and_the_journal_still_proves(void **state)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct hash256 root, leaves;
    struct bytes body;

    (void)state;
    assert_ok(store_write(store, drop_body, NULL));
    txn_end(txn);
    assert_ok(store_begin(&txn, store));
    assert_int_equal(txn_body(txn, 7, 1, arena, &body), ERR_MISSING);
    assert_ok(txn_body(txn, 7, 0, arena, &body));
    leaves = root_of_leaves(ENTRIES);
    assert_ok(txn_root(txn, &root));
    assert_true(hash_equal(&root, &leaves));
}

#define IN_STORE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_STORE(entries_stand_in_order_with_their_bodies),
        IN_STORE(leaves_and_bodies_are_listed_apart),
        IN_STORE(the_root_is_that_of_all_leaves),
        IN_STORE(every_entry_can_be_proved_to_be_in_the_journal),
        IN_STORE(the_journal_can_be_proved_to_continue_each_earlier_one),
        IN_STORE(the_signed_head_verifies_with_the_published_key),
        IN_STORE(an_empty_journal_has_a_signed_head_too),
        IN_STORE(a_request_id_leads_to_its_entry),
        IN_STORE(a_closure_sees_its_own_entries),
        IN_STORE(a_clock_set_back_does_not_put_time_back),
        IN_STORE(what_is_no_statement_is_not_appended),
        IN_STORE(a_journal_put_in_again_has_the_same_head),
        IN_STORE(a_body_may_be_dropped_and_the_journal_still_proves),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
