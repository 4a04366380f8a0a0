/* Numbers and money as people type them. */
#include "core/base/amount.h"
#include "core/base/reading.h"

#include <string.h>

enum { EXPONENT_LIMIT = 9, TYPED = 128 };

/* ---- digits ---- */

/* Reads digits into *mantissa; returns how many, -1 where they do not fit. */
static int read_digits(struct reading *r, int64_t *mantissa)
{
    int count = 0;

    for (; reading_digit(r); r->at++, count++) {
        int digit = *r->at - '0';

        if (*mantissa > (INT64_MAX - digit) / 10)
            return -1;
        *mantissa = *mantissa * 10 + digit;
    }
    return count;
}

/* A blank stands between thousands only where three digits follow it. */
static bool groups_next(const struct reading *r)
{
    if (reading_ended(r) || (*r->at != ',' && *r->at != ' '))
        return false;
    return *r->at == ',' || (r->end - r->at > 1 && r->at[1] >= '0' && r->at[1] <= '9');
}

/* The whole part: digits alone, or groups of three with one and the same mark between them. */
static bool read_whole(struct reading *r, int64_t *mantissa)
{
    int count = read_digits(r, mantissa);
    char mark[2] = { 0 };

    if (count < 0)
        return false;
    if (!groups_next(r))
        return true;
    mark[0] = *r->at;
    if (count == 0 || count > 3)
        return false;
    while (groups_next(r) && reading_mark(r, mark))
        if (read_digits(r, mantissa) != 3)
            return false;
    return !groups_next(r);
}

static bool read_plain(struct decimal *out, struct reading *r)
{
    int64_t mantissa = 0;
    int places = 0;

    if (!reading_digit(r) && (reading_ended(r) || *r->at != '.'))
        return false;
    if (!read_whole(r, &mantissa))
        return false;
    if (reading_mark(r, ".")) {
        places = read_digits(r, &mantissa);
        if (places <= 0)
            return false;
    }
    if (places > EXPONENT_LIMIT)
        return false;
    *out = (struct decimal){ mantissa, (int8_t)-places };
    return true;
}

/* ---- Chinese numerals ---- */

/* A digit of one character; -1: none. */
static int read_numeral(struct reading *r)
{
    static const struct {
        char mark[4];
        int8_t value;
    } numerals[] = {
        { "〇", 0 }, { "零", 0 }, { "一", 1 }, { "二", 2 }, { "三", 3 }, { "四", 4 },
        { "五", 5 }, { "六", 6 }, { "七", 7 }, { "八", 8 }, { "九", 9 },
    };

    for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++)
        if (reading_mark(r, numerals[i].mark))
            return numerals[i].value;
    return -1;
}

/* The power of ten that stands here; 0: none. */
static int read_power(struct reading *r)
{
    static const struct {
        char mark[4];
        int8_t power;
    } powers[] = { { "十", 1 }, { "百", 2 }, { "千", 3 }, { "萬", 4 },
                   { "万", 4 }, { "億", 8 }, { "亿", 8 } };
    struct reading before = *r;

    reading_blanks(r);
    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++)
        if (reading_mark(r, powers[i].mark))
            return powers[i].power;
    *r = before;
    return 0;
}

/* A number in the making: 三億 is in the total, 九千 in the section, 八 is pending. */
struct counting {
    struct decimal total, section, pending;
    bool any_total, any_section, any_pending;
    bool after_zero; /* 一千零五 */
    int last;        /* the power read last */
    int least;       /* of 萬 and 億 so far */
    int digits;      /* of the pending number */
};

static bool add(struct decimal *sum, struct decimal part)
{
    return decimal_add(sum, *sum, part);
}

static bool times(struct decimal *number, int power)
{
    static const struct decimal one = { 1, 0 };
    struct decimal by = one;

    for (int i = 0; i < power; i++)
        by.mantissa *= 10;
    if (power == 4 || power == 8)
        by = (struct decimal){ 1, (int8_t)power };
    return decimal_multiply(number, *number, by);
}

