/* Sources: tables of text read line by line (TSV and CSV); faults are named by line and column. */
#ifndef TIDEWAITER_CORE_EXCHANGE_SOURCE_H
#define TIDEWAITER_CORE_EXCHANGE_SOURCE_H

#include "core/base/err.h"
#include "core/base/memory.h"

struct table_reader {
    struct text rest;
    char separator;          /* '\t': no quoting; ',': RFC 4180 */
    size_t line;             /* of the row last read, from 1 */
    struct text *names;      /* the header */
    size_t columns;
    struct arena *arena;
};
/* Reads the header. ERR_INVALID: empty, not UTF-8, a name twice. A byte order mark is passed over. */
enum err table_open(struct table_reader *out, struct text content, char separator, struct arena *arena);
/* The next row's cells (absent cells empty). *more false at the end. ERR_INVALID: too many cells, bad quoting. */
enum err table_next(struct table_reader *reader, struct text **cells, bool *more);
struct text table_cell(const struct table_reader *reader, struct text *cells, const char *name); /* absent: no such column */

#endif
