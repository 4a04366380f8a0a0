/* The form as an officer meets it: windows upon one store, drafts that outlive them, two people at one record. */
#include <stdio.h>
#include <string.h>

#include "core/change/desk.h"
#include "core/model/case.h"
#include "core/model/questions.h"
#include "i18n/text.h"
#include "tests/window.h"
#include "tui/widget/form.h"

static void open_form(struct window *w, const char *act_name, const struct record_key *key)
{
    struct record *record = key ? fetch(&d, *key) : NULL;

    form_open_act(&w->app, act_named(text_of(act_name)), record, record);
}

static const struct case_record *stands(struct record_key file)
{
    return fetch(&d, file);
}

static size_t drafts(const struct window *w)
{
    struct draft *found;
    size_t count;

    assert_int_equal(draft_list(d.t.store, w->app.session.officer, d.arena, &found, &count),
                     ERR_OK);
    return count;
}

/* ---- drafts ---- */

static void a_killed_terminal_loses_nothing_that_was_kept(void **state)
{
    struct window *w = *state;

    open_form(w, "case-open", NULL);
    press(w, "<Down>Cigarettes");
    app_keep(&w->app); /* as the loop does while nobody types */
    begin_again(w);
    expect(w, "One draft waits");
    press(w, "<Left><Home><Right><Enter>");
    expect(w, "Cigarettes");
    press(w, "<F5><F10>");
    assert_int_equal(drafts(w), 0);
}

static void a_lost_line_keeps_the_pop_up_and_the_form_below(void **state)
{
    struct window *w = *state;

    open_form(w, "case-open", NULL);
    press(w, "<Down>Below");
    open_form(w, "operation-open", NULL);
    press(w, "x");
    app_key(&w->app, &(struct key){ .code = TKEY_HANGUP });
    assert_int_equal(drafts(w), 2);
    begin_again(w);
    press(w, "<Left><Home><Right><Enter><F5><F10><Esc><Left><Home><Right><Enter><F5><F10>");
    assert_int_equal(drafts(w), 0);
}

static void two_new_cases_in_two_windows_do_not_meet(void **state)
{
    struct window one, two;

    (void)state;
    begin(&one, "D-1204");
    begin(&two, "D-1204");
    open_form(&one, "case-open", NULL);
    open_form(&two, "case-open", NULL);
    press(&one, "<Down>First");
    press(&two, "<Down>Second");
    app_keep(&one.app);
    app_keep(&two.app);
    press(&one, " file");
    app_keep(&one.app);
    assert_int_equal(drafts(&one), 2);
    kill_window(&one);
    kill_window(&two);
    begin(&one, "D-1204");
    expect(&one, "First file");
    expect(&one, "Second");
    press(&one, "<Left><Home><Right><Enter><F5><F10><Esc><Left><Home><Right><Enter><F5><F10>");
    kill_window(&one);
}

static void one_draft_taken_up_in_two_windows_becomes_two(void **state)
{
    struct record_key file = open_case(&d);
    struct window one, two;

    (void)state;
    begin(&one, "D-1204");
    open_form(&one, "case-amend", &file);
    press(&one, "<Down*3>1000");
    app_keep(&one.app);
    begin(&two, "D-1204");
    open_form(&two, "case-amend", &file);
    expect(&two, "Your draft is back");
    press(&two, "<Down*3><Ctrl+U>2000");
    app_keep(&two.app);
    press(&one, "0");
    app_keep(&one.app);
    assert_int_equal(drafts(&one), 2);
    press(&two, "<F5><F10>"); /* gives up its own, not the other's */
    assert_int_equal(drafts(&one), 1);
    press(&one, "<F5><F10>");
    assert_int_equal(drafts(&one), 0);
    kill_window(&one);
    kill_window(&two);
}

static void a_draft_given_up_in_one_window_is_still_kept_by_the_other(void **state)
{
    struct record_key file = open_case(&d);
    struct window one, two;

    (void)state;
    begin(&one, "D-1204");
    open_form(&one, "case-amend", &file);
    press(&one, "<Down*3>1000");
    app_keep(&one.app);
    begin(&two, "D-1204");
    open_form(&two, "case-amend", &file);
    expect(&two, "Your draft is back");
    press(&two, "<F5><F10>");
    assert_int_equal(drafts(&one), 0);
    app_keep(&one.app); /* nothing was typed there since */
    assert_int_equal(drafts(&one), 1);
    press(&one, "<F5><F10>");
    kill_window(&one);
    kill_window(&two);
}

static bool desk_is_full(const char *operation, const char *path)
{
    return strcmp(operation, "write") == 0 && strstr(path, "/desk/");
}

