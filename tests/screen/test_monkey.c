/* A monkey at the keyboard: random keys, pastes, clicks, sizes and languages over all screens, in two sessions upon one store,
 * with a clock that jumps and a power that fails. Nothing may crash, every frame is sound, what was typed into an open form is
 * there again after the power failed, and the store verifies at the end.
 *
 * MONKEY_KEYS says how many keys (1000000 for the long run), CHECK_SEED repeats a run, MONKEY_TRACE=1 prints each key. */
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/crypto.h"
#include "core/base/seams.h"
#include "core/change/desk.h"
#include "core/change/verify.h"
#include "core/exchange/demo.h"
#include "i18n/text.h"
#include "tests/screen/soundness.h"
#include "tui/view/form_parts.h"

enum { KEYS_USUAL = 10000, WINDOWS = 2, SLICES_MOST = 400, FAILS_EVERY = 400 };

struct window {
    struct app app;
    struct codes *codes;
    struct canvas *canvas;
};

static char place[64];
static struct seams clocks;
static int64_t now = INT64_C(1795136400000), ticks = 1000;
static struct store *store;
static struct window windows[WINDOWS];
static long pressed;
static bool seen[32]; /* by the order of view_types */

static int64_t monkey_now(void)
{
    return now;
}

static int64_t monkey_monotonic(void)
{
    return ticks;
}

static int below(int most)
{
    return rand() % most;
}

/* ---- what is typed ---- */

static const uint32_t odd_points[] = {
    0x00,    0x07,    0x1B,    0x7F,     0x85,   0x9B,   0xA0,    0xAD,    0x300,   0x20DD,
    0x200B,  0x200D,  0x200F,  0x202E,   0x2066, 0x2028, 0x3000,  0xFEFF,  0xFE0F,  0xFFFD,
    0xFFFE,  0xFFFF,  0xE000,  0xF8FF,   0xFF21, 0xFF1A, 0x1F600, 0x1F1ED, 0x20BB7, 0x2A6D6,
    0x2F804, 0x2FFFE, 0xE0041, 0x10FFFF, 0x5D0,  0x627,  0xE01,   0xAC00,  0x1100,  0xA66F
};

static const char *const phrases[] = {
    "魚翅",        "KCT/23/00003-K",
    "E-000004",    "desk",
    "demo",        "D-1187",
    "2023-06-21",  "t",
    "n",           ".",
    "state:C01",   "-title:",
    "value:>1000", "opened:2023..",
    "\"",          "60; 586",
    "secret",      "restrict",
    "shelve",      "note",
    "KC-R1-02",    "A000001",
    "15 kg",       "yes",
    "1,000,000",   "中文 | English",
    "a|b|c",       "\\",
    "線人來電𨋢",  "C-1",
    "person",      "END.SHF",
};

static uint32_t random_point(void)
{
    int kind = below(20);

    if (kind < 9)
        return (uint32_t)(' ' + below(95));
    if (kind < 14)
        return (uint32_t)(0x4E00 + below(0x5000));
    if (kind < 15)
        return (uint32_t)below(0x110000);
    return odd_points[(size_t)below((int)(sizeof odd_points / sizeof *odd_points))];
}

static void put_point(struct buffer *out, uint32_t point)
{
    if (point >= 0xD800 && point <= 0xDFFF)
        point = 0xFFFD;
    if (point < 0x80) {
        buffer_byte(out, (uint8_t)point);
    } else if (point < 0x800) {
        buffer_byte(out, (uint8_t)(0xC0 | point >> 6));
        buffer_byte(out, (uint8_t)(0x80 | (point & 0x3F)));
    } else if (point < 0x10000) {
        buffer_byte(out, (uint8_t)(0xE0 | point >> 12));
        buffer_byte(out, (uint8_t)(0x80 | (point >> 6 & 0x3F)));
        buffer_byte(out, (uint8_t)(0x80 | (point & 0x3F)));
    } else {
        buffer_byte(out, (uint8_t)(0xF0 | point >> 18));
        buffer_byte(out, (uint8_t)(0x80 | (point >> 12 & 0x3F)));
        buffer_byte(out, (uint8_t)(0x80 | (point >> 6 & 0x3F)));
        buffer_byte(out, (uint8_t)(0x80 | (point & 0x3F)));
    }
}

