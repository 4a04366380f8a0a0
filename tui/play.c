#include "tui/play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/seams.h"
#include "i18n/text.h"
#include "tui/view/views.h"

enum { SESSIONS = 4, NAME = 32, INCLUDED = 8, UNTIL_MS = 60000, STEP_MS = 500 };

/* One window of the script. */
struct window {
    char name[NAME];
    struct app app;
    struct codes *codes;
    struct canvas *canvas;
};

struct player {
    struct store *store;
    const struct play_sink *sink;
    struct window *windows[SESSIONS];
    size_t count, at;
    const char *path; /* of the script that is read now */
    int depth;
    bool told; /* where it failed has been said */
};

static struct window *window(struct player *player)
{
    return player->windows[player->at];
}

static void settle(struct player *player)
{
    struct app *app = &window(player)->app;

    while (app_idle(app))
        ;
    app_rest(app);
    while (app_idle(app))
        ;
    app_draw(app, window(player)->canvas);
}

static enum err window_open(struct player *player, struct text name, enum language language)
{
    const struct canvas *like = player->count > 0 ? window(player)->canvas : NULL;
    struct window *new;

    if (player->count == SESSIONS)
        return fail(ERR_INVALID, N_("A script has at most %d sessions."), (int)SESSIONS);
    if (name.len == 0 || name.len >= NAME)
        return fail(ERR_INVALID, N_("A session needs a name of at most %d bytes."), NAME - 1);
    new = memory_new(sizeof *new);
    memcpy(new->name, name.data, name.len);
    new->canvas = canvas_new(like ? like->rows : 24, like ? like->columns : 80);
    new->codes = codes_new(player->store);
    player->at = player->count++;
    player->windows[player->at] = new;
    app_start(&new->app, player->store, new->codes, language);
    sign_in_open(&new->app);
    return codes_refresh(new->codes);
}

static void window_close(struct window *window)
{
    app_end(&window->app);
    codes_free(window->codes);
    canvas_free(window->canvas);
    free(window);
}

/* ---- what the officer does ---- */

static void press(struct player *player, const struct key *key)
{
    struct window *now = window(player);

    app_draw(&now->app, now->canvas);
    app_key(&now->app, key);
    while (app_idle(&now->app))
        ;
}

static enum err play_keys(struct player *player, struct text keys)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text rest = keys;

    while (rest.len > 0) {
        struct key key;
        int count = 1;

        if (!key_script(&key, &count, &rest))
            return fail(ERR_INVALID, N_("There is no such key: %s"), arena_string(arena, rest));
        for (int i = 0; i < count; i++)
            press(player, &key);
    }
    return ERR_OK;
}

static enum err play_type(struct player *player, struct text typed)
{
    size_t at = 0;

    while (at < typed.len) {
        struct key key = { .code = TKEY_CHARACTER };
        bool valid;

        at += text_decode(typed.data + at, typed.len - at, &key.point, &valid);
        press(player, &key);
    }
    return ERR_OK;
}

/* "\n" in the script is a line feed of the paste. */
static enum err play_paste(struct player *player, struct text pasted)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct key key = { .code = TKEY_PASTE };

    for (size_t i = 0; i < pasted.len; i++) {
        bool feed = pasted.data[i] == '\\' && i + 1 < pasted.len && pasted.data[i + 1] == 'n';

        buffer_byte(&out, feed ? '\n' : (uint8_t)pasted.data[i]);
        i += feed;
    }
    key.paste = buffer_as_text(&out);
    press(player, &key);
    return ERR_OK;
}

/* The first place of a text on the screen, row by row. */
static bool find(const struct canvas *canvas, struct text wanted, int *row, int *column)
{
    for (*row = 0; *row < canvas->rows; (*row)++) {
        AUTO_BUFFER struct buffer line = { 0 };
        const char *start, *found;
        size_t bytes = 0;

        for (int i = 0; i < canvas->columns; i++)
            buffer_put(&line, canvas_cell(canvas, *row, i)->text,
                       canvas_cell(canvas, *row, i)->len);
        start = buffer_as_text(&line).data;
        found = memmem(start, line.len, wanted.data, wanted.len);
        if (!found)
            continue;
        for (*column = 0; bytes < (size_t)(found - start); (*column)++)
            bytes += canvas_cell(canvas, *row, *column)->len;
        return true;
    }
    return false;
}

static enum err not_shown(struct text wanted)
{
    AUTO_ARENA struct arena *arena = arena_new();

