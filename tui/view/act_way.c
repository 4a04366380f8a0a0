#include "tui/view/act_way.h"

#include "tui/view/stocktake.h"
#include "tui/view/views.h"

enum { NOTES = 2 };

/* The field, or what the rows of the list begin with, refers to records of this type alone. */
static bool refers_to(const struct field *field, const struct record_type *type)
{
    if (field->kind == KIND_LIST)
        field = &field->element->fields[0];
    return field->kind == KIND_REFERENCE && text_is(text_of(field->targets), type->name);
}

/* An act that makes a record which must name one of this type: a seizure of a case, an exhibit of a seizure, an
 * examination of exhibits. */
static bool makes_part_of(const struct act *act, const struct record_type *type)
{
    if (act->form != ACT_MAKES)
        return false;
    for (size_t i = 0; i < act->type->count; i++) {
        const struct field *field = &act->type->fields[i];

        if ((field->flags & REQUIRED) && act_takes(act, field) && refers_to(field, type))
            return true;
    }
    return false;
}

static bool makes_note(const struct act *act)
{
    return act->form == ACT_MAKES && act->type == type_of_family(NOTES);
}

bool act_is_about(const struct act *act, const struct record_type *type)
{
    if (!act->type)
        return false;
    return (act->type == type && act->form != ACT_MAKES) || makes_part_of(act, type) ||
           (makes_note(act) && type->family == 0 && !type->code_table);
}

bool act_needs_record(const struct act *act)
{
    return act->form == ACT_AMENDS || act->form == ACT_ON || makes_note(act);
}

const char *act_subjects(const struct act *act)
{
    return makes_note(act) ? "case exhibit seizure operation formation" : act->type->name;
}

void act_start(struct app *app, const struct act *act, const struct record_key *key)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct record *record = NULL;

    if (key && text_is(text_of(act->name), "stocktake-scan")) {
        counting_open(app, key);
        return;
    }
    if (key && (store_begin(&txn, app->store) != ERR_OK ||
                record_get(txn, key, 0, arena, &record) != ERR_OK)) {
        app_fail(app);
        return;
    }
    txn_end(txn);
    txn = NULL;
    form_open_act(app, act, act->form == ACT_AMENDS ? record : NULL, record);
}
