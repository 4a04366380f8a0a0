/* One line that is asked for: a name. */
#include "i18n/text.h"
#include "tui/view/views.h"
#include "tui/widget/editor.h"

struct prompt {
    struct view view;
    const struct label *question;
    struct editor editor;
};

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct prompt *self = (struct prompt *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    struct rect box = { body.row + 4, 6, 3, body.columns - 12 };

    canvas_fill(canvas, (struct rect){ box.row, 0, box.rows, body.columns }, ROLE_NORMAL);
    canvas_box(canvas, box, app_label(view->app, arena, self->question), ROLE_BORDER);
    editor_draw(&self->editor, canvas,
                (struct rect){ box.row + 1, box.column + 2, 1, box.columns - 4 },
                ROLE_FIELD_FOCUS, true);
}

static void run_accept(struct view *view)
{
    struct prompt *self = (struct prompt *)view;
    struct text typed = text_trim(editor_text(&self->editor));

    if (typed.len > 0)
        view_pop(view->app, &typed);
    else
        app_warn(view->app, N_("Type a name, or leave with Esc."));
}

static bool key(struct view *view, const struct key *key)
{
    return editor_key(&((struct prompt *)view)->editor, key) != EDITOR_IGNORED ||
           key->code == TKEY_CHARACTER;
}

static void close_view(struct view *view)
{
    editor_free(&((struct prompt *)view)->editor);
}

static const struct command commands[] = {
    { .name = "accept",
      .key = KEY(ENTER),
      .other = KEY(F10),
      .label = L("Accept", "確定"),
      .flags = COMMAND_BAR,
      .run = run_accept,
      .help = L("Take what is typed.", "採用所輸入的文字。") },
    { .name = NULL },
};

const struct view_type prompt_view = {
    .name = "prompt",
    .label = L("Name", "名稱"),
    .help = L("One line is asked for.", "請輸入一行文字。"),
    .commands = commands,
    .size = sizeof(struct prompt),
    .draw = draw,
    .key = key,
    .close = close_view,
    .typing = true,
    .overlay = true,
};

void prompt_open(struct app *app, const struct label *question, size_t limit,
                 void (*answered)(struct view *below, void *result))
{
    struct prompt *self = (struct prompt *)view_push(app, &prompt_view);

    self->question = question;
    self->view.answered = answered;
    editor_init(&self->editor);
    self->editor.limit = limit;
}
