/* The program in lines, as somebody with a screen reader runs it. TIDEWAITER names the program (./tidewaiter). */
#include "tests/check.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/crypto.h"
#include "core/base/seams.h"
#include "core/exchange/demo.h"
#include "i18n/text.h"
#include "tests/screen/pty.h"

static char place[64];
static char folder[80];
static const char *program;

static int make_store(void **state)
{
    struct demo_report report;

    (void)state;
    text_locale();
    program = getenv("TIDEWAITER") ? getenv("TIDEWAITER") : "./tidewaiter";
    if (access(program, X_OK) != 0) {
        print_message("# TIDEWAITER does not name the program\n");
        return -1;
    }
    snprintf(place, sizeof place, "%s/tidewaiter-plain-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(place));
    snprintf(folder, sizeof folder, "%s/store", place);
    assert_int_equal(crypto_start(), ERR_OK);
    return demo_make(folder, &report) == ERR_OK ? 0 : -1;
}

static int remove_store(void **state)
{
    char command[96];

    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", place);
    return system(command);
}

static struct pty *start(char *officer, char *terminal)
{
    return pty_spawn((char *[]){ (char *)(uintptr_t)program, "--plain", "--lang", "en",
                                 "--store", folder, officer ? "--as" : NULL, officer, NULL },
                     200, 120, (char *[]){ terminal, NULL });
}

static struct pty *start_at_home(char *officer)
{
    struct pty *pty = start(officer, NULL);

    assert_true(pty_wait_text(pty, "Choose"));
    return pty;
}

static bool is_lines_alone(struct bytes output)
{
    for (size_t i = 0; i < output.len; i++)
        if (output.data[i] < 0x20 && output.data[i] != '\n' && output.data[i] != '\r' &&
            output.data[i] != '\b')
            return false;
    return true;
}

static void a_terminal_that_knows_nothing_is_enough(void **state)
{
    static char dumb[] = "TERM=dumb";
    struct pty *pty = start("desk", dumb);

    (void)state;
    assert_true(pty_wait_text(pty, "Choose"));
    pty_type(pty, "cases\r");
    assert_true(pty_wait_text(pty, "== Home > Cases"));
    assert_true(pty_wait_text(pty, "20. "));
    pty_type(pty, "1\r");
    assert_true(pty_wait_text(pty, "> Case FIB/23/00002-I"));
    pty_type(pty, "quit\r");
    assert_int_equal(pty_wait_end(pty), 0);
    assert_true(is_lines_alone(pty_output(pty)));
    pty_free(pty);
}

static void a_password_is_not_seen_while_it_is_typed(void **state)
{
    struct pty *pty = start(NULL, NULL);

    (void)state;
    assert_true(pty_wait_text(pty, "Staff number:"));
    pty_type(pty, "D-1187\r");
    assert_true(pty_wait_text(pty, "Password:"));
    pty_settle(pty, PTY_QUIET_MS);
    pty_type(pty, "hunter2\r");
    assert_true(pty_wait_text(pty, "is wrong"));
    assert_null(strstr(pty_text(pty), "hunter2"));
    pty_type(pty, "D-1187\r");
    pty_settle(pty, PTY_QUIET_MS);
    pty_type(pty, "demo\r");
    assert_true(pty_wait_text(pty, "Choose"));
    pty_type(pty, "echoed\r");
    assert_true(pty_wait_text(pty, ": echoed"));
    pty_hang_up(pty);
    pty_wait_end(pty);
    pty_free(pty);
}

static void assert_draft_is_back(char *officer, const char *typed)
{
    struct pty *pty = start_at_home(officer);
    char row[8];
    const char *draft;

    draft = strstr(pty_text(pty), "Drafts:");
    assert_non_null(draft);
    snprintf(row, sizeof row, "%d\r", atoi(strchr(draft, '\n') + 1));
    pty_type(pty, row);
    assert_true(pty_wait_text(pty, "draft is back"));
    pty_type(pty, "=\r");
    assert_true(pty_wait_text(pty, typed));
    pty_hang_up(pty);
    pty_wait_end(pty);
    pty_free(pty);
}

static struct pty *half_a_form(char *officer, const char *typed)
{
    struct pty *pty = start_at_home(officer);

    pty_type(pty, "new-case\r");
    assert_true(pty_wait_text(pty, "Ordinances:"));
    pty_type(pty, "^case title\r");
    assert_true(pty_wait_text(pty, "Case title (Chinese) *:"));
    pty_type(pty, typed);
    pty_type(pty, "\r");
    assert_true(pty_wait_text(pty, "Case title (English)"));
    return pty;
}

static void a_dropped_line_keeps_what_was_answered(void **state)
{
    struct pty *pty = half_a_form("D-1199", "斷線前的答案");

    (void)state;
    pty_hang_up(pty);
    assert_int_equal(pty_wait_end(pty), 0);
    pty_free(pty);
    assert_draft_is_back("D-1199", "斷線前的答案");
}

static void a_killed_program_has_kept_every_answer(void **state)
{
    struct pty *pty = half_a_form("D-1204", "被終止前的答案");

    (void)state;
    pty_signal(pty, SIGKILL);
    assert_int_equal(pty_wait_end(pty), -SIGKILL);
    pty_free(pty);
    assert_draft_is_back("D-1204", "被終止前的答案");
}

static void an_interrupt_leaves_with_the_draft_kept(void **state)
{
    struct pty *pty = half_a_form("D-1230", "中斷前的答案");

    (void)state;
    pty_type(pty, "\x03");
    assert_int_equal(pty_wait_end(pty), 0);
    pty_free(pty);
    assert_draft_is_back("D-1230", "中斷前的答案");
}

static void answers_may_come_from_a_pipe(void **state)
{
    char command[512], told[4096];
    FILE *pipe;
    size_t got;

    (void)state;
    snprintf(
        command, sizeof command,
        "printf 'cases\\n/魚翅\\n1\\nquit\\n' | '%s' --plain --as desk --lang zh --store %s",
        program, folder);
    pipe = popen(command, "r");
    assert_non_null(pipe);
    got = fread(told, 1, sizeof told - 1, pipe);
    told[got] = '\0';
    assert_int_equal(pclose(pipe), 0);
    assert_non_null(strstr(told, "篩選 魚翅"));
    assert_non_null(strstr(told, "== 主頁 > 案件 > 案件 "));
}

static void broken_and_endless_answers_are_only_answers(void **state)
{
    char command[512];

    (void)state;
    snprintf(
        command, sizeof command,
        "{ head -c 300000 /dev/zero | tr '\\0' x; printf '\\n\\033[2J\\377\\300\\n3 \\001\\n/"
        "\\355\\240\\200\\n99999999999999999999\\n^\\n'; head -c 20000 /dev/urandom; } | "
        "'%s' --plain --as desk --store %s > %s/out",
        program, folder, place);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_that_knows_nothing_is_enough),
        cmocka_unit_test(a_password_is_not_seen_while_it_is_typed),
        cmocka_unit_test(a_dropped_line_keeps_what_was_answered),
        cmocka_unit_test(a_killed_program_has_kept_every_answer),
        cmocka_unit_test(an_interrupt_leaves_with_the_draft_kept),
        cmocka_unit_test(answers_may_come_from_a_pipe),
        cmocka_unit_test(broken_and_endless_answers_are_only_answers),
    };

    return cmocka_run_group_tests(tests, make_store, remove_store);
}
