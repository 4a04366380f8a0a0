/* The command line: verbs without a screen, their options, and what a script can rely on.
 *
 * `tidewaiter VERB [ARGUMENTS] [OPTIONS]`; without a verb the screen opens. Options may stand anywhere. Results go to
 * standard output, sentences to standard error; exit codes are those of core/base/err.h.
 */
#ifndef TIDEWAITER_TUI_COMMAND_COMMAND_LINE_H
#define TIDEWAITER_TUI_COMMAND_COMMAND_LINE_H

#include "core/exchange/sink.h"
#include "core/model/access.h"
#include "core/model/accounts.h"
#include "core/model/codes.h"

enum { WORDS = 512 };

struct command_line {
    const char *verb;         /* NULL: the screen */
    const char *words[WORDS]; /* what follows the verb */
    int count;
    const char *store;       /* --store DIR; "." where a store is there */
    const char *as;          /* --as NUMBER */
    int password_fd;         /* --password-fd N; -1: asked at the terminal */
    enum language language;  /* --lang */
    enum sink_format format; /* --format */
    const char *sort;        /* --by INDEX: list, export */
    const char *filter;      /* --filter TEXT */
    const char *second;      /* --second NUMBER: the other person of an act */
    const char *third;       /* --third NUMBER: the second witness of an act that two witness */
    const char *as_at;       /* --as-at MOMENT: show */
    int limit;               /* --limit N; 0: all */
    int escape_ms;           /* --escape-ms N: how long Esc waits; 0: as usual */
    bool reverse, all_fields, help, version, mono, ascii, no_mouse, plain, quick;
};

enum err command_line_parse(struct command_line *out, int argc, char **argv);

/* One verb of the program. `completes`: what the shell offers after it: folder, file, type, act, topic, or the words. */
struct verb {
    const char *name;
    const char *arguments; /* "DIR", "TYPE" ... or NULL */
    const char *completes;
    struct label help; /* in a line */
    struct label more;
    enum err (*run)(struct command_line *line);
    bool reads; /* only prints: a reader that leaves (head) ends it quietly */
};
extern const struct verb verbs[]; /* ended by a NULL name */
const struct verb *verb_named(const char *name);

struct option {
    const char *name;
    size_t offset; /* in struct command_line */
    enum { OPTION_TEXT, OPTION_FLAG, OPTION_NUMBER, OPTION_LANGUAGE, OPTION_FORMAT } kind;
    const char *value;     /* "DIR", "zh|en|both"; NULL: a flag */
    const char *completes; /* as of a verb */
    struct label help;
};
extern const struct option program_options[]; /* ended by a NULL name */
const struct option *option_named(const char *word);

/* What `help` can write besides (tui/manual/help_verb.c). */
struct help_topic {
    const char *name;
    enum err (*write)(struct command_line *line);
};
extern const struct help_topic help_topics[]; /* ended by a NULL name */
enum err run_help(struct command_line *line);

/* An open store with its codes and a session that is signed in, for one verb. */
struct seat {
    struct store *store;
    struct codes *codes;
    struct session session;
    struct access_reader *reader; /* what the officer may not read, no verb gets */
};
enum err seat_open(struct seat *seat, const struct command_line *line, bool writing);
void seat_close(struct seat *seat);
/* The whole record that a word means: an id (E-12), a number, a bar code, else the first that a search finds. */
enum err seat_record(struct txn *txn, const char *word, struct arena *arena,
                     struct record **out);
/* The password of --password-fd, or asked at the terminal without echo. */
enum err password_read(const struct command_line *line, const struct label *prompt,
                       char out[256]);

/* Where lines go: standard output; a reader that left (EPIPE) ends the verb quietly. */
enum err out_write(void *context, struct bytes bytes);
void out_sentence(const struct command_line *line, const char *id, ...)
    __attribute__((format(printf, 2, 3)));
void out_warning(const struct command_line *line, const char *id, ...)
    __attribute__((format(printf, 2, 3)));                       /* to standard error */
void out_failure(const struct command_line *line, enum err err); /* to standard error */

/* What an act asks, how each field is typed, and an example. */
enum err act_help(const struct command_line *line, const struct act *act);

enum err run_init(struct command_line *line);
enum err run_demo(struct command_line *line);
enum err run_list(struct command_line *line);
enum err run_show(struct command_line *line);
enum err run_act(struct command_line *line);
enum err run_export(struct command_line *line);
enum err run_verify(struct command_line *line);
enum err run_rebuild(struct command_line *line);
enum err run_play(struct command_line *line);
enum err run_user(struct command_line *line);
enum err run_find(struct command_line *line);
enum err run_stocktake_sample(struct command_line *line);
enum err run_label(struct command_line *line);
enum err run_paper(struct command_line *line);
enum err run_fetch(struct command_line *line);
enum err run_tend(struct command_line *line);

#endif
