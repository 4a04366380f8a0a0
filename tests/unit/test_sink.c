/* What leaves the house as TSV, CSV, JSON and text: it comes back whole, and does no harm to spreadsheet or terminal. */
#include "core/exchange/sink.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/exchange/source.h"
#include "core/model/case.h"
#include "core/model/elements.h"
#include "i18n/text.h"
#include "tests/check.h"

struct office {
    struct arena *arena;
    struct buffer out;
    const struct field *columns[64];
    size_t count;
};

static int begin(void **state)
{
    struct office *office = calloc(1, sizeof *office);

    assert_true(text_locale());
    office->arena = arena_new();
    for (size_t i = 0; i < case_type.count; i++)
        office->columns[office->count++] = &case_type.fields[i];
    *state = office;
    return 0;
}

static int end(void **state)
{
    struct office *office = *state;

    arena_free(office->arena);
    buffer_free(&office->out);
    free(office);
    return 0;
}

static enum err keep(void *context, struct bytes bytes)
{
    buffer_put(context, bytes.data, bytes.len);
    return ERR_OK;
}

/* Cases and, where a record is NULL, a damaged one, as one export. */
static struct text export(struct office *office, enum sink_format format,
                          struct case_record *const *cases, size_t count)
{
    struct sink *sink = sink_new(format, LANGUAGE_EN, NULL, keep, &office->out);

    buffer_clear(&office->out);
    assert_int_equal(sink_begin(sink, &case_type, office->columns, office->count), ERR_OK);
    for (size_t i = 0; i < count; i++) {
        struct record_key key = { .id = id_make(case_type.number, 0, i + 1) };

        assert_int_equal(cases[i] ? sink_record(sink, &cases[i]->head)
                                  : sink_damaged(sink, &key),
                         ERR_OK);
    }
    assert_int_equal(sink_end(sink), ERR_OK);
    sink_free(sink);
    return buffer_as_text(&office->out);
}

static void only_column(struct office *office, const char *name)
{
    office->columns[0] = field_named(&case_type, text_of(name));
    office->count = 1;
}

static struct case_record *new_case(struct office *office, uint64_t number)
{
    struct case_record *file = (struct case_record *)record_new(office->arena, &case_type);

    file->head.key.id = id_make(case_type.number, 0, number);
    return file;
}

static struct case_record *full_case(struct office *office)
{
    const struct ordinance_item ordinances[] = { { .ordinance = TEXT("60") },
                                                 { .ordinance = TEXT("586") } };
    const struct case_leg legs[] = {
        { .leg_kind = TEXT("from"), .name = { TEXT("香港"), TEXT("Hong Kong; by sea") } },
        { .leg_kind = TEXT("to"), .name = { TEXT("澳門"), { 0 } } },
    };
    struct case_record *file = new_case(office, 1);

    file->number = TEXT("KCT/23/0001-A");
    file->title.zh = TEXT("葵涌，「走私」案");
    file->title.en = TEXT("Kwai Chung | \"smuggling\", one");
    file->ordinances =
        (struct list){ arena_copy(office->arena, ordinances, sizeof ordinances), 2 };
    file->legs = (struct list){ arena_copy(office->arena, legs, sizeof legs), 2 };
    file->value = (struct money){ 150000000050, "HKD" };
    file->opened = 20230600;
    file->occurred = (struct moment){ 20230621, 520, OFFSET_HONG_KONG };
    file->arrests = (struct integer){ true, 0 };
    file->counted = FLAG_NO;
    file->summary.en = TEXT("First line,\nsecond \\ line\twith a tab\r");
    file->remark = TEXT("");
    return file;
}

/* ---- round trips ---- */

/* How many values were read back and are the record's. */
static size_t read_back(struct office *office, struct table_reader *reader, struct text *cells,
                        const struct case_record *file)
{
    size_t count = 0;

    for (size_t i = 0; i < office->count; i++) {
        const struct field *field = office->columns[i];
        struct text cell = table_cell(reader, cells, field->name);
        void *value = arena_alloc(office->arena, field_kind(field)->size);
        struct message why = { .id = NULL };

        assert_true(text_present(cell));
        if (!field_kind(field)->parse(value, field, cell, NULL, office->arena, &why))
            fail_here(why.id);
        if (cell.len == 0) /* absent and empty look alike in a table */
            continue;
        if (!value_equal(field, value, field_value(field, file))) {
            print_error("%s: %.*s\n", field->name, (int)cell.len, cell.data);
            assert_true(false);
        }
        count++;
    }
    return count;
}

