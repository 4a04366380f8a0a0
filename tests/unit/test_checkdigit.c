#include "core/base/checkdigit.h"

#include <stdlib.h>
#include <string.h>

#include "tests/check.h"

struct vector {
    enum check_scheme scheme;
    const char *number;
    enum check_result result;
    char expected; /* 0: the form is wrong */
};

static const struct vector vectors[] = {
    { CHECK_CONTAINER, "CSQU3054383", CHECK_GOOD, '3' },
    { CHECK_CONTAINER, "MSKU 000008-0", CHECK_GOOD, '0' }, /* 10 counts as 0 */
    { CHECK_CONTAINER, "csqu 305438 4", CHECK_BAD_DIGIT, '3' },
    { CHECK_CONTAINER, "CSQA3054383", CHECK_BAD_FORM, 0 },
    { CHECK_CONTAINER, "CSQU305438", CHECK_BAD_FORM, 0 },
    { CHECK_IMO, "9074729", CHECK_GOOD, '9' },
    { CHECK_IMO, "IMO 9074729", CHECK_GOOD, '9' },
    { CHECK_IMO, "9074728", CHECK_BAD_DIGIT, '9' },
    { CHECK_IMO, "907472", CHECK_BAD_FORM, 0 },
    { CHECK_IMO, "IMX9074729", CHECK_BAD_FORM, 0 },
    { CHECK_HKID, "A123456(3)", CHECK_GOOD, '3' },
    { CHECK_HKID, "A000002(A)", CHECK_GOOD, 'A' },
    { CHECK_HKID, "A000007(0)", CHECK_GOOD, '0' },
    { CHECK_HKID, "A000007(1)", CHECK_BAD_DIGIT, '0' },
    { CHECK_HKID, "AB987654(3)", CHECK_GOOD, '3' },
    { CHECK_HKID, "A123456", CHECK_BAD_FORM, 0 },
    { CHECK_HKID, "A123456(B)", CHECK_BAD_FORM, 0 },
    { CHECK_HKID, "1234567(8)", CHECK_BAD_FORM, 0 },
    { CHECK_PARCEL, "RR 473 124 829 GB", CHECK_GOOD, '9' },
    { CHECK_PARCEL, "RR473124828GB", CHECK_BAD_DIGIT, '9' },
    { CHECK_PARCEL, "RR473124829G1", CHECK_BAD_FORM, 0 },
    { CHECK_AIR_WAYBILL, "160-1234 5675", CHECK_GOOD, '5' },
    { CHECK_AIR_WAYBILL, "160-12345676", CHECK_BAD_DIGIT, '5' },
    { CHECK_AIR_WAYBILL, "160-1234567", CHECK_BAD_FORM, 0 },
    { CHECK_MRZ, "L898902C36", CHECK_GOOD, '6' },
    { CHECK_MRZ, "7408122", CHECK_GOOD, '2' },
    { CHECK_MRZ, "1204159", CHECK_GOOD, '9' },
    { CHECK_MRZ, "ZE184226B<<<<<1", CHECK_GOOD, '1' },
    { CHECK_MRZ, "<<<<<<0", CHECK_GOOD, '0' },
    { CHECK_MRZ, "<<<<<<<", CHECK_GOOD, '<' },
    { CHECK_MRZ, "L898902C3<", CHECK_BAD_DIGIT, '6' },
    { CHECK_MRZ, "L898902C3A", CHECK_BAD_FORM, 0 },
    { CHECK_MRZ, "1", CHECK_BAD_FORM, 0 },
    { CHECK_RESIDENT_ID, "11010519491231002X", CHECK_GOOD, 'X' },
    { CHECK_RESIDENT_ID, "11010519491231002x", CHECK_GOOD, 'X' },
    { CHECK_RESIDENT_ID, "110105194912310021", CHECK_BAD_DIGIT, 'X' },
    { CHECK_RESIDENT_ID, "11010519491231002Y", CHECK_BAD_FORM, 0 },
    { CHECK_USCC, "91350100M000100Y43", CHECK_GOOD, '3' },
    { CHECK_USCC, "91350100M000100Y44", CHECK_BAD_DIGIT, '3' },
    { CHECK_USCC, "91350100M000100I43", CHECK_BAD_FORM, 0 },
    { CHECK_IMEI, "49-015420-323751-8", CHECK_GOOD, '8' },
    { CHECK_IMEI, "490154203237517", CHECK_BAD_DIGIT, '8' },
    { CHECK_IMEI, "4901542032375180", CHECK_BAD_FORM, 0 },
    { CHECK_GS1, "4006381333931", CHECK_GOOD, '1' },
    { CHECK_GS1, "96385074", CHECK_GOOD, '4' },
    { CHECK_GS1, "036000291452", CHECK_GOOD, '2' },
    { CHECK_GS1, "4006381333932", CHECK_BAD_DIGIT, '1' },
    { CHECK_GS1, "400638133393", CHECK_BAD_DIGIT, '0' },
    { CHECK_GS1, "40063813339", CHECK_BAD_FORM, 0 },
    { CHECK_GS1, "400638133393A", CHECK_BAD_FORM, 0 },
    { CHECK_VIN, "1M8GDM9AXKP042788", CHECK_GOOD, 'X' },
    { CHECK_VIN, "1M8GDM9A1KP042788", CHECK_BAD_DIGIT, 'X' },
    { CHECK_VIN, "11111111111111111", CHECK_GOOD, '1' },
    { CHECK_VIN, "1M8GDM9AXKP04278I", CHECK_BAD_FORM, 0 },
    { CHECK_OWN, "G123489654321Y", CHECK_GOOD, 'Y' },
    { CHECK_OWN, "G123-489/654321[y]", CHECK_GOOD, 'Y' },
    { CHECK_OWN, "A999915000001M", CHECK_GOOD, 'M' },
    { CHECK_OWN, "LMOSBYFCTRSSJCB3X6U9DUBLKNIH03FO6X963TGXYAHG*", CHECK_GOOD, '*' },
    { CHECK_OWN, "G123489654321Z", CHECK_BAD_DIGIT, 'Y' },
    { CHECK_OWN, "Y", CHECK_BAD_FORM, 0 },
    { CHECK_OWN, "G1*3489654321Y", CHECK_BAD_FORM, 0 },
    { CHECK_DAMM, "5724", CHECK_GOOD, '4' },
    { CHECK_DAMM, "572-4", CHECK_GOOD, '4' },
    { CHECK_DAMM, "5274", CHECK_BAD_DIGIT, '2' },
    { CHECK_DAMM, "5727", CHECK_BAD_DIGIT, '4' },
    { CHECK_DAMM, "4", CHECK_BAD_FORM, 0 },
    { CHECK_DAMM, "57A4", CHECK_BAD_FORM, 0 },
    { CHECK_NONE, "anything at all", CHECK_GOOD, 0 },
};

