/* The program itself, as officers run it: in a terminal, on a store, through dropped lines and kills. TIDEWAITER names it. */
#include "tests/check.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/crypto.h"
#include "core/base/seams.h"
#include "core/exchange/demo.h"
#include "i18n/text.h"
#include "tests/screen/hostile.h"
#include "tests/screen/pty.h"
#include "tests/screen/walk.h"

enum { WRITES_PER_FRAME = 2 /* the frame, and curses' own into memory */ };

#define DOWN "\x1b[B"
#define F3 "\x1bOR"
#define F7 "\x1b[18~"
#define F12 "\x1b[24~"

static char place[64];
static char folder[80];
static char *program;

static int make_store(void **state)
{
    struct demo_report report;

    (void)state;
    text_locale();
    program = getenv("TIDEWAITER");
    if (!program || access(program, X_OK) != 0) {
        print_message("# TIDEWAITER does not name the program\n");
        return -1;
    }
    snprintf(place, sizeof place, "%s/tidewaiter-program-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(place));
    snprintf(folder, sizeof folder, "%s/store", place);
    assert_int_equal(crypto_start(), ERR_OK);
    return demo_make(folder, &report) == ERR_OK ? 0 : -1;
}

static int run(char *const argv[])
{
    pid_t child = fork();
    int status = -1;

    if (child == 0) {
        if (!freopen("/dev/null", "w", stdout))
            _exit(126);
        execvp(argv[0], argv);
        _exit(127);
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status)
               ? WEXITSTATUS(status)
               : -1;
}

static int remove_store(void **state)
{
    (void)state;
    return run((char *[]){ "rm", "-rf", place, NULL });
}

static void assert_store_is_whole(void)
{
    assert_int_equal(run((char *[]){ program, "verify", "--store", folder, NULL }), 0);
}

static struct pty *start(char *officer)
{
    struct pty *pty = pty_spawn((char *[]){ program, "--store", folder, "--as", officer, NULL },
                                24, 80, NULL);

    assert_true(pty_wait_text(pty, "我的未結案件 My open cases"));
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    return pty;
}

static void end(struct pty *pty)
{
    pty_signal(pty, SIGTERM);
    pty_wait_end(pty);
    pty_free(pty);
}

static struct pty *start_in_cases(void)
{
    struct pty *pty = start("desk");

    pty_type(pty, "c");
    assert_true(pty_wait_text(pty, "開案日期 Date opened"));
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    return pty;
}

static void the_first_screen_says_where_and_who(void **state)
{
    struct pty *pty = start("desk");
    int row, column;

    (void)state;
    assert_non_null(strstr(pty_row(pty, 0), "主頁 Home"));
    assert_non_null(strstr(pty_row(pty, 0), "D-1187 示範調查員甲"));
    assert_non_null(strstr(pty_row(pty, 23), "F1 說明"));
    assert_true(pty_is_raw(pty));
    pty_cursor(pty, &row, &column);
    assert_int_equal(strncmp(pty_row(pty, row), " >", 2), 0);
    end(pty);
}

static void an_unknown_officer_stays_at_the_door(void **state)
{
    struct pty *pty =
        pty_spawn((char *[]){ program, "--store", folder, "--as", "nobody", NULL }, 24, 80,
                  NULL);

    (void)state;
    assert_true(pty_wait_text(pty, "職員編號 Staff number"));
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    assert_null(strstr(pty_text(pty), "My open cases"));
    pty_type(pty, "\x1b");
    assert_int_equal(pty_wait_end(pty), 0);
    pty_free(pty);
}

static void each_step_down_is_one_write_of_few_bytes(void **state)
{
    struct pty *pty = start_in_cases();
    size_t most = 0;

    (void)state;
    for (int i = 1; i <= 12; i++) {
        int row, column;

        pty_mark(pty);
        pty_type(pty, DOWN);
        assert_true(pty_settle(pty, PTY_QUIET_MS));
        assert_true(pty_writes(pty) <= WRITES_PER_FRAME);
        most = pty_output(pty).len > most ? pty_output(pty).len : most;
        pty_cursor(pty, &row, &column);
        assert_int_equal(row, 3 + i);
        assert_non_null(strstr(pty_row(pty, row), "> "));
    }
    print_message("# Down in the list of cases: %zu bytes at most\n", most);
    assert_true(most <= 250);
    end(pty);
}

/* The cursor stands after what is typed, for there the input method opens its window. */
static void assert_cursor_after(struct pty *pty, int row, const char *before)
{
    int at_row, at_column;

    pty_cursor(pty, &at_row, &at_column);
    assert_int_equal(at_row, row);
    assert_int_equal(at_column, text_width(text_of(before)));
}

static void a_filter_is_typed_in_chinese(void **state)
{
    struct pty *pty = start_in_cases();

    (void)state;
    pty_type(pty, F3 "魚翅");
    assert_true(pty_wait_no_text(pty, "人造鑽石"));
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    assert_non_null(strstr(pty_row(pty, 1), "篩選 Filter 魚翅"));
    assert_cursor_after(pty, 1, " 篩選 Filter 魚翅");
    assert_non_null(strstr(pty_text(pty), "APT/23/00001-J"));
    pty_type(pty, "\x7f");
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    assert_cursor_after(pty, 1, " 篩選 Filter 魚");
    end(pty);
}

static void a_hong_kong_character_may_come_in_pieces(void **state)
{
    static const char lift[] = "𨋢";
    struct pty *pty = start_in_cases();

    (void)state;
    pty_type(pty, F3);
    for (size_t i = 0; i < sizeof lift - 1; i++) {
        pty_send(pty, &lift[i], 1);
        pty_settle(pty, 15);
    }
    assert_true(pty_wait_text(pty, "篩選 Filter 𨋢"));
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    assert_cursor_after(pty, 1, " 篩選 Filter 𨋢");
    end(pty);
}

static void an_idle_screen_sends_nothing(void **state)
{
    struct pty *pty = start_in_cases();

    (void)state;
    pty_mark(pty);
    pty_settle(pty, 1000);
    assert_int_equal(pty_output(pty).len, 0);
    end(pty);
}

static void a_window_made_small_and_large_again_loses_nothing(void **state)
{
    struct pty *pty = start_in_cases();

    (void)state;
    pty_type(pty, F3 "魚翅");
    assert_true(pty_wait_no_text(pty, "人造鑽石"));
    pty_resize(pty, 10, 60);
    assert_true(pty_wait_text(pty, "此視窗有10行60欄"));
    pty_resize(pty, 24, 80);
    assert_true(pty_wait_text(pty, "篩選 Filter 魚翅"));
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    assert_cursor_after(pty, 1, " 篩選 Filter 魚翅");
    assert_non_null(strstr(pty_text(pty), "APT/23/00001-J"));
    pty_resize(pty, 43, 132);
    assert_true(pty_wait_text(pty, "案件編號 Case number")); /* the detail beside the list */
    end(pty);
}

static void a_click_does_what_the_keys_do(void **state)
{
    struct pty *pty = start_in_cases();
    int row, column;

    (void)state;
    pty_type(pty, "\x1b[<0;5;9M\x1b[<0;5;9m"); /* a row */
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    pty_cursor(pty, &row, &column);
    assert_int_equal(row, 8);
    pty_type(pty, "\x1b[<0;3;24M\x1b[<0;3;24m"); /* F1 in the key bar */
    assert_true(pty_wait_text(pty, "Help for this screen"));
    pty_type(pty, F12);
    assert_true(pty_wait_no_text(pty, "Help for this screen"));
    pty_type(pty, "\x1b[<0;5;6M\x1b[<0;5;6m\x1b[<0;5;6M\x1b[<0;5;6m");
    assert_true(pty_wait_text(pty, "估值 Value"));
    end(pty);
}

static void a_paste_into_a_list_filters_and_opens_nothing(void **state)
{
    struct pty *pty = start_in_cases();

    (void)state;
    pty_type(pty, "\x1b[200~魚翅\r\x1b[201~");
    assert_true(pty_wait_text(pty, "篩選 Filter 魚翅"));
    assert_true(pty_wait_no_text(pty, "人造鑽石"));
    assert_non_null(strstr(pty_text(pty), "APT/23/00001-J"));
    end(pty);
}

static void an_input_method_left_on_is_noticed(void **state)
{
    struct pty *pty = start_in_cases();

    (void)state;
    pty_type(pty, "ㄅ");
    assert_true(pty_wait_text(pty, "輸入法仍開啟，指令鍵「ㄅ」未能識別"));
    pty_type(pty, "／"); /* of full width: what it means is done */
    assert_true(pty_wait_text(pty, "篩選 Filter"));
    end(pty);
}

static void keys_do_nothing_while_the_window_is_too_small(void **state)
{
    struct pty *pty = start_in_cases();

    (void)state;
    pty_resize(pty, 10, 60);
    assert_true(pty_wait_text(pty, "此視窗有10行60欄"));
    pty_type(pty, F3 "secret\r" F12);
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    pty_resize(pty, 24, 80);
    assert_true(pty_wait_text(pty, "開案日期 Date opened"));
    assert_null(strstr(pty_text(pty), "secret"));
    end(pty);
}

static void assert_knows(const struct walk *walk, struct pty *pty, const char *kind)
{
    struct bytes output = pty_output(pty);
    long wrong = walk_output(walk, output);

    if (wrong < 0)
        return;
    print_message("# %s, byte %ld:\n", kind, wrong);
    for (size_t i = (size_t)wrong; i < output.len && i < (size_t)wrong + 12; i++)
        print_message("# %02x\n", output.data[i]);
    fail_here("the terminal does not know this");
}

/* All that the program sends from its start to its end, whatever is pasted into it. */
static void no_screen_sends_what_the_terminal_does_not_know(void **state)
{
    static char kinds[][32] = { "TERM=xterm-256color", "TERM=vt220", "TERM=linux" };
    AUTO_BUFFER struct buffer paste = { 0 };

    (void)state;
    buffer_string(&paste, "\x1b[200~");
    for (size_t i = 0; i < hostile_count; i++)
        if (!memmem(hostile[i].data, hostile[i].len, "\x1b[20", 4))
            buffer_text(&paste, hostile[i]);
    buffer_string(&paste, "\x1b[201~");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct walk *walk = walk_new(kinds[i] + 5);
        struct pty *pty;

        if (!walk)
            continue;
        if (strcmp(kinds[i], "TERM=vt220") != 0) {
            walk_allow(walk, "\\E[?2004h");
            walk_allow(walk, "\\E[?2004l");
            walk_allow(walk, "\\E[?1006l\\E[?1000l"); /* on leaving, whatever was on */
        }
        pty = pty_spawn((char *[]){ program, "--store", folder, "--as", "desk", "--no-mouse",
                                    NULL },
                        24, 80, (char *[]){ kinds[i], NULL });
        assert_true(pty_wait_text(pty, "My open cases"));
        for (int screen = 0; screen < 3; screen++) {
            static const char *const ways[] = { F3, DOWN "\r" F3, F12 F7 };

            pty_type(pty, ways[screen]);
            pty_settle(pty, 20);
            pty_send(pty, paste.data, paste.len);
            pty_settle(pty, 20);
            pty_type(pty, F12);
            pty_settle(pty, 20);
        }
        pty_signal(pty, SIGTERM);
        assert_int_equal(pty_wait_end(pty), 0);
        assert_knows(walk, pty, kinds[i]);
        pty_free(pty);
        walk_free(walk);
    }
}

