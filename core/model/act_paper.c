#include "core/model/act_table.h"

#include "core/base/seams.h"
#include "core/model/elements.h"
#include "core/model/inspection.h"
#include "core/model/known.h"
#include "core/model/notice.h"
#include "core/model/number.h"
#include "core/model/outside_reference.h"
#include "core/model/questions.h"
#include "core/model/relate.h"
#include "core/model/seizure.h"

#include <string.h>

/* ---- inspections ---- */

enum err build_inspection(struct change *change, const struct act_call *call)
{
    struct record *record;
    struct inspection_record *inspection;

    TRY(make_from_input(change, call, &record));
    inspection = (struct inspection_record *)record;
    TRY(number_serial(change, inspection_type.letters, &inspection->number));
    inspection->state = TEXT("planned");
    return change_put(change, record);
}

/* The inspection where it has not taken place yet; ERR_INVALID where it has, or never will. */
static enum err get_planned(struct change *change, const struct act_call *call,
                            struct inspection_record **out)
{
    struct record *record;

    TRY(get_subject(change, call, &record));
    *out = (struct inspection_record *)record;
    if (text_is((*out)->state, "planned"))
        return ERR_OK;
    return fail(ERR_INVALID, N_("Inspection %s is done or cancelled. Plan another."),
                arena_string(change_arena(change), (*out)->number));
}

enum err build_inspection_result(struct change *change, const struct act_call *call)
{
    const struct act_inspection_result *input = call->input;
    struct inspection_record *inspection;

    TRY(get_planned(change, call, &inspection));
    inspection->state = TEXT("done");
    inspection->occurred = input->occurred;
    inspection->result = input->result;
    inspection->findings = input->findings;
    inspection->samples = input->samples;
    inspection->sample_remark = input->sample_remark;
    inspection->of_case = input->of_case;
    inspection->next = input->next;
    return change_put(change, &inspection->head);
}

enum err build_inspection_cancel(struct change *change, const struct act_call *call)
{
    const struct act_reason *input = call->input;
    struct inspection_record *inspection;

    TRY(get_planned(change, call, &inspection));
    inspection->state = TEXT("cancelled");
    inspection->state_reason = input->reason;
    change_body(change)->reason = input->reason;
    return change_put(change, &inspection->head);
}

/* ---- notices ---- */

enum err build_notice(struct change *change, const struct act_call *call)
{
    struct record *record;
    struct notice_record *notice;

    TRY(make_from_input(change, call, &record));
    notice = (struct notice_record *)record;
    TRY(number_serial(change, notice_type.letters, &notice->number));
    if (notice->of_case.id == 0)
        TRY(relate_case_of(change, notice->seizure, &notice->of_case));
    if (notice->of_case.id == 0)
        TRY(relate_case_of(change, notice->inspection, &notice->of_case));
    notice->state = TEXT("issued");
    return change_put(change, record);
}

/* The notice while it binds somebody; ERR_INVALID where it has ended. */
static enum err get_binding(struct change *change, const struct act_call *call,
                            struct notice_record **out)
{
    struct record *record;

    TRY(get_subject(change, call, &record));
    *out = (struct notice_record *)record;
    if (text_is((*out)->state, "issued") || text_is((*out)->state, "served"))
        return ERR_OK;
    return fail(ERR_INVALID, N_("Notice %s has ended already. Issue another."),
                arena_string(change_arena(change), (*out)->number));
}

static void attempt_add(struct change *change, struct notice_record *notice,
                        const struct act_notice_serve *input)
{
    size_t count = notice->attempts.count;
    struct service_item *items = arena_array(change_arena(change), count + 1, sizeof *items);

    if (count > 0)
        memcpy(items, notice->attempts.items, count * sizeof *items);
    items[count] = (struct service_item){
        .occurred = input->occurred,
        .how = input->how,
        .served = input->served,
        .upon = input->upon,
        .officer = { .id = change_session(change)->officer },
    };
    notice->attempts = (struct list){ items, count + 1 };
}

/* The seizure says when and how its notice was served, and until when a claim may come. */
static enum err seizure_notified(struct change *change, const struct notice_record *notice,
                                 const struct act_notice_serve *input)
{
    struct record_key key = key_of_reference(notice->seizure);
    struct record *record;
    struct seizure_record *seizure;

    if (notice->seizure.id == 0 || !text_is(notice->notice_kind, "seizure"))
        return ERR_OK;
    TRY(change_get(change, &key, &record));
    seizure = (struct seizure_record *)record;
    seizure->notice_date = input->occurred.date;
    seizure->notice_to = input->upon;
    seizure->notice_served = text_is(input->how, "post")       ? TEXT("post")
                             : text_is(input->how, "personal") ? TEXT("personal")
                                                               : TEXT("display");
    if (notice->last_day != 0)
        seizure->claim_last_day = notice->last_day;
    if (text_is(seizure->state, "Z02"))
        seizure->state = TEXT("Z03");
    return change_put(change, record);
}

enum err build_notice_serve(struct change *change, const struct act_call *call)
{
    const struct act_notice_serve *input = call->input;
    struct notice_record *notice;

    TRY(get_binding(change, call, &notice));
    attempt_add(change, notice, input);
    if (input->served == FLAG_YES) {
        notice->state = TEXT("served");
        if (notice->served == 0)
            notice->served = input->occurred.date;
    }
    TRY(change_put(change, &notice->head));
    return input->served == FLAG_YES ? seizure_notified(change, notice, input) : ERR_OK;
}

enum err build_notice_comply(struct change *change, const struct act_call *call)
{
    const struct act_notice_comply *input = call->input;
    struct notice_record *notice;

    TRY(get_binding(change, call, &notice));
    notice->state = TEXT("complied");
    notice->ended = input->ended;
    notice->end_reason = input->how;
    return change_put(change, &notice->head);
}

enum err build_notice_withdraw(struct change *change, const struct act_call *call)
{
    const struct act_reason *input = call->input;
    struct notice_record *notice;

    TRY(get_binding(change, call, &notice));
    notice->state = TEXT("withdrawn");
    notice->ended = date_of_ms(now_ms(), OFFSET_HONG_KONG);
    notice->end_reason = input->reason;
    change_body(change)->reason = input->reason;
    return change_put(change, &notice->head);
}

/* ---- outside references ---- */

static void reference_known(struct outside_reference_record *reference, struct arena *arena)
{
    struct known_numbers numbers = { .arena = arena };

    known_add(&numbers, known_number(arena, reference->outside_number));
    reference->known = numbers.list;
}

enum err build_outside_reference(struct change *change, const struct act_call *call)
{
    struct record *record;
    struct outside_reference_record *reference;

    TRY(make_from_input(change, call, &record));
    reference = (struct outside_reference_record *)record;
    TRY(number_serial(change, outside_reference_type.letters, &reference->number));
    reference_known(reference, change_arena(change));
    return change_put(change, record);
}

enum err build_outside_reference_amend(struct change *change, const struct act_call *call)
{
    struct record *record;

    TRY(build_amend(change, call));
    TRY(change_get(change, &call->subject, &record));
    reference_known((struct outside_reference_record *)record, change_arena(change));
    return change_put(change, record);
}
