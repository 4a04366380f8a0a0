/* The terminal as officers have it: a program in a pseudo-terminal, keys in, screens out. */
#include "tests/check.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/seams.h"
#include "i18n/text.h"
#include "tests/screen/pty.h"
#include "tests/screen/term_demo.h"
#include "tests/screen/walk.h"
#include "tui/screen/term.h"

static char file[] = "/tmp/test_term_XXXXXX";

static struct pty *demo_with(int rows, int columns, char *first, char *second)
{
    static char self[] = "/proc/self/exe", argument[] = "demo";
    static char file_variable[sizeof "DEMO_FILE=" + sizeof file];
    char *environment[] = { file_variable, first, second, NULL };
    char *const argv[] = { self, argument, NULL };

    snprintf(file_variable, sizeof file_variable, "DEMO_FILE=%s", file);
    return pty_spawn(argv, rows, columns, environment);
}

/* A demo whose first screen stands and whose answers are given. */
static struct pty *demo(void)
{
    struct pty *pty = demo_with(24, 80, NULL, NULL);

    assert_true(pty_wait_text(pty, "keys 0:"));
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    return pty;
}

static void end(struct pty *pty)
{
    pty_type(pty, "\x11"); /* Ctrl+Q */
    assert_int_equal(pty_wait_end(pty), 0);
    pty_free(pty);
}

/* Ends it and says where its whole output was wrong. */
static void end_of(struct pty *pty, long *wrong, const struct walk *walk)
{
    struct bytes output;

    pty_type(pty, "\x11");
    assert_int_equal(pty_wait_end(pty), 0);
    output = pty_output(pty);
    *wrong = walk_output(walk, output);
    if (*wrong >= 0)
        for (size_t i = (size_t)*wrong; i < output.len && i < (size_t)*wrong + 12; i++)
            print_message("# %02x %c\n", output.data[i],
                          output.data[i] >= ' ' && output.data[i] < 0x7F ? output.data[i]
                                                                         : '.');
    pty_free(pty);
}

static void assert_saved(void)
{
    struct arena *arena = arena_new();
    struct bytes bytes;

    assert_int_equal(file_read(arena, file, 100, &bytes), ERR_OK);
    assert_true(text_is((struct text){ (const char *)bytes.data, bytes.len }, "saved"));
    arena_free(arena);
}

static void the_first_screen_stands_with_lines_and_both_languages(void **state)
{
    struct pty *pty = demo();

    (void)state;
    assert_string_equal(pty_row(pty, 0), "示範 Demo");
    assert_string_equal(pty_row(pty, 1), "size 24 x 80.");
    assert_non_null(strstr(pty_row(pty, 5), "─ rule ──"));
    assert_non_null(strstr(pty_row(pty, 7), "E-00000  香煙 Cigarettes 0  待辦 open"));
    assert_true(pty_is_raw(pty));
    assert_true(pty_look(pty, 7, 2).own_paper);
    assert_false(pty_look(pty, 8, 2).own_paper);
    end(pty);
}

static void f_keys_are_known_in_every_way_of_sending_them(void **state)
{
    static const struct {
        const char *bytes;
        const char *name;
    } ways[] = {
        { "\x1bOP", "[F1]" },
        { "\x1b[11~", "[F1]" },
        { "\x1b[[A", "[F1]" },
        { "\x1b"
          "1",
          "[F1]" },
        { "\x1b"
          "0",
          "[F10]" },
        { "\x1b[21~", "[F10]" },
        { "\x1bOS", "[F4]" },
        { "\x1b[24~", "[F12]" },
        { "\x1bOX", "[F9]" }, /* PuTTY as a VT100+ */
        { "\x1bO[", "[F12]" },
        { "\x1b[28~", "[F1]" },  /* Help of the vt220 */
        { "\x1b[1~", "[Home]" }, /* its Find, and PuTTY's Home */
        { "\x1b[8~", "[End]" },  /* rxvt */
        { "\x1b[1;5C", "[Right]" },
        { "\x1b[A", "[Up]" },
        { "\x1bOA", "[Up]" },
        { "\x1b[5~", "[PgUp]" },
        { "\x1b[Z", "[Shift+Tab]" },
        { "\x1b[<0;11;5M", "[Mouse 1 at 4 10]" },
        { "\x1b[<65;1;1M", "[Mouse 5 at 0 0]" },
        { "\r", "[Enter]" },
        { "\x13", "[Ctrl+S]" },
        { "\x7f", "[Backspace]" },
        { "\x1b", "[Esc]" },
    };
    struct pty *pty = demo();

    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        char expected[64];

        pty_type(pty, ways[i].bytes);
        snprintf(expected, sizeof expected, "keys %zu:", i + 1);
        assert_true(pty_wait_text(pty, expected));
        assert_non_null(strstr(pty_row(pty, 2), ways[i].name));
    }
    end(pty);
}

