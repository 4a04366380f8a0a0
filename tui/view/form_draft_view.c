/* A draft before it is taken up: what was typed beside what the record says now, and what stands in its way. */
#include "tui/view/form_parts.h"

#include <string.h>

#include "core/change/history.h"
#include "i18n/text.h"
#include "tui/view/compare.h"

struct draft_view {
    struct view view;
    struct draft draft;
    const struct act *act;
    struct record *record; /* as it stands; NULL: it has none, or it is gone */
    struct compare compare;
    struct message why; /* it cannot be taken up, or what happened meanwhile */
    bool possible;      /* it can be taken up */
};

/* ---- what was typed ---- */

static struct compare_row *add_row(struct draft_view *self, const struct field *field)
{
    struct compare_row *row = &self->compare.rows[self->compare.count++];

    row->field = field;
    row->label = app_label(self->view.app, self->view.arena, &field->label);
    return row;
}

/* The record's side is left out where there is no record. */
static void end_row(struct draft_view *self, struct compare_row *row)
{
    if (self->compare.sides == 1)
        row->values[0] = row->values[1];
    compare_cut(row, self->compare.sides, self->view.arena);
}

static void add_rows(struct draft_view *self, const struct form *form, const void *now)
{
    struct act_fields fields = act_fields(self->act);
    struct app *app = self->view.app;
    struct arena *arena = self->view.arena;

    self->compare.rows =
        arena_array(arena, fields.count + (size_t)form->count, sizeof *self->compare.rows);
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.fields[i];
        const void *values[] = { field_value(field, now), field_value(field, form->input) };
        struct compare_row *row;

        if (value_equal(field, values[0], values[1]))
            continue;
        row = add_row(self, field);
        compare_values(app, arena, field, values, 2, row->values);
        end_row(self, row);
    }
    for (int i = 0; i < form->count; i++) {
        const struct form_line *line = form_line_at(form, i);
        struct compare_row *row;

        if (!form_line_faulty(line))
            continue;
        row = add_row(self, line->field); /* as it was typed */
        row->values[1] = text_safe_in(arena, editor_text(&line->editor), TEXT_ONE_LINE);
        end_row(self, row);
    }
}

/* The draft in a form that nobody sees. */
static void read_draft(struct draft_view *self)
{
    struct app *app = self->view.app;
    struct arena *arena = self->view.arena;
    struct record *base = self->act->form != ACT_AMENDS ? NULL
                          : self->record                ? self->record
                                                        : record_new(arena, self->act->type);
    void *now = act_input(self->act, base, app_lookup(app), arena);
    struct form form;

    form_open(&form, self->act, act_input(self->act, base, app_lookup(app), arena),
              app_lookup(app), app_language(app), arena);
    if (form_restore(&form, self->draft.raw))
        form_parse(&form);
    self->compare.sides = self->act->form == ACT_AMENDS && self->record ? 2 : 1;
    self->compare.count = 0;
    add_rows(self, &form, now);
    form_close(&form);
}

static void fill(struct draft_view *self)
{
    static const struct label captions[] = { L("Record now", "紀錄現況"),
                                             L("Your draft", "你的草稿") };

    if (!self->act)
        return;
    read_draft(self);
    self->compare.captions[0] = &captions[self->compare.sides == 1];
    self->compare.captions[1] = &captions[1];
    if (self->compare.selected >= self->compare.count)
        self->compare.selected = 0;
}

/* ---- what happened meanwhile ---- */

static void say_changed(struct draft_view *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer who = { 0 };
    AUTO_TXN struct txn *txn = NULL;
    struct app *app = self->view.app;
    struct revision *newest;
    size_t count = 0;
    char time[40];

    if (store_begin(&txn, app->store) != ERR_OK ||
        history_read(txn, &self->record->key, 0, 1, arena, &newest, &count) != ERR_OK ||
        count == 0) {
        message_set(&self->why, N_("The record was changed since."));
        return;
    }
    app_lookup(app)->reference(app_lookup(app)->context,
                               (struct reference){ .id = newest[0].officer }, app_language(app),
                               &who);
    moment_print(time, moment_of_ms((int64_t)newest[0].time_ms, OFFSET_HONG_KONG));
    message_set(&self->why, N_("The record was changed since, last by %s at %s."),
                arena_string(arena, buffer_as_text(&who)), time);
}

/* Reads the record and says what stands in the way. */
static void look(struct draft_view *self)
{
    AUTO_TXN struct txn *txn = NULL;
    struct app *app = self->view.app;
    struct record_key *key = &self->draft.key;

    self->possible = false;
    self->record = NULL;
    self->why.id = NULL;
    if (!self->act) {
        message_set(&self->why,
                    N_("This program does not know the act of this draft (%s). It may be of a "
                       "newer version; the draft stays where it is."),
                    arena_string(self->view.arena, self->draft.act));
        return;
    }
    if (key->id != 0 && (store_begin(&txn, app->store) != ERR_OK ||
                         record_get(txn, key, 0, self->view.arena, &self->record) != ERR_OK)) {
        self->record = NULL;
        message_set(&self->why, N_("The record that this draft is about cannot be read any "
                                   "more. What you typed can still be read here."));
        return;
    }
    if (!act_allowed(&app->session, self->act) ||
        (self->record && act_permits(self->act, key, self->record->access) != ERR_OK)) {
        message_set(&self->why, N_("You may no longer do this. What you typed can still be "
                                   "read here."));
        return;
    }
    self->possible = true;
    if (self->act->form == ACT_AMENDS && self->record &&
        self->record->revision != self->draft.revision)
        say_changed(self);
}

