/* Signed notes, checkpoints, cosignatures and proofs as text: the C2SP formats, unchanged, so that any
 * other verifier reads them.
 *
 * Parsed values point into the text that was parsed. At most 32 signatures and 64 KiB a note.
 */
#ifndef TIDEWAITER_CORE_JOURNAL_NOTE_H
#define TIDEWAITER_CORE_JOURNAL_NOTE_H

#include "core/journal/merkle.h"

enum note_algorithm { NOTE_ED25519 = 1, NOTE_COSIGNATURE = 4 };
enum { NOTE_SIGNATURES = 32, NOTE_LIMIT = 65536, NOTE_NAME = 128 };

/* A verification key: name+hex(key id)+base64(type | key). */
struct note_key {
    char name[NOTE_NAME];
    uint8_t id[4];
    enum note_algorithm algorithm;
    struct public_key key;
};
enum err note_key_make(struct note_key *out, struct text name, enum note_algorithm algorithm,
                       const struct public_key *key);
enum err note_key_parse(struct note_key *out, struct text vkey); /* ERR_INVALID: form or id */
void note_key_print(struct buffer *out, const struct note_key *key);

struct note_signature {
    struct text name;
    uint8_t id[4];
    uint8_t blob
        [128]; /* after the key id; the beginning, where size is more (a kind not known here) */
    size_t size;
};
struct note {
    struct text text; /* with its final line feed */
    size_t count;
    struct note_signature signatures[NOTE_SIGNATURES];
};
enum err note_parse(struct note *out, struct text t);
/* ERR_DAMAGED: a known key fails, or no known key signed; one of the keys is enough, so the log's
 * own key is asked alone. *times (may be NULL) receives the cosignature time of each key, the newest
 * where it signed twice, 0 where it did not sign. */
enum err note_check(const struct note *note, const struct note_key *keys, size_t count,
                    uint64_t *times);
/* Appends text, an empty line and one signature line. */
enum err note_sign(struct buffer *out, struct text t, const struct note_key *key,
                   const struct secret_key *secret);
/* Appends a further signature line to a note (a cosignature carries `time`, seconds). */
enum err note_cosign(struct buffer *note, const struct note_key *key,
                     const struct secret_key *secret, uint64_t time);

struct checkpoint {
    struct text origin;
    uint64_t size;
    struct hash256 root;
};
void checkpoint_print(struct buffer *out, const struct checkpoint *checkpoint);
enum err checkpoint_parse(struct checkpoint *out,
                          struct text body); /* extension lines are passed over */

/* c2sp.org/tlog-proof@v1: index, inclusion proof, checkpoint. */
struct note_proof {
    uint64_t index;
    struct merkle_proof proof;
    struct text checkpoint; /* the signed note */
};
void note_proof_print(struct buffer *out, const struct note_proof *proof);
enum err note_proof_parse(struct note_proof *out, struct text t);

#endif
