/* Cash as it is counted: pieces of a denomination, currencies kept apart, what is suspected counterfeit listed and never in a
 * sum. Inside the model only. */
#ifndef TIDEWAITER_CORE_MODEL_CASH_H
#define TIDEWAITER_CORE_MODEL_CASH_H

#include "core/model/elements.h"

enum { CURRENCIES_MOST = 16 };

/* Adds the sum of a list of cash_item to sums, a money_item for each currency in order. False: pieces or a denomination less
 * than one, too many currencies, or a sum too large. */
struct cash_sums {
    struct money_item items[CURRENCIES_MOST];
    size_t count;
};
bool cash_add(struct cash_sums *sums, struct list cash);
bool cash_add_sums(struct cash_sums *sums, struct list money);
bool cash_same_sums(const struct cash_sums *a, const struct cash_sums *b);
/* The same pieces of everything, in whatever order and however many rows. */
bool cash_same_pieces(struct list a, struct list b);
struct list cash_list(struct arena *arena, const struct cash_sums *sums);
/* "1,500; CNY 300.00", "-" for nothing. */
struct text cash_words(struct arena *arena, const struct cash_sums *sums);

#endif
