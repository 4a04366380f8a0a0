/* What a form takes over from the one before: a field or a section from the last record, and the next of many records. */
#include "tui/view/form_parts.h"

#include <string.h>

/* ---- the last record ---- */

/* Read when it is first needed. */
static struct last_input *last_of(struct form_view *self)
{
    struct app *app = self->view.app;
    struct act_fields fields = act_fields(self->act);

    if (!self->last) {
        self->last = arena_alloc(self->view.arena, sizeof *self->last);
        last_read(app->store, app->session.officer, self->act->name, fields.fields,
                  fields.count, fields.size, self->view.arena, self->last);
    }
    return self->last;
}

static enum err last_keep(struct form_view *self)
{
    struct app *app = self->view.app;
    struct act_fields fields = act_fields(self->act);

    return last_write(app->store, app->session.officer, self->act->name, fields.fields,
                      fields.count, self->last);
}

enum err form_last_note(struct form_view *self)
{
    if (act_fields(self->act).count == 0)
        return ERR_OK;
    last_of(self)->values = self->form.input;
    return last_keep(self);
}

void form_take_over(struct form_view *self)
{
    struct form_line *line = form_focused(&self->form);

    if (line && !form_carry(&self->form, line, last_of(self)->values))
        app_warn(self->view.app,
                 N_("%p was not filled in last time, so there is nothing to take over."),
                 label_argument(&line->field->label));
}

void form_take_over_section(struct form_view *self)
{
    int filled = form_carry_section(&self->form, last_of(self)->values);

    if (filled > 0)
        app_say(self->view.app, N_("%d fields are filled from the last record."), filled);
    else
        app_warn(self->view.app,
                 N_("There is nothing to take over into the empty fields of this section."));
}

/* ---- the next of many ---- */

/* The field of the form that the cursor stands in; a cell is of its list. */
static const struct field *field_focused(struct form_view *self)
{
    const struct form_line *line = form_focused(&self->form);

    if (!line)
        return NULL;
    return line->table == NO_TABLE ? line->field : self->form.tables[line->table].field;
}

/* As the officer chose; before that, what the record must refer to: the seizure of an exhibit. */
static bool is_carried(struct form_view *self, const struct field *field)
{
    const struct last_input *last = last_of(self);

    if (!act_takes(self->act, field))
        return false;
    if (!last->chosen)
        return field->kind == KIND_REFERENCE && (field->flags & REQUIRED);
    for (size_t i = 0; i < last->carried_count; i++)
        if (last->carried[i] == field->tag)
            return true;
    return false;
}

bool form_can_carry(struct form_view *self)
{
    return form_can_go_on(self) && field_focused(self);
}

bool form_can_go_on(const struct form_view *self)
{
    return self->act->form == ACT_MAKES && !self->submit && !self->view.answered;
}

void form_carry_toggle(struct form_view *self)
{
    struct act_fields fields = act_fields(self->act);
    const struct field *wanted = field_focused(self);
    struct last_input new = *last_of(self);

    new.carried_count = 0;
    for (size_t i = 0; i < fields.count && new.carried_count < LAST_CARRIED; i++)
        if (is_carried(self, &fields.fields[i]) != (&fields.fields[i] == wanted))
            new.carried[new.carried_count++] = fields.fields[i].tag;
    new.chosen = true;
    *self->last = new;
    if (last_keep(self) != ERR_OK) {
        app_fail(self->view.app);
        return;
    }
    if (is_carried(self, wanted))
        app_say(self->view.app, N_("%p is carried to the next record (Ctrl+N)."),
                label_argument(&wanted->label));
    else
        app_say(self->view.app, N_("%p is not carried any more."),
                label_argument(&wanted->label));
}

static void focus_first_empty(struct form *form)
{
    for (int i = 0; i < form->count; i++) {
        const struct form_line *line = form_line_at(form, i);

        if (!line->shown_only && !line->hidden && line->part != PART_EN &&
            editor_text(&line->editor).len == 0) {
            form_focus(form, line);
            return;
        }
    }
}

void form_go_on(struct app *app, const struct form_next *next)
{
    struct form_view *self = form_push(app, next->act, NULL, next->subject, NULL);
    struct act_fields fields = act_fields(next->act);

    if (!self)
        return;
    self->saved = next->saved;
    for (size_t i = 0; i < fields.count && last_of(self)->values; i++)
        if (is_carried(self, &fields.fields[i]))
            form_take(&self->form, &fields.fields[i], self->last->values);
    self->form.dirty = false; /* nobody has typed here yet */
    focus_first_empty(&self->form);
}

static void put_carried(struct form_view *self, enum language language, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct act_fields fields = act_fields(self->act);
    bool english = language == LANGUAGE_EN, any = false;

    for (size_t i = 0; i < fields.count; i++) {
        if (!is_carried(self, &fields.fields[i]))
            continue;
        if (!any)
            buffer_text(out, words(arena, N_(" Carried: "), language));
        else
            buffer_string(out, english ? ", " : "、");
        any = true;
        buffer_text(out, label_text(arena, &fields.fields[i].label, language));
    }
    if (any)
        buffer_string(out, english ? ". " : "。");
}

/* What the foot of the form says: how many are done, what is carried, when the draft was kept. */
void form_note(struct form_view *self, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    enum language spoken = app_language(self->view.app);
    enum language language = spoken == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH; /* one row */
    struct message message;

    if (spoken == LANGUAGE_BOTH)
        buffer_byte(out, ' ');
    if (self->saved > 0) {
        message_set(&message, N_("%d saved in a row."), self->saved);
        buffer_text(out, sentence(arena, &message, language));
    }
    if (form_can_go_on(self) && (self->saved > 0 || last_of(self)->chosen))
        put_carried(self, language, out);
    if (self->kept) {
        char time[40];

        moment_print(time, moment_of_ms(self->kept_ms, OFFSET_HONG_KONG));
        message_set(&message, N_("Draft kept at %s."), time + sizeof "2026-01-01");
        buffer_text(out, sentence(arena, &message, language));
    }
}
