#include "core/base/checkdigit.h"

#include <assert.h>
#include <string.h>

enum { NUMBER_LIMIT = 64 };

/* A number without the marks that people write between its parts, in upper case. */
struct number {
    char c[NUMBER_LIMIT + 1];
    size_t len;
};

static bool number_clean(struct number *out, struct text t)
{
    out->len = 0;
    for (size_t i = 0; i < t.len; i++) {
        char c = t.data[i];

        if (c == '\0')
            return false;
        if (strchr(" -/()[]", c))
            continue;
        if (out->len == NUMBER_LIMIT)
            return false;
        out->c[out->len++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    out->c[out->len] = '\0';
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* 0-9, then A=10 .. Z=35. */
static int value36(char c)
{
    return is_digit(c) ? c - '0' : c - 'A' + 10;
}

static char digit(int value)
{
    return (char)('0' + value);
}

/* Whether the number has a form written as one character for each place: 9 a digit, A a letter,
 * X a letter or a digit. */
static bool has_form(const struct number *n, const char *form)
{
    if (n->len != strlen(form))
        return false;
    for (size_t i = 0; i < n->len; i++) {
        bool good = form[i] == '9'   ? is_digit(n->c[i])
                    : form[i] == 'A' ? is_letter(n->c[i])
                                     : is_digit(n->c[i]) || is_letter(n->c[i]);

        if (!good)
            return false;
    }
    return true;
}

static int weighted(const char *digits, const int8_t *weights, size_t count)
{
    int sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += (digits[i] - '0') * weights[i];
    return sum;
}

/* Each scheme: false where the form is not its own, else where the check character stands and
 * which one would be right. */
struct verdict {
    size_t place;
    char expected;
};

static bool check_container(struct number *n, struct verdict *out)
{
    int sum = 0;

    if (!has_form(n, "AAAA9999999") || !strchr("UJZ", n->c[3]))
        return false;
    for (int i = 0; i < 10; i++) {
        int value = value36(n->c[i]);

        /* Letters leave out the multiples of eleven. */
        if (is_letter(n->c[i]))
            value += (value - 1) / 10;
        sum += value << i;
    }
    *out = (struct verdict){ 10, digit(sum % 11 % 10) };
    return true;
}

static bool check_imo(struct number *n, struct verdict *out)
{
    static const int8_t weights[] = { 7, 6, 5, 4, 3, 2 };

    /* The letters belong to the number as it is painted on the ship. */
    if (n->len == 10 && memcmp(n->c, "IMO", 3) == 0) {
        memmove(n->c, n->c + 3, 8);
        n->len = 7;
    }
    if (!has_form(n, "9999999"))
        return false;
    *out = (struct verdict){ 6, digit(weighted(n->c, weights, 6) % 10) };
    return true;
}

static bool check_hkid(struct number *n, struct verdict *out)
{
    bool two = n->len == 9;
    /* A single letter stands behind a blank of the value 36. */
    int sum = two ? 0 : 9 * 36;

    if (!has_form(n, two ? "AA999999X" : "A999999X"))
        return false;
    if (is_letter(n->c[n->len - 1]) && n->c[n->len - 1] != 'A')
        return false;
    for (size_t i = 0; i + 1 < n->len; i++)
        sum += value36(n->c[i]) * (int)(n->len - i);
    int check = (11 - sum % 11) % 11;

    *out = (struct verdict){ n->len - 1, check == 10 ? 'A' : digit(check) };
    return true;
}

static bool check_parcel(struct number *n, struct verdict *out)
{
    static const int8_t weights[] = { 8, 6, 4, 2, 3, 5, 9, 7 };

    if (!has_form(n, "AA999999999AA"))
        return false;
    int check = 11 - weighted(n->c + 2, weights, 8) % 11;

    *out = (struct verdict){ 10, digit(check == 10 ? 0 : check == 11 ? 5 : check) };
    return true;
}

static bool check_air_waybill(struct number *n, struct verdict *out)
{
    int serial = 0;

    if (!has_form(n, "99999999999"))
        return false;
    for (size_t i = 3; i < 10; i++)
        serial = serial * 10 + (n->c[i] - '0');
    *out = (struct verdict){ 10, digit(serial % 7) };
    return true;
}

static bool check_mrz(struct number *n, struct verdict *out)
{
    static const int8_t weights[] = { 7, 3, 1 };
    size_t last = n->len - 1;
    bool empty = true;
    int sum = 0;

    if (n->len < 2 || (!is_digit(n->c[last]) && n->c[last] != '<'))
        return false;
    for (size_t i = 0; i < last; i++) {
        if (n->c[i] == '<')
            continue;
        if (!is_digit(n->c[i]) && !is_letter(n->c[i]))
            return false;
        empty = false;
        sum += value36(n->c[i]) * weights[i % 3];
    }
    /* A field that is not used may carry a filler instead of its zero. */
    *out = (struct verdict){ last, empty && n->c[last] == '<' ? '<' : digit(sum % 10) };
    return true;
}

static bool check_resident_id(struct number *n, struct verdict *out)
{
    static const int8_t weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };

    if (!has_form(n, "99999999999999999X"))
        return false;
    if (is_letter(n->c[17]) && n->c[17] != 'X')
        return false;
    *out = (struct verdict){ 17, "10X98765432"[weighted(n->c, weights, 17) % 11] };
    return true;
}

static bool check_uscc(struct number *n, struct verdict *out)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    int sum = 0, weight = 1;

    if (n->len != 18)
        return false;
    for (size_t i = 0; i < 18; i++) {
        const char *at = strchr(alphabet, n->c[i]);

        if (!at)
            return false;
        if (i < 17)
            sum += (int)(at - alphabet) * weight;
        weight = weight * 3 % 31;
    }
    *out = (struct verdict){ 17, alphabet[(31 - sum % 31) % 31] };
    return true;
}

static bool check_imei(struct number *n, struct verdict *out)
{
    int sum = 0;

    if (!has_form(n, "999999999999999"))
        return false;
    for (size_t i = 0; i < 14; i++) {
        int value = (n->c[i] - '0') << (i % 2);

        sum += value > 9 ? value - 9 : value;
    }
    *out = (struct verdict){ 14, digit((10 - sum % 10) % 10) };
    return true;
}

static bool check_gs1(struct number *n, struct verdict *out)
{
    /* GTIN-8, -12, -13 (and GLN), -14, GSIN, SSCC */
    static const char lengths[] = { 8, 12, 13, 14, 17, 18 };
    int sum = 0;

    if (!memchr(lengths, (int)n->len, sizeof(lengths)))
        return false;
    for (size_t i = 0; i < n->len; i++) {
        if (!is_digit(n->c[i]))
            return false;
        if (i + 1 < n->len)
            sum += (n->c[i] - '0') * ((n->len - i) % 2 == 0 ? 3 : 1);
    }
    *out = (struct verdict){ n->len - 1, digit((10 - sum % 10) % 10) };
    return true;
}

static bool check_vin(struct number *n, struct verdict *out)
{
    static const int8_t weights[] = { 8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2 };
    /* A to Z; I, O and Q do not occur. */
    static const int8_t letters[] = { 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4,
                                      5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9 };
    int sum = 0;

    if (!has_form(n, "XXXXXXXXXXXXXXXXX") || strpbrk(n->c, "IOQ"))
        return false;
    for (size_t i = 0; i < 17; i++)
        sum += weights[i] * (is_digit(n->c[i]) ? n->c[i] - '0' : letters[n->c[i] - 'A']);
    *out = (struct verdict){ 8, sum % 11 == 10 ? 'X' : digit(sum % 11) };
    return true;
}

/* ISO 7064 MOD 37-2: the sum of value x 2^place, the check standing at place 0, is 1 mod 37. */
static char mod_37_2(const char *body, size_t len)
{
    static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";
    int sum = 0;

    for (size_t i = 0; i < len; i++)
        sum = (sum + value36(body[i])) * 2 % 37;
    return alphabet[(38 - sum) % 37];
}

static bool body_valid(const char *body, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!is_digit(body[i]) && !is_letter(body[i]))
            return false;
    return len > 0;
}