    return fail(ERR_MISSING, N_("The screen does not show \"%s\"."),
                arena_string(arena, wanted));
}

static enum err play_click(struct player *player, struct text wanted)
{
    struct key key = { .code = TKEY_MOUSE, .button = 1, .clicks = 1 };

    settle(player);
    if (!find(window(player)->canvas, wanted, &key.row, &key.column))
        return not_shown(wanted);
    press(player, &key);
    return ERR_OK;
}

/* Terminals send both clicks; the second one is known for it. */
static enum err play_double_click(struct player *player, struct text wanted)
{
    struct key key = { .code = TKEY_MOUSE, .button = 1, .clicks = 2 };

    TRY(play_click(player, wanted));
    settle(player);
    if (!find(window(player)->canvas, wanted, &key.row, &key.column))
        return not_shown(wanted);
    press(player, &key);
    return ERR_OK;
}

static enum err play_wheel(struct player *player, struct text way)
{
    struct key key = { .code = TKEY_MOUSE,
                       .row = window(player)->canvas->rows / 2,
                       .column = window(player)->canvas->columns / 2 };

    if (!text_is(way, "up") && !text_is(way, "down"))
        return fail(ERR_INVALID, N_("The wheel turns up or down."));
    key.button = text_is(way, "up") ? 4 : 5;
    press(player, &key);
    return ERR_OK;
}

static enum err play_size(struct player *player, struct text size)
{
    struct key key = { .code = TKEY_RESIZE };
    char copy[32];

    snprintf(copy, sizeof copy, "%.*s", (int)size.len, size.data);
    if (sscanf(copy, "%dx%d", &key.column, &key.row) != 2 || key.row < 1 || key.column < 1 ||
        key.row > 500 || key.column > 1000)
        return fail(ERR_INVALID, N_("A size is written as 80x24."));
    canvas_resize(window(player)->canvas, key.row, key.column);
    press(player, &key);
    return ERR_OK;
}

static enum err play_language(struct player *player, struct text name)
{
    if (!language_parse(&window(player)->app.session.language, name))
        return fail(ERR_USAGE, N_("--lang is zh, en or both."));
    app_refresh(&window(player)->app);
    return ERR_OK;
}

/* The officer who was there signs out first. */
static enum err play_as(struct player *player, struct text who)
{
    struct window *now = window(player);
    enum language language = now->app.session.language;

    if (now->app.session.officer != 0) {
        account_sign_out(&now->app.session);
        app_end(&now->app);
        app_start(&now->app, player->store, now->codes, language);
        sign_in_open(&now->app);
    }
    TRY(account_sign_in_demo(&now->app.session, who));
    now->app.session.language = language;
    home_open(&now->app);
    return ERR_OK;
}

static enum err play_session(struct player *player, struct text name)
{
    for (size_t i = 0; i < player->count; i++)
        if (text_is(name, player->windows[i]->name)) {
            player->at = i;
            return ERR_OK;
        }
    return window_open(player, name, app_language(&window(player)->app));
}

/* Nobody types: what the program does of itself at rest is done. */
static void rest(struct player *player, int ms)
{
    clock_forward(ms);
    settle(player);
    app_look_around(&window(player)->app);
}

static enum err play_wait(struct player *player, struct text time)
{
    AUTO_ARENA struct arena *arena = arena_new();
    char *end, *digits = arena_string(arena, time);
    long ms = strtol(digits, &end, 10);

    if (end == digits || *end != '\0' || ms < 0 || ms > 1000000000)
        return fail(ERR_INVALID, N_("A wait is written in milliseconds: wait 3000"));
    rest(player, (int)ms);
    return ERR_OK;
}

/* ---- what the script looks at ---- */

static bool is_shown(struct player *player, struct text wanted)
{
    int row, column;

    settle(player);
    return find(window(player)->canvas, wanted, &row, &column);
}

static enum err play_find(struct player *player, struct text wanted)
{
    return is_shown(player, wanted) ? ERR_OK : not_shown(wanted);
}

static enum err play_expect(struct player *player, struct text wanted)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text forbidden;

    if (!text_is(text_split(wanted, ' ', &forbidden), "not") || !text_present(forbidden))
        return play_find(player, wanted);
    if (is_shown(player, forbidden))
        return fail(ERR_INVALID, N_("The screen shows \"%s\"."),
                    arena_string(arena, forbidden));
    return ERR_OK;
}

