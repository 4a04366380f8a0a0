/* What the kinds say of typed text that they cannot take. */
#include <stdio.h>

#include "core/schema/parts.h"

/* Han, the phonetic symbols that an input method shows while it composes, and its marks. */
static bool of_input_method(uint32_t point)
{
    return (point >= 0x3000 && point <= 0x30FF) || (point >= 0x3105 && point <= 0x312F) ||
           (point >= 0x31A0 && point <= 0x31BF) || (point >= 0x3400 && point <= 0x9FFF) ||
           (point >= 0xF900 && point <= 0xFAFF) || (point >= 0x20000 && point <= 0x3FFFF) ||
           (point >= 0x02C6 && point <= 0x02D9) || (point >= 0xFF00 && point <= 0xFFEF);
}

bool typed_words(struct text typed)
{
    struct text t = text_trim(typed);

    for (size_t i = 0; i < t.len;) {
        uint32_t point;
        bool valid;

        i += text_decode(t.data + i, t.len - i, &point, &valid);
        if (!valid || !of_input_method(point))
            return false;
    }
    return t.len > 0;
}

void input_method_on(struct message *why, const struct field *field)
{
    message_set(why,
                N_("The input method is still on: %p takes digits and letters. Switch it off "
                   "and type again; what you typed stands here until then."),
                label_argument(&field->label));
}

void date_fault(struct message *why, enum typed_result result, const struct typed_parts *parts,
                struct text typed)
{
    struct quote room;
    char day[16];

    switch (result) {
    case TYPED_NO_MONTH:
        message_set(why,
                    N_("%s: there is no month %d. The day stands before the month, as in "
                       "21/6/2023; months are 1 to 12."),
                    quote(&room, typed), parts->month);
        return;
    case TYPED_NO_DAY:
        message_set(why,
                    N_("%s: month %d of %d has %d days, so there is no day %d. Correct it."),
                    quote(&room, typed), parts->month, parts->year,
                    date_days_of_month(parts->year, parts->month), parts->day);
        return;
    case TYPED_NO_TIME:
        message_set(
            why,
            N_("%s: there is no time %d:%d. Hours are 0 to 23 and minutes 0 to 59, as in "
               "08:40 or 2130; midnight is 00:00 of the day that begins."),
            quote(&room, typed), parts->hour, parts->minute);
        return;
    default:
        snprintf(day, sizeof day, "%04d-%02d-%02d", parts->year % 10000, parts->month % 100,
                 parts->day % 100);
        message_set(why, N_("%s: the year is missing. Type it too, as in %s."),
                    quote(&room, typed), day);
    }
}
