/* Labels and papers: what a printer, a scanner and a reader get. */
#include "core/model/exhibit.h"
#include "core/model/handover.h"
#include "core/report/papers.h"
#include "core/report/print_label.h"
#include "i18n/text.h"
#include "tests/one_department.h"

static bool shows(const struct buffer *out, const char *words)
{
    return memmem(out->data, out->len, words, strlen(words)) != NULL;
}

/* ---- symbols ---- */

/* Widths of the bars and spaces from a place on: "233111" of a stop, as the standard writes them. */
static void widths(const struct symbol *symbol, int from, char *out)
{
    int run = 0;

    for (int i = from; i < symbol->columns; i++) {
        run++;
        if (i + 1 == symbol->columns || symbol->dark[i] != symbol->dark[i + 1]) {
            *out++ = (char)('0' + run);
            run = 0;
        }
    }
    *out = '\0';
}

/* ISO/IEC 15417: start B, P, J, J, 1, 2, 3, the check (104 + 1x48 + 2x42 + 3x42 + 4x17 + 5x18 + 6x19) mod 103 = 16, stop. */
static void a_bar_code_is_as_the_standard_draws_it(void **state)
{
    struct symbol symbol;
    char drawn[256];

    (void)state;
    assert_int_equal(symbol_code128(&symbol, d.arena, TEXT("PJJ+2a")), ERR_OK);
    assert_int_equal(symbol.rows, 1);
    assert_int_equal(symbol.columns, 11 * 8 + 13);
    widths(&symbol, 0, drawn);
    assert_memory_equal(drawn, "211214", 6);      /* start B */
    assert_memory_equal(drawn + 6, "313121", 6);  /* P */
    assert_memory_equal(drawn + 12, "112133", 6); /* J */
    assert_memory_equal(drawn + 18, "112133", 6);
    assert_string_equal(drawn + strlen(drawn) - 7, "2331112"); /* stop */
}

static void what_no_keyboard_types_is_no_bar_code(void **state)
{
    static const char *const bad[] = {
        "", "魚翅", "a\tb", "\x1b[31m",
        "1234567890123456789012345678901234567890123456789012345678901"
    };
    struct symbol symbol = { .rows = 7 };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refused(&d, symbol_code128(&symbol, d.arena, text_of(bad[i])), ERR_INVALID,
                "cannot be printed");
    assert_int_equal(symbol.rows, 7);
}

static void a_qr_code_has_its_three_eyes_and_takes_chinese(void **state)
{
    struct symbol symbol;
    AUTO_BUFFER struct buffer drawn = { 0 };

    (void)state;
    assert_int_equal(symbol_qr(&symbol, d.arena, TEXT("證物 E-000412-5")), ERR_OK);
    assert_int_equal(symbol.rows, symbol.columns);
    for (int i = 0; i < 7; i++) {
        assert_true(symbol_dark(&symbol, 0, i));
        assert_true(symbol_dark(&symbol, i, 0));
        assert_true(symbol_dark(&symbol, 0, symbol.columns - 1 - i));
        assert_true(symbol_dark(&symbol, symbol.rows - 1, i));
    }
    assert_false(symbol_dark(&symbol, 1, 1));
    assert_true(symbol_dark(&symbol, 3, 3));
    symbol_blocks(&drawn, &symbol, 0);
    assert_int_equal(text_width(text_of("\xE2\x96\x88")), 1);
    assert_true(shows(&drawn, "\xE2\x96\x88"));
}

static void a_qr_code_that_is_too_long_says_so(void **state)
{
    struct symbol symbol;
    char *longest = arena_alloc(d.arena, 5001);

    (void)state;
    memset(longest, 'a', 5000);
    refused(&d, symbol_qr(&symbol, d.arena, text_of(longest)), ERR_INVALID, "5000");
    refused(&d, symbol_qr(&symbol, d.arena, TEXT("")), ERR_INVALID, "1 to");
}

/* ---- labels ---- */

static struct print_label label_of(struct record_key key)
{
    struct print_label label;

    assert_int_equal(print_label_of(&label, fetch(&d, key), codes_lookup(d.codes),
                                    LANGUAGE_BOTH, d.arena),
                     ERR_OK);
    return label;
}

static void the_label_of_an_exhibit_says_what_it_is(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg");
    struct print_label label = label_of(key);
    AUTO_BUFFER struct buffer text = { 0 }, svg = { 0 }, zpl = { 0 }, escpos = { 0 };

    (void)state;
    says(number_of(&d, key), label.code);
    print_label_write(&text, &label, LABEL_TEXT);
    print_label_write(&svg, &label, LABEL_SVG);
    print_label_write(&zpl, &label, LABEL_ZPL);
    print_label_write(&escpos, &label, LABEL_ESCPOS);
    assert_true(shows(&text, number_of(&d, key)));
    assert_true(shows(&text, "海洛英"));
    assert_true(shows(&svg, "海洛英"));
    assert_true(shows(&zpl, "^BCN"));
    assert_true(shows(&zpl, number_of(&d, key)));
    assert_true(shows(&escpos, "{B"));
}

