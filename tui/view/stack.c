/* The stack of views: frame, dispatch of keys, messages. */
#include "tui/view/view.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/seams.h"
#include "i18n/text.h"
#include "tui/view/views.h"

enum { LEAST_ROWS = 24, LEAST_COLUMNS = 80 };

void app_start(struct app *app, struct store *store, struct codes *codes,
               enum language language)
{
    *app = (struct app){ .store = store, .codes = codes };
    session_start(&app->session, store, codes_lookup(codes));
    app->session.language = language;
}

static void view_free(struct view *view)
{
    if (view->type->close)
        view->type->close(view);
    arena_free(view->arena);
    free(view);
}

void app_end(struct app *app)
{
    while (app->count > 0)
        view_free(app->views[--app->count]);
    session_end(&app->session);
}

/* The first view above `at` that needs nothing of those below it: neither drawn over them nor about to answer them. */
static int next_free(const struct app *app, int at)
{
    for (at++; at < app->count; at++)
        if (!app->views[at]->type->overlay && !app->views[at]->answered)
            break;
    return at;
}

/* From record to record one may go on for ever: the oldest screen but the first two makes room, its draft kept. */
static void drop_oldest(struct app *app)
{
    int end = next_free(app, 2);

    assert(end < app->count); /* see few_overlays() */
    for (int i = end - 1; i >= 2; i--) {
        if (app->views[i]->type->keep)
            app->views[i]->type->keep(app->views[i]);
        view_free(app->views[i]);
    }
    memmove(&app->views[2], &app->views[end], (size_t)(app->count - end) * sizeof *app->views);
    app->count -= end - 2;
}

struct view *view_push(struct app *app, const struct view_type *type)
{
    struct view *view = memory_new(type->size);

    if (app->count == APP_VIEWS)
        drop_oldest(app);
    view->type = type;
    view->app = app;
    view->arena = arena_new();
    app->views[app->count++] = view;
    return view;
}

struct view *view_top(struct app *app)
{
    return app->count > 0 ? app->views[app->count - 1] : NULL;
}

void view_pop(struct app *app, void *result)
{
    struct view *view = view_top(app), *below;

    assert(view);
    app->count--;
    below = view_top(app);
    if (below && view->answered)
        view->answered(below, result);
    if (view_top(app) && view_top(app)->type->refresh)
        view_top(app)->type->refresh(view_top(app));
    view_free(view);
}

enum language app_language(const struct app *app)
{
    return app->session.language;
}

const struct lookup *app_lookup(struct app *app)
{
    codes_officer(app->codes, app->session.officer);
    return codes_lookup(app->codes);
}

struct text app_label(struct app *app, struct arena *arena, const struct label *label)
{
    return label_text(arena, label, app->session.language);
}

struct text app_words(struct app *app, struct arena *arena, const char *id)
{
    return words(arena, id, app->session.language);
}

/* ---- messages ---- */

static struct said *say(struct app *app, enum severity severity, bool good)
{
    struct said *said = &app->said[app->said_count++ % APP_MESSAGES];

    said->severity = severity;
    said->good = good;
    said->at_ms = now_ms();
    app->message_shown = true;
    return said;
}

void app_say(struct app *app, const char *id, ...)
{
    va_list list;

    va_start(list, id);
    message_vset(&say(app, SEVERITY_WARNING, true)->message, id, list);
    va_end(list);
}

void app_warn(struct app *app, const char *id, ...)
{
    va_list list;

    va_start(list, id);
    message_vset(&say(app, SEVERITY_WARNING, false)->message, id, list);
    va_end(list);
    app->bell = true;
}

void app_fail(struct app *app)
{
    struct said *said = say(app, SEVERITY_ERROR, false);

    if (last_failure()->id)
        message_copy(&said->message, last_failure());
    else
        message_set(&said->message, N_("It could not be done."));
    app->bell = true;
}

/* ---- keys ---- */

static bool key_is(const struct key *wanted, const struct key *key)
{
    if (wanted->code == TKEY_NONE || wanted->code != key->code)
        return false;
    return key->code != TKEY_CHARACTER || wanted->point == key->point;
}

bool command_possible(struct view *view, const struct command *command)
{
    return !command->possible || command->possible(view);
}

/* Letters are commands only where no text is typed. Of two commands on one key the one that is possible now. */
static const struct command *command_of(struct view *view, const struct command *commands,
                                        const struct key *key)
{
    const struct command *first = NULL;

    for (const struct command *command = commands; command && command->name; command++) {
        if (!key_is(&command->key, key) && !key_is(&command->other, key))
            continue;
        if (key->code == TKEY_CHARACTER && view->type->typing)
            continue;
        if (command_possible(view, command))
            return command;
        first = first ? first : command;
    }
    return first;
}

static bool command_try(struct view *view, const struct command *commands,
                        const struct key *key)
{
    const struct command *command = command_of(view, commands, key);

    if (!command)
        return false;
    if (command_possible(view, command))
        command->run(view);
    else
        app_warn(view->app, N_("\"%p\" cannot be done here now."),
                 label_argument(&command->label));
    return true;
}

/* An input method left on in full-width mode still reaches the commands. */
static struct key half_width(const struct key *key)
{
    struct key half = *key;

    if (key->code == TKEY_CHARACTER && key->point >= 0xFF01 && key->point <= 0xFF5E)
        half.point = key->point - 0xFF01 + '!';
    if (key->code == TKEY_CHARACTER && key->point == 0x3000)
        half.point = ' ';
    return half;
}

