#include "tests/form_desk.h"

/* The route of a case: leg, place in Chinese and English, code of the place. */
static struct form_line *cell(struct desk *desk, int row, int column)
{
    struct form_table *table = &desk->form.tables[0];

    assert_ptr_equal(table->field, field_find(&case_type, tag_case_legs));
    assert_in_range(row, 0, table->rows - 1);
    return desk->form.lines[table->first + row * table->columns + column];
}

static void to_cell(struct desk *desk, int row, int column)
{
    form_focus(&desk->form, cell(desk, row, column));
    assert_ptr_equal(form_focused(&desk->form), cell(desk, row, column));
}

/* Two legs: from Hong Kong, to Macao. */
static void two_legs(struct desk *desk)
{
    const struct choice *choices = cell(desk, 0, 0)->field->choices;

    to_cell(desk, 0, 0);
    type(desk, choices[0].label.zh);
    press(desk, TKEY_TAB);
    type(desk, "香港");
    press(desk, TKEY_ENTER);
    type(desk, "Hong Kong");
    to_cell(desk, 1, 0);
    type(desk, choices[1].label.zh);
    press(desk, TKEY_TAB);
    type(desk, "澳門");
    press(desk, TKEY_TAB);
}

static void a_list_of_rows_is_typed_cell_by_cell(void **state)
{
    struct desk *desk = *state;
    const struct case_leg *legs;

    assert_int_equal(desk->form.tables[0].rows, 1);
    two_legs(desk);
    assert_int_equal(desk->form.tables[0].rows, 3);
    assert_true(form_parse(&desk->form));
    assert_int_equal(desk->record->legs.count, 2);
    legs = desk->record->legs.items;
    assert_true(text_is(legs[0].name.zh, "香港"));
    assert_true(text_is(legs[0].name.en, "Hong Kong"));
    assert_true(text_is(legs[1].name.zh, "澳門"));
    assert_true(text_is(legs[1].leg_kind, cell(desk, 0, 0)->field->choices[1].code));
}

static void the_rows_are_seen_with_their_heads_and_decoded_codes(void **state)
{
    struct desk *desk = *state;
    const char *screen;

    two_legs(desk);
    screen = drawn(desk, 24, 80);
    assert_non_null(strstr(screen, "航段"));
    assert_non_null(strstr(screen, "地點 中"));
    assert_non_null(strstr(screen, "地點 英"));
    assert_null(strstr(screen, "Chi"));
    assert_non_null(strstr(screen, "香港"));
    assert_non_null(strstr(screen, cell(desk, 0, 0)->field->choices[0].label.zh));
    form_language(&desk->form, LANGUAGE_EN);
    screen = drawn(desk, 24, 80);
    assert_non_null(strstr(screen, "Place Chi"));
    assert_null(strstr(screen, "中"));
}

static void arrows_go_by_rows_and_columns(void **state)
{
    struct desk *desk = *state;

    two_legs(desk);
    to_cell(desk, 0, 1);
    press(desk, TKEY_DOWN);
    assert_ptr_equal(form_focused(&desk->form), cell(desk, 1, 1));
    press(desk, TKEY_RIGHT); /* the cursor stands at the end */
    assert_ptr_equal(form_focused(&desk->form), cell(desk, 1, 2));
    press(desk, TKEY_LEFT); /* nothing before it */
    assert_ptr_equal(form_focused(&desk->form), cell(desk, 1, 1));
    press(desk, TKEY_LEFT);
    assert_ptr_equal(form_focused(&desk->form), cell(desk, 1, 1));
    press(desk, TKEY_DOWN);
    press(desk, TKEY_DOWN);
    assert_int_equal(form_focused(&desk->form)->field->tag, tag_case_summary);
    press(desk, TKEY_UP);
    assert_ptr_equal(form_focused(&desk->form), cell(desk, 2, 0));
    assert_int_equal(press(desk, TKEY_ENTER), FORM_USED); /* an empty row is left at once */
    assert_int_equal(form_focused(&desk->form)->field->tag, tag_case_summary);
}

static void a_row_is_removed_and_the_others_stay(void **state)
{
    struct desk *desk = *state;

    two_legs(desk);
    to_cell(desk, 0, 1);
    assert_true(form_in_row(&desk->form));
    form_remove_row(&desk->form);
    assert_ptr_equal(form_focused(&desk->form), cell(desk, 0, 1));
    assert_typed(desk, cell(desk, 0, 1), "澳門");
    assert_int_equal(desk->record->legs.count, 1);
    to_cell(desk, 1, 0);
    assert_false(form_in_row(&desk->form)); /* the empty one is not to be removed */
    form_remove_row(&desk->form);
    assert_int_equal(desk->form.tables[0].rows, 2);
    to_cell(desk, 0, 0);
    press(desk, TKEY_CTRL_U);
    to_cell(desk, 0, 1);
    press(desk, TKEY_CTRL_U);
    assert_true(form_erase(&desk->form)); /* a row without anything in it */
    assert_int_equal(desk->form.tables[0].rows, 1);
    assert_true(form_parse(&desk->form));
    assert_int_equal(desk->record->legs.count, 0);
}

