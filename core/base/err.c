#include "core/base/err.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

struct failure {
    enum err code;
    struct message message;
};

static _Thread_local struct failure last;

struct conversion {
    char kind;   /* s, d, u, p */
    char length; /* 0, l, L (ll) or z */
};

/* Finds the next conversion at or after *id and moves *id behind it; false at the end. */
static bool next_conversion(const char **id, struct conversion *out)
{
    const char *at = *id;

    while ((at = strchr(at, '%')) && at[1] == '%')
        at += 2;
    if (!at)
        return false;
    at++;
    out->length = 0;
    if (*at == 'z') {
        out->length = *at++;
    } else if (*at == 'l') {
        out->length = *at++;
        if (*at == 'l') {
            out->length = 'L';
            at++;
        }
    }
    assert(*at == 's' || *at == 'd' || *at == 'u' || *at == 'p');
    out->kind = *at++;
    *id = at;
    return true;
}

static size_t count_texts(const char *id)
{
    struct conversion conversion;
    size_t count = 0;

    while (next_conversion(&id, &conversion))
        count += conversion.kind == 's';
    return count;
}

static int64_t clamp(unsigned long long number)
{
    return number > INT64_MAX ? INT64_MAX : (int64_t)number;
}

/* A va_list handed on by pointer, so that the caller sees what was taken from it. */
struct arguments {
    va_list list;
};

static int64_t take_integer(struct arguments *from, struct conversion conversion)
{
    bool no_sign = conversion.kind == 'u';

    switch (conversion.length) {
    case 'L':
        return no_sign ? clamp(va_arg(from->list, unsigned long long))
                       : va_arg(from->list, long long);
    case 'l':
        return no_sign ? clamp(va_arg(from->list, unsigned long)) : va_arg(from->list, long);
    case 'z':
        return no_sign ? clamp(va_arg(from->list, size_t)) : va_arg(from->list, ptrdiff_t);
    default:
        return no_sign ? (int64_t)va_arg(from->list, unsigned) : va_arg(from->list, int);
    }
}

/* Copies at most `room` - 1 bytes and cuts between characters; returns the bytes used with
 * NUL. */
static size_t copy_text(char *to, size_t room, const char *from)
{
    size_t len = from ? strnlen(from, room) : 0;

    if (len == room) {
        len = room - 1;
        while (len > 0 && ((unsigned char)from[len] & 0xC0) == 0x80)
            len--;
    }
    if (len > 0)
        memcpy(to, from, len);
    to[len] = '\0';
    return len + 1;
}

static void message_set_list(struct message *message, const char *id, struct arguments *from)
{
    struct conversion conversion;
    size_t texts = count_texts(id);
    size_t used = 0;
    const char *at = id;

    message->id = id;
    message->count = 0;
    while (next_conversion(&at, &conversion)) {
        assert(message->count < MESSAGE_ARGUMENTS);
        struct argument *argument = &message->arguments[message->count++];

        *argument = (struct argument){ .kind = ARGUMENT_INT };
        if (conversion.kind == 's') {
            /* The room is shared, so that a long path does not push out what follows it. */
            assert(texts > 0);
            argument->kind = ARGUMENT_TEXT;
            argument->text = message->text + used;
            used += copy_text(message->text + used, (MESSAGE_TEXT - used) / texts--,
                              va_arg(from->list, const char *));
        } else if (conversion.kind == 'p') {
            argument->kind = ARGUMENT_LABEL;
            argument->label = va_arg(from->list, const void *);
        } else {
            argument->number = take_integer(from, conversion);
        }
    }
}

void message_vset(struct message *message, const char *id, va_list list)
{
    /* An argument may be a text of the very message that is set. */
    struct message made;
    struct arguments arguments;

    va_copy(arguments.list, list);
    message_set_list(&made, id, &arguments);
    va_end(arguments.list);
    message_copy(message, &made);
}

void message_set(struct message *message, const char *id, ...)
{
    va_list list;

    va_start(list, id);
    message_vset(message, id, list);
    va_end(list);
}

void message_copy(struct message *to, const struct message *from)
{
    if (to == from)
        return;
    to->id = from->id;
    to->count = from->id ? from->count : 0;
    for (size_t i = 0; i < to->count; i++) {
        to->arguments[i] = from->arguments[i];
        if (from->arguments[i].kind != ARGUMENT_TEXT)
            continue;
        size_t offset = (size_t)(from->arguments[i].text - from->text);

        to->arguments[i].text = to->text + offset;
        memcpy(to->text + offset, from->text + offset, strlen(from->text + offset) + 1);
    }
}

enum err fail(enum err code, const char *id, ...)
{
    struct message made;
    struct arguments arguments;

    va_start(arguments.list, id);
    message_set_list(&made, id, &arguments);
    va_end(arguments.list);
    return fail_message(code, &made);
}

enum err fail_message(enum err code, const struct message *message)
{
    assert(code > ERR_OK && code < ERR_COUNT);
    last.code = code;
    message_copy(&last.message, message);
    return code;
}

enum err fail_errno(int number, const char *path)
{
    switch (number) {
    case ENOSPC:
    case EDQUOT:
        return fail(ERR_FULL,
                    N_("There is no space left to write %s. Nothing that was saved "
                       "before is lost. Free some space and try again."),
                    path);
    case EROFS:
        return fail(ERR_READ_ONLY,
                    N_("%s cannot be written, because its disk is read-only. Ask "
                       "the system administrator to mount it for writing."),
                    path);
    case ENOENT:
    case ENOTDIR:
        return fail(ERR_MISSING, N_("%s does not exist. Check the name and the folder."), path);
    case EACCES:
    case EPERM:
        return fail(ERR_REFUSED,
                    N_("The system does not permit access to %s. Ask the system "
                       "administrator for the right to it."),
                    path);
    default:
        return fail(ERR_IO,
                    N_("The system refused to work on %s: %s (error %d). Try again; if it "
                       "happens again, tell the system administrator."),
                    path, strerror(number), number);
    }
}

const struct message *last_failure(void)
{
    return &last.message;
}

enum err last_failure_code(void)
{
    return last.code;
}

#define ERR_ROW(name, script, exit) [ERR_##name] = { script, exit },
static const struct {
    const char *name;
    int exit;
} codes[ERR_COUNT] = { [ERR_OK] = { "ok", 0 }, ERR_LIST(ERR_ROW) };
#undef ERR_ROW

const char *err_name(enum err code)
{
    assert(code < ERR_COUNT);
    return codes[code].name;
}

int err_exit_code(enum err code)
{
    assert(code < ERR_COUNT);
    return codes[code].exit;
}
