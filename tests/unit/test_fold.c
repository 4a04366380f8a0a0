#include "tests/check.h"

#include <string.h>

#include "i18n/fold.h"
#include "i18n/fold_table.h"
#include "i18n/text.h"

static uint64_t state = 0xF01D;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void assert_folded(const char *text, const char *want)
{
    AUTO_BUFFER struct buffer out = { 0 };

    fold(&out, text_of(text));
    assert_int_equal(out.len, strlen(want));
    assert_memory_equal(out.data, want, out.len);
}

static void assert_same(const char *a, const char *b)
{
    AUTO_BUFFER struct buffer folded = { 0 };

    fold(&folded, text_of(b));
    buffer_byte(&folded, 0);
    assert_folded(a, (const char *)folded.data);
}

static void letters_are_found_in_any_case_and_width(void **unused)
{
    (void)unused;
    assert_folded("C-0001 ABC", "c-0001 abc");
    assert_folded("ＣＡＳＥ　１２３", "case 123");
    assert_folded("Straße", "strasse");
    assert_folded("㎏", "kg");
    assert_same("e\xCC\x81", "É");
    assert_folded("", "");
}

static void spellings_of_hong_kong_are_one(void **unused)
{
    (void)unused;
    assert_same("臺灣", "台灣");
    assert_same("衞生", "衛生");
    assert_same("裏面", "裡面");
    assert_same("綫索", "線索");
    assert_same("香煙", "香菸");
    assert_same("山峯", "山峰");
    assert_same("啓德", "啟德");
    assert_same("人羣", "人群");
    assert_same("説明", "說明");
    assert_same("税", "稅");
    assert_same("鱷魚", "鰐魚");
    assert_same("温", "溫");
}

static void mainland_spellings_find_our_records(void **unused)
{
    (void)unused;
    assert_same("海关", "海關");
    assert_same("证物", "證物");
    assert_same("烟", "煙");
    assert_same("走私贵价食品", "走私貴價食品");
    assert_same("龟鳖", "龜鱉");
    assert_same("货柜", "貨櫃");
}

static void compatibility_and_variation_do_not_hide_a_name(void **unused)
{
    (void)unused;
    assert_same("\xEF\xA4\x87", "龜");       /* U+F907, HKSCS 8BF8 */
    assert_same("葛\xF3\xA0\x84\x80", "葛"); /* an ideographic variation */
    assert_same("海\xE2\x80\x8B關", "海關"); /* a hidden blank */
    assert_same("𠮷", "𠮷");
    assert_folded("a\xFF", "a\xEF\xBF\xBD");
}

static void words_that_only_look_related_stay_apart(void **unused)
{
    (void)unused;
    assert_folded("皇后 公里 麻醉 髮型", "皇后 公里 麻醉 髮型");
}

static void a_storm_of_marks_takes_no_time(void **unused)
{
    (void)unused;
    AUTO_BUFFER struct buffer storm = { 0 }, out = { 0 };

    buffer_byte(&storm, 'a');
    for (int i = 0; i < 16000; i++)
        buffer_string(&storm, i % 2 ? "\xCC\x81" : "\xCC\xA3");
    fold(&out, buffer_as_text(&storm));
    assert_true(out.len < 100);
}

static void the_table_is_in_order_and_leads_nowhere_twice(void **unused)
{
    (void)unused;
    size_t rows = sizeof(fold_table) / sizeof(*fold_table);

    assert_true(rows > 2000);
    for (size_t i = 0; i < rows; i++) {
        struct text row = text_of(fold_table[i]);
        uint32_t from, to;
        bool valid;

        assert_int_equal(row.len, 6);
        assert_int_equal(text_decode(row.data, 6, &from, &valid), 3);
        assert_int_equal(text_decode(row.data + 3, 3, &to, &valid), 3);
        assert_true(i == 0 || memcmp(fold_table[i - 1], fold_table[i], 3) < 0);
        for (size_t k = 0; k < rows; k++)
            if (memcmp(fold_table[i] + 3, fold_table[k], 3) == 0)
                fail_here(fold_table[i]);
    }
}

static void folding_what_is_folded_changes_nothing(void **unused)
{
    (void)unused;
    for (uint32_t point = 0x3400; point < 0x30000; point++) {
        char bytes[5] = { 0 };
        AUTO_BUFFER struct buffer once = { 0 };

        if (point == 0xA000)
            point = 0xF900;
        if (point == 0xFB00)
            point = 0x20000;
        text_encode(point, bytes);
        fold(&once, text_of(bytes));
        buffer_byte(&once, 0);
        assert_folded((const char *)once.data, (const char *)once.data);
    }
}

static void any_bytes_fold_to_text(void **unused)
{
    (void)unused;
    print_message("seed %llx\n", (unsigned long long)state);
    for (int i = 0; i < 20000; i++) {
        AUTO_BUFFER struct buffer out = { 0 };
        char bytes[24];

        for (size_t k = 0; k < sizeof(bytes); k++)
            bytes[k] = (char)next_random();
        fold(&out, (struct text){ bytes, next_random() % sizeof(bytes) });
        assert_true(text_is_utf8(buffer_as_text(&out)));
    }
}

static void a_part_is_found_in_the_whole(void **unused)
{
    (void)unused;
    assert_true(fold_contains(TEXT("香港海關"), TEXT("海關")));
    assert_true(fold_contains(TEXT("香港海關"), TEXT("")));
    assert_true(fold_contains((struct text){ 0 }, TEXT("")));
    assert_false(fold_contains(TEXT("香港海關"), TEXT("警")));
    assert_false(fold_contains((struct text){ 0 }, TEXT("a")));
}

static void put_term(struct text term, void *context)
{
    assert_true(term.len <= 32);
    buffer_text(context, term);
    buffer_byte(context, '|');
}

static void assert_terms(const char *folded, const char *want)
{
    AUTO_BUFFER struct buffer terms = { 0 };

    fold_terms(text_of(folded), put_term, &terms);
    assert_int_equal(terms.len, strlen(want));
    assert_memory_equal(terms.data ? (const char *)terms.data : "", want, terms.len);
}

static void terms_are_pairs_of_han_and_whole_words(void **unused)
{
    (void)unused;
    assert_terms("海關案件", "海關|關案|案件|");
    assert_terms("關", "關|");
    assert_terms("𠮷野家", "𠮷野|野家|");
    assert_terms("檢獲100公斤cannabis花, 共3包", "檢獲|100|公斤|cannabis|花|共|3|包|");
    assert_terms("c-0001/23", "c|0001|23|");
    assert_terms("", "");
    assert_terms(" ,。", "");
    assert_terms("abcdefghijklmnopqrstuvwxyz0123456789", "abcdefghijklmnopqrstuvwxyz012345|");
    assert_terms("ééééééééééééééééééé", "éééééééééééééééé|");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_found_in_any_case_and_width),
        cmocka_unit_test(spellings_of_hong_kong_are_one),
        cmocka_unit_test(mainland_spellings_find_our_records),
        cmocka_unit_test(compatibility_and_variation_do_not_hide_a_name),
        cmocka_unit_test(words_that_only_look_related_stay_apart),
        cmocka_unit_test(a_storm_of_marks_takes_no_time),
        cmocka_unit_test(the_table_is_in_order_and_leads_nowhere_twice),
        cmocka_unit_test(folding_what_is_folded_changes_nothing),
        cmocka_unit_test(any_bytes_fold_to_text),
        cmocka_unit_test(a_part_is_found_in_the_whole),
        cmocka_unit_test(terms_are_pairs_of_han_and_whole_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
