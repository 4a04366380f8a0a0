/* Tables of text as people send them: what is read, and how the line at fault is named. */
#include "core/exchange/source.h"

#include <string.h>

#include "i18n/sentence.h"
#include "tests/check.h"

struct paper {
    struct arena *arena;
    struct table_reader reader;
    struct text *cells;
};

static int begin(void **state)
{
    struct paper *paper = calloc(1, sizeof *paper);

    paper->arena = arena_new();
    *state = paper;
    return 0;
}

static int end(void **state)
{
    struct paper *paper = *state;

    arena_free(paper->arena);
    free(paper);
    return 0;
}

static enum err opened(struct paper *paper, char separator, const char *content)
{
    return table_open(&paper->reader, text_of(content), separator, paper->arena);
}

static void next_row(struct paper *paper)
{
    bool more = false;

    if (table_next(&paper->reader, &paper->cells, &more) != ERR_OK)
        fail_here(last_failure()->id);
    assert_true(more);
}

static void no_row(struct paper *paper)
{
    bool more = true;

    assert_int_equal(table_next(&paper->reader, &paper->cells, &more), ERR_OK);
    assert_false(more);
}

static void cell_is(struct paper *paper, const char *column, const char *expected)
{
    struct text cell = table_cell(&paper->reader, paper->cells, column);

    if (!text_is(cell, expected))
        print_error("%s: %.*s\n", column, (int)cell.len, cell.data ? cell.data : "");
    assert_true(text_is(cell, expected));
}

static void said(struct paper *paper, const char *words)
{
    char *sentence = arena_string(paper->arena, failure_sentence(paper->arena, LANGUAGE_EN));

    if (!strstr(sentence, words))
        print_error("%s\n", sentence);
    assert_non_null(strstr(sentence, words));
}

/* The header opens; some row further on has a fault that the words name. */
static void faulty(struct paper *paper, char separator, const char *content, const char *words)
{
    enum err err = opened(paper, separator, content);
    bool more = true;

    while (err == ERR_OK && more)
        err = table_next(&paper->reader, &paper->cells, &more);
    assert_int_equal(err, ERR_INVALID);
    said(paper, words);
}

static void a_table_is_read_cell_by_cell_and_absent_cells_are_empty(void **state)
{
    struct paper *paper = *state;

    assert_int_equal(opened(paper, '\t', "code\tname\tunit\nEND.SHF\t魚翅\tkg\nELE\n"), ERR_OK);
    assert_int_equal(paper->reader.columns, 3);
    next_row(paper);
    cell_is(paper, "code", "END.SHF");
    cell_is(paper, "name", "魚翅");
    cell_is(paper, "unit", "kg");
    assert_int_equal(paper->reader.line, 2);
    next_row(paper);
    cell_is(paper, "code", "ELE");
    cell_is(paper, "name", "");
    cell_is(paper, "unit", "");
    assert_false(text_present(table_cell(&paper->reader, paper->cells, "weight")));
    no_row(paper);
    no_row(paper);
    assert_int_equal(opened(paper, ',', "code,name\nELE"), ERR_OK);
    next_row(paper);
    cell_is(paper, "name", "");
}

static void a_byte_order_mark_and_line_ends_of_windows_are_passed_over(void **state)
{
    struct paper *paper = *state;
    static const char separators[] = { '\t', ',' };
    static const char *const contents[] = { "\xEF\xBB\xBF"
                                            "code\tname\r\nELE\t電器\r\n",
                                            "\xEF\xBB\xBF"
                                            "code,name\r\nELE,電器\r\n" };

    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(opened(paper, separators[i], contents[i]), ERR_OK);
        next_row(paper);
        cell_is(paper, "code", "ELE");
        cell_is(paper, "name", "電器");
        no_row(paper);
    }
}

static void blank_lines_are_passed_over_and_counted(void **state)
{
    struct paper *paper = *state;
    static const char separators[] = { '\t', ',' };

    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(opened(paper, separators[i], "code\n\nELE\n\r\n\nFOD\n\n"), ERR_OK);
        next_row(paper);
        cell_is(paper, "code", "ELE");
        assert_int_equal(paper->reader.line, 3);
        next_row(paper);
        cell_is(paper, "code", "FOD");
        assert_int_equal(paper->reader.line, 6);
        no_row(paper);
    }
}

static void a_cell_in_quotation_marks_may_hold_commas_marks_and_lines(void **state)
{
    struct paper *paper = *state;

    assert_int_equal(opened(paper, ',',
                            "code,\"name, in full\",remark\n"
                            "ELE,\"a \"\"smart\"\" one\",\"first\nsecond\r\nthird\"\n"
                            "\"\",\"\"\"\",last"),
                     ERR_OK);
    next_row(paper);
    cell_is(paper, "name, in full", "a \"smart\" one");
    cell_is(paper, "remark", "first\nsecond\r\nthird");
    assert_int_equal(paper->reader.line, 2);
    next_row(paper);
    cell_is(paper, "code", "");
    cell_is(paper, "name, in full", "\"");
    cell_is(paper, "remark", "last");
    assert_int_equal(paper->reader.line, 5);
    no_row(paper);
}

