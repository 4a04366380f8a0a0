/* Sinks: rows of fields written as TSV, CSV, JSON or text. One printer, four forms.
 *
 * TSV: a header line of field names; tab, line feed, carriage return and backslash in values as \t \n \r \\. CSV: RFC
 * 4180, UTF-8; a value that a spreadsheet would take for a formula gets a leading apostrophe. JSON: one
 * array of objects by field name (jansson), or one object. Text: padded columns for people, gated (no control byte).
 */
#ifndef TIDEWAITER_CORE_EXCHANGE_SINK_H
#define TIDEWAITER_CORE_EXCHANGE_SINK_H

#include "core/schema/record.h"

enum sink_format { SINK_TEXT, SINK_TSV, SINK_CSV, SINK_JSON };
bool sink_format_parse(enum sink_format *out, struct text name);

struct sink;
typedef enum err sink_write(void *context, struct bytes bytes);
/* `fields` are the columns; besides, each row begins with "id" (E-123). */
struct sink *sink_new(enum sink_format format, enum language language,
                      const struct lookup *lookup, sink_write *write, void *context);
enum err sink_begin(struct sink *sink, const struct record_type *type,
                    const struct field *const *fields, size_t count);
enum err sink_record(struct sink *sink, const struct record *record);
enum err sink_damaged(struct sink *sink,
                      const struct record_key *key); /* named where it would have stood */
enum err sink_end(struct sink *sink);
void sink_free(struct sink *sink);

#endif
