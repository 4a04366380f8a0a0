/* The form of any act: typing, pick lists, faults at their fields, the second person, drafts, saving. */
#include "tui/view/form_parts.h"

#include <assert.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/query/picks.h"
#include "i18n/text.h"

static bool of_subject(const struct field *field, const struct record *subject)
{
    return field->kind == KIND_REFERENCE && strcmp(field->targets, subject->type->name) == 0;
}

/* A row for each of these references, the rest of it still to be typed. */
static struct list rows_of(const struct field *field, const struct field *from,
                           const struct list *references, struct arena *arena)
{
    const struct element_type *element = field->element;
    char *items = arena_array(arena, references->count, element->size);

    for (size_t i = 0; i < references->count; i++)
        memcpy(items + i * element->size + element->fields[0].offset,
               (const char *)references->items + i * from->element->size +
                   from->element->fields[0].offset,
               sizeof(struct reference));
    return (struct list){ items, references->count };
}

/* The rows of a list: the subject itself, or what its own list of the same name and kind refers to. */
static void preset_rows(struct form_view *self, const struct field *field,
                        const struct record *subject, struct list *place)
{
    const struct field *inner = &field->element->fields[0],
                       *same = field_named(subject->type, text_of(field->name));

    if (of_subject(inner, subject)) {
        char *item = arena_alloc(self->view.arena, field->element->size);

        *(struct reference *)field_place(inner, item) = reference_of(subject);
        *place = (struct list){ item, 1 };
    } else if (same && same->kind == KIND_LIST && inner->kind == KIND_REFERENCE &&
               same->element->fields[0].kind == KIND_REFERENCE &&
               strcmp(same->element->fields[0].targets, inner->targets) == 0 &&
               field_present(same, subject))
        *place = rows_of(field, same, field_value(same, subject), self->view.arena);
}

/* Presets that follow from where the officer stands: the exhibit acted on, the case of a seizure. */
static void preset_from(struct form_view *self, const struct record *subject)
{
    struct act_fields fields = act_fields(self->act);

    for (size_t i = 0; subject && subject->type && i < fields.count; i++) {
        const struct field *field = &fields.fields[i];
        void *place = (char *)self->form.input + field->offset;

        if (!act_takes(self->act, field) || field_kind(field)->present(place))
            continue;
        if (of_subject(field, subject))
            *(struct reference *)place = reference_of(subject);
        else if (field->kind == KIND_LIST)
            preset_rows(self, field, subject, place);
    }
}

static void keep(struct view *view)
{
    form_draft_keep((struct form_view *)view);
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct form_view *self = (struct form_view *)view;
    AUTO_ARENA struct arena *arena = arena_new();

    canvas_put_padded(canvas, body.row, 1, body.columns - 2,
                      app_label(view->app, arena, &self->act->help), ROLE_DIM);
    buffer_clear(&self->note);
    form_note(self, &self->note);
    self->form.note = buffer_as_text(&self->note);
    form_draw(&self->form, canvas,
              (struct rect){ body.row + 2, 0, body.rows - 2, body.columns });
    form_seen_draw(self, canvas, (struct rect){ body.row + 2, 0, body.rows - 2, body.columns });
}

static int rest_ms(struct view *view)
{
    return form_seen_rest_ms((struct form_view *)view);
}

static void rest(struct view *view)
{
    form_seen_rest((struct form_view *)view);
}

static void save(struct view *view, bool next)
{
    struct form_view *self = (struct form_view *)view;

    self->next = next;
    if (!form_parse(&self->form)) {
        app_warn(view->app,
                 N_("%d fields need your attention; the cursor is on the first. Nothing was "
                    "saved yet."),
                 form_faults(&self->form));
        return;
    }
    form_view_save(self);
}

static void run_save(struct view *view)
{
    save(view, false);
}

static void run_save_next(struct view *view)
{
    save(view, true);
}

static bool can_save_next(struct view *view)
{
    return form_can_go_on((struct form_view *)view);
}

static void run_take_over(struct view *view)
{
    form_take_over((struct form_view *)view);
}

static void run_take_over_section(struct view *view)
{
    form_take_over_section((struct form_view *)view);
}

static void run_carry(struct view *view)
{
    form_carry_toggle((struct form_view *)view);
}

static bool can_carry(struct view *view)
{
    return form_can_carry((struct form_view *)view);
}