static bool count_power(struct counting *c, int power)
{
    struct decimal part = { 1, 0 };

    if (power < 4) {
        if (!c->any_pending && power != 1)
            return false;
        if (c->any_section && power >= c->last)
            return false;
        if (c->any_pending)
            part = c->pending;
        c->any_section = true;
        c->any_pending = false;
        c->last = power;
        return times(&part, power) && add(&c->section, part);
    }
    if (c->any_pending && !add(&c->section, c->pending))
        return false;
    if (!c->any_pending && !c->any_section) { /* 萬億 */
        bool chained = c->any_total && power == 8 && c->least == 4 && c->last == 4;

        c->least = c->last = 8;
        return chained && times(&c->total, power);
    }
    if (c->any_total && power >= c->least)
        return false;
    part = c->section;
    c->section = (struct decimal){ 0, 0 };
    c->any_section = c->any_pending = false;
    c->any_total = true;
    c->least = c->last = power;
    if (!times(&part, power))
        return false;
    if (c->least == power && c->total.mantissa == 0) {
        c->total = part;
        return true;
    }
    return add(&c->total, part);
}

static bool count_number(struct counting *c, struct decimal number, int digits)
{
    if (c->any_pending)
        return false;
    c->pending = number;
    c->any_pending = true;
    c->digits = digits;
    return true;
}

/* 二零二三 digit by digit; 零 after a power only keeps a place. */
static bool count_numerals(struct counting *c, struct reading *r)
{
    struct decimal number = { 0, 0 };
    int digit, digits = 0;
    struct reading next = *r;

    if (c->last > 0 && read_numeral(&next) == 0) {
        *r = next;
        c->after_zero = true;
    }
    for (next = *r; (digit = read_numeral(&next)) >= 0;) {
        if (number.mantissa > (INT64_MAX - digit) / 10)
            return false;
        number.mantissa = number.mantissa * 10 + digit;
        digits++;
        *r = next;
    }
    return digits == 0 || count_number(c, number, digits);
}

/* "3萬5" may be 35,000 or 30,005: a number without its power behind a power is whole only where
 * nothing can be meant but its digits. */
static bool count_end(struct counting *c, struct decimal *out)
{
    bool clear = !c->any_pending || c->last <= 1 || c->after_zero || c->digits == c->last;

    *out = c->total;
    if (!clear)
        return false;
    if (!c->any_total && !c->any_section) {
        *out = c->pending;
        return c->any_pending;
    }
    if (c->any_section && !add(out, c->section))
        return false;
    return !c->any_pending || add(out, c->pending);
}

/* ---- decimals ---- */

/* All of r, without a sign. */
static bool read_number(struct decimal *out, struct reading r)
{
    struct counting c = { .least = 12 };
    bool two = reading_mark(&r, "兩") || reading_mark(&r, "两");

    if (two && !count_number(&c, (struct decimal){ 2, 0 }, 1))
        return false;
    while (!reading_ended(&r)) {
        const char *start = r.at;
        struct decimal number;
        int power;

        if (reading_digit(&r) || *r.at == '.') {
            if (!read_plain(&number, &r) || !count_number(&c, number, (int)(r.at - start)))
                return false;
        } else if ((power = read_power(&r)) > 0) {
            if (!count_power(&c, power))
                return false;
        } else if (!count_numerals(&c, &r)) {
            return false;
        }
        if (r.at == start)
            return false;
    }
    return count_end(&c, out);
}

static bool read_decimal(struct decimal *out, struct reading r)
{
    bool negative = reading_mark(&r, "-");

    if (!negative)
        reading_mark(&r, "+");
    if (!read_number(out, r) || out->exponent > EXPONENT_LIMIT)
        return false;
    if (negative)
        out->mantissa = -out->mantissa;
    return true;
}

bool decimal_parse(struct decimal *out, struct text t)
{
    struct decimal made;
    char typed[TYPED];
    size_t len;

    if (!text_narrow(typed, sizeof(typed), t, &len) ||
        !read_decimal(&made, (struct reading){ typed, typed + len }))
        return false;
    *out = made;
    return true;
}

/* ---- money ---- */

struct currency_word {
    const char *word;
    char code[4];
};

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Signs and words before or behind the amount; the longer ones first. */
static const struct currency_word currency_words[] = {
    { "HK$", "HKD" },    { "US$", "USD" },    { "NT$", "TWD" },  { "MOP$", "MOP" },
    { "S$", "SGD" },     { "A$", "AUD" },     { "$", "HKD" },    { "€", "EUR" },
    { "£", "GBP" },      { "RMB", "CNY" },    { "港幣", "HKD" }, { "港元", "HKD" },
    { "港紙", "HKD" },   { "人民幣", "CNY" }, { "美元", "USD" }, { "美金", "USD" },
    { "歐元", "EUR" },   { "英鎊", "GBP" },   { "日圓", "JPY" }, { "日元", "JPY" },
    { "澳門元", "MOP" }, { "澳門幣", "MOP" }, { "葡幣", "MOP" }, { "新台幣", "TWD" },
};

