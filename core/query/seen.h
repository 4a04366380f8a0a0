/* Records seen before: what an officer is typing may be there already, under another case.
 *
 * Which types and fields tell is read from the table: a type that keeps a list of the numbers it is known by (a searched list
 * that acts fill, with an index) is one of things and people that are met again, and typing in its names and numbers looks for
 * them; a unique number of any type tells too. Searches go by terms and indexes, are bounded, and are made where typing rests.
 */
#ifndef TIDEWAITER_CORE_QUERY_SEEN_H
#define TIDEWAITER_CORE_QUERY_SEEN_H

#include "core/query/query.h"

enum { SEEN_MOST = 5 };
/* May typing in this field of a new record tell that the record is there already? `cell`: of a list, the field of its row. */
bool seen_tells(const struct record_type *type, const struct field *field,
                const struct field *cell);
/* Long enough to look for: two Han characters, three letters or digits. */
bool seen_enough(struct text typed);
/* The records that it may be, at most SEEN_MOST, by numbers first, with and without blanks and points, then by words. */
enum err seen_find(struct txn *txn, const struct record_type *type, struct text typed,
                   struct arena *arena, struct record ***out, size_t *count);

#endif
