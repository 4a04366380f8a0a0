/* What the readers of dates and of moments share. Nothing else includes it. */
#ifndef TIDEWAITER_CORE_BASE_DATE_PARTS_H
#define TIDEWAITER_CORE_BASE_DATE_PARTS_H

#include "core/base/date.h"
#include "core/base/reading.h"

enum { DATE_TYPED = 128 }; /* bytes: more than any date or moment that can be typed */

struct dating {
    date today; /* 0: not known */
    date made;
    struct typed_parts *parts;
};

/* Half-width, small letters, Chinese numerals as digits. False: too long. */
bool date_plain(char out[DATE_TYPED], struct text t, struct reading *r);
/* All of r is a date; it is then in d->made. */
enum typed_result date_read_any(struct dating *d, struct reading r);
date date_usable(date today); /* 0 where it is none */

#endif
