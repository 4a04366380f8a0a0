#include "tui/view/bulk.h"

#include <string.h>

#include "i18n/text.h"
#include "tui/view/sheet_parts.h"

enum { WORD_COLUMNS = 12, FOOT_ROWS = 3, PAGE_LEAST = 1 };

enum row_state { ROW_WAITS, ROW_CAN, ROW_CANNOT, ROW_DONE, ROW_REFUSED, ROW_UNKNOWN };
enum phase { PHASE_CHECKING, PHASE_READY, PHASE_DOING, PHASE_DONE };

struct bulk_row {
    struct record_key key;
    uint32_t revision; /* as the preview saw it; what others change afterwards is refused */
    enum row_state state;
    struct text name;
    struct message why;
};

struct bulk {
    struct view view;
    struct act_call call;     /* what it points to is the form's */
    const struct field *list; /* the act's list of records; NULL: one act for each */
    struct bulk_row *rows;
    int count, at; /* the next one to be checked or done */
    enum phase phase;
    bool second_wanted, second_asked;
    int selected, top, shown;
    void (*done)(struct view *opener, const struct record_key *key);
};

/* ---- which acts ---- */

/* The question that takes many records of the type. */
static const struct field *list_of(const struct act *act, const struct record_type *type)
{
    struct act_fields fields = act_fields(act);

    for (size_t i = 0; act->form == ACT_FREE && i < fields.count; i++) {
        const struct field *field = &fields.fields[i], *inner;
        struct text rest;

        if (field->kind != KIND_LIST)
            continue;
        inner = &field->element->fields[0];
        rest = inner->kind == KIND_REFERENCE ? text_of(inner->targets) : (struct text){ 0 };
        while (text_present(rest))
            if (text_is(text_split(rest, ' ', &rest), type->name))
                return field;
    }
    return NULL;
}

bool bulk_possible(const struct app *app, const struct act *act, const struct record_type *type)
{
    if (act->hidden || act->prepare || !act_allowed(&app->session, act))
        return false; /* files are read and written one at a time */
    /* One confirmation of a second person is for one act. */
    return (act->type == type && act->form == ACT_ON && !act->second_always) ||
           list_of(act, type) != NULL;
}

/* ---- calls ---- */

/* The rows of the act's list: what the form said of a record stays. */
static struct list rows_listed(const struct bulk *self, struct arena *arena, int from, int to,
                               enum row_state state)
{
    const struct element_type *element = self->list->element;
    const struct field *reference = &element->fields[0];
    const struct list *typed =
        (const struct list *)((const char *)self->call.input + self->list->offset);
    char *items = arena_alloc(arena, element->size * (size_t)(to - from));
    size_t count = 0;

    for (int i = from; i < to; i++) {
        struct record_key key = self->rows[i].key;
        char *item = items + count * element->size;

        if (self->rows[i].state != state)
            continue;
        for (size_t k = 0; k < typed->count; k++) {
            const char *row = (const char *)typed->items + k * element->size;
            const struct reference *r = field_value(reference, row);

            if (r->id == key.id && r->family == key.family && r->n == key.n)
                memcpy(item, row, element->size);
        }
        *(struct reference *)field_place(reference, item) =
            (struct reference){ key.id, key.family, key.n };
        count++;
    }
    return (struct list){ items, count };
}

/* The act upon the rows from `from` on that have this state (a list), or upon the one at `from`. */
static struct act_call call_for(const struct bulk *self, struct arena *arena, int from, int to,
                                enum row_state state)
{
    struct act_call call = self->call;

    if (!self->list) {
        call.subject = self->rows[from].key;
        call.revision = self->rows[from].revision;
        return call;
    }
    char *input = arena_copy(arena, self->call.input, act_fields(self->call.act).size);

    *(struct list *)(input + self->list->offset) = rows_listed(self, arena, from, to, state);
    call.input = input;
    return call;
}

