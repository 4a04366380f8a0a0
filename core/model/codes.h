/* Code tables at hand: every code's names, in memory, for pick lists and decoded text; and what references are called.
 * Read when first needed and again when the store has changed. One for each open store; owns its memory. */
#ifndef TIDEWAITER_CORE_MODEL_CODES_H
#define TIDEWAITER_CORE_MODEL_CODES_H

#include "core/index/index.h"
#include "core/model/types.h"

struct codes;
struct codes *codes_new(struct store *store);
void codes_free(struct codes *codes);
const struct lookup *
codes_lookup(struct codes *codes); /* for schema, forms, lists; lives as long */
/* Who is typing: "." names this officer from now on, also in presets (0: nobody). */
void codes_officer(struct codes *codes, uint64_t officer);
/* Reads again what has changed in the code tables; cheap when nothing has. */
enum err codes_refresh(struct codes *codes);

/* Entries of a table (entity NULL: all) whose code or a name contains `typed` (folded; empty: all): exact and
 * leading codes first, then by code. */
struct code_entry {
    struct text code;
    struct bitext name;
    struct text parent;
    uint64_t id;
};
size_t codes_match(struct codes *codes, const char *table, const char *entity,
                   struct text typed, size_t limit, struct arena *arena,
                   struct code_entry **out);
/* What a code lies in, from the top, by name: "海關 > 調查科"; absent: in nothing. */
struct text codes_path(struct codes *codes, const char *table, struct text code,
                       enum language language, struct arena *arena);
/* Fields that rules need: a commodity's flags and hazard, following its parents. */
struct commodity_rules {
    bool two_officers, weighed, kept_in_place;
    struct text hazard, unit;
};
bool codes_commodity(struct codes *codes, struct text code, struct commodity_rules *out);

#endif
