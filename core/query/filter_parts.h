/* What parsing, matching and planning of filters share. Nothing outside core/query includes it. */
#ifndef TIDEWAITER_CORE_QUERY_FILTER_PARTS_H
#define TIDEWAITER_CORE_QUERY_FILTER_PARTS_H

#include "core/query/filter.h"

/* What a bound covers, as index bytes: "2023-06" is June from its first moment to its last, and all between. */
struct bound {
    struct text first, last; /* absent: no bound */
    struct text unit;        /* currency or unit: amounts of another one are never compared */
};

/* One of the values asked for. */
struct wanted {
    struct text exact; /* index bytes of a whole code, reference or number; absent: contained */
    struct text folded; /* what the field's text must contain */
};

enum part_test {
    PART_CONTAINS, /* a bare word (field NULL) or one of the wanted values */
    PART_COMPARES,
    PART_FILLED,
};

struct filter_part {
    const struct field *field; /* NULL: any listed or searched one */
    enum part_test test;
    bool negated;
    struct wanted *wanted;
    size_t wanted_count;
    bool low_beyond, high_beyond; /* ">" and "<": the bound itself does not belong */
    struct bound low, high;
};

/* What decoded codes and names of records were found to hold: they come again in every other row. Forgotten after a while, for
 * names may be changed. */
enum { MEMO_SLOTS = 256, MEMO_KEY = 48, MEMO_MS = 2000 };
struct memo_slot {
    const struct field *field;
    const char *folded; /* of the wanted text */
    uint8_t len;
    bool found;
    char key[MEMO_KEY]; /* the value's neutral form */
};
struct memo {
    int64_t since_ms;
    struct memo_slot slots[MEMO_SLOTS];
};

struct filter {
    const struct record_type *type;
    struct arena *arena;
    struct filter_part *parts;
    size_t count;
    uint16_t last;
    struct memo *memo;
};

/* One word of what was typed, its quotation marks taken away. */
struct token {
    bool negated;
    struct text name, value; /* name absent: a bare word in `value` */
    bool quoted;             /* the value is, at least in part */
    size_t at, value_at;     /* where word and value begin in what was typed */
};
/* The next word; false: none. Narrow text only (filter_narrow). `at` goes on behind it. */
bool filter_token(struct text narrow, size_t *at, struct arena *arena, struct token *out);
/* What an input method writes full-width, as ASCII; quotation marks as '"'. */
struct text filter_narrow(struct arena *arena, struct text typed);
/* A field by its name, label or brief, in either language; else the first that begins so ("ordinance" is "Ordinances"). */
const struct field *field_meant(const struct record_type *type, struct text name,
                                struct arena *arena);
struct text folded_in(struct arena *arena, struct text t);
/* The field whose values an index holds: of a LIST that of its elements' first field. */
static inline const struct field *field_indexed(const struct field *field)
{
    return field->kind == KIND_LIST ? &field->element->fields[0] : field;
}
struct text index_text(const struct field *field, const void *value, struct arena *arena);
/* Currency or unit of an amount; absent for other kinds. */
struct text unit_of(const struct field *field, const void *value);

#endif