static void a_full_disk_is_said_and_the_draft_is_kept_later(void **state)
{
    static struct seams full, whole;
    struct window *w = *state;

    full = whole = *seams();
    full.fail_file = desk_is_full;
    open_form(w, "case-open", NULL);
    press(w, "<Down>Cigarettes");
    seams_set(&full);
    app_keep(&w->app);
    expect(w, "Your draft cannot be kept");
    expect(w, "Cigarettes");
    press(w, "<Esc>");
    expect(w, "No draft can be kept of this form");
    press(w, "<Enter>");
    expect(w, "Cigarettes");
    seams_set(&whole);
    app_keep(&w->app);
    expect(w, "The draft is kept again");
    assert_int_equal(drafts(w), 1);
    press(w, "<F5><F10>");
    seams_set(NULL);
    department_stop_clock();
}

static void a_draft_of_what_one_may_no_longer_do_is_still_read(void **state)
{
    struct window *w = *state;
    struct draft *found;
    size_t count;

    open_form(w, "case-open", NULL);
    press(w, "<Down>Cigarettes<Esc>");
    assert_int_equal(draft_list(d.t.store, w->app.session.officer, d.arena, &found, &count),
                     ERR_OK);
    w->app.session.rights = RIGHT_READ;
    form_open_draft(&w->app, found);
    expect(w, "may no longer do this");
    expect(w, "Cigarettes");
    press(w, "<Enter>");
    expect(w, "may no longer do this");
    press(w, "<F8><F10>");
    assert_int_equal(drafts(w), 0);
}

static void a_draft_of_an_unknown_act_stays_where_it_is(void **state)
{
    struct window *w = *state;
    struct draft draft = { .name = "moon-land-0-1",
                           .act = TEXT("moon-land"),
                           .raw = { (const uint8_t *)"\xa0", 1 } };

    assert_int_equal(draft_write(d.t.store, w->app.session.officer, &draft), ERR_OK);
    form_open_draft(&w->app, &draft);
    expect(w, "does not know the act");
    assert_int_equal(drafts(w), 1);
    press(w, "<F8><F10>");
    assert_int_equal(drafts(w), 0);
}

static int64_t cases(void)
{
    AUTO_TXN struct txn *txn = NULL;
    int64_t count;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(count_get(txn, &case_type, "all", NULL, 0, &count), ERR_OK);
    return count;
}

/* The disk failed while saving and the program had to be started again: the draft knows which attempt it was. */
static void what_was_saved_without_being_told_is_not_saved_twice(void **state)
{
    static const uint8_t request[16] = "sixteen bytes!!";
    const struct act *act = act_named(TEXT("case-open"));
    struct act_fields fields = act_fields(act);
    void *input = act_input(act, NULL, codes_lookup(d.codes), d.arena);
    struct act_call call = { .act = act, .input = input, .request = request };
    struct window *w = *state;
    struct draft *draft;
    size_t count;
    int64_t before;

    type_values(&d, input, &fields,
                TYPED("title", "甲案 | Case A", "ordinances", "60", "place", "KCT", "officer",
                      "D-1204"));
    d.result = (struct change_result){ .arena = d.arena };
    done(&d, act_run(&d.desk, &call, &d.result));
    before = cases();
    open_form(w, "case-open", NULL);
    press(w, "60<Down>甲案<Esc>");
    assert_int_equal(draft_list(d.t.store, w->app.session.officer, d.arena, &draft, &count),
                     ERR_OK);
    draft->request = (struct bytes){ request, sizeof request };
    assert_int_equal(draft_write(d.t.store, w->app.session.officer, draft), ERR_OK);
    begin_again(w);
    press(w, "<Left><Home><Right><Enter><F10>");
    expect(w, "This was saved already");
    expect(w, "Home");
    assert_int_equal(cases(), before);
    assert_int_equal(drafts(w), 0);
}

/* ---- a record made on the way ---- */

/* To the first field of a new case whose record this officer may make: its operation. */
static void case_at_operation(struct window *w)
{
    open_form(w, "case-open", NULL);
    press(w, "60<Down>葵涌");
    for (int i = 0; i < 30 && !shows(w, "Insert New"); i++)
        press(w, "<Down>");
    expect(w, "Insert New");
}

static void an_operation_is_made_from_the_case_that_wants_it(void **state)
{
    struct window *w = *state;
    struct record_key file;

    case_at_operation(w);
    press(w, "Breaker<Insert>");
    expect(w, "Breaker"); /* what was typed is its name */
    press(w, "<Down>2023-06-21<F10>");
    expect(w, "葵涌");
    expect(w, "Breaker");
    press(w, "<F10>");
    expect(w, "Saved: Open case");
    file = open_case(&d);
    file.id--; /* the one before */
    assert_true(stands(file)->operation.id != 0);
}

