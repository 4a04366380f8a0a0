/* Sign in: staff number and password; a demo store shows its accounts. */
#include "tui/view/views.h"

#include <string.h>

#include "i18n/text.h"
#include "tui/widget/editor.h"

struct sign_in {
    struct view view;
    struct editor number, password;
    bool at_password;
    bool demo;
    struct demo_account *accounts;
    size_t count;
    size_t chosen;
};

static struct editor *focused(struct sign_in *self)
{
    return self->at_password ? &self->password : &self->number;
}

static void draw_accounts(struct sign_in *self, struct canvas *canvas, struct rect body)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct app *app = self->view.app;
    int row = body.row + 10, room = body.rows - 11, first;

    canvas_rule(
        canvas, row++, 4, body.columns - 8,
        app_words(app, arena,
                  N_("Demonstration accounts: choose one, then Enter (password: demo)")),
        ROLE_BORDER);
    first = (int)self->chosen < room ? 0 : (int)self->chosen - room + 1;
    for (size_t i = (size_t)first; i < self->count && row < body.row + body.rows; i++, row++) {
        struct bitext *name = &self->accounts[i].name;
        struct text shown = app_language(app) == LANGUAGE_EN ? name->en : name->zh;
        enum role role = i == self->chosen ? ROLE_SELECTED : ROLE_NORMAL;

        canvas_put_padded(canvas, row, 4, 2, i == self->chosen ? TEXT(">") : TEXT(" "), role);
        canvas_put_padded(canvas, row, 6, 10, self->accounts[i].number, role);
        canvas_put_padded(canvas, row, 16, 30, shown, role);
        canvas_put_padded(canvas, row, 46, 16, self->accounts[i].role, role);
    }
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct sign_in *self = (struct sign_in *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    struct app *app = view->app;
    static const struct label product =
        L("Customs case and exhibit management", "海關案件及證物管理系統");
    static const struct label number = L("Staff number", "職員編號"),
                              password = L("Password", "密碼");

    canvas_put(canvas, body.row + 2, 4, body.columns - 8, TEXT("Tidewaiter"), ROLE_HEADER);
    canvas_put(canvas, body.row + 3, 4, body.columns - 8, app_label(app, arena, &product),
               ROLE_NORMAL);
    canvas_put(canvas, body.row + 6, 4, 24, app_label(app, arena, &number), ROLE_LABEL);
    canvas_put(canvas, body.row + 8, 4, 24, app_label(app, arena, &password), ROLE_LABEL);
    editor_draw(&self->number, canvas, (struct rect){ body.row + 6, 28, 1, 24 },
                self->at_password ? ROLE_FIELD : ROLE_FIELD_FOCUS, !self->at_password);
    editor_draw(&self->password, canvas, (struct rect){ body.row + 8, 28, 1, 32 },
                self->at_password ? ROLE_FIELD_FOCUS : ROLE_FIELD, self->at_password);
    if (self->demo)
        draw_accounts(self, canvas, body);
}

static void enter(struct sign_in *self)
{
    struct app *app = self->view.app;
    enum language language = app_language(app);
    struct text password = editor_text(&self->password);
    struct text number = editor_text(&self->number);
    enum err err;

    if (self->demo && password.len == 0)
        err = account_sign_in_demo(&app->session, number);
    else
        err = account_sign_in(&app->session, number, password);
    app->session.language = language;
    editor_set(&self->password, TEXT(""));
    if (err != ERR_OK) {
        app_fail(app);
        return;
    }
    home_open(app);
}

static void choose(struct sign_in *self, size_t chosen)
{
    self->chosen = chosen;
    editor_set(&self->number, self->accounts[chosen].number);
}

static bool key(struct view *view, const struct key *key)
{
    struct sign_in *self = (struct sign_in *)view;

    switch (key->code) {
    case TKEY_ENTER:
        if (!self->at_password && !self->demo)
            self->at_password = true;
        else
            enter(self);
        return true;
    case TKEY_TAB:
    case TKEY_BACKTAB:
        self->at_password = !self->at_password;
        return true;
    case TKEY_UP:
    case TKEY_DOWN:
        if (self->demo && self->count > 0)
            choose(self, key->code == TKEY_DOWN
                             ? (self->chosen + 1) % self->count
                             : (self->chosen + self->count - 1) % self->count);
        else
            self->at_password = !self->at_password;
        return true;
    default:
        return editor_key(focused(self), key) != EDITOR_IGNORED;
    }
}

static void title(struct view *view, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_words(view->app, arena, N_("Sign in")));
}

static void quit(struct view *view)
{
    view->app->quit = true;
}

static void close_view(struct view *view)
{
    struct sign_in *self = (struct sign_in *)view;

    editor_free(&self->number);
    editor_free(&self->password);
}

static bool stay(struct view *view)
{
    view->app->quit = true;
    return false;
}

static const struct command commands[] = {
    { .name = "quit",
      .key = KEY(ESCAPE),
      .other = KEY_CTRL('Q'),
      .label = L("Leave", "離開"),
      .flags = COMMAND_BAR,
      .run = quit,
      .help = L("Leave the program.", "離開本系統。") },
    { .name = NULL },
};

const struct view_type sign_in_view = {
    .name = "sign-in",
    .label = L("Sign in", "登入"),
    .help = L("Give your staff number and password. What you do in the program is recorded "
              "under this name.",
              "輸入職員編號及密碼。其後在系統內所作的一切均以此身分記錄。"),
    .commands = commands,
    .size = sizeof(struct sign_in),
    .draw = draw,
    .key = key,
    .title = title,
    .close = close_view,
    .leave = stay,
    .typing = true,
    .bare = true,
};

void sign_in_open(struct app *app)
{
    struct sign_in *self = (struct sign_in *)view_push(app, &sign_in_view);

    editor_init(&self->number);
    editor_init(&self->password);
    self->number.half_width = self->password.half_width = true;
    self->password.secret = true;
    self->demo = store_identity(app->store)->demo;
    if (self->demo &&
        account_demo_list(app->store, self->view.arena, &self->accounts, &self->count) ==
            ERR_OK &&
        self->count > 0)
        choose(self, 0);
}
