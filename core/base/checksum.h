/* XXH3-128 over stored values: finds accidental damage, proves nothing against people (the
 * journal does that). checksum.c is the only file that includes xxhash. */
#ifndef TIDEWAITER_CORE_BASE_CHECKSUM_H
#define TIDEWAITER_CORE_BASE_CHECKSUM_H

#include "core/base/memory.h"

struct checksum {
    uint8_t byte[16];
}; /* the canonical (big-endian) form */
struct checksum checksum(struct bytes data);
/* Of the tree's letter, the key's length (1 byte), the key (at most 255 bytes), and `rest`, as
 * stored values use it. */
struct checksum checksum_of_value(char tree, struct bytes key, struct bytes rest);
bool checksum_equal(const struct checksum *a, const struct checksum *b);

#endif
