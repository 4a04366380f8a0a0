/* What the files of the kinds and the codec share. Nothing outside core/schema includes it. */
#ifndef TIDEWAITER_CORE_SCHEMA_PARTS_H
#define TIDEWAITER_CORE_SCHEMA_PARTS_H

#include "core/schema/field.h"
#include "i18n/text.h"

enum {
    INDEX_TEXT = 48,        /* bytes of folded text in an index */
    INDEX_CODE = 96,        /* bytes of codes and numbers: four of them fit into a key */
    TEXT_BYTES = 16 * 1024, /* the most that one text may take in a payload */
};

/* A start of the text as a C string, for messages. */
struct quote {
    char text[96];
};
const char *quote(struct quote *room, struct text t);

/* Typed text. Input that is not UTF-8 is refused with a reason. */
bool typed_utf8(struct text typed, struct message *why);
bool blank(struct text t);                                        /* nothing but blanks */
struct text typed_narrow(struct arena *arena, struct text typed); /* half-width, trimmed */
struct text upper_text(struct arena *arena, struct text t);       /* ASCII capitals */
struct text lower_text(struct arena *arena, struct text t);
/* Nothing but Chinese characters and marks, though no Chinese name can be meant: an input method was left on. */
bool typed_words(struct text typed);
void input_method_on(struct message *why, const struct field *field);
/* The name stands for several codes or records. */
void many_meanings(struct message *why, struct text typed, size_t count,
                   const struct buffer *meanings);
/* What is wrong with the parts of a date or a time, and what would be right. */
void date_fault(struct message *why, enum typed_result result, const struct typed_parts *parts,
                struct text typed);
int64_t typed_now(const struct lookup *lookup); /* the clock's, where none is handed in */
enum text_lines field_lines(const struct field *field);

/* Parts of a text form ("a | b; c | d"). put_part() escapes the marks, backslashes and the blanks
 * at both ends; take_part() cuts at the first mark that is not escaped and trims; *rest becomes
 * absent at the end; part_text() takes the backslashes away. */
void put_part(struct buffer *out, struct text part, const char *marks);
struct text take_part(struct text t, char mark, struct text *rest);
struct text part_text(struct arena *arena, struct text part);

/* Order. */
int order_numbers(int64_t a, int64_t b);
int order_folded(struct text a, struct text b); /* by index bytes, then folded, then as it is */
int order_codes(struct text a, struct text b);  /* by capitals, then as it is */

/* Index bytes. index_presence() puts 00 or 01 and hands `present` back. */
bool index_presence(struct buffer *out, bool present);
void index_folded(struct buffer *out, struct text t);
void index_code(struct buffer *out, struct text t);
void index_signed(struct buffer *out, int64_t number);

/* Too long, or characters that no field may keep. */
bool text_check(const struct field *field, struct text t, enum text_lines lines,
                struct message *why);

/* The same with another limit than the field's own. */
bool text_check_most(const struct field *field, struct text t, size_t most,
                     enum text_lines lines, struct message *why);

/* Kinds whose value is one text: TEXT, CHOICE, CODE. */
bool plain_present(const void *value);
void plain_encode(struct buffer *out, const struct field *field, const void *value);
bool plain_decode(struct cbor_reader *in, const struct field *field, void *value,
                  struct arena *arena);
void plain_print(struct buffer *out, const struct field *field, const void *value);
int code_compare(const struct field *field, const void *a, const void *b);
void code_index(struct buffer *out, const struct field *field, const void *value);

/* Words of both languages: the one that is asked for where it is there, both with a space. */
void show_bitext(struct buffer *out, struct bitext words, enum language language);
void show_label(struct buffer *out, const struct label *label, enum language language);
/* A code of `table` by code or name; without a lookup as it was typed. */
bool code_find(struct text *out, const char *table, struct text typed,
               const struct lookup *lookup, struct arena *arena);
bool code_exists(const char *table, struct text code, const struct lookup *lookup,
                 struct bitext *names);

/* The codec of a table of fields. A field's value in a table: field_value(). */
enum { FIELDS_MOST = 128 };
struct codec {
    const struct field *fields;
    size_t count;
    uint16_t last;        /* decode up to this tag; 0: all */
    struct record *carry; /* takes the unknown pairs; NULL: they are dropped */
    struct arena *arena;
};
bool pairs_decode(const struct codec *codec, struct cbor_reader *in, void *values);
void pairs_encode(struct buffer *out, const struct field *fields, size_t count,
                  const void *values, const struct record *carry);
int fields_compare(const struct field *fields, size_t count, const void *a, const void *b);

#endif
