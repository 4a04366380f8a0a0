#include "tests/screen/pty.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vterm.h>

#include "core/base/seams.h"
#include "i18n/text.h"

struct pty {
    pid_t child;
    int master;
    bool ended;
    int status;
    bool silent;
    int rows, columns;
    VTerm *emulator;
    VTermScreen *screen;
    struct buffer output; /* since the mark */
    struct buffer text;
    int writes_at_mark;
};

static void run_child(char *const argv[], char *const environment[])
{
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("NO_COLOR");
    for (; environment && *environment; environment++)
        putenv(*environment);
    execvp(argv[0], argv);
    _exit(127);
}

struct pty *pty_spawn(char *const argv[], int rows, int columns, char *const environment[])
{
    struct pty *pty = memory_new(sizeof *pty);
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };

    pty->rows = rows;
    pty->columns = columns;
    pty->emulator = vterm_new(rows, columns);
    vterm_set_utf8(pty->emulator, 1);
    pty->screen = vterm_obtain_screen(pty->emulator);
    vterm_screen_enable_altscreen(pty->screen, 1);
    vterm_screen_reset(pty->screen, 1);
    fflush(NULL);
    pty->child = forkpty(&pty->master, NULL, NULL, &size);
    if (pty->child == 0)
        run_child(argv, environment);
    if (pty->child < 0) {
        perror("forkpty");
        abort();
    }
    return pty;
}

void pty_free(struct pty *pty)
{
    if (!pty)
        return;
    if (!pty->ended) {
        kill(pty->child, SIGKILL);
        waitpid(pty->child, &pty->status, 0);
    }
    if (pty->master >= 0)
        close(pty->master);
    vterm_free(pty->emulator);
    buffer_free(&pty->output);
    buffer_free(&pty->text);
    free(pty);
}

void pty_answers(struct pty *pty, bool answers)
{
    pty->silent = !answers;
}

/* Takes what came within timeout_ms; true where anything did. Never blocks on sending, because
 * it reads while it waits for room. */
static bool pump(struct pty *pty, int timeout_ms)
{
    struct pollfd wait = { .fd = pty->master, .events = POLLIN };
    char bytes[65536];
    ssize_t got;

    if (pty->master < 0 || poll(&wait, 1, timeout_ms) <= 0)
        return false;
    got = read(pty->master, bytes, sizeof bytes);
    if (got <= 0) {
        if (got == 0 || errno == EIO) /* every end on the other side is closed */
            poll(NULL, 0, timeout_ms < 5 ? timeout_ms : 5);
        return false;
    }
    buffer_put(&pty->output, bytes, (size_t)got);
    vterm_input_write(pty->emulator, bytes, (size_t)got);
    got = (ssize_t)vterm_output_read(pty->emulator, bytes, sizeof bytes);
    if (got > 0 && !pty->silent)
        pty_send(pty, bytes, (size_t)got);
    return true;
}

void pty_send(struct pty *pty, const void *data, size_t size)
{
    const char *at = data;
    int64_t until = monotonic_ms() + PTY_DEADLINE_MS;

    while (size > 0 && monotonic_ms() < until) {
        struct pollfd wait = { .fd = pty->master, .events = POLLOUT };
        size_t piece = size < 512 ? size : 512; /* always fits where there is room */
        ssize_t sent;

        if (poll(&wait, 1, 0) <= 0 || !(wait.revents & POLLOUT)) {
            pump(pty, 5);
            continue;
        }
        sent = write(pty->master, at, piece);
        if (sent <= 0)
            return;
        at += sent;
        size -= (size_t)sent;
    }
}

void pty_type(struct pty *pty, const char *keys)
{
    pty_send(pty, keys, strlen(keys));
}

void pty_resize(struct pty *pty, int rows, int columns)
{
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };

    pty->rows = rows;
    pty->columns = columns;
    vterm_set_size(pty->emulator, rows, columns);
    ioctl(pty->master, TIOCSWINSZ, &size);
}

void pty_signal(struct pty *pty, int number)
{
    kill(pty->child, number);
}

void pty_hang_up(struct pty *pty)
{
    close(pty->master);
    pty->master = -1;
}

