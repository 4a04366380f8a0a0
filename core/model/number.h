/* Human numbers: what people quote. Ours carry a check character (ISO 7064 MOD 37-2) and are never keys.
 *
 *   case       KCT/23/00012-7   place or formation, year, serial of both, check
 *   seizure    S-000412-5       exhibit E-000412-5, operation OP-000012-K, hand-over H-000012-3
 */
#ifndef TIDEWAITER_CORE_MODEL_NUMBER_H
#define TIDEWAITER_CORE_MODEL_NUMBER_H

#include "core/change/change.h"

/* `place` and `formation` are codes, either may be absent; the part that stands for the control point is taken
 * ("APT" of "APT.AMC", "KWT" of "D.KWT"); "CED" where both are. */
enum err number_case(struct change *change, struct text place, struct text formation,
                     date opened, struct text *out);
enum err number_serial(struct change *change, const char *letters, struct text *out);
/* For record_rules: the series and serial that a record's number was made of; false: it is none of ours. */
bool number_series(const struct record *record, struct arena *arena, struct text *series,
                   uint64_t *serial);

#endif
