/* Record types as tables: fields, sections, indexes, counters.
 *
 * A record type is one .def file of rows (core/model/case.def). struct.h turns it into a C struct and
 * table.h into these descriptors; everything generic (codec, form, list, import, export, indexes,
 * counters, search, history, help) reads the descriptors, so nothing is written twice. Tags are for
 * ever: 1-9 are common to all types, own tags begin at 10, what lists show is at most 23, so that
 * decoding may stop early. Descriptors are constant and live for ever.
 */
#ifndef TIDEWAITER_CORE_SCHEMA_FIELD_H
#define TIDEWAITER_CORE_SCHEMA_FIELD_H

#include "core/schema/kind.h"

enum field_flag {
    REQUIRED = 1 << 0,
    LISTED = 1 << 1,            /* a column of the type's list */
    SEARCHED = 1 << 2,          /* its words are found by the search box */
    MULTILINE = 1 << 3,         /* text keeps line feeds; the form gives it rows */
    BY_ACT = 1 << 4,            /* set only by acts: shown, never typed */
    ONCE = 1 << 5,              /* typed when the record is made, not amended later */
    PRIVATE = 1 << 6,           /* needs-to-know; not in lists, not searched */
    UPPERCASE = 1 << 7,         /* folded to half-width capitals while typing */
    KEPT = 1 << 8,              /* HASH: the file of this SHA-256 is kept beside the store */
    BLIND = 1 << 9,             /* no person reads it, whoever: acts alone do */
    UNLISTED = PRIVATE | BLIND, /* what no list, filter or count may tell */
    NAMING = 1 << 12,           /* stands beside the number also where no more may be read */
    CASEWORK = 1 << 13,         /* what the case says: not for those who only keep the goods */
};

enum tag_common {
    TAG_NUMBER = 1,
    TAG_FORMATION,
    TAG_STATE,
    TAG_SENSITIVITY,
    TAG_APPROXIMATE,
    TAG_VOIDED,
    TAG_OWN = 10,
    TAG_LIST_LAST = 23,
};

/* How much of a record a person may read, the most first; core/model/access.h decides. */
enum access {
    ACCESS_ALL,
    ACCESS_READ,    /* but the PRIVATE fields */
    ACCESS_CUSTODY, /* what keeping it needs: neither PRIVATE nor CASEWORK */
    ACCESS_NUMBER,  /* its number and what is NAMING */
    ACCESS_NONE,    /* not even that it exists */
};

struct choice {
    const char *code; /* NULL ends a table */
    struct label label;
};

/* NUMBER: which check digits the numbers of a kind carry. */
struct number_scheme {
    const char *choice; /* NULL ends a table */
    enum check_scheme scheme;
};

struct element_type;

struct field {
    uint16_t tag;
    const char *name; /* permanent name in files and commands: snake_case */
    enum kind_id kind;
    size_t offset;
    struct label label;
    struct label brief; /* at most 8 columns, for list heads; empty: the label */
    struct label help;
    unsigned flags;
    size_t max;                   /* characters; 0: 120 for text, 4,000 with MULTILINE */
    int width;                    /* columns in a list; 0: by kind */
    const struct choice *choices; /* CHOICE */
    const char *codes;            /* CODE: name of the code table's record type */
    const char *entity;       /* CODE of "status": case, exhibit, exhibit_law, seizure ... */
    const char *targets;      /* REFERENCE: names of record types, space between */
    enum check_scheme scheme; /* NUMBER */
    const struct number_scheme *schemes; /* NUMBER: its scheme follows from a choice ... */
    const char *scheme_by;               /* ... of this field beside it */
    const struct element_type *element;  /* LIST */
    const char *preset; /* what a new record starts with, as typed: "n" now, "kg" ... */
};

/* The rows of a list: a table of fields of its own. */
struct element_type {
    const char *name;
    struct label label;
    const struct field *fields;
    size_t count;
    size_t size;
};

/* A part of the form: the fields from `first` to the next section's. */
struct section {
    const char *name;
    struct label label;
    size_t first;
};

/* Entries: type number, tag, each field's index bytes, record key. A LIST field of one-field elements
 * gives an entry for each element. A unique index has no entry where its first field is absent. */
struct index_row {
    uint8_t tag;
    const char *name;
    bool unique;
    bool
        sparse; /* no entry where the first field is blank (field_blank), so it lists only what has it */
    const char
        *only; /* entries only where the first field, a code, is one of these; NULL: any */
    struct label label;
    uint16_t fields[4];
};
/* A counter for each combination of values; fields { 0 } counts all records that are not voided. */
struct count_row {
    uint8_t tag;
    const char *name;
    uint16_t fields[4];
};
/* `fields` of both: tags, 0 ends them. */

/* 12 bytes on disk: id (8) | family (1) | n (3). */
struct record_key {
    uint64_t id;
    uint8_t family;
    uint32_t n;
};

/* The first member of every record's struct. */
struct record {
    const struct record_type *type;
    struct record_key key; /* id 0: not yet stored */
    uint32_t revision;     /* 0: not yet stored */
    uint64_t sequence;     /* of the entry that made this revision */
    struct bytes unknown;  /* top-level pairs this program does not know, carried over */
    size_t unknown_count;
    bool partial;       /* decoded up to a tag: to be shown, never to be encoded */
    enum access access; /* fields beyond it are absent, whatever stands in the store */
};

struct record_rules; /* core/change/rules.h; the schema only carries the pointer */

struct record_type {
    uint8_t number; /* kind in ids, 1..127, for ever; events and notes: their own, not in ids */
    uint8_t
        family; /* 0: records with ids of their own; 1 events, 2 notes: beside their owner */
    const char *name;    /* "case" */
    const char *letters; /* "C" of "C-123"; family types: "" */
    struct label label;
    struct label plural;
    struct label help;
    const struct field *fields;
    size_t count;
    const struct section *sections;
    size_t section_count;
    const struct index_row *indexes;
    size_t index_count;
    const struct count_row *counts;
    size_t count_count;
    size_t size;       /* of its struct */
    uint16_t title[3]; /* tags that name a record in a few words, after its number; 0 ends */
    bool code_table;   /* its number is a code that other records hold */
    const struct record_rules *rules; /* NULL: the generic checks alone */
};

const struct field *field_find(const struct record_type *type, uint16_t tag);      /* or NULL */
const struct field *field_named(const struct record_type *type, struct text name); /* or NULL */
static inline const struct kind *field_kind(const struct field *f)
{
    return kind_of(f->kind);
}
static inline const void *field_value(const struct field *f, const void *record)
{
    return (const char *)record + f->offset;
}
static inline void *field_place(const struct field *f, void *record)
{
    return (char *)record + f->offset;
}
static inline bool field_present(const struct field *f, const void *record)
{
    return field_kind(f)->present(field_value(f, record));
}
size_t field_max(const struct field *field);
bool field_readable(const struct field *field, enum access access);
/* Absent, or the number 0: what a sparse index leaves out. */
bool field_blank(const struct field *field, const void *value);
/* Has a record with this value of the index's first field (NULL: absent) an entry there? */
bool index_holds(const struct index_row *index, const struct field *field, const void *value);

#endif
