#include "core/model/act_table.h"

#include "core/base/seams.h"
#include "core/model/number.h"
#include "core/model/questions.h"
#include "core/model/relate.h"
#include "core/model/task.h"

enum err build_task(struct change *change, const struct act_call *call)
{
    struct record *record;
    struct task_record *task;

    TRY(make_from_input(change, call, &record));
    task = (struct task_record *)record;
    TRY(number_serial(change, task_type.letters, &task->number));
    TRY(relate_case_of(change, task->about, &task->of_case));
    task->state = TEXT("open");
    task->first_due = task->due;
    task->asked_by = (struct reference){ .id = change_session(change)->officer };
    return change_put(change, record);
}

/* The follow-up where it is still to be done; ERR_INVALID where it is not. */
static enum err get_open(struct change *change, const struct act_call *call,
                         struct task_record **out)
{
    struct record *record;

    TRY(get_subject(change, call, &record));
    *out = (struct task_record *)record;
    if (text_is((*out)->state, "open"))
        return ERR_OK;
    return fail(ERR_INVALID, N_("Follow-up %s has ended already. Reopen it first."),
                arena_string(change_arena(change), (*out)->number));
}

enum err build_task_done(struct change *change, const struct act_call *call)
{
    const struct act_task_done *input = call->input;
    struct task_record *task;

    TRY(get_open(change, call, &task));
    if (date_compare(input->done_on, date_of_ms(now_ms(), OFFSET_HONG_KONG)) > 0) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_task_done_done_on,
                    N_("It cannot be done on a day that is still to come."));
        return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
    }
    task->state = TEXT("done");
    task->result = input->result;
    task->done_on = input->done_on;
    task->done_by = (struct reference){ .id = change_session(change)->officer };
    task->state_reason = (struct text){ 0 };
    return change_put(change, &task->head);
}

enum err build_task_postpone(struct change *change, const struct act_call *call)
{
    const struct act_task_postpone *input = call->input;
    struct task_record *task;

    TRY(get_open(change, call, &task));
    task->due = input->due;
    task->postponed = (struct integer){ true, task->postponed.value + 1 };
    change_body(change)->reason = input->reason;
    return change_put(change, &task->head);
}

enum err build_task_assign(struct change *change, const struct act_call *call)
{
    const struct act_task_assign *input = call->input;
    struct task_record *task;

    TRY(get_open(change, call, &task));
    task->officer = input->officer;
    if (input->due != 0)
        task->due = input->due;
    change_body(change)->reason = input->reason;
    return change_put(change, &task->head);
}

enum err build_task_cancel(struct change *change, const struct act_call *call)
{
    const struct act_reason *input = call->input;
    struct task_record *task;

    TRY(get_open(change, call, &task));
    task->state = TEXT("cancelled");
    task->state_reason = input->reason;
    change_body(change)->reason = input->reason;
    return change_put(change, &task->head);
}

enum err build_task_reopen(struct change *change, const struct act_call *call)
{
    const struct act_reason *input = call->input;
    struct record *record;
    struct task_record *task;

    TRY(get_subject(change, call, &record));
    task = (struct task_record *)record;
    if (text_is(task->state, "open"))
        return fail(ERR_INVALID, N_("Follow-up %s is still to be done."),
                    arena_string(change_arena(change), task->number));
    task->state = TEXT("open");
    task->done_on = 0;
    task->done_by = (struct reference){ 0 };
    task->state_reason = input->reason;
    change_body(change)->reason = input->reason;
    return change_put(change, record);
}
