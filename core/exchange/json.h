/* JSON values of records. json.c is the only file that includes jansson. */
#ifndef TIDEWAITER_CORE_EXCHANGE_JSON_H
#define TIDEWAITER_CORE_EXCHANGE_JSON_H

#include "core/schema/record.h"

/* Appends one object: "id", then each present field by name; damaged: { "id": …, "damaged": true }. */
void json_record(struct buffer *out, const struct record *record,
                 const struct field *const *fields, size_t count);
void json_damaged(struct buffer *out, const struct record_key *key);

#endif