static bool key(struct view *view, const struct key *key)
{
    struct form_view *self = (struct form_view *)view;
    enum form_result result;

    if (form_seen_key(self, key))
        return true;
    result = form_key(&self->form, key);
    if (result == FORM_LAST)
        app_warn(view->app, N_("This is the last field. F10 saves."));
    if (self->form.dirty && now_ms() - self->kept_ms > KEEP_EVERY_MS)
        form_draft_keep(self);
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

/* The field that the cursor stands in, where it has a pick list; of a list its rows' first. NULL: none. */
static const struct field *pick_field(struct form_view *self)
{
    struct form_line *line = form_focused(&self->form);
    const struct field *field = line && !line->shown_only ? line->field : NULL;

    if (field && field->kind == KIND_LIST)
        field = &field->element->fields[0];
    return field && picks_offered(field) ? field : NULL;
}

static bool can_pick(struct view *view)
{
    return pick_field((struct form_view *)view) != NULL;
}

/* What was typed and is not yet understood narrows the list; a value that stands there is its chosen row. */
static void run_pick(struct view *view)
{
    struct form_view *self = (struct form_view *)view;
    struct form_line *line = form_focused(&self->form);
    struct text typed = line->field->kind == KIND_LIST ? TEXT("") : editor_text(&line->editor);
    bool stands = text_present(line->decoded);
    struct text standing = !stands ? TEXT("")
                           : line->field->kind == KIND_CHOICE /* typed by its name */
                               ? *(const struct text *)field_value(line->field, line->values)
                               : typed;

    picker_open(view->app, pick_field(self), stands ? TEXT("") : typed, standing, picked);
}

static void made(struct view *below, void *result)
{
    AUTO_BUFFER struct buffer id = { 0 };
    struct text chosen;

    if (!result)
        return;
    key_print(&id, result);
    chosen = buffer_as_text(&id);
    picked(below, &chosen);
}

static bool can_make(struct view *view)
{
    const struct field *field = pick_field((struct form_view *)view);

    return field && new_possible(view->app, field);
}

/* What was typed and leads nowhere yet is the new record's name. */
static void run_new(struct view *view)
{
    struct form_view *self = (struct form_view *)view;
    struct form_line *line = form_focused(&self->form);
    bool name = line->field->kind == KIND_REFERENCE && !text_present(line->decoded);

    new_open(view->app, pick_field(self), name ? editor_text(&line->editor) : TEXT(""), made);
}

static void run_fault(struct view *view)
{
    struct form_view *self = (struct form_view *)view;

    if (!form_next_fault(&self->form))
        app_say(view->app, N_("No field is at fault."));
}

static void run_erase(struct view *view)
{
    form_erase(&((struct form_view *)view)->form);
}

static bool has_whole_text(struct view *view)
{
    return form_body_possible(&((struct form_view *)view)->form);
}

static void run_whole_text(struct view *view)
{
    struct form *form = &((struct form_view *)view)->form;

    form_body(form, !form->body);
}

static bool in_row(struct view *view)
{
    return form_in_row(&((struct form_view *)view)->form);
}

static void run_remove_row(struct view *view)
{
    form_remove_row(&((struct form_view *)view)->form);
}

static void run_help(struct view *view)
{
    struct form_line *line = form_focused(&((struct form_view *)view)->form);

    if (line)
        field_help_open(view->app, line->field, ((struct form_view *)view)->base);
    else
        help_open(view->app);
}

/* What was typed is given up, the draft too; the form is as it was first opened. */
static void begin_afresh(struct view *view, void *result)
{
    struct form_view *self = (struct form_view *)view;
    struct app *app = view->app;
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct record *subject = self->subject ? record_copy(arena, self->subject) : NULL;
    const struct act *act = self->act;
    form_submit *submit = self->submit;
    void (*answered)(struct view *, void *) = self->view.answered;
    struct form_view *fresh;

    if (!result)
        return;
    if (subject && (store_begin(&txn, app->store) != ERR_OK ||
                    record_get(txn, &self->subject->key, 0, arena, &subject) != ERR_OK)) {
        app_fail(app);
        return;
    }
    form_draft_drop(self);
    self->form.dirty = false;
    view_pop(app, NULL);
    fresh = form_push(app, act, subject, subject, submit);
    if (fresh)
        fresh->view.answered = answered;
}

static void run_afresh(struct view *view)
{
    static const struct label action = L("Start afresh", "重新填寫");
    struct message question;

    message_set(&question, N_("Everything you typed in this form is given up, and its draft is "
                              "removed. What is saved in the record stays."));
    confirm_open(view->app, &action, &question, begin_afresh);
}

static void run_resume(struct view *view)
{
    form_draft_choose((struct form_view *)view);
}

static bool draft_waits(struct view *view)
{
    return form_draft_waits((struct form_view *)view);
}

static bool is_dirty(struct view *view)
{
    return ((struct form_view *)view)->form.dirty;
}

static void refresh(struct view *view)
{
    form_language(&((struct form_view *)view)->form, app_language(view->app));
}

static void leave_without_draft(struct view *view, void *result)
{
    if (result)
        view_pop(view->app, NULL);
}

/* What was typed is kept; where it cannot be, leaving gives it up, so the officer is asked. */
static bool leave(struct view *view)
{
    static const struct label action = L("Leave the form", "離開表格");
    struct form_view *self = (struct form_view *)view;
    struct message question;

    if (form_back(&self->form))
        return false;
    if (!self->form.dirty)
        return true;
    if (self->submit) { /* what is understood of it is kept, of the line with the cursor too */
        (void)form_parse(&self->form);
        buffer_clear(&self->kept_raw);
    }
    if (form_draft_keep(self)) {
        if (self->submit)
            app_say(view->app,
                    N_("Nothing was done. In the same form Ctrl+F fills in what you typed."));
        else
            app_say(view->app, N_("Not saved. What you typed is kept as a draft."));
        return true;
    }
    message_set(&question, N_("No draft can be kept of this form, so leaving it gives up what "
                              "you typed."));
    confirm_open(view->app, &action, &question, leave_without_draft);
    return false;
}

static void title(struct view *view, struct buffer *out)
{
    struct form_view *self = (struct form_view *)view;
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_label(view->app, arena, &self->act->label));
    if (self->form.dirty)
        buffer_string(out, " *");
}

