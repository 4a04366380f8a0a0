#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>

#include "i18n/text.h"
#include "tui/app.h"
#include "tui/command/command_line.h"

static enum err run(struct command_line *line, int argc, char **argv)
{
    const struct verb *verb;

    TRY(command_line_parse(line, argc, argv));
    if (line->version) {
        puts("tidewaiter " PACKAGE_VERSION);
        return ERR_OK;
    }
    if (!line->verb)
        return line->help ? run_help(line) : app_run(line);
    verb = verb_named(line->verb);
    if (!verb)
        return fail(ERR_USAGE, N_("There is no verb \"%s\". tidewaiter --help lists them."),
                    line->verb);
    if (line->help && verb->run != run_act)
        return run_help(line);
    if (verb->reads)
        signal(SIGPIPE, SIG_DFL);
    return verb->run(line);
}

int main(int argc, char **argv)
{
    struct command_line line = { .language = LANGUAGE_BOTH };
    enum err err;

    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a full quota is an error of write(2), not an end */
    umask(077);
    text_locale();
    err = crypto_start();
    if (err == ERR_OK)
        err = run(&line, argc, argv);
    if (fflush(stdout) != 0 && err == ERR_OK)
        err = fail(ERR_IO, N_("The output could not be written."));
    if (err != ERR_OK)
        out_failure(&line, err);
    return err_exit_code(err);
}
