#include "tests/screen/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/text.h"

/* A string of an entry as a pattern of bytes, numbers and what conditions may give. */
enum { PATTERNS = 700, PATTERN_LENGTH = 600 };
enum { NUMBER = 256, NUMBERS, ANY_CHARACTER, ANYTHING };

struct pattern {
    short parts[PATTERN_LENGTH];
    size_t count;
};

struct walk {
    struct pattern patterns[PATTERNS];
    size_t count;
};

static void add(struct pattern *pattern, int part)
{
    if (pattern->count < PATTERN_LENGTH)
        pattern->parts[pattern->count++] = (short)part;
}

/* Past one %-operation; adds what it may print. */
static const char *take_operation(struct pattern *pattern, const char *at)
{
    int depth;

    switch (*at) {
    case '%':
        add(pattern, '%');
        return at + 1;
    case 'p':
    case 'P':
    case 'g':
        return at + 2;
    case '\'':
        return at + 3;
    case '{':
        return strchr(at, '}') + 1;
    case 'c':
        add(pattern, ANY_CHARACTER);
        return at + 1;
    case 's':
        add(pattern, ANYTHING);
        return at + 1;
    case '?': /* all that the condition may print, in whichever way */
        add(pattern, NUMBERS);
        for (depth = 1, at++; depth > 0 && *at; at++)
            if (at[0] == '%') {
                at++;
                depth += at[0] == '?' ? 1 : at[0] == ';' ? -1 : 0;
            }
        return at;
    default:
        while (strchr(":0123456789.", *at))
            at++;
        if (*at == 'd' || *at == 'x' || *at == 'o')
            add(pattern, NUMBER);
        return at + 1;
    }
}

static const char *take_escaped(struct pattern *pattern, const char *at)
{
    static const char names[] = "Eenrtbfsl", bytes[] = "\x1b\x1b\n\r\t\b\f \n";
    const char *name = strchr(names, *at);

    if (*at >= '0' && *at <= '7') {
        int byte = 0;

        for (int i = 0; i < 3 && *at >= '0' && *at <= '7'; i++)
            byte = byte * 8 + (*at++ - '0');
        add(pattern, byte & 0xFF);
        return at;
    }
    add(pattern, name ? bytes[name - names] : *at);
    return at + 1;
}

static void pattern_read(struct pattern *pattern, const char *at)
{
    while (*at) {
        if (*at == '%')
            at = take_operation(pattern, at + 1);
        else if (*at == '\\')
            at = take_escaped(pattern, at + 1);
        else if (*at == '^') {
            add(pattern, at[1] == '?' ? 0x7F : at[1] & 0x1F);
            at += 2;
        } else if (at[0] == '$' && at[1] == '<')
            at = strchr(at, '>') + 1;
        else
            add(pattern, *at++);
    }
}

static void walk_add(struct walk *walk, const char *string)
{
    struct pattern *pattern = &walk->patterns[walk->count];

    if (walk->count == PATTERNS)
        return;
    pattern->count = 0;
    pattern_read(pattern, string);
    if (pattern->count > 0 &&
        pattern->parts[0] == ANY_CHARACTER) /* it was read as such already */
        memmove(pattern->parts, pattern->parts + 1, --pattern->count * sizeof *pattern->parts);
    walk->count += pattern->count > 0;
}

/* Keys are what the terminal sends. */
static bool is_key(const char *name)
{
    return name[0] == 'k' && strncmp(name, "khome", 3) != 0 ? true
                                                            : strncmp(name, "kh", 2) == 0;
}

struct walk *walk_new(const char *terminal)
{
    char command[128], line[4096];
    struct walk *walk = memory_new(sizeof *walk);
    FILE *entry;

    snprintf(command, sizeof command, "infocmp -1 -x %s 2>/dev/null", terminal);
    entry = popen(command, "r");
    while (entry && fgets(line, sizeof line, entry)) {
        char *value = strchr(line, '='), *end = strrchr(line, ',');

        if (line[0] != '\t' || !value || !end || is_key(line + 1))
            continue;
        *end = '\0';
        walk_add(walk, value + 1);
    }
    if (!entry || pclose(entry) != 0 || walk->count == 0) {
        walk_free(walk);
        return NULL;
    }
    return walk;
}

void walk_free(struct walk *walk)
{
    free(walk);
}

void walk_allow(struct walk *walk, const char *sequence)
{
    walk_add(walk, sequence);
}

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

/* The bytes at `at` that the parts from `part` on take; 0: they are others. */
static size_t match(const struct pattern *pattern, size_t part, struct bytes output, size_t at)
{
    size_t begun = at;
    int wanted;

    if (part == pattern->count)
        return at;
    wanted = pattern->parts[part];
    if (wanted == NUMBER) {
        while (at < output.len && is_digit(output.data[at]))
            at++;
        return at > begun ? match(pattern, part + 1, output, at) : 0;
    }
    if (wanted == NUMBERS) {
        while (at < output.len &&
               (is_digit(output.data[at]) || output.data[at] == ';' || output.data[at] == ':'))
            at++;
        for (;; at--) {
            size_t end = match(pattern, part + 1, output, at);

            if (end > 0 || at == begun)
                return end;
        }
    }
    if (wanted == ANYTHING || wanted == ANY_CHARACTER)
        return 0; /* nothing that our programs send */
    if (at < output.len && output.data[at] == (uint8_t)wanted)
        return match(pattern, part + 1, output, at + 1);
    return 0;
}

static size_t control_end(const struct walk *walk, struct bytes output, size_t at)
{
    size_t longest = 0;

    for (size_t i = 0; i < walk->count; i++) {
        size_t end = match(&walk->patterns[i], 0, output, at);

        longest = end > longest ? end : longest;
    }
    return longest;
}

long walk_output(const struct walk *walk, struct bytes output)
{
    size_t at = 0;

    while (at < output.len) {
        uint32_t point;
        bool valid;
        size_t end =
            at + text_decode((const char *)output.data + at, output.len - at, &point, &valid);

        if (point < 0x20 || point == 0x7F)
            end = control_end(walk, output, at);
        else if (!valid || (point >= 0x80 && point < 0xA0))
            end = 0;
        if (end == 0)
            return (long)at;
        at = end;
    }
    return -1;
}
