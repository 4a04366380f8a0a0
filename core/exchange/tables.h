/* Code tables from the embedded assets into a store, each row an ordinary act. */
#ifndef TIDEWAITER_CORE_EXCHANGE_TABLES_H
#define TIDEWAITER_CORE_EXCHANGE_TABLES_H

#include "core/model/act.h"

/* Into a store that is being made (officer 0), a commit for each table. The session needs no lookup: the tables refer to
 * each other and are checked by the tests. Faults name table, line and column. */
enum err tables_load(struct session *session, size_t *rows);

#endif
