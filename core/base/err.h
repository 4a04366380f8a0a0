/* Failures: how one travels from the floor where it happened to the person who must read it.
 *
 * A failure is a code for the program and a message for the person. The message is an
 * identifier (the English sentence, found in i18n/po) and its typed arguments; it becomes words
 * only where it is shown (i18n/sentence.h), in the language of the reader. Functions that can
 * fail return `enum err`, put results into parameters that come first, and touch them only on
 * success.
 *
 * The last failure of a thread is kept in one slot of that thread, as errno is; it is the only
 * state of the library that is not handed in. It owns copies of its text arguments.
 */
#ifndef TIDEWAITER_CORE_BASE_ERR_H
#define TIDEWAITER_CORE_BASE_ERR_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* name, its name for scripts, exit code of the program (sysexits.h where one fits) */
#define ERR_LIST(X)                                                                            \
    X(MISSING, "missing", 66)     /* a record, code, file or store that is not there */        \
    X(INVALID, "invalid", 65)     /* input that is not acceptable; findings may say more */    \
    X(USAGE, "usage", 64)         /* a command line that cannot be understood */               \
    X(REFUSED, "refused", 77)     /* not permitted to this officer */                          \
    X(CONFLICT, "conflict", 75)   /* another officer was quicker */                            \
    X(BUSY, "busy", 75)           /* a lock is held; try again */                              \
    X(FULL, "full", 73)           /* no space left */                                          \
    X(READ_ONLY, "read-only", 73) /* the store cannot be written */                            \
    X(NEWER, "newer", 76)         /* the store's format is newer than this program */          \
    X(ROLLED_BACK, "rolled-back", 76) /* the mirror is ahead of the database */                \
    X(DAMAGED, "damaged", 70)         /* stored data fails its check */                        \
    X(UNKNOWN, "unknown", 71)         /* the outcome of a commit is not known */               \
    X(IO, "io", 74)                   /* the system refused a file operation */                \
    X(INTERRUPTED, "interrupted", 130)

#define ERR_NAME(name, script, exit) ERR_##name,
enum err { ERR_OK, ERR_LIST(ERR_NAME) ERR_COUNT };
#undef ERR_NAME

/* Marks a message id for xgettext; the words are looked up when it is shown. */
#define N_(id) id

/* A label in both languages; a row without either does not compile under L(). */
struct label {
    const char *en;
    const char *zh;
};
#define L(english, chinese)                                                                    \
    {                                                                                          \
        .en = english "", .zh = chinese ""                                                     \
    }

enum argument_kind { ARGUMENT_TEXT, ARGUMENT_INT, ARGUMENT_LABEL };

struct argument {
    enum argument_kind kind;
    int64_t number;            /* ARGUMENT_INT */
    const char *text;          /* ARGUMENT_TEXT; points into the message's own buffer */
    const struct label *label; /* ARGUMENT_LABEL; static tables only */
};

enum { MESSAGE_ARGUMENTS = 8, MESSAGE_TEXT = 384 };

/* An identifier and its arguments, as a value. Copy it only with message_copy(). */
struct message {
    const char *id; /* NULL: no message */
    size_t count;
    struct argument arguments[MESSAGE_ARGUMENTS];
    char text[MESSAGE_TEXT];
};

/* Conversions: %s text (copied, cut at a character where it is too long; texts share the room;
 * NULL counts as empty), %d %u %ld %lu %lld %llu %zu integers (above INT64_MAX: INT64_MAX), %p
 * a `const struct label *` handed through label_argument(), %% a sign. No flags, widths,
 * precisions: the numbers are written where the sentence is made. */
void message_set(struct message *message, const char *id, ...)
    __attribute__((format(printf, 2, 3)));
/* The same for functions that take their own arguments; `list` is used up. */
void message_vset(struct message *message, const char *id, va_list list)
    __attribute__((format(printf, 2, 0)));
void message_copy(struct message *to, const struct message *from);
static inline const void *label_argument(const struct label *label)
{
    return label;
}

/* Keeps the message as the thread's last failure and hands the code back: return fail(...). */
enum err fail(enum err code, const char *id, ...) __attribute__((format(printf, 2, 3)));
enum err fail_message(enum err code, const struct message *message);
/* ERR_FULL, ERR_READ_ONLY, ERR_MISSING, ERR_REFUSED or ERR_IO, after `number` (an errno). */
enum err fail_errno(int number, const char *path);
/* The last failure of this thread; its id is NULL before the first one. */
const struct message *last_failure(void);
enum err last_failure_code(void);

const char *err_name(enum err code); /* "damaged": for scripts and JSON */
int err_exit_code(enum err code);    /* 0 for ERR_OK */

/* Leaves the function with the code unless it is ERR_OK; the only macro that leaves one. */
#define TRY(call)                                                                              \
    do {                                                                                       \
        enum err try_code_ = (call);                                                           \
        if (try_code_ != ERR_OK)                                                               \
            return try_code_;                                                                  \
    } while (0)

#endif
