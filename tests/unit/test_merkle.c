#include "tests/check.h"

#include "core/journal/merkle.h"

#include <string.h>

enum { SIZES = 131 }; /* trees of 0..130 leaves */

/* ---- a tree as RFC 6962 words it, and as the store will keep it ---- */

static struct hash256 leaves[SIZES];
static struct hash256 roots[SIZES];
static struct hash256 nodes[9][SIZES];

static struct hash256 root_by_the_words(size_t begin, size_t count)
{
    size_t half = 1;
    struct hash256 left, right;

    if (count == 1)
        return leaves[begin];
    while (half * 2 < count)
        half *= 2;
    left = root_by_the_words(begin, half);
    right = root_by_the_words(begin + half, count - half);
    return merkle_node(&left, &right);
}

static enum err read_node(struct hash256 *out, int level, uint64_t index, void *context)
{
    const uint64_t *size = context;

    /* A proof for an old size may not look at leaves that came later. */
    assert_true(level < 9 && ((index + 1) << level) <= *size);
    *out = nodes[level][index];
    return ERR_OK;
}

static enum err no_node(struct hash256 *out, int level, uint64_t index, void *context)
{
    (void)out, (void)level, (void)index, (void)context;
    return fail(ERR_DAMAGED, N_("A node is damaged."));
}

static int grow_tree(void **state)
{
    struct merkle_frontier frontier = { .size = 0 };
    struct hash256 finished[MERKLE_LEVELS];

    (void)state;
    if (crypto_start() != ERR_OK)
        return -1;
    roots[0] = merkle_root(&frontier);
    for (size_t i = 0; i + 1 < SIZES; i++) {
        const uint8_t data = (uint8_t)i;
        int count;

        leaves[i] = merkle_leaf((struct bytes){ &data, 1 });
        count = merkle_append(&frontier, &leaves[i], finished);
        for (int level = 0; level < count; level++)
            nodes[level][i >> level] = finished[level];
        roots[i + 1] = merkle_root(&frontier);
    }
    return 0;
}

static void assert_hash(const struct hash256 *hash, const char *hex)
{
    AUTO_BUFFER struct buffer printed = { 0 };

    hex_encode(&printed, (struct bytes){ hash->byte, sizeof hash->byte });
    buffer_byte(&printed, 0);
    assert_string_equal((const char *)printed.data, hex);
}

static struct hash256 hash_of(const char *hex)
{
    AUTO_BUFFER struct buffer bytes = { 0 };
    struct hash256 hash;

    assert_true(hex_decode(&bytes, text_of(hex)) && bytes.len == sizeof hash.byte);
    memcpy(hash.byte, bytes.data, sizeof hash.byte);
    return hash;
}

/* ---- published vectors ---- */

#define EMPTY_LEAF "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
#define ROOT_4 "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
#define NODE_CA "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
#define LEAF_BC "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"

static const char *const published_leaves[] = {
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
};
static const char *const published_roots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    EMPTY_LEAF,
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    ROOT_4,
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

struct published {
    struct hash256 node[4][8];
};

static enum err read_published(struct hash256 *out, int level, uint64_t index, void *context)
{
    const struct published *tree = context;

    assert_true(level < 4 && index < 8);
    *out = tree->node[level][index];
    return ERR_OK;
}

static void grow_published(struct published *tree)
{
    struct merkle_frontier frontier = { .size = 0 };

    for (size_t i = 0; i < 8; i++) {
        AUTO_BUFFER struct buffer data = { 0 };
        struct hash256 leaf, finished[MERKLE_LEVELS], root;
        int count;

        assert_true(hex_decode(&data, text_of(published_leaves[i])));
        leaf = merkle_leaf(buffer_bytes(&data));
        count = merkle_append(&frontier, &leaf, finished);
        for (int level = 0; level < count; level++)
            tree->node[level][i >> level] = finished[level];
        root = merkle_root(&frontier);
        assert_hash(&root, published_roots[i + 1]);
    }
}

