#include "tests/form_desk.h"

static void a_new_case_asks_only_what_a_person_may_say(void **state)
{
    struct desk *desk = *state;

    assert_null(line_of(desk, TAG_NUMBER, PART_WHOLE));
    assert_null(line_of(desk, TAG_APPROXIMATE, PART_WHOLE));
    assert_null(line_of(desk, TAG_VOIDED, PART_WHOLE));
    assert_int_equal(form_focused(&desk->form)->field->tag, tag_case_ordinances);
    assert_string_equal(drawn(desk, 4, 60),
                        "──[1 案件]─ 2 案情 ─ 3 檔案 ────────────────────────────────\n"
                        "           條例\n"
                        "       案件名稱 *  中\n"
                        "                   英\n");
    focus_on(desk, TAG_FORMATION, PART_WHOLE);
    type(desk, "sib");
    press(desk, TKEY_ENTER);
    assert_non_null(strstr(drawn(desk, 12, 60),
                           "           單位    SIB                 有組織罪案調查科\n"
                           "       保密級別    限閱\n"));
}

static void a_choice_is_typed_by_its_name_in_either_language(void **state)
{
    struct desk *desk = *state;
    struct form_line *line = line_of(desk, tag_case_priority, PART_WHOLE);

    focus_on(desk, tag_case_priority, PART_WHOLE);
    press(desk, TKEY_CTRL_U);
    type(desk, line->field->choices[0].label.zh);
    press(desk, TKEY_DOWN);
    assert_null(line->fault.id);
    assert_typed(desk, line, line->field->choices[0].label.zh);
    assert_true(text_is(desk->record->priority, line->field->choices[0].code));
    form_language(&desk->form, LANGUAGE_EN);
    assert_typed(desk, line, line->field->choices[0].label.en);
    form_language(&desk->form, LANGUAGE_BOTH);
    assert_typed(desk, line, line->field->choices[0].label.zh);
    assert_true(text_is(line->decoded, line->field->choices[0].label.en));
    assert_true(form_parse(&desk->form));
    assert_true(text_is(desk->record->priority, line->field->choices[0].code));
}

static void what_cannot_be_read_stays_as_typed_with_its_fault_below(void **state)
{
    struct desk *desk = *state;
    struct form_line *line = line_of(desk, tag_case_bring_up, PART_WHOLE);

    focus_on(desk, tag_case_bring_up, PART_WHOLE);
    type(desk, "2023-13-99");
    press(desk, TKEY_ENTER);
    assert_typed(desk, line, "2023-13-99");
    assert_non_null(line->fault.id);
    assert_int_equal(desk->record->bring_up, 0);
    assert_non_null(
        strstr(drawn(desk, 20, 80), "再呈日期    2023-13-99\n                   ! "));
    assert_false(form_parse(&desk->form));
    assert_ptr_equal(form_focused(&desk->form), line);
    assert_int_equal(form_faults(&desk->form), 1);
    press(desk, TKEY_CTRL_U);
    type(desk, "21/6/2023");
    assert_int_equal(form_faults(&desk->form), 0);
    assert_true(form_parse(&desk->form));
    assert_int_equal(desk->record->bring_up, date_make(2023, 6, 21));
    assert_typed(desk, line, "2023-06-21");
}

static void both_languages_have_a_line_each(void **state)
{
    struct desk *desk = *state;

    focus_on(desk, tag_case_title, PART_ZH);
    type(desk, "空運魚翅");
    press(desk, TKEY_ENTER);
    type(desk, "Fins | by air");
    assert_true(form_parse(&desk->form));
    assert_true(text_is(desk->record->title.zh, "空運魚翅"));
    assert_true(text_is(desk->record->title.en, "Fins | by air"));
    press(desk, TKEY_CTRL_U);
    assert_true(form_parse(&desk->form));
    assert_false(text_present(desk->record->title.en));
}