static void two_clicks_in_one_place_are_a_double_click(void **state)
{
    struct pty *pty = demo();

    (void)state;
    pty_type(pty, "\x1b[<0;3;9M\x1b[<0;3;9m\x1b[<0;3;9M\x1b[<0;3;9m");
    assert_true(pty_wait_text(pty, "[Mouse 1 at 8 2][Mouse 1 at 8 2 twice]"));
    pty_type(pty, "\x1b[<0;4;9M");
    assert_true(pty_wait_text(pty, "keys 3:"));
    assert_null(strstr(pty_row(pty, 2), "at 8 3 twice"));
    end(pty);
}

static bool was_sent(struct pty *pty, const char *bytes)
{
    return memmem(pty_output(pty).data, pty_output(pty).len, bytes, strlen(bytes)) != NULL;
}

static void the_mouse_can_be_given_back_to_the_terminal(void **state)
{
    struct pty *pty = demo();

    (void)state;
    pty_mark(pty);
    pty_type(pty, "\x0f");
    assert_true(pty_wait_text(pty, "keys 1:"));
    assert_true(was_sent(pty, "\x1b[?1000l"));
    pty_type(pty, "\x0f");
    assert_true(pty_wait_text(pty, "keys 2:"));
    assert_true(was_sent(pty, "\x1b[?1000h"));
    end(pty);
}

static void text_is_copied_where_the_terminal_has_a_clipboard(void **state)
{
    static char vt220[] = "TERM=vt220";
    struct pty *pty = demo();

    (void)state;
    pty_type(pty, "海關 x");
    assert_true(pty_wait_text(pty, "typed 海關 x"));
    pty_mark(pty);
    pty_type(pty, "\x03");
    assert_true(pty_wait_text(pty, "keys 5:"));
    assert_true(was_sent(pty, "\x1b]52;c;5rW36ZecIHg=\a"));
    end(pty);
    pty = demo_with(24, 80, vt220, NULL);
    assert_true(pty_wait_text(pty, "keys 0:"));
    pty_type(pty, "x\x03");
    assert_true(pty_wait_text(pty, "[not copied]"));
    assert_false(was_sent(pty, "\x1b]"));
    end(pty);
}

static void a_patient_setting_waits_for_sequences_on_a_slow_line(void **state)
{
    static char patient[] = "DEMO_ESCAPE_MS=5000";
    struct pty *pty = demo_with(24, 80, patient, NULL);

    (void)state;
    assert_true(pty_wait_text(pty, "keys 0:"));
    pty_type(pty, "\x1b");
    pty_settle(pty, 60);
    pty_type(pty, "[1");
    pty_settle(pty, 60);
    pty_type(pty, "1~");
    assert_true(pty_wait_text(pty, "keys 1:     [F1]"));
    end(pty);
}

static void keys_may_come_in_bytes_on_a_slow_line(void **state)
{
    static char patient[] = "ESCDELAY=400";
    static const char keys[] = "\x1b[15~\x1bOB\xe6\xb5\xb7\x1b[6~";
    struct pty *pty = demo_with(24, 80, patient, NULL);

    (void)state;
    assert_true(pty_wait_text(pty, "keys 0:"));
    for (size_t i = 0; i < sizeof keys - 1; i++) {
        pty_send(pty, &keys[i], 1);
        pty_settle(pty, 30);
    }
    assert_true(pty_wait_text(pty, "keys 4:     [F5][Down][海][PgDn]"));
    end(pty);
}

