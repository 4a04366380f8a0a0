/* The values an officer used last, for pick lists to offer first: a small file on the desk, never journaled.
 *
 * Values are kept by what they are values of: a code table ("formation", "status.case"), a table of choices (the field's
 * name), the types a reference may lead to ("officer location"), so that what was said in one form is at hand in the next.
 * Nothing here is ever needed: a file that cannot be read is as good as none.
 */
#ifndef TIDEWAITER_CORE_CHANGE_USED_H
#define TIDEWAITER_CORE_CHANGE_USED_H

#include "core/change/desk.h"

enum { USED_VALUES = 8 };
struct used_value {
    struct text of, value;
};
/* What a field's values are kept under; absent: they are not kept (texts, dates, amounts). */
struct text used_of(const struct field *field, struct arena *arena);
/* How many there are, the newest first, at most USED_VALUES. */
size_t used_read(struct store *store, uint64_t officer, struct text of, struct arena *arena,
                 struct text **out);
/* The last of `values` becomes the newest. */
enum err used_note(struct store *store, uint64_t officer, const struct used_value *values,
                   size_t count);

#endif
