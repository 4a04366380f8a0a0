#include "core/model/number.h"

#include "core/base/checkdigit.h"

#include <stdio.h>

/* The part of a place or formation code that stands for the control point. */
static struct text office_part(struct text code)
{
    struct text rest, part = text_split(code, '.', &rest);

    return part.len == 1 && text_present(rest) ? text_split(rest, '.', &rest) : part;
}

enum err number_case(struct change *change, struct text place, struct text formation,
                     date opened, struct text *out)
{
    struct arena *arena = change_arena(change);
    struct text office = text_present(place)       ? office_part(place)
                         : text_present(formation) ? office_part(formation)
                                                   : TEXT("CED");
    int year = date_year(opened) % 100;
    struct text series =
        arena_printf(arena, "case/%.*s/%02d", (int)office.len, office.data, year);
    struct text body;
    uint64_t serial;

    TRY(change_series(change, series.data, &serial));
    body = arena_printf(arena, "%.*s/%02d/%05llu", (int)office.len, office.data, year,
                        (unsigned long long)serial);
    *out = arena_printf(arena, "%.*s-%c", (int)body.len, body.data, check_own(body));
    return ERR_OK;
}

enum err number_serial(struct change *change, const char *letters, struct text *out)
{
    struct arena *arena = change_arena(change);
    struct text series = arena_printf(arena, "number/%s", letters);
    struct text body;
    uint64_t serial;

    TRY(change_series(change, series.data, &serial));
    body = arena_printf(arena, "%s-%06llu", letters, (unsigned long long)serial);
    *out = arena_printf(arena, "%.*s-%c", (int)body.len, body.data, check_own(body));
    return ERR_OK;
}

/* The digits before the check character: "00012" of "KCT/23/00012-7". False: not of our form. */
static bool serial_of(struct text number, char before, struct text *form, uint64_t *serial)
{
    size_t end = number.len >= 2 && number.data[number.len - 2] == '-' ? number.len - 2 : 0,
           start = end;

    while (start > 0 && number.data[start - 1] >= '0' && number.data[start - 1] <= '9' &&
           end - start < 15)
        start--;
    if (start == end || start == 0 || number.data[start - 1] != before)
        return false;
    *serial = 0;
    for (size_t i = start; i < end; i++)
        *serial = *serial * 10 + (uint64_t)(number.data[i] - '0');
    *form = (struct text){ number.data, start - 1 };
    return true;
}

bool number_series(const struct record *record, struct arena *arena, struct text *series,
                   uint64_t *serial)
{
    const struct field *field = field_find(record->type, TAG_NUMBER);
    struct text number = *(const struct text *)field_value(field, record), form;
    bool is_case = text_is(text_of(record->type->name), "case");

    if (!text_present(number) || !serial_of(number, is_case ? '/' : '-', &form, serial))
        return false;
    *series =
        arena_printf(arena, is_case ? "case/%.*s" : "number/%.*s", (int)form.len, form.data);
    return true;
}
