/* Every screen in every language, at the least and at an ample size, as text that people read and compare.
 *
 * Each scripts/NAME.script is played upon a demo store of its own and gives golden/NAME.LANGUAGE.SIZE.txt.
 * UPDATE_GOLDEN=1 writes the files anew; what changed then shows in the commit. SCRIPT=NAME plays one alone. */
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/crypto.h"
#include "core/base/seams.h"
#include "core/exchange/demo.h"
#include "core/model/act.h"
#include "i18n/text.h"
#include "tests/check.h"
#include "tests/screen/conversation.h"
#include "tui/play.h"

#define FOLDER SRCDIR "/tests/screen/"

static char place[64];
static struct seams fixed;

/* 20 November 2026, 09:00 in Hong Kong. */
static int64_t fixed_now(void)
{
    return INT64_C(1795136400000);
}

static int64_t fixed_monotonic(void)
{
    return 1000;
}

static int make_place(void **state)
{
    (void)state;
    text_locale();
    snprintf(place, sizeof place, "%s/tidewaiter-golden-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(place));
    assert_int_equal(crypto_start(), ERR_OK);
    fixed = *seams();
    fixed.now_ms = fixed_now;
    fixed.monotonic_ms = fixed_monotonic;
    return 0;
}

static enum err keep_screens(void *context, struct bytes bytes)
{
    buffer_put(context, bytes.data, bytes.len);
    buffer_byte(context, '\n');
    return ERR_OK;
}

static struct text file_text(struct arena *arena, const char *path)
{
    struct bytes content;

    if (file_read(arena, path, 1 << 20, &content) != ERR_OK)
        return TEXT("");
    return (struct text){ (const char *)content.data, content.len };
}

static int run(char *const *command)
{
    pid_t child = fork();
    int status = -1;

    if (child == 0) {
        execvp(command[0], command);
        _exit(127);
    }
    return child > 0 && waitpid(child, &status, 0) == child ? status : -1;
}

static int remove_place(void **state)
{
    char *const command[] = { "rm", "-rf", place, NULL };

    (void)state;
    return run(command);
}

static void make_model(const char *model)
{
    struct demo_report report;

    seams_set(&fixed);
    random_repeat(20261120);
    assert_int_equal(demo_make(model, &report), ERR_OK);
}

/* Each script has a store of its own, byte for byte the same: copies of one that is made once. */
static struct store *new_store(void)
{
    static int count;
    struct store *store;
    char folder[96], model[96];
    char *const command[] = { "cp", "-r", model, folder, NULL };

    snprintf(model, sizeof model, "%s/model", place);
    snprintf(folder, sizeof folder, "%s/%d", place, ++count);
    if (count == 1)
        make_model(model);
    assert_int_equal(run(command), 0);
    seams_set(&fixed);
    random_repeat(20261120);
    assert_int_equal(store_open(&store, folder, STORE_WRITABLE), ERR_OK);
    return store;
}

static enum err play_on(struct store *store, enum language language, struct text script,
                        struct buffer *out)
{
    struct play_sink sink = { keep_screens, out };
    struct play_script whole = { "the script", script };
    enum err err = play_script(store, language, &whole, &sink);

    store_close(store);
    return err;
}

static void play(const char *head, struct text script, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer whole = { 0 };

    buffer_string(&whole, head);
    buffer_text(&whole, script);
    if (play_on(new_store(), LANGUAGE_BOTH, buffer_as_text(&whole), out) != ERR_OK)
        fail_here(arena_string(arena, failure_sentence(arena, LANGUAGE_EN)));
}

/* The screen in which the two part, and their first lines that differ. */
static void say_difference(const char *path, struct text wanted, struct text got)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text name = TEXT("");

    while (text_present(wanted) || text_present(got)) {
        struct text a = text_split(wanted, '\n', &wanted), b = text_split(got, '\n', &got);

        if (b.len > 2 && memcmp(b.data, "==", 2) == 0)
            name = b;
        if (text_equal(a, b))
            continue;
        print_message("# %s differs in %s\n# - %s\n# + %s\n", path, arena_string(arena, name),
                      arena_string(arena, a), arena_string(arena, b));
        return;
    }
}

