/* Two people changed one record: for each field that both changed, whose value stands. Nothing is decided silently, and what
 * only the other officer changed is taken in and named. */
#include "tui/view/form_parts.h"

#include <string.h>

#include "core/change/history.h"
#include "core/schema/record.h"
#include "i18n/text.h"
#include "tui/view/compare.h"

/* The sides, in this order. */
enum { THEIRS = 1, YOURS };
enum { REVISIONS_MOST = 32, NAMED_MOST = 6 };

struct conflict {
    struct view view;
    struct compare compare;
    struct text taken_in; /* labels of what only the other officer changed; empty: nothing */
};

/* Names and times of others are said once: two languages leave no room for the values. */
static enum language one_language(const struct app *app)
{
    return app_language(app) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH;
}

/* ---- what both changed ---- */

static bool differ(const struct field *field, const struct record *a, const struct record *b)
{
    return !value_equal(field, field_value(field, a), field_value(field, b));
}

static bool both_changed(const struct form_view *self, const struct field *field,
                         const struct record *now)
{
    const struct record *mine = self->form.input;

    return act_takes(self->act, field) && differ(field, self->base, mine) &&
           differ(field, self->base, now) && differ(field, now, mine);
}

/* What was typed and cannot be understood yet is not taken away by what another officer saved. */
static bool half_typed(const struct form *form, const struct field *field)
{
    for (int i = 0; i < form->count; i++) {
        const struct form_line *line = form_line_at(form, i);
        const struct field *of =
            line->table == NO_TABLE ? line->field : form->tables[line->table].field;

        if (of == field && form_line_faulty(line))
            return true;
    }
    return false;
}

static bool only_theirs(const struct form_view *self, const struct field *field,
                        const struct record *now)
{
    return differ(field, self->base, now) && !differ(field, self->base, self->form.input) &&
           !half_typed(&self->form, field);
}

/* The labels of what only the other officer changed. What acts set moves with them and is not named. */
static struct text taken_in(const struct form_view *self, const struct record *now,
                            struct arena *arena)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct app *app = self->view.app;
    int named = 0;

    for (size_t i = 0; i < now->type->count; i++) {
        const struct field *field = &now->type->fields[i];

        if ((field->flags & BY_ACT) || !only_theirs(self, field, now))
            continue;
        if (named++ == NAMED_MOST) {
            buffer_string(&out, " ..");
            break;
        }
        if (out.len > 0)
            buffer_string(&out, app_language(app) == LANGUAGE_EN ? ", " : "、");
        buffer_text(&out, label_text(arena, &field->label, one_language(app)));
    }
    return arena_text(arena, buffer_as_text(&out));
}

/* ---- who changed it ---- */

struct changes {
    struct revision *revisions; /* the newest first */
    size_t count;
};

static struct changes changes_since(const struct form_view *self, const struct record *now,
                                    struct arena *arena)
{
    AUTO_TXN struct txn *txn = NULL;
    size_t wanted =
        now->revision > self->base->revision ? now->revision - self->base->revision + 1 : 1;
    struct changes changes = { 0 };

    if (store_begin(&txn, self->view.app->store) != ERR_OK ||
        history_read(txn, &now->key, now->revision,
                     wanted < REVISIONS_MOST ? wanted : REVISIONS_MOST, arena,
                     &changes.revisions, &changes.count) != ERR_OK)
        changes.count = 0; /* then nobody is named */
    return changes;
}

/* Who gave the field the value that stands, and when. */
static struct text changed_by(struct app *app, const struct changes *changes,
                              const struct field *field, struct arena *arena)
{
    AUTO_BUFFER struct buffer out = { 0 };

    for (size_t i = 0; i + 1 < changes->count; i++) {
        const struct revision *revision = &changes->revisions[i], *before = revision + 1;
        char time[40];

        if (!revision->record || !before->record ||
            !differ(field, revision->record, before->record))
            continue;
        app_lookup(app)->reference(app_lookup(app)->context,
                                   (struct reference){ .id = revision->officer },
                                   one_language(app), &out);
        moment_print(time, moment_of_ms((int64_t)revision->time_ms, OFFSET_HONG_KONG));
        return arena_printf(arena, "%.*s  %s", (int)out.len, (const char *)out.data, time);
    }
    return (struct text){ 0 };
}