static const struct label *about(struct view *view)
{
    return &((struct form_view *)view)->act->help;
}

static void close_view(struct view *view)
{
    form_seen_close((struct form_view *)view);
    form_close(&((struct form_view *)view)->form);
    buffer_free(&((struct form_view *)view)->kept_raw);
    buffer_free(&((struct form_view *)view)->note);
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
    { .name = "new",
      .key = KEY(INSERT),
      .label = L("New", "新增"),
      .flags = COMMAND_BAR,
      .run = run_new,
      .possible = can_make,
      .help = L("Make the record that this field wants, without leaving the form.",
                "無須離開表格，即可新增本欄所需的紀錄。") },
    { .name = "fault",
      .key = KEY(F2),
      .label = L("Next fault", "下一錯處"),
      .flags = COMMAND_BAR,
      .run = run_fault,
      .help = L("To the next field at fault.", "跳至下一個有誤欄位。") },
    { .name = "take-over",
      .key = KEY(F7),
      .label = L("From last", "沿用上筆"),
      .flags = COMMAND_BAR,
      .run = run_take_over,
      .help = L("Fill this field from the last record, or from the row above.",
                "以上一筆紀錄或上一行的內容填寫本欄位。") },
    { .name = "erase",
      .key = KEY(F8),
      .label = L("Erase", "清除"),
      .flags = COMMAND_BAR,
      .run = run_erase,
      .help =
          L("Erase from the cursor to the end of the field, or all of it where you have just "
            "come to it.",
            "清除游標至欄尾的內容；剛移至該欄時，清除全欄。") },
    { .name = "save-next",
      .key = KEY_CTRL('N'),
      .label = L("Save, next", "儲存及下一筆"),
      .flags = COMMAND_BAR,
      .run = run_save_next,
      .possible = can_save_next,
      .help = L("Save, and open the same form for the next record with the fields that are "
                "carried.",
                "儲存，並以沿用欄位開啟同一表格填寫下一筆。") },
    { .name = "carry",
      .key = KEY_CTRL('E'),
      .label = L("Carry field", "沿用此欄"),
      .run = run_carry,
      .possible = can_carry,
      .help = L("This field goes along to the next record each time, or no more.",
                "此欄每次帶至下一筆，或不再帶至下一筆。") },
    { .name = "take-over-section",
      .key = KEY_CTRL('F'),
      .label = L("Section from last", "整頁沿用"),
      .run = run_take_over_section,
      .help = L("Fill the empty fields of this section from the last record.",
                "以上一筆紀錄填寫本頁的空欄。") },
    { .name = "whole-text",
      .key = KEY(F6),
      .label = L("Whole text", "全文"),
      .flags = COMMAND_BAR,
      .run = run_whole_text,
      .possible = has_whole_text,
      .help = L("The text in the whole screen, counted and searched, and back.",
                "以整個畫面編輯本欄文字，附字數及尋找；再按返回。") },
    { .name = "remove-row",
      .key = KEY_CTRL('D'),
      .label = L("Remove row", "刪除此行"),
      .flags = COMMAND_BAR,
      .run = run_remove_row,
      .possible = in_row,
      .help = L("Remove the row of the list that the cursor stands in; Ctrl+Z brings it back.",
                "刪除游標所在的一行清單；Ctrl+Z可取回。") },
    { .name = "afresh",
      .key = KEY(F5),
      .label = L("Start afresh", "重新填寫"),
      .flags = COMMAND_BAR,
      .run = run_afresh,
      .possible = is_dirty,
      .help = L("Give up what was typed, and its draft.", "放棄已輸入內容及其草稿。") },
    { .name = "resume",
      .key = KEY_CTRL('R'),
      .label = L("Draft", "草稿"),
      .flags = COMMAND_BAR,
      .run = run_resume,
      .possible = draft_waits,
      .help = L("Go on with a draft of this form that was kept earlier.",
                "續寫此表格早前保留的草稿。") },
    { .name = NULL },
};

