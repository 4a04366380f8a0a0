/* The filter language: what an officer types above a list, `-f` on the command line and saved views hold.
 *
 * All parts must hold; blanks stand between them, quotation marks keep blanks and colons together.
 *   魚翅 "dried fins"      words, sought in the listed and the searched fields
 *   state:C02,C03          a field by name or label in either language (may be cut short): any of these codes or names; what is
 *                          no whole code, and any text, is sought within what the field shows. "." is the officer who types
 *   commodity:DRG          a code stands for those below it too (DRG.MET)
 *   value:>1000000  due:<today  opened:2023-06  opened:2023-06..2023-09  due:t..+7   comparisons with both ends; a month or
 *                          year covers its days; amounts of another currency or unit never match
 *   bring_up:*  bring_up:  the field is filled; is empty
 *   -state:C09  -fins      not
 * What cannot be understood, an unknown field too, is said and never taken for a word. "opened:>" is half typed: no condition.
 *
 * A filter lives in the arena that it was parsed into.
 */
#ifndef TIDEWAITER_CORE_QUERY_FILTER_H
#define TIDEWAITER_CORE_QUERY_FILTER_H

#include "core/schema/record.h"

struct filter;
enum err filter_parse(struct filter **out, struct arena *arena, const struct record_type *type,
                      struct text typed, const struct lookup *lookup, struct message *why);
bool filter_match(const struct filter *filter, const struct record *record,
                  const struct lookup *lookup);
bool filter_empty(const struct filter *filter);
uint16_t filter_last_tag(const struct filter *filter); /* decoding may stop there; 0: all */
/* While somebody types: without a last "state:" whose value has not begun. */
struct text filter_begun(struct text typed);

#endif