/* The first error among the findings says more than that there are some. */
static void keep_reason(struct bulk_row *row, const struct change_result *result)
{
    const struct findings *findings = &result->findings;

    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i]->severity == SEVERITY_ERROR) {
            message_copy(&row->why, &findings->items[i]->message);
            return;
        }
    if (last_failure()->id)
        message_copy(&row->why, last_failure());
    else
        message_set(&row->why, N_("It could not be done."));
}

/* ---- the preview ---- */

static void second_answered(struct view *below, void *result);

static void ask_second(struct bulk *self)
{
    static const struct label role = L("Second officer", "第二簽署人員");

    self->second_asked = true;
    second_open(self->view.app, &role, 0, second_answered);
}

/* With the other person there, all is looked at again. */
static void second_answered(struct view *below, void *result)
{
    struct bulk *self = (struct bulk *)below;

    if (!result)
        return;
    self->at = 0;
    self->phase = PHASE_CHECKING;
}

static void check_one(struct bulk *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct session *session = &self->view.app->session;
    struct bulk_row *row = &self->rows[self->at];
    struct act_call call;

    row->state = ROW_CAN;
    row->why.id = NULL;
    call = call_for(self, arena, self->at, self->at + 1, ROW_CAN);
    if (act_rehearse(session, &call, &result) != ERR_OK) {
        row->state = ROW_CANNOT;
        keep_reason(row, &result);
    }
    self->at++;
    self->second_wanted |= session->second_wanted;
}

static int count_of(const struct bulk *self, enum row_state state)
{
    int count = 0;

    for (int i = 0; i < self->count; i++)
        count += self->rows[i].state == state;
    return count;
}

/* ---- doing ---- */

static void row_ended(struct bulk *self, struct bulk_row *row, enum err err,
                      const struct change_result *result)
{
    row->state = err == ERR_OK ? ROW_DONE : err == ERR_UNKNOWN ? ROW_UNKNOWN : ROW_REFUSED;
    if (err == ERR_OK)
        self->done(self->view.app->views[self->view.app->count - 3], &row->key);
    else
        keep_reason(row, result);
}

static void do_one(struct bulk *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct act_call call;
    int from = self->at, to = from + 1, taken = 0;
    enum err err;

    if (self->rows[from].state != ROW_CAN) {
        self->at++;
        return;
    }
    if (self->list)
        for (to = from; to < self->count && taken < BULK_TOGETHER; to++)
            taken += self->rows[to].state == ROW_CAN;
    call = call_for(self, arena, from, to, ROW_CAN);
    err = act_run(&self->view.app->session, &call, &result);
    for (int i = from; i < to; i++)
        if (self->rows[i].state == ROW_CAN)
            row_ended(self, &self->rows[i], err, &result);
    self->at = to;
}

static void finish(struct bulk *self)
{
    int done = count_of(self, ROW_DONE), left = self->count - done;
    int unknown = count_of(self, ROW_UNKNOWN);

    self->phase = PHASE_DONE;
    if (unknown > 0)
        app_warn(self->view.app,
                 N_("Done: %d. Of %d it is not known whether they were saved: look at their "
                    "history before you do them again. Not done: %d."),
                 done, unknown, left - unknown);
    else if (left == 0)
        app_say(self->view.app, N_("Done: %d."), done);
    else
        app_warn(self->view.app, N_("Done: %d. Not done: %d; these stay marked."), done, left);
}

static bool idle(struct view *view)
{
    struct bulk *self = (struct bulk *)view;

    if (self->phase != PHASE_CHECKING && self->phase != PHASE_DOING)
        return false;
    if (self->at < self->count) {
        if (self->phase == PHASE_CHECKING)
            check_one(self);
        else
            do_one(self);
    } else if (self->phase == PHASE_CHECKING) {
        self->phase = PHASE_READY;
        if (self->second_wanted && self->list && !self->second_asked)
            ask_second(self);
    } else {
        finish(self);
    }
    return self->phase == PHASE_CHECKING || self->phase == PHASE_DOING;
}

/* ---- drawing ---- */

