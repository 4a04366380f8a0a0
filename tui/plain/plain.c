#include "tui/plain/plain.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "i18n/fold.h"
#include "i18n/text.h"
#include "tui/plain/plain_parts.h"
#include "tui/view/menu.h"
#include "tui/view/views.h"

/* ---- telling and asking ---- */

struct plain_page *plain_page(struct plain *plain)
{
    const struct view *view = view_top(plain->app);
    struct plain_page *page = &plain->pages[plain->app->count - 1];

    if (page->view != view->opened)
        *page = (struct plain_page){ .view = view->opened };
    return page;
}

void plain_tell(struct plain *plain, struct text line)
{
    AUTO_BUFFER struct buffer safe = { 0 };

    text_safe(&safe, line, TEXT_ONE_LINE);
    plain->io->tell(plain->io->context, buffer_as_text(&safe));
}

void plain_printf(struct plain *plain, const char *format, ...)
{
    AUTO_BUFFER struct buffer line = { 0 };
    va_list arguments, again;
    int len;

    va_start(arguments, format);
    va_copy(again, arguments);
    len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    vsnprintf((char *)buffer_reserve(&line, (size_t)len + 1), (size_t)len + 1, format, again);
    va_end(again);
    plain_tell(plain, (struct text){ (const char *)line.data, (size_t)len });
}

void plain_words(struct plain *plain, const char *id)
{
    AUTO_ARENA struct arena *arena = arena_new();

    plain_tell(plain, app_words(plain->app, arena, id));
}

void plain_label(struct plain *plain, const struct label *label)
{
    AUTO_ARENA struct arena *arena = arena_new();

    plain_tell(plain, app_label(plain->app, arena, label));
}

bool plain_ask(struct plain *plain, struct text prompt, bool secret, struct buffer *answer)
{
    AUTO_BUFFER struct buffer safe = { 0 };

    text_safe(&safe, prompt, TEXT_ONE_LINE);
    if (!plain->ended &&
        plain->io->ask(plain->io->context, buffer_as_text(&safe), secret, answer))
        return true;
    plain->ended = true;
    return false;
}

static void tell_messages(struct plain *plain)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct app *app = plain->app;

    if (app->said_count - plain->said > APP_MESSAGES)
        plain->said = app->said_count - APP_MESSAGES;
    for (; plain->said < app->said_count; plain->said++)
        plain_tell(plain, sentence(arena, &app->said[plain->said % APP_MESSAGES].message,
                                   app_language(app)));
}

/* The way here and who is signed in, where it is another than before. */
static void tell_path(struct plain *plain)
{
    AUTO_BUFFER struct buffer path = { 0 };
    struct app *app = plain->app;

    for (int i = 0; i < app->count; i++) {
        if (!app->views[i]->type->title || (app->views[i]->type->bare && app->count > 1))
            continue;
        if (path.len > 0)
            buffer_string(&path, " > ");
        app->views[i]->type->title(app->views[i], &path);
        if (path.len > 2 && memcmp(path.data + path.len - 2, " *", 2) == 0)
            path.len -= 2; /* that something was typed is known to whom typed it */
    }
    if (text_equal(buffer_as_text(&path), buffer_as_text(&plain->path)))
        return;
    buffer_clear(&plain->path);
    buffer_text(&plain->path, buffer_as_text(&path));
    plain_tell(plain, TEXT(""));
    plain_printf(plain, "== %.*s", (int)path.len, (const char *)path.data);
}

/* Who is signed in, and that nothing here is real. */
static void tell_officer(struct plain *plain)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer who = { 0 };
    struct app *app = plain->app;

    if (app->session.officer == plain->officer)
        return;
    plain->officer = app->session.officer;
    if (plain->officer == 0)
        return;
    app_lookup(app)->reference(app_lookup(app)->context,
                               (struct reference){ .id = plain->officer }, app_language(app),
                               &who);
    if (store_identity(app->store)->demo) {
        buffer_byte(&who, ' ');
        buffer_text(&who, app_words(app, arena, N_("[demo]")));
    }
    plain_tell(plain, buffer_as_text(&who));
}

/* ---- keys ---- */

void plain_press(struct plain *plain, enum key_code code)
{
    app_key(plain->app, &(struct key){ .code = code });
}

void plain_type(struct plain *plain, struct text text)
{
    if (text.len == 0)
        return;
    app_key(plain->app, &(struct key){ .code = TKEY_PASTE, .paste = text });
}

/* ---- commands ---- */

bool plain_begins(struct text whole, struct text start)
{
    AUTO_BUFFER struct buffer a = { 0 }, b = { 0 };

    fold(&a, whole);
    fold(&b, start);
    return b.len > 0 && text_starts(buffer_as_text(&a), buffer_as_text(&b));
}

static bool is_word_of(const struct command *command, struct text word, bool whole)
{
    struct text ways[] = { text_of(command->name), text_of(command->label.en),
                           text_of(command->label.zh) };

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (plain_begins(ways[i], word) && (!whole || plain_begins(word, ways[i])))
            return true;
    return false;
}

/* By its whole name or label, or else by a start of it: those of the view go before those of the program. */
static const struct command *command_of_word(const struct view *view, struct text word)
{
    const struct command *const tables[] = { view->type->commands, app_commands };

    for (int whole = 1; whole >= 0; whole--)
        for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
            for (const struct command *command = tables[i]; command && command->name; command++)
                if (is_word_of(command, word, whole == 1))
                    return command;
    return NULL;
}

static void do_command(struct plain *plain, const struct command *command)
{
    struct view *view = view_top(plain->app);

    if (command_possible(view, command))
        command->run(view);
    else
        app_warn(plain->app, N_("\"%p\" cannot be done here now."),
                 label_argument(&command->label));
    plain->again = true;
}

