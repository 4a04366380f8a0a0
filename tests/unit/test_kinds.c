#include "core/schema/kind.h"

#include "tests/check.h"

#include <stdio.h>

#include "tests/unit/sample.h"

enum { ROUNDS = 400 };

static int start(void **state)
{
    *state = arena_new();
    return 0;
}

static int end(void **state)
{
    arena_free(*state);
    return 0;
}

/* The payload of one value, as hexadecimal digits. */
static struct text encoded(struct arena *arena, const struct field *field, const void *value)
{
    AUTO_BUFFER struct buffer payload = { 0 };
    AUTO_BUFFER struct buffer hex = { 0 };

    field_kind(field)->encode(&payload, field, value);
    hex_encode(&hex, buffer_bytes(&payload));
    return arena_text(arena, buffer_as_text(&hex));
}

/* What is typed into the field becomes these bytes and prints as this. */
static void assert_typed(struct arena *arena, uint16_t tag, const char *typed, const char *hex,
                         const char *printed)
{
    struct record *record = record_new(arena, &sample_type);
    const struct field *field = sample_field(tag);
    const void *value = field_value(field, record);
    struct message why;

    if (!value_parse(record, field, text_of(typed), &sample_lookup, arena, &why))
        print_error("%s: %s\n", typed, why.id);
    assert_true(field_present(field, record));
    assert_string_equal(value_print(arena, field, value).data, printed);
    assert_string_equal(encoded(arena, field, value).data, hex);
}

static void assert_refused(struct arena *arena, uint16_t tag, const char *typed,
                           const char *in_sentence)
{
    struct record *record = record_new(arena, &sample_type);
    const struct field *field = sample_field(tag);
    struct message why = { 0 };

    if (value_parse(record, field, text_of(typed), &sample_lookup, arena, &why))
        print_error("%s was taken\n", typed);
    assert_false(field_present(field, record));
    assert_non_null(why.id);
    assert_non_null(strstr(why.id, in_sentence));
}

static void assert_shown(struct arena *arena, uint16_t tag, const char *typed, const char *zh,
                         const char *en, const char *both)
{
    struct record *record = record_new(arena, &sample_type);
    const struct field *field = sample_field(tag);
    const void *value = field_value(field, record);
    struct message why;

    assert_true(value_parse(record, field, text_of(typed), &sample_lookup, arena, &why));
    assert_string_equal(value_show(arena, field, value, &sample_lookup, LANGUAGE_ZH).data, zh);
    assert_string_equal(value_show(arena, field, value, &sample_lookup, LANGUAGE_EN).data, en);
    assert_string_equal(value_show(arena, field, value, &sample_lookup, LANGUAGE_BOTH).data,
                        both);
}

static void every_kind_says_what_it_is_in_both_languages(void **state)
{
    (void)state;
    for (int id = 0; id < KIND_COUNT; id++) {
        const struct kind *kind = kind_of((enum kind_id)id);

        assert_int_equal(kind->id, id);
        assert_true(kind->name[0] && kind->label.en[0] && kind->label.zh[0]);
        assert_true(kind->how.en[0] && kind->how.zh[0]);
        assert_true(kind->size > 0);
    }
}

/* ---- forms on disk, which are for ever ---- */

