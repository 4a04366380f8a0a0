#include "core/model/entry.h"

#include "core/model/choices.h"
#include "core/model/number.h"
#include "core/model/rule.h"

#define RECORD entry
#define RECORD_DEF "core/model/entry.def"
#include "core/schema/table.h"

/* An entry is written once; then only the leaving is added. */
static const uint16_t on_leaving[] = { tag_entry_state,       tag_entry_voided,
                                       tag_entry_left,        tag_entry_new_key_seal,
                                       tag_entry_left_remark, 0 };

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    const struct entry_record *was = (const struct entry_record *)old,
                              *entry = (const struct entry_record *)new;

    (void)change;
    if (was)
        rule_keep_but(old, new, on_leaving, findings);
    if ((entry->officer.id != 0) == text_present(entry->visitor))
        finding_add(findings, SEVERITY_ERROR, new, tag_entry_visitor,
                    N_("An entry is of one person: an officer of ours, or a visitor by name."));
    if (entry->left.date != 0 && moment_compare(entry->left, entry->entered) < 0)
        finding_add(findings, SEVERITY_ERROR, new, tag_entry_left,
                    N_("Nobody leaves before he or she has entered. Check both times."));
    if (text_is(entry->state, "left") != (entry->left.date != 0))
        finding_add(findings, SEVERITY_ERROR, new, tag_entry_left,
                    N_("Whoever has left did so at a time, and whoever is inside has not."));
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type entry_type = {
    RECORD_TABLE(entry),
    .number = 36,
    .name = "entry",
    .letters = "EN",
    .label = L("Entry", "出入登記"),
    .plural = L("Entry log", "出入登記冊"),
    .help = L("Who went into which store, for what, with whom, and when they left.",
              "何人因何事由、由何人陪同進入倉庫，以及何時離開。"),
    .rules = &rules,
    .title = { tag_entry_officer, tag_entry_visitor },
};
