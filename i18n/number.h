/* Dates, money and quantities as a reader of each language writes them.
 * Neutral forms (2023-06-21; 39,800,000) are core/base's; these are for sentences and papers. */
#ifndef TIDEWAITER_I18N_NUMBER_H
#define TIDEWAITER_I18N_NUMBER_H

#include "core/base/amount.h"
#include "core/base/date.h"
#include "i18n/sentence.h"

/* "2023年6月21日", "21 June 2023", partial: "2023年6月", "June 2023". In both: the neutral form. */
struct text number_date(struct arena *arena, date d, enum language language);
struct text number_moment(struct arena *arena, struct moment m, enum language language);
/* "HK$39,800,000", "港幣39,800,000元", "US$20.00", "20.00美元"; in both: the English form. Hong Kong
 * dollars show cents where there are any, other currencies always. Absent money gives "". */
struct text number_money(struct arena *arena, struct money m, enum language language);
/* A short form for narrow columns: "39.8M", "3,980萬", "US$1.2B"; in both: the English one. At most
 * one decimal, and none from 100 units on; below 1M or 1萬 whole units of the currency. */
struct text number_money_short(struct arena *arena, struct money m, enum language language);

#endif