static const struct label *state_label(enum row_state state)
{
    static const struct label labels[] = {
        L("not yet", "尚未"), L("can be done", "可執行"), L("refused", "不能執行"),
        L("done", "已完成"),  L("not done", "未能完成"),  L("not known", "未能確定")
    };

    return &labels[state];
}

static enum role state_role(enum row_state state)
{
    switch (state) {
    case ROW_CANNOT:
    case ROW_REFUSED:
    case ROW_UNKNOWN:
        return ROLE_WARNING;
    case ROW_DONE:
        return ROLE_GOOD;
    default:
        return ROLE_NORMAL;
    }
}

/* "can be done 12 · refused 3": the states in words and numbers. */
static void draw_head(struct bulk *self, struct canvas *canvas, struct rect body)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer out = { 0 };

    buffer_text(&out, app_label(self->view.app, arena, &self->call.act->label));
    for (enum row_state state = ROW_WAITS; state <= ROW_UNKNOWN; state++) {
        int count = count_of(self, state);

        if (count == 0)
            continue;
        buffer_string(&out, "   ");
        buffer_text(&out, app_label(self->view.app, arena, state_label(state)));
        buffer_printf(&out, " %d", count);
    }
    canvas_put_padded(canvas, body.row, 1, body.columns - 2, buffer_as_text(&out), ROLE_LABEL);
}

static void draw_row(struct bulk *self, struct canvas *canvas, struct rect line, int i)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct bulk_row *row = &self->rows[i];
    enum language language = app_language(self->view.app);
    bool selected = i == self->selected;
    enum role role = selected ? ROLE_SELECTED : ROLE_NORMAL; /* the word alone is coloured */
    int names = (line.columns - WORD_COLUMNS - 4) / 2;
    int column = line.column + 3;

    if (language == LANGUAGE_BOTH)
        language = LANGUAGE_ZH;
    canvas_fill(canvas, line, role);
    canvas_put(canvas, line.row, line.column + 1, 1, selected ? TEXT(">") : TEXT(" "), role);
    canvas_put_padded(canvas, line.row, column, WORD_COLUMNS,
                      label_text(arena, state_label(row->state), language),
                      selected ? role : state_role(row->state));
    column += WORD_COLUMNS + 1;
    canvas_put_padded(canvas, line.row, column, row->why.id ? names : 2 * names, row->name,
                      role);
    if (row->why.id)
        canvas_put_padded(canvas, line.row, column + names + 1,
                          line.column + line.columns - column - names - 1,
                          sentence(arena, &row->why, language), role);
    if (selected)
        canvas_cursor(canvas, line.row, line.column + 1);
}

/* The whole reason of the selected row. */
static void draw_foot(struct bulk *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct bulk_row *row = &self->rows[self->selected];
    struct text rest, line;

    canvas_rule(canvas, place.row, place.column, place.columns, TEXT(""), ROLE_BORDER);
    rest = row->why.id ? sentence(arena, &row->why, app_language(self->view.app)) : row->name;
    for (int i = 1; i < place.rows && text_wrap(&rest, place.columns - 2, &line); i++)
        canvas_put(canvas, place.row + i, place.column + 1, place.columns - 2, line,
                   ROLE_NORMAL);
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct bulk *self = (struct bulk *)view;
    struct rect line = { body.row + 2, 0, 1, body.columns };

    self->shown = body.rows - 2 - FOOT_ROWS;
    if (self->phase == PHASE_CHECKING || self->phase == PHASE_DOING)
        self->selected = self->at > 0 ? self->at - 1 : 0;
    if (self->top > self->selected)
        self->top = self->selected;
    if (self->top < self->selected - self->shown + 1)
        self->top = self->selected - self->shown + 1;
    draw_head(self, canvas, body);
    for (int i = 0; i < self->shown && self->top + i < self->count; i++, line.row++)
        draw_row(self, canvas, line, self->top + i);
    draw_foot(self, canvas,
              (struct rect){ body.row + body.rows - FOOT_ROWS, 0, FOOT_ROWS, body.columns });
}