static void enter_goes_down_to_the_last_line_and_says_so(void **state)
{
    struct desk *desk = *state;
    int steps = 0, cells = 0;

    for (int i = 0; i < desk->form.table_count; i++)
        cells += desk->form.tables[i].columns - 1; /* an empty row is left by one Enter */
    while (press(desk, TKEY_ENTER) == FORM_USED)
        steps++;
    assert_int_equal(steps, desk->form.count - 1 - cells);
    assert_int_equal(form_focused(&desk->form)->field->tag, tag_case_remark);
    type(desk, "一");
    assert_int_equal(press(desk, TKEY_ENTER), FORM_USED); /* a new line of the remark */
    assert_int_equal(press(desk, TKEY_ENTER), FORM_LAST); /* nothing in it */
    assert_typed(desk, form_focused(&desk->form), "一");
    assert_int_equal(press(desk, TKEY_DOWN), FORM_IGNORED);
    assert_int_equal(press(desk, TKEY_TAB), FORM_USED);
    assert_int_equal(desk->form.focus, 0);
    assert_int_equal(press(desk, TKEY_PAGE_DOWN), FORM_USED);
    assert_int_equal(form_focused(&desk->form)->field->tag, tag_case_occurred);
    press(desk, TKEY_DOWN);
    assert_int_equal(press(desk, TKEY_PAGE_UP), FORM_USED);
    assert_int_equal(form_focused(&desk->form)->field->tag, tag_case_occurred);
    press(desk, TKEY_PAGE_UP);
    assert_int_equal(desk->form.focus, 0);
}

static void a_flag_is_toggled_by_space(void **state)
{
    struct desk *desk = *state;
    struct form_line *line = line_of(desk, tag_case_counted, PART_WHOLE);

    focus_on(desk, tag_case_counted, PART_WHOLE);
    assert_non_null(strstr(drawn(desk, 40, 80), "[x]  是"));
    type(desk, " ");
    assert_int_equal(desk->record->counted, FLAG_NO);
    assert_non_null(strstr(drawn(desk, 40, 80), "[ ]  否"));
    type(desk, "y");
    assert_int_equal(desk->record->counted, FLAG_YES);
    press(desk, TKEY_BACKSPACE);
    assert_int_equal(desk->record->counted, FLAG_ABSENT);
    assert_int_equal(form_key(&desk->form,
                              &(struct key){ .code = TKEY_CHARACTER, .point = 'q' }),
                     FORM_IGNORED);
    assert_true(line->touched);
}

static void a_field_just_entered_is_erased_whole_and_a_place_in_it_to_its_end(void **state)
{
    struct desk *desk = *state;
    struct form_line *line = line_of(desk, tag_case_title, PART_EN);

    focus_on(desk, tag_case_title, PART_EN);
    type(desk, "Two lorries");
    press(desk, TKEY_HOME);
    for (int i = 0; i < 3; i++)
        press(desk, TKEY_RIGHT);
    assert_true(form_erase(&desk->form));
    assert_typed(desk, line, "Two");
    assert_false(form_erase(&desk->form)); /* the cursor was put there */
    press(desk, TKEY_TAB);
    press(desk, TKEY_BACKTAB);
    assert_true(form_erase(&desk->form));
    assert_typed(desk, line, "");
    assert_int_equal(press(desk, TKEY_CTRL_Z), FORM_USED);
    assert_typed(desk, line, "Two");
    focus_on(desk, tag_case_counted, PART_WHOLE);
    assert_true(form_erase(&desk->form));
    assert_int_equal(desk->record->counted, FLAG_ABSENT);
}

static void what_is_pasted_into_a_code_just_entered_stands_alone(void **state)
{
    struct desk *desk = *state;
    struct form_line *line = line_of(desk, tag_case_formation, PART_WHOLE);
    struct key paste = { .code = TKEY_PASTE, .paste = TEXT("SIB") };

    focus_on(desk, tag_case_formation, PART_WHOLE);
    assert_int_equal(form_key(&desk->form, &paste), FORM_USED);
    press(desk, TKEY_TAB);
    press(desk, TKEY_BACKTAB);
    assert_int_equal(form_key(&desk->form, &paste), FORM_USED);
    assert_typed(desk, line, "SIB");
}