/* ---- the view ---- */

static struct text heading(struct draft_view *self, struct arena *arena)
{
    AUTO_BUFFER struct buffer words = { 0 };
    struct app *app = self->view.app;
    char time[40];

    moment_print(time, moment_of_ms(self->draft.saved_ms, OFFSET_HONG_KONG));
    buffer_text(&words, self->act ? app_label(app, arena, &self->act->label) : self->draft.act);
    if (self->draft.key.id != 0) {
        buffer_string(&words, "  ");
        app_lookup(app)->reference(app_lookup(app)->context,
                                   (struct reference){ .id = self->draft.key.id },
                                   app_language(app), &words);
    }
    return text_safe_in(arena, buffer_as_text(&words), TEXT_ONE_LINE);
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct draft_view *self = (struct draft_view *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    struct text rest = self->why.id ? sentence(arena, &self->why, app_language(view->app))
                                    : TEXT(""),
                line;
    int row = body.row;

    canvas_put_padded(canvas, row++, 1, body.columns - 2, heading(self, arena), ROLE_VALUE);
    while (row < body.row + 4 && text_wrap(&rest, body.columns - 2, &line))
        canvas_put(canvas, row++, 1, body.columns - 2, line, ROLE_WARNING);
    row++;
    if (self->compare.count == 0)
        canvas_put(canvas, row, 1, body.columns - 2,
                   app_words(view->app, arena,
                             N_("Nothing was typed that differs from what "
                                "stands.")),
                   ROLE_DIM);
    compare_draw(&self->compare, view->app, canvas,
                 (struct rect){ row, 1, body.row + body.rows - row, body.columns - 2 });
}

static bool key(struct view *view, const struct key *key)
{
    return compare_key(&((struct draft_view *)view)->compare, key);
}

static void title(struct view *view, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_label(view->app, arena, &view->type->label));
}

static void refresh(struct view *view)
{
    struct draft_view *self = (struct draft_view *)view;

    look(self);
    fill(self);
}

/* ---- what can be done with it ---- */

static bool can_resume(struct view *view)
{
    return ((struct draft_view *)view)->possible;
}

static void resume(struct app *app, const struct act *act, const struct record *record,
                   const struct draft *draft)
{
    struct form_view *form = form_push(app, act, record, record, NULL);

    if (form)
        form_draft_resume(form, draft);
}

static void run_resume(struct view *view)
{
    struct draft_view *self = (struct draft_view *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    struct app *app = view->app;
    struct record *record = self->record ? record_copy(arena, self->record) : NULL;
    const struct act *act = self->act;
    struct draft draft = self->draft;

    draft.raw.data = arena_copy(arena, draft.raw.data, draft.raw.len);
    draft.request.data = arena_copy(arena, draft.request.data, draft.request.len);
    view_pop(app, NULL);
    resume(app, act, record, &draft);
}

static void discard(struct view *view, void *result)
{
    struct draft_view *self = (struct draft_view *)view;
    struct app *app = view->app;

    if (!result)
        return;
    if (draft_remove(app->store, app->session.officer, self->draft.name) != ERR_OK) {
        app_fail(app);
        return;
    }
    app_say(app, N_("The draft is removed."));
    view_pop(app, NULL);
}

static void run_discard(struct view *view)
{
    static const struct label action = L("Remove the draft", "移除草稿");
    struct message question;

    message_set(&question, N_("The draft is removed and cannot be brought back."));
    confirm_open(view->app, &action, &question, discard);
}

static const struct command commands[] = {
    { .name = "resume",
      .key = KEY(ENTER),
      .label = L("Go on", "續寫"),
      .flags = COMMAND_BAR,
      .run = run_resume,
      .possible = can_resume,
      .help = L("Open the form with what you typed; where another officer changed the same "
                "fields, you are asked.",
                "以已輸入的內容開啟表格；如另有人員更改相同欄位，系統會詢問。") },
    { .name = "discard",
      .key = KEY(F8),
      .label = L("Remove", "移除"),
      .flags = COMMAND_BAR,
      .run = run_discard,
      .help = L("Remove the draft.", "移除此草稿。") },
    { .name = NULL },
};

const struct view_type draft_view = {
    .name = "draft",
    .label = L("Draft", "草稿"),
    .help = L("A draft of which the record was changed meanwhile, or that cannot be taken up: "
              "what you typed beside what the record says now.",
              "紀錄已被更改或不能續寫的草稿：並列你輸入的內容及紀錄現況。"),
    .commands = commands,
    .size = sizeof(struct draft_view),
    .draw = draw,
    .key = key,
    .title = title,
    .refresh = refresh,
};

void form_open_draft(struct app *app, const struct draft *draft)
{
    struct draft_view *self = (struct draft_view *)view_push(app, &draft_view);
    struct arena *arena = self->view.arena;

    self->draft = *draft;
    self->draft.act = arena_text(arena, draft->act);
    self->draft.raw.data = arena_copy(arena, draft->raw.data, draft->raw.len);
    self->draft.request.data = arena_copy(arena, draft->request.data, draft->request.len);
    self->act = act_named(draft->act);
    look(self);
    if (self->possible && !self->why.id) {
        run_resume(&self->view);
        return;
    }
    fill(self);
}
