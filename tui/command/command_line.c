#include "tui/command/command_line.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/seams.h"
#include "core/change/mirror.h"
#include "i18n/text.h"

static enum err number_of(int *out, const char *value, const char *option)
{
    char *end;
    long number = strtol(value, &end, 10);

    if (*value == '\0' || *end != '\0' || number < 0 || number > 100000000)
        return fail(ERR_USAGE, N_("%s needs a whole number."), option);
    *out = (int)number;
    return ERR_OK;
}

static enum err option_take(struct command_line *out, const struct option *option,
                            const char *value)
{
    void *place = (char *)out + option->offset;

    switch (option->kind) {
    case OPTION_TEXT:
        *(const char **)place = value;
        return ERR_OK;
    case OPTION_FLAG:
        *(bool *)place = true;
        return ERR_OK;
    case OPTION_NUMBER:
        return number_of(place, value, option->name);
    case OPTION_LANGUAGE:
        if (!language_parse(place, text_of(value)))
            return fail(ERR_USAGE, N_("--lang is zh, en or both."));
        return ERR_OK;
    case OPTION_FORMAT:
        if (!sink_format_parse(place, text_of(value)))
            return fail(ERR_USAGE, N_("--format is text, tsv, csv or json."));
        return ERR_OK;
    }
    return ERR_OK;
}

/* Before all else, so that what is wrong with the rest is said in this language. */
static void language_first(struct command_line *out, int argc, char **argv)
{
    for (int i = 1; i + 1 < argc; i++)
        if (strcmp(argv[i], "--lang") == 0)
            (void)language_parse(&out->language, text_of(argv[i + 1]));
}

enum err command_line_parse(struct command_line *out, int argc, char **argv)
{
    *out = (struct command_line){ .password_fd = -1, .language = LANGUAGE_BOTH };
    language_first(out, argc, argv);
    for (int i = 1; i < argc; i++) {
        const struct option *option =
            argv[i][0] == '-' && argv[i][1] != '\0' ? option_named(argv[i]) : NULL;

        if (option) {
            bool takes = option->kind != OPTION_FLAG;

            if (takes && i + 1 >= argc)
                return fail(ERR_USAGE, N_("%s needs a value after it."), argv[i]);
            TRY(option_take(out, option, takes ? argv[i + 1] : NULL));
            i += takes;
        } else if (argv[i][0] == '-' && argv[i][1] == '-') {
            return fail(ERR_USAGE, N_("There is no option %s. tidewaiter --help lists them."),
                        argv[i]);
        } else if (!out->verb) {
            out->verb = argv[i];
        } else if (out->count < WORDS) {
            out->words[out->count++] = argv[i];
        } else {
            return fail(ERR_USAGE,
                        N_("There are more words on the command line than can be taken."));
        }
    }
    return ERR_OK;
}

enum err out_write(void *context, struct bytes bytes)
{
    (void)context;
    if (fwrite(bytes.data, 1, bytes.len, stdout) != bytes.len)
        return fail(ERR_IO, N_("The output could not be written."));
    return ERR_OK;
}

static void put_message(FILE *stream, const struct command_line *line,
                        const struct message *message)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text words = sentence(arena, message, line->language);

    fprintf(stream, "%.*s\n", (int)words.len, words.data);
}

void out_failure(const struct command_line *line, enum err err)
{
    struct message none;

    if (last_failure()->id) {
        put_message(stderr, line, last_failure());
        return;
    }
    message_set(&none, N_("It could not be done (%s)."), err_name(err));
    put_message(stderr, line, &none);
}

void out_sentence(const struct command_line *line, const char *id, ...)
{
    struct message message;
    va_list arguments;

    va_start(arguments, id);
    message_vset(&message, id, arguments);
    va_end(arguments);
    put_message(stdout, line, &message);
}

void out_warning(const struct command_line *line, const char *id, ...)
{
    struct message message;
    va_list arguments;

    va_start(arguments, id);
    message_vset(&message, id, arguments);
    va_end(arguments);
    put_message(stderr, line, &message);
}

enum { CANCEL = 'C' - '@' }; /* Ctrl+C */

static enum err password_from(int descriptor, char out[256])
{
    ssize_t got = read(descriptor, out, 255);

    if (got <= 0)
        return fail(ERR_USAGE, N_("No password could be read."));
    out[got] = '\0';
    out[strcspn(out, "\r\n")] = '\0';
    if (strchr(out, CANCEL)) {
        secret_clear(out, 256);
        return fail(ERR_USAGE, N_("No password was given, so nothing was done."));
    }
    return ERR_OK;
}

enum err password_read(const struct command_line *line, const struct label *prompt,
                       char out[256])
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text words = label_text(arena, prompt, line->language);
    struct termios old, quiet;
    enum err err;

    if (line->password_fd >= 0)
        return password_from(line->password_fd, out);
    if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &old) != 0)
        return fail(ERR_USAGE, N_("A password is needed. Give it through --password-fd, or run "
                                  "this at a terminal."));
    fprintf(stderr, "%.*s: ", (int)words.len, words.data);
    quiet = old;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ISIG); /* Ctrl+C must not leave it without echo */
    quiet.c_cc[VEOL] = CANCEL;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    err = password_from(STDIN_FILENO, out);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &old);
    fputc('\n', stderr);
    return err;
}

static enum err sign_in(struct seat *seat, const struct command_line *line)
{
    static const struct label prompt = L("Password", "密碼");
    char password[256];
    enum err err;

    if (!line->as)
        return fail(ERR_USAGE, N_("Say who you are: --as NUMBER, your staff number."));
    if (store_identity(seat->store)->demo)
        return account_sign_in_demo(&seat->session, text_of(line->as));
    TRY(password_read(line, &prompt, password));
    err = account_sign_in(&seat->session, text_of(line->as), text_of(password));
    secret_clear(password, sizeof password);
    return err;
}

static enum err seat_fill(struct seat *seat, const struct command_line *line, bool writing)
{
    if (writing)
        TRY(mirror_check(seat->store));
    seat->codes = codes_new(seat->store);
    TRY(codes_refresh(seat->codes));
    session_start(&seat->session, seat->store, codes_lookup(seat->codes));
    seat->session.language = line->language;
    seat->reader = access_reader_new(&seat->session);
    store_read_as(seat->store, access_of(seat->reader));
    /* A demonstration store can be read by anybody; what is done in it has a name all the same. */
    if (!writing && !line->as && store_identity(seat->store)->demo)
        return ERR_OK;
    TRY(sign_in(seat, line));
    codes_officer(seat->codes, seat->session.officer);
    return ERR_OK;
}

enum err seat_open(struct seat *seat, const struct command_line *line, bool writing)
{
    const char *folder = line->store ? line->store : ".";
    enum err err;

    *seat = (struct seat){ 0 };
    err = store_open(&seat->store, folder, STORE_WRITABLE);
    if (!writing && (err == ERR_READ_ONLY || err == ERR_NEWER))
        err = store_open(&seat->store, folder, STORE_READ_ONLY);
    if (err == ERR_OK)
        err = seat_fill(seat, line, writing);
    if (err != ERR_OK)
        seat_close(seat);
    return err;
}

void seat_close(struct seat *seat)
{
    session_end(&seat->session);
    access_reader_free(seat->reader);
    codes_free(seat->codes);
    store_close(seat->store);
    *seat = (struct seat){ 0 };
}