static void leaving_the_form_above_loses_nothing(void **state)
{
    struct window *w = *state;

    case_at_operation(w);
    press(w, "Breaker<Insert><Down>2023-06-21<Esc>");
    expect(w, "葵涌");
    expect(w, "Breaker");
    assert_int_equal(drafts(w), 1); /* what was typed above */
    press(w, "<Esc>");
    assert_int_equal(drafts(w), 2);
    press(w,
          "<Left><Home><Right><Enter><F5><F10><Esc><Left><Home><Right><Enter><F5><F10><Esc>");
    assert_int_equal(drafts(w), 0);
}

static void a_pick_list_makes_what_it_does_not_have(void **state)
{
    struct window *w = *state;

    case_at_operation(w);
    press(w, "<F4>Tempest<F7>");
    expect(w, "Tempest");
    press(w, "<Down>2023-06-21<F10>");
    expect(w, "葵涌");
    expect(w, "Tempest");
    press(w, "<F5><F10><Esc>");
}

/* ---- one after the other ---- */

static void a_pick_list_opens_upon_the_choice_that_stands(void **state)
{
    struct window *w = *state;
    struct form *form;
    int i = 0;

    open_form(w, "case-open", NULL);
    form = form_of(view_top(&w->app));
    while (strcmp(form->lines[i]->field->name, "priority") != 0)
        i++;
    form_set(form, form->lines[i], TEXT("high"));
    form_focus(form, form->lines[i]);
    press(w, "<F4>");
    expect(w, "> high");
    press(w, "<Enter>");
    says("high", *(const struct text *)field_value(form->lines[i]->field, form->input));
    press(w, "<F5><F10>");
}

static void the_next_exhibit_begins_with_what_is_carried(void **state)
{
    struct record_key seizure = record_seizure(&d, open_case(&d));
    struct window *w = *state;

    open_form(w, "exhibit-add", &seizure);
    press(w, "<Down>END.SHF<Ctrl+E><Down>10 kg<Down>B1<Ctrl+N>");
    expect(w, "1 saved in a row");
    expect(w, "END.SHF");
    assert_false(shows(w, "B1"));
    press(w, "20 kg<F10>"); /* the cursor stands in the first empty field */
    expect(w, "Saved: Add exhibit");
    expect(w, "20 kg");
    assert_int_equal(drafts(w), 0);
}

static void a_field_is_taken_from_the_last_record(void **state)
{
    struct record_key seizure = record_seizure(&d, open_case(&d));
    struct window *w = *state;

    open_form(w, "exhibit-add", &seizure);
    press(w, "<Down>END.SHF<Down>10 kg<Down>B7<F10><Esc>");
    open_form(w, "exhibit-add", &seizure);
    press(w, "<Down*3><F7>");
    expect(w, "B7");
    press(w, "<Ctrl+F>");
    expect(w, "10 kg");
    press(w, "<F5><F10><Esc>");
}

/* ---- one form for many ---- */

static int submitted;

/* The first time it is looked at only, as a preview does. */
static bool take_call(struct view *form, const struct act_call *call)
{
    const struct act_reason *asked = call->input;

    (void)form;
    says("opened twice", asked->reason);
    return ++submitted > 1;
}

static void a_form_for_many_hands_its_call_on_and_closes_when_told(void **state)
{
    struct window w;

    (void)state;
    begin(&w, "S-0102");
    submitted = 0;
    form_open_for(&w.app, act_named(TEXT("case-void")), NULL, NULL, take_call);
    press(&w, "opened twice<F10>");
    expect(&w, "opened twice"); /* it stays */
    press(&w, "<F10>");
    expect(&w, "Home");
    assert_int_equal(submitted, 2);
    assert_int_equal(drafts(&w), 0);
    kill_window(&w);
}

static void a_form_for_many_that_was_left_is_filled_again_by_a_key(void **state)
{
    struct window w;

    (void)state;
    begin(&w, "S-0102");
    form_open_for(&w.app, act_named(TEXT("case-void")), NULL, NULL, take_call);
    press(&w, "Wrong file<Esc>");
    expect(&w, "Nothing was done");
    assert_int_equal(drafts(&w), 0);
    form_open_for(&w.app, act_named(TEXT("case-void")), NULL, NULL, take_call);
    assert_false(shows(&w, "Wrong file"));
    press(&w, "<Ctrl+F>");
    expect(&w, "Wrong file");
    kill_window(&w);
}

/* ---- two people ---- */

static void amend(struct record_key file, const char *field, const char *value)
{
    done(&d, does(&d, &d.supervisor, "case-amend", &file, TYPED(field, value)));
}