/* The terminal's reader strips controls but line feeds from a paste; a test of that is test_input's. */
static void random_paste(struct buffer *out)
{
    int count = below(50) == 0 ? below(20000) : below(60);

    for (int i = 0; i < count; i++) {
        uint32_t point = random_point();

        put_point(out, point < 0x20 || (point >= 0x7F && point < 0xA0) ? '\n' : point);
    }
}

/* ---- a window ---- */

static struct key of(enum key_code code)
{
    return (struct key){ .code = code };
}

static void trace(const struct key *key)
{
    char name[16];

    if (!getenv("MONKEY_TRACE"))
        return;
    key_text(name, key);
    fprintf(stderr, "%ld %s %s\n", pressed, name,
            windows[0].app.count > 0 ? view_top(&windows[0].app)->type->name : "");
}

static void look(struct window *window)
{
    for (int i = 0; i < SLICES_MOST && app_idle(&window->app); i++)
        ticks += 3;
    app_draw(&window->app, window->canvas);
    for (int i = 0; view_types[i] && window->app.count > 0; i++)
        seen[i] = seen[i] || view_top(&window->app)->type == view_types[i];
    assert_sound(window->canvas,
                 window->app.count > 0 ? view_top(&window->app)->type->name : "");
}

static void open_window(struct window *window)
{
    app_start(&window->app, store, window->codes, (enum language)below(3));
    sign_in_open(&window->app);
}

static void sign_in(struct window *window)
{
    static const char *const people[] = { "D-1187", "D-1199", "C-0297", "C-0311", "S-0102",
                                          "P-0021", "A-0007", "X-0001", "desk",   "clerk" };
    struct app *app = &window->app;
    enum language language = app_language(app);

    if (account_sign_in_demo(
            &app->session,
            text_of(people[(size_t)below((int)(sizeof people / sizeof *people))])) == ERR_OK)
        home_open(app);
    app->session.language = language;
}

static void press(struct window *window, const struct key *key)
{
    struct app *app = &window->app;

    pressed++;
    trace(key);
    app_key(app, key);
    ticks += below(200);
    now += below(2000);
    if (app->count > 0 && !app->quit) {
        look(window);
        return;
    }
    app_end(app);
    open_window(window);
    look(window);
}

static void type_word(struct window *window, const char *word)
{
    struct text rest = text_of(word);
    size_t at = 0;

    while (at < rest.len) {
        struct key key = { .code = TKEY_CHARACTER };
        bool valid;

        at += text_decode(rest.data + at, rest.len - at, &key.point, &valid);
        press(window, &key);
    }
}

static void resize(struct window *window)
{
    static const int rows[] = { 24, 43, 1, 10, 24, 30, 60 },
                     columns[] = { 80, 132, 1, 40, 80, 100, 200 };
    struct key key = of(TKEY_RESIZE);
    int size = below(3) ? below(2) : below(7);

    key.row = rows[size];
    key.column = columns[size];
    canvas_resize(window->canvas, key.row, key.column);
    press(window, &key);
}

static void click(struct window *window)
{
    static const int buttons[] = { 1, 1, 1, 4, 5, 2, 3, 9 };
    struct key key = of(TKEY_MOUSE);

    key.row = below(window->canvas->rows + 2);
    key.column = below(window->canvas->columns + 2);
    key.button = buttons[below(8)];
    key.clicks = 1 + below(2);
    press(window, &key);
}

static void paste(struct window *window)
{
    AUTO_BUFFER struct buffer text = { 0 };
    struct key key = of(TKEY_PASTE);

    random_paste(&text);
    key.paste = buffer_as_text(&text);
    press(window, &key);
}

/* Hours, days, and back again: a clock is set right while people work. */
static void jump(struct window *window)
{
    now += (int64_t)(below(7) - 2) * 3600000 * (below(4) ? 1 : 24 * 400);
    ticks += below(100000);
    app_look_around(&window->app);
    look(window);
}

/* ---- ways into the deep of the program: the scripts of test_golden ---- */

static glob_t scripts;
static void fail_power(struct window *window);

