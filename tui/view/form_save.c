/* Saving a form: the act, the second person, faults, another officer who was quicker. */
#include "tui/view/form_parts.h"
#include "tui/view/stocktake.h"

#include <string.h>

#include "core/change/used.h"
#include "core/query/picks.h"

/* ---- what the next form is helped by ---- */

struct noting {
    struct arena *arena;
    struct used_value *values;
    size_t count, room;
};

/* A reference by its human number where it has one, as the officer knows it. */
static void note_value(struct noting *noting, const struct field *field, const void *values)
{
    if (noting->count < noting->room && picks_offered(field) && field_present(field, values))
        noting->values[noting->count++] =
            (struct used_value){ used_of(field, noting->arena),
                                 value_print(noting->arena, field,
                                             field_value(field, values)) };
}

/* What the officer chose or left standing in the form is offered first next time; of a list, its rows. Failing is no matter. */
static void note_used(struct form_view *self)
{
    enum { NOTED = 60 };
    AUTO_ARENA struct arena *arena = arena_new();
    struct act_fields fields = act_fields(self->act);
    struct noting noting = { arena, arena_array(arena, NOTED, sizeof *noting.values), 0,
                             NOTED };

    for (size_t i = fields.count; i-- > 0;) {
        const struct field *field = &fields.fields[i];

        if (!act_takes(self->act, field) ||
            (self->base && value_equal(field, field_value(field, self->base),
                                       field_value(field, self->form.input))))
            continue;
        note_value(&noting, field, self->form.input);
        if (field->kind != KIND_LIST)
            continue;
        const struct list *list = field_value(field, self->form.input);

        for (size_t k = 0; k < list->count * field->element->count; k++)
            note_value(&noting, &field->element->fields[k % field->element->count],
                       (const char *)list->items +
                           k / field->element->count * field->element->size);
    }
    if (noting.count > 0)
        (void)used_note(self->view.app->store, self->view.app->session.officer, noting.values,
                        noting.count);
}

/* ---- saving ---- */

void form_done(struct view *form)
{
    struct form_view *self = (struct form_view *)form;

    note_used(self);
    (void)form_last_note(self);
    form_draft_drop(self);
    self->form.dirty = false;
    view_pop(form->app, NULL);
}

/* Findings of no record are the act's own questions. */
bool form_refuse(struct view *form, const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i]->severity == SEVERITY_ERROR && !findings->items[i]->type) {
            form_findings(&((struct form_view *)form)->form, findings);
            app_warn(form->app, N_("Some fields need your attention. Nothing was saved yet."));
            return true;
        }
    return false;
}

/* The record that an act is about: what it made, else what it was done with; a hand-over rather than its exhibits. */
static struct record_key saved_key(const struct form_view *self,
                                   const struct change_result *result)
{
    bool makes = self->act->form == ACT_MAKES;

    for (size_t i = 0; i < result->count; i++) {
        const struct record_type *type = type_of_key(&result->keys[i]);

        if (type && type->family == 0 && (type == self->act->type) == makes &&
            self->act->form != ACT_AMENDS)
            return result->keys[i];
    }
    return form_subject_key(self);
}

/* "案件 APT/26/00012-3": the type and the number that people quote, or the id. */
static void put_name(struct buffer *out, struct app *app, struct txn *txn,
                     const struct record_key *key)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct field *number;
    struct record *record;

    if (record_get(txn, key, TAG_NUMBER, arena, &record) != ERR_OK)
        return;
    number = field_find(record->type, TAG_NUMBER);
    buffer_text(out, label_text(arena, &record->type->label,
                                app_language(app) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH));
    buffer_byte(out, ' ');
    if (number && field_present(number, record))
        buffer_text(out, value_print(arena, number, field_value(number, record)));
    else
        key_print(out, key);
}

static void say_saved(struct app *app, const struct act *act, const struct record_key *key,
                      struct text merged)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer name = { 0 };
    AUTO_TXN struct txn *txn = NULL;

    if (key->id != 0 && store_begin(&txn, app->store) == ERR_OK)
        put_name(&name, app, txn, key);
    buffer_byte(&name, 0);
    if (merged.len > 0)
        app_say(app, N_("Saved: %s. Kept too, changed by another: %s"), (const char *)name.data,
                arena_string(arena, merged));
    else if (name.len > 1)
        app_say(app, N_("Saved: %p, %s."), label_argument(&act->label),
                (const char *)name.data);
    else
        app_say(app, N_("Saved: %p."), label_argument(&act->label));
}

/* The sheet of what was made, or the form for the next one. */
static void go_where(struct app *app, const struct record_key *key,
                     const struct form_next *next)
{
    if (next->saved > 0)
        form_go_on(app, next);
    else if (key->id != 0)
        sheet_open(app, key);
}

