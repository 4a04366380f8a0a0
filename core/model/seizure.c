#include "core/model/seizure.h"

#include "core/base/seams.h"
#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/exhibit.h"
#include "core/model/number.h"
#include "core/model/officer.h"
#include "core/model/rule.h"

#define RECORD seizure
#define RECORD_DEF "core/model/seizure.def"
#include "core/schema/table.h"

/* An officer who has left was in post on the day of an old paper. */
static bool in_post(const struct officer_record *officer, struct moment occurred)
{
    if (officer->voided == FLAG_YES || text_is(officer->state, "suspended"))
        return false;
    return !text_is(officer->state, "left") ||
           (officer->until != 0 && date_compare(occurred.date, officer->until) <= 0);
}

static void check_officer(struct change *change, const struct seizure_record *seizure,
                          struct findings *findings)
{
    const struct officer_record *officer =
        (const struct officer_record *)rule_referred(change, &seizure->head,
                                                     tag_seizure_officer, &officer_type,
                                                     findings);

    if (officer && !in_post(officer, seizure->occurred))
        finding_add(findings, SEVERITY_ERROR, &seizure->head, tag_seizure_officer,
                    N_("Officer %s was not in post at that time. Name the officer who seized "
                       "the goods."),
                    arena_string(change_arena(change), officer->number));
}

/* A time typed alone is one of today: that of last night is then still to come. */
static void check_time(const struct seizure_record *seizure, struct findings *findings)
{
    if (moment_valid(seizure->occurred) && moment_ms(seizure->occurred) > now_ms())
        finding_add(findings, SEVERITY_ERROR, &seizure->head, tag_seizure_occurred,
                    N_("This time is still to come. Give the date with it where the goods were "
                       "seized on an earlier day: -1 2130 is half past nine last night."));
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_seizure_number, tag_seizure_of_case,
                                         tag_seizure_seizure_kind, 0 };
    const struct seizure_record *seizure = (const struct seizure_record *)new;

    rule_keep(old, new, for_ever, findings);
    rule_state(change, new, tag_seizure_state, "seizure", findings);
    if (rule_facts_changed(old, new))
        rule_case_open(change, new, tag_seizure_of_case, findings);
    if (!old || rule_changed(old, new, tag_seizure_officer))
        check_officer(change, seizure, findings);
    if (!old || rule_changed(old, new, tag_seizure_occurred))
        check_time(seizure, findings);
    if (!text_present(seizure->place))
        finding_add(
            findings, SEVERITY_WARNING, new, tag_seizure_place,
            N_("No place of the table is named, so the seizure counts at no control point."));
    if (rule_voiding(old, new))
        rule_none_under(change, new, &exhibit_type, "by_seizure", findings);
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type seizure_type = {
    RECORD_TABLE(seizure),
    .number = 8,
    .name = "seizure",
    .letters = "S",
    .label = L("Seizure", "檢取"),
    .plural = L("Seizures", "檢取"),
    .help = L("One taking of goods at one time and place, under one power.",
              "在同一時間地點、根據同一權力檢取物品。"),
    .rules = &rules,
    .title = { tag_seizure_occurred, tag_seizure_place },
};