static void rows_of_a_spreadsheet_are_pasted_into_cells(void **state)
{
    struct desk *desk = *state;
    struct key paste = { .code = TKEY_PASTE,
                         .paste =
                             TEXT("from\t香港\tHong Kong\nto\t新加坡\tSingapore\tX\tY\n") };

    to_cell(desk, 0, 0);
    form_key(&desk->form, &paste);
    assert_int_equal(desk->form.tables[0].rows, 3);
    assert_typed(desk, cell(desk, 0, 2), "Hong Kong");
    assert_typed(desk, cell(desk, 1, 1), "新加坡");
    assert_true(text_is(((const struct case_leg *)desk->record->legs.items)[1].leg_kind, "to"));
    assert_true(cell(desk, 0, 0)->warning); /* Y had no cell */
    assert_non_null(cell(desk, 0, 0)->fault.id);
    to_cell(desk, 1, 2); /* a word alone goes into its cell */
    paste.paste = TEXT(" Port\n");
    form_key(&desk->form, &paste);
    assert_typed(desk, cell(desk, 1, 2), "Singapore Port");
}

static void a_removed_row_comes_back(void **state)
{
    struct desk *desk = *state;

    two_legs(desk);
    to_cell(desk, 0, 3);
    type(desk, "HALF");
    to_cell(desk, 0, 1);
    form_remove_row(&desk->form);
    to_cell(desk, 1, 0);
    assert_int_equal(press(desk, TKEY_CTRL_Z), FORM_USED);
    assert_ptr_equal(form_focused(&desk->form), cell(desk, 0, 0));
    assert_typed(desk, cell(desk, 0, 1), "香港");
    assert_typed(desk, cell(desk, 0, 3), "HALF");
    assert_typed(desk, cell(desk, 1, 1), "澳門");
    assert_int_equal(desk->form.tables[0].rows, 3);
    assert_int_equal(desk->record->legs.count, 2);
    to_cell(desk, 2, 0);
    assert_int_equal(press(desk, TKEY_CTRL_Z),
                     FORM_USED); /* nothing more: and no act is undone */
    assert_int_equal(desk->form.tables[0].rows, 3);
}

/* The cell that came up under the cursor was typed in before; that stays. */
static void undoing_at_once_brings_the_row_back_and_takes_nothing_else(void **state)
{
    struct desk *desk = *state;

    two_legs(desk);
    to_cell(desk, 0, 1);
    form_remove_row(&desk->form);
    assert_typed(desk, form_focused(&desk->form), "澳門");
    assert_int_equal(press(desk, TKEY_CTRL_Z), FORM_USED);
    assert_typed(desk, cell(desk, 0, 1), "香港");
    assert_typed(desk, cell(desk, 1, 1), "澳門");
}

static void a_fault_stands_at_its_cell(void **state)
{
    struct desk *desk = *state;
    struct findings findings = { .arena = desk->arena };
    struct message message;

    two_legs(desk);
    to_cell(desk, 1, 0);
    press(desk, TKEY_CTRL_U);
    type(desk, "nowhere");
    assert_false(form_parse(&desk->form));
    assert_ptr_equal(form_focused(&desk->form), cell(desk, 1, 0));
    assert_typed(desk, cell(desk, 1, 0), "nowhere");
    assert_non_null(strstr(drawn(desk, 24, 80), "!]")); /* the tab says so, too */
    message_set(&message, N_("%s is missing."), "A");
    finding_add_message(&findings, SEVERITY_ERROR, NULL, tag_case_legs, &message);
    findings.items[0]->row = 2;
    findings.items[0]->row_tag = cell(desk, 0, 3)->field->tag;
    form_findings(&desk->form, &findings);
    assert_ptr_equal(form_focused(&desk->form), cell(desk, 1, 3));
    assert_int_equal(form_faults(&desk->form), 1);
}

static void half_typed_cells_come_back_from_a_draft(void **state)
{
    struct desk *desk = *state;
    AUTO_BUFFER struct buffer draft = { 0 }, old = { 0 };

    two_legs(desk);
    to_cell(desk, 2, 3);
    type(desk, "NOWH");
    form_save(&desk->form, &draft);
    open_form(desk, "case-open", NULL);
    for (size_t len = 0; len < draft.len; len++)
        assert_false(form_restore(&desk->form, (struct bytes){ draft.data, len }));
    assert_int_equal(desk->form.tables[0].rows, 1);
    assert_true(form_restore(&desk->form, buffer_bytes(&draft)));
    assert_int_equal(desk->form.tables[0].rows, 4);
    assert_typed(desk, cell(desk, 1, 1), "澳門");
    assert_typed(desk, cell(desk, 2, 3), "NOWH");
    assert_int_equal(form_faults(&desk->form), 1);
    /* A draft of the time when a list was one line. */
    cbor_put_map(&old, 1);
    cbor_put_uint(&old, 4 * tag_case_legs);
    cbor_put_text(&old, TEXT(" | 香港 \\| Hong Kong"));
    open_form(desk, "case-open", NULL);
    assert_true(form_restore(&desk->form, buffer_bytes(&old)));
    assert_int_equal(desk->record->legs.count, 1);
    assert_typed(desk, cell(desk, 0, 2), "Hong Kong");
}