static void amending_shows_what_acts_have_set_but_does_not_take_it(void **state)
{
    struct desk *desk = *state;
    struct case_record *base = desk->record;
    struct form_line *line;

    base->number = TEXT("KCT/23/00012-7");
    base->opened = date_make(2023, 6, 21);
    base->summary.zh = TEXT("一\n二");
    open_form(desk, "case-amend", &base->head);
    line = line_of(desk, TAG_NUMBER, PART_WHOLE);
    assert_non_null(line);
    assert_true(line->shown_only);
    assert_true(line_of(desk, tag_case_opened, PART_WHOLE)->shown_only);
    assert_null(line_of(desk, tag_case_closed, PART_WHOLE));
    assert_int_equal(form_focused(&desk->form)->field->tag, tag_case_ordinances);
    assert_int_equal(press(desk, TKEY_UP), FORM_IGNORED);
    assert_non_null(strstr(drawn(desk, 5, 60), "案件編號    KCT/23/00012-7\n"));
    assert_true(form_parse(&desk->form));
    assert_true(record_equal(&desk->record->head, &base->head));
    assert_false(desk->form.dirty);
}

static void a_draft_brings_back_what_was_typed_with_its_faults(void **state)
{
    struct desk *desk = *state;
    AUTO_BUFFER struct buffer draft = { 0 }, again = { 0 };

    focus_on(desk, tag_case_title, PART_EN);
    type(desk, "Fins");
    focus_on(desk, tag_case_value, PART_WHOLE);
    type(desk, "much");
    focus_on(desk, TAG_FORMATION, PART_WHOLE);
    type(desk, "sib");
    form_save(&desk->form, &draft);
    open_form(desk, "case-open", NULL);
    assert_false(desk->form.dirty);
    assert_false(form_restore(&desk->form, (struct bytes){ draft.data, draft.len - 1 }));
    assert_false(desk->form.dirty);
    assert_true(form_restore(&desk->form, buffer_bytes(&draft)));
    assert_true(desk->form.dirty);
    assert_typed(desk, line_of(desk, tag_case_title, PART_EN), "Fins");
    assert_typed(desk, line_of(desk, tag_case_value, PART_WHOLE), "much");
    assert_typed(desk, line_of(desk, TAG_FORMATION, PART_WHOLE), "SIB");
    assert_int_equal(form_faults(&desk->form), 1);
    form_save(&desk->form, &again);
    open_form(desk, "case-state", NULL); /* lines that this form does not have */
    assert_true(form_restore(&desk->form, buffer_bytes(&again)));
}

static void findings_stand_at_their_lines_and_draw_the_focus(void **state)
{
    struct desk *desk = *state;
    struct findings findings = { .arena = desk->arena };

    finding_add(&findings, SEVERITY_WARNING, NULL, tag_case_opened, N_("%s is late."), "A");
    finding_add(&findings, SEVERITY_ERROR, NULL, tag_case_officer, N_("%s is missing."), "B");
    finding_add(&findings, SEVERITY_ERROR, NULL, 0, N_("%s is too large."), "C");
    finding_add(&findings, SEVERITY_WARNING, NULL, TAG_NUMBER, N_("%s is odd."), "D");
    form_findings(&desk->form, &findings);
    assert_int_equal(form_faults(&desk->form), 3);
    assert_int_equal(desk->form.focus, 0);
    assert_non_null(strstr(drawn(desk, 20, 80), "! 錯誤：C is too large."));
    assert_true(form_next_fault(&desk->form));
    assert_int_equal(form_focused(&desk->form)->field->tag, tag_case_opened);
    assert_true(form_focused(&desk->form)->warning);
    assert_true(form_next_fault(&desk->form));
    assert_int_equal(form_focused(&desk->form)->field->tag, tag_case_officer);
    assert_true(form_next_fault(&desk->form));
    assert_int_equal(desk->form.focus, 0);
    findings.count = 0;
    form_findings(&desk->form, &findings);
    assert_false(form_next_fault(&desk->form));
}

