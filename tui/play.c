/* Playing a script: keys in, screens out, without a terminal. Golden files of the tests and pictures of README and
 * manual are made so.
 *
 *   # a comment              size 80x24            lang zh|en|both
 *   as desk                  signs in (demo)       keys <Down*3><Enter>魚翅
 *   screen [NAME]            prints the screen     svg FILE [caption]
 *   find TEXT                ends with a failure where the screen does not show it
 */
#include "tui/play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/seams.h"
#include "tui/view/views.h"

struct player {
    struct app app;
    struct canvas *canvas;
    const struct play_sink *sink;
    size_t line;
};

static void settle(struct player *player)
{
    while (app_idle(&player->app))
        ;
    app_rest(&player->app);
    while (app_idle(&player->app))
        ;
    app_draw(&player->app, player->canvas);
}

static enum err play_keys(struct player *player, struct text keys)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text rest = keys;

    while (rest.len > 0) {
        struct key key;
        int count = 1;

        if (!key_script(&key, &count, &rest))
            return fail(ERR_INVALID, N_("Line %zu: there is no such key: %s"), player->line,
                        arena_string(arena, rest));
        for (int i = 0; i < count; i++) {
            app_draw(&player->app, player->canvas);
            app_key(&player->app, &key);
            while (app_idle(&player->app))
                ;
        }
    }
    return ERR_OK;
}

static enum err play_size(struct player *player, struct text size)
{
    char copy[32];
    int rows, columns;

    snprintf(copy, sizeof copy, "%.*s", (int)size.len, size.data);
    if (sscanf(copy, "%dx%d", &columns, &rows) != 2 || rows < 1 || columns < 1 || rows > 500 ||
        columns > 1000)
        return fail(ERR_INVALID, N_("Line %zu: a size is written as 80x24."), player->line);
    canvas_resize(player->canvas, rows, columns);
    return ERR_OK;
}

static enum err play_language(struct player *player, struct text name)
{
    if (!language_parse(&player->app.session.language, name))
        return fail(ERR_USAGE, N_("--lang is zh, en or both."));
    app_refresh(&player->app);
    return ERR_OK;
}

static enum err play_as(struct player *player, struct text who)
{
    enum language language = player->app.session.language;

    TRY(account_sign_in_demo(&player->app.session, who));
    player->app.session.language = language;
    home_open(&player->app);
    return ERR_OK;
}

static enum err play_screen(struct player *player, struct text name)
{
    AUTO_BUFFER struct buffer out = { 0 };

    settle(player);
    if (name.len > 0)
        buffer_printf(&out, "== %.*s\n", (int)name.len, name.data);
    canvas_text(&out, player->canvas);
    return player->sink->write(player->sink->context, buffer_bytes(&out));
}

static enum err play_svg(struct player *player, struct text arguments)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer out = { 0 };
    struct text caption, file = text_split(arguments, ' ', &caption);

    settle(player);
    canvas_svg(&out, player->canvas, text_present(caption) ? caption : TEXT("Tidewaiter"));
    return file_replace(arena_string(arena, file), buffer_bytes(&out), 0644);
}

static enum err play_find(struct player *player, struct text wanted)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer out = { 0 };
    char *screen;

    settle(player);
    canvas_text(&out, player->canvas);
    screen = arena_string(arena, buffer_as_text(&out));
    if (!strstr(screen, arena_string(arena, wanted)))
        return fail(ERR_MISSING, N_("Line %zu: the screen does not show \"%s\"."), player->line,
                    arena_string(arena, wanted));
    return ERR_OK;
}

static enum err play_line(struct player *player, struct text line)
{
    static const struct {
        const char *word;
        enum err (*play)(struct player *player, struct text arguments);
    } words[] = {
        { "keys", play_keys }, { "size", play_size },     { "lang", play_language },
        { "as", play_as },     { "screen", play_screen }, { "svg", play_svg },
        { "find", play_find },
    };
    AUTO_ARENA struct arena *arena = arena_new();
    struct text arguments, word = text_split(line, ' ', &arguments);

    if (word.len == 0 || word.data[0] == '#')
        return ERR_OK;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_is(word, words[i].word))
            return words[i].play(player, text_present(arguments) ? arguments : TEXT(""));
    return fail(ERR_INVALID,
                N_("Line %zu: \"%s\" is no word of a script (keys, size, lang, as, screen, "
                   "svg, find)."),
                player->line, arena_string(arena, word));
}

static enum err play_all(struct player *player, struct text script)
{
    struct text rest = script;

    while (text_present(rest)) {
        player->line++;
        TRY(play_line(player, text_split(rest, '\n', &rest)));
    }
    return ERR_OK;
}

static enum err script_read(struct command_line *line, struct arena *arena, struct text *out)
{
    struct bytes content;

    TRY(file_read(arena, strcmp(line->words[0], "-") == 0 ? "/dev/stdin" : line->words[0],
                  1 << 20, &content));
    *out = (struct text){ (const char *)content.data, content.len };
    if (!text_is_utf8(*out))
        return fail(ERR_INVALID, N_("The script is not in UTF-8."));
    return ERR_OK;
}

enum err play_script(struct store *store, struct codes *codes, enum language language,
                     struct text script, const struct play_sink *sink)
{
    struct player *player = memory_new(sizeof *player);
    enum err err;

    player->sink = sink;
    player->canvas = canvas_new(24, 80);
    app_start(&player->app, store, codes, language);
    sign_in_open(&player->app);
    err = play_all(player, script);
    app_end(&player->app);
    canvas_free(player->canvas);
    free(player);
    return err;
}

enum err run_play(struct command_line *line)
{
    static const struct play_sink output = { out_write, NULL };
    AUTO_ARENA struct arena *arena = arena_new();
    struct text script;
    struct seat seat = { 0 };
    enum err err;

    if (line->count < 1)
        return fail(ERR_USAGE,
                    N_("Say which script: a file of keys, or - for standard input."));
    TRY(script_read(line, arena, &script));
    err = store_open(&seat.store, line->store ? line->store : ".", STORE_WRITABLE);
    if (err == ERR_OK) {
        seat.codes = codes_new(seat.store);
        err = codes_refresh(seat.codes);
    }
    if (err == ERR_OK)
        err = play_script(seat.store, seat.codes, line->language, script, &output);
    seat_close(&seat);
    return err;
}