/* Text of a record never becomes a command of the printer. */
static void hostile_text_gives_a_printer_no_command(void **state)
{
    struct record_key key =
        done(&d, does(&d, &d.administrator, "location-add", NULL,
                      TYPED("number", "KC-X~1^XZ", "name", "^XA^FD~JR<script>& | \"x\" ^XZ",
                            "location_kind", "rack", "state", "open")));
    struct print_label label = label_of(key);
    AUTO_BUFFER struct buffer svg = { 0 }, zpl = { 0 };
    size_t carets = 0;

    (void)state;
    print_label_write(&zpl, &label, LABEL_ZPL);
    print_label_write(&svg, &label, LABEL_SVG);
    assert_false(shows(&svg, "<script>"));
    assert_false(shows(&zpl, "~"));
    for (size_t i = 0; i + 2 < zpl.len; i++)
        carets += memcmp(zpl.data + i, "^XZ", 3) == 0;
    assert_int_equal(carets, 1);
}

static void a_seizure_has_no_label(void **state)
{
    struct print_label label;
    struct record_key key = seize(&d, "DRG.HER", "2 kg");
    struct record_key of = key_of_reference(((struct exhibit_record *)fetch(&d, key))->seizure);

    (void)state;
    refused(&d,
            print_label_of(&label, fetch(&d, of), codes_lookup(d.codes), LANGUAGE_EN, d.arena),
            ERR_INVALID, "not for a record");
}

/* ---- papers ---- */

static enum err print(const char *kind, struct record_key key, uint64_t officer,
                      enum language language, enum paper_form form, struct buffer *out)
{
    AUTO_TXN struct txn *txn = NULL;
    struct paper_call call = { .record = fetch(&d, key),
                               .officer = officer,
                               .lookup = codes_lookup(d.codes),
                               .arena = d.arena };
    struct paper *paper;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    call.txn = txn;
    TRY(paper_make(&paper, paper_kind_named(text_of(kind)), &call, language));
    paper_write(out, paper, form);
    return ERR_OK;
}

static void no_line_is_wider_than_paper(const struct buffer *out)
{
    struct text rest = buffer_as_text(out);

    while (text_present(rest)) {
        struct text line = text_split(rest, '\n', &rest);

        if (!contains(line, "\xE2\x96"))
            assert_true(text_width(line) <= 78);
    }
}

static void a_custody_form_shows_the_whole_chain_in_each_language(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg");

    (void)state;
    hand_to_clerk(&d, key);
    for (int language = LANGUAGE_ZH; language <= LANGUAGE_BOTH; language++) {
        AUTO_BUFFER struct buffer text = { 0 }, html = { 0 };

        assert_int_equal(print("custody-form", key, 0, (enum language)language, PAPER_TEXT,
                               &text),
                         ERR_OK);
        assert_int_equal(print("custody-form", key, 0, (enum language)language, PAPER_HTML,
                               &html),
                         ERR_OK);
        no_line_is_wider_than_paper(&text);
        assert_true(shows(&text, number_of(&d, key)));
        assert_true(shows(&html, language == LANGUAGE_EN ? "Wong Mei Ling" : "黃美玲"));
        assert_true(shows(&html, "</html>"));
        assert_true(shows(&html, language == LANGUAGE_EN ? "Handed over" : "移交"));
    }
}

static void a_statement_tells_only_what_its_maker_did(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg");
    AUTO_BUFFER struct buffer desk = { 0 }, clerk = { 0 };

    (void)state;
    hand_to_clerk(&d, key);
    assert_int_equal(print("continuity-statement", key, d.desk.officer, LANGUAGE_EN, PAPER_TEXT,
                           &desk),
                     ERR_OK);
    assert_int_equal(print("continuity-statement", key, d.clerk.officer, LANGUAGE_EN,
                           PAPER_TEXT, &clerk),
                     ERR_OK);
    assert_true(shows(&desk, "Seized"));
    assert_false(shows(&clerk, "Seized"));
    assert_true(shows(&clerk, "Wong Mei Ling"));
}

static void a_hand_over_has_its_receipt_and_is_no_lending_without_a_due_date(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg"), handover;
    AUTO_BUFFER struct buffer out = { 0 };

    (void)state;
    hand_to_clerk(&d, key);
    handover = made(&d, ERR_OK, &handover_type);
    assert_int_equal(print("receipt", handover, 0, LANGUAGE_BOTH, PAPER_TEXT, &out), ERR_OK);
    no_line_is_wider_than_paper(&out);
    assert_true(shows(&out, number_of(&d, key)));
    refused(&d, print("lending-note", handover, 0, LANGUAGE_BOTH, PAPER_TEXT, &out),
            ERR_INVALID, "no lending");
    refused(&d, print("receipt", key, 0, LANGUAGE_BOTH, PAPER_TEXT, &out), ERR_INVALID,
            "printed of a record");
}

static int open_in_utf8(void **state)
{
    assert_true(text_locale());
    return open_department(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bar_code_is_as_the_standard_draws_it),
        cmocka_unit_test(what_no_keyboard_types_is_no_bar_code),
        cmocka_unit_test(a_qr_code_has_its_three_eyes_and_takes_chinese),
        cmocka_unit_test(a_qr_code_that_is_too_long_says_so),
        cmocka_unit_test(the_label_of_an_exhibit_says_what_it_is),
        cmocka_unit_test(hostile_text_gives_a_printer_no_command),
        cmocka_unit_test(a_seizure_has_no_label),
        cmocka_unit_test(a_custody_form_shows_the_whole_chain_in_each_language),
        cmocka_unit_test(a_statement_tells_only_what_its_maker_did),
        cmocka_unit_test(a_hand_over_has_its_receipt_and_is_no_lending_without_a_due_date),
    };

    return cmocka_run_group_tests(tests, open_in_utf8, close_department);
}
