/* The frame around the views: title row, message row, key bar; and what may be clicked in it. */
#include <string.h>

#include "i18n/text.h"
#include "tui/view/views.h"

enum { LEAST_ROWS = 24, LEAST_COLUMNS = 80 };

/* Where a path is too long, its last places say where the officer is. */
static struct text path_end(struct arena *arena, struct text path, const char *between,
                            int columns)
{
    struct text rest = path;

    while (text_width(rest) + (rest.len < path.len ? 3 : 0) > columns) {
        const char *next = memmem(rest.data, rest.len, between, strlen(between));

        if (!next)
            break;
        rest.len -= (size_t)(next - rest.data) + strlen(between);
        rest.data = next + strlen(between);
    }
    return rest.len < path.len ? arena_printf(arena, ".. %.*s", (int)rest.len, rest.data)
                               : rest;
}

/* The officer and, never cut, that nothing here is real. Returns its first column. */
static int draw_who(struct app *app, struct canvas *canvas)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer who = { 0 };
    enum language language = app->session.language == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH;
    struct text demo =
        store_identity(app->store)->demo ? words(arena, N_("[demo]"), language) : TEXT("");
    int most = canvas->columns / 2, column = canvas->columns - 1 - text_width(demo), width;

    canvas_put(canvas, 0, column, text_width(demo), demo, ROLE_TITLE);
    if (app->session.officer == 0)
        return column;
    app_lookup(app)->reference(app_lookup(app)->context,
                               (struct reference){ .id = app->session.officer }, language,
                               &who);
    width = text_width(buffer_as_text(&who));
    width = width + text_width(demo) > most ? most - text_width(demo) : width;
    column -= width + 1;
    canvas_put_padded(canvas, 0, column, width, buffer_as_text(&who), ROLE_TITLE);
    return column;
}

static void draw_title(struct app *app, struct canvas *canvas)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer path = { 0 };
    const char *between = canvas->ascii ? " > " : " › ";
    int columns;

    canvas_fill(canvas, (struct rect){ 0, 0, 1, canvas->columns }, ROLE_TITLE);
    for (int i = 0; i < app->count; i++) {
        if (!app->views[i]->type->title || (app->views[i]->type->bare && app->count > 1))
            continue;
        if (path.len > 0)
            buffer_string(&path, between);
        app->views[i]->type->title(app->views[i], &path);
    }
    columns = draw_who(app, canvas) - 3;
    canvas_put_padded(canvas, 0, 1, columns,
                      path_end(arena, buffer_as_text(&path), between, columns), ROLE_TITLE);
}

static void draw_message(struct app *app, struct canvas *canvas)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct said *said;
    struct text words;

    if (!app->message_shown || app->said_count == 0)
        return;
    said = &app->said[(app->said_count - 1) % APP_MESSAGES];
    words = sentence(arena, &said->message, app->session.language);
    if (app->session.language == LANGUAGE_BOTH && text_width(words) > canvas->columns - 2)
        words = sentence(arena, &said->message,
                         LANGUAGE_ZH); /* whole in one language rather than cut in two */
    canvas_hit(canvas, (struct rect){ canvas->rows - 2, 0, 1, canvas->columns },
               &(struct key)KEY_CTRL('O'));
    canvas_put_padded(canvas, canvas->rows - 2, 1, canvas->columns - 2, words,
                      said->good                         ? ROLE_GOOD
                      : said->severity == SEVERITY_ERROR ? ROLE_ERROR
                                                         : ROLE_WARNING);
}

/* One hint; false where it does not fit any more. */
static bool draw_hint(struct app *app, struct canvas *canvas, int *column,
                      const struct command *command, struct arena *arena)
{
    char name[16];
    struct text label =
        label_text(arena, &command->label,
                   app->session.language == LANGUAGE_BOTH ? LANGUAGE_ZH
                                                          : app->session.language);
    int width;

    key_text(name, &command->key);
    width = (int)strlen(name) + 1 + text_width(label) + 2;
    if (*column + width > canvas->columns)
        return false;
    canvas_hit(canvas, (struct rect){ canvas->rows - 1, *column, 1, width - 2 }, &command->key);
    *column += canvas_put(canvas, canvas->rows - 1, *column, 16, text_of(name), ROLE_KEY);
    *column += 1 +
               canvas_put(canvas, canvas->rows - 1, *column + 1, canvas->columns - *column - 1,
                          label, ROLE_KEY_LABEL) +
               1;
    return true;
}

static void draw_hints(struct app *app, struct view *view, struct canvas *canvas,
                       const struct command *commands, int *column, struct arena *arena)
{
    for (const struct command *command = commands; command && command->name; command++)
        if ((command->flags & COMMAND_BAR) && command_possible(view, command) &&
            !draw_hint(app, canvas, column, command, arena))
            return;
}

static void draw_keys(struct app *app, struct canvas *canvas)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct view *view = view_top(app);
    int column = 1;

    draw_hint(app, canvas, &column, &app_commands[0], arena); /* F1 always */
    draw_hints(app, view, canvas, view->type->commands, &column, arena);
    draw_hints(app, view, canvas, app_commands + 1, &column, arena);
}

static void draw_too_small(struct app *app, struct canvas *canvas)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct message message;
    struct text rest, line;
    int row = 0;

    message_set(&message,
                N_("This window has %d rows and %d columns; %d rows and %d columns are needed. "
                   "Make it larger: nothing is lost."),
                canvas->rows, canvas->columns, (int)LEAST_ROWS, (int)LEAST_COLUMNS);
    rest = sentence(arena, &message, app->session.language);
    while (row < canvas->rows && text_wrap(&rest, canvas->columns, &line))
        canvas_put(canvas, row++, 0, canvas->columns, line, ROLE_WARNING);
}

/* Overlays are drawn over what stands below them. */
static void draw_views(struct app *app, struct canvas *canvas)
{
    struct rect body = { 1, 0, canvas->rows - 3, canvas->columns };
    int first = app->count - 1;

    while (first > 0 && app->views[first]->type->overlay)
        first--;
    for (int i = first; i < app->count; i++) {
        canvas_no_hits(canvas); /* what lies below is not within reach */
        app->views[i]->type->draw(app->views[i], canvas, body);
    }
}

void app_draw(struct app *app, struct canvas *canvas)
{
    app_reads(app);
    canvas_clear(canvas);
    app->seen = canvas;
    app->too_small = canvas->rows < LEAST_ROWS || canvas->columns < LEAST_COLUMNS;
    if (app->too_small) {
        draw_too_small(app, canvas);
        return;
    }
    if (app->count == 0)
        return;
    draw_title(app, canvas);
    draw_views(app, canvas);
    draw_message(app, canvas);
    draw_keys(app, canvas);
}
