/* The form of any act: typing, pick lists, faults at their fields, the second person, drafts, saving. */
#include "tui/view/views.h"

#include <stdio.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/change/desk.h"
#include "core/model/elements.h"
#include "i18n/text.h"
#include "tui/widget/form.h"

struct form_view {
    struct view view;
    const struct act *act;
    struct record *base; /* amending: what was seen */
    struct record_key subject;
    struct form form;
    char draft[64];
    int64_t kept_ms;
    bool kept;              /* a draft file exists */
    struct buffer kept_raw; /* what it holds: nothing is written twice */
};

/* Presets that follow from where the officer stands: the exhibit acted on, the case of a seizure. */
static void preset_from(struct form_view *self, const struct record *subject)
{
    struct act_fields fields = act_fields(self->act);
    struct reference reference = subject ? reference_of(subject) : (struct reference){ 0 };

    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.fields[i];
        void *place = (char *)self->form.input + field->offset;
        bool of_subject = subject && subject->type && field->targets &&
                          strcmp(field->targets, subject->type->name) == 0;

        if (!act_takes(self->act, field) || field_kind(field)->present(place))
            continue;
        if (field->kind == KIND_REFERENCE && of_subject)
            *(struct reference *)place = reference;
        else if (field->kind == KIND_LIST && field->element == &exhibit_item_type && subject &&
                 subject->type && strcmp(subject->type->name, "exhibit") == 0) {
            struct exhibit_item *item = arena_alloc(self->view.arena, sizeof *item);

            item->exhibit = reference;
            *(struct list *)place = (struct list){ item, 1 };
        }
    }
}

static void draft_keep(struct form_view *self)
{
    AUTO_BUFFER struct buffer raw = { 0 };
    struct draft draft = { .act = text_of(self->act->name),
                           .key = self->subject,
                           .revision = self->base ? self->base->revision : 0,
                           .saved_ms = now_ms() };

    if (!self->form.dirty)
        return;
    form_save(&self->form, &raw);
    self->kept_ms = now_ms();
    if (self->kept && text_equal(buffer_as_text(&raw), buffer_as_text(&self->kept_raw)))
        return;
    draft.raw = buffer_bytes(&raw);
    memcpy(draft.name, self->draft, sizeof draft.name);
    if (draft_write(self->view.app->store, self->view.app->session.officer, &draft) != ERR_OK) {
        app_fail(self->view.app);
        return;
    }
    self->kept = true;
    buffer_clear(&self->kept_raw);
    buffer_put(&self->kept_raw, raw.data, raw.len);
}

static void keep(struct view *view)
{
    draft_keep((struct form_view *)view);
}

/* A half-filled form is kept as it is typed, at most every three seconds. */
enum { KEEP_EVERY_MS = 3000 };

static void draft_drop(struct form_view *self)
{
    if (self->kept)
        draft_remove(self->view.app->store, self->view.app->session.officer, self->draft);
    self->kept = false;
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct form_view *self = (struct form_view *)view;
    AUTO_ARENA struct arena *arena = arena_new();

    canvas_put_padded(canvas, body.row, 1, body.columns - 2,
                      app_label(view->app, arena, &self->act->help), ROLE_DIM);
    form_draw(&self->form, canvas,
              (struct rect){ body.row + 2, 0, body.rows - 2, body.columns });
}

static void saved(struct form_view *self, struct change_result *result)
{
    struct app *app = self->view.app;
    bool made =
        self->act->form == ACT_MAKES && result->count > 0 && self->act->type->family == 0;
    struct record_key key = result->count > 0 ? result->keys[0] : (struct record_key){ 0 };
    const struct label *label = &self->act->label;

    draft_drop(self);
    self->form.dirty = false;
    view_pop(app, NULL);
    if (made)
        sheet_open(app, &key);
    if (result->mirror != ERR_OK)
        app_warn(app,
                 N_("Saved: %p. But the journal's files could not be written; tell the system "
                    "administrator."),
                 label_argument(label));
    else
        app_say(app, N_("Saved: %p."), label_argument(label));
}

static void save(struct form_view *self);