static void values_have_the_bytes_that_the_paper_says(void **state)
{
    struct arena *arena = *state;

    assert_typed(arena, tag_sample_opened, "2023-06", "1a0134b1c8", "2023-06");
    assert_typed(arena, tag_sample_occurred, "2023-06-21 08:40", "831a0134b1dd1902081901e0",
                 "2023-06-21 08:40");
    assert_typed(arena, tag_sample_occurred, "2023-06 -01:00", "831a0134b1c8f6383b",
                 "2023-06 -01:00");
    assert_typed(arena, tag_sample_recorded, "2023-06-21T00:40:05.123Z", "1b00000188db64ef03",
                 "2023-06-21T00:40:05.123Z");
    assert_typed(arena, tag_sample_value, "39,800,000", "1aed39fb00", "39800000");
    assert_typed(arena, tag_sample_value, "usd 20", "821907d063555344", "USD 20.00");
    assert_typed(arena, tag_sample_amount, "15 container", "830f0069636f6e7461696e6572",
                 "15 container");
    assert_typed(arena, tag_sample_gross, "1,270.00", "831a0001f01821626b67", "1270.00 kg");
    assert_typed(arena, tag_sample_title, "海味 | Dried", "8266e6b5b7e591b3654472696564",
                 "海味 | Dried");
    assert_typed(arena, tag_sample_title, "Dried", "82f6654472696564", "| Dried");
    assert_typed(arena, tag_sample_commodity, "end.shf", "67454e442e534846", "END.SHF");
    assert_typed(arena, tag_sample_sex, "女", "6146", "F");
    assert_typed(arena, tag_sample_parent, "S-7", "1b0900000000000007", "S-7");
    assert_typed(arena, tag_sample_event, "S-7.123:1:9", "831b090070000000007b0109",
                 "S-7.123:1:9");
    assert_typed(arena, tag_sample_laws, "60; 586", "82a10a623630a10a63353836", "60; 586");
    assert_typed(arena, tag_sample_container, "CSQU3054383", "6b4353515533303534333833",
                 "CSQU3054383");
    assert_typed(arena, tag_sample_container, "CSQU1 | worn", "8265435351553164776f726e",
                 "CSQU1 | worn");
    assert_typed(arena, tag_sample_counted, "N", "f4", "no");
    assert_typed(arena, tag_sample_arrests, "-1,200", "3904af", "-1200");
    assert_typed(arena, tag_sample_position, "22.3, 114.1694", "821a0d4ab5c01a440cde30",
                 "22.3, 114.1694");
    assert_typed(arena, tag_sample_hash, "md5:00FF", "82636d64354200ff", "md5:00ff");
}

/* ---- what people type ---- */

static void nothing_typed_is_absent(void **state)
{
    struct arena *arena = *state;
    struct message why;

    for (size_t i = 0; i < sample_type.count; i++) {
        const struct field *field = &sample_type.fields[i];
        struct record *record = record_new(arena, &sample_type);

        any_value(field, field_place(field, record), arena);
        assert_true(value_parse(record, field, TEXT(" \t "), &sample_lookup, arena, &why));
        assert_false(field_present(field, record));
        assert_true(value_parse(record, field, TEXT(""), NULL, arena, &why));
        assert_false(field_present(field, record));
        assert_int_equal(value_print(arena, field, field_value(field, record)).len, 0);
        assert_int_equal(
            value_show(arena, field, field_value(field, record), NULL, LANGUAGE_BOTH).len, 0);
    }
}

static void bytes_that_are_no_text_are_refused_by_every_kind(void **state)
{
    struct arena *arena = *state;

    for (size_t i = 0; i < sample_type.count; i++)
        assert_refused(arena, sample_type.fields[i].tag, "\xff\xfe", "");
}

static void a_text_is_kept_as_it_was_typed(void **state)
{
    struct arena *arena = *state;

    assert_typed(arena, tag_sample_remark, " Ａ\n| ; \\ ", "6b20efbca10a7c203b205c20",
                 " Ａ\n| ; \\ ");
}

static void a_number_is_typed_with_the_input_method_still_on(void **state)
{
    struct arena *arena = *state;

    assert_typed(arena, tag_sample_number, " ｋｃｔ／２３ ", "664b43542f3233", "KCT/23");
    assert_typed(arena, tag_sample_commodity, "ｅｎｄ．ｓｈｆ", "67454e442e534846", "END.SHF");
    assert_typed(arena, tag_sample_origin, "ｃｎ", "62434e", "CN");
    assert_typed(arena, tag_sample_container, "ｃｓｑｕ ３０５４３８ ３",
                 "6d43535155203330353433382033", "CSQU 305438 3");
    assert_typed(arena, tag_sample_parent, "ｓ－７", "1b0900000000000007", "S-7");
    assert_typed(arena, tag_sample_gross, "１．５ｋｇ", "830f20626b67", "1.5 kg");
    assert_typed(arena, tag_sample_counted, "Ｙ", "f5", "yes");
}

