#include "core/model/link.h"

#include "core/model/choices.h"
#include "core/model/number.h"
#include "core/model/rule.h"
#include "core/model/thing.h"

#define RECORD link
#define RECORD_DEF "core/model/link.def"
#include "core/schema/table.h"

static void name_twice(struct change *change, const struct record *record, void *findings)
{
    finding_add(findings, SEVERITY_ERROR, record, tag_link_how,
                N_("%s says the same already: this item is linked to this case in that way."),
                arena_string(change_arena(change),
                             ((const struct link_record *)record)->number));
}

static void check_thing(struct change *change, const struct record *new,
                        struct findings *findings)
{
    const struct thing_record *thing =
        (const struct thing_record *)rule_referred(change, new, tag_link_thing, &thing_type,
                                                   findings);

    if (thing && thing->voided == FLAG_YES)
        finding_add(findings, SEVERITY_ERROR, new, tag_link_thing,
                    N_("The record %s was voided. Choose the one that stands for it."),
                    arena_string(change_arena(change), thing->number));
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_link_number, tag_link_of_case, tag_link_thing, 0 };
    const struct link_record *link = (const struct link_record *)new;
    const void *values[] = { &link->thing, &link->of_case, &link->how };

    rule_keep(old, new, for_ever, findings);
    if (rule_facts_changed(old, new))
        rule_case_open(change, new, tag_link_of_case, findings);
    if (!old)
        check_thing(change, new, findings);
    if (link->voided != FLAG_YES && rule_changed(old, new, tag_link_how) &&
        rule_each(change, &link_type, "by_thing", values, 3, name_twice, findings) != ERR_OK)
        rule_failed(new, tag_link_how, findings);
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type link_type = {
    RECORD_TABLE(link),
    .number = 16,
    .name = "link",
    .letters = "LK",
    .label = L("Link", "關聯"),
    .plural = L("Links", "關聯"),
    .help = L("What a thing has to do with a case.", "項目與案件的關係。"),
    .rules = &rules,
    .title = { tag_link_how, tag_link_thing },
};