/* The other person has confirmed (or not). */
static void second_answered(struct view *below, void *result)
{
    if (result)
        save((struct form_view *)below);
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

/* The form goes on from the record as it stands now: what the other officer saved is taken in, what was typed here stays
 * on top, and the fields that both changed are marked. */
static void conflict(struct form_view *self, struct change_result *result)
{
    AUTO_BUFFER struct buffer raw = { 0 };
    struct app *app = self->view.app;
    struct arena *arena = self->view.arena;

    if (!result->conflict || !self->base) {
        form_findings(&self->form, &result->findings);
        app_fail(app);
        return;
    }
    form_save(&self->form, &raw);
    form_close(&self->form);
    self->base = record_copy(arena, result->conflict);
    form_open(&self->form, self->act, act_input(self->act, self->base, app_lookup(app), arena),
              app_lookup(app), app_language(app), arena);
    form_restore(&self->form, buffer_bytes(&raw));
    form_findings(&self->form, &result->findings);
    app_warn(app,
             N_("Another officer saved this record meanwhile. Both changed the marked fields: "
                "yours stand in the form. Compare with the history, then save again."));
}

static void save(struct form_view *self)
{
    static const struct label roles[] = { L("The officer who receives", "接收人員"),
                                          L("Second officer", "第二簽署人員") };
    struct app *app = self->view.app;
    struct change_result result = { .arena = self->view.arena };
    struct act_call call = { .act = self->act,
                             .input = self->form.input,
                             .base = self->base,
                             .subject = self->subject };
    enum err err;

    if (self->act->second_always && !app->session.other.unlocked) {
        second_open(app, &roles[strcmp(self->act->second_role, "receiver") != 0],
                    other_named(self), second_answered);
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
    default:
        app_fail(app);
        draft_keep(self);
        /* Rules that ask for a second officer do so here: drugs, cash, firearms, valuables. */
        if (app->session.second_wanted)
            second_open(app, &roles[1], 0, second_answered);
    }
}

static void run_save(struct view *view)
{
    struct form_view *self = (struct form_view *)view;

    if (!form_parse(&self->form)) {
        app_warn(view->app,
                 N_("%d fields need your attention; the cursor is on the first. Nothing was "
                    "saved yet."),
                 form_faults(&self->form));
        return;
    }
    save(self);
}

static bool key(struct view *view, const struct key *key)
{
    struct form_view *self = (struct form_view *)view;
    enum form_result result = form_key(&self->form, key);

    if (result == FORM_LAST)
        app_warn(view->app, N_("This is the last field. F10 saves."));
    if (self->form.dirty && now_ms() - self->kept_ms > KEEP_EVERY_MS)
        draft_keep(self);
    return result != FORM_IGNORED;
}

static void picked(struct view *below, void *result)
{
    struct form_view *self = (struct form_view *)below;
    struct form_line *line = form_focused(&self->form);
    struct text *chosen = result;
    struct text typed;

    if (!chosen || !line)
        return;
    typed = editor_text(&line->editor);
    if (line->field->kind == KIND_LIST && typed.len > 0) /* one more row of a list */
        typed = arena_printf(self->view.arena, "%.*s; %.*s", (int)typed.len, typed.data,
                             (int)chosen->len, chosen->data);
    else
        typed = arena_text(self->view.arena, *chosen);
    form_set(&self->form, line, typed);
}

static bool can_pick(struct view *view)
{
    struct form_line *line = form_focused(&((struct form_view *)view)->form);
    const struct field *field = line && !line->shown_only ? line->field : NULL;

    if (field && field->kind == KIND_LIST)
        field = &field->element->fields[0];
    return field && (field->kind == KIND_CODE || field->kind == KIND_CHOICE ||
                     field->kind == KIND_REFERENCE);
}

static void run_pick(struct view *view)
{
    picker_open(view->app, form_focused(&((struct form_view *)view)->form)->field, picked);
}

static void run_fault(struct view *view)
{
    struct form_view *self = (struct form_view *)view;

    if (!form_next_fault(&self->form))
        app_say(view->app, N_("No field is at fault."));
}

static void run_erase(struct view *view)
{
    struct form_line *line = form_focused(&((struct form_view *)view)->form);

    if (line && !line->shown_only) {
        editor_erase_rest(&line->editor);
        form_set(&((struct form_view *)view)->form, line, editor_text(&line->editor));
    }
}

static void run_help(struct view *view)
{
    struct form_line *line = form_focused(&((struct form_view *)view)->form);

    if (line)
        field_help_open(view->app, line->field);
    else
        help_open(view->app);
}

/* What was typed is given up, the draft too; the form is as it was first opened. */
static void run_afresh(struct view *view)
{
    struct form_view *self = (struct form_view *)view;
    struct record_key subject = self->subject;
    const struct act *act = self->act;
    struct record *base = self->base;
    struct app *app = view->app;
    AUTO_ARENA struct arena *arena = arena_new();
    struct record *kept = base ? record_copy(arena, base) : NULL;
    struct record of = { .type = act->type, .key = subject };

    draft_drop(self);
    self->form.dirty = false;
    view_pop(app, NULL);
    form_open_act(app, act, kept, subject.id != 0 ? (kept ? kept : &of) : NULL);
}

static bool is_dirty(struct view *view)
{
    return ((struct form_view *)view)->form.dirty;
}

static void refresh(struct view *view)
{
    form_language(&((struct form_view *)view)->form, app_language(view->app));
}

static bool leave(struct view *view)
{
    struct form_view *self = (struct form_view *)view;

    if (self->form.dirty) {
        draft_keep(self);
        app_say(view->app, N_("Not saved. What you typed is kept as a draft."));
    }
    return true;
}

static void title(struct view *view, struct buffer *out)
{
    struct form_view *self = (struct form_view *)view;
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_label(view->app, arena, &self->act->label));
    if (self->form.dirty)
        buffer_string(out, " *");
}