static void travel(struct window *window, struct text keys)
{
    struct text rest = keys;

    while (rest.len > 0) {
        struct key key;
        int count = 1;

        if (!key_script(&key, &count, &rest))
            return;
        for (int i = 0; i < count; i++)
            press(window, &key);
    }
}

static void sign_in_as(struct window *window, struct text who)
{
    struct app *app = &window->app;

    app_keep(app);
    app_end(app);
    open_window(window);
    if (account_sign_in_demo(&app->session, who) == ERR_OK)
        home_open(app);
}

/* Sometimes somebody is called away in the middle, or the power fails. */
static void follow(struct text script)
{
    struct text rest = script;
    int at = 0;

    while (text_present(rest)) {
        struct text line = text_split(rest, '\n', &rest), arguments;
        struct text word = text_split(line, ' ', &arguments);

        if (text_is(word, "session"))
            at = text_is(arguments, "1") ? 0 : 1;
        else if (text_is(word, "as"))
            sign_in_as(&windows[at], arguments);
        else if (text_is(word, "keys"))
            travel(&windows[at], arguments);
        if (below(60) == 0)
            fail_power(&windows[at]);
        if (below(60) == 0)
            return;
    }
}

static void follow_any(void)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct bytes content;

    assert_int_equal(file_read(arena, scripts.gl_pathv[below((int)scripts.gl_pathc)], 1 << 20,
                               &content),
                     ERR_OK);
    follow((struct text){ (const char *)content.data, content.len });
}

/* ---- anything ---- */

static const enum key_code usual[] = {
    TKEY_DOWN,      TKEY_DOWN,      TKEY_UP,        TKEY_ENTER,     TKEY_ENTER,
    TKEY_ENTER,     TKEY_TAB,       TKEY_TAB,       TKEY_BACKTAB,   TKEY_ESCAPE,
    TKEY_PAGE_DOWN, TKEY_PAGE_UP,   TKEY_HOME,      TKEY_END,       TKEY_LEFT,
    TKEY_RIGHT,     TKEY_BACKSPACE, TKEY_DELETE,    TKEY_F2,        TKEY_F3,
    TKEY_F4,        TKEY_F5,        TKEY_F6,        TKEY_F7,        TKEY_F7,
    TKEY_F8,        TKEY_F8,        TKEY_F9,        TKEY_F10,       TKEY_F10,
    TKEY_CTRL('T'), TKEY_CTRL('Z'), TKEY_CTRL('S'), TKEY_CTRL('Y'), TKEY_INSERT,
    TKEY_SCAN,
};

static void random_key(struct window *window)
{
    struct key key = of(usual[(size_t)below((int)(sizeof usual / sizeof *usual))]);

    if (below(8) == 0)
        key.code = (enum key_code)(TKEY_HANGUP + 1 + below(TKEY_CTRL_Z - TKEY_HANGUP));
    press(window, &key);
}

static void act(struct window *window)
{
    int what = below(100);

    if (window->app.session.officer == 0 && below(6) == 0)
        sign_in(window);
    if (what < 52)
        random_key(window);
    else if (what < 74)
        press(window, &(struct key){ .code = TKEY_CHARACTER, .point = random_point() });
    else if (what < 86)
        type_word(window, phrases[(size_t)below((int)(sizeof phrases / sizeof *phrases))]);
    else if (what < 89)
        paste(window);
    else if (what < 93)
        click(window);
    else if (what < 95)
        resize(window);
    else if (what < 97)
        jump(window);
    else if (what < 98 && below(2) == 0)
        follow_any();
    else
        press(window, &(struct key){ .code = TKEY_CHARACTER, .point = ' ' });
}

/* ---- the power fails ---- */

struct typed {
    struct buffer raw;
    const char *act;
    uint64_t officer;
};

static bool is_kept(const struct typed *typed)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct draft *drafts;
    size_t count;

    assert_int_equal(draft_list(store, typed->officer, arena, &drafts, &count), ERR_OK);
    for (size_t i = 0; i < count; i++)
        if (text_is(drafts[i].act, typed->act) && drafts[i].raw.len == typed->raw.len &&
            memcmp(drafts[i].raw.data, typed->raw.data, typed->raw.len) == 0)
            return true;
    return false;
}

