#include "core/model/officer.h"

#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/rule.h"

#define RECORD officer
#define RECORD_DEF "core/model/officer.def"
#include "core/schema/table.h"

static void check_roles(const struct officer_record *officer, struct findings *findings)
{
    const struct role_item *roles = officer->roles.items;

    if (officer->roles.count == 0)
        finding_add(findings, SEVERITY_ERROR, &officer->head, tag_officer_roles,
                    N_("An officer needs at least one role."));
    for (size_t i = 1; i < officer->roles.count; i++)
        for (size_t k = 0; k < i; k++)
            if (text_equal(roles[i].role, roles[k].role))
                finding_add(findings, SEVERITY_ERROR, &officer->head, tag_officer_roles,
                            N_("One role is in the list twice. Take it out once."));
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_officer_number, tag_officer_demo, 0 };
    const struct officer_record *officer = (const struct officer_record *)new;
    const struct session *session = change_session(change);

    rule_keep(old, new, for_ever, findings);
    check_roles(officer, findings);
    if (!old && officer->demo == FLAG_YES &&
        (session->officer != 0 || !store_identity(session->store)->demo))
        finding_add(findings, SEVERITY_ERROR, new, tag_officer_demo,
                    N_("Demonstration accounts exist in demonstration stores only."));
    if (officer->supervisor.id == new->key.id)
        finding_add(findings, SEVERITY_ERROR, new, tag_officer_supervisor,
                    N_("An officer is not his or her own supervisor."));
}

static const struct record_rules rules = { .check = check };

const struct record_type officer_type = {
    RECORD_TABLE(officer),
    .number = 1,
    .name = "officer",
    .letters = "O",
    .label = L("Officer", "人員"),
    .plural = L("Officers", "人員"),
    .help = L("Accounts of the people who use the program, with their roles.",
              "使用本系統的人員及其職責。"),
    .rules = &rules,
    .title = { tag_officer_name },
};