static void what_is_exported_comes_back_whole(void **state)
{
    static const struct {
        enum sink_format format;
        char separator;
    } forms[] = { { SINK_TSV, '\t' }, { SINK_CSV, ',' } };
    struct office *office = *state;
    struct case_record *cases[] = { full_case(office), new_case(office, 2) };

    for (size_t i = 0; i < 2; i++) {
        struct text written = export(office, forms[i].format, cases, 2);
        struct table_reader reader;
        struct text *cells;
        bool more;

        assert_int_equal(table_open(&reader, written, forms[i].separator, office->arena),
                         ERR_OK);
        assert_int_equal(reader.columns, office->count + 1);
        for (size_t k = 0; k < 2; k++) {
            assert_int_equal(table_next(&reader, &cells, &more), ERR_OK);
            assert_true(more);
            assert_true(text_is(table_cell(&reader, cells, "id"), k == 0 ? "C-1" : "C-2"));
            assert_int_equal(read_back(office, &reader, cells, cases[k]), k == 0 ? 10 : 0);
        }
        assert_int_equal(table_next(&reader, &cells, &more), ERR_OK);
        assert_false(more);
    }
}

static char random_letter(void)
{
    static const char letters[] = "ab =+-@'\",;|\\\t\n\r.";

    return letters[(size_t)rand() % (sizeof letters - 1)];
}

/* Any text in one column: what comes back is what went out, but for the apostrophe before a formula. */
static void any_text_comes_back_from_tsv_and_csv(void **state)
{
    struct office *office = *state;

    check_seed();
    only_column(office, "remark");
    for (int i = 0; i < 2000; i++) {
        struct case_record *file = new_case(office, 1);
        bool csv = i % 2;
        char typed[12];
        struct table_reader reader;
        struct text *cells, cell;
        bool more;

        file->remark = (struct text){ typed, (size_t)rand() % sizeof typed };
        for (size_t k = 0; k < file->remark.len; k++)
            typed[k] = random_letter();
        assert_int_equal(table_open(&reader,
                                    export(office, csv ? SINK_CSV : SINK_TSV, &file, 1),
                                    csv ? ',' : '\t', office->arena),
                         ERR_OK);
        assert_int_equal(table_next(&reader, &cells, &more), ERR_OK);
        assert_true(more);
        cell = table_cell(&reader, cells, "remark");
        if (csv && cell.len == file->remark.len + 1 && cell.data[0] == '\'')
            cell = (struct text){ cell.data + 1, cell.len - 1 };
        assert_true(text_equal(cell, file->remark));
    }
}

/* ---- spreadsheets ---- */

static void a_spreadsheet_never_finds_a_formula(void **state)
{
    static const char *const payloads[] = { "=1+1", "+1",   "-1",    "@SUM(A1)",
                                            "\t=1", "\r=1", "\n=1",  "＝1+1",
                                            "＋1",  "－1",  "＠SUM", "=\"a\",b" };
    struct office *office = *state;

    only_column(office, "remark");
    for (size_t i = 0; i < sizeof payloads / sizeof *payloads; i++) {
        struct case_record *file = new_case(office, 1);
        struct text written;

        file->remark = text_of(payloads[i]);
        written = export(office, SINK_CSV, &file, 1);
        assert_true(text_starts(written, TEXT("id,remark\r\nC-1,\"'")));
    }
}

static void a_plain_value_stays_without_marks(void **state)
{
    struct office *office = *state;
    struct case_record *file = new_case(office, 1);

    only_column(office, "remark");
    file->remark = TEXT("1+1=2 魚翅");
    assert_true(text_is(export(office, SINK_CSV, &file, 1), "id,remark\r\nC-1,1+1=2 魚翅\r\n"));
}

/* ---- terminals ---- */