static void what_is_too_long_is_said_at_once(void **state)
{
    struct desk *desk = *state;
    struct form_line *line = line_of(desk, tag_case_paper_file, PART_WHOLE);

    focus_on(desk, tag_case_paper_file, PART_WHOLE);
    for (int i = 0; i < 61; i++)
        type(desk, "檔");
    assert_true(line->warning);
    assert_non_null(line->fault.id);
    press(desk, TKEY_BACKSPACE);
    assert_null(line->fault.id);
}

static void the_focus_is_on_the_screen_in_every_size_and_language(void **state)
{
    struct desk *desk = *state;
    struct canvas *canvas = canvas_new(30, 90);

    for (enum language language = LANGUAGE_ZH; language <= LANGUAGE_BOTH; language++)
        for (int rows = 4; rows <= 30; rows += 13)
            for (int columns = 45; columns <= 90; columns += 15) {
                int step = rows % 2 ? TKEY_TAB : TKEY_BACKTAB;

                form_language(&desk->form, language);
                for (int i = 0; i < 2 * desk->form.count; i++) {
                    canvas_resize(canvas, rows, columns);
                    form_draw(&desk->form, canvas, (struct rect){ 0, 0, rows, columns });
                    assert_in_range(canvas->cursor_row, 0, rows - 1);
                    press(desk, (enum key_code)step);
                }
            }
    canvas_free(canvas);
}

static void a_form_without_fields_still_takes_enter(void **state)
{
    struct desk *desk = *state;
    static const struct act nothing = { .name = "nothing", .form = ACT_FREE };
    struct findings findings = { .arena = desk->arena };
    AUTO_BUFFER struct buffer draft = { 0 };

    form_close(&desk->form);
    form_open(&desk->form, &nothing, NULL, &lookup, LANGUAGE_EN, desk->arena);
    finding_add(&findings, SEVERITY_ERROR, NULL, 0, N_("%s is too large."), "C");
    form_findings(&desk->form, &findings);
    assert_null(form_focused(&desk->form));
    assert_int_equal(press(desk, TKEY_ENTER), FORM_LAST);
    assert_int_equal(press(desk, TKEY_TAB), FORM_IGNORED);
    assert_true(form_parse(&desk->form));
    assert_false(form_next_fault(&desk->form));
    assert_string_equal(drawn(desk, 1, 60), "\n");
    form_save(&desk->form, &draft);
    assert_true(form_restore(&desk->form, buffer_bytes(&draft)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_new_case_asks_only_what_a_person_may_say, begin, end),
        cmocka_unit_test_setup_teardown(a_choice_is_typed_by_its_name_in_either_language, begin,
                                        end),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_stays_as_typed_with_its_fault_below,
                                        begin, end),
        cmocka_unit_test_setup_teardown(both_languages_have_a_line_each, begin, end),
        cmocka_unit_test_setup_teardown(enter_goes_down_to_the_last_line_and_says_so, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_flag_is_toggled_by_space, begin, end),
        cmocka_unit_test_setup_teardown(
            a_field_just_entered_is_erased_whole_and_a_place_in_it_to_its_end, begin, end),
        cmocka_unit_test_setup_teardown(what_is_pasted_into_a_code_just_entered_stands_alone,
                                        begin, end),
        cmocka_unit_test_setup_teardown(amending_shows_what_acts_have_set_but_does_not_take_it,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_draft_brings_back_what_was_typed_with_its_faults,
                                        begin, end),
        cmocka_unit_test_setup_teardown(findings_stand_at_their_lines_and_draw_the_focus, begin,
                                        end),
        cmocka_unit_test_setup_teardown(what_is_too_long_is_said_at_once, begin, end),
        cmocka_unit_test_setup_teardown(the_focus_is_on_the_screen_in_every_size_and_language,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_form_without_fields_still_takes_enter, begin, end),
    };

    if (!text_locale())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
