#include "core/model/involvement.h"

#include "core/model/choices.h"
#include "core/model/number.h"
#include "core/model/party.h"
#include "core/model/rule.h"

#define RECORD involvement
#define RECORD_DEF "core/model/involvement.def"
#include "core/schema/table.h"

static void name_twice(struct change *change, const struct record *record, void *findings)
{
    finding_add(findings, SEVERITY_ERROR, record, tag_involvement_role,
                N_("%s says the same already: this party has that role in this case."),
                arena_string(change_arena(change),
                             ((const struct involvement_record *)record)->number));
}

static void check_role(struct change *change, const struct record *old,
                       const struct involvement_record *new, struct findings *findings)
{
    const void *values[] = { &new->party, &new->of_case, &new->role };

    if (new->voided != FLAG_YES && rule_changed(old, &new->head, tag_involvement_role) &&
        rule_each(change, &involvement_type, "by_party", values, 3, name_twice, findings) !=
            ERR_OK)
        rule_failed(&new->head, tag_involvement_role, findings);
    if (text_is(new->role, "informer") && !text_is(new->sensitivity, "confidential"))
        finding_add(findings, SEVERITY_ERROR, &new->head, tag_involvement_sensitivity,
                    N_("An informer is confidential. Set the sensitivity so."));
}

static void check_party(struct change *change, const struct record *new,
                        struct findings *findings)
{
    const struct party_record *party =
        (const struct party_record *)rule_referred(change, new, tag_involvement_party,
                                                   &party_type, findings);

    if (party && party->voided == FLAG_YES)
        finding_add(findings, SEVERITY_ERROR, new, tag_involvement_party,
                    N_("The record %s was voided. Choose the one that stands for it."),
                    arena_string(change_arena(change), party->number));
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_involvement_number, tag_involvement_of_case,
                                         tag_involvement_party, 0 };
    const struct involvement_record *involvement = (const struct involvement_record *)new;

    rule_keep(old, new, for_ever, findings);
    if (text_present(involvement->state))
        rule_state(change, new, tag_involvement_state, "person", findings);
    if (rule_facts_changed(old, new))
        rule_case_open(change, new, tag_involvement_of_case, findings);
    if (!old)
        check_party(change, new, findings);
    check_role(change, old, involvement, findings);
    if (involvement->represents.id != 0 && involvement->represents.id == involvement->party.id)
        finding_add(findings, SEVERITY_ERROR, new, tag_involvement_represents,
                    N_("Whoever acts for another is somebody else."));
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type involvement_type = {
    RECORD_TABLE(involvement),
    .number = 14,
    .name = "involvement",
    .letters = "IV",
    .label = L("Role in the case", "涉案身分"),
    .plural = L("People", "涉案人士"),
    .help = L("What persons and companies are in a case, and how it stands with them.",
              "人士及公司在案件中的身分及狀態。"),
    .rules = &rules,
    .title = { tag_involvement_role, tag_involvement_party },
};