static void chinese_is_typed_and_the_cursor_stands_behind_it(void **state)
{
    struct pty *pty = demo();
    int row, column;

    (void)state;
    pty_cursor(pty, &row, &column);
    assert_int_equal(row, 3);
    assert_int_equal(column, 6);
    pty_type(pty, "海關𠮷\xE6");
    assert_true(pty_wait_text(pty, "typed 海關𠮷"));
    pty_type(pty, "\xB8\xAF x");
    assert_true(pty_wait_text(pty, "typed 海關𠮷港 x"));
    pty_settle(pty, PTY_QUIET_MS);
    pty_cursor(pty, &row, &column);
    assert_int_equal(row, 3);
    assert_int_equal(column, 6 + 10);
    end(pty);
}

static void a_pasted_line_end_is_not_enter(void **state)
{
    struct pty *pty = demo();

    (void)state;
    pty_type(pty, "\x1b[200~one\rtwo\x07\x1b[201~");
    assert_true(pty_wait_text(pty, "keys 1:     [Paste 7]"));
    assert_true(pty_wait_text(pty, "typed one two"));
    end(pty);
}

static void a_long_paste_arrives_whole(void **state)
{
    AUTO_BUFFER struct buffer paste = { 0 };
    struct pty *pty = demo();

    (void)state;
    buffer_string(&paste, "\x1b[200~");
    for (int i = 0; i < 8192; i++)
        buffer_string(&paste, "12345678");
    buffer_string(&paste, "\x1b[201~z");
    pty_send(pty, paste.data, paste.len);
    assert_true(pty_wait_text(pty, "[Paste 65536][z]"));
    end(pty);
}

static void a_paste_without_end_is_taken_up_to_its_limit(void **state)
{
    AUTO_BUFFER struct buffer paste = { 0 };
    struct pty *pty = demo();

    (void)state;
    buffer_string(&paste, "\x1b[200~");
    for (int i = 0; i < 10 * 1024 * 1024 / 3; i++)
        buffer_string(&paste, "海");
    buffer_string(&paste, "\x1b[201~z");
    pty_send(pty, paste.data, paste.len);
    assert_true(pty_wait_text(pty, "[Paste 1048575][z]"));
    end(pty);
}

static void keys_typed_ahead_are_all_taken(void **state)
{
    struct pty *pty = demo_with(24, 80, NULL, NULL);
    char keys[201] = { 0 };

    (void)state;
    memset(keys, 'k', 200);
    pty_type(pty, keys); /* before the first screen, and before the question is answered */
    assert_true(pty_wait_text(pty, "keys 200:"));
    end(pty);
}

static void a_resized_window_is_drawn_anew(void **state)
{
    struct pty *pty = demo();

    (void)state;
    pty_resize(pty, 43, 132);
    assert_true(pty_wait_text(pty, "size 43 x 132."));
    assert_true(pty_wait_text(pty, "E-00033"));
    pty_resize(pty, 10, 41);
    assert_true(pty_wait_text(pty, "size 10 x 41."));
    pty_settle(pty, PTY_QUIET_MS);
    assert_string_equal(pty_row(pty, 0), "示範 Demo");
    assert_non_null(strstr(pty_row(pty, 7), "E-00000  香煙 Cigarettes 0  待辦 open"));
    end(pty);
}

static void of_many_sizes_the_last_one_stands(void **state)
{
    struct pty *pty = demo();

    (void)state;
    for (int i = 0; i < 200; i++) {
        pty_resize(pty, 8 + i % 40, 30 + i * 7 % 150);
        if (i % 10 == 0)
            pty_type(pty, "k\x1b[B");
        pty_settle(pty, 1);
    }
    pty_resize(pty, 31, 97);
    assert_true(pty_wait_text(pty, "size 31 x 97."));
    assert_true(pty_wait_text(pty, "typed kkkkkkkkkkkkkkkkkkkk"));
    pty_settle(pty, PTY_QUIET_MS);
    assert_string_equal(pty_row(pty, 0), "示範 Demo");
    assert_non_null(strstr(pty_row(pty, 29), "E-0"));
    end(pty);
}