static void no_control_byte_reaches_a_terminal(void **state)
{
    struct office *office = *state;

    check_seed();
    only_column(office, "title");
    for (int i = 0; i < 2000; i++) {
        struct case_record *file = new_case(office, 1);
        char bytes[40];
        struct text written;
        size_t lines = 0;

        for (size_t k = 0; k < sizeof bytes; k++)
            bytes[k] = (char)(rand() % 3 ? rand() % 0xA0 : rand() >> 5);
        file->title.en = (struct text){ bytes, sizeof bytes };
        written = export(office, SINK_TEXT, &file, 1);
        assert_true(text_is_utf8(written));
        for (size_t k = 0; k < written.len; k++) {
            uint8_t byte = (uint8_t)written.data[k];

            lines += byte == '\n';
            assert_true(byte == '\n' || (byte >= 0x20 && byte != 0x7F));
            assert_false(byte == 0xC2 && (uint8_t)written.data[k + 1] < 0xA0);
        }
        assert_int_equal(lines, 2);
    }
}

static void columns_stand_under_their_heads_in_both_scripts(void **state)
{
    struct office *office = *state;
    struct case_record *cases[] = { new_case(office, 1), new_case(office, 2) };
    struct text rest;

    office->columns[0] = field_named(&case_type, TEXT("title"));
    office->columns[1] = field_named(&case_type, TEXT("arrests"));
    office->count = 2;
    cases[0]->title.zh = TEXT("葵涌貨櫃碼頭走私案件，名稱很長，須截短以免越界");
    cases[1]->title.zh = TEXT("短");
    for (size_t i = 0; i < 2; i++)
        cases[i]->arrests = (struct integer){ true, 7 };
    rest = export(office, SINK_TEXT, cases, 2);
    struct text head = text_split(rest, '\n', &rest);
    int column = text_width(head) - text_width(TEXT("Persons arrested"));

    for (size_t i = 0; i < 2; i++)
        assert_int_equal(text_width(text_split(rest, '\n', &rest)), column + 1);
}

/* ---- Hong Kong's own characters ---- */

static void characters_of_hkscs_beyond_the_first_plane_stay_whole(void **state)
{
    static const enum sink_format formats[] = { SINK_TEXT, SINK_TSV, SINK_CSV, SINK_JSON };
    struct office *office = *state;
    struct case_record *file = new_case(office, 1);

    only_column(office, "title");
    file->title.zh = TEXT("𨋢𠝹𡃁𠺘"); /* lift, cut, youngster, all of plane 2 */
    for (size_t i = 0; i < 4; i++) {
        struct text written = export(office, formats[i], &file, 1);

        assert_true(text_is_utf8(written));
        assert_non_null(memmem(written.data, written.len, "𨋢𠝹𡃁𠺘", 16));
    }
}

/* ---- damage ---- */

static void a_damaged_record_is_named_where_it_would_have_stood(void **state)
{
    struct office *office = *state;
    struct case_record *cases[] = { new_case(office, 1), NULL, new_case(office, 3) };

    only_column(office, "remark");
    cases[0]->remark = TEXT("one");
    cases[2]->remark = TEXT("three");
    assert_true(text_is(export(office, SINK_TSV, cases, 3),
                        "id\tremark\nC-1\tone\nC-2\tdamaged\nC-3\tthree\n"));
    assert_true(text_is(export(office, SINK_CSV, cases, 3),
                        "id,remark\r\nC-1,one\r\nC-2,damaged\r\nC-3,three\r\n"));
    assert_true(text_is(export(office, SINK_JSON, cases, 3),
                        "[\n{\"id\":\"C-1\",\"remark\":\"one\"},\n"
                        "{\"id\":\"C-2\",\"damaged\":true},\n"
                        "{\"id\":\"C-3\",\"remark\":\"three\"}\n]\n"));
    assert_true(text_is(export(office, SINK_TEXT, cases, 3),
                        "id        Remarks\nC-1       one\nC-2       damaged\n"
                        "C-3       three\n"));
}

/* ---- JSON ---- */

static void an_empty_export_is_an_empty_table(void **state)
{
    struct office *office = *state;

    only_column(office, "remark");
    assert_true(text_is(export(office, SINK_JSON, NULL, 0), "[]\n"));
    assert_true(text_is(export(office, SINK_TSV, NULL, 0), "id\tremark\n"));
    assert_true(text_is(export(office, SINK_CSV, NULL, 0), "id,remark\r\n"));
}

