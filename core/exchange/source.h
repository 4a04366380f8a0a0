/* Sources: tables of text read line by line (TSV and CSV), as sinks write them; faults are named by line. Blank lines are
 * passed over. */
#ifndef TIDEWAITER_CORE_EXCHANGE_SOURCE_H
#define TIDEWAITER_CORE_EXCHANGE_SOURCE_H

#include "core/base/err.h"
#include "core/base/memory.h"

struct table_reader {
    struct text rest;
    char separator;     /* '\t': \t \n \r \\ in cells, no quoting; ',': RFC 4180 */
    size_t line;        /* where the row last read begins, from 1 */
    size_t next;        /* where the rest begins */
    struct text *names; /* the header */
    size_t columns;
    struct arena *arena;
};
/* Reads the header. ERR_INVALID: no header, not UTF-8, a name twice. A byte order mark is passed over. */
enum err table_open(struct table_reader *out, struct text content, char separator,
                    struct arena *arena);
/* The next row's cells (absent cells empty). *more false at the end. ERR_INVALID: too many cells, bad quoting or escaping. */
enum err table_next(struct table_reader *reader, struct text **cells, bool *more);
struct text table_cell(const struct table_reader *reader, struct text *cells,
                       const char *name); /* absent: no such column */

#endif
