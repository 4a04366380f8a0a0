/* What an officer said last in an act, and which fields of it he or she carries from one form to the next: a file for each act
 * on the desk. Nothing here is needed: what cannot be read is as good as none.
 */
#ifndef TIDEWAITER_CORE_CHANGE_LAST_H
#define TIDEWAITER_CORE_CHANGE_LAST_H

#include "core/change/desk.h"

enum { LAST_CARRIED = 32 };
struct last_input {
    void *values; /* a struct of the act's table; NULL: nothing was said yet */
    uint16_t carried[LAST_CARRIED]; /* tags */
    size_t carried_count;
    bool chosen; /* the officer has chosen what is carried, perhaps nothing */
};
/* `size` is that of the struct. The values live in `arena`. */
void last_read(struct store *store, uint64_t officer, const char *act,
               const struct field *fields, size_t count, size_t size, struct arena *arena,
               struct last_input *out);
enum err last_write(struct store *store, uint64_t officer, const char *act,
                    const struct field *fields, size_t count, const struct last_input *last);

#endif
