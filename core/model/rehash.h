/* Attached files are compared with their hash values again and again, a bounded round at a time; where a round ends is kept
 * in the private tree, and the next one goes on from there.
 *
 * A file that is damaged or missing, and one that is whole again, is a fact about evidence: the program records it on the attachment by an
 * act of its own ("attachment.check"), so that sheet, list, queue and history show it, rebuilding brings it back, and it stays until
 * the file is whole. Files that are as they were leave no entry: a journal that grows by itself every night says nothing.
 */
#ifndef TIDEWAITER_CORE_MODEL_REHASH_H
#define TIDEWAITER_CORE_MODEL_REHASH_H

#include "core/change/session.h"
#include "core/model/attachment.h"

enum { REHASH_FILES = 400 }; /* at most in one round: its findings are one entry */

struct rehash_limits {
    size_t files; /* at most REHASH_FILES */
    uint64_t bytes;
    int ms; /* the last file may take longer */
};
struct rehash_round {
    size_t files;
    uint64_t bytes;
    size_t faulty; /* damaged or missing now */
    bool complete; /* the last attachment was reached; the next round begins with the first */
    int64_t complete_ms; /* when that last happened; 0: never yet */
};
/* What is found, in words: each file that is not as it was, and each that is so again. */
typedef void rehash_said(const struct message *message, void *context);
/* The session is the program's own (officer 0). */
enum err rehash_some(struct session *session, const struct rehash_limits *limits,
                     rehash_said *said, void *context, struct rehash_round *out);

/* The input of "attachment.check". */
struct attachment_check {
    struct record_key key;
    const char *state; /* of choices_file_state; NULL: the file is whole */
};
struct attachment_checks {
    const struct attachment_check *items;
    size_t count;
};

#endif