static void copy(struct view *view, struct buffer *out)
{
    const struct form_line *line = form_focused(&((struct form_view *)view)->form);

    if (line)
        buffer_text(out, editor_text(&line->editor));
}

/* A field that wants a record or a code takes what was scanned; a narrative never does. */
static bool scanned(struct view *view, struct text code)
{
    struct form *form = &((struct form_view *)view)->form;
    struct form_line *line = form_focused(form);
    const struct field *field = line ? line->field : NULL;
    struct reference meant;
    const struct lookup *lookup = app_lookup(view->app);

    if (!field || (field->flags & MULTILINE))
        return false;
    if (field->kind == KIND_REFERENCE
            ? !lookup->reference_typed(lookup->context, field, code, &meant)
            : field->kind != KIND_NUMBER &&
                  (field->kind != KIND_TEXT || !(field->flags & UPPERCASE)))
        return false;
    form_set(form, line, code);
    return true;
}

const struct view_type form_view = {
    .name = "form",
    .label = L("Form", "表格"),
    .help = L("Fill the fields and save. Fields with * must be filled. What you typed is kept "
              "as a draft until it is saved.",
              "填寫各欄後儲存。附有 * 的欄位必須填寫。未儲存前，已輸入的內容保留為草稿。"),
    .commands = commands,
    .size = sizeof(struct form_view),
    .draw = draw,
    .key = key,
    .title = title,
    .refresh = refresh,
    .copy = copy,
    .scanned = scanned,
    .rest_ms = rest_ms,
    .rest = rest,
    .keep = keep,
    .leave = leave,
    .about = about,
    .close = close_view,
    .typing = true,
};

struct form_view *form_push(struct app *app, const struct act *act, const struct record *base,
                            const struct record *subject, form_submit *submit)
{
    struct form_view *self;
    struct arena *arena;
    void *input;

    if (subject && act_permits(act, &subject->key, subject->access) != ERR_OK) {
        app_fail(app);
        return NULL;
    }
    self = (struct form_view *)view_push(app, &form_view);
    arena = self->view.arena;
    self->act = act;
    self->base = base && act->form == ACT_AMENDS ? record_copy(arena, base) : NULL;
    self->subject = subject ? record_copy(arena, subject) : NULL;
    self->submit = submit;
    input = act_input(act, self->base, app_lookup(app), arena);
    self->form.input = input;
    if (act->form != ACT_AMENDS)
        preset_from(self, subject);
    form_open(&self->form, act, input, app_lookup(app), app_language(app), arena);
    self->kept_ms = now_ms();
    return self;
}

void form_open_for(struct app *app, const struct act *act, const struct record *base,
                   const struct record *subject, form_submit *submit)
{
    struct form_view *self = form_push(app, act, base, subject, submit);

    if (self)
        form_draft_offer(self);
}

struct form *form_of(struct view *view)
{
    assert(view->type == &form_view);
    return &((struct form_view *)view)->form;
}

void form_open_act(struct app *app, const struct act *act, const struct record *base,
                   const struct record *subject)
{
    form_open_for(app, act, base, subject, NULL);
}