static void the_published_trees_have_the_published_roots(void **state)
{
    const struct merkle_frontier nothing = { .size = 0 };
    struct hash256 hash = merkle_root(&nothing);
    struct published tree;

    (void)state;
    assert_hash(&hash, published_roots[0]);
    hash = merkle_leaf((struct bytes){ (const uint8_t *)"", 0 });
    assert_hash(&hash, EMPTY_LEAF);
    hash = merkle_leaf((struct bytes){ (const uint8_t *)"L123456", 7 });
    assert_hash(&hash, "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
    grow_published(&tree);
    for (uint64_t size = 0; size <= 8; size++) {
        assert_int_equal(merkle_root_at(&hash, size, read_published, &tree), ERR_OK);
        assert_hash(&hash, published_roots[size]);
    }
    assert_hash(&roots[130],
                "f05d2f5ef24c72dd70b0a8f28e576b3acaf944c00e014524c47aa42325d7d1c3");
}

/* The published node is over four letters each side, so it is hashed as it is written. */
static void an_inner_node_is_hashed_behind_a_one(void **state)
{
    const struct bytes parts[] = {
        { (const uint8_t *)"\x01", 1 },
        { (const uint8_t *)"N123", 4 },
        { (const uint8_t *)"N456", 4 },
    };
    const struct bytes same[] = {
        { (const uint8_t *)"\x01", 1 },
        { leaves[0].byte, 32 },
        { leaves[1].byte, 32 },
    };
    struct hash256 hash = sha256_of(parts, 3), node = merkle_node(&leaves[0], &leaves[1]);

    (void)state;
    assert_hash(&hash, "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb");
    hash = sha256_of(same, 3);
    assert_true(hash_equal(&hash, &node));
}

static void the_published_proofs_are_made_and_accepted(void **state)
{
    struct published tree;
    struct merkle_proof proof;
    struct hash256 root_2 = hash_of(published_roots[2]), root_5 = hash_of(published_roots[5]);
    struct hash256 root_6 = hash_of(published_roots[6]), root_8 = hash_of(published_roots[8]);

    (void)state;
    grow_published(&tree);
    assert_int_equal(merkle_inclusion(&proof, 5, 8, read_published, &tree), ERR_OK);
    assert_int_equal(proof.count, 3);
    assert_hash(&proof.hash[0], LEAF_BC);
    assert_hash(&proof.hash[1], NODE_CA);
    assert_hash(&proof.hash[2], ROOT_4);
    assert_true(merkle_inclusion_valid(&proof, 5, 8, &tree.node[0][5], &root_8));

    assert_int_equal(merkle_consistency(&proof, 6, 8, read_published, &tree), ERR_OK);
    assert_int_equal(proof.count, 3);
    assert_hash(&proof.hash[0],
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a");
    assert_hash(&proof.hash[1], NODE_CA);
    assert_hash(&proof.hash[2], ROOT_4);
    assert_true(merkle_consistency_valid(&proof, 6, 8, &root_6, &root_8));

    assert_int_equal(merkle_consistency(&proof, 2, 5, read_published, &tree), ERR_OK);
    assert_int_equal(proof.count, 2);
    assert_hash(&proof.hash[0],
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e");
    assert_hash(&proof.hash[1], LEAF_BC);
    assert_true(merkle_consistency_valid(&proof, 2, 5, &root_2, &root_5));
}

/* ---- every size to 130 ---- */

static void appending_gives_the_root_that_the_words_of_the_standard_give(void **state)
{
    (void)state;
    for (uint64_t size = 1; size < SIZES; size++) {
        struct hash256 root, words = root_by_the_words(0, size);

        assert_true(hash_equal(&roots[size], &words));
        assert_int_equal(merkle_root_at(&root, size, read_node, &size), ERR_OK);
        assert_true(hash_equal(&roots[size], &root));
    }
}

static void assert_inclusion_refuses_changes(struct merkle_proof proof, uint64_t index,
                                             uint64_t size)
{
    struct merkle_proof longer = proof, shorter = proof;

    longer.hash[longer.count++] = roots[size];
    assert_false(merkle_inclusion_valid(&longer, index, size, &leaves[index], &roots[size]));
    if (proof.count > 0) {
        shorter.count--;
        assert_false(
            merkle_inclusion_valid(&shorter, index, size, &leaves[index], &roots[size]));
    }
    for (size_t i = 0; i < proof.count; i++) {
        proof.hash[i].byte[i % 32] ^= 1;
        assert_false(merkle_inclusion_valid(&proof, index, size, &leaves[index], &roots[size]));
        proof.hash[i].byte[i % 32] ^= 1;
    }
    assert_false(merkle_inclusion_valid(&proof, size, size, &leaves[index], &roots[size]));
    assert_false(merkle_inclusion_valid(&proof, index, size, &leaves[index], &roots[size - 1]));
    for (uint64_t other = 0; other < size; other++)
        if (other != index) {
            assert_false(
                merkle_inclusion_valid(&proof, other, size, &leaves[index], &roots[size]));
            assert_false(
                merkle_inclusion_valid(&proof, index, size, &leaves[other], &roots[size]));
        }
}

static void every_entry_of_every_tree_to_130_is_proved(void **state)
{
    (void)state;
    for (uint64_t size = 1; size < SIZES; size++)
        for (uint64_t index = 0; index < size; index++) {
            struct merkle_proof proof;

            assert_int_equal(merkle_inclusion(&proof, index, size, read_node, &size), ERR_OK);
            assert_true(
                merkle_inclusion_valid(&proof, index, size, &leaves[index], &roots[size]));
            if (size % 13 == 0 || size < 20)
                assert_inclusion_refuses_changes(proof, index, size);
        }
}

static void assert_consistency_refuses_changes(struct merkle_proof proof, uint64_t old_size,
                                               uint64_t size)
{
    struct merkle_proof longer = proof, shorter = proof;
    const struct hash256 *old_root = &roots[old_size], *root = &roots[size];

    longer.hash[longer.count++] = *root;
    assert_false(merkle_consistency_valid(&longer, old_size, size, old_root, root));
    shorter.count--;
    assert_false(merkle_consistency_valid(&shorter, old_size, size, old_root, root));
    for (size_t i = 0; i < proof.count; i++) {
        proof.hash[i].byte[i % 32] ^= 0x80;
        assert_false(merkle_consistency_valid(&proof, old_size, size, old_root, root));
        proof.hash[i].byte[i % 32] ^= 0x80;
    }
    assert_false(merkle_consistency_valid(&proof, old_size, size, root, root));
    assert_false(merkle_consistency_valid(&proof, old_size, size, old_root, old_root));
    assert_false(merkle_consistency_valid(&proof, old_size, size, &roots[old_size - 1], root));
    assert_false(merkle_consistency_valid(&proof, size, old_size, root, old_root));
    assert_false(merkle_consistency_valid(&proof, 0, size, &roots[0], root));
    assert_false(merkle_consistency_valid(&proof, old_size - 1, size, old_root, root));
}

static void every_tree_to_130_continues_every_smaller_one(void **state)
{
    int pairs = 0;

    (void)state;
    for (uint64_t size = 2; size < SIZES; size++)
        for (uint64_t old_size = 1; old_size < size; old_size++, pairs++) {
            struct merkle_proof proof;

            assert_int_equal(merkle_consistency(&proof, old_size, size, read_node, &size),
                             ERR_OK);
            assert_true(merkle_consistency_valid(&proof, old_size, size, &roots[old_size],
                                                 &roots[size]));
            assert_consistency_refuses_changes(proof, old_size, size);
        }
    assert_int_equal(pairs, 8385);
}

static void a_tree_continues_itself_and_nothing_is_proved_from_an_empty_one(void **state)
{
    struct merkle_proof proof = { .count = 0 };
    uint64_t size = 7;

    (void)state;
    assert_int_equal(merkle_consistency(&proof, 7, 7, read_node, &size), ERR_OK);
    assert_int_equal(proof.count, 0);
    assert_true(merkle_consistency_valid(&proof, 7, 7, &roots[7], &roots[7]));
    assert_false(merkle_consistency_valid(&proof, 7, 7, &roots[6], &roots[7]));
    assert_false(merkle_consistency_valid(&proof, 0, 0, &roots[0], &roots[0]));
    assert_false(merkle_consistency_valid(&proof, 0, 7, &roots[0], &roots[7]));
    assert_int_equal(merkle_consistency(&proof, 0, 7, read_node, &size), ERR_INVALID);
    assert_int_equal(merkle_consistency(&proof, 8, 7, read_node, &size), ERR_INVALID);
    assert_int_equal(merkle_inclusion(&proof, 7, 7, read_node, &size), ERR_MISSING);
    assert_false(merkle_inclusion_valid(&proof, 0, 0, &leaves[0], &roots[0]));
}

static void a_damaged_node_stops_every_proof(void **state)
{
    struct merkle_proof proof = { .count = 77 };
    struct hash256 root;

    (void)state;
    assert_int_equal(merkle_root_at(&root, 5, no_node, NULL), ERR_DAMAGED);
    assert_int_equal(merkle_inclusion(&proof, 2, 5, no_node, NULL), ERR_DAMAGED);
    assert_int_equal(merkle_consistency(&proof, 3, 5, no_node, NULL), ERR_DAMAGED);
    assert_int_equal(proof.count, 77);
}

/* All leaves and nodes of a huge tree are one hash each level, so that it needs no memory. */
static enum err read_uniform(struct hash256 *out, int level, uint64_t index, void *context)
{
    const struct hash256 *levels = context;

    (void)index;
    *out = levels[level];
    return ERR_OK;
}

static void a_tree_of_more_entries_than_anyone_will_write_still_proves(void **state)
{
    const uint64_t sizes[] = { UINT64_MAX, (UINT64_C(1) << 63) + 1, (UINT64_C(1) << 40) - 3 };
    struct hash256 levels[MERKLE_LEVELS], root, old_root;
    struct merkle_proof proof;

    (void)state;
    levels[0] = leaves[0];
    for (int level = 1; level < MERKLE_LEVELS; level++)
        levels[level] = merkle_node(&levels[level - 1], &levels[level - 1]);
    for (size_t i = 0; i < 3; i++) {
        uint64_t size = sizes[i], old_size = size / 3 * 2;

        assert_int_equal(merkle_root_at(&root, size, read_uniform, levels), ERR_OK);
        assert_int_equal(merkle_root_at(&old_root, old_size, read_uniform, levels), ERR_OK);
        assert_int_equal(merkle_inclusion(&proof, size - 1, size, read_uniform, levels),
                         ERR_OK);
        assert_true(merkle_inclusion_valid(&proof, size - 1, size, &leaves[0], &root));
        assert_int_equal(merkle_inclusion(&proof, 1, size, read_uniform, levels), ERR_OK);
        assert_true(merkle_inclusion_valid(&proof, 1, size, &leaves[0], &root));
        assert_int_equal(merkle_consistency(&proof, old_size, size, read_uniform, levels),
                         ERR_OK);
        assert_true(merkle_consistency_valid(&proof, old_size, size, &old_root, &root));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_trees_have_the_published_roots),
        cmocka_unit_test(an_inner_node_is_hashed_behind_a_one),
        cmocka_unit_test(the_published_proofs_are_made_and_accepted),
        cmocka_unit_test(appending_gives_the_root_that_the_words_of_the_standard_give),
        cmocka_unit_test(every_entry_of_every_tree_to_130_is_proved),
        cmocka_unit_test(every_tree_to_130_continues_every_smaller_one),
        cmocka_unit_test(a_tree_continues_itself_and_nothing_is_proved_from_an_empty_one),
        cmocka_unit_test(a_damaged_node_stops_every_proof),
        cmocka_unit_test(a_tree_of_more_entries_than_anyone_will_write_still_proves),
    };

    return cmocka_run_group_tests(tests, grow_tree, NULL);
}