static void both_languages_are_typed_in_one_line(void **state)
{
    struct arena *arena = *state;

    assert_typed(arena, tag_sample_title, "魚翅", "8266e9ad9ae7bf85f6", "魚翅 |");
    assert_typed(arena, tag_sample_title, "|魚翅", "82f666e9ad9ae7bf85", "| 魚翅");
    assert_typed(arena, tag_sample_title, "A|", "826141f6", "A |");
    assert_typed(arena, tag_sample_title, "a \\| b", "82f66561207c2062", "| a \\| b");
    assert_typed(arena, tag_sample_title, "C:\\x", "82f664433a5c78", "| C:\\\\x");
    assert_typed(arena, tag_sample_title, "魚|a|b", "8263e9ad9a63617c62", "魚 | a\\|b");
}

static void a_quantity_carries_its_unit_by_code_or_name(void **state)
{
    struct arena *arena = *state;

    assert_typed(arena, tag_sample_gross, "1.2萬公斤", "83192ee000626b67", "12000 kg");
    assert_typed(arena, tag_sample_amount, "3 個貨櫃", "83030069636f6e7461696e6572",
                 "3 container");
    assert_refused(arena, tag_sample_amount, "15", "unit is missing");
    assert_refused(arena, tag_sample_amount, "15 barrels", "not a known unit");
    assert_refused(arena, tag_sample_amount, "kg", "not a quantity");
    assert_refused(arena, tag_sample_amount, "9223372036854775807萬 kg", "not a quantity");
}

static void a_choice_is_typed_by_code_or_label_in_any_case(void **state)
{
    struct arena *arena = *state;

    assert_typed(arena, tag_sample_sex, "m", "614d", "M");
    assert_typed(arena, tag_sample_sex, " FEMALE ", "6146", "F");
    assert_refused(arena, tag_sample_sex, "x", "not one of the choices");
}

static void a_record_is_named_by_its_human_number_or_its_id(void **state)
{
    struct arena *arena = *state;

    assert_typed(arena, tag_sample_parent, "KCT/23/00012-7", "1b0900000000000007", "S-7");
    assert_refused(arena, tag_sample_parent, "KCT/23/00013-7", "No record has the number");
    assert_refused(arena, tag_sample_parent, "0-7", "No record");
    assert_refused(arena, tag_sample_parent, "128-7", "No record");
}

static void a_list_is_typed_in_one_line(void **state)
{
    struct arena *arena = *state;

    assert_typed(arena, tag_sample_laws, " 60;;586 ; ", "82a10a623630a10a63353836", "60; 586");
    assert_typed(arena, tag_sample_laws, "a\\;b", "81a10a63613b62", "a\\;b");
    assert_typed(arena, tag_sample_approximate, "10;12", "82a10a0aa10a0c", "10; 12");
    assert_typed(arena, tag_sample_legs, "CN | 深圳 \\| SZ | 2023 | \\ x; SG",
                 "82a40a62434e0b1a0134af700c8266e6b7b1e59cb362535a0d622078a10a625347",
                 "CN | 深圳 \\| SZ | 2023 | \\ x; SG");
    assert_typed(arena, tag_sample_legs, "CN||||60\\;586",
                 "81a20a62434e0e82a10a623630a10a63353836", "CN |  |  |  | 60\\; 586");
    assert_refused(arena, tag_sample_legs, "CN|||||||", "more than");
    assert_refused(arena, tag_sample_approximate, "10; x", "not a whole number");
}

static void a_position_is_typed_as_a_chart_or_a_phone_says_it(void **state)
{
    struct arena *arena = *state;
    const char *hex = "821a0d4e01801a440a9828", *print = "22.3216, 114.1545";

    assert_typed(arena, tag_sample_position, "22.3216,114.1545", hex, print);
    assert_typed(arena, tag_sample_position, "22.3216 114.1545", hex, print);
    assert_typed(arena, tag_sample_position, "22.3216N 114.1545E", hex, print);
    assert_typed(arena, tag_sample_position, "N22.3216° E114.1545°", hex, print);
    assert_typed(arena, tag_sample_position, "22°19.296'N, 114°9.27'E", hex, print);
    assert_typed(arena, tag_sample_position, "22° 19′ 17.76″ N 114° 09′ 16.2″ E", hex, print);
    assert_typed(arena, tag_sample_position, "北緯22度19分17.76秒 東經114度9分16.2秒", hex,
                 print);
    assert_typed(arena, tag_sample_position, "-0.5, -0.25", "823a004c4b3f3a0026259f",
                 "-0.5, -0.25");
    assert_typed(arena, tag_sample_position, "0.5S 0.25W", "823a004c4b3f3a0026259f",
                 "-0.5, -0.25");
    assert_refused(arena, tag_sample_position, "91, 0", "not coordinates");
    assert_refused(arena, tag_sample_position, "22, 181", "not coordinates");
    assert_refused(arena, tag_sample_position, "22", "not coordinates");
    assert_refused(arena, tag_sample_position, "22°61'N 114°E", "not coordinates");
    assert_refused(arena, tag_sample_position, "-22S 114E", "not coordinates");
    assert_refused(arena, tag_sample_position, "22, 114, 3", "not coordinates");
}