static void an_idle_screen_sends_nothing(void **state)
{
    struct pty *pty = demo();

    (void)state;
    pty_mark(pty);
    pty_settle(pty, 700);
    assert_int_equal(pty_output(pty).len, 0);
    end(pty);
}

/* Every frame goes out in one write; the other is curses' own into memory. */
static void moving_in_a_list_costs_few_bytes_in_one_write(void **state)
{
    struct pty *pty = demo();
    size_t most = 0;

    (void)state;
    for (int i = 1; i <= 30; i++) {
        char expected[32];

        pty_mark(pty);
        pty_type(pty, "\x1b[B");
        snprintf(expected, sizeof expected, "keys %d:", i);
        assert_true(pty_wait_text(pty, expected));
        pty_settle(pty, 30);
        assert_true(pty_writes(pty) <= 2);
        if (i <= 10 && pty_output(pty).len > most)
            most = pty_output(pty).len;
    }
    print_message("# Down within the page: %zu bytes at most\n", most);
    assert_true(most <= 250);
    pty_mark(pty);
    pty_type(pty, "\x1b[6~");
    assert_true(pty_wait_text(pty, "keys 31:"));
    pty_settle(pty, PTY_QUIET_MS);
    print_message("# PgDn: %zu bytes\n", pty_output(pty).len);
    assert_true(pty_writes(pty) <= 2);
    end(pty);
}

/* What the emulator shows, in the words in which the demo says what it drew. */
static void describe_screen(struct buffer *out, struct pty *pty, int frame)
{
    int row, column;

    buffer_clear(out);
    buffer_string(out, pty_text(pty));
    pty_cursor(pty, &row, &column);
    buffer_printf(out, "frame %d cursor %d %d\n", frame, row, column);
    buffer_byte(out, 0);
}

static char *read_file(struct arena *arena)
{
    struct bytes bytes;

    assert_int_equal(file_read(arena, file, 100000, &bytes), ERR_OK);
    return arena_string(arena, (struct text){ (const char *)bytes.data, bytes.len });
}

/* Wide characters overwritten by halves, marks, both edges, every role: the emulator must see
 * what the canvas says. */
static void whatever_is_drawn_is_what_is_seen(void **state)
{
    struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer seen = { 0 };
    char seed[40];
    struct pty *pty;

    (void)state;
    snprintf(seed, sizeof seed, "DEMO_SEED=%d", (int)(now_ms() % 1000000));
    print_message("# %s\n", seed);
    pty = demo_with(17, 61, seed, NULL);
    assert_true(pty_wait_text(pty, "keys 0:"));
    for (int frame = 1; frame <= 150; frame++) {
        int64_t until = monotonic_ms() + PTY_DEADLINE_MS;

        if (frame % 15 == 0)
            pty_resize(pty, 9 + frame % 20, 42 + frame * 7 % 60);
        else
            pty_type(pty, "\x12"); /* Ctrl+R */
        do {
            pty_settle(pty, 2);
            arena_reset(arena);
            describe_screen(&seen, pty, frame);
        } while (strcmp((const char *)seen.data, read_file(arena)) != 0 &&
                 monotonic_ms() < until);
        assert_string_equal((const char *)seen.data, read_file(arena));
    }
    pty_type(pty, "\x0c"); /* Ctrl+L */
    assert_true(pty_wait_text(pty, "示範 Demo"));
    end(pty);
    arena_free(arena);
}

static void an_unknown_terminal_is_taken_for_the_usual_one(void **state)
{
    static char unknown[] = "TERM=no-such-terminal";
    struct pty *pty = demo_with(24, 80, unknown, NULL);

    (void)state;
    assert_true(pty_wait_text(pty, "keys 0:"));
    pty_type(pty, "\x1b[B海");
    assert_true(pty_wait_text(pty, "typed 海"));
    assert_true(pty_wait_text(pty, "keys 2:     [Down][海]"));
    end(pty);
}

static void old_terminals_work_too(void **state)
{
    static char names[][32] = { "TERM=vt220", "TERM=linux", "TERM=screen",
                                "TERM=xterm-16color" };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct pty *pty = demo_with(24, 80, names[i], NULL);

        assert_true(pty_wait_text(pty, "keys 0:"));
        pty_type(pty, "港");
        assert_true(pty_wait_text(pty, "typed 港"));
        end(pty);
    }
}