static bool was_sent(struct pty *pty, const char *bytes)
{
    return memmem(pty_output(pty).data, pty_output(pty).len, bytes, strlen(bytes)) != NULL;
}

static void a_value_of_a_sheet_goes_there_without_its_label(void **state)
{
    static const char sent[] = "\x1b]52;c;QVBULzIzLzAwMDAxLUo=\a"; /* APT/23/00001-J */
    struct pty *pty = start("desk");

    (void)state;
    pty_type(pty, F3 "APT/23/00001-J");
    assert_true(pty_wait_text(pty, "C-"));
    pty_type(pty, "\r");
    assert_true(pty_wait_text(pty, "案件編號 Case number"));
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    pty_mark(pty);
    pty_type(pty, "\x1b[H\x03"); /* the first field */
    assert_true(pty_wait_text(pty, "已送往終端機剪貼簿"));
    assert_true(was_sent(pty, sent));
    end(pty);
}

static void no_color_means_none(void **state)
{
    static char without[] = "NO_COLOR=1";
    struct pty *pty = pty_spawn((char *[]){ program, "--store", folder, "--as", "desk", NULL },
                                24, 80, (char *[]){ without, NULL });
    int row, column;

    (void)state;
    assert_true(pty_wait_text(pty, "My open cases"));
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    assert_false(was_sent(pty, "38;5;"));
    assert_false(was_sent(pty, "48;5;"));
    pty_cursor(pty, &row, &column);
    assert_true(pty_look(pty, row, column).reverse);
    end(pty);
}

