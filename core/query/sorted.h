/* The rows of a query in the order of any fields, though no index has that order.
 *
 * The query is walked once, in its own order, in slices that stop at their deadline. Of what was met the best SORTED_ROOM rows
 * are kept as keys (the fields' index bytes and the record key, which decides where they are equal), never as records. So
 *   - at any moment what is kept stands in the right order among all that was walked so far;
 *   - when the walk is done, it is exactly the first SORTED_ROOM rows (or the last, where reading began at the end);
 *   - reading on beyond what is kept walks again, for the next SORTED_ROOM;
 *   - what others save meanwhile is taken from the journal: a changed record moves to where it belongs, whether it was
 *     walked already or not. (Very many changes at once: the walk begins anew.)
 * Texts that agree in as many bytes as an index holds of them stand in the order of their ids. A damaged record stands where its
 * absent fields would.
 */
#ifndef TIDEWAITER_CORE_QUERY_SORTED_H
#define TIDEWAITER_CORE_QUERY_SORTED_H

#include "core/query/query.h"

enum { SORTED_ROOM = 2000, ORDER_FIELDS = 4 };

struct sorted;
/* `source` says what is walked (type, index, range, filter); its filter must live as long. Its direction is that of the walk;
 * `direction` that of the list. `fields`: tags, 0 ends them. `room`: SORTED_ROOM, of which a quarter stays when reading goes on
 * beyond: more than a window of rows. */
struct sorted *sorted_new(const struct query *source, const uint16_t fields[ORDER_FIELDS],
                          enum direction direction, size_t room);
void sorted_free(struct sorted *sorted); /* NULL is allowed */
/* Records that are likely rows (found by their words): taken in at once, before the walk comes to them. */
enum err sorted_likely(struct sorted *sorted, struct txn *txn, const struct record_key *keys,
                       size_t count, const struct lookup *lookup);
/* A slice of the walk; *changed: other rows are kept than before. */
enum err sorted_step(struct sorted *sorted, struct txn *txn, int budget_ms,
                     const struct lookup *lookup, bool *changed);
/* What others saved since; cheap when nothing was. */
enum err sorted_follow(struct sorted *sorted, struct txn *txn, const struct lookup *lookup,
                       bool *changed);
bool sorted_done(const struct sorted *sorted);
size_t sorted_walked(const struct sorted *sorted); /* records looked at in this walk */
int64_t sorted_total(const struct sorted *sorted); /* rows in all, once the walk is done; -1 */
/* As query_slice(), from what is kept. `more` is true also where a walk goes on or a further one is needed: that is begun, and
 * sorted_step() does it. */
enum err sorted_slice(struct sorted *sorted, struct txn *txn, struct bytes resume, bool forward,
                      size_t rows, const struct lookup *lookup, struct arena *arena,
                      struct query_slice *out);
/* Where a record stands in this order. */
void sorted_entry(const struct sorted *sorted, const struct record *record, struct buffer *out);

/* Index bytes of a record's field as an order goes by it: of a list the element that comes first in that direction. */
struct text order_value(const struct field *field, const struct record *record,
                        enum direction direction, struct arena *arena);

#endif