static void a_terminal_that_cannot_place_the_cursor_is_refused_with_a_sentence(void **state)
{
    static char dumb[] = "TERM=dumb";
    struct pty *pty = demo_with(24, 80, dumb, NULL);

    (void)state;
    assert_int_equal(pty_wait_end(pty), err_exit_code(ERR_USAGE));
    assert_non_null(strstr(pty_text(pty), "cannot show a full screen"));
    assert_false(pty_is_raw(pty));
    pty_free(pty);
}

static void without_colour_the_selected_row_is_still_seen(void **state)
{
    static char mono[] = "DEMO_MONO=1";
    struct pty *pty = demo_with(24, 80, mono, NULL);

    (void)state;
    assert_true(pty_wait_text(pty, "keys 0:"));
    pty_settle(pty, PTY_QUIET_MS);
    assert_true(pty_look(pty, 7, 2).reverse);
    assert_false(pty_look(pty, 7, 2).own_paper);
    assert_false(pty_look(pty, 8, 2).reverse);
    assert_true(pty_look(pty, 3, 10).underline);
    end(pty);
}

static void where_lines_are_wide_they_are_drawn_in_ascii(void **state)
{
    struct pty *pty = demo_with(24, 80, NULL, NULL);

    (void)state;
    pty_answers(pty, false);
    assert_true(pty_wait_text(pty, "─ rule ──"));
    pty_type(pty, "a\x1b[1;3Rb"); /* the answer comes late, among keys */
    assert_true(pty_wait_text(pty, "- rule --"));
    assert_true(pty_wait_text(pty, "typed ab"));
    end(pty);
}

/* A terminal's entry says what it understands; beyond that we send what term.h names, and only where there is a mouse. */
static void no_terminal_gets_what_it_does_not_understand(void **state)
{
    static const struct {
        char variable[32];
        bool mouse;
    } kinds[] = { { "TERM=xterm-256color", true }, { "TERM=xterm", true },
                  { "TERM=tmux-256color", true },  { "TERM=screen", true },
                  { "TERM=linux", true },          { "TERM=xterm-mono", true },
                  { "TERM=vt220", false },         { "TERM=vt100", false } };
    static const char *const extras[] = { "\\E[?2004h", "\\E[?2004l", "\\E[?1000h\\E[?1006h",
                                          "\\E[?1006l\\E[?1000l" };

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct walk *walk = walk_new(kinds[i].variable + 5);
        struct pty *pty;
        long wrong;

        if (!walk)
            continue; /* this system does not know the type */
        for (size_t n = 0; kinds[i].mouse && n < sizeof extras / sizeof extras[0]; n++)
            walk_allow(walk, extras[n]);
        pty = demo_with(24, 80, (char *)(uintptr_t)kinds[i].variable, NULL);
        assert_true(pty_wait_text(pty, "keys 0:"));
        for (int frame = 1; frame <= 25; frame++) {
            pty_type(pty, "\x12");
            pty_settle(pty, 2);
        }
        end_of(pty, &wrong, walk);
        if (wrong >= 0)
            print_message("# %s\n", kinds[i].variable);
        assert_int_equal(wrong, -1);
        walk_free(walk);
    }
}

static void a_hang_up_saves_and_leaves(void **state)
{
    static const int signals[] = { SIGHUP, SIGTERM, SIGINT };

    (void)state;
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        struct pty *pty = demo();

        file_replace(file, (struct bytes){ (const uint8_t *)"", 0 }, 0600);
        pty_signal(pty, signals[i]);
        assert_int_equal(pty_wait_end(pty), 0);
        assert_saved();
        pty_free(pty);
    }
}

static void a_cut_line_saves_and_leaves(void **state)
{
    struct pty *pty = demo();

    (void)state;
    file_replace(file, (struct bytes){ (const uint8_t *)"", 0 }, 0600);
    pty_hang_up(pty);
    assert_int_equal(pty_wait_end(pty), 0);
    assert_saved();
    pty_free(pty);
}

