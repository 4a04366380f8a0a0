/* The stack of views: dispatch of keys, messages, commands of the whole program. */
#include "tui/view/view.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/seams.h"
#include "i18n/text.h"
#include "tui/view/stocktake.h"
#include "tui/view/views.h"

void app_reads(struct app *app)
{
    store_read_as(app->store, access_of(app->reader));
}

void app_start(struct app *app, struct store *store, struct codes *codes,
               enum language language)
{
    *app = (struct app){ .store = store, .codes = codes };
    session_start(&app->session, store, codes_lookup(codes));
    app->session.language = language;
    app->reader = access_reader_new(&app->session);
    app_reads(app);
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
    store_read_as(app->store, NULL);
    access_reader_free(app->reader);
    session_end(&app->session);
    secret_clear(app->copied.data, app->copied.len);
    buffer_free(&app->copied);
    buffer_free(&app->scan);
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
    view->opened = ++app->opened;
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

void app_opened(struct app *app, const struct record_key *key)
{
    if (access_viewed(app->reader, &app->session, (struct access_views){ key, 1 }) != ERR_OK)
        app_warn(app, N_("That you opened this sensitive record could not be written into the "
                         "journal. Tell the system administrator."));
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
    said->about = (struct record_key){ 0 };
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

void app_say_message(struct app *app, const struct message *message)
{
    message_copy(&say(app, SEVERITY_WARNING, true)->message, message);
}

void app_warn(struct app *app, const char *id, ...)
{
    va_list list;

    va_start(list, id);
    message_vset(&say(app, SEVERITY_WARNING, false)->message, id, list);
    va_end(list);
    app->bells = 1;
}

void app_fail(struct app *app)
{
    struct said *said = say(app, SEVERITY_ERROR, false);

    if (last_failure()->id)
        message_copy(&said->message, last_failure());
    else
        message_set(&said->message, N_("It could not be done."));
    app->bells = 1;
}

void app_said_about(struct app *app, const struct record_key *key)
{
    struct said *said = &app->said[(app->said_count + APP_MESSAGES - 1) % APP_MESSAGES];

    if (app->said_count > 0)
        said->about = (struct record_key){ .id = key->id };
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

void command_run(struct view *view, const struct command *command)
{
    if (command_possible(view, command))
        command->run(view);
    else
        app_warn(view->app, N_("\"%p\" cannot be done here now."),
                 label_argument(&command->label));
}

/* Letters are commands only where no text is typed. Of two commands on one key the one that is possible now. */
static const struct command *command_of(struct view *view, const struct command *commands,
                                        const struct key *key)
{
    const struct command *first = NULL;

    for (const struct command *command = commands; command && command->name; command++) {
        if (!key_is(&command->key, key) && !key_is(&command->other, key))
            continue;
        if (key->code == TKEY_CHARACTER && view_typing(view))
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

    if (command)
        command_run(view, command);
    return command != NULL;
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

/* A paste where nothing is typed: a filter or search takes it, as if it had been opened before. */
static void paste(struct view *view, const struct key *key)
{
    const struct key find = KEY(F3);
    const struct command *command = command_of(view, view->type->commands, &find);
    struct app *app = view->app;

    if (command && command_possible(view, command)) {
        command->run(view);
        view = view_top(app);
        if (view->type->key && view->type->key(view, key))
            return;
    }
    app_warn(app, N_("Nothing can be typed here, so that what you pasted was not taken."));
}

/* Some terminals and scanners hand many codes over at once: they count as if they were typed one by one. */
static void paste_as_keys(struct app *app, struct text pasted)
{
    while (pasted.len > 0) {
        struct key key = { .code = TKEY_CHARACTER };
        bool valid;
        size_t len = text_decode(pasted.data, pasted.len, &key.point, &valid);

        if (key.point == '\n')
            key = (struct key){ .code = TKEY_ENTER };
        pasted.data += len;
        pasted.len -= len;
        app_key(app, &key);
    }
}

/* Letters that reach no command: most often the input method was left on. */
static void unknown_letter(struct view *view, const struct key *key)
{
    char typed[5] = { 0 };

    if (key->code != TKEY_CHARACTER || key->point < 0x80 || view_typing(view))
        return;
    text_encode(key->point, typed);
    app_warn(view->app,
             N_("The input method is still on, so that \"%s\" is no command. Switch it to "
                "English, or use arrows and F-keys."),
             typed);
}

/* Nobody acts on what cannot be seen. */
static bool in_sight(struct app *app, const struct key *key)
{
    if (!app->too_small)
        return true;
    app->repaint = app->repaint || key->code == TKEY_CTRL('L');
    app->bells = key->code != TKEY_CTRL('L') ? 1 : app->bells;
    return false;
}

void app_key(struct app *app, const struct key *key)
{
    struct view *view = view_top(app);
    struct key half = half_width(key);

    if (!view || key->code == TKEY_NONE || key->code == TKEY_RESIZE)
        return;
    app_reads(app);
    if (key->code == TKEY_HANGUP) {
        app_keep(app);
        app->quit = true;
        return;
    }
    if (!in_sight(app, key) || (key->code == TKEY_MOUSE && app_click(app, key)))
        return;
    app->message_shown = false;
    if (scanned_key(app, key))
        return;
    if (key->code == TKEY_PASTE && view->type->scans) {
        paste_as_keys(app, key->paste);
        return;
    }
    if (command_try(view, view->type->commands, &half))
        return;
    if (view->type->key && view->type->key(view, view_typing(view) ? key : &half))
        return;
    if (command_try(view, app_commands, &half))
        return;
    if (key->code == TKEY_ESCAPE || key->code == TKEY_F12)
        leave(view);
    else if (key->code == TKEY_MOUSE)
        app_point(app, key);
    else if (key->code == TKEY_PASTE)
        paste(view, key);
    else
        unknown_letter(view, key);
}

bool app_idle(struct app *app)
{
    struct view *view = view_top(app);

    app_reads(app);
    return view && view->type->idle && view->type->idle(view);
}

int app_rest_ms(struct app *app)
{
    struct view *view = view_top(app);

    return view && view->type->rest_ms ? view->type->rest_ms(view) : -1;
}

void app_rest(struct app *app)
{
    app_reads(app);
    if (app_rest_ms(app) >= 0)
        view_top(app)->type->rest(view_top(app));
}

void app_keep(struct app *app)
{
    for (int i = 0; i < app->count; i++)
        if (app->views[i]->type->keep)
            app->views[i]->type->keep(app->views[i]);
}

void app_look_around(struct app *app)
{
    uint64_t size;

    scanned_rest(app);
    app_keep(app);
    if (store_size(app->store, &size) == ERR_OK && size != app->size_seen) {
        app->size_seen = size;
        app_refresh(app);
    }
}

void app_refresh(struct app *app)
{
    app_reads(app);
    for (int i = 0; i < app->count; i++)
        if (app->views[i]->type->refresh)
            app->views[i]->type->refresh(app->views[i]);
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
static void run_keys(struct view *view)
{
    keys_open(view->app);
}
static void run_messages(struct view *view)
{
    messages_open(view->app);
}
static void run_repaint(struct view *view)
{
    view->app->repaint = true;
}

static bool is_space(const struct canvas *canvas, int column)
{
    const struct cell *cell = canvas_cell(canvas, canvas->cursor_row, column);

    return cell->len == 1 && cell->text[0] == ' ';
}

/* What the cursor stands in: a value in the midst of a row up to the next wide gap, or the row from its start. */
static void copy_row(const struct canvas *canvas, struct buffer *out)
{
    int column = 0, first = 0;

    if (!canvas || canvas->cursor_row < 0)
        return;
    while (first < canvas->columns - 1 && is_space(canvas, first))
        first++;
    column = canvas->cursor_column > first ? canvas->cursor_column : 0;
    for (int from = column; column < canvas->columns; column++) {
        const struct cell *cell = canvas_cell(canvas, canvas->cursor_row, column);

        if (from > 0 && column + 1 < canvas->columns && is_space(canvas, column) &&
            is_space(canvas, column + 1))
            return;
        if (column > first || from > 0 || cell->text[0] != '>') /* the mark of the chosen row */
            buffer_put(out, cell->text, cell->len);
    }
}

static void run_copy(struct view *view)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct app *app = view->app;
    struct text text;

    if (view->type->copy)
        view->type->copy(view, &out);
    else
        copy_row(app->seen, &out);
    text = text_trim(buffer_as_text(&out));
    buffer_clear(&app->copied);
    buffer_text(&app->copied, text);
    if (text.len == 0)
        app_warn(app, N_("There is nothing to copy here."));
}

static void run_mouse(struct view *view)
{
    struct app *app = view->app;

    app->mouse_off = !app->mouse_off;
    if (app->mouse_off)
        app_say(app, N_("The mouse belongs to the terminal now: it selects text there."));
    else
        app_say(app,
                N_("The mouse belongs to the program now: click, double click and wheel."));
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
    undo_open(view->app);
}

/* From the scanner's screen it goes on to the officer's own stocktake. */
static void run_scan(struct view *view)
{
    if (view->type == &scan_view) {
        counting_open_own(view->app);
        return;
    }
    scan_open(view->app);
    stocktake_remind(view->app);
}

static bool may_scan(struct view *view)
{
    return (view->app->session.rights & RIGHT_MOVE) != 0 && view->type != &counting_view;
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
    { .name = "scan",
      .key = KEY_CTRL('R'),
      .label = L("Scan", "掃描"),
      .run = run_scan,
      .possible = may_scan,
      .help =
          L("Move or look up exhibits with a scanner; once more: go on with the stocktake in "
            "which you count.",
            "以掃描器移動或查看證物；再按一次：繼續你參與的盤點。") },
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
    { .name = "keys",
      .key = KEY_CTRL('G'),
      .label = L("All keys", "所有按鍵"),
      .run = run_keys,
      .possible = few_overlays,
      .help = L("The keys of every screen.", "各畫面的按鍵。") },
    { .name = "repaint",
      .key = KEY_CTRL('L'),
      .label = L("Repaint", "重繪畫面"),
      .flags = COMMAND_SCREEN,
      .run = run_repaint,
      .help = L("Draw the screen anew.", "重新繪畫畫面。") },
    { .name = "copy",
      .key = KEY_CTRL('C'),
      .label = L("Copy", "複製"),
      .flags = COMMAND_SCREEN,
      .run = run_copy,
      .possible = signed_in,
      .help = L("Send the row or field to the terminal's clipboard.",
                "把所在行或欄位送往終端機剪貼簿。") },
    { .name = "mouse",
      .key = KEY_CTRL('X'),
      .label = L("Mouse on or off", "開關滑鼠"),
      .flags = COMMAND_SCREEN,
      .run = run_mouse,
      .help = L("Give the mouse to the terminal, which then selects text, or back.",
                "把滑鼠交予終端機以選取文字，或交還本系統。") },
    { .name = NULL },
};
