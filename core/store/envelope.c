#include "core/store/envelope.h"

#include <assert.h>

void envelope_encode(struct buffer *out, const struct envelope *envelope)
{
    assert(envelope->revision > 0 && envelope->flags == 0);
    buffer_byte(out, ENVELOPE_FORMAT);
    buffer_byte(out, envelope->flags);
    buffer_u32(out, envelope->revision);
    buffer_u64(out, envelope->sequence);
    buffer_put(out, envelope->payload.data, envelope->payload.len);
}

enum err envelope_decode(struct envelope *out, struct bytes value)
{
    if (value.len < ENVELOPE_SIZE)
        return fail(ERR_DAMAGED, N_("A stored record is too short to be one. Tell the system "
                                    "administrator; it can be rebuilt from the journal."));
    if (value.data[0] > ENVELOPE_FORMAT || value.data[1] != 0)
        return fail(ERR_NEWER,
                    N_("A record was written by a newer version of this program. Install "
                       "that version to read it."));
    if (value.data[0] == 0 || read_u32(value.data + 2) == 0)
        return fail(ERR_DAMAGED,
                    N_("A stored record has no format or no revision. Tell the system "
                       "administrator; it can be rebuilt from the journal."));
    *out = (struct envelope){
        .flags = value.data[1],
        .revision = read_u32(value.data + 2),
        .sequence = read_u64(value.data + 6),
        .payload = { value.data + ENVELOPE_SIZE, value.len - ENVELOPE_SIZE },
    };
    return ERR_OK;
}