static enum err play_until(struct player *player, struct text wanted)
{
    for (int waited = 0; !is_shown(player, wanted); waited += STEP_MS) {
        if (waited >= UNTIL_MS)
            return not_shown(wanted);
        rest(player, STEP_MS);
    }
    return ERR_OK;
}

/* All windows in one picture, each beside the last. */
static struct canvas *side_by_side(struct player *player)
{
    enum { GAP = 2 };
    size_t now = player->at;
    int rows = 1, columns = -GAP, left = 0;
    struct canvas *all;

    for (size_t i = 0; i < player->count; i++) {
        const struct canvas *one = player->windows[i]->canvas;

        rows = one->rows > rows ? one->rows : rows;
        columns += one->columns + GAP;
    }
    all = canvas_new(rows, columns);
    for (player->at = 0; player->at < player->count; player->at++) {
        const struct canvas *one = window(player)->canvas;

        settle(player);
        canvas_place(all, 0, left, one);
        if (player->at == now && one->cursor_row >= 0)
            canvas_cursor(all, one->cursor_row, left + one->cursor_column);
        left += one->columns + GAP;
    }
    player->at = now;
    return all;
}

static enum err put_screen(struct player *player, struct text name, const struct canvas *canvas)
{
    AUTO_BUFFER struct buffer out = { 0 };

    if (name.len > 0)
        buffer_printf(&out, "== %.*s\n", (int)name.len, name.data);
    canvas_text(&out, canvas);
    return player->sink->write(player->sink->context, buffer_bytes(&out));
}

static enum err play_screen(struct player *player, struct text name)
{
    settle(player);
    return put_screen(player, name, window(player)->canvas);
}

static enum err play_screen_all(struct player *player, struct text name)
{
    struct canvas *all = side_by_side(player);
    enum err err = put_screen(player, name, all);

    canvas_free(all);
    return err;
}

static enum err put_svg(struct text arguments, const struct canvas *canvas)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer out = { 0 };
    struct text caption, file = text_split(arguments, ' ', &caption);

    if (file.len == 0)
        return fail(ERR_INVALID, N_("Say into which file the picture goes."));
    canvas_svg(&out, canvas, text_present(caption) ? caption : TEXT("Tidewaiter"));
    return file_replace(arena_string(arena, file), buffer_bytes(&out), 0644);
}

static enum err play_svg(struct player *player, struct text arguments)
{
    settle(player);
    return put_svg(arguments, window(player)->canvas);
}

static enum err play_svg_all(struct player *player, struct text arguments)
{
    struct canvas *all = side_by_side(player);
    enum err err = put_svg(arguments, all);

    canvas_free(all);
    return err;
}

/* ---- the script ---- */

static enum err play_all(struct player *player, struct text text);

static enum err script_read(const char *path, struct arena *arena, struct text *out)
{
    struct bytes content;

    TRY(file_read(arena, path, 1 << 20, &content));
    *out = (struct text){ (const char *)content.data, content.len };
    if (!text_is_utf8(*out))
        return fail(ERR_INVALID, N_("The script is not in UTF-8."));
    return ERR_OK;
}

static enum err play_include(struct player *player, struct text name)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const char *path = player->path, *slash = strrchr(path, '/');
    const char *file = arena_string(arena, name);
    struct text text;
    enum err err;

    if (player->depth == INCLUDED)
        return fail(ERR_INVALID, N_("Scripts include one another too deeply."));
    if (slash && file[0] != '/')
        file = arena_printf(arena, "%.*s/%s", (int)(slash - path), path, file).data;
    TRY(script_read(file, arena, &text));
    player->path = file;
    player->depth++;
    err = play_all(player, text);
    player->path = path;
    player->depth--;
    return err;
}