static void what_was_said_last_time_is_filled_in(void **state)
{
    struct desk *desk = *state;
    struct case_record *last;

    two_legs(desk);
    focus_on(desk, tag_case_arrests_remark, PART_WHOLE);
    type(desk, "二人");
    assert_true(form_parse(&desk->form));
    last = desk->record;
    open_form(desk, "case-open", NULL);
    focus_on(desk, tag_case_occurred, PART_WHOLE);
    assert_false(form_carry(&desk->form, form_focused(&desk->form), last));
    assert_int_equal(form_carry_section(&desk->form, last), 2);
    assert_int_equal(desk->record->legs.count, 2);
    assert_typed(desk, line_of(desk, tag_case_arrests_remark, PART_WHOLE), "二人");
    to_cell(desk, 2, 1);
    assert_true(form_carry(&desk->form, form_focused(&desk->form), NULL)); /* the cell above */
    assert_typed(desk, cell(desk, 2, 1), "澳門");
    assert_int_equal(desk->form.tables[0].rows, 4);
}

/* Whatever is pressed, each table has one empty row at its end and the input holds the others. */
static void tables_stay_whole_under_any_keys(void **state)
{
    struct desk *desk = *state;
    static const enum key_code keys[] = { TKEY_TAB,    TKEY_BACKTAB, TKEY_UP,       TKEY_DOWN,
                                          TKEY_LEFT,   TKEY_RIGHT,   TKEY_HOME,     TKEY_ENTER,
                                          TKEY_CTRL_U, TKEY_DELETE,  TKEY_BACKSPACE };
    struct canvas *canvas = canvas_new(24, 80);

    check_seed();
    to_cell(desk, 0, 0);
    for (int i = 0; i < 3000; i++) {
        struct form_line *line = form_focused(&desk->form);

        if (rand() % 3 == 0)
            form_key(&desk->form, &(struct key){ .code = TKEY_CHARACTER,
                                                 .point = rand() % 2 ? 'a' : 0x4E2D });
        else if (rand() % 20 == 0 && line->table != NO_TABLE)
            form_remove_row(&desk->form);
        else if (rand() % 20 == 0)
            form_erase(&desk->form);
        else if (rand() % 20 == 0)
            press(desk, TKEY_CTRL_Z);
        else
            press(desk, keys[(size_t)rand() % (sizeof keys / sizeof *keys)]);
        for (int t = 0; t < desk->form.table_count; t++) {
            struct form_table *table = &desk->form.tables[t];

            for (int j = 0; j < table->rows * table->columns; j++) {
                assert_int_equal(desk->form.lines[table->first + j]->table, t);
                assert_int_equal(desk->form.lines[table->first + j]->row, j / table->columns);
                if (j / table->columns == table->rows - 1)
                    assert_int_equal(
                        editor_text(&desk->form.lines[table->first + j]->editor).len, 0);
            }
        }
        form_draw(&desk->form, canvas, (struct rect){ 0, 0, 24, 80 });
        assert_in_range(canvas->cursor_row, 1, 22);
    }
    canvas_free(canvas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_list_of_rows_is_typed_cell_by_cell, begin, end),
        cmocka_unit_test_setup_teardown(the_rows_are_seen_with_their_heads_and_decoded_codes,
                                        begin, end),
        cmocka_unit_test_setup_teardown(arrows_go_by_rows_and_columns, begin, end),
        cmocka_unit_test_setup_teardown(a_row_is_removed_and_the_others_stay, begin, end),
        cmocka_unit_test_setup_teardown(rows_of_a_spreadsheet_are_pasted_into_cells, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_removed_row_comes_back, begin, end),
        cmocka_unit_test_setup_teardown(
            undoing_at_once_brings_the_row_back_and_takes_nothing_else, begin, end),
        cmocka_unit_test_setup_teardown(a_fault_stands_at_its_cell, begin, end),
        cmocka_unit_test_setup_teardown(half_typed_cells_come_back_from_a_draft, begin, end),
        cmocka_unit_test_setup_teardown(what_was_said_last_time_is_filled_in, begin, end),
        cmocka_unit_test_setup_teardown(tables_stay_whole_under_any_keys, begin, end),
    };

    if (!text_locale())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