static void a_paste_into_a_menu_only_narrows_it(void **state)
{
    struct pty *pty = start("desk");

    (void)state;
    pty_type(pty, "\x10"); /* Ctrl+P */
    assert_true(pty_wait_text(pty, "type a name, a code"));
    pty_type(pty, "\x1b[200~case-open\r\r\x1b[201~");
    assert_true(pty_wait_text(pty, "case-open"));
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    assert_null(strstr(pty_text(pty), "案件名稱 Case title"));
    end(pty);
}

/* A terminal without brackets around a paste sends it as keys. */
static void a_burst_of_enter_saves_nothing(void **state)
{
    struct pty *pty = start("D-1241");

    (void)state;
    pty_type(pty, F7);
    assert_true(pty_wait_text(pty, "案件名稱 Case title"));
    for (int i = 0; i < 90; i++)
        pty_type(pty, "x\r");
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    assert_non_null(strstr(pty_row(pty, 0), "開立案件 Open case"));
    end(pty);
}

static void of_a_storm_of_sizes_the_last_one_stands(void **state)
{
    struct pty *pty = start_in_cases();

    (void)state;
    for (int i = 0; i < 200; i++) {
        pty_resize(pty, 5 + i % 50, 30 + i * 11 % 150);
        if (i % 20 == 0)
            pty_type(pty, DOWN);
        pty_settle(pty, 1);
    }
    pty_resize(pty, 24, 80);
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    assert_true(pty_wait_text(pty, "F1 說明"));
    assert_true(pty_wait_text(pty, "案號 No."));
    end(pty);
}

