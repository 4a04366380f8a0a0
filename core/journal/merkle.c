#include "core/journal/merkle.h"

#include <assert.h>

struct hash256 merkle_leaf(struct bytes data)
{
    static const uint8_t prefix = 0;
    const struct bytes parts[] = { { &prefix, 1 }, data };

    return sha256_of(parts, 2);
}

struct hash256 merkle_node(const struct hash256 *left, const struct hash256 *right)
{
    static const uint8_t prefix = 1;
    const struct bytes parts[] = { { &prefix, 1 }, { left->byte, 32 }, { right->byte, 32 } };

    return sha256_of(parts, 3);
}

int merkle_append(struct merkle_frontier *frontier, const struct hash256 *leaf,
                  struct hash256 finished[MERKLE_LEVELS])
{
    int level = 0;

    assert(frontier->size < UINT64_MAX);
    finished[0] = *leaf;
    for (; frontier->size >> level & 1; level++)
        finished[level + 1] = merkle_node(&frontier->peak[level], &finished[level]);
    frontier->peak[level] = finished[level];
    frontier->size++;
    return level + 1;
}

struct hash256 merkle_root(const struct merkle_frontier *frontier)
{
    struct hash256 root;
    bool begun = false;

    if (frontier->size == 0)
        return sha256((struct bytes){ (const uint8_t *)"", 0 });
    for (int level = 0; level < MERKLE_LEVELS; level++) {
        if (!(frontier->size >> level & 1))
            continue;
        root = begun ? merkle_node(&frontier->peak[level], &root) : frontier->peak[level];
        begun = true;
    }
    return root;
}

/* The root over `count` leaves from `begin`, where `begin` is a multiple of a power of two that is
 * not less than `count`: so are all ranges that RFC 6962's splitting gives. */
static enum err range_root(struct hash256 *out, uint64_t begin, uint64_t count,
                           merkle_reader *read, void *context)
{
    struct hash256 root = { { 0 } }, peak;
    bool begun = false;

    for (int level = 0; level < MERKLE_LEVELS; level++) {
        if (!(count >> level & 1))
            continue;
        TRY(read(&peak, level, (begin >> level) + (count >> level) - 1, context));
        root = begun ? merkle_node(&peak, &root) : peak;
        begun = true;
    }
    *out = root;
    return ERR_OK;
}

enum err merkle_root_at(struct hash256 *out, uint64_t size, merkle_reader *read, void *context)
{
    if (size == 0) {
        *out = sha256((struct bytes){ (const uint8_t *)"", 0 });
        return ERR_OK;
    }
    return range_root(out, 0, size, read, context);
}

/* The largest power of two that is less than `count`. */
static uint64_t split(uint64_t count)
{
    uint64_t power = 1;

    while (power < count - power)
        power *= 2;
    return power;
}

/* Proofs are found from the root down, and are written from the leaf up. */
static void reverse(struct merkle_proof *proof)
{
    for (size_t i = 0; i < proof->count / 2; i++) {
        struct hash256 *low = &proof->hash[i], *high = &proof->hash[proof->count - 1 - i];
        struct hash256 kept = *low;

        *low = *high;
        *high = kept;
    }
}

enum err merkle_inclusion(struct merkle_proof *out, uint64_t index, uint64_t size,
                          merkle_reader *read, void *context)
{
    struct merkle_proof proof = { .count = 0 };
    uint64_t begin = 0, count = size;

    if (index >= size)
        return fail(
            ERR_MISSING,
            N_("Entry %llu is not in a journal of %llu entries. Choose a smaller number."),
            (unsigned long long)index, (unsigned long long)size);
    while (count > 1) {
        uint64_t half = split(count);
        struct hash256 *sibling = &proof.hash[proof.count++];

        if (index - begin < half) {
            TRY(range_root(sibling, begin + half, count - half, read, context));
            count = half;
        } else {
            TRY(range_root(sibling, begin, half, read, context));
            begin += half;
            count -= half;
        }
    }
    reverse(&proof);
    *out = proof;
    return ERR_OK;
}

enum err merkle_consistency(struct merkle_proof *out, uint64_t old_size, uint64_t size,
                            merkle_reader *read, void *context)
{
    struct merkle_proof proof = { .count = 0 };
    uint64_t begin = 0, count = size;

    if (old_size == 0 || old_size > size)
        return fail(ERR_INVALID,
                    N_("A journal of %llu entries cannot be proved to continue one of %llu. "
                       "Compare it with an earlier head that is not empty."),
                    (unsigned long long)size, (unsigned long long)old_size);
    while (old_size - begin < count) {
        uint64_t half = split(count);
        struct hash256 *sibling = &proof.hash[proof.count++];

        if (old_size - begin <= half) {
            TRY(range_root(sibling, begin + half, count - half, read, context));
            count = half;
        } else {
            TRY(range_root(sibling, begin, half, read, context));
            begin += half;
            count -= half;
        }
    }
    /* Where the old tree is a left part of the new one, its root is known to the verifier. */
    if (begin > 0)
        TRY(range_root(&proof.hash[proof.count++], begin, count, read, context));
    reverse(&proof);
    *out = proof;
    return ERR_OK;
}

/* One step up, past the levels where the node is a right edge without a sibling. */
static void climb(uint64_t *index, uint64_t *last, bool merged_left)
{
    if (merged_left)
        while (!(*index & 1) && *index != 0) {
            *index >>= 1;
            *last >>= 1;
        }
    *index >>= 1;
    *last >>= 1;
}

bool merkle_inclusion_valid(const struct merkle_proof *proof, uint64_t index, uint64_t size,
                            const struct hash256 *leaf, const struct hash256 *root)
{
    struct hash256 hash = *leaf;
    uint64_t last = size - 1;

    if (index >= size || proof->count > MERKLE_LEVELS)
        return false;
    for (size_t i = 0; i < proof->count; i++) {
        bool left = (index & 1) || index == last;

        if (last == 0)
            return false;
        hash = left ? merkle_node(&proof->hash[i], &hash) : merkle_node(&hash, &proof->hash[i]);
        climb(&index, &last, left);
    }
    return last == 0 && hash_equal(&hash, root);
}

bool merkle_consistency_valid(const struct merkle_proof *proof, uint64_t old_size,
                              uint64_t size, const struct hash256 *old_root,
                              const struct hash256 *root)
{
    uint64_t index = old_size - 1, last = size - 1;
    bool whole = (old_size & (old_size - 1)) == 0;
    size_t next = 0;
    struct hash256 old_hash, hash;

    if (old_size == 0 || old_size > size || proof->count > MERKLE_LEVELS + 1)
        return false;
    if (old_size == size)
        return proof->count == 0 && hash_equal(old_root, root);
    if (!whole && proof->count == 0)
        return false;
    for (; index & 1; index >>= 1)
        last >>= 1;
    old_hash = hash = whole ? *old_root : proof->hash[next++];
    for (; next < proof->count; next++) {
        const struct hash256 *other = &proof->hash[next];
        bool left = (index & 1) || index == last;

        if (last == 0)
            return false;
        if (left)
            old_hash = merkle_node(other, &old_hash);
        hash = left ? merkle_node(other, &hash) : merkle_node(&hash, other);
        climb(&index, &last, left);
    }
    return last == 0 && hash_equal(&old_hash, old_root) && hash_equal(&hash, root);
}