static void times_are_typed_with_and_without_seconds(void **state)
{
    struct arena *arena = *state;

    assert_typed(arena, tag_sample_recorded, "n", "1b00000188db64db00",
                 "2023-06-21T00:40:00.000Z");
    assert_typed(arena, tag_sample_recorded, "2023-06-21 08:40:05", "1b00000188db64ee88",
                 "2023-06-21T00:40:05.000Z");
    assert_refused(arena, tag_sample_recorded, "2023-06-21 08:40:61", "not a time");
    assert_refused(arena, tag_sample_recorded, "2023-06-21 08:40:05.1x", "not a time");
    assert_refused(arena, tag_sample_recorded, "1960-01-01", "not a time");
}

static void what_makes_no_sense_is_refused_with_a_reason(void **state)
{
    struct arena *arena = *state;

    assert_refused(arena, tag_sample_opened, "2023-13-01", "there is no month");
    assert_refused(arena, tag_sample_occurred, "2023-06-21 25:00", "there is no time");
    assert_refused(arena, tag_sample_value, "1.234", "not an amount of money");
    assert_refused(arena, tag_sample_counted, "maybe", "neither yes nor no");
    assert_refused(arena, tag_sample_arrests, "1.5", "not a whole number");
    assert_refused(arena, tag_sample_commodity, "nothing", "no code or name");
    assert_refused(arena, tag_sample_hash, "abc", "not a hash");
    assert_refused(arena, tag_sample_container, "| reason", "no number");
}

static void what_is_printed_can_be_typed_again(void **state)
{
    struct arena *arena = *state;
    struct message why;

    check_seed();
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < sample_type.count; i++) {
            const struct field *field = &sample_type.fields[i];
            struct record *record = record_new(arena, &sample_type);
            struct record *again = record_new(arena, &sample_type);

            any_value(field, field_place(field, record), arena);
            struct text printed = value_print(arena, field, field_value(field, record));

            if (!value_parse(again, field, printed, NULL, arena, &why) ||
                !value_equal(field, field_value(field, record), field_value(field, again))) {
                print_error("%s: \"%s\" became \"%s\"\n", field->name, printed.data,
                            value_print(arena, field, field_value(field, again)).data);
                assert_true(false);
            }
        }
        arena_reset(arena);
    }
}

static void what_was_typed_at_random_is_taken_or_refused(void **state)
{
    struct arena *arena = *state;
    struct message why;

    check_seed();
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < sample_type.count; i++) {
            const struct field *field = &sample_type.fields[i];
            struct record *record = record_new(arena, &sample_type);

            any_value(field, field_place(field, record), arena);
            struct text printed = value_print(arena, field, field_value(field, record));
            char *data = arena_string(arena, printed);

            for (int64_t n = below(4); printed.len > 0 && n >= 0; n--)
                data[below((int64_t)printed.len)] = "09 -:;|\\.\xff\x80,aZ/n+t"[below(19)];
            printed.data = data;
            printed.len -= (size_t)below((int64_t)printed.len + 1) / 4;
            /* An exact copy, so that reading past its end is seen. */
            char *exact = memory_new(printed.len);

            memcpy(exact, printed.data, printed.len);
            printed.data = exact;
            if (value_parse(record, field, printed, below(2) ? &sample_lookup : NULL, arena,
                            &why))
                value_print(arena, field, field_value(field, record));
            free(exact);
        }
        arena_reset(arena);
    }
}