static void a_field_goes_to_the_terminal_s_clipboard(void **state)
{
    static const char sent[] = "\x1b]52;c;5rW36Zec\a"; /* 海關 */
    struct pty *pty = start("D-1241");

    (void)state;
    pty_type(pty, F7);
    assert_true(pty_wait_text(pty, "案件名稱 Case title"));
    pty_type(pty, DOWN);
    pty_type(pty, "海關");
    assert_true(pty_wait_text(pty, "海關"));
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    pty_mark(pty);
    pty_type(pty, "\x03");
    assert_true(pty_wait_text(pty, "已送往終端機剪貼簿"));
    if (!memmem(pty_output(pty).data, pty_output(pty).len, sent, sizeof sent - 1)) {
        print_message("# %s\n", pty_text(pty));
        fail_here("the field was not sent");
    }
    end(pty);
}

/* A form for a new case with a title in it. */
static struct pty *half_a_form(char *officer, const char *typed)
{
    struct pty *pty = start(officer);

    pty_type(pty, F7);
    assert_true(pty_wait_text(pty, "案件名稱 Case title"));
    pty_type(pty, DOWN);
    pty_type(pty, typed);
    assert_true(pty_wait_text(pty, typed));
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    return pty;
}

static void assert_draft_is_back(char *officer, const char *typed)
{
    struct pty *pty = start(officer);

    assert_true(pty_wait_text(pty, "草稿：按Enter續寫"));
    pty_type(pty, "\x1b[C\r"); /* the right column: the draft */
    assert_true(pty_wait_text(pty, "已取回草稿"));
    assert_true(pty_wait_text(pty, typed));
    end(pty);
    assert_store_is_whole();
}

static void a_dropped_line_keeps_the_half_filled_form(void **state)
{
    struct pty *pty = half_a_form("desk", "斷線前的表格𠝹");

    (void)state;
    pty_hang_up(pty);
    assert_true(pty_wait_end(pty) >= 0);
    pty_free(pty);
    assert_draft_is_back("desk", "斷線前的表格𠝹");
}

