/* Numbers that tell persons, companies and things apart, without what people write between them: "A123456(3)" is A1234563,
 * "+852 9123 4567" is 91234567. Parties and things keep theirs in the list `known` and index it, so that what was seen
 * before is offered, however it was written. */
#ifndef TIDEWAITER_CORE_MODEL_KNOWN_H
#define TIDEWAITER_CORE_MODEL_KNOWN_H

#include "core/change/change.h"

struct text known_number(struct arena *arena, struct text written);
struct text known_phone(struct arena *arena, struct text written);

/* A list of known_item, each number once; absent ones are left out. */
struct known_numbers {
    struct arena *arena;
    struct list list;
};
void known_add(struct known_numbers *numbers, struct text known);

/* Records of a type with the index by_known that are not voided and have this number, `except` left out. At most `room`. */
enum err known_find(struct txn *txn, const struct record_type *type, struct text known,
                    uint64_t except, struct arena *arena, struct record **out, size_t room,
                    size_t *count);

#endif
