#include "core/model/act_table.h"

#include "core/base/seams.h"
#include "core/model/elements.h"
#include "core/model/note.h"
#include "core/model/number.h"
#include "core/model/questions.h"
#include "core/model/rule.h"

#include <string.h>

static bool names(const struct list *list, uint64_t officer)
{
    const struct officer_item *items = list->items;

    for (size_t i = 0; i < list->count; i++)
        if (items[i].officer.id == officer)
            return true;
    return false;
}

/* Whoever opens a sensitive file for another stands on its list from the start, and can be taken off it. */
static void list_maker(struct change *change, struct case_record *file)
{
    uint64_t maker = change_session(change)->officer;
    struct officer_item *items;

    if (maker == 0 || file->officer.id == maker || file->supervisor.id == maker ||
        names(&file->access, maker) ||
        !(text_is(file->sensitivity, "confidential") || text_is(file->sensitivity, "secret")))
        return;
    items = arena_array(change_arena(change), file->access.count + 1, sizeof *items);
    if (file->access.count > 0)
        memcpy(items, file->access.items, file->access.count * sizeof *items);
    items[file->access.count] = (struct officer_item){ .officer = { .id = maker } };
    file->access = (struct list){ items, file->access.count + 1 };
}

enum err build_case_open(struct change *change, const struct act_call *call)
{
    struct record *record;
    struct case_record *file;

    TRY(make_from_input(change, call, &record));
    file = (struct case_record *)record;
    if (!date_valid(file->opened))
        return fail(ERR_INVALID, N_("A case needs the date on which it is opened."));
    TRY(number_case(change, file->place, file->formation, file->opened, &file->number));
    file->state = TEXT("C01");
    list_maker(change, file);
    return change_put(change, record);
}

/* States that people set; the others follow from charges, persons and exhibits. */
static bool state_is_set_by_people(struct text state)
{
    static const char *const states[] = { "C01", "C02", "C03", "C04", "C09", "C10",
                                          "C11", "C12", "C13", "C16", "C17" };

    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (text_is(state, states[i]))
            return true;
    return false;
}

/* What else stands in the way of a state, the rules of a case say. */
static enum err state_check(struct change *change, const struct act_case_state *input)
{
    struct findings *findings = change_findings(change);

    if (!state_is_set_by_people(input->state))
        finding_add(findings, SEVERITY_ERROR, NULL, tag_act_case_state_state,
                    N_("This state follows from charges, persons and exhibits and is not set "
                       "by hand."));
    if (text_is(input->state, "C17") && !rule_right(change, RIGHT_APPROVE))
        finding_add(
            findings, SEVERITY_ERROR, NULL, tag_act_case_state_state,
            N_("That proceedings are over, so that exhibits may be disposed of, is said "
               "by an officer who may approve."));
    if (text_is(input->state, "C10") && !text_present(input->referred_to))
        finding_add(findings, SEVERITY_ERROR, NULL, tag_act_case_state_referred_to,
                    N_("Say to which department the case is referred."));
    return findings_stop(findings) ? fail(ERR_INVALID, N_("The state was not changed."))
                                   : ERR_OK;
}

enum err build_case_state(struct change *change, const struct act_call *call)
{
    const struct act_case_state *input = call->input;
    struct record *record;
    struct case_record *file;

    TRY(get_subject(change, call, &record));
    file = (struct case_record *)record;
    TRY(state_check(change, input));
    file->state = input->state;
    file->state_reason = input->reason;
    file->referred_to = text_is(input->state, "C10") ? input->referred_to : file->referred_to;
    file->closed = case_is_closed(input->state) ? date_of_ms(now_ms(), OFFSET_HONG_KONG) : 0;
    change_body(change)->reason = input->reason;
    return change_put(change, record);
}

enum err build_case_assign(struct change *change, const struct act_call *call)
{
    const struct act_case_assign *input = call->input;
    struct record *record;
    struct case_record *file;

    TRY(get_subject(change, call, &record));
    file = (struct case_record *)record;
    file->officer = input->officer;
    if (input->bring_up != 0)
        file->bring_up = input->bring_up;
    change_body(change)->reason = input->reason;
    return change_put(change, record);
}

/* Who may read the file, its officer in charge says, or an officer who may approve. */
enum err build_case_restrict(struct change *change, const struct act_call *call)
{
    const struct act_case_restrict *input = call->input;
    struct record *record;
    struct case_record *file;

    TRY(get_subject(change, call, &record));
    file = (struct case_record *)record;
    if (change_session(change)->officer != 0 &&
        file->officer.id != change_session(change)->officer &&
        !rule_right(change, RIGHT_APPROVE))
        return fail(ERR_REFUSED, N_("Who may read a case, its officer in charge decides or an "
                                    "officer who may approve. Ask one of them."));
    file->sensitivity = input->sensitivity;
    file->access = input->access;
    change_body(change)->reason = input->reason;
    return change_put(change, record);
}

/* The note stands beside the record it is about: call->subject. */
enum err build_note(struct change *change, const struct act_call *call)
{
    const struct note_record *input = call->input;
    struct record *owner, *record;
    struct note_record *note;

    TRY(change_get(change, &call->subject, &owner));
    TRY(change_event(change, owner->key.id, &note_type, &record));
    note = (struct note_record *)record_copy(change_arena(change), &input->head);
    note->head.key = record->key;
    note->head.revision = 0;
    note->author = (struct reference){ .id = change_session(change)->officer };
    return change_put(change, &note->head);
}
