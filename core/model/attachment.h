/* Attachment: the struct and the tags of core/model/attachment.def; and the file itself, which stands beside the store under
 * its SHA-256. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_ATTACHMENT_H
#define TIDEWAITER_CORE_MODEL_ATTACHMENT_H

#include "core/model/types.h"
#include "core/store/store.h"

#define RECORD attachment
#define RECORD_DEF "core/model/attachment.def"
#include "core/schema/struct.h"

enum { ATTACHMENT_MEGABYTES = 64 };

/* A file that is kept: what act_call.prepared of "attachment-add" points to. */
struct kept_file {
    struct hash256 hash;
    size_t bytes;
    struct text name;       /* cleaned, no folder */
    struct text media_type; /* by what the file begins with, never by its name */
};
/* Keeps data as a file of the store, before any act names it; kept twice it stands once. Texts live in `arena`. */
enum err attachment_keep(struct store *store, struct bytes data, struct text name,
                         struct arena *arena, struct kept_file *out);
/* The file of an attachment, its hash compared with the record. ERR_DAMAGED, ERR_MISSING say what to do. */
enum err attachment_read(struct store *store, const struct attachment_record *attachment,
                         struct arena *arena, struct bytes *data);

#endif