static void compare(const char *path, struct buffer *got)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text wanted;

    if (getenv("UPDATE_GOLDEN")) {
        assert_int_equal(file_replace(path, buffer_bytes(got), 0644), ERR_OK);
        return;
    }
    wanted = file_text(arena, path);
    if (text_equal(wanted, buffer_as_text(got)))
        return;
    say_difference(path, wanted, buffer_as_text(got));
    fail_here("the screens are not those of the golden file; if they are better, "
              "UPDATE_GOLDEN=1 makes them so");
}

/* "form" of ".../scripts/form.script". */
static struct text script_name(const char *path)
{
    struct text name = text_of(strrchr(path, '/') + 1);

    name.len -= strlen(".script");
    return name;
}

static void screens_are_as_agreed(const char *script, const char *language, const char *size)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct text name = script_name(script);
    char head[512], path[512];

    if (getenv("SCRIPT") && !text_is(name, getenv("SCRIPT")))
        return;
    snprintf(head, sizeof head, "lang %s\nsize %s\ninclude %s\n", language, size, script);
    snprintf(path, sizeof path, FOLDER "golden/%.*s.%s.%s.txt", (int)name.len, name.data,
             language, size);
    play(head, TEXT(""), &out);
    compare(path, &out);
}

static void every_screen_is_as_agreed(const char *language)
{
    glob_t scripts;

    assert_int_equal(glob(FOLDER "scripts/*.script", 0, NULL, &scripts), 0);
    for (size_t i = 0; i < scripts.gl_pathc; i++) {
        screens_are_as_agreed(scripts.gl_pathv[i], language, "80x24");
        screens_are_as_agreed(scripts.gl_pathv[i], language, "132x43");
    }
    globfree(&scripts);
}

static void every_screen_is_as_agreed_in_chinese(void **state)
{
    (void)state;
    every_screen_is_as_agreed("zh");
}

static void every_screen_is_as_agreed_in_english(void **state)
{
    (void)state;
    every_screen_is_as_agreed("en");
}

static void every_screen_is_as_agreed_in_both_languages(void **state)
{
    (void)state;
    every_screen_is_as_agreed("both");
}

/* "form" of ".../plain/form.answers". */
static void conversation_is_as_agreed(const char *path, const char *language)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer out = { 0 };
    struct text name = text_of(strrchr(path, '/') + 1);
    struct store *store;
    enum language in;
    char golden[512];

    name.len -= strlen(".answers");
    if (getenv("SCRIPT") && !text_is(name, getenv("SCRIPT")))
        return;
    assert_true(language_parse(&in, text_of(language)));
    store = new_store();
    conversation(store, in, file_text(arena, path), &out);
    store_close(store);
    snprintf(golden, sizeof golden, FOLDER "golden/plain.%.*s.%s.txt", (int)name.len, name.data,
             language);
    compare(golden, &out);
}

