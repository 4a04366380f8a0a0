/* Exhibit: the struct and the tags of core/model/exhibit.def. A record is a value; see core/schema/record.h. */
#ifndef TIDEWAITER_CORE_MODEL_EXHIBIT_H
#define TIDEWAITER_CORE_MODEL_EXHIBIT_H

#include "core/model/types.h"

#define RECORD exhibit
#define RECORD_DEF "core/model/exhibit.def"
#include "core/schema/struct.h"

/* In how many places it lies: its own, and those of packages that lie apart. */
size_t exhibit_places(const struct exhibit_record *exhibit);
/* "1, 2, 3: KC-R1-01; 4: C-0297 ..., SX ...": packages with who holds them and where, those that lie together in one breath. */
struct text exhibit_packages(struct arena *arena, struct list packages,
                             const struct lookup *lookup, enum language language);

#endif
