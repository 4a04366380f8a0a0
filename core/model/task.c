#include "core/model/task.h"

#include "core/model/choices.h"
#include "core/model/number.h"
#include "core/model/rule.h"

#define RECORD task
#define RECORD_DEF "core/model/task.def"
#include "core/schema/table.h"

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_task_number,    tag_task_about,
                                         tag_task_of_case,   tag_task_asked_by,
                                         tag_task_first_due, 0 };
    const struct task_record *was = (const struct task_record *)old,
                             *task = (const struct task_record *)new;

    (void)change;
    rule_keep(old, new, for_ever, findings);
    if (was && !text_is(was->state, "open") && !text_is(task->state, "open") &&
        rule_facts_changed(old, new))
        finding_add(
            findings, SEVERITY_ERROR, new, tag_task_state,
            N_("A follow-up that has ended is not changed. Reopen it, or add another."));
    if (text_is(task->state, "done") != (task->done_on != 0))
        finding_add(findings, SEVERITY_ERROR, new, tag_task_done_on,
                    N_("A follow-up that is done says when, and no other does."));
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type task_type = {
    RECORD_TABLE(task),
    .number = 17,
    .name = "task",
    .letters = "T",
    .label = L("Follow-up", "跟進事項"),
    .plural = L("Follow-ups", "跟進事項"),
    .help = L("What is to be done about a record, by whom and until when.",
              "就某項紀錄須辦的事、負責人員及限期。"),
    .rules = &rules,
    .title = { tag_task_what },
};