static void json_holds_each_present_field_in_its_own_form(void **state)
{
    struct office *office = *state;
    struct case_record *file = full_case(office);

    assert_true(
        text_is(export(office, SINK_JSON, &file, 1),
                "[\n{\"id\":\"C-1\",\"number\":\"KCT/23/0001-A\","
                "\"ordinances\":[{\"ordinance\":\"60\"},{\"ordinance\":\"586\"}],"
                "\"title\":{\"zh\":\"葵涌，「走私」案\",\"en\":\"Kwai Chung | "
                "\\\"smuggling\\\", one\"},"
                "\"value\":\"1500000000.50\",\"opened\":\"2023-06\",\"arrests\":0,"
                "\"occurred\":\"2023-06-21 08:40\","
                "\"legs\":[{\"leg_kind\":\"from\",\"name\":{\"zh\":\"香港\",\"en\":\"Hong "
                "Kong; by sea\"}},"
                "{\"leg_kind\":\"to\",\"name\":{\"zh\":\"澳門\"}}],"
                "\"summary\":{\"en\":\"First line,\\nsecond \\\\ line\\twith a tab\\r\"},"
                "\"counted\":false,\"remark\":\"\"}\n]\n"));
}

static const char *const python =
    "import json, sys\n"
    "rows = json.load(open(sys.argv[1], encoding=\"utf-8\"))\n"
    "sys.exit(0 if len(rows) == 2 and rows[0][\"title\"][\"zh\"] == \"葵涌，「走私」案\"\n"
    "    and rows[0][\"summary\"][\"en\"] == \"First line,\\nsecond \\\\ line\\twith a "
    "tab\\r\"\n"
    "    and rows[1][\"remark\"] == \"a\\x1bb\\x7fc\" else 3)\n";

static void another_reader_of_json_understands_ours(void **state)
{
    struct office *office = *state;
    struct case_record *cases[] = { full_case(office), new_case(office, 2) };
    char path[] = "/tmp/tidewaiter-json-XXXXXX";
    struct text written;
    AUTO_BUFFER struct buffer command = { 0 };
    FILE *reader;
    int file;

    if (system("python3 -c '' 2>/dev/null") != 0)
        skip();
    cases[1]->remark = TEXT("a\x1b"
                            "b\x7f"
                            "c");
    written = export(office, SINK_JSON, cases, 2);
    file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, written.data, written.len), (ssize_t)written.len);
    close(file);
    buffer_printf(&command, "python3 - %s", path);
    buffer_byte(&command, 0);
    reader = popen((const char *)command.data, "w");
    assert_non_null(reader);
    fputs(python, reader);
    file = pclose(reader);
    unlink(path);
    assert_int_equal(file, 0);
}

static void a_format_goes_by_its_name(void **state)
{
    enum sink_format format;

    (void)state;
    assert_true(sink_format_parse(&format, TEXT("csv")) && format == SINK_CSV);
    assert_true(sink_format_parse(&format, TEXT("json")) && format == SINK_JSON);
    assert_true(sink_format_parse(&format, TEXT("text")) && format == SINK_TEXT);
    assert_true(sink_format_parse(&format, TEXT("tsv")) && format == SINK_TSV);
    assert_false(sink_format_parse(&format, TEXT("xml")));
    assert_false(sink_format_parse(&format, TEXT("")));
}

#define OF_OFFICE(sentence) cmocka_unit_test_setup_teardown(sentence, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OF_OFFICE(what_is_exported_comes_back_whole),
        OF_OFFICE(any_text_comes_back_from_tsv_and_csv),
        OF_OFFICE(a_spreadsheet_never_finds_a_formula),
        OF_OFFICE(a_plain_value_stays_without_marks),
        OF_OFFICE(no_control_byte_reaches_a_terminal),
        OF_OFFICE(columns_stand_under_their_heads_in_both_scripts),
        OF_OFFICE(characters_of_hkscs_beyond_the_first_plane_stay_whole),
        OF_OFFICE(a_damaged_record_is_named_where_it_would_have_stood),
        OF_OFFICE(an_empty_export_is_an_empty_table),
        OF_OFFICE(json_holds_each_present_field_in_its_own_form),
        OF_OFFICE(another_reader_of_json_understands_ours),
        OF_OFFICE(a_format_goes_by_its_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
