/* The envelope of a record's value inside tree R: format (1) | flags (1) | revision (u32) | sequence of
 * the last entry (u64) | payload. The check before it is the store's. */
#ifndef TIDEWAITER_CORE_STORE_ENVELOPE_H
#define TIDEWAITER_CORE_STORE_ENVELOPE_H

#include "core/base/err.h"
#include "core/base/memory.h"

enum { ENVELOPE_FORMAT = 1, ENVELOPE_SIZE = 14 };
struct envelope {
    uint8_t flags;     /* none yet; 0 */
    uint32_t revision; /* from 1 */
    uint64_t sequence;
    struct bytes payload;
};
void envelope_encode(struct buffer *out, const struct envelope *envelope);
enum err envelope_decode(struct envelope *out, struct bytes value); /* ERR_DAMAGED, ERR_NEWER */

#endif
