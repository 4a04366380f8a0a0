#include "core/model/types.h"
#include "tui/command/command_line.h"
#include "tui/manual/manual.h"

#include <string.h>

static void put_verbs(struct buffer *out)
{
    for (const struct verb *verb = verbs; verb->name; verb++)
        buffer_printf(out, "%s%s", verb == verbs ? "" : " ", verb->name);
}

static void put_types(struct buffer *out)
{
    bool first = true;

    for (const struct record_type *const *type = record_types; *type; type++) {
        if ((*type)->family != 0)
            continue;
        buffer_printf(out, "%s%s", first ? "" : " ", (*type)->name);
        first = false;
    }
}

static void put_options(struct buffer *out)
{
    for (const struct option *option = program_options; option->name; option++)
        buffer_printf(out, "%s%s", option == program_options ? "" : " ", option->name);
}

/* "--reverse | --quick": options with nothing after them. */
static void put_flags(struct buffer *out)
{
    bool first = true;

    for (const struct option *option = program_options; option->name; option++) {
        if (option->value)
            continue;
        buffer_printf(out, "%s%s", first ? "" : " | ", option->name);
        first = false;
    }
}

/* What follows an option with a value. */
static void put_values(struct buffer *out)
{
    for (const struct option *option = program_options; option->name; option++) {
        const char *completes = option->completes ? option->completes : "";

        if (!option->value)
            continue;
        buffer_printf(out, "    %s) ", option->name);
        if (strcmp(completes, "folder") == 0)
            buffer_string(out, "mapfile -t COMPREPLY < <(compgen -d -- \"$current\"); ");
        else if (*completes)
            buffer_printf(out, "mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$current\"); ",
                          completes);
        buffer_string(out, "return ;;\n");
    }
}

/* What follows a verb. */
static void put_arguments(struct buffer *out)
{
    for (const struct verb *verb = verbs; verb->name; verb++) {
        const char *completes = verb->completes ? verb->completes : "";

        if (!*completes)
            continue;
        buffer_printf(out, "    %s) ", verb->name);
        if (strcmp(completes, "type") == 0)
            buffer_string(out, "[[ -n $word ]] || echo \"$_tidewaiter_types\"");
        else if (strcmp(completes, "folder") == 0)
            buffer_string(out, "compgen -d -- \"$current\"");
        else if (strcmp(completes, "file") == 0)
            buffer_string(out, "compgen -f -- \"$current\"");
        else if (strcmp(completes, "act") == 0)
            buffer_string(out, "_tidewaiter_acts");
        else if (strcmp(completes, "topic") == 0)
            buffer_string(out, "echo \"$_tidewaiter_verbs $_tidewaiter_topics\"");
        else
            buffer_printf(out, "echo '%s'", completes);
        buffer_string(out, " ;;\n");
    }
}

static void put_topics(struct buffer *out)
{
    for (const struct help_topic *topic = help_topics; topic->name; topic++)
        buffer_printf(out, "%s%s", topic == help_topics ? "" : " ", topic->name);
}

/* The script: @ and a name stand where a table is written in. */
static const char script[] =
    "# Completion of tidewaiter for bash, made by `tidewaiter help completion'.\n"
    "\n"
    "_tidewaiter_verbs='@verbs'\n"
    "_tidewaiter_options='@options'\n"
    "_tidewaiter_types='@types'\n"
    "_tidewaiter_topics='@topics'\n"
    "\n"
    "# The verb of the line and the word after it, past options and their values.\n"
    "_tidewaiter_verb_and_word()\n"
    "{\n"
    "    local i\n"
    "    verb='' word=''\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        case ${COMP_WORDS[i]} in\n"
    "        @flags) ;;\n"
    "        --*) ((i++)) ;;\n"
    "        *)\n"
    "            if [[ -z $verb ]]; then\n"
    "                verb=${COMP_WORDS[i]}\n"
    "            elif [[ -z $word ]]; then\n"
    "                word=${COMP_WORDS[i]}\n"
    "            fi\n"
    "            ;;\n"
    "        esac\n"
    "    done\n"
    "}\n"
    "\n"
    "# Names of acts, or \"field=\" of the act that stands there: the program is asked.\n"
    "_tidewaiter_acts()\n"
    "{\n"
    "    if [[ -z $word ]]; then\n"
    "        \"${COMP_WORDS[0]}\" act --lang en 2>/dev/null | sed -n 's/^\\([a-z-]*\\) "
    ".*/\\1/p'\n"
    "    else\n"
    "        \"${COMP_WORDS[0]}\" act \"$word\" --help --lang en 2>/dev/null |\n"
    "            sed -n 's/^  \\([a-z_]*=\\).*/\\1/p'\n"
    "    fi\n"
    "}\n"
    "\n"
    "_tidewaiter_words()\n"
    "{\n"
    "    case $verb in\n"
    "    '') echo \"$_tidewaiter_verbs\" ;;\n"
    "@arguments"
    "    esac\n"
    "}\n"
    "\n"
    "_tidewaiter()\n"
    "{\n"
    "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb "
    "word IFS=$' \\t\\n'\n"
    "\n"
    "    COMPREPLY=()\n"
    "    case $previous in\n"
    "@values"
    "    esac\n"
    "    if [[ $current == -* ]]; then\n"
    "        mapfile -t COMPREPLY < <(compgen -W \"$_tidewaiter_options\" -- \"$current\")\n"
    "        return\n"
    "    fi\n"
    "    _tidewaiter_verb_and_word\n"
    "    mapfile -t COMPREPLY < <(compgen -W \"$(_tidewaiter_words)\" -- \"$current\")\n"
    "    [[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace\n"
    "}\n"
    "\n"
    "complete -F _tidewaiter tidewaiter\n";

static const struct part {
    const char *name;
    void (*put)(struct buffer *out);
} parts[] = {
    { "@verbs", put_verbs },   { "@options", put_options },
    { "@types", put_types },   { "@topics", put_topics },
    { "@flags", put_flags },   { "@arguments", put_arguments },
    { "@values", put_values }, { NULL, NULL },
};

void manual_completion(struct buffer *out)
{
    for (const char *at = script; *at != '\0'; at++) {
        const struct part *part = parts;

        while (part->name && strncmp(at, part->name, strlen(part->name)) != 0)
            part++;
        if (!part->name) {
            buffer_byte(out, (uint8_t)*at);
            continue;
        }
        part->put(out);
        at += strlen(part->name) - 1;
    }
}