/* ---- order ---- */

static int sign_of(int order)
{
    return (order > 0) - (order < 0);
}

static int bytes_order(const struct buffer *a, const struct buffer *b)
{
    size_t len = a->len < b->len ? a->len : b->len;
    int order = memcmp(a->data, b->data, len);

    return order != 0 ? sign_of(order) : (a->len > b->len) - (a->len < b->len);
}

/* A value, or none now and then; often one that differs little from `other`. */
static void some_value(const struct field *field, void *value, const void *other,
                       struct arena *arena)
{
    if (below(12) == 0)
        return;
    if (other && below(3) == 0) {
        memcpy(value, other, field_kind(field)->size);
        if (field->kind == KIND_TEXT && text_present(*(struct text *)value) && below(2))
            ((struct text *)value)->len -= 1; /* an x at its end */
        return;
    }
    any_value(field, value, arena);
}

static void assert_ordered(struct arena *arena, const struct field *field, const void *a,
                           const void *b, const void *c)
{
    const struct kind *kind = field_kind(field);
    int order = sign_of(kind->compare(field, a, b));

    assert_int_equal(order, -sign_of(kind->compare(field, b, a)));
    assert_int_equal(kind->compare(field, a, a), 0);
    if (order <= 0 && kind->compare(field, b, c) <= 0)
        assert_true(kind->compare(field, a, c) <= 0);
    if (kind->present(a) != kind->present(b))
        assert_int_equal(order, kind->present(a) ? 1 : -1);
    if (kind->present(a) && kind->present(b))
        assert_int_equal(order == 0,
                         text_equal(encoded(arena, field, a), encoded(arena, field, b)));
    if (!kind->index)
        return;
    AUTO_BUFFER struct buffer x = { 0 };
    AUTO_BUFFER struct buffer y = { 0 };

    kind->index(&x, field, a);
    kind->index(&y, field, b);
    assert_int_equal(x.data[0], kind->present(a));
    if (bytes_order(&x, &y) != 0)
        assert_int_equal(bytes_order(&x, &y), order);
    assert_true(x.len <= 256);
}

static void index_bytes_sort_as_values_do(void **state)
{
    struct arena *arena = *state;

    check_seed();
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < sample_type.count; i++) {
            const struct field *field = &sample_type.fields[i];
            struct record *a = record_new(arena, &sample_type);
            struct record *b = record_new(arena, &sample_type);
            struct record *c = record_new(arena, &sample_type);

            some_value(field, field_place(field, a), NULL, arena);
            some_value(field, field_place(field, b), field_value(field, a), arena);
            some_value(field, field_place(field, c), field_value(field, b), arena);
            assert_ordered(arena, field, field_value(field, a), field_value(field, b),
                           field_value(field, c));
        }
        arena_reset(arena);
    }
}

static void assert_index(struct arena *arena, uint16_t tag, const char *typed, const char *hex)
{
    AUTO_BUFFER struct buffer out = { 0 };
    AUTO_BUFFER struct buffer digits = { 0 };
    struct record *record = record_new(arena, &sample_type);
    const struct field *field = sample_field(tag);
    struct message why;

    assert_true(value_parse(record, field, text_of(typed), NULL, arena, &why));
    field_kind(field)->index(&out, field, field_value(field, record));
    hex_encode(&digits, buffer_bytes(&out));
    buffer_byte(&digits, 0);
    assert_string_equal((char *)digits.data, hex);
}

static void index_bytes_are_those_that_stand_in_stores(void **state)
{
    struct arena *arena = *state;

    assert_index(arena, tag_sample_number, "", "00");
    assert_index(arena, tag_sample_remark, "Fín Ｂ", "0166c3ad6e206200");
    assert_index(arena, tag_sample_title, "魚 | Fish", "01e9ad9a00");
    assert_index(arena, tag_sample_title, "| Fish", "016669736800");
    assert_index(arena, tag_sample_opened, "2023-06", "010134b1c8");
    assert_index(arena, tag_sample_occurred, "2023-06-21 00:40Z", "010134b1dd0209");
    assert_index(arena, tag_sample_occurred, "2023-06", "010134b1c80000");
    assert_index(arena, tag_sample_value, "-1", "017fffffffffffff9c484b44");
    assert_index(arena, tag_sample_gross, "1.2345 kg", "0180000000000004d34b4700");
    assert_index(arena, tag_sample_commodity, "end.shf", "01454e442e53484600");
    assert_index(arena, tag_sample_event, "S-7:1:9", "0109010701000009");
    assert_index(arena, tag_sample_counted, "y", "0101");
    assert_index(arena, tag_sample_arrests, "2", "018000000000000002");
}

