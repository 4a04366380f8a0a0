#include "core/model/number.h"

#include "core/base/checkdigit.h"

#include <stdio.h>

/* The part of a place or formation code that stands for the control point. */
static struct text office_part(struct text code)
{
    struct text rest, part = text_split(code, '.', &rest);

    return part.len == 1 && text_present(rest) ? text_split(rest, '.', &rest) : part;
}

enum err number_case(struct change *change, struct text place, struct text formation, date opened, struct text *out)
{
    struct arena *arena = change_arena(change);
    struct text office = text_present(place) ? office_part(place) : text_present(formation) ? office_part(formation) : TEXT("CED");
    int year = date_year(opened) % 100;
    struct text series = arena_printf(arena, "case/%.*s/%02d", (int)office.len, office.data, year);
    struct text body;
    uint64_t serial;

    TRY(change_series(change, series.data, &serial));
    body = arena_printf(arena, "%.*s/%02d/%05llu", (int)office.len, office.data, year, (unsigned long long)serial);
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
