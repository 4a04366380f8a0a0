#include "tests/form_desk.h"

#include "core/model/party.h"
#include "core/model/seizure.h"

/* Numbers with check digits, the reason that keeps a wrong one, an input method left on, references, clicks. */

static struct form_line *line_named(struct desk *desk, const char *name, enum form_part part)
{
    for (int i = 0; i < desk->form.count; i++)
        if (strcmp(desk->form.lines[i]->field->name, name) == 0 &&
            desk->form.lines[i]->part == part)
            return desk->form.lines[i];
    return NULL;
}

static void to(struct desk *desk, const char *name)
{
    form_focus(&desk->form, line_named(desk, name, PART_WHOLE));
}

static const struct checked_number *container(struct desk *desk)
{
    return &((const struct seizure_record *)(const void *)desk->record)->container;
}

static void a_wrong_digit_asks_for_its_reason_at_once(void **state)
{
    struct desk *desk = *state;
    struct form_line *number, *reason;

    open_form(desk, "seizure-record", NULL);
    number = line_named(desk, "container", PART_WHOLE);
    reason = line_named(desk, "container", PART_REASON);
    assert_true(reason->hidden);
    to(desk, "container");
    type(desk, "csqu３０５４３８4");
    press(desk, TKEY_ENTER);
    assert_typed(desk, number, "CSQU3054384");
    assert_true(number->warning);
    assert_non_null(strstr(sentence(desk->arena, &number->fault, LANGUAGE_EN).data,
                           "check digit of CSQU3054384 would be 3"));
    assert_ptr_equal(form_focused(&desk->form), reason);
    assert_non_null(strstr(drawn(desk, 24, 80), "? 警告："));
    assert_false(form_parse(&desk->form)); /* saving refuses, at its place */
    assert_ptr_equal(form_focused(&desk->form), number);
    assert_false(number->warning);
    assert_non_null(strstr(drawn(desk, 24, 80), "! 錯誤："));
    form_focus(&desk->form, reason);
    type(desk, "As painted on the box");
    press(desk, TKEY_ENTER);
    assert_null(number->fault.id);
    assert_true(form_parse(&desk->form));
    assert_true(text_is(container(desk)->value, "CSQU3054384"));
    assert_true(text_is(container(desk)->reason, "As painted on the box"));
}

static void a_right_digit_takes_the_question_away(void **state)
{
    struct desk *desk = *state;
    struct form_line *reason;

    open_form(desk, "seizure-record", NULL);
    reason = line_named(desk, "container", PART_REASON);
    to(desk, "container");
    type(desk, "CSQU3054384");
    press(desk, TKEY_DOWN);
    assert_false(reason->hidden);
    press(desk, TKEY_UP);
    press(desk, TKEY_BACKSPACE);
    type(desk, "3");
    press(desk, TKEY_DOWN);
    assert_true(reason->hidden);
    assert_int_equal(form_faults(&desk->form), 0);
    assert_true(form_parse(&desk->form));
}

static void number_and_reason_may_be_typed_in_one(void **state)
{
    struct desk *desk = *state;
    AUTO_BUFFER struct buffer draft = { 0 };

    open_form(desk, "seizure-record", NULL);
    to(desk, "container");
    type(desk, "CSQU3054384 | as on paper");
    press(desk, TKEY_DOWN);
    assert_typed(desk, line_named(desk, "container", PART_WHOLE), "CSQU3054384");
    assert_typed(desk, line_named(desk, "container", PART_REASON), "AS ON PAPER");
    form_save(&desk->form, &draft);
    open_form(desk, "seizure-record", NULL);
    assert_true(form_restore(&desk->form, buffer_bytes(&draft)));
    assert_true(form_parse(&desk->form));
    assert_true(text_is(container(desk)->reason, "AS ON PAPER"));
    to(desk, "container");
    press(desk, TKEY_CTRL_U);
    press(desk, TKEY_DOWN);
    assert_true(line_named(desk, "container", PART_REASON)->hidden);
    assert_false(text_present(container(desk)->value));
    assert_false(text_present(container(desk)->reason));
}