static void a_long_chinese_text_is_cut_between_characters_in_an_index(void **state)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct text t = TEXT("x魚魚魚魚魚魚魚魚魚魚魚魚魚魚魚魚魚魚魚魚魚魚");

    (void)state;
    kind_TEXT.index(&out, sample_field(tag_sample_remark), &t);
    assert_int_equal(out.len, 1 + 1 + 15 * 3 + 1);
}

/* ---- what people see ---- */

static void values_are_shown_in_the_language_of_the_reader(void **state)
{
    struct arena *arena = *state;

    assert_shown(arena, tag_sample_commodity, "END.SHF", "END.SHF 魚翅", "END.SHF Shark fin",
                 "END.SHF 魚翅 Shark fin");
    assert_shown(arena, tag_sample_sex, "M", "男", "Male", "男 Male");
    assert_shown(arena, tag_sample_counted, "y", "是", "Yes", "是 Yes");
    assert_shown(arena, tag_sample_title, "魚翅 | Fin", "魚翅", "Fin", "魚翅 Fin");
    assert_shown(arena, tag_sample_title, "魚翅 |", "魚翅", "魚翅", "魚翅");
    assert_shown(arena, tag_sample_gross, "1270.00", "1,270.00 公斤", "1,270.00 kg",
                 "1,270.00 公斤 kg");
    assert_shown(arena, tag_sample_amount, "1500 container", "1,500 個貨櫃", "1,500 container",
                 "1,500 個貨櫃 container");
    assert_shown(arena, tag_sample_value, "39800000", "39,800,000", "39,800,000", "39,800,000");
    assert_shown(arena, tag_sample_parent, "S-7", "S-00007 魚翅", "S-00007 Fins",
                 "S-00007 魚翅");
    assert_shown(arena, tag_sample_parent, "S-8", "S-8", "S-8", "S-8");
    assert_shown(arena, tag_sample_recorded, "n", "2023-06-21 08:40:00", "2023-06-21 08:40:00",
                 "2023-06-21 08:40:00");
    assert_shown(arena, tag_sample_container, "CSQU1 | worn", "CSQU1 (worn)", "CSQU1 (worn)",
                 "CSQU1 (worn)");
    assert_shown(arena, tag_sample_legs, "CN | 深圳 \\| Shenzhen | 2023; SG",
                 "CN 深圳 2023; SG", "CN Shenzhen 2023; SG", "CN 深圳 Shenzhen 2023; SG");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_says_what_it_is_in_both_languages),
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
        TEST(values_have_the_bytes_that_the_paper_says),
        TEST(nothing_typed_is_absent),
        TEST(bytes_that_are_no_text_are_refused_by_every_kind),
        TEST(a_text_is_kept_as_it_was_typed),
        TEST(a_number_is_typed_with_the_input_method_still_on),
        TEST(both_languages_are_typed_in_one_line),
        TEST(a_quantity_carries_its_unit_by_code_or_name),
        TEST(a_choice_is_typed_by_code_or_label_in_any_case),
        TEST(a_record_is_named_by_its_human_number_or_its_id),
        TEST(a_list_is_typed_in_one_line),
        TEST(a_position_is_typed_as_a_chart_or_a_phone_says_it),
        TEST(times_are_typed_with_and_without_seconds),
        TEST(what_makes_no_sense_is_refused_with_a_reason),
        TEST(what_is_printed_can_be_typed_again),
        TEST(what_was_typed_at_random_is_taken_or_refused),
        TEST(index_bytes_sort_as_values_do),
        TEST(index_bytes_are_those_that_stand_in_stores),
        cmocka_unit_test(a_long_chinese_text_is_cut_between_characters_in_an_index),
        TEST(values_are_shown_in_the_language_of_the_reader),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
