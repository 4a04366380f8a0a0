#include "tui/screen/tty.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

enum { READ_SIZE = 4096, LEAVE_SIZE = 256 };

struct tty {
    struct termios before;
    struct termios raw;
    sigset_t mask_before;
    int signals; /* a signalfd */
    bool gone;
    pid_t process;
    uint8_t leave[LEAVE_SIZE]; /* ready for the worst moment */
    size_t leave_len;
};

static struct tty *open_tty;

bool tty_present(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

void tty_size(int *rows, int *columns)
{
    struct winsize size = { 0 };

    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    *rows = size.ws_row > 0 ? size.ws_row : 24;
    *columns = size.ws_col > 0 ? size.ws_col : 80;
}

/* Nothing here may allocate or lock: it also runs after crashes. A child that exits leaves its
 * parent's terminal alone. */
static void restore(void *context)
{
    struct tty *tty = context;

    if (!tty || tty->process != getpid())
        return;
    if (write(STDOUT_FILENO, tty->leave, tty->leave_len) < 0)
        tty->gone = true;
    tcsetattr(STDIN_FILENO, TCSANOW, &tty->before);
}

static void restore_at_exit(void)
{
    restore(open_tty);
}

static void restore_after_crash(int number)
{
    restore(open_tty);
    open_tty = NULL;
    raise(number); /* the handler is gone by SA_RESETHAND */
}

static void catch_crashes(bool on)
{
    static const int crashes[] = { SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV };
    struct sigaction ours = { .sa_handler = restore_after_crash,
                              .sa_flags = (int)(SA_RESETHAND | SA_NODEFER) };
    struct sigaction standard = { .sa_handler = SIG_DFL };

    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++) {
        struct sigaction now;

        sigaction(crashes[i], NULL, &now); /* a debugger's or sanitizer's own is left alone */
        if (on && now.sa_handler == SIG_DFL)
            sigaction(crashes[i], &ours, NULL);
        else if (!on && now.sa_handler == restore_after_crash)
            sigaction(crashes[i], &standard, NULL);
    }
}

static void catch_signals(struct tty *tty)
{
    static const int caught
        [] = { SIGHUP,  SIGINT,   SIGTERM, SIGQUIT,
               SIGCONT, SIGWINCH, SIGTSTP /* never stopped with the terminal in our modes */ };
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++)
        sigaddset(&set, caught[i]);
    sigprocmask(SIG_BLOCK, &set, &tty->mask_before);
    tty->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

struct tty *tty_open(struct bytes leave)
{
    struct tty *tty = memory_new(sizeof *tty);

    assert(!open_tty && leave.len <= LEAVE_SIZE);
    memcpy(tty->leave, leave.data, leave.len);
    tty->leave_len = leave.len;
    tty->process = getpid();
    tcgetattr(STDIN_FILENO, &tty->before);
    tty->raw = tty->before;
    cfmakeraw(&tty->raw);
    catch_signals(tty);
    atexit(restore_at_exit);
    open_tty = tty;
    catch_crashes(true);
    memory_on_exhaustion(restore, tty);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &tty->raw); /* keys typed ahead stay */
    return tty;
}

void tty_close(struct tty *tty)
{
    if (!tty)
        return;
    assert(tty == open_tty);
    memory_on_exhaustion(NULL, NULL);
    restore(tty);
    catch_crashes(false);
    open_tty = NULL;
    if (tty->signals >= 0)
        close(tty->signals);
    sigprocmask(SIG_SETMASK, &tty->mask_before, NULL);
    free(tty);
}

void tty_send(struct tty *tty, const void *data, size_t size)
{
    const uint8_t *at = data;

    while (size > 0 && !tty->gone) {
        ssize_t sent = write(STDOUT_FILENO, at, size);

        if (sent > 0) {
            at += sent;
            size -= (size_t)sent;
        } else if (sent < 0 && errno == EAGAIN) {
            struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

            poll(&out, 1, -1);
        } else if (sent == 0 || errno != EINTR) {
            tty->gone = true;
        }
    }
}

static unsigned read_signals(struct tty *tty)
{
    struct signalfd_siginfo got;
    unsigned events = 0;

    while (read(tty->signals, &got, sizeof got) == (ssize_t)sizeof got)
        switch (got.ssi_signo) {
        case SIGCONT: /* the shell had its own modes meanwhile */
            tcsetattr(STDIN_FILENO, TCSADRAIN, &tty->raw);
            events |= TTY_RESIZED;
            break;
        case SIGWINCH:
            events |= TTY_RESIZED;
            break;
        case SIGTSTP:
            break;
        default:
            events |= TTY_ENDING;
        }
    return events;
}

static unsigned read_input(struct tty *tty, struct buffer *in)
{
    uint8_t bytes[READ_SIZE];
    ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);

    if (got > 0) {
        buffer_put(in, bytes, (size_t)got);
        return TTY_INPUT;
    }
    if (got == 0 || (errno != EINTR && errno != EAGAIN))
        tty->gone = true;
    return 0;
}

unsigned tty_wait(struct tty *tty, int timeout_ms, struct buffer *in)
{
    struct pollfd wait[2] = {
        { .fd = STDIN_FILENO, .events = POLLIN },
        { .fd = tty->signals, .events = POLLIN },
    };
    unsigned events = 0;

    if (!tty->gone && poll(wait, 2, timeout_ms) > 0) {
        if (wait[0].revents)
            events |= read_input(tty, in);
        if (wait[1].revents)
            events |= read_signals(tty);
    }
    return events | (tty->gone ? TTY_GONE : 0);
}