/* ---- the view ---- */

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct conflict *self = (struct conflict *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    enum language language = one_language(view->app);
    struct text rest = words(arena,
                             N_("Another officer saved this record while you had it open. "
                                "Choose whose value stands in each field; F10 goes on."),
                             language),
                line;
    int row = body.row;

    while (row < body.row + 3 && text_wrap(&rest, body.columns - 2, &line))
        canvas_put(canvas, row++, 1, body.columns - 2, line, ROLE_WARNING);
    if (self->taken_in.len > 0) {
        struct message message;

        message_set(&message, N_("Only the other officer changed, and it is taken in: %s"),
                    arena_string(arena, self->taken_in));
        rest = sentence(arena, &message, language);
        while (row < body.row + 5 && text_wrap(&rest, body.columns - 2, &line))
            canvas_put(canvas, row++, 1, body.columns - 2, line, ROLE_DIM);
    }
    row++;
    compare_draw(&self->compare, view->app, canvas,
                 (struct rect){ row, 1, body.row + body.rows - row, body.columns - 2 });
}

static bool key(struct view *view, const struct key *key)
{
    struct conflict *self = (struct conflict *)view;

    if (key->code == TKEY_ENTER && self->compare.selected + 1 < self->compare.count) {
        self->compare.selected++;
        return true;
    }
    if (key->code == TKEY_ENTER) {
        app_say(view->app, N_("This is the last field. F10 goes on."));
        return true;
    }
    return compare_key(&self->compare, key);
}

static void run_go_on(struct view *view)
{
    struct conflict *self = (struct conflict *)view;
    int open = compare_open(&self->compare);

    if (open == 0) {
        view_pop(view->app, self);
        return;
    }
    while (self->compare.rows[self->compare.selected].chosen != 0)
        self->compare.selected = (self->compare.selected + 1) % self->compare.count;
    app_warn(view->app,
             N_("Nothing is chosen yet in %d fields. Left takes theirs, Right takes "
                "yours."),
             open);
}

static void run_theirs(struct view *view)
{
    compare_choose_all(&((struct conflict *)view)->compare, THEIRS);
}

static void run_yours(struct view *view)
{
    compare_choose_all(&((struct conflict *)view)->compare, YOURS);
}

static bool leave(struct view *view)
{
    app_warn(view->app, N_("Not saved. The form is as you filled it; saving asks again."));
    return true;
}

static void title(struct view *view, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_label(view->app, arena, &view->type->label));
}

/* Keys that the comparison takes itself; the rows are for the bar and for help. */
static void press(struct view *view, enum key_code code)
{
    compare_key(&((struct conflict *)view)->compare, &(struct key){ .code = code });
}

static void run_take_theirs(struct view *view)
{
    press(view, TKEY_LEFT);
}

static void run_take_yours(struct view *view)
{
    press(view, TKEY_RIGHT);
}

static const struct command commands[] = {
    { .name = "theirs",
      .key = KEY(LEFT),
      .other = KEY_OF('1'),
      .label = L("Theirs", "對方"),
      .flags = COMMAND_BAR,
      .run = run_take_theirs,
      .help = L("What the other officer saved stands in this field.",
                "此欄採用對方已儲存的內容。") },
    { .name = "yours",
      .key = KEY(RIGHT),
      .other = KEY_OF('2'),
      .label = L("Yours", "本人"),
      .flags = COMMAND_BAR,
      .run = run_take_yours,
      .help = L("What you typed stands in this field.", "此欄採用你輸入的內容。") },
    { .name = "all-theirs",
      .key = KEY(F5),
      .label = L("All theirs", "全部對方"),
      .flags = COMMAND_BAR,
      .run = run_theirs,
      .help = L("What the other officer saved stands in all these fields.",
                "全部欄位採用對方已儲存的內容。") },
    { .name = "all-yours",
      .key = KEY(F6),
      .label = L("All yours", "全部本人"),
      .flags = COMMAND_BAR,
      .run = run_yours,
      .help = L("What you typed stands in all these fields.", "全部欄位採用你輸入的內容。") },
    { .name = "go-on",
      .key = KEY(F10),
      .other = KEY_CTRL('S'),
      .label = L("Go on", "繼續"),
      .flags = COMMAND_BAR,
      .run = run_go_on,
      .help = L("Go on with saving, with what you chose.", "以所選內容繼續儲存。") },
    { .name = NULL },
};

const struct view_type conflict_view = {
    .name = "conflict",
    .label = L("Both changed it", "兩人同時修改"),
    .help =
        L("Another officer saved the record while you had it open. For each field that both "
          "changed you see the value when you began, theirs and yours, and choose.",
          "你修改期間另有人員儲存了同一紀錄。兩人同時更改的欄位會並列開始時、對方及本人的"
          "內容，由你選擇。"),
    .commands = commands,
    .size = sizeof(struct conflict),
    .draw = draw,
    .key = key,
    .title = title,
    .leave = leave,
};