static bool check_own_number(struct number *n, struct verdict *out)
{
    if (n->len < 2 || !body_valid(n->c, n->len - 1))
        return false;
    char last = n->c[n->len - 1];

    if (last != '*' && !body_valid(&last, 1))
        return false;
    *out = (struct verdict){ n->len - 1, mod_37_2(n->c, n->len - 1) };
    return true;
}

/* Digits alone, for labels that are read out: every wrong digit and every swap of neighbours is found. */
static bool check_damm(struct number *n, struct verdict *out)
{
    static const char *const table[10] = { "0317598642", "7092154863", "4206871359",
                                           "1750983426", "6123045978", "3674209581",
                                           "5869720134", "8945362017", "9438617205",
                                           "2581436790" };
    int interim = 0;

    for (size_t i = 0; i < n->len; i++)
        if (!is_digit(n->c[i]))
            return false;
    if (n->len < 2)
        return false;
    for (size_t i = 0; i + 1 < n->len; i++)
        interim = table[interim][n->c[i] - '0'] - '0';
    *out = (struct verdict){ n->len - 1, digit(interim) };
    return true;
}

static const struct {
    const char *standard;
    bool (*check)(struct number *n, struct verdict *out);
} schemes[CHECK_COUNT] = {
#define STANDARD(name, text) [CHECK_##name].standard = text,
    [CHECK_NONE].standard = "",
    CHECK_SCHEMES(STANDARD)
#undef STANDARD
        [CHECK_CONTAINER]
            .check = check_container,
    [CHECK_IMO].check = check_imo,
    [CHECK_HKID].check = check_hkid,
    [CHECK_PARCEL].check = check_parcel,
    [CHECK_AIR_WAYBILL].check = check_air_waybill,
    [CHECK_MRZ].check = check_mrz,
    [CHECK_RESIDENT_ID].check = check_resident_id,
    [CHECK_USCC].check = check_uscc,
    [CHECK_IMEI].check = check_imei,
    [CHECK_GS1].check = check_gs1,
    [CHECK_VIN].check = check_vin,
    [CHECK_OWN].check = check_own_number,
    [CHECK_DAMM].check = check_damm,
};

const char *check_standard(enum check_scheme scheme)
{
    assert(scheme < CHECK_COUNT);
    return schemes[scheme].standard;
}

bool check_advisory(enum check_scheme scheme)
{
    return scheme == CHECK_VIN;
}

enum check_result check_number(enum check_scheme scheme, struct text number, char *expected)
{
    struct number n;
    struct verdict verdict;

    assert(scheme < CHECK_COUNT);
    if (scheme == CHECK_NONE)
        return CHECK_GOOD;
    if (!number_clean(&n, number) || !schemes[scheme].check(&n, &verdict))
        return CHECK_BAD_FORM;
    if (expected)
        *expected = verdict.expected;
    return n.c[verdict.place] == verdict.expected ? CHECK_GOOD : CHECK_BAD_DIGIT;
}

char check_own(struct text body)
{
    struct number n;

    if (!number_clean(&n, body) || !body_valid(n.c, n.len))
        return '\0';
    return mod_37_2(n.c, n.len);
}
