/* What the sources of codes.h share: the tables as they are kept, and how typed text is found in them. Nothing else
 * includes it. */
#ifndef TIDEWAITER_CORE_MODEL_CODES_PARTS_H
#define TIDEWAITER_CORE_MODEL_CODES_PARTS_H

#include "core/model/codes.h"

enum { TABLES_MOST = 32 };

struct row { /* of a code table */
    struct text code;
    struct bitext name;
    struct text parent;
    struct text sort;   /* status: entity; unit: dimension; commodity: hazard */
    struct text unit;   /* commodity */
    struct text folded; /* code, both names, a line feed between: what is sought in */
    uint64_t id;
    bool voided, two_officers, weighed, kept_in_place;
};

struct table {
    const struct record_type *type;
    bool read;
    struct row *rows; /* by code */
    size_t count;
};

/* Texts live as long as the lookup that hands them out, so a table that is read again keeps those that did not change and
 * adds the others: they grow with the changes of code tables alone. */
struct codes {
    struct store *store;
    struct arena *texts;
    struct table tables[TABLES_MOST];
    size_t count;
    uint64_t seen; /* entries of the journal that the tables know of */
    struct lookup lookup;
};

/* codes.c */
const struct table *codes_table(struct codes *codes, const char *name); /* read; or NULL */
const struct row *codes_row_typed(const struct table *table, struct text typed); /* or NULL */
void codes_put_meaning(struct buffer *out, struct text one);
/* codes_meant.c: members of struct lookup; the context is the codes. */
bool codes_reference_typed(void *context, const struct field *field, struct text typed,
                           struct reference *out);
size_t codes_reference_meanings(void *context, const struct field *field, struct text typed,
                                struct buffer *numbers);
/* codes.c, a member of struct lookup too */
size_t codes_code_meanings(void *context, const char *name, struct text typed,
                           struct buffer *out);

#endif
