#include "core/base/amount.h"

#include <assert.h>
#include <string.h>

/* Two mantissas of 63 bits, one of them moved by up to 18 places, fit into 127 bits. */
__extension__ typedef __int128 wide;

enum { EXPONENT_LIMIT = 9 };

static bool exponent_valid(int exponent)
{
    return exponent >= -EXPONENT_LIMIT && exponent <= EXPONENT_LIMIT;
}

static wide power_of_ten(int exponent)
{
    wide power = 1;

    while (exponent-- > 0)
        power *= 10;
    return power;
}

static bool fits(wide number)
{
    return number >= INT64_MIN && number <= INT64_MAX;
}

/* Brings number x 10^exponent into a decimal without losing anything. */
static bool decimal_make(struct decimal *out, wide number, int exponent)
{
    if (number == 0) {
        exponent = exponent < -EXPONENT_LIMIT ? -EXPONENT_LIMIT : exponent;
        exponent = exponent > EXPONENT_LIMIT ? EXPONENT_LIMIT : exponent;
    }
    while (!fits(number) || exponent < -EXPONENT_LIMIT) {
        if (number % 10 != 0)
            return false;
        number /= 10;
        exponent++;
    }
    for (; exponent > EXPONENT_LIMIT; exponent--) {
        number *= 10;
        if (!fits(number))
            return false;
    }
    *out = (struct decimal){ (int64_t)number, (int8_t)exponent };
    return true;
}

void decimal_print(struct buffer *out, struct decimal d, bool group)
{
    char digits[48];
    size_t count = 0;
    uint64_t rest = d.mantissa < 0 ? 0 - (uint64_t)d.mantissa : (uint64_t)d.mantissa;
    size_t places = d.exponent < 0 ? (size_t)-d.exponent : 0;

    assert(exponent_valid(d.exponent));
    /* From the last digit to the first; at least one stands before the point. */
    for (int zeros = d.exponent; zeros > 0 && rest > 0; zeros--)
        digits[count++] = '0';
    while (rest > 0 || count <= places) {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (d.mantissa < 0)
        buffer_byte(out, '-');
    while (count > 0) {
        buffer_byte(out, (uint8_t)digits[--count]);
        if (count == places && places > 0)
            buffer_byte(out, '.');
        else if (group && count > places && (count - places) % 3 == 0)
            buffer_byte(out, ',');
    }
}

/* Arithmetic */

static wide aligned(struct decimal d, int exponent)
{
    return d.mantissa * power_of_ten(d.exponent - exponent);
}

static int smaller_exponent(struct decimal a, struct decimal b)
{
    assert(exponent_valid(a.exponent) && exponent_valid(b.exponent));
    return a.exponent < b.exponent ? a.exponent : b.exponent;
}

int decimal_compare(struct decimal a, struct decimal b)
{
    int exponent = smaller_exponent(a, b);
    wide first = aligned(a, exponent), second = aligned(b, exponent);

    return (first > second) - (first < second);
}

bool decimal_add(struct decimal *out, struct decimal a, struct decimal b)
{
    int exponent = smaller_exponent(a, b);

    return decimal_make(out, aligned(a, exponent) + aligned(b, exponent), exponent);
}

bool decimal_multiply(struct decimal *out, struct decimal a, struct decimal b)
{
    assert(exponent_valid(a.exponent) && exponent_valid(b.exponent));
    return decimal_make(out, (wide)a.mantissa * b.mantissa, a.exponent + b.exponent);
}

bool decimal_scale(int64_t *out, struct decimal d, int places)
{
    int move = d.exponent + places;
    wide scaled = d.mantissa;

    assert(exponent_valid(d.exponent) && exponent_valid(places));
    if (move >= 0) {
        scaled *= power_of_ten(move);
    } else {
        wide divisor = power_of_ten(-move);
        wide half = scaled < 0 ? -(divisor / 2) : divisor / 2;

        scaled = (scaled + half) / divisor;
    }
    if (!fits(scaled))
        return false;
    *out = (int64_t)scaled;
    return true;
}

/* Money */

int money_places(const char currency[4])
{
    /* ISO 4217, minor units other than two. */
    static const char none[][4] = { "BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                    "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
                                    "VND", "VUV", "XAF", "XOF", "XPF" };
    static const char three[][4] = { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND" };

    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
        if (memcmp(currency, none[i], 4) == 0)
            return 0;
    for (size_t i = 0; i < sizeof(three) / sizeof(three[0]); i++)
        if (memcmp(currency, three[i], 4) == 0)
            return 3;
    return memcmp(currency, "CLF", 4) == 0 || memcmp(currency, "UYW", 4) == 0 ? 4 : 2;
}

void money_print(struct buffer *out, struct money m, bool group)
{
    int places = money_places(m.currency);
    struct decimal number = { m.minor, (int8_t)-places };

    if (m.currency[0] == '\0')
        return;
    if (memcmp(m.currency, "HKD", 4) != 0) {
        buffer_put(out, m.currency, 3);
        buffer_byte(out, ' ');
    } else if (m.minor % 100 == 0) {
        number = (struct decimal){ m.minor / 100, 0 };
    }
    decimal_print(out, number, group);
}

int money_compare(struct money a, struct money b)
{
    int order = memcmp(a.currency, b.currency, sizeof(a.currency));

    return order != 0 ? order : (a.minor > b.minor) - (a.minor < b.minor);
}
