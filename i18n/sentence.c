#include "i18n/sentence.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "i18n/catalog.h"
#include "i18n/text.h"

static const char *const names[] = {
    [LANGUAGE_ZH] = "zh", [LANGUAGE_EN] = "en", [LANGUAGE_BOTH] = "both"
};

bool language_parse(enum language *out, struct text name)
{
    for (enum language each = LANGUAGE_ZH; each <= LANGUAGE_BOTH; each++) {
        if (text_is(name, names[each])) {
            *out = each;
            return true;
        }
    }
    return false;
}

/* Labels */

static struct text label_in(const struct label *label, bool chinese)
{
    return text_of(chinese && label->zh && *label->zh ? label->zh : label->en);
}

struct text label_text(struct arena *arena, const struct label *label, enum language language)
{
    struct text chinese = label_in(label, true), english = label_in(label, false);

    if (language == LANGUAGE_EN)
        return english;
    if (language == LANGUAGE_ZH || text_equal(chinese, english))
        return chinese;
    return arena_printf(arena, "%s %s", label->zh, label->en);
}

/* Sentences */

struct conversion {
    size_t bytes; /* of "%2$s" */
    size_t index; /* of the argument */
    char kind;    /* s, d, u, p or % */
};

/* Reads the conversion at `p`, which is a percent sign; false where it is none of ours. */
static bool conversion_at(const char *p, size_t next, struct conversion *out)
{
    const char *at = p + 1;
    size_t digits = strspn(at, "0123456789");

    out->index = next;
    if (digits > 0 && at[digits] == '$') {
        if (digits > 1 || *at == '0')
            return false; /* a message has fewer than ten arguments */
        out->index = (size_t)(*at - '1');
        at += digits + 1;
    }
    at += strspn(at, "lz");
    out->kind = *at;
    out->bytes = (size_t)(at - p) + 1;
    return *at != '\0' && strchr("sdup%", *at);
}

static void put_argument(struct buffer *out, const struct argument *argument, bool chinese)
{
    switch (argument->kind) {
    case ARGUMENT_TEXT:
        text_safe(out, text_of(argument->text), TEXT_ONE_LINE);
        return;
    case ARGUMENT_INT:
        buffer_printf(out, "%" PRId64, argument->number);
        return;
    case ARGUMENT_LABEL:
        buffer_text(out, label_in(argument->label, chinese));
        return;
    }
}

static bool fits(const struct message *message, struct conversion conversion)
{
    static const enum argument_kind kinds[] = { ['s'] = ARGUMENT_TEXT,
                                                ['d'] = ARGUMENT_INT,
                                                ['u'] = ARGUMENT_INT,
                                                ['p'] = ARGUMENT_LABEL };

    return conversion.index < message->count &&
           message->arguments[conversion.index].kind == kinds[(unsigned char)conversion.kind];
}

/* False, and nothing appended, where the pattern asks for other arguments than the message has. */
static bool render(struct buffer *out, const char *pattern, const struct message *message,
                   bool chinese)
{
    size_t before = out->len, next = 0;

    while (*pattern != '\0') {
        size_t plain = strcspn(pattern, "%");
        struct conversion conversion;

        buffer_put(out, pattern, plain);
        pattern += plain;
        if (*pattern == '\0')
            break;
        bool good = conversion_at(pattern, next, &conversion);

        if (good && conversion.kind == '%') {
            buffer_byte(out, '%');
        } else if (good && fits(message, conversion)) {
            put_argument(out, &message->arguments[conversion.index], chinese);
            next = conversion.index + 1;
        } else {
            out->len = before;
            return false;
        }
        pattern += conversion.bytes;
    }
    return true;
}

static bool render_chinese(struct buffer *out, const struct message *message)
{
    const char *chinese = catalog_find(message->id);

    return chinese && render(out, chinese, message, true);
}

struct text sentence(struct arena *arena, const struct message *message, enum language language)
{
    AUTO_BUFFER struct buffer out = { 0 };

    if (!message->id)
        return TEXT("");
    bool chinese = language != LANGUAGE_EN && render_chinese(&out, message);

    if (language != LANGUAGE_ZH || !chinese) {
        if (chinese)
            buffer_byte(&out, ' ');
        bool good = render(&out, message->id, message, false);

        /* message_set() read the arguments off this very id. */
        assert(good);
        (void)good;
    }
    return arena_text(arena, buffer_as_text(&out));
}

struct text words(struct arena *arena, const char *id, enum language language)
{
    const char *chinese = language == LANGUAGE_EN ? NULL : catalog_find(id);

    if (!chinese)
        return text_of(id);
    if (language == LANGUAGE_ZH)
        return text_of(chinese);
    return arena_printf(arena, "%s %s", chinese, id);
}

struct text failure_sentence(struct arena *arena, enum language language)
{
    return sentence(arena, last_failure(), language);
}