static void both_changed_the_title_and_theirs_was_chosen(void **state)
{
    struct record_key file = open_case(&d);
    struct window *w = *state;

    open_form(w, "case-amend", &file);
    press(w, "<Down>A<Down*2><Ctrl+U>5000");
    amend(file, "title", "乙 | Theirs");
    amend(file, "arrests", "3");
    press(w, "<F10>");
    expect(w, "Choose whose value");
    expect(w, "S-0102");
    press(w, "<F10>");
    expect(w, "Nothing is chosen yet in 1 field");
    says("乙", stands(file)->title.zh); /* nothing was saved */
    press(w, "1<F10>");
    says("乙", stands(file)->title.zh);
    assert_int_equal(stands(file)->value.minor, 500000);
    assert_int_equal(stands(file)->arrests.value, 3);
    assert_int_equal(drafts(w), 0);
}

static void both_changed_the_title_and_mine_was_chosen(void **state)
{
    struct record_key file = open_case(&d);
    struct window *w = *state;

    open_form(w, "case-amend", &file);
    press(w, "<Down>甲");
    amend(file, "title", "乙 | Theirs");
    press(w, "<F10><Right><F10>");
    says("葵涌走私案甲", stands(file)->title.zh);
}

static void leaving_the_choice_saves_nothing_and_asks_again(void **state)
{
    struct record_key file = open_case(&d);
    struct window *w = *state;

    open_form(w, "case-amend", &file);
    press(w, "<Down>甲");
    amend(file, "title", "乙 | Theirs");
    press(w, "<F10><Esc>");
    says("乙", stands(file)->title.zh);
    press(w, "<F10>");
    expect(w, "Choose whose value");
    press(w, "<F5><F10>");
    says("乙", stands(file)->title.zh);
}

static void other_fields_of_the_other_officer_are_named_when_saved(void **state)
{
    struct record_key file = open_case(&d);
    struct window *w = *state;

    open_form(w, "case-amend", &file);
    press(w, "<Down>甲");
    amend(file, "arrests", "3");
    press(w, "<F10>");
    expect(w, "changed by another: Persons arrested");
    says("葵涌走私案甲", stands(file)->title.zh);
    assert_int_equal(stands(file)->arrests.value, 3);
}

static void a_draft_of_a_changed_record_never_writes_over_it(void **state)
{
    struct record_key file = open_case(&d);
    struct window *w = *state;

    open_form(w, "case-amend", &file);
    press(w, "<Down>甲<Down*2>x<Esc>"); /* a value that cannot be read is in the draft too */
    amend(file, "title", "乙 | Theirs");
    amend(file, "value", "7000");
    open_form(w, "case-amend", &file);
    expect(w, "Choose whose value");
    press(w, "1<F10>");
    expect(w, "x");
    press(w, "<F10>");
    says("乙", stands(file)->title.zh);
    assert_int_equal(stands(file)->value.minor, 700000);
    press(w, "<F5><F10>");
}

static int open_it(void **state)
{
    text_locale();
    return open_department(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(a_killed_terminal_loses_nothing_that_was_kept),
        IN_WINDOW(a_lost_line_keeps_the_pop_up_and_the_form_below),
        cmocka_unit_test(two_new_cases_in_two_windows_do_not_meet),
        cmocka_unit_test(one_draft_taken_up_in_two_windows_becomes_two),
        cmocka_unit_test(a_draft_given_up_in_one_window_is_still_kept_by_the_other),
        IN_WINDOW(a_full_disk_is_said_and_the_draft_is_kept_later),
        IN_WINDOW(a_draft_of_what_one_may_no_longer_do_is_still_read),
        IN_WINDOW(a_draft_of_an_unknown_act_stays_where_it_is),
        IN_WINDOW(what_was_saved_without_being_told_is_not_saved_twice),
        IN_WINDOW(an_operation_is_made_from_the_case_that_wants_it),
        IN_WINDOW(leaving_the_form_above_loses_nothing),
        IN_WINDOW(a_pick_list_makes_what_it_does_not_have),
        IN_WINDOW(a_pick_list_opens_upon_the_choice_that_stands),
        IN_WINDOW(the_next_exhibit_begins_with_what_is_carried),
        IN_WINDOW(a_field_is_taken_from_the_last_record),
        cmocka_unit_test(a_form_for_many_hands_its_call_on_and_closes_when_told),
        cmocka_unit_test(a_form_for_many_that_was_left_is_filled_again_by_a_key),
        IN_WINDOW(both_changed_the_title_and_theirs_was_chosen),
        IN_WINDOW(both_changed_the_title_and_mine_was_chosen),
        IN_WINDOW(leaving_the_choice_saves_nothing_and_asks_again),
        IN_WINDOW(other_fields_of_the_other_officer_are_named_when_saved),
        IN_WINDOW(a_draft_of_a_changed_record_never_writes_over_it),
    };

    return cmocka_run_group_tests(tests, open_it, close_department);
}
