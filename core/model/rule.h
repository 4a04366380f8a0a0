/* What the rules of several record types ask. A rule looks into the change, so that it sees what is staged beside the
 * record; what it cannot read becomes a finding, for a rule cannot fail. Inside the model only. */
#ifndef TIDEWAITER_CORE_MODEL_RULE_H
#define TIDEWAITER_CORE_MODEL_RULE_H

#include "core/change/rules.h"
#include "core/model/case.h"
#include "core/model/rights.h"

bool rule_changed(const struct record *old, const struct record *new, uint16_t tag);
/* An error for each of the tags (ended by 0) that differs from the record as it stood. old NULL: nothing. */
void rule_keep(const struct record *old, const struct record *new, const uint16_t *tags,
               struct findings *findings);
/* The same for all fields but these. */
void rule_keep_but(const struct record *old, const struct record *new, const uint16_t *tags,
                   struct findings *findings);
/* Does a field differ that people type? Made (old NULL): yes. */
bool rule_facts_changed(const struct record *old, const struct record *new);
/* The state must be one of this kind of record ("case", "exhibit", "exhibit_law", "seizure"). */
void rule_state(struct change *change, const struct record *new, uint16_t tag,
                const char *entity, struct findings *findings);
/* The record a field refers to; NULL, with a finding, where it is not there or of another type. */
struct record *rule_referred(struct change *change, const struct record *new, uint16_t tag,
                             const struct record_type *type, struct findings *findings);
/* The case a field refers to must be open and not voided, so that it takes facts. NULL where it could not be read. */
const struct case_record *rule_case_open(struct change *change, const struct record *new,
                                         uint16_t tag, struct findings *findings);
/* The last failure as an error. */
void rule_failed(const struct record *new, uint16_t tag, struct findings *findings);
/* Does the officer of this change have the right now? */
bool rule_right(struct change *change, enum right right);
/* Is the record voided by this very change? */
bool rule_voiding(const struct record *old, const struct record *new);
/* Each record that is not voided under the first `count` values of an index. */
typedef void rule_visit(struct change *change, const struct record *record, void *context);
enum err rule_each(struct change *change, const struct record_type *type, const char *index,
                   const void *const *values, size_t count, rule_visit *each, void *context);
/* An error naming each record of an index (`type`, its index) that stands under `owner` and is not voided. */
void rule_none_under(struct change *change, const struct record *owner,
                     const struct record_type *type, const char *index,
                     struct findings *findings);

#endif
