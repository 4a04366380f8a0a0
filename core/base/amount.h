/* Exact amounts: decimals, money, quantities. No binary fractions anywhere.
 *
 * A decimal is mantissa x 10^exponent, exponent -9..9, kept as it was typed ("1,270.00" keeps
 * two places). Money is a whole number of minor units of a currency (ISO 4217). Arithmetic that
 * would overflow says so.
 */
#ifndef TIDEWAITER_CORE_BASE_AMOUNT_H
#define TIDEWAITER_CORE_BASE_AMOUNT_H

#include "core/base/memory.h"

struct decimal {
    int64_t mantissa;
    int8_t exponent; /* -9..9 */
};

struct money {
    int64_t minor;
    char currency[4]; /* "HKD"; empty: absent */
};

struct quantity {
    struct decimal number;
    struct text unit; /* code of the unit table; absent: the quantity is absent */
};

/* Digits with optional commas or spaces between thousands (groups of three, so that "1,5" is no
 * number), sign, point; full-width forms too; Chinese numerals and multipliers: 1.2億, 3億9,800萬,
 * 十五, 二百三十, 三億九千八百萬. False: not a number, or out of range. */
bool decimal_parse(struct decimal *out, struct text t);
void decimal_print(struct buffer *out, struct decimal d, bool group); /* 1,270.00 or 1270.00 */
int decimal_compare(struct decimal a, struct decimal b);
bool decimal_add(struct decimal *out, struct decimal a, struct decimal b);
bool decimal_multiply(struct decimal *out, struct decimal a, struct decimal b);
/* d as a whole number of units of 10^-places (1.5 in cents is 150); rounds half away from zero.
 * Sums and products are exact or false. */
bool decimal_scale(int64_t *out, struct decimal d, int places);

/* "39,800,000", "HKD 1.50", "USD 20", "$20", "HK$20", "US$20", "1.2億", "3.98億元", "1.5m", "20k",
 * "2 million", "港幣5萬", "1,000元", "500 USD". False: no money, or parts of a cent. */
bool money_parse(struct money *out, struct text t);
/* "39,800,000", "1.50" (HKD: no code, no empty cents), "USD 20.00". Absent prints nothing. */
void money_print(struct buffer *out, struct money m, bool group);
int money_places(const char currency[4]);          /* 2 but for JPY, KRW ... 0, KWD ... 3 */
int money_compare(struct money a, struct money b); /* currency first */

#endif
