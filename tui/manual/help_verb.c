/* The verb `help`: what the program can do without a screen, and the papers that it writes about itself. */
#include <stdio.h>

#include "i18n/text.h"
#include "tui/command/command_line.h"
#include "tui/manual/manual.h"
#include "tui/play.h"

enum { COLUMNS = 79 };

/* A term, and what is said of it set in beside it or, where it is long, below. */
static void put_row(const struct command_line *line, const char *term,
                    const struct label *words, int indent)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text rest = label_text(arena, words, line->language), part;
    int used = printf("  %s", term);

    if (used + 2 > indent) {
        putchar('\n');
        used = 0;
    }
    while (text_wrap(&rest, COLUMNS - indent, &part)) {
        printf("%*s%.*s\n", indent - used, "", (int)part.len, part.data);
        used = 0;
    }
}

static void put_paragraph(const struct command_line *line, const struct label *words)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text rest = label_text(arena, words, line->language), part;

    while (text_wrap(&rest, COLUMNS, &part))
        printf("%.*s\n", (int)part.len, part.data);
}

static void put_option(const struct command_line *line, const struct option *option)
{
    char term[64];

    snprintf(term, sizeof term, "%s%s%s", option->name, option->value ? " " : "",
             option->value ? option->value : "");
    put_row(line, term, &option->help, 30);
}

static void put_all(const struct command_line *line)
{
    puts("tidewaiter [VERB] [ARGUMENTS] [OPTIONS]\n");
    for (const struct verb *verb = verbs; verb->name; verb++)
        put_row(line, verb->name, &verb->help, 12);
    putchar('\n');
    for (const struct option *option = program_options; option->name; option++)
        put_option(line, option);
}

static void put_play_words(const struct command_line *line)
{
    putchar('\n');
    for (const struct play_word *word = play_words; word->word; word++) {
        char term[64];

        snprintf(term, sizeof term, "%s %s", word->word, word->arguments);
        put_row(line, term, &word->help, 30);
    }
}

static void put_verb(const struct command_line *line, const struct verb *verb)
{
    printf("tidewaiter %s%s%s\n\n", verb->name, verb->arguments ? " " : "",
           verb->arguments ? verb->arguments : "");
    put_row(line, verb->name, &verb->help, 12);
    putchar('\n');
    put_paragraph(line, &verb->more);
    if (verb->run == run_play)
        put_play_words(line);
}

/* What its fields are called, for filters and files, and the orders of its list. */
static void put_type(const struct command_line *line, const struct record_type *type)
{
    put_row(line, type->name, &type->help, 22);
    putchar('\n');
    for (size_t i = 0; i < type->count; i++)
        put_row(line, type->fields[i].name, &type->fields[i].label, 22);
    if (type->index_count > 0)
        putchar('\n');
    for (size_t i = 0; i < type->index_count; i++)
        if (!type->indexes[i].sparse &&
            !type->indexes[i].only) /* what a list can be sorted by */
            put_row(line, type->indexes[i].name, &type->indexes[i].label, 22);
}

/* ---- topics ---- */

static enum err write_out(struct buffer *out)
{
    return out_write(NULL, buffer_bytes(out));
}

static enum err topic_keys(struct command_line *line)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct canvas *card = manual_keys(line->language);

    canvas_text(&out, card);
    canvas_free(card);
    return write_out(&out);
}

static enum err topic_keys_svg(struct command_line *line)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct canvas *card = manual_keys(line->language);

    canvas_svg(&out, card, TEXT("Tidewaiter"));
    canvas_free(card);
    return write_out(&out);
}

static enum err topic_man(struct command_line *line)
{
    AUTO_BUFFER struct buffer out = { 0 };

    manual_page(&out, line->language);
    return write_out(&out);
}

static enum err topic_completion(struct command_line *line)
{
    AUTO_BUFFER struct buffer out = { 0 };

    (void)line;
    manual_completion(&out);
    return write_out(&out);
}

static enum err topic_reference(struct command_line *line)
{
    AUTO_BUFFER struct buffer out = { 0 };

    manual_reference(&out, line->language);
    return write_out(&out);
}

const struct help_topic help_topics[] = {
    { "keys", topic_keys },
    { "keys-svg", topic_keys_svg },
    { "reference", topic_reference },
    { "man", topic_man },
    { "completion", topic_completion },
    { NULL, NULL },
};

/* `help TOPIC`, or `VERB --help`. */
static const char *topic_of(const struct command_line *line)
{
    const struct verb *verb = line->verb ? verb_named(line->verb) : NULL;

    if (!verb || (verb->run == run_help && line->count == 0))
        return NULL;
    return verb->run == run_help ? line->words[0] : verb->name;
}

enum err run_help(struct command_line *line)
{
    const char *topic = topic_of(line);
    const struct verb *verb = topic ? verb_named(topic) : NULL;
    const struct act *act = topic ? act_named(text_of(topic)) : NULL;
    const struct record_type *type = topic ? type_named(text_of(topic)) : NULL;

    if (!topic) {
        put_all(line);
        return ERR_OK;
    }
    for (const struct help_topic *row = help_topics; row->name; row++)
        if (text_is(text_of(topic), row->name))
            return row->write(line);
    if (verb) {
        put_verb(line, verb);
        return ERR_OK;
    }
    if (type) {
        put_type(line, type);
        return ERR_OK;
    }
    if (act && !act->hidden)
        return act_help(line, act);
    return fail(
        ERR_USAGE,
        N_("There is no help on \"%s\". It may be a verb, an act, a type of record, keys, "
           "keys-svg, reference, man or completion."),
        topic);
}