static void saved(struct form_view *self, struct change_result *result)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct app *app = self->view.app;
    const struct act *act = self->act;
    struct record_key key = saved_key(self, result), begun = stocktake_begun(act, result);
    bool made = act->form == ACT_MAKES && act->type->family == 0, asked = self->view.answered;
    struct text merged = form_merged(self, &key, arena);
    struct form_next next = { .act = act,
                              .subject =
                                  self->subject ? record_copy(arena, self->subject) : NULL,
                              .saved = self->next ? self->saved + 1 : 0 };

    note_used(self);
    (void)form_last_note(
        self); /* a help for the next record, and no reason to fail at this one */
    form_draft_drop(self);
    self->form.dirty = false;
    view_pop(app, made ? &key : NULL);
    if (!asked)
        go_where(app, made ? &key : &(struct record_key){ 0 }, &next);
    if (!asked && begun.id != 0)
        counting_open(app, &begun);
    if (result->mirror != ERR_OK)
        app_warn(app,
                 N_("Saved: %p. But the journal's files could not be written; tell the system "
                    "administrator."),
                 label_argument(&act->label));
    else if (result->note.id)
        app_say_message(app, &result->note);
    else
        say_saved(app, act, &key, merged);
    app_said_about(app, &key);
}

/* The other person has confirmed (or not). */
static void second_answered(struct view *below, void *result)
{
    if (result)
        form_view_save((struct form_view *)below);
    else
        app_warn(below->app,
                 N_("Not saved: the second person has not confirmed. The form is kept."));
}

/* Whose confirmation is wanted: the receiver named in the form, or any other officer. */
static uint64_t other_named(const struct form_view *self)
{
    struct act_fields fields = act_fields(self->act);

    for (size_t i = 0; i < fields.count; i++)
        if (fields.fields[i].kind == KIND_REFERENCE &&
            strcmp(fields.fields[i].name, "receiver") == 0)
            return ((const struct reference *)((const char *)self->form.input +
                                               fields.fields[i].offset))
                ->id;
    return 0;
}

/* The disk failed in the middle: the draft remembers the attempt, so that it is not saved a second time. */
static void unknown(struct form_view *self, const struct change_result *result)
{
    memcpy(self->request, result->request, sizeof self->request);
    self->tried = true;
    self->form.dirty = true;
    app_fail(self->view.app);
    (void)form_draft_keep(self);
}

/* Another officer was quicker: the form asks whose values stand, and saves again. An attempt whose outcome was not known had
 * been saved after all: the form has served. */
static void conflict(struct form_view *self, struct change_result *result)
{
    if (self->tried && !result->conflict) {
        struct app *app = self->view.app;

        app_fail(app);
        form_draft_drop(self);
        self->form.dirty = false;
        view_pop(app, NULL);
        return;
    }
    if (result->conflict && self->base) {
        form_rebase(self, result->conflict, form_view_save);
        return;
    }
    form_findings(&self->form, &result->findings);
    app_fail(self->view.app);
}

/* As whom the other person signs. */
static const struct label *other_role(const struct form_view *self)
{
    static const struct label receiver = L("The officer who receives", "接收人員"),
                              second = L("Second officer", "第二簽署人員"),
                              witnesses[] = { L("First witness", "第一見證人員"),
                                              L("Second witness", "第二見證人員") };
    const char *role = self->act->second_role ? self->act->second_role : "second";

    return strcmp(role, "receiver") == 0  ? &receiver
           : strcmp(role, "witness") == 0 ? &witnesses[self->view.app->session.third_wanted]
                                          : &second;
}

void form_view_save(struct form_view *self)
{
    struct app *app = self->view.app;
    struct change_result result = { .arena = self->view.arena };
    struct act_call call = { .act = self->act,
                             .input = self->form.input,
                             .base = self->base,
                             .subject = form_subject_key(self),
                             .request = self->tried ? self->request : NULL };
    enum err err;

    if (self->act->second_always && !app->session.other.unlocked) {
        second_open(app, other_role(self), other_named(self), second_answered);
        return;
    }
    if (self->submit) {
        if (self->submit(&self->view, &call))
            form_done(&self->view);
        return;
    }
    err = act_run(&app->session, &call, &result);
    switch (err) {
    case ERR_OK:
        saved(self, &result);
        return;
    case ERR_INVALID:
        form_findings(&self->form, &result.findings);
        app_fail(app);
        return;
    case ERR_CONFLICT:
        conflict(self, &result);
        return;
    case ERR_UNKNOWN:
        unknown(self, &result);
        return;
    default:
        app_fail(app);
        form_draft_keep(self);
        /* Rules that ask for a second officer do so here: drugs, cash, firearms, valuables. */
        if (app->session.second_wanted)
            second_open(app, other_role(self), 0, second_answered);
    }
}
