/* What can be done with any record, from its table alone: codec, checks, comparison, words.
 *
 * A decoded record is a value: its texts and lists point into the arena's copy of the payload and
 * never change; copying the struct copies the record. Decoding may stop after the highest tag that is
 * wanted. Top-level tags this program does not know are carried over on rewriting.
 */
#ifndef TIDEWAITER_CORE_SCHEMA_RECORD_H
#define TIDEWAITER_CORE_SCHEMA_RECORD_H

#include "core/schema/field.h"

/* Findings: what is wrong with input, many at once; data, not failures. */
enum severity { SEVERITY_WARNING, SEVERITY_ERROR };
struct finding {
    enum severity severity;
    struct record_key record; /* id 0: a record not yet stored */
    const struct record_type *type;
    uint16_t tag;     /* 0: the record as a whole */
    size_t row;       /* of a list, from 1; 0: not in a row */
    uint16_t row_tag; /* the field in that row */
    struct message message;
};
struct findings {
    struct arena *arena; /* set by the owner */
    struct finding **items;
    size_t count;
    size_t capacity;
};
void finding_add(struct findings *findings, enum severity severity, const struct record *record,
                 uint16_t tag, const char *id, ...) __attribute__((format(printf, 5, 6)));
void finding_add_message(struct findings *findings, enum severity severity,
                         const struct record *record, uint16_t tag,
                         const struct message *message);
bool findings_stop(const struct findings *findings); /* an error is among them */

struct record *record_new(struct arena *arena, const struct record_type *type); /* empty */
/* Values typed in the rows' presets; what the lookup cannot find stays absent. */
void record_presets(struct record *record, const struct lookup *lookup, struct arena *arena);
/* A copy whose texts and lists live in `arena`. */
struct record *record_copy(struct arena *arena, const struct record *record);

/* Leaves only what may be read; a record of which only a part may be read is never encoded. */
void record_withhold(struct record *record, enum access access);

/* The payload: a deterministic CBOR map of the present fields and the unknown pairs. */
void record_encode(struct buffer *out, const struct record *record);
/* Decodes fields with tags <= last (0: all) into an empty record; texts point into `payload`, which
 * must live as long. ERR_DAMAGED: not a payload of this type; the record is empty. */
enum err record_decode(struct record *out, struct bytes payload, uint16_t last,
                       struct arena *arena);
/* The same for tables that are no records (acts' own bodies, drafts, rows of lists): no unknown
 * pairs are kept, so a new tag in the rows of a list needs a new format of the store. */
void fields_encode(struct buffer *out, const struct field *fields, size_t count,
                   const void *values);
enum err fields_decode(void *values, const struct field *fields, size_t count,
                       struct bytes payload, struct arena *arena);

/* Calls each field whose value differs; either record may be NULL (made, or gone): its values are
 * absent ones, never NULL. */
void record_diff(const struct record_type *type, const struct record *a, const struct record *b,
                 void (*each)(const struct field *field, const void *a, const void *b,
                              void *context),
                 void *context);
bool record_equal(const struct record *a, const struct record *b);
bool value_equal(const struct field *field, const void *a, const void *b);

/* What the table itself demands: required, lengths, choices, codes and references that exist, check
 * digits, acceptable text, a size that can be stored. A partial date is a warning where the type has
 * TAG_APPROXIMATE (a LIST whose rows begin with the INTEGER tag) and the record does not list it. */
void record_check(const struct record *record, const struct lookup *lookup,
                  struct findings *findings);
void value_check(const struct record *record, const struct field *field,
                 const struct lookup *lookup, struct findings *findings);

/* The scheme of a NUMBER among these values: its own, or the one that follows from the choice beside it. */
enum check_scheme field_scheme(const struct field *field, const struct field *fields,
                               size_t count, const void *values);
/* The kind's check of a present value by that scheme; true where the kind has none. False: *why; *warning: it may be kept. */
bool field_check(const struct field *field, const struct field *fields, size_t count,
                 const void *values, const struct lookup *lookup, struct message *why,
                 bool *warning);

/* Sets one field from typed text (empty: absent); where false, the field stays as it was. */
bool value_parse(struct record *record, const struct field *field, struct text typed,
                 const struct lookup *lookup, struct arena *arena, struct message *why);
struct text value_print(struct arena *arena, const struct field *field, const void *value);
struct text value_show(struct arena *arena, const struct field *field, const void *value,
                       const struct lookup *lookup, enum language language);

/* In which language two different values look different: `language`, or both where only the other language's words changed. */
enum language value_differs_in(const struct field *field, const void *a, const void *b,
                               const struct lookup *lookup, enum language language);

/* Search terms of all SEARCHED fields (folded, fold.h), each once, sorted. */
void record_terms(const struct record *record, struct arena *arena, struct text **terms,
                  size_t *count);

/* Keys. Disk form: id u64 | family u8 | n u24, big-endian. */
void record_key_encode(uint8_t out[12], const struct record_key *key);
struct record_key record_key_decode(const uint8_t in[12]);
int record_key_compare(const struct record_key *a, const struct record_key *b);
/* kind 8 bits | site 12 | number 44 */
uint64_t id_make(uint8_t kind, uint16_t site, uint64_t number);
uint8_t id_kind(uint64_t id);
uint16_t id_site(uint64_t id);
uint64_t id_number(uint64_t id);

/* The program's record types, ended by NULL: a table that whoever links the schema defines (the model
 * in core/model/types.c); the schema needs it to write ids in text. */
extern const struct record_type *const record_types[];
const struct record_type *type_numbered(uint8_t number);  /* of ids, family 0; or NULL */
const struct record_type *type_of_family(uint8_t family); /* 1 events, 2 notes; or NULL */
const struct record_type *type_of_key(const struct record_key *key);
const struct record_type *type_named(struct text name); /* "case"; or NULL */
/* "E-123", another site's "E-7.123", an event "E-123:1:9". */
void key_print(struct buffer *out, const struct record_key *key);
bool key_parse(struct record_key *out, struct text t);
static inline struct reference reference_of(const struct record *r)
{
    return (struct reference){ r->key.id, r->key.family, r->key.n };
}
static inline struct record_key key_of_reference(struct reference r)
{
    return (struct record_key){ r.id, r.family, r.n };
}

#endif
