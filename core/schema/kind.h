/* Kinds of field: what a value is, independent of any record.
 *
 * Each kind is one file (kind_text.c, kind_date.c ...) that parses, prints, shows, compares, encodes,
 * decodes, checks and gives index bytes and search words. A zeroed value is absent, always. Text in
 * a value points into the arena that it was parsed into or the payload that it was decoded from,
 * and never changes.
 *
 * Typed and neutral forms of values with parts: "中文 | English", "number | reason"; a list is
 * "60; 586", its elements' fields "a | b | c" where there are more than one. A backslash before
 * one of \ | ; or a blank takes its meaning away.
 *
 * Codes and references are looked up through functions handed in (struct lookup): the schema knows
 * no disk. Forms of values on disk: assets/doc/file-format.md, "Payload".
 */
#ifndef TIDEWAITER_CORE_SCHEMA_KIND_H
#define TIDEWAITER_CORE_SCHEMA_KIND_H

#include "core/base/amount.h"
#include "core/base/cbor.h"
#include "core/base/checkdigit.h"
#include "core/base/crypto.h"
#include "core/base/date.h"
#include "core/base/err.h"
#include "i18n/sentence.h"

/* Values as members of a record's struct. */
struct bitext {
    struct text zh, en;
};
struct integer {
    bool present;
    int64_t value;
};
struct reference {
    uint64_t id;
    uint8_t family;
    uint32_t n;
}; /* id 0: absent; n is 24 bits */
struct list {
    const void *items;
    size_t count;
}; /* of the element's struct */
struct checked_number {
    struct text value, reason;
};                                 /* reason: why a wrong digit was kept */
enum { NUMBER_REASON_MOST = 200 }; /* characters */
struct coordinates {
    bool present;
    int32_t latitude, longitude;
}; /* degrees x 10^7 */
struct hash_value {
    struct text name;
    struct bytes bytes;
}; /* "sha-256", "ed25519" */
enum flag { FLAG_ABSENT, FLAG_NO, FLAG_YES };
typedef int64_t machine_time; /* ms since 1970 UTC; 0 absent */

/* kind, its type in C, how JSON writes it */
#define KINDS(X)                                                                               \
    X(TEXT, struct text, TEXT)                                                                 \
    X(BITEXT, struct bitext, OBJECT) /* {"zh": …, "en": …} */                              \
    X(DATE, date, TEXT)                                                                        \
    X(MOMENT, struct moment, TEXT)                                                             \
    X(TIME, machine_time, TEXT) /* ISO 8601 with milliseconds, Z */                            \
    X(MONEY, struct money, TEXT)                                                               \
    X(QUANTITY, struct quantity, TEXT)   /* "15 container": number, space, unit code */        \
    X(WEIGHT, struct quantity, TEXT)     /* a quantity whose unit is a mass; kg where none */  \
    X(CHOICE, struct text, TEXT)         /* one of a fixed table in the field's row */         \
    X(CODE, struct text, TEXT)           /* one of a code table in the store */                \
    X(REFERENCE, struct reference, TEXT) /* "E-123", an event "E-123:1:9" */                   \
    X(LIST, struct list, LIST)                                                                 \
    X(NUMBER, struct checked_number,                                                           \
      TEXT) /* with a check digit; payload text or [text, reason] */                           \
    X(FLAG, enum flag, FLAG)                                                                   \
    X(INTEGER, struct integer, NUMBER)                                                         \
    X(COORDINATES, struct coordinates, TEXT)                                                   \
    X(HASH, struct hash_value, TEXT) /* "sha-256:hex" */

enum written_form { WRITTEN_TEXT, WRITTEN_NUMBER, WRITTEN_FLAG, WRITTEN_OBJECT, WRITTEN_LIST };
#define KIND_ENUM(name, type, json) KIND_##name,
enum kind_id { KINDS(KIND_ENUM) KIND_COUNT };
#undef KIND_ENUM

/* Types by kind for struct.h (value_TEXT ...). An enum member keeps one byte less clear; it is an
 * int, which is well enough. */