static void a_stopped_program_comes_back_with_its_screen(void **state)
{
    struct pty *pty = demo();

    (void)state;
    pty_signal(pty, SIGSTOP);
    pty_mark(pty);
    pty_signal(pty, SIGCONT);
    assert_true(pty_wait_text(pty, "[Resize]"));
    pty_settle(pty, PTY_QUIET_MS);
    assert_true(pty_output(pty).len > 500);
    end(pty);
}

static void the_terminal_is_left_as_it_was_however_the_program_ends(void **state)
{
    static const struct {
        const char *key;
        int code;
    } ends[] = { { "\x11", 0 }, { "\x17", 3 }, { "\x05", -SIGABRT }, { "\x18", 71 } };

    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        struct pty *pty = demo();

        assert_true(pty_is_raw(pty));
        pty_mark(pty);
        pty_type(pty, ends[i].key);
        assert_int_equal(pty_wait_end(pty), ends[i].code);
        assert_false(pty_is_raw(pty));
        assert_string_equal(pty_row(pty, 0), "before"); /* the shell's own screen */
        assert_non_null(memmem(pty_output(pty).data, pty_output(pty).len, "\x1b[?2004l", 8));
        assert_non_null(memmem(pty_output(pty).data, pty_output(pty).len, "\x1b[?1000l", 8));
        pty_free(pty);
    }
}

static void what_is_no_terminal_is_refused_with_a_sentence(void **state)
{
    struct term_options options = { 0 };
    struct term *term = NULL;
    int kept = dup(STDIN_FILENO);
    int null = open("/dev/null", O_RDONLY);

    (void)state;
    dup2(null, STDIN_FILENO);
    assert_int_equal(term_open(&term, &options), ERR_USAGE);
    assert_null(term);
    assert_non_null(strstr(last_failure()->id, "needs a terminal"));
    dup2(kept, STDIN_FILENO);
    close(kept);
    close(null);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_screen_stands_with_lines_and_both_languages),
        cmocka_unit_test(f_keys_are_known_in_every_way_of_sending_them),
        cmocka_unit_test(two_clicks_in_one_place_are_a_double_click),
        cmocka_unit_test(the_mouse_can_be_given_back_to_the_terminal),
        cmocka_unit_test(text_is_copied_where_the_terminal_has_a_clipboard),
        cmocka_unit_test(a_patient_setting_waits_for_sequences_on_a_slow_line),
        cmocka_unit_test(keys_may_come_in_bytes_on_a_slow_line),
        cmocka_unit_test(a_paste_without_end_is_taken_up_to_its_limit),
        cmocka_unit_test(of_many_sizes_the_last_one_stands),
        cmocka_unit_test(chinese_is_typed_and_the_cursor_stands_behind_it),
        cmocka_unit_test(a_pasted_line_end_is_not_enter),
        cmocka_unit_test(a_long_paste_arrives_whole),
        cmocka_unit_test(keys_typed_ahead_are_all_taken),
        cmocka_unit_test(a_resized_window_is_drawn_anew),
        cmocka_unit_test(an_idle_screen_sends_nothing),
        cmocka_unit_test(moving_in_a_list_costs_few_bytes_in_one_write),
        cmocka_unit_test(whatever_is_drawn_is_what_is_seen),
        cmocka_unit_test(an_unknown_terminal_is_taken_for_the_usual_one),
        cmocka_unit_test(old_terminals_work_too),
        cmocka_unit_test(a_terminal_that_cannot_place_the_cursor_is_refused_with_a_sentence),
        cmocka_unit_test(without_colour_the_selected_row_is_still_seen),
        cmocka_unit_test(where_lines_are_wide_they_are_drawn_in_ascii),
        cmocka_unit_test(no_terminal_gets_what_it_does_not_understand),
        cmocka_unit_test(a_hang_up_saves_and_leaves),
        cmocka_unit_test(a_cut_line_saves_and_leaves),
        cmocka_unit_test(a_stopped_program_comes_back_with_its_screen),
        cmocka_unit_test(the_terminal_is_left_as_it_was_however_the_program_ends),
        cmocka_unit_test(what_is_no_terminal_is_refused_with_a_sentence),
    };
    int failed;

    if (argc > 1 && strcmp(argv[1], "demo") == 0)
        return term_demo();
    text_locale();
    close(mkstemp(file));
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(file);
    return failed;
}