static void every_conversation_in_lines_is_as_agreed(void **state)
{
    static const char *const languages[] = { "zh", "en", "both" };
    glob_t found;

    (void)state;
    assert_int_equal(glob(FOLDER "plain/*.answers", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        for (size_t n = 0; n < sizeof languages / sizeof *languages; n++)
            conversation_is_as_agreed(found.gl_pathv[i], languages[n]);
    globfree(&found);
}

static void a_window_that_is_too_small_says_so_and_loses_nothing(void **state)
{
    AUTO_BUFFER struct buffer out = { 0 };

    (void)state;
    play("as desk\n",
         TEXT("keys <Down>\nsize 60x10\nscreen both\nlang zh\nscreen zh\nlang en\nscreen en\n"
              "size 80x24\nfind        36  All cases\n"),
         &out);
    compare(FOLDER "golden/too-small.txt", &out);
}

/* Case, exhibit, its case, its exhibit ...: an officer who follows links for an hour. */
static void one_may_go_from_record_to_record_for_ever(void **state)
{
    AUTO_BUFFER struct buffer script = { 0 }, out = { 0 };

    (void)state;
    buffer_string(&script, "keys c\n");
    for (int i = 0; i < 40; i++)
        buffer_string(&script, "keys <F9>cases<Enter><Down*3><Enter><Tab*2><Enter><F4>\n");
    buffer_string(&script, "keys <F1*60>\nkeys <Esc*200>\nas desk\nfind 我的未結案件\n");
    play("as desk\n", buffer_as_text(&script), &out);
}

static void the_language_may_change_upon_any_menu(void **state)
{
    AUTO_BUFFER struct buffer out = { 0 };

    (void)state;
    play("as desk\nlang zh\n",
         TEXT("keys c<Enter><F8><Ctrl+T>\nfind Amend case\nkeys <Enter>\nfind Case "
              "title\n"
              "keys <F1><Ctrl+T><Ctrl+T>\nkeys <Esc><Esc><F1><Ctrl+T>\nfind Help\n"),
         &out);
}

/* The failure of a script, as a person reads it. */
static struct text failure_of(struct arena *arena, const char *script)
{
    AUTO_BUFFER struct buffer out = { 0 };

    assert_int_not_equal(play_on(new_store(), LANGUAGE_EN, text_of(script), &out), ERR_OK);
    return failure_sentence(arena, LANGUAGE_EN);
}

static void a_script_that_fails_says_where_and_why(void **state)
{
    static const struct {
        const char *script;
        const char *says;
    } wrong[] = {
        { "as desk\n\nexpect no such words",
          "the script, line 3: The screen does not show \"no such words\"." },
        { "as desk\nexpect not Home", "the script, line 2: The screen shows \"Home\"." },
        { "as nobody\n", "the script, line 1: " },
        { "keys <F99>", "the script, line 1: There is no such key: <F99>" },
        { "dance", "the script, line 1: \"dance\" is no word of a script." },
        { "wait soon", "the script, line 1: A wait is written in milliseconds" },
        { "until the cows come home", "the script, line 1: The screen does not show" },
        { "include /nonexistent", "the script, line 1: " },
        { "session 2\nsession 3\nsession 4\nsession 5",
          "the script, line 4: A script has at most 4 sessions." },
    };
    AUTO_ARENA struct arena *arena = arena_new();

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct text says = failure_of(arena, wrong[i].script);

        if (!text_starts(says, text_of(wrong[i].says)))
            fail_here(arena_string(arena, says));
    }
}

static void what_is_typed_pasted_or_clicked_reaches_the_screen(void **state)
{
    AUTO_BUFFER struct buffer out = { 0 };

    (void)state;
    play("as desk\nlang en\n",
         TEXT("keys <F7>\ntype 走私<Enter>\nexpect 走私<Enter>\nkeys <Tab>\n"
              "paste 油塘 | Yau Tong\nexpect 油塘\nexpect not *<Enter>*\n"
              "wheel down\nwheel up\nclick Open case\nwait 5000\n"
              "keys <Esc>\nuntil Home\n"),
         &out);
}

/* What one officer saves stands upon the other's screen when that officer rests. */
static void two_sessions_see_what_each_other_saves(void **state)
{
    AUTO_BUFFER struct buffer out = { 0 };

    (void)state;
    play("lang en\nas desk\n",
         TEXT("keys <F3>APT/23/00001-J<Enter>\nsession other\nas D-1199\nsession 1\n"
              "session other\nkeys <F3>APT/23/00001-J<Enter>\nexpect D-1199\n"
              "expect Shark\nsession 1\nexpect D-1187\nkeys <F7><Tab*2>met the informer<F10>\n"
              "session other\nexpect not informer\nkeys <Shift+Tab>\nuntil informer\n"),
         &out);
}

/* Its form, the record that it asks for, or why not: and help on some of its fields; in turn in each language and by each role. */
static void every_act_is_reached_by_its_name_and_explained(void **state)
{
    static const char *const roles[] = { "desk", "clerk", "supervisor", "administrator" };
    static const char *const languages[] = { "zh", "en", "both" };
    AUTO_BUFFER struct buffer script = { 0 }, out = { 0 };
    int n = 0;

    (void)state;
    for (const struct act *const *act = acts; *act; act++, n++)
        if (!(*act)->hidden)
            buffer_printf(&script,
                          "as %s\nlang %s\nkeys <F9>%s<Enter>\n"
                          "keys <F1><Esc><Tab><F1><Down*30><Esc><Tab*3><F1><Esc>\n",
                          roles[n % 4], languages[n % 3], (*act)->name);
    play("", buffer_as_text(&script), &out);
}

/* Keys as a cat would press them; what they do is nobody's wish, but no harm. */
static void any_keys_at_all_do_no_harm(void **state)
{
    static const char *const keys[] = {
        "<Enter>",   "<Enter>",  "<Enter>",  "<Esc>",    "<Tab>",    "<Tab>",    "<Shift+Tab>",
        "<Down>",    "<Down*3>", "<Up>",     "<Left>",   "<Right>",  "<PgDn>",   "<PgUp>",
        "<Home>",    "<End>",    "<F1>",     "<F2>",     "<F3>",     "<F4>",     "<F5>",
        "<F6>",      "<F7>",     "<F8>",     "<F9>",     "<F10>",    "<F12>",    "<Backspace>",
        "<Delete>",  "<Ctrl+T>", "<Ctrl+Z>", "<Ctrl+O>", "<Ctrl+G>", "<Ctrl+K>", "港",
        "魚翅",      "𨋢",       "E-30",     "C-0297",   "1",        "2023-06",  "demo",
        "hand",      "value:>1", "60; 586",  "+7",       "n",        "a|b",      "-3kg",
        "5 vehicle", "<Insert>", "<Ctrl+N>", "<Ctrl+E>", "<Ctrl+F>", "<Ctrl+R>", "<Ctrl+D>",
    };

    (void)state;
    check_seed();
    for (int i = 0; i < 6; i++) {
        AUTO_BUFFER struct buffer script = { 0 }, out = { 0 };

        buffer_printf(&script, "as %s\nsize %s\n", rand() % 2 ? "desk" : "supervisor",
                      rand() % 2 ? "80x24" : "132x43");
        for (int k = 0; k < 250; k++)
            buffer_printf(&script, "keys %s\n%s",
                          keys[(size_t)rand() % (sizeof keys / sizeof *keys)],
                          rand() % 8 ? "" : "wait 300\n");
        buffer_string(&script, "size 40x9\nscreen\n");
        play("", buffer_as_text(&script), &out);
    }
}

/* The same in lines. */
static void any_answers_at_all_do_no_harm(void **state)
{
    static const char *const words[] = {
        "1",    "2",     "3",      "7",     "20",      "^",       "",      "",         "-",
        "=",    "?",     "??",     "/魚翅", "/",       "/E-4",    ":",     ":case",    "sort",
        "new",  "acts",  "edit",   "Tab",   "history", "PgDn",    "End",   "2 edit",   "save",
        "yes",  "^save", "@",      "t",     "E-45",    " ",       "undo",  "C-0311",   "demo",
        "open", "note",  "\\x",    "海",    "F2",      "F4",      "F7",    "F8",       "F10",
        "desk", "/KC",   "resume", "60",    "discard", "^number", "clerk", "language",
    };
    AUTO_BUFFER struct buffer answers = { 0 }, out = { 0 };
    struct store *store = new_store();

    (void)state;
    check_seed();
    buffer_string(&answers, "desk\n\n");
    for (int i = 0; i < 400; i++)
        buffer_printf(&answers, "%s\n",
                      words[(size_t)rand() % (sizeof words / sizeof words[0])]);
    conversation(store, LANGUAGE_BOTH, buffer_as_text(&answers), &out);
    store_close(store);
    assert_true(text_is_utf8(buffer_as_text(&out)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_is_as_agreed_in_chinese),
        cmocka_unit_test(every_screen_is_as_agreed_in_english),
        cmocka_unit_test(every_screen_is_as_agreed_in_both_languages),
        cmocka_unit_test(every_conversation_in_lines_is_as_agreed),
        cmocka_unit_test(a_window_that_is_too_small_says_so_and_loses_nothing),
        cmocka_unit_test(one_may_go_from_record_to_record_for_ever),
        cmocka_unit_test(the_language_may_change_upon_any_menu),
        cmocka_unit_test(a_script_that_fails_says_where_and_why),
        cmocka_unit_test(what_is_typed_pasted_or_clicked_reaches_the_screen),
        cmocka_unit_test(two_sessions_see_what_each_other_saves),
        cmocka_unit_test(every_act_is_reached_by_its_name_and_explained),
        cmocka_unit_test(any_keys_at_all_do_no_harm),
        cmocka_unit_test(any_answers_at_all_do_no_harm),
    };

    return cmocka_run_group_tests(tests, make_place, remove_place);
}
