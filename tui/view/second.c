/* The second person at the same screen. */
#include "core/model/officer.h"
#include "core/query/query.h"
#include "i18n/text.h"
#include "tui/view/views.h"
#include "tui/widget/editor.h"

struct second {
    struct view view;
    const struct label *role;
    struct editor number, password;
    bool at_password;
    bool (*scanned)(struct view *below, struct text code); /* NULL: no scanner */
    struct message fault; /* why it was not confirmed; id NULL: nothing is wrong */
};

/* At most two rows. */
static void put_wrapped(struct canvas *canvas, int row, int column, int columns,
                        struct text words, enum role role)
{
    struct text rest = words, line;

    for (int i = 0; i < 2 && text_wrap(&rest, columns, &line); i++)
        canvas_put(canvas, row + i, column, columns, line, role);
}

static void draw_second(struct view *view, struct canvas *canvas, struct rect body)
{
    struct second *self = (struct second *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    struct rect box = { body.row + 3, 8, 13, body.columns - 16 };
    static const struct label number = L("Staff number", "職員編號"),
                              password = L("Password", "密碼");

    canvas_fill(canvas, box, ROLE_NORMAL);
    canvas_box(canvas, box, app_label(view->app, arena, self->role), ROLE_BORDER);
    put_wrapped(canvas, box.row + 1, box.column + 2, box.columns - 4,
                app_words(view->app, arena,
                          N_("The other person confirms here, with an own password.")),
                ROLE_DIM);
    canvas_put(canvas, box.row + 4, box.column + 2, 26, app_label(view->app, arena, &number),
               ROLE_LABEL);
    canvas_put(canvas, box.row + 6, box.column + 2, 26, app_label(view->app, arena, &password),
               ROLE_LABEL);
    editor_draw(&self->number, canvas, (struct rect){ box.row + 4, box.column + 28, 1, 20 },
                self->at_password ? ROLE_FIELD : ROLE_FIELD_FOCUS, !self->at_password);
    editor_draw(&self->password, canvas, (struct rect){ box.row + 6, box.column + 28, 1, 30 },
                self->at_password ? ROLE_FIELD_FOCUS : ROLE_FIELD, self->at_password);
    if (store_identity(view->app->store)->demo)
        put_wrapped(canvas, box.row + 8, box.column + 2, box.columns - 4,
                    app_words(view->app, arena,
                              N_("Demonstration: the password may stay empty.")),
                    ROLE_DIM);
    if (self->fault.id)
        put_wrapped(canvas, box.row + 10, box.column + 2, box.columns - 4,
                    sentence(arena, &self->fault,
                             app_language(view->app) == LANGUAGE_EN ? LANGUAGE_EN
                                                                    : LANGUAGE_ZH),
                    ROLE_ERROR);
}

static void confirm(struct second *self)
{
    struct app *app = self->view.app;
    struct text password = editor_text(&self->password);
    bool demo = store_identity(app->store)->demo && password.len == 0;
    enum err err = demo ? account_second_demo(&app->session, editor_text(&self->number))
                        : account_second(&app->session, editor_text(&self->number), password);

    editor_set(&self->password, TEXT(""));
    if (err != ERR_OK) {
        app_fail(app);
        message_copy(&self->fault, last_failure());
        return;
    }
    view_pop(app, &app->session.other);
}

static bool key_second(struct view *view, const struct key *key)
{
    struct second *self = (struct second *)view;

    switch (key->code) {
    case TKEY_TAB:
    case TKEY_BACKTAB:
    case TKEY_UP:
    case TKEY_DOWN:
        self->at_password = !self->at_password;
        return true;
    default:
        return editor_key(self->at_password ? &self->password : &self->number, key) !=
               EDITOR_IGNORED;
    }
}

/* A scanner does not know that somebody else is to type now. */
static bool is_scan(struct second *self)
{
    struct editor *editor = self->at_password ? &self->password : &self->number;
    struct app *app = self->view.app;

    if (!self->scanned || app->count < 2 || editor_text(editor).len == 0 ||
        !self->scanned(app->views[app->count - 2], editor_text(editor)))
        return false;
    editor_set(editor, TEXT(""));
    app_warn(app,
             N_("A code was scanned while the other officer was to confirm. It comes after "
                "that."));
    return true;
}

static void run_confirm(struct view *view)
{
    struct second *self = (struct second *)view;

    if (is_scan(self))
        return;
    if (self->at_password)
        confirm(self);
    else
        self->at_password = true;
}

static const struct command commands[] = {
    { .name = "confirm",
      .key = KEY(ENTER),
      .label = L("Confirm", "確認"),
      .flags = COMMAND_BAR,
      .run = run_confirm,
      .help = L("Confirm with number and password.", "以編號及密碼確認。") },
    { .name = NULL },
};

/* The staff number of an officer who was named in the form. */
static void number_fill(struct second *self, uint64_t officer)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct record_key key = { .id = officer };
    struct record *record;

    if (officer == 0 || store_begin(&txn, self->view.app->store) != ERR_OK ||
        record_get(txn, &key, TAG_LIST_LAST, arena, &record) != ERR_OK)
        return;
    editor_set(&self->number,
               *(const struct text *)field_value(field_find(record->type, TAG_NUMBER), record));
    self->at_password = true;
}

/* A card gives the number; another code is for the scanner's screen, or comes to nothing, but is never a password. */
static bool code_scanned(struct view *view, struct text code)
{
    struct second *self = (struct second *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct app *app = view->app;
    struct record_key *keys;
    size_t count;

    if (store_begin(&txn, app->store) == ERR_OK &&
        search_code(txn, code, 1, arena, &keys, &count) == ERR_OK && count > 0 &&
        type_of_key(&keys[0]) == &officer_type)
        number_fill(self, keys[0].id);
    else if (!self->scanned || app->count < 2 ||
             !self->scanned(app->views[app->count - 2], code))
        app_warn(app, N_("Scan the card of the other officer, or type the number."));
    return true;
}

static void close_second(struct view *view)
{
    struct second *self = (struct second *)view;

    editor_free(&self->number);
    editor_free(&self->password);
}

const struct view_type second_view = {
    .name = "second",
    .label = L("Second person", "另一人員"),
    .help = L("An act that two persons answer for: the other one confirms on this screen with "
              "an own password.",
              "須由兩人負責的事項：另一人員在此以本人密碼確認。"),
    .commands = commands,
    .size = sizeof(struct second),
    .draw = draw_second,
    .key = key_second,
    .scanned = code_scanned,
    .close = close_second,
    .typing = true,
    .overlay = true,
};

void second_open(struct app *app, const struct label *role, uint64_t officer,
                 void (*answered)(struct view *below, void *result))
{
    second_open_scanned(app, role, officer, answered, NULL);
}

void second_open_scanned(struct app *app, const struct label *role, uint64_t officer,
                         void (*answered)(struct view *below, void *result),
                         bool (*scanned)(struct view *below, struct text code))
{
    struct second *self = (struct second *)view_push(app, &second_view);

    self->view.answered = answered;
    self->role = role;
    self->scanned = scanned;
    editor_init(&self->number);
    editor_init(&self->password);
    self->number.half_width = self->number.upper = true;
    self->password.secret = true;
    number_fill(self, officer);
}
