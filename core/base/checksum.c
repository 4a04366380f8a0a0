#include "core/base/checksum.h"

#include <assert.h>
#include <string.h>

/* Inlined, because only so the state's size is known and may stand on the stack. */
#define XXH_INLINE_ALL
#include <xxhash.h>

static struct checksum canonical(XXH128_hash_t hash)
{
    XXH128_canonical_t bytes;
    struct checksum out;

    XXH128_canonicalFromHash(&bytes, hash);
    memcpy(out.byte, bytes.digest, sizeof(out.byte));
    return out;
}

struct checksum checksum(struct bytes data)
{
    return canonical(XXH3_128bits(data.data ? data.data : (const uint8_t *)"", data.len));
}

struct checksum checksum_of_value(char tree, struct bytes key, struct bytes rest)
{
    uint8_t head[2 + UINT8_MAX];
    XXH3_state_t state;

    assert(key.len <= UINT8_MAX);
    head[0] = (uint8_t)tree;
    head[1] = (uint8_t)key.len;
    if (key.len > 0)
        memcpy(head + 2, key.data, key.len);
    XXH3_128bits_reset(&state);
    XXH3_128bits_update(&state, head, 2 + key.len);
    if (rest.len > 0)
        XXH3_128bits_update(&state, rest.data, rest.len);
    return canonical(XXH3_128bits_digest(&state));
}

bool checksum_equal(const struct checksum *a, const struct checksum *b)
{
    return memcmp(a->byte, b->byte, sizeof(a->byte)) == 0;
}