static void tell_command(struct plain *plain, const struct command *command)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text label = app_label(plain->app, arena, &command->label),
                help = app_label(plain->app, arena, &command->help);

    if (!(command->flags & COMMAND_SCREEN) && command_possible(view_top(plain->app), command))
        plain_printf(plain, "%s (%.*s): %.*s", command->name, (int)label.len, label.data,
                     (int)help.len, help.data);
}

static void tell_help(struct plain *plain)
{
    static const char *const ways[] = {
        N_("A number opens that row. A number and a word do something with that row: 3 "
           "history"),
        N_("/ and words find or filter; / alone shows everything again"),
        N_(": and words find any command or screen"),
        N_("Enter alone tells the next page, - the one before, = this one again"),
        N_("Keys go by their names: Tab, F8, PgDn. ^ goes back, quit leaves the program"),
    };
    const struct view *view = view_top(plain->app);

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        plain_words(plain, ways[i]);
    for (const struct command *command = view->type->commands; command && command->name;
         command++)
        tell_command(plain, command);
    for (const struct command *command = app_commands; command->name; command++)
        tell_command(plain, command);
}

/* "F8", "Tab", "Ctrl+O" or a single letter, as on the screen. */
static bool press_named(struct plain *plain, struct text word)
{
    AUTO_BUFFER struct buffer name = { 0 };
    struct text rest;
    struct key key;
    int count;

    buffer_printf(&name, word.len > 1 ? "<%.*s>" : "%.*s", (int)word.len, word.data);
    rest = buffer_as_text(&name);
    if (!key_script(&key, &count, &rest) || rest.len > 0 ||
        (key.code == TKEY_CHARACTER && view_typing(view_top(plain->app))))
        return false;
    app_key(plain->app, &key);
    if (key.code == TKEY_END || key.code == TKEY_PAGE_DOWN || key.code == TKEY_PAGE_UP)
        plain_page(plain)->number = 1; /* the rows begin where the cursor went */
    plain->again = true;
    return true;
}

/* What narrows a screen down: its own filter, or a menu that it opens for that. */
static void find(struct plain *plain, const char *name, struct text words)
{
    const struct command *command = command_of_word(view_top(plain->app), text_of(name));
    struct view *view = view_top(plain->app);

    if (!command || !command_possible(view, command)) {
        plain_words(plain, N_("There is nothing to find here."));
        return;
    }
    command->run(view);
    plain->again = true;
    if (view_top(plain->app) != view) {
        plain_type(plain, words);
        return;
    }
    plain_press(plain, TKEY_CTRL('U'));
    if (words.len > 0)
        plain_type(plain, words);
    plain_press(plain, TKEY_ENTER);
    plain_page(plain)->at = plain_page(plain)->number = 0;
    plain_press(plain, TKEY_HOME);
}

static const char *finder(const struct view *view)
{
    const struct command *command = view->type->commands;

    for (; command && command->name; command++)
        if (command->key.code == TKEY_F3)
            return command->name;
    return "-";
}

bool plain_command(struct plain *plain, struct text answer)
{
    struct view *view = view_top(plain->app);
    const struct command *command;

    if (text_is(answer, "^"))
        plain_press(plain, TKEY_ESCAPE);
    else if (text_is(answer, "quit")) {
        app_keep(plain->app);
        plain->app->quit = true;
    } else if (text_is(answer, "?")) {
        tell_help(plain);
        return true;
    } else if (answer.len > 0 && answer.data[0] == '/')
        find(plain, finder(view), text_trim((struct text){ answer.data + 1, answer.len - 1 }));
    else if (answer.len > 0 && answer.data[0] == ':')
        find(plain, "commands", text_trim((struct text){ answer.data + 1, answer.len - 1 }));
    else if (text_is(answer, "="))
        plain->again = true;
    else if ((command = command_of_word(view, answer)) != NULL)
        do_command(plain, command);
    else
        return press_named(plain, answer);
    plain->again = true;
    return true;
}

/* ---- the loop ---- */

/* Others may have saved; and what goes on in slices is finished before anything is told. */
static void settle(struct plain *plain)
{
    struct app *app = plain->app;
    uint64_t size;

    while (app_idle(app))
        continue;
    app_rest(app);
    while (app_idle(app))
        continue;
    app_keep(app);
    if (app->store && store_size(app->store, &size) == ERR_OK && size != plain->size_seen) {
        plain->size_seen = size;
        app_refresh(app);
    }
}

static void turn(struct plain *plain)
{
    struct view *view = view_top(plain->app);

    if (view->type == &menu_view)
        plain_menu(plain, view);
    else if (view->type == &form_view)
        plain_form(plain, view);
    else if (view->type == &confirm_view)
        plain_confirm(plain, view);
    else if (view->type == &sign_in_view || view->type == &second_view)
        plain_pair(plain, view);
    else
        plain_screen(plain, view);
}

void plain_run(struct app *app, const struct plain_io *io)
{
    struct plain plain = { .app = app, .io = io, .again = true };

    plain.canvas = canvas_new(PLAIN_ROWS, PLAIN_COLUMNS);
    app->lines = true;
    plain_tell(&plain, TEXT("Tidewaiter"));
    plain_words(&plain,
                N_("Answer a prompt with a number or a word. ? lists what can be done."));
    while (!app->quit && app->count > 0 && !plain.ended) {
        settle(&plain);
        tell_messages(&plain);
        tell_officer(&plain);
        tell_path(&plain);
        turn(&plain);
    }
    tell_messages(&plain);
    app_keep(app);
    canvas_free(plain.canvas);
    buffer_free(&plain.path);
}
