/* From a number to a place in an array: open addressing, for tables that only grow. 0 is no number. */
#ifndef TIDEWAITER_CORE_MODEL_NUMBER_TABLE_H
#define TIDEWAITER_CORE_MODEL_NUMBER_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct number_table;
struct number_table *number_table_new(void);
void number_table_free(struct number_table *table); /* NULL is allowed */
void number_table_put(struct number_table *table, uint64_t number, size_t place);
bool number_table_get(const struct number_table *table, uint64_t number, size_t *place);

#endif