/* The kind of a document says which digit its number carries, whichever is typed first. */
static void a_document_is_judged_by_its_kind(void **state)
{
    struct desk *desk = *state;
    struct form_line *number;

    open_form(desk, "party-add", NULL);
    to(desk, "document_kind");
    number = desk->form.lines[desk->form.tables[form_focused(&desk->form)->table].first];
    form_focus(&desk->form, number);
    type(desk, "A123456(4)");
    press(desk, TKEY_TAB);
    assert_null(number->fault.id); /* not known yet */
    to(desk, "document_kind");
    type(desk, "hkid");
    press(desk, TKEY_TAB);
    assert_non_null(number->fault.id);
    assert_non_null(
        strstr(sentence(desk->arena, &number->fault, LANGUAGE_EN).data, "would be 3"));
    form_focus(&desk->form, number);
    press(desk, TKEY_CTRL_U);
    type(desk, "A123456(3)");
    press(desk, TKEY_TAB);
    assert_null(number->fault.id);
    assert_true(form_parse(&desk->form));
    assert_int_equal(((const struct party_record *)(const void *)desk->record)->documents.count,
                     1);
}

static void an_input_method_left_on_is_told_and_nothing_is_lost(void **state)
{
    struct desk *desk = *state;
    struct form_line *line = line_of(desk, tag_case_bring_up, PART_WHOLE);

    focus_on(desk, tag_case_bring_up, PART_WHOLE);
    type(desk, "日月");
    press(desk, TKEY_ENTER);
    assert_typed(desk, line, "日月");
    assert_non_null(
        strstr(sentence(desk->arena, &line->fault, LANGUAGE_ZH).data, "輸入法仍開啟"));
}

static void four_digits_are_a_time_of_today_but_for_the_years_of_cases(void **state)
{
    struct desk *desk = *state;
    struct form_line *line = line_of(desk, tag_case_occurred, PART_WHOLE);

    focus_on(desk, tag_case_occurred, PART_WHOLE);
    type(desk, "2130");
    press(desk, TKEY_DOWN);
    assert_int_equal(desk->record->occurred.minute, 21 * 60 + 30);
    assert_non_null(strstr(arena_string(desk->arena, editor_text(&line->editor)), " 21:30"));
    form_set(&desk->form, line, TEXT("1545"));
    assert_int_equal(desk->record->occurred.minute, 15 * 60 + 45);
    form_set(&desk->form, line, TEXT("1930"));
    assert_int_equal(desk->record->occurred.minute, 19 * 60 + 30);
    form_set(&desk->form, line, TEXT("1998"));
    assert_int_equal(desk->record->occurred.date, 19980000);
    form_set(&desk->form, line, TEXT("2019"));
    assert_int_equal(desk->record->occurred.date, 20190000);
    assert_true(text_is(line->decoded, "只有年份"));
    form_set(&desk->form, line, TEXT("2019-05-01 20:19"));
    assert_int_equal(line->decoded.len, 0);
}

static enum form_result click(struct desk *desk, int row, int column)
{
    return form_key(&desk->form,
                    &(struct key){
                        .code = TKEY_MOUSE, .button = 1, .row = row, .column = column });
}

static void a_click_goes_to_a_line_a_cell_or_a_tab(void **state)
{
    struct desk *desk = *state;
    struct form_line *line = line_of(desk, tag_case_title, PART_EN);

    form_set(&desk->form, line, TEXT("Fins by air"));
    drawn(desk, 24, 80);
    assert_int_equal(click(desk, line->box.row, line->box.column + 4), FORM_USED);
    assert_ptr_equal(form_focused(&desk->form), line);
    assert_int_equal(line->editor.cursor, 4);
    assert_int_equal(click(desk, desk->form.tabs[1].row, desk->form.tabs[1].column + 2),
                     FORM_USED);
    assert_int_equal(desk->form.page, 1);
    drawn(desk, 24, 80);
    line = desk->form.lines[desk->form.tables[0].first + 2];
    assert_int_equal(click(desk, line->box.row, line->box.column), FORM_USED);
    assert_ptr_equal(form_focused(&desk->form), line);
    assert_int_equal(click(desk, 0, 79), FORM_IGNORED);
}