/* ---- taking it in ---- */

/* What cannot be typed in this form stands as it stands in the record. */
static void take_untyped(struct form_view *self, const struct record *now)
{
    struct record *input = self->form.input;

    for (size_t i = 0; i < now->type->count; i++) {
        const struct field *field = &now->type->fields[i];

        if (!act_takes(self->act, field))
            memcpy(field_place(field, input), field_value(field, now), field_kind(field)->size);
    }
    input->revision = now->revision;
    input->sequence = now->sequence;
}

/* The form goes on from the record as it stands; `theirs` tells where theirs was chosen. */
static void take_newer(struct form_view *self, const struct compare *compare)
{
    struct record *now = record_copy(self->view.arena, self->newer);
    void (*then)(struct form_view *) = self->rebased;

    for (size_t i = 0; i < now->type->count; i++)
        if (act_takes(self->act, &now->type->fields[i]) &&
            only_theirs(self, &now->type->fields[i], now))
            form_take(&self->form, &now->type->fields[i], now);
    for (int i = 0; compare && i < compare->count; i++)
        if (compare->rows[i].chosen == THEIRS)
            form_take(&self->form, compare->rows[i].field, now);
    take_untyped(self, now);
    self->base = now;
    self->newer = NULL;
    form_draft_keep(self);
    if (then)
        then(self);
}

static void chosen(struct view *below, void *result)
{
    struct form_view *self = (struct form_view *)below;

    if (result)
        take_newer(self, &((struct conflict *)result)->compare);
}

static void ask(struct form_view *self, size_t count)
{
    static const struct label captions[] = { L("When you began", "開始時"),
                                             L("1 Theirs", "1 對方"), L("2 Yours", "2 本人") };
    struct app *app = self->view.app;
    struct conflict *view = (struct conflict *)view_push(app, &conflict_view);
    struct arena *arena = view->view.arena;
    struct changes changes = changes_since(self, self->newer, arena);
    struct compare *compare = &view->compare;

    view->view.answered = chosen;
    view->taken_in = taken_in(self, self->newer, arena);
    compare->rows = arena_array(arena, count, sizeof *compare->rows);
    compare->sides = COMPARE_SIDES;
    compare->choosing = true;
    for (int i = 0; i < COMPARE_SIDES; i++)
        compare->captions[i] = &captions[i];
    for (size_t i = 0; i < self->newer->type->count; i++) {
        const struct field *field = &self->newer->type->fields[i];
        const void *values[] = { field_value(field, self->base),
                                 field_value(field, self->newer),
                                 field_value(field, self->form.input) };
        struct compare_row *row = &compare->rows[compare->count];

        if (!both_changed(self, field, self->newer))
            continue;
        row->field = field;
        row->label = app_label(app, arena, &field->label);
        row->note = changed_by(app, &changes, field, arena);
        compare_values(app, arena, field, values, COMPARE_SIDES, row->values);
        compare_cut(row, COMPARE_SIDES, arena);
        compare->count++;
    }
}

void form_rebase(struct form_view *self, const struct record *now,
                 void (*then)(struct form_view *self))
{
    struct text taken = taken_in(self, now, self->view.arena);
    size_t clashes = 0;

    self->newer = record_copy(self->view.arena, now);
    self->rebased = then;
    for (size_t i = 0; i < now->type->count; i++)
        clashes += both_changed(self, &now->type->fields[i], now);
    if (clashes > 0) {
        ask(self, clashes);
        return;
    }
    if (taken.len > 0)
        app_say(self->view.app, N_("Only the other officer changed, and it is taken in: %s"),
                arena_string(self->view.arena, taken));
    take_newer(self, NULL);
}

struct text form_merged(struct form_view *self, const struct record_key *key,
                        struct arena *arena)
{
    AUTO_TXN struct txn *txn = NULL;
    struct revision *revisions;
    size_t count;

    if (!self->base || store_begin(&txn, self->view.app->store) != ERR_OK ||
        history_read(txn, key, 0, 2, arena, &revisions, &count) != ERR_OK || count < 2 ||
        !revisions[1].record || revisions[1].revision <= self->base->revision)
        return (struct text){ 0 };
    return taken_in(self, revisions[1].record, arena);
}
