/* A question before what cannot be taken back: its key differs from the one that began it, and everything else is no. */
#include "i18n/text.h"
#include "tui/view/views.h"

enum { QUESTION_ROWS = 4 };

struct confirm {
    struct view view;
    const struct label *action;
    struct message question;
};

static int rows_of(struct text words, int columns)
{
    struct text rest = words, line;
    int rows = 0;

    while (text_wrap(&rest, columns, &line))
        rows++;
    return rows;
}

/* In both languages where that has room. */
static struct text answers(struct app *app, struct arena *arena, int columns)
{
    const char *id = N_("F10: yes. Enter or Esc: no, leave it as it is.");
    struct text both = app_words(app, arena, id);

    return text_width(both) <= columns ? both : words(arena, id, LANGUAGE_ZH);
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct confirm *self = (struct confirm *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    struct rect box = { body.row + 4, 6, 0, body.columns - 12 };
    struct text rest = sentence(arena, &self->question, app_language(view->app)), line;
    int columns = box.columns - 6, rows = rows_of(rest, columns);

    rows = rows < QUESTION_ROWS ? QUESTION_ROWS : rows;
    box.rows = rows + 6 < body.rows ? rows + 6 : body.rows;
    if (box.row + box.rows > body.row + body.rows)
        box.row = body.row + body.rows - box.rows;
    canvas_fill(canvas, (struct rect){ box.row, 0, box.rows, body.columns }, ROLE_NORMAL);
    canvas_box(canvas, box, app_label(view->app, arena, self->action), ROLE_BORDER);
    for (int i = 0; i < box.rows - 6 && text_wrap(&rest, columns, &line); i++)
        canvas_put(canvas, box.row + 2 + i, box.column + 3, columns, line, ROLE_WARNING);
    canvas_put(canvas, box.row + box.rows - 2, box.column + 3, columns,
               answers(view->app, arena, columns), ROLE_NORMAL);
    canvas_cursor(canvas, box.row + box.rows - 2, box.column + 3);
}

static bool key(struct view *view, const struct key *key)
{
    if (key->code != TKEY_ENTER)
        return false;
    view_pop(view->app, NULL);
    return true;
}

static void run_yes(struct view *view)
{
    view_pop(view->app, view);
}

static const struct command commands[] = {
    { .name = "yes",
      .key = KEY(F10),
      .label = L("Yes", "確定"),
      .flags = COMMAND_BAR,
      .run = run_yes,
      .help = L("Do it; it cannot be taken back.", "執行；不能收回。") },
    { .name = NULL },
};

const struct view_type confirm_view = {
    .name = "confirm",
    .label = L("Are you sure", "請確定"),
    .help =
        L("A question before what cannot be taken back: F10 does it, everything else leaves "
          "it as it is.",
          "執行不能收回的事項前的確認：F10 執行，其他按鍵則不作更改。"),
    .commands = commands,
    .size = sizeof(struct confirm),
    .draw = draw,
    .key = key,
    .overlay = true,
};

void confirm_open(struct app *app, const struct label *action, const struct message *question,
                  void (*answered)(struct view *below, void *result))
{
    struct confirm *self = (struct confirm *)view_push(app, &confirm_view);

    self->view.answered = answered;
    self->action = action;
    message_copy(&self->question, question);
}
