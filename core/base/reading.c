#include "core/base/reading.h"

#include <string.h>

bool reading_ended(const struct reading *r)
{
    return r->at == r->end;
}

bool reading_digit(const struct reading *r)
{
    return r->at < r->end && *r->at >= '0' && *r->at <= '9';
}

bool reading_mark(struct reading *r, const char *mark)
{
    size_t len = strlen(mark);

    if ((size_t)(r->end - r->at) < len || memcmp(r->at, mark, len) != 0)
        return false;
    r->at += len;
    return true;
}

bool reading_any(struct reading *r, const char *const *marks)
{
    for (; *marks; marks++)
        if (reading_mark(r, *marks))
            return true;
    return false;
}

void reading_blanks(struct reading *r)
{
    while (!reading_ended(r) && (*r->at == ' ' || *r->at == '\t'))
        r->at++;
}

int reading_digits(struct reading *r, int *number)
{
    int count = 0;

    *number = 0;
    for (; reading_digit(r); r->at++) {
        if (++count > 9)
            return 0;
        *number = *number * 10 + (*r->at - '0');
    }
    return count;
}