static bool read_currency_word(struct reading *r, char currency[4])
{
    for (size_t i = 0; i < sizeof currency_words / sizeof *currency_words; i++) {
        const struct currency_word *c = &currency_words[i];
        size_t len = strlen(c->word), same = 0;

        while (same < len && same < (size_t)(r->end - r->at) &&
               upper(r->at[same]) == c->word[same])
            same++;
        if (same < len)
            continue;
        r->at += len;
        memcpy(currency, c->code, 4);
        return true;
    }
    return false;
}

/* Three letters, and no more of them. */
static bool read_currency_code(struct reading *r, char currency[4])
{
    char code[4] = { 0 };

    if (r->end - r->at < 3)
        return false;
    for (int i = 0; i < 3; i++) {
        code[i] = upper(r->at[i]);
        if (code[i] < 'A' || code[i] > 'Z')
            return false;
    }
    r->at += 3;
    memcpy(currency, code, 4);
    return true;
}

/* Takes `word` in any case off the end, and the blanks before it. */
static bool take_word(struct reading *r, const char *word)
{
    size_t len = strlen(word);

    if ((size_t)(r->end - r->at) < len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (upper(r->end[(ptrdiff_t)i - (ptrdiff_t)len]) != upper(word[i]))
            return false;
    r->end -= len;
    while (r->end > r->at && r->end[-1] == ' ')
        r->end--;
    return true;
}

/* The power of ten of k, million and the like at the end. */
static int take_magnitude(struct reading *r)
{
    static const struct {
        const char *word;
        int8_t power;
    } words[] = {
        { "thousand", 3 }, { "million", 6 }, { "billion", 9 }, { "mil", 6 }, { "mn", 6 },
        { "bn", 9 },       { "k", 3 },       { "m", 6 },       { "b", 9 },
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (take_word(r, words[i].word))
            return words[i].power;
    return 0;
}

/* A word or a code at the end: 1,000元, 500 USD. */
static bool take_currency(struct reading *r, char currency[4])
{
    static const char *const round[] = { "正", "整" };

    for (size_t i = 0; i < 2; i++)
        if (take_word(r, round[i]))
            break;
    for (size_t i = 0; i < sizeof currency_words / sizeof *currency_words; i++)
        if ((uint8_t)currency_words[i].word[0] >= 0x80 &&
            take_word(r, currency_words[i].word)) {
            memcpy(currency, currency_words[i].code, 4);
            return true;
        }
    if (take_word(r, "元") || take_word(r, "蚊"))
        return false;
    if (r->end - r->at > 3 && (r->end[-4] == ' ' || (r->end[-4] >= '0' && r->end[-4] <= '9'))) {
        struct reading code = { r->end - 3, r->end };

        if ((read_currency_word(&code, currency) && reading_ended(&code)) ||
            (code.at = r->end - 3, read_currency_code(&code, currency))) {
            r->end -= 3;
            while (r->end > r->at && r->end[-1] == ' ')
                r->end--;
            return true;
        }
    }
    return false;
}

static bool to_minor(struct money *out, struct decimal number)
{
    int places = money_places(out->currency);
    struct decimal exact;

    if (!decimal_scale(&out->minor, number, places))
        return false;
    exact = (struct decimal){ out->minor, (int8_t)-places };
    return decimal_compare(number, exact) == 0;
}

bool money_parse(struct money *out, struct text t)
{
    struct money made = { .currency = "HKD" };
    struct decimal number;
    char typed[TYPED];
    size_t len;
    int power;

    if (!text_narrow(typed, sizeof(typed), t, &len))
        return false;
    struct reading r = { typed, typed + len };
    bool before =
        read_currency_word(&r, made.currency) || read_currency_code(&r, made.currency);

    reading_blanks(&r);
    if (take_currency(&r, made.currency) && before)
        return false;
    power = take_magnitude(&r);
    if (!read_decimal(&number, r))
        return false;
    for (; power > 0; power--)
        if (!decimal_multiply(&number, number, (struct decimal){ 10, 0 }))
            return false;
    if (!to_minor(&made, number))
        return false;
    *out = made;
    return true;
}