static void numbers_of_real_papers_are_judged_as_their_standards_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        const struct vector *v = &vectors[i];
        char expected = 0;
        enum check_result result = check_number(v->scheme, text_of(v->number), &expected);

        if (result != v->result || expected != v->expected)
            print_error("%s %s: result %d, expected character %d\n", check_standard(v->scheme),
                        v->number, (int)result, expected);
        assert_int_equal(result, v->result);
        assert_int_equal(expected, v->expected);
        assert_int_equal(check_number(v->scheme, text_of(v->number), NULL), v->result);
    }
}

static void every_scheme_names_its_standard_and_refuses_what_is_not_its_own(void **state)
{
    (void)state;
    for (int scheme = CHECK_NONE + 1; scheme < CHECK_COUNT; scheme++) {
        enum check_scheme s = (enum check_scheme)scheme;

        assert_true(strlen(check_standard(s)) > 0);
        assert_int_equal(check_number(s, text_of(NULL), NULL), CHECK_BAD_FORM);
        assert_int_equal(check_number(s, TEXT(""), NULL), CHECK_BAD_FORM);
        assert_int_equal(check_number(s, TEXT("證物"), NULL), CHECK_BAD_FORM);
        assert_int_equal(check_number(s, (struct text){ "123\0005678", 8 }, NULL),
                         CHECK_BAD_FORM);
        assert_int_equal(check_number(s,
                                      TEXT("0000000000000000000000000000000000000000000000000"
                                           "0000000000000000000000000000000000000000000000"),
                                      NULL),
                         CHECK_BAD_FORM);
    }
}

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";

static void our_own_labels_have_a_check_character(void **state)
{
    (void)state;
    assert_int_equal(check_own(TEXT("G123489654321")), 'Y');
    assert_int_equal(check_own(TEXT("g123-489-654321")), 'Y');
    assert_int_equal(check_own(TEXT("")), 0);
    assert_int_equal(check_own(TEXT("E-12*")), 0);
    assert_int_equal(check_own(TEXT("證")), 0);
}

/* Whether the label, which was changed, is seen to be wrong. */
static bool caught(const char *label, size_t len)
{
    return check_number(CHECK_OWN, (struct text){ label, len }, NULL) != CHECK_GOOD;
}

static void every_single_wrong_character_is_caught(char *label, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        char right = label[i];

        for (size_t c = 0; c < sizeof(alphabet) - 1; c++) {
            label[i] = alphabet[c];
            if (alphabet[c] != right)
                assert_true(caught(label, len));
        }
        label[i] = right;
    }
}

static void every_swap_of_neighbours_is_caught(char *label, size_t len)
{
    for (size_t i = 0; i + 1 < len; i++) {
        char first = label[i];

        label[i] = label[i + 1];
        label[i + 1] = first;
        if (label[i] != first)
            assert_true(caught(label, len));
        label[i + 1] = label[i];
        label[i] = first;
    }
}

static void a_label_misread_in_one_place_or_swapped_is_always_caught(void **state)
{

    (void)state;
    check_seed();
    for (int round = 0; round < 2000; round++) {
        char label[20];
        size_t body = 1 + (size_t)rand() % 16;

        for (size_t i = 0; i < body; i++)
            label[i] = alphabet[rand() % 36];
        label[body] = check_own((struct text){ label, body });
        assert_false(caught(label, body + 1));
        every_single_wrong_character_is_caught(label, body + 1);
        every_swap_of_neighbours_is_caught(label, body + 1);
    }
}

static void random_bytes_are_never_taken_for_more_than_they_are(void **state)
{

    (void)state;
    check_seed();
    for (int i = 0; i < 200000; i++) {
        char typed[80];
        size_t len = (size_t)rand() % sizeof(typed);
        enum check_scheme scheme = (enum check_scheme)(1 + rand() % (CHECK_COUNT - 1));
        char expected = 0;

        for (size_t k = 0; k < len; k++)
            typed[k] = rand() % 8 ? alphabet[rand() % 36] : (char)rand();
        if (check_number(scheme, (struct text){ typed, len }, &expected) != CHECK_BAD_FORM)
            assert_non_null(strchr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*<", expected));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_real_papers_are_judged_as_their_standards_say),
        cmocka_unit_test(every_scheme_names_its_standard_and_refuses_what_is_not_its_own),
        cmocka_unit_test(our_own_labels_have_a_check_character),
        cmocka_unit_test(a_label_misread_in_one_place_or_swapped_is_always_caught),
        cmocka_unit_test(random_bytes_are_never_taken_for_more_than_they_are),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