typedef struct text value_TEXT;
typedef struct bitext value_BITEXT;
typedef date value_DATE;
typedef struct moment value_MOMENT;
typedef machine_time value_TIME;
typedef struct money value_MONEY;
typedef struct quantity value_QUANTITY;
typedef struct quantity value_WEIGHT;
typedef struct text value_CHOICE;
typedef struct text value_CODE;
typedef struct reference value_REFERENCE;
typedef struct list value_LIST;
typedef struct checked_number value_NUMBER;
typedef enum flag value_FLAG;
typedef struct integer value_INTEGER;
typedef struct coordinates value_COORDINATES;
typedef struct hash_value value_HASH;

struct field;

/* What a code or a record is called, and which one a person means. Any function may be NULL. */
struct lookup {
    void *context;
    /* Names of a code; false: the table has no such code. Text lives as long as the lookup. */
    bool (*code)(void *context, const char *table, struct text code, struct bitext *names);
    /* The unit's dimension ("mass", "count" ...) or absent. */
    struct text (*dimension)(void *context, struct text unit);
    /* A code by what was typed: its code in any case, or its whole Chinese or English name. */
    bool (*code_typed)(void *context, const char *table, struct text typed, struct text *code);
    /* A record's human number and title in a few words; false: it leads nowhere. */
    bool (*reference)(void *context, struct reference reference, enum language language,
                      struct buffer *title);
    /* The number alone that people quote a record by; false: it has none, or leads nowhere. */
    bool (*number)(void *context, struct reference reference, struct buffer *number);
    /* A record by what was typed: id ("E-123") or human number, of one of the field's types. */
    bool (*reference_typed)(void *context, const struct field *field, struct text typed,
                            struct reference *out);
    /* What a typed name means where it means more than one: puts the codes or numbers that bear it, with commas; how many. */
    size_t (*code_meanings)(void *context, const char *table, struct text typed,
                            struct buffer *codes);
    size_t (*reference_meanings)(void *context, const struct field *field, struct text typed,
                                 struct buffer *numbers);
    uint64_t officer; /* whom "." names where an officer is asked for; 0: nobody */
    int64_t now_ms;   /* what "today" and "now" are while parsing; 0: the clock's */
};

struct kind {
    enum kind_id id;
    const char *name;
    struct label label; /* "date", "日期": help says it */
    struct label how;   /* how it may be typed */
    size_t size;
    enum written_form written; /* in JSON */
    bool (*present)(const void *value);
    /* Total order, absent first, equal exactly where the encodings are equal. */
    int (*compare)(const struct field *field, const void *a, const void *b);
    void (*encode)(struct buffer *out, const struct field *field, const void *value);
    bool (*decode)(struct cbor_reader *in, const struct field *field, void *value,
                   struct arena *arena);
    /* What a person typed or a file holds; empty gives absent. False: *why says what is wrong and
     * what would be right. Parse takes everything that print gives. */
    bool (*parse)(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why);
    void (*print)(struct buffer *out, const struct field *field,
                  const void *value); /* neutral */
    void (*show)(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language);
    /* Soft and hard faults of a present value on its own: codes and references that do not exist,
     * too long, not a mass ... False: *why. *warning true: may be kept. NULL: a LIST, whose
     * elements value_check() goes through. */
    bool (*check)(const struct field *field, const void *value, const struct lookup *lookup,
                  struct message *why, bool *warning);
    /* 00 for absent, else 01 and bytes that sort as compare() does, as far as they go. NULL: a
     * LIST, whose elements are taken one by one. */
    void (*index)(struct buffer *out, const struct field *field, const void *value);
    void (*words)(const struct field *field, const void *value,
                  void (*each)(struct text words, void *context),
                  void *context); /* NULL: none */
};

const struct kind *kind_of(enum kind_id id);
#define KIND_TABLE(name, type, json) extern const struct kind kind_##name;
KINDS(KIND_TABLE)
#undef KIND_TABLE

#endif
