/* A reproducible sample: which stratum goods belong to, how many of each are drawn, and which. Pure: no store, no chance.
 *
 * Size (95% certainty within 3%): n = ceil(n0 / (1 + (n0 - 1) / N)) with n0 = 1067.1 and N the exhibits of the stratum.
 * Drawing: of each exhibit in scope the SHA-256 of seed, one space and exhibit number is taken; within each stratum those with
 * the smallest digests (as 64 hexadecimal figures in order) are drawn. Anybody does the same with
 *     printf '%s %s' "$SEED" "$NUMBER" | sha256sum
 * Digest of a list: SHA-256 of its exhibit numbers in byte order, each followed by a line feed.
 */
#ifndef TIDEWAITER_CORE_MODEL_STOCKTAKE_SAMPLE_H
#define TIDEWAITER_CORE_MODEL_STOCKTAKE_SAMPLE_H

#include "core/base/crypto.h"
#include "core/model/exhibit.h"

enum stratum {
    STRATUM_DRUG,
    STRATUM_CASH,
    STRATUM_ARMS,
    STRATUM_HIGH,
    STRATUM_GENERAL,
    STRATA
};
enum { HIGH_VALUE_CENTS = 100000000 }; /* HK$1,000,000 and more is of high value */

struct drawn_item {
    uint64_t exhibit, place; /* ids */
    struct text number;
    enum stratum stratum;
    struct hash256 digest;
    bool drawn;
};

const char *stratum_code(enum stratum stratum); /* of choices_stratum */
bool stratum_parse(enum stratum *out, struct text code);
/* `hazard`: the exhibit's own class, or that of its commodity where it has none. */
enum stratum stratum_of(const struct exhibit_record *exhibit, struct text hazard);
uint64_t sample_size(uint64_t population);
/* Sets digest and drawn; the order of the items stays. A size above the stratum's population draws all of it. */
void sample_draw(struct drawn_item *items, size_t count, struct text seed,
                 const uint64_t sizes[STRATA]);
struct hash256 sample_digest(const struct drawn_item *items, size_t count, bool drawn_only);

#endif