static void a_fault_of_quoting_is_named_by_its_line(void **state)
{
    struct paper *paper = *state;

    faulty(paper, ',', "a,b\n1,2\n3,\"open\n", "Line 3: a quotation mark is opened");
    faulty(paper, ',', "a,b\n\"two\nlines\",2\n3,\"open\n",
           "Line 4: a quotation mark is opened");
    faulty(paper, ',', "a,b\n\"1\"x,2\n", "Line 2: a quotation mark stands inside");
    faulty(paper, ',', "a,b\n1,2\n3,5\" disc\n", "Line 3: a quotation mark stands inside");
    faulty(paper, ',', "a,\"b\n1,2\n", "Line 1: a quotation mark is opened");
}

static void tabs_and_lines_inside_cells_come_back_from_their_escapes(void **state)
{
    struct paper *paper = *state;

    assert_int_equal(opened(paper, '\t', "a\tb\none\\ttwo\\nthree\\r\tC:\\\\new\n"), ERR_OK);
    next_row(paper);
    cell_is(paper, "a", "one\ttwo\nthree\r");
    cell_is(paper, "b", "C:\\new");
    no_row(paper);
    faulty(paper, '\t', "a\tb\n1\t2\n3\tC:\\data\n", "Line 3: a backslash");
    faulty(paper, '\t', "a\tb\n1\tends in \\\n", "Line 2: a backslash");
}

static void too_many_cells_are_named_with_line_and_numbers(void **state)
{
    struct paper *paper = *state;

    faulty(paper, '\t', "a\tb\n1\t2\n1\t2\t3\n", "Line 3 has 3 cells, but there are 2 columns");
    faulty(paper, ',', "a,b\n\"1\n1\",2\n1,2,3,4\n", "Line 4 has 4 cells, but there are 2");
}

static void a_header_must_be_there_once_and_readable(void **state)
{
    struct paper *paper = *state;

    faulty(paper, '\t', "", "empty");
    faulty(paper, ',', "\xEF\xBB\xBF", "empty");
    faulty(paper, ',', "\r\na,b\n", "empty");
    faulty(paper, '\t', "code\tname\tcode\n1\t2\t3\n", "\"code\"");
    faulty(paper, ',', "code,\"code\"\n1,2\n", "\"code\"");
    faulty(paper, ',', "code\n\xA7\xB5\n", "not in UTF-8"); /* Big5 */
    faulty(paper, '\t', "code\n\xED\xA0\x80\n", "not in UTF-8");
}

static void a_thousand_columns_are_refused_where_cells_are_quoted(void **state)
{
    struct paper *paper = *state;
    AUTO_BUFFER struct buffer header = { 0 };

    for (int i = 0; i < 1000; i++)
        buffer_printf(&header, "%sc%d", i > 0 ? "," : "", i);
    assert_int_equal(table_open(&paper->reader, buffer_as_text(&header), ',', paper->arena),
                     ERR_INVALID);
    said(paper, "more than 256 columns");
}

/* Likely bytes rather than any, so that many tables open and many rows are read. */
static size_t random_table(char *out, size_t room)
{
    static const char likely[] = ",\t\"\"\n\n\r\\abc12\xE9\xAD\x9A";
    size_t len = (size_t)rand() % room;
    bool any = rand() % 8 == 0;

    for (size_t i = 0; i < len; i++)
        out[i] = any ? (char)(rand() >> 7) : likely[(size_t)rand() % (sizeof likely - 1)];
    return len;
}

static void random_bytes_are_read_to_the_end_or_refused(void **state)
{
    struct paper *paper = *state;
    unsigned read = 0;

    check_seed();
    for (int i = 0; i < 20000; i++) {
        char *content = malloc(64); /* of its own, so that a sanitizer sees its end */
        struct text table = { content, random_table(content, 64) };
        bool more = true;
        enum err err;

        arena_reset(paper->arena);
        err = table_open(&paper->reader, table, rand() % 2 ? ',' : '\t', paper->arena);
        for (size_t rows = 0; err == ERR_OK && more; rows++) {
            err = table_next(&paper->reader, &paper->cells, &more);
            assert_true(rows <= table.len);
            read += err == ERR_OK && more;
            if (err == ERR_OK && more)
                assert_true(text_present(paper->cells[paper->reader.columns - 1]));
        }
        assert_true(err == ERR_OK || err == ERR_INVALID);
        free(content);
    }
    assert_true(read > 100);
}

#define OF_PAPER(sentence) cmocka_unit_test_setup_teardown(sentence, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OF_PAPER(a_table_is_read_cell_by_cell_and_absent_cells_are_empty),
        OF_PAPER(a_byte_order_mark_and_line_ends_of_windows_are_passed_over),
        OF_PAPER(blank_lines_are_passed_over_and_counted),
        OF_PAPER(a_cell_in_quotation_marks_may_hold_commas_marks_and_lines),
        OF_PAPER(a_fault_of_quoting_is_named_by_its_line),
        OF_PAPER(tabs_and_lines_inside_cells_come_back_from_their_escapes),
        OF_PAPER(too_many_cells_are_named_with_line_and_numbers),
        OF_PAPER(a_header_must_be_there_once_and_readable),
        OF_PAPER(a_thousand_columns_are_refused_where_cells_are_quoted),
        OF_PAPER(random_bytes_are_read_to_the_end_or_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
