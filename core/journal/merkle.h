/* The tree over the journal: RFC 6962 with SHA-256, and its proofs.
 *
 * leaf = H(00 | data), node = H(01 | left | right), the empty tree is H(""). A frontier holds the
 * roots of the perfect subtrees ("peaks") of a tree, so that appending needs no reads. Whoever
 * stores nodes hands a reader in; nothing here reads or keeps anything.
 */
#ifndef TIDEWAITER_CORE_JOURNAL_MERKLE_H
#define TIDEWAITER_CORE_JOURNAL_MERKLE_H

#include "core/base/crypto.h"

enum { MERKLE_LEVELS = 64 };

struct hash256 merkle_leaf(struct bytes data);
struct hash256 merkle_node(const struct hash256 *left, const struct hash256 *right);

struct merkle_frontier {
    uint64_t size;
    struct hash256
        peak[MERKLE_LEVELS]; /* peak[level] is there where bit `level` of size is set */
};
/* Appends a leaf hash. finished[0] = the leaf, then each inner node that it completes, in order of
 * level; their number (1..64) is returned. */
int merkle_append(struct merkle_frontier *frontier, const struct hash256 *leaf,
                  struct hash256 finished[MERKLE_LEVELS]);
struct hash256 merkle_root(const struct merkle_frontier *frontier);

/* Gives the root of the perfect subtree `index` of `level` (leaf = level 0). */
typedef enum err merkle_reader(struct hash256 *out, int level, uint64_t index, void *context);
/* Proofs hold at most 64 hashes (inclusion) or 65 (consistency). */
struct merkle_proof {
    size_t count;
    struct hash256 hash[MERKLE_LEVELS + 1];
};
enum err merkle_root_at(struct hash256 *out, uint64_t size, merkle_reader *read, void *context);
enum err merkle_inclusion(struct merkle_proof *out, uint64_t index, uint64_t size,
                          merkle_reader *read, void *context);
enum err merkle_consistency(struct merkle_proof *out, uint64_t old_size, uint64_t size,
                            merkle_reader *read, void *context);

bool merkle_inclusion_valid(const struct merkle_proof *proof, uint64_t index, uint64_t size,
                            const struct hash256 *leaf, const struct hash256 *root);
bool merkle_consistency_valid(const struct merkle_proof *proof, uint64_t old_size,
                              uint64_t size, const struct hash256 *old_root,
                              const struct hash256 *root);

#endif