/* ---- keys ---- */

static bool key(struct view *view, const struct key *key)
{
    struct bulk *self = (struct bulk *)view;

    return key_moves(key, self->count, self->shown, &self->selected);
}

/* The preview, and the form below it, which has served. */
static void close_both(struct bulk *self)
{
    struct app *app = self->view.app;

    view_pop(app, NULL);
    form_done(view_top(app));
}

static void run_do(struct view *view)
{
    struct bulk *self = (struct bulk *)view;

    self->phase = PHASE_DOING;
    self->at = 0;
}

static bool may_do(struct view *view)
{
    const struct bulk *self = (const struct bulk *)view;

    return self->phase == PHASE_READY && count_of(self, ROW_CAN) > 0;
}

static void run_close(struct view *view)
{
    close_both((struct bulk *)view);
}

static bool may_close(struct view *view)
{
    return ((const struct bulk *)view)->phase == PHASE_DONE;
}

/* While it works, Esc stops it; what is done stays. */
static bool leave(struct view *view)
{
    struct bulk *self = (struct bulk *)view;

    if (self->phase == PHASE_DOING) {
        finish(self);
        return false;
    }
    if (self->phase != PHASE_DONE)
        return true;
    close_both(self);
    return false;
}

static void title(struct view *view, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_label(view->app, arena, &bulk_view.label));
}

static void names_read(struct bulk *self)
{
    struct app *app = self->view.app;
    AUTO_TXN struct txn *txn = NULL;

    if (store_begin(&txn, app->store) != ERR_OK) {
        app_fail(app);
        return;
    }
    for (int i = 0; i < self->count; i++) {
        AUTO_ARENA struct arena *arena = arena_new();
        struct envelope envelope;

        self->rows[i].name = linked_line(app, txn, self->view.arena, &self->rows[i].key);
        if (record_envelope(txn, &self->rows[i].key, arena, &envelope) == ERR_OK)
            self->rows[i].revision = envelope.revision;
    }
}

static const struct command commands[] = {
    { .name = "do",
      .key = KEY(ENTER),
      .label = L("Do it", "執行"),
      .flags = COMMAND_BAR,
      .run = run_do,
      .possible = may_do,
      .help = L("Does what can be done; what is refused stays as it is, and marked.",
                "執行可執行者；不能執行者維持原狀及標記。") },
    { .name = "close",
      .key = KEY(ENTER),
      .label = L("Back to the list", "返回清單"),
      .flags = COMMAND_BAR,
      .run = run_close,
      .possible = may_close,
      .help = L("What was done is saved.", "已完成者均已儲存。") },
    { .name = NULL },
};

const struct view_type bulk_view = {
    .name = "bulk",
    .label = L("Preview", "預覽"),
    .help = L("What will happen to each marked record, or why it is refused. Nothing is saved "
              "before Enter.",
              "列出每項已揀選紀錄的預計結果或不能執行的原因；按Enter前不會儲存。"),
    .commands = commands,
    .size = sizeof(struct bulk),
    .draw = draw,
    .key = key,
    .title = title,
    .idle = idle,
    .leave = leave,
};

/* Says to the stack that the form below is needed as long as the preview is. */
static void closed(struct view *form, void *result)
{
    (void)form, (void)result;
}

void bulk_open(struct app *app, const struct act_call *call, const struct record_key *keys,
               size_t count, void (*done)(struct view *opener, const struct record_key *key))
{
    struct bulk *self = (struct bulk *)view_push(app, &bulk_view);

    self->view.answered = closed;
    self->call = *call;
    self->done = done;
    self->count = count < BULK_MOST ? (int)count : BULK_MOST;
    self->rows = arena_array(self->view.arena, (size_t)self->count, sizeof *self->rows);
    for (int i = 0; i < self->count; i++)
        self->rows[i].key = keys[i];
    self->list = count > 0 ? list_of(call->act, type_of_key(&keys[0])) : NULL;
    names_read(self);
}