/* A section longer than the screen is gone through before the next one, and back. */
static void pages_show_all_of_a_section(void **state)
{
    struct desk *desk = *state;
    struct form_line *last = NULL;
    bool shown = false;
    int steps = 0;

    open_form(desk, "party-add", NULL);
    for (int i = 0; i < desk->form.count; i++)
        if (desk->form.lines[i]->page == 0)
            last = desk->form.lines[i];
    for (; steps < 9 && desk->form.page == 0; steps++) {
        drawn(desk, 12, 80);
        shown |= last->box.rows > 0;
        assert_int_equal(press(desk, TKEY_PAGE_DOWN), FORM_USED);
    }
    assert_true(shown);
    assert_in_range(steps, 2, 8);
    drawn(desk, 12, 80);
    press(desk, TKEY_PAGE_UP);
    assert_int_equal(desk->form.page, 0);
    for (int i = 0; i < 40; i++) {
        drawn(desk, 12, 80);
        press(desk, TKEY_PAGE_DOWN);
    }
    assert_int_equal(desk->form.page, desk->form.pages - 1);
    assert_int_equal(press(desk, TKEY_TAB), FORM_USED); /* the last line of all, and around */
    assert_int_equal(desk->form.page, 0);
}

static void a_long_text_opens_and_closes(void **state)
{
    struct desk *desk = *state;
    const char *screen;

    focus_on(desk, tag_case_summary, PART_ZH);
    assert_true(form_body_possible(&desk->form));
    press(desk, TKEY_F6);
    type(desk, "五個貨櫃 two containers");
    screen = drawn(desk, 24, 80);
    assert_non_null(strstr(screen, "19／4000個字元，字數6"));
    assert_null(strstr(screen, "路線"));
    press(desk, TKEY_F3);
    type(desk, "貨櫃");
    assert_int_equal(form_focused(&desk->form)->editor.cursor, strlen("五個"));
    type(desk, "車");
    assert_non_null(strstr(drawn(desk, 24, 80), "本文內沒有此字詞"));
    assert_true(form_back(&desk->form));
    assert_true(form_back(&desk->form));
    assert_false(form_back(&desk->form));
    assert_non_null(strstr(drawn(desk, 24, 80), "路線"));
    assert_true(form_parse(&desk->form));
    assert_true(text_is(desk->record->summary.zh, "五個貨櫃 two containers"));
    focus_on(desk, tag_case_remark, PART_WHOLE);
    press(desk, TKEY_F6);
    press(desk, TKEY_TAB); /* goes on, out of it */
    assert_false(desk->form.body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_wrong_digit_asks_for_its_reason_at_once, begin, end),
        cmocka_unit_test_setup_teardown(a_right_digit_takes_the_question_away, begin, end),
        cmocka_unit_test_setup_teardown(number_and_reason_may_be_typed_in_one, begin, end),
        cmocka_unit_test_setup_teardown(a_document_is_judged_by_its_kind, begin, end),
        cmocka_unit_test_setup_teardown(an_input_method_left_on_is_told_and_nothing_is_lost,
                                        begin, end),
        cmocka_unit_test_setup_teardown(
            four_digits_are_a_time_of_today_but_for_the_years_of_cases, begin, end),
        cmocka_unit_test_setup_teardown(a_click_goes_to_a_line_a_cell_or_a_tab, begin, end),
        cmocka_unit_test_setup_teardown(pages_show_all_of_a_section, begin, end),
        cmocka_unit_test_setup_teardown(a_long_text_opens_and_closes, begin, end),
    };

    if (!text_locale())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