static void leave(struct view *view)
{
    if (!view->type->leave || view->type->leave(view))
        view_pop(view->app, NULL);
}

void app_key(struct app *app, const struct key *key)
{
    struct view *view = view_top(app);
    struct key half = half_width(key);

    if (!view || key->code == TKEY_NONE || key->code == TKEY_RESIZE)
        return;
    if (key->code == TKEY_HANGUP) {
        app_keep(app);
        app->quit = true;
        return;
    }
    app->message_shown = false;
    if (command_try(view, view->type->commands, &half))
        return;
    if (view->type->key && view->type->key(view, view->type->typing ? key : &half))
        return;
    if (command_try(view, app_commands, &half))
        return;
    if (key->code == TKEY_ESCAPE || key->code == TKEY_F12)
        leave(view);
    else if (key->code == TKEY_CHARACTER && key->point > 0x7F && !view->type->typing)
        app_warn(app, N_("The input method is on. Commands are arrows, F-keys and letters; "
                         "switch it off for letters."));
}

bool app_idle(struct app *app)
{
    struct view *view = view_top(app);

    return view && view->type->idle && view->type->idle(view);
}

int app_rest_ms(struct app *app)
{
    struct view *view = view_top(app);

    return view && view->type->rest_ms ? view->type->rest_ms(view) : -1;
}

void app_rest(struct app *app)
{
    if (app_rest_ms(app) >= 0)
        view_top(app)->type->rest(view_top(app));
}

void app_keep(struct app *app)
{
    for (int i = 0; i < app->count; i++)
        if (app->views[i]->type->keep)
            app->views[i]->type->keep(app->views[i]);
}

void app_refresh(struct app *app)
{
    for (int i = 0; i < app->count; i++)
        if (app->views[i]->type->refresh)
            app->views[i]->type->refresh(app->views[i]);
}

/* ---- the frame ---- */

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

    canvas_fill(canvas, (struct rect){ canvas->rows - 1, 0, 1, canvas->columns }, ROLE_BAR);
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
    for (int i = first; i < app->count; i++)
        app->views[i]->type->draw(app->views[i], canvas, body);
}

void app_draw(struct app *app, struct canvas *canvas)
{
    canvas_clear(canvas);
    if (canvas->rows < LEAST_ROWS || canvas->columns < LEAST_COLUMNS) {
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

/* ---- commands of the whole program ---- */

/* Help upon help leads nowhere. */
static bool few_overlays(struct view *view)
{
    const struct app *app = view->app;
    int overlays = 0;

    while (overlays < app->count && app->views[app->count - 1 - overlays]->type->overlay)
        overlays++;
    return overlays < 4;
}

static bool may_command(struct view *view)
{
    return view->app->session.officer != 0 && few_overlays(view);
}

static void run_help_view(struct view *view)
{
    help_open(view->app);
}
static void run_palette(struct view *view)
{
    palette_open(view->app);
}
static void run_messages(struct view *view)
{
    messages_open(view->app);
}
static void run_repaint(struct view *view)
{
    view->app->repaint = true;
}

static void run_language(struct view *view)
{
    struct app *app = view->app;

    app->session.language = app->session.language == LANGUAGE_BOTH ? LANGUAGE_ZH
                            : app->session.language == LANGUAGE_ZH ? LANGUAGE_EN
                                                                   : LANGUAGE_BOTH;
    app_refresh(app);
}

static void run_undo(struct view *view)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };

    if (act_undo(&view->app->session, &result) != ERR_OK) {
        app_fail(view->app);
        return;
    }
    app_say(view->app, N_("Your last act is undone; both stand in the history."));
    app_refresh(view->app);
}

static bool signed_in(struct view *view)
{
    return view->app->session.officer != 0;
}

const struct command app_commands[] = {
    { .name = "help",
      .key = KEY(F1),
      .other = KEY_OF('?'),
      .label = L("Help", "說明"),
      .flags = COMMAND_BAR,
      .run = run_help_view,
      .possible = few_overlays,
      .help = L("Help for this screen or this field.", "本畫面或本欄位的說明。") },
    { .name = "commands",
      .key = KEY(F9),
      .other = KEY_CTRL('P'),
      .label = L("Commands", "指令"),
      .flags = COMMAND_BAR,
      .run = run_palette,
      .possible = may_command,
      .help = L("Every act and screen by Chinese or English name or code.",
                "以中英文名稱或編碼找出所有事項及畫面。") },
    { .name = "language",
      .key = KEY_CTRL('T'),
      .label = L("中文", "English"),
      .flags = COMMAND_BAR,
      .run = run_language,
      .help = L("Chinese, English or both.", "中文、英文或中英對照。") },
    { .name = "undo",
      .key = KEY_CTRL('Z'),
      .label = L("Undo", "復原"),
      .run = run_undo,
      .possible = signed_in,
      .help = L("Undo your last act where it is allowed.", "復原你最近一項可復原的事項。") },
    { .name = "messages",
      .key = KEY_CTRL('O'),
      .label = L("Messages", "訊息"),
      .run = run_messages,
      .possible = few_overlays,
      .help = L("What the program has said so far.", "系統至今的訊息。") },
    { .name = "repaint",
      .key = KEY_CTRL('L'),
      .label = L("Repaint", "重繪畫面"),
      .run = run_repaint,
      .help = L("Draw the screen anew.", "重新繪畫畫面。") },
    { .name = NULL },
};
