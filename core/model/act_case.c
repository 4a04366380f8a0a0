#include "core/model/act_table.h"

#include "core/base/seams.h"
#include "core/model/case.h"
#include "core/model/exhibit.h"
#include "core/model/note.h"
#include "core/model/number.h"
#include "core/model/operation.h"
#include "core/model/questions.h"

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
    return change_put(change, record);
}

/* States that people set; the others follow from charges, persons and exhibits. */
static bool state_is_set_by_people(struct text state)
{
    static const char *const states[] = { "C01", "C02", "C03", "C04", "C09", "C10", "C11", "C12", "C13", "C16" };

    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (text_is(state, states[i]))
            return true;
    return false;
}

static bool state_is_closed(struct text state)
{
    return text_is(state, "C09") || text_is(state, "C10") || text_is(state, "C11") || text_is(state, "C12") || text_is(state, "C16");
}

static bool exhibit_is_settled(struct text state)
{
    static const char *const settled[] = { "E06", "E10", "E11", "E17", "E18", "E19", "E24" };

    for (size_t i = 0; i < sizeof settled / sizeof *settled; i++)
        if (text_is(state, settled[i]))
            return true;
    return false;
}

/* Closing names every exhibit without a decision at once. */
static enum err closing_blockers(struct change *change, const struct record *file)
{
    struct arena *arena = change_arena(change);
    const struct index_row *index = index_named(&exhibit_type, "by_case");
    struct reference of = reference_of(file);
    const void *values[] = { &of };
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct index_page page = { 0 };
    struct bytes resume = { 0 };

    index_prefix(&prefix, &exhibit_type, index, values, 1);
    do {
        TRY(index_page(change_txn(change), buffer_bytes(&prefix), resume, FORWARD, 200, arena, &page));
        for (size_t i = 0; i < page.count; i++) {
            struct record *record;
            struct exhibit_record *exhibit;

            TRY(record_get(change_txn(change), &page.keys[i], TAG_LIST_LAST, arena, &record));
            exhibit = (struct exhibit_record *)record;
            if (!exhibit_is_settled(exhibit->state) && exhibit->voided != FLAG_YES)
                finding_add(change_findings(change), SEVERITY_ERROR, record, 0, N_("Exhibit %s has not been disposed of or returned."),
                            arena_string(arena, exhibit->number));
        }
        if (page.count > 0)
            resume = page.entries[page.count - 1];
    } while (page.more);
    return ERR_OK;
}

static enum err state_check(struct change *change, const struct case_record *file, const struct act_case_state *input)
{
    unsigned rights = change_session(change)->rights;

    if (!state_is_set_by_people(input->state)) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_case_state_state,
                    N_("This state follows from charges, persons and exhibits and is not set by hand."));
        return fail(ERR_INVALID, N_("The state was not changed."));
    }
    if (state_is_closed(file->state) && !(rights & RIGHT_APPROVE))
        return fail(ERR_REFUSED, N_("Only an officer who may approve can reopen a case."));
    if (text_is(input->state, "C09") || text_is(input->state, "C11"))
        TRY(closing_blockers(change, &file->head));
    if (findings_stop(change_findings(change)))
        return fail(ERR_INVALID, N_("The case cannot be closed yet: see the list."));
    return ERR_OK;
}

enum err build_case_state(struct change *change, const struct act_call *call)
{
    const struct act_case_state *input = call->input;
    struct record *record;
    struct case_record *file;

    TRY(get_subject(change, call, &record));
    file = (struct case_record *)record;
    TRY(state_check(change, file, input));
    file->state = input->state;
    file->state_reason = input->reason;
    file->referred_to = text_is(input->state, "C10") ? input->referred_to : file->referred_to;
    file->closed = state_is_closed(input->state) ? date_of_ms(now_ms(), OFFSET_HONG_KONG) : 0;
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

enum err build_operation_open(struct change *change, const struct act_call *call)
{
    struct record *record;

    TRY(make_from_input(change, call, &record));
    TRY(number_serial(change, "OP", &((struct operation_record *)record)->number));
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
