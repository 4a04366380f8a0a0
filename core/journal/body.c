/* Bodies, their commitments, and the frames of the mirror's files (declared in statement.h). */
#include "core/journal/statement.h"

#include "core/base/cbor.h"

#include <string.h>

enum { PLAIN = 0, SEALED = 1, BODY_HEADER = 1 + NONCE, SALT = 16 };

void body_encode(struct buffer *out, const uint8_t nonce[NONCE], struct bytes payload)
{
    buffer_byte(out, PLAIN);
    buffer_put(out, nonce, NONCE);
    buffer_put(out, payload.data, payload.len);
}

enum err body_decode(struct body *out, struct bytes in)
{
    if (in.len <= BODY_HEADER)
        return fail(ERR_DAMAGED, N_("What a journal entry wrote down is cut short. Run verify, "
                                    "and restore from a backup."));
    if (in.data[0] > SEALED)
        return fail(ERR_NEWER,
                    N_("What a journal entry wrote down has form %d, which this "
                       "program does not know. Use a newer program."),
                    in.data[0]);
    out->algorithm = in.data[0];
    out->nonce = in.data + 1;
    out->payload = (struct bytes){ in.data + BODY_HEADER, in.len - BODY_HEADER };
    return ERR_OK;
}

/* A field's hash is salted from the body's nonce, so that who is shown one field cannot guess at
 * the values of the others. */
static struct hash256 field_hash(struct bytes nonce, uint16_t tag, struct bytes value)
{
    const uint8_t head[] = { 2, (uint8_t)(tag >> 8), (uint8_t)tag };
    struct hash256 salt = hmac_sha256(nonce, (struct bytes){ head + 1, 2 });
    const struct bytes parts[] = { { head, sizeof head }, { salt.byte, SALT }, value };

    return sha256_of(parts, 3);
}

enum err body_commitment(struct hash256 *out, const uint8_t key[RECORD_KEY], uint32_t revision,
                         const uint8_t nonce[NONCE], struct bytes payload)
{
    AUTO_BUFFER struct buffer hashed = { 0 };
    struct cbor_reader reader = cbor_reader(payload);
    struct bytes value;
    uint64_t tag, before = 0;
    size_t pairs;
    bool good = cbor_map(&reader, &pairs);

    buffer_put(&hashed, "tidewaiter/body/1", sizeof "tidewaiter/body/1"); /* with its NUL */
    buffer_put(&hashed, key, RECORD_KEY);
    buffer_u32(&hashed, revision);
    for (size_t i = 0; good && i < pairs; i++) {
        good = cbor_uint(&reader, &tag) && tag <= UINT16_MAX && (i == 0 || tag > before) &&
               cbor_skip(&reader, &value);
        if (good) {
            struct hash256 hash =
                field_hash((struct bytes){ nonce, NONCE }, (uint16_t)tag, value);

            buffer_put(&hashed, hash.byte, sizeof hash.byte);
            before = tag;
        }
    }
    if (!good || !cbor_done(&reader))
        return fail(ERR_DAMAGED, N_("What a journal entry wrote down is not a proper map of "
                                    "fields. Run verify, and restore from a backup."));
    *out = sha256(buffer_bytes(&hashed));
    return ERR_OK;
}

/* ---- the mirror's files ---- */

void mirror_put_leaf(struct buffer *out, struct bytes leaf)
{
    buffer_u32(out, (uint32_t)leaf.len);
    buffer_put(out, leaf.data, leaf.len);
}

void mirror_put_body(struct buffer *out, uint64_t sequence, uint16_t n, struct bytes body)
{
    buffer_u64(out, sequence);
    buffer_u16(out, n);
    buffer_u32(out, (uint32_t)body.len);
    buffer_put(out, body.data, body.len);
}

/* What stands at `offset` behind a header that ends in a length; false: it is not all there. */
static bool frame(struct bytes in, size_t offset, size_t header, size_t limit,
                  struct bytes *out)
{
    uint32_t length;

    if (offset > in.len || in.len - offset < header)
        return false;
    length = read_u32(in.data + offset + header - 4);
    if (length > limit || in.len - offset - header < length)
        return false;
    *out = (struct bytes){ in.data + offset + header, length };
    return true;
}

bool mirror_next_leaf(struct bytes in, size_t *offset, struct bytes *leaf)
{
    enum { HEADER = 4 };

    if (!frame(in, *offset, HEADER, LEAF_LIMIT, leaf))
        return false;
    *offset += HEADER + leaf->len;
    return true;
}

bool mirror_next_body(struct bytes in, size_t *offset, uint64_t *sequence, uint16_t *n,
                      struct bytes *body)
{
    enum { HEADER = 8 + 2 + 4 };

    if (!frame(in, *offset, HEADER, SIZE_MAX, body))
        return false;
    *sequence = read_u64(in.data + *offset);
    *n = read_u16(in.data + *offset + 8);
    *offset += HEADER + body->len;
    return true;
}
