/* Lines at standard output, answers from standard input: a terminal or a pipe. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "tui/plain/plain.h"

static volatile sig_atomic_t asked_to_end;

static void end(int number)
{
    (void)number;
    asked_to_end = 1;
}

/* They interrupt the read that waits for an answer. */
static void catch_signals(void)
{
    static const int caught[] = { SIGHUP, SIGINT, SIGTERM, SIGQUIT };
    struct sigaction ours = { .sa_handler = end };

    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++)
        sigaction(caught[i], &ours, NULL);
}

static void tell(void *context, struct text line)
{
    (void)context;
    fwrite(line.data, 1, line.len, stdout);
    putchar('\n');
}

/* Byte by byte where the input is no terminal, so that nothing is read that another program shall have. */
static bool read_line(struct buffer *answer)
{
    char byte;
    ssize_t got;

    while (!asked_to_end) {
        got = read(STDIN_FILENO, &byte, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        if (byte == '\n')
            return true;
        if (byte != '\r')
            buffer_byte(answer, (uint8_t)byte);
    }
    return false;
}

static bool ask(void *context, struct text prompt, bool secret, struct buffer *answer)
{
    struct termios seen, quiet;
    bool terminal = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &seen) == 0;
    bool answered;

    (void)context;
    if (terminal && secret) { /* before anybody is asked; what was typed ahead stays */
        quiet = seen;
        quiet.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSADRAIN, &quiet);
    }
    fwrite(prompt.data, 1, prompt.len, stdout);
    fflush(stdout);
    answered = read_line(answer);
    if (terminal && secret)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &seen);
    if (secret || !terminal)
        putchar('\n');
    return answered;
}

const struct plain_io *plain_terminal(void)
{
    static const struct plain_io io = { .tell = tell, .ask = ask };

    asked_to_end = 0;
    catch_signals();
    return &io;
}