const struct play_word play_words[] = {
    { "as", "NUMBER",
      L("signs in, in a demonstration store: a staff number, desk, supervisor, clerk",
        "於示範資料庫登入：職員編號，或desk、supervisor、clerk"),
      play_as },
    { "keys", "<Down*3><Enter>TEXT",
      L("presses keys by their names, and types what stands between; <lt> is <",
        "按下以名稱表示的按鍵，其間文字照樣輸入；<lt>即<"),
      play_keys },
    { "type", "TEXT", L("types the text as it stands", "照樣輸入文字"), play_type },
    { "paste", "TEXT", L("pastes it at once; \\n is a line feed", "一次貼上；\\n即換行"),
      play_paste },
    { "click", "TEXT", L("clicks upon the text on the screen", "按一下畫面上的文字"),
      play_click },
    { "double-click", "TEXT", L("clicks twice upon it", "連按兩下"), play_double_click },
    { "wheel", "up|down", L("turns the wheel of the mouse", "轉動滑鼠滾輪"), play_wheel },
    { "size", "80x24", L("makes the window as large", "設定視窗大小"), play_size },
    { "lang", "zh|en|both", L("changes the language", "更改語文"), play_language },
    { "session", "NAME",
      L("goes to another window upon the same store, and opens it at first; the first is 1",
        "轉至同一資料庫的另一視窗，首次使用時開啟；最初的視窗名為1"),
      play_session },
    { "wait", "MS", L("puts the clock forward while nobody types", "時鐘向前，其間無人輸入"),
      play_wait },
    { "until", "TEXT",
      L("waits until the screen shows the text, at most a minute of the script's time",
        "等候至畫面顯示該文字，以腳本時間一分鐘為限"),
      play_until },
    { "expect", "[not] TEXT",
      L("fails where the screen does not show the text, or does",
        "畫面沒有(或有)顯示該文字，即告失敗"),
      play_expect },
    { "find", "TEXT", L("the same as expect", "與expect相同"), play_find },
    { "screen", "[NAME]", L("prints the screen", "輸出畫面"), play_screen },
    { "screen-all", "[NAME]", L("prints all windows side by side", "並列輸出各視窗畫面"),
      play_screen_all },
    { "svg", "FILE [CAPTION]", L("writes the screen as a picture", "將畫面儲存為圖片"),
      play_svg },
    { "svg-all", "FILE [CAPTION]",
      L("writes all windows side by side as a picture", "將各視窗並列儲存為圖片"),
      play_svg_all },
    { "include", "FILE", L("plays another script here", "在此執行另一腳本"), play_include },
    { NULL, NULL, { NULL, NULL }, NULL },
};

static enum err play_line(struct player *player, struct text line)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer known = { 0 };
    struct text arguments, word = text_split(line, ' ', &arguments);

    if (word.len == 0 || word.data[0] == '#')
        return ERR_OK;
    for (const struct play_word *row = play_words; row->word; row++) {
        if (text_is(word, row->word))
            return row->play(player, text_present(arguments) ? arguments : TEXT(""));
        buffer_printf(&known, "%s%s", known.len > 0 ? ", " : "", row->word);
    }
    return fail(ERR_INVALID, N_("\"%s\" is no word of a script. There are: %s."),
                arena_string(arena, word), arena_string(arena, buffer_as_text(&known)));
}

/* File and line, and what the screen was. */
static enum err tell(struct player *player, size_t line, enum err err)
{
    AUTO_ARENA struct arena *arena = arena_new();
    enum language language = app_language(&window(player)->app);
    char *why = arena_string(arena, failure_sentence(arena, language));

    player->told = true;
    settle(player);
    (void)put_screen(player, TEXT("the script ended here"), window(player)->canvas);
    return fail(err, N_("%s, line %zu: %s"), player->path, line, why);
}

static enum err play_all(struct player *player, struct text text)
{
    struct text rest = text;

    for (size_t line = 1; text_present(rest); line++) {
        enum err err = play_line(player, text_split(rest, '\n', &rest));

        if (err != ERR_OK)
            return player->told ? err : tell(player, line, err);
    }
    return ERR_OK;
}

enum err play_script(struct store *store, enum language language,
                     const struct play_script *script, const struct play_sink *sink)
{
    struct player *player = memory_new(sizeof *player);
    enum err err;

    player->store = store;
    player->sink = sink;
    player->path = script->path;
    err = window_open(player, TEXT("1"), language);
    if (err == ERR_OK)
        err = play_all(player, script->text);
    while (player->count > 0)
        window_close(player->windows[--player->count]);
    free(player);
    return err;
}

enum err run_play(struct command_line *line)
{
    static const struct play_sink output = { out_write, NULL };
    AUTO_ARENA struct arena *arena = arena_new();
    struct play_script script;
    struct store *store;
    enum err err;

    if (line->count < 1)
        return fail(ERR_USAGE,
                    N_("Say which script: a file of keys, or - for standard input."));
    script.path = line->words[0];
    TRY(script_read(strcmp(script.path, "-") == 0 ? "/dev/stdin" : script.path, arena,
                    &script.text));
    TRY(store_open(&store, line->store ? line->store : ".", STORE_WRITABLE));
    err = play_script(store, line->language, &script, &output);
    store_close(store);
    return err;
}
