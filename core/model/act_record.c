#include "core/model/act_table.h"

#include "core/model/number.h"
#include "core/model/questions.h"

#include <string.h>

enum err get_subject(struct change *change, const struct act_call *call, struct record **out)
{
    TRY(change_get(change, &call->subject, out));
    if ((*out)->type != call->act->type)
        return fail(ERR_INVALID, N_("\"%p\" is not done with a record of the kind %p."),
                    label_argument(&call->act->label), label_argument(&(*out)->type->label));
    if (call->revision == 0 || (*out)->revision == call->revision)
        return ERR_OK;
    (*out)->revision = call->revision; /* staging it hands the newer one back to the form */
    return change_put(change, *out);
}

static void clear_value(const struct field *field, struct record *record)
{
    memset(field_place(field, record), 0, field_kind(field)->size);
}

enum err make_from_input(struct change *change, const struct act_call *call,
                         struct record **out)
{
    const struct record_type *type = call->act->type;
    struct record *made, *filled;

    TRY(change_make(change, type, &made));
    filled = record_copy(change_arena(change), call->input);
    filled->key = made->key;
    filled->revision = 0;
    filled->sequence = 0;
    for (size_t i = 0; i < type->count; i++)
        if (!act_takes(call->act, &type->fields[i]))
            clear_value(&type->fields[i], filled);
    *out = filled;
    return ERR_OK;
}

enum err build_make(struct change *change, const struct act_call *call)
{
    struct record *record;

    TRY(make_from_input(change, call, &record));
    return change_put(change, record);
}

enum err build_numbered(struct change *change, const struct act_call *call)
{
    struct record *record;

    TRY(make_from_input(change, call, &record));
    TRY(number_serial(change, record->type->letters,
                      field_place(field_find(record->type, TAG_NUMBER), record)));
    return change_put(change, record);
}

static void note_clash(const struct field *field, void *context)
{
    struct findings *findings = context;

    finding_add(findings, SEVERITY_ERROR, NULL, field->tag,
                N_("Another officer changed %p in the meantime. Choose which to keep."),
                label_argument(&field->label));
}

/* What the person could not read is left as it stands; typed all the same, it is said to be so. */
static bool withheld(struct change *change, const struct act_call *call,
                     const struct field *field)
{
    if (!call->base || field_readable(field, call->base->access))
        return false;
    if (field_present(field, call->input))
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, field->tag,
                    N_("%p is not yours to read, so you cannot change it. Ask the officer in "
                       "charge."),
                    label_argument(&field->label));
    return true;
}

/* Takes from the input only what may be typed; merges with what another officer saved meanwhile. */
enum err build_amend(struct change *change, const struct act_call *call)
{
    const struct record_type *type = call->act->type;
    const struct record *input = call->input;
    struct act_call newest = *call;
    struct record *now, *mine;

    newest.revision = call->base ? 0 : call->revision;
    TRY(get_subject(change, &newest, &now));
    mine = record_copy(change_arena(change), call->base ? call->base : now);
    for (size_t i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];

        if (act_takes(call->act, field) && !withheld(change, call, field))
            memcpy(field_place(field, mine), field_value(field, input),
                   field_kind(field)->size);
    }
    if (!call->base || change_merge(now, call->base, mine, note_clash, change_findings(change)))
        return change_put(change, call->base ? now : mine);
    mine->revision = call->base->revision;
    return change_put(change, mine); /* older than what stands, so it comes back with that */
}

enum err build_void(struct change *change, const struct act_call *call)
{
    const struct act_reason *input = call->input;
    struct record *record;
    const struct field *voided;

    TRY(get_subject(change, call, &record));
    voided = field_find(record->type, TAG_VOIDED);
    *(enum flag *)field_place(voided, record) = FLAG_YES;
    change_body(change)->reason = input->reason;
    return change_put(change, record);
}

enum err build_closed(struct change *change, const struct act_call *call)
{
    if (change_session(change)->officer != 0)
        return fail(ERR_REFUSED, N_("This table is closed: the program's rules depend on it. "
                                    "It comes with the program and is not added to."));
    return build_make(change, call);
}

enum err build_never(struct change *change, const struct act_call *call)
{
    (void)change;
    return fail(ERR_REFUSED, N_("\"%p\" is done by the program itself, not by asking for it."),
                label_argument(&call->act->label));
}

enum err build_nothing(struct change *change, const struct act_call *call)
{
    (void)change, (void)call;
    return ERR_OK;
}