static void a_hang_up_signal_keeps_the_form_and_restores_the_terminal(void **state)
{
    struct pty *pty = half_a_form("D-1199", "收到訊號的表格");

    (void)state;
    pty_signal(pty, SIGHUP);
    assert_true(pty_wait_end(pty) >= 0);
    assert_false(pty_is_raw(pty));
    pty_free(pty);
    assert_draft_is_back("D-1199", "收到訊號的表格");
}

static void a_killed_program_has_kept_what_was_typed_some_seconds_before(void **state)
{
    struct pty *pty = half_a_form("D-1204", "被終止的表格");

    (void)state;
    pty_type(pty, "甲");
    assert_true(pty_wait_text(pty, "被終止的表格甲"));
    pty_settle(pty, 3500); /* a form is kept after three seconds without a key */
    pty_signal(pty, SIGKILL);
    assert_int_equal(pty_wait_end(pty), -SIGKILL);
    pty_free(pty);
    assert_draft_is_back("D-1204", "被終止的表格甲");
}

static void the_terminal_is_left_as_it_was(void **state)
{
    struct pty *pty = start("desk");

    (void)state;
    pty_mark(pty);
    pty_type(pty, F12);
    assert_true(pty_wait_text(pty, "職員編號 Staff number"));
    pty_type(pty, "\x1b");
    assert_int_equal(pty_wait_end(pty), 0);
    assert_false(pty_is_raw(pty));
    assert_non_null(memmem(pty_output(pty).data, pty_output(pty).len, "\x1b[?1049l", 8));
    assert_non_null(memmem(pty_output(pty).data, pty_output(pty).len, "\x1b[?2004l", 8));
    assert_string_equal(pty_row(pty, 1), "");
    pty_free(pty);
}

static void an_absent_store_is_a_sentence_on_an_untouched_terminal(void **state)
{
    struct pty *pty =
        pty_spawn((char *[]){ program, "--store", "/nowhere/at/all", NULL }, 24, 80, NULL);

    (void)state;
    assert_int_equal(pty_wait_end(pty), err_exit_code(ERR_MISSING));
    assert_non_null(strstr(pty_text(pty), "/nowhere/at/all"));
    assert_null(memmem(pty_output(pty).data, pty_output(pty).len, "\x1b[?1049h", 8));
    pty_free(pty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_screen_says_where_and_who),
        cmocka_unit_test(an_unknown_officer_stays_at_the_door),
        cmocka_unit_test(each_step_down_is_one_write_of_few_bytes),
        cmocka_unit_test(a_filter_is_typed_in_chinese),
        cmocka_unit_test(a_hong_kong_character_may_come_in_pieces),
        cmocka_unit_test(an_idle_screen_sends_nothing),
        cmocka_unit_test(a_window_made_small_and_large_again_loses_nothing),
        cmocka_unit_test(a_click_does_what_the_keys_do),
        cmocka_unit_test(a_paste_into_a_list_filters_and_opens_nothing),
        cmocka_unit_test(an_input_method_left_on_is_noticed),
        cmocka_unit_test(keys_do_nothing_while_the_window_is_too_small),
        cmocka_unit_test(no_screen_sends_what_the_terminal_does_not_know),
        cmocka_unit_test(a_field_goes_to_the_terminal_s_clipboard),
        cmocka_unit_test(a_value_of_a_sheet_goes_there_without_its_label),
        cmocka_unit_test(no_color_means_none),
        cmocka_unit_test(a_paste_into_a_menu_only_narrows_it),
        cmocka_unit_test(a_burst_of_enter_saves_nothing),
        cmocka_unit_test(of_a_storm_of_sizes_the_last_one_stands),
        cmocka_unit_test(a_dropped_line_keeps_the_half_filled_form),
        cmocka_unit_test(a_hang_up_signal_keeps_the_form_and_restores_the_terminal),
        cmocka_unit_test(a_killed_program_has_kept_what_was_typed_some_seconds_before),
        cmocka_unit_test(the_terminal_is_left_as_it_was),
        cmocka_unit_test(an_absent_store_is_a_sentence_on_an_untouched_terminal),
    };

    return cmocka_run_group_tests(tests, make_store, remove_store);
}