static void close_view(struct view *view)
{
    form_close(&((struct form_view *)view)->form);
    buffer_free(&((struct form_view *)view)->kept_raw);
}

static const struct command commands[] = {
    { .name = "field-help",
      .key = KEY(F1),
      .label = L("This field", "本欄位"),
      .run = run_help,
      .help = L("What this field holds and how to type it.", "本欄位的內容及輸入方法。") },
    { .name = "save",
      .key = KEY(F10),
      .other = KEY_CTRL('S'),
      .label = L("Save", "儲存"),
      .flags = COMMAND_BAR,
      .run = run_save,
      .help = L("Check everything and save.", "檢查全部欄位並儲存。") },
    { .name = "pick",
      .key = KEY(F4),
      .label = L("Choose", "揀選"),
      .flags = COMMAND_BAR,
      .run = run_pick,
      .possible = can_pick,
      .help = L("Choose by code, Chinese or English.", "以編碼、中文或英文揀選。") },
    { .name = "fault",
      .key = KEY(F2),
      .label = L("Next fault", "下一錯處"),
      .flags = COMMAND_BAR,
      .run = run_fault,
      .help = L("To the next field at fault.", "跳至下一個有誤欄位。") },
    { .name = "erase",
      .key = KEY(F8),
      .label = L("Erase", "清除"),
      .flags = COMMAND_BAR,
      .run = run_erase,
      .help = L("Erase from the cursor to the end of the field.", "清除游標至欄尾的內容。") },
    { .name = "afresh",
      .key = KEY(F5),
      .label = L("Start afresh", "重新填寫"),
      .flags = COMMAND_BAR,
      .run = run_afresh,
      .possible = is_dirty,
      .help = L("Give up what was typed, and its draft.", "放棄已輸入內容及其草稿。") },
    { .name = NULL },
};

static const struct view_type type = {
    .name = "form",
    .commands = commands,
    .size = sizeof(struct form_view),
    .draw = draw,
    .key = key,
    .title = title,
    .refresh = refresh,
    .keep = keep,
    .leave = leave,
    .close = close_view,
    .typing = true,
};

/* A draft of the same act upon the same record is taken up again. */
static void draft_resume(struct form_view *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct app *app = self->view.app;
    struct draft *drafts;
    size_t count;

    if (draft_list(app->store, app->session.officer, arena, &drafts, &count) != ERR_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(drafts[i].name, self->draft) != 0 ||
            !form_restore(&self->form, drafts[i].raw))
            continue;
        self->kept = true;
        if (self->base && drafts[i].revision != self->base->revision)
            app_warn(app, N_("Your draft is back. The record was changed since: compare before "
                             "you save."));
        else
            app_say(app, N_("Your draft is back. Go on, or press F5 to start afresh."));
        return;
    }
}

void form_open_act(struct app *app, const struct act *act, const struct record *base,
                   const struct record *subject)
{
    struct form_view *self = (struct form_view *)view_push(app, &type);
    struct arena *arena = self->view.arena;
    void *input;

    self->act = act;
    self->base = base && act->form == ACT_AMENDS ? record_copy(arena, base) : NULL;
    self->subject = subject ? subject->key : (struct record_key){ 0 };
    snprintf(self->draft, sizeof self->draft, "%s-%llx.draft", act->name,
             (unsigned long long)self->subject.id);
    input = act_input(act, self->base, app_lookup(app), arena);
    self->form.input = input;
    if (act->form != ACT_AMENDS)
        preset_from(self, subject);
    form_open(&self->form, act, input, app_lookup(app), app_language(app), arena);
    self->kept_ms = now_ms();
    draft_resume(self);
}
