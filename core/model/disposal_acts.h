/* What the acts on disposals share: the batch at its step, its lines, and the gate asked inside a change. Inside the model
 * only. */
#ifndef TIDEWAITER_CORE_MODEL_DISPOSAL_ACTS_H
#define TIDEWAITER_CORE_MODEL_DISPOSAL_ACTS_H

#include "core/model/act_table.h"
#include "core/model/disposal_gate.h"
#include "core/model/disposal_line.h"

/* A batch is finished in one entry of the journal, which holds 500 records: an exhibit and its event for each line. */
enum { DISPOSAL_LINES = 200 };

/* The subject where its state is one of `states` ("S01 S07"), else ERR_REFUSED with `otherwise` and its number. */
enum err disposal_at(struct change *change, const struct act_call *call, const char *states,
                     const char *otherwise, struct disposal_record **out);
enum err disposal_route_of(struct change *change, struct text code,
                           struct disposal_route_record **out);
/* All lines as they stand, taken-out ones included; editable. */
enum err disposal_lines(struct change *change, const struct disposal_record *disposal,
                        struct disposal_line_record ***out, size_t *count);
/* The line of an exhibit that was not taken out; ERR_MISSING: there is none. */
enum err disposal_line_of(struct change *change, const struct disposal_record *disposal,
                          struct reference exhibit, struct disposal_line_record **out);
/* What stands against the exhibit goes to the change's findings; `among` others: below its number. Route and disposal may be
 * NULL. */
enum err disposal_ask(struct change *change, const struct exhibit_record *exhibit, bool among,
                      const struct disposal_route_record *route,
                      const struct disposal_record *disposal);
/* May it leave by another act than a disposal (write-off, transfer of a whole case)? No hold, and no batch under way. */
enum err disposal_leave(struct change *change, const struct exhibit_record *exhibit);
/* When an exhibit is first looked at again: as the laws of its case say, the latest of them; of property never seized, soon. */
enum err disposal_first_review(struct change *change, struct exhibit_record *exhibit);
/* ERR_INVALID where an error is among the findings. */
enum err disposal_stop(struct change *change);
/* The order of a rank: the less, the higher; ERR_MISSING where the officer has none. */
enum err disposal_rank(struct change *change, uint64_t officer, int64_t *order);
enum err disposal_rank_order(struct change *change, struct text rank, int64_t *order);
/* Who answers for what has gone: the receiving body, else the formation of the officer who did it. */
enum err disposal_holder(struct change *change, struct reference receiver,
                         struct reference *out);

#endif