static bool wait_for(struct pty *pty, const char *text, bool present)
{
    int64_t until = monotonic_ms() + PTY_DEADLINE_MS;

    while ((strstr(pty_text(pty), text) != NULL) != present) {
        if (monotonic_ms() >= until) {
            fprintf(stderr, "%s \"%s\" on this screen:\n%s", present ? "no" : "still", text,
                    pty_text(pty));
            return false;
        }
        pump(pty, 50);
    }
    return true;
}

bool pty_wait_text(struct pty *pty, const char *text)
{
    return wait_for(pty, text, true);
}

bool pty_wait_no_text(struct pty *pty, const char *text)
{
    return wait_for(pty, text, false);
}

bool pty_settle(struct pty *pty, int quiet_ms)
{
    int64_t until = monotonic_ms() + PTY_DEADLINE_MS;

    while (monotonic_ms() < until)
        if (!pump(pty, quiet_ms))
            return true;
    return false;
}

int pty_wait_end(struct pty *pty)
{
    int64_t until = monotonic_ms() + PTY_DEADLINE_MS;

    while (!pty->ended) {
        pty->ended = waitpid(pty->child, &pty->status, WNOHANG) == pty->child;
        if (!pty->ended && monotonic_ms() >= until)
            return -1000;
        if (!pty->ended && !pump(pty, 5))
            poll(NULL, 0, 2);
    }
    while (pump(pty, 0))
        continue; /* its last words */
    return WIFSIGNALED(pty->status) ? -WTERMSIG(pty->status) : WEXITSTATUS(pty->status);
}

static VTermScreenCell screen_cell(struct pty *pty, int row, int column)
{
    VTermScreenCell cell;

    memset(&cell, 0, sizeof cell);
    vterm_screen_get_cell(pty->screen, (VTermPos){ .row = row, .col = column }, &cell);
    return cell;
}

static void put_row(struct pty *pty, int row)
{
    size_t end = pty->text.len;
    int width;

    for (int column = 0; column < pty->columns; column += width) {
        VTermScreenCell cell = screen_cell(pty, row, column);

        width = cell.width > 0 ? cell.width : 1;
        if (cell.chars[0] == 0)
            cell.chars[0] = ' ';
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++) {
            char bytes[4];

            buffer_put(&pty->text, bytes, text_encode(cell.chars[i], bytes));
        }
        if (cell.chars[0] != ' ' || cell.chars[1] != 0)
            end = pty->text.len;
    }
    pty->text.len = end;
}

const char *pty_text(struct pty *pty)
{
    buffer_clear(&pty->text);
    for (int row = 0; row < pty->rows; row++) {
        put_row(pty, row);
        buffer_byte(&pty->text, '\n');
    }
    buffer_byte(&pty->text, 0);
    return (const char *)pty->text.data;
}

const char *pty_row(struct pty *pty, int row)
{
    buffer_clear(&pty->text);
    put_row(pty, row);
    buffer_byte(&pty->text, 0);
    return (const char *)pty->text.data;
}

void pty_cursor(struct pty *pty, int *row, int *column)
{
    VTermPos place;

    vterm_state_get_cursorpos(vterm_obtain_state(pty->emulator), &place);
    *row = place.row;
    *column = place.col;
}

struct pty_look pty_look(struct pty *pty, int row, int column)
{
    VTermScreenCell cell = screen_cell(pty, row, column);

    return (struct pty_look){
        .bold = cell.attrs.bold,
        .reverse = cell.attrs.reverse,
        .underline = cell.attrs.underline != 0,
        .own_ink = !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg),
        .own_paper = !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg),
    };
}

bool pty_is_raw(struct pty *pty)
{
    struct termios modes;

    return tcgetattr(pty->master, &modes) == 0 && !(modes.c_lflag & (ICANON | ECHO | ISIG));
}

/* The kernel's count for the program. */
static int count_writes(struct pty *pty)
{
    char path[64];
    char line[128];
    int count = -1;
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/io", (int)pty->child);
    file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "syscw: ", 7) == 0)
            count = atoi(line + 7);
    if (file)
        fclose(file);
    return count;
}

void pty_mark(struct pty *pty)
{
    buffer_clear(&pty->output);
    pty->writes_at_mark = count_writes(pty);
}

struct bytes pty_output(struct pty *pty)
{
    return buffer_bytes(&pty->output);
}

int pty_writes(struct pty *pty)
{
    int now = count_writes(pty);

    return now < 0 || pty->writes_at_mark < 0 ? -1 : now - pty->writes_at_mark;
}
