#include "i18n/number.h"

#include <assert.h>
#include <string.h>

/* Dates */

struct text number_date(struct arena *arena, date d, enum language language)
{
    static const char *const months[] = { "January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December" };
    int year = date_year(d), month = date_month(d), day = date_day(d);

    if (d == 0)
        return TEXT("");
    if (language == LANGUAGE_BOTH) {
        char neutral[16];

        date_print(neutral, d);
        return arena_text(arena, text_of(neutral));
    }
    bool chinese = language == LANGUAGE_ZH;

    if (month == 0)
        return arena_printf(arena, chinese ? "%d年" : "%d", year);
    assert(month <= 12);
    if (day == 0)
        return chinese ? arena_printf(arena, "%d年%d月", year, month)
                       : arena_printf(arena, "%s %d", months[month - 1], year);
    return chinese ? arena_printf(arena, "%d年%d月%d日", year, month, day)
                   : arena_printf(arena, "%d %s %d", day, months[month - 1], year);
}

struct text number_moment(struct arena *arena, struct moment m, enum language language)
{
    char neutral[40], day[16];
    struct text in_words = number_date(arena, m.date, language);

    if (m.date == 0)
        return in_words;
    /* Time and offset are written alike everywhere. */
    moment_print(neutral, m);
    date_print(day, m.date);
    return arena_printf(arena, "%.*s%s", (int)in_words.len, in_words.data,
                        neutral + strlen(day));
}

/* Money */

struct currency {
    char code[4];
    const char *english; /* before the figure */
    const char *chinese; /* before it */
    const char *after;   /* after it, in Chinese */
};

static const struct currency currencies[] = {
    { .code = "HKD", .english = "HK$", .chinese = "港幣", .after = "元" },
    { .code = "USD", .english = "US$", .chinese = "", .after = "美元" },
    { .code = "CNY", .english = "RMB", .chinese = "人民幣", .after = "元" },
    { .code = "MOP", .english = "MOP$", .chinese = "澳門幣", .after = "元" },
    { .code = "TWD", .english = "NT$", .chinese = "新台幣", .after = "元" },
    { .code = "EUR", .english = "EUR ", .chinese = "", .after = "歐元" },
    { .code = "GBP", .english = "GBP ", .chinese = "", .after = "英鎊" },
    { .code = "JPY", .english = "JPY ", .chinese = "", .after = "日圓" },
};

static const struct currency *currency_find(const char code[4])
{
    for (size_t i = 0; i < sizeof(currencies) / sizeof(*currencies); i++)
        if (strcmp(currencies[i].code, code) == 0)
            return &currencies[i];
    return NULL;
}

static void put_sign_and_prefix(struct buffer *out, struct money m, bool chinese)
{
    const struct currency *currency = currency_find(m.currency);

    if (m.minor < 0)
        buffer_byte(out, '-');
    if (currency)
        buffer_string(out, chinese ? currency->chinese : currency->english);
    else
        buffer_printf(out, "%s ", m.currency);
}

/* The figure as core/base prints it, without its currency and sign. */
static void put_figure(struct buffer *out, struct money m)
{
    AUTO_BUFFER struct buffer neutral = { 0 };

    money_print(&neutral, m, true);
    struct text figure = buffer_as_text(&neutral);

    while (figure.len > 0 && !(figure.data[0] >= '0' && figure.data[0] <= '9'))
        figure = (struct text){ figure.data + 1, figure.len - 1 };
    buffer_text(out, figure);
}

struct text number_money(struct arena *arena, struct money m, enum language language)
{
    AUTO_BUFFER struct buffer out = { 0 };
    const struct currency *currency = currency_find(m.currency);
    bool chinese = language == LANGUAGE_ZH;

    if (m.currency[0] == '\0')
        return TEXT("");
    put_sign_and_prefix(&out, m, chinese);
    put_figure(&out, m);
    if (chinese && currency)
        buffer_string(&out, currency->after);
    return arena_text(arena, buffer_as_text(&out));
}

/* Short money */

struct scale {
    uint64_t unit;
    const char *name;
};

static const struct scale english_scales[] = { { 1000000000, "B" },
                                               { 1000000, "M" },
                                               { 1, "" } };
static const struct scale chinese_scales[] = { { 100000000, "億" },
                                               { 10000, "萬" },
                                               { 1, "" } };

static uint64_t divide_rounded(uint64_t number, uint64_t by)
{
    return number / by + (number % by >= by - number % by);
}

static uint64_t minor_of_one(const char currency[4])
{
    uint64_t minor = 1;

    for (int places = money_places(currency); places > 0; places--)
        minor *= 10;
    return minor;
}

/* Tenths of the unit, but whole units where the figure is long or the unit is one. */
static uint64_t tenths(uint64_t minor, uint64_t per_unit, bool whole)
{
    uint64_t figure = whole ? 0 : divide_rounded(minor, per_unit / 10);

    return whole || figure >= 1000 ? divide_rounded(minor, per_unit) * 10 : figure;
}

static void put_short(struct buffer *out, uint64_t minor, uint64_t one,
                      const struct scale *scale)
{
    const struct scale *larger = NULL;

    while (scale->unit > 1 && divide_rounded(minor, one) < scale->unit)
        larger = scale++;
    uint64_t figure = tenths(minor, scale->unit * one, scale->unit == 1);

    /* 999.96M is not 1,000M. */
    if (larger && figure >= larger->unit / scale->unit * 10) {
        scale = larger;
        figure = 10;
    }
    decimal_print(out, (struct decimal){ (int64_t)(figure / 10), 0 }, true);
    if (figure % 10 > 0)
        buffer_printf(out, ".%d", (int)(figure % 10));
    buffer_string(out, scale->name);
}

struct text number_money_short(struct arena *arena, struct money m, enum language language)
{
    AUTO_BUFFER struct buffer out = { 0 };
    bool chinese = language == LANGUAGE_ZH;
    uint64_t minor = m.minor < 0 ? 0 - (uint64_t)m.minor : (uint64_t)m.minor;

    if (m.currency[0] == '\0')
        return TEXT("");
    if (strcmp(m.currency, "HKD") != 0)
        put_sign_and_prefix(&out, m, false);
    else if (m.minor < 0)
        buffer_byte(&out, '-');
    put_short(&out, minor, minor_of_one(m.currency), chinese ? chinese_scales : english_scales);
    return arena_text(arena, buffer_as_text(&out));
}