/* What the line's end does is all that is done: every open form keeps its draft. Then nothing of the process is left. */
static void fail_power(struct window *window)
{
    struct typed typed[APP_VIEWS];
    struct app *app = &window->app;
    int count = 0;

    for (int i = 0; i < app->count; i++) {
        struct form_view *form = (struct form_view *)app->views[i];

        if (app->views[i]->type != &form_view || !form->form.dirty || form->submit)
            continue;
        typed[count] =
            (struct typed){ .act = form->act->name, .officer = app->session.officer };
        form_save(&form->form, &typed[count++].raw);
    }
    app_reads(app);
    app_keep(app);
    app_end(app);
    for (int i = 0; i < count; i++) {
        if (!is_kept(&typed[i]))
            print_error("the draft of %s by %llu is lost: %.*s\n", typed[i].act,
                        (unsigned long long)(typed[i].officer & 0xFFFF), (int)typed[i].raw.len,
                        (const char *)typed[i].raw.data);
        assert_true(is_kept(&typed[i]));
        buffer_free(&typed[i].raw);
    }
    open_window(window);
}

/* ---- the whole ---- */

static int make_place(void **state)
{
    struct demo_report report;
    char folder[96];

    (void)state;
    text_locale();
    snprintf(place, sizeof place, "%s/tidewaiter-monkey-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    snprintf(folder, sizeof folder, "%s/store", mkdtemp(place));
    assert_int_equal(crypto_start(), ERR_OK);
    random_repeat(check_seed());
    assert_int_equal(demo_make(folder, &report), ERR_OK);
    assert_int_equal(glob(SRCDIR "/tests/screen/scripts/*.script", 0, NULL, &scripts), 0);
    assert_int_equal(chdir(place), 0); /* a file that is printed lands there */
    clocks = *seams();
    clocks.now_ms = monkey_now;
    clocks.monotonic_ms = monkey_monotonic;
    seams_set(&clocks);
    return 0;
}

static int remove_place(void **state)
{
    char *const command[] = { "rm", "-rf", place, NULL };
    pid_t child = fork();
    int status;

    (void)state;
    globfree(&scripts);
    if (child == 0) {
        execvp(command[0], command);
        _exit(127);
    }
    return waitpid(child, &status, 0) == child ? status : -1;
}

static void say_fault(const struct message *message, void *context)
{
    AUTO_ARENA struct arena *arena = arena_new();

    (void)context;
    print_error("%s\n", arena_string(arena, sentence(arena, message, LANGUAGE_EN)));
}

static void test_nothing_breaks(void **state)
{
    const struct verify_options all = { .depth = VERIFY_ALL, .fault = say_fault };
    long wanted = getenv("MONKEY_KEYS") ? atol(getenv("MONKEY_KEYS")) : KEYS_USUAL;
    struct verify_report report;
    char folder[96];
    int at = 0;

    (void)state;
    snprintf(folder, sizeof folder, "%s/store", place);
    assert_int_equal(store_open(&store, folder, STORE_WRITABLE), ERR_OK);
    for (int i = 0; i < WINDOWS; i++) {
        windows[i].codes = codes_new(store);
        windows[i].canvas = canvas_new(24, 80);
        open_window(&windows[i]);
        sign_in(&windows[i]);
    }
    while (pressed < wanted) {
        if (below(60) == 0)
            at = (at + 1) % WINDOWS;
        if (below(FAILS_EVERY) == 0)
            fail_power(&windows[at]);
        act(&windows[at]);
    }
    for (int i = 0; i < WINDOWS; i++) {
        fail_power(&windows[i]);
        app_end(&windows[i].app);
        codes_free(windows[i].codes);
        canvas_free(windows[i].canvas);
    }
    assert_int_equal(verify_store(store, &all, &report), ERR_OK);
    print_message("# %ld keys; the journal has %llu entries; never seen:", pressed,
                  (unsigned long long)report.entries);
    for (int i = 0; view_types[i]; i++)
        if (!seen[i])
            print_message(" %s", view_types[i]->name);
    print_message("\n");
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_nothing_breaks) };

    return cmocka_run_group_tests(tests, make_place, remove_place);
}
