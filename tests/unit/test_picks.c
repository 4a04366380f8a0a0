/* Pick lists: what a field may hold, in the order in which a person looks for it. */
#include "core/query/picks.h"

#include "core/change/used.h"
#include "core/model/case.h"
#include "core/model/exhibit.h"
#include "tests/one_department.h"

static struct picks offered(const struct record_type *type, const char *field,
                            const char *typed, const struct text *used, size_t used_count)
{
    AUTO_TXN struct txn *txn = NULL;
    struct picks_ask ask = { .codes = d.codes,
                             .field = field_named(type, text_of(field)),
                             .typed = text_of(typed),
                             .used = used,
                             .used_count = used_count,
                             .language = LANGUAGE_ZH,
                             .limit = 20 };
    struct picks picks;

    assert_int_equal(codes_refresh(d.codes), ERR_OK);
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    ask.txn = txn;
    assert_int_equal(picks_read(&picks, &ask, d.arena), ERR_OK);
    return picks;
}

static size_t place_of(const struct picks *picks, const char *code)
{
    for (size_t i = 0; i < picks->count; i++)
        if (text_is(picks->items[i].code, code))
            return i;
    return SIZE_MAX;
}

static void the_code_itself_comes_first_then_its_like_then_names(void **state)
{
    struct picks picks = offered(&case_type, "formation", "c", NULL, 0);
    bool names = false;

    (void)state;
    assert_true(picks.count > 2);
    for (size_t i = 0; i < picks.count; i++) {
        bool leads = picks.items[i].code.data[0] == 'C';

        assert_false(leads &&
                     names); /* no code that begins so stands below a name that holds it */
        names |= !leads;
    }
    assert_true((int64_t)picks.count < picks.all);
}

static void chapters_stand_in_the_order_of_the_book(void **state)
{
    const struct field *list = field_named(&case_type, TEXT("ordinances"));
    AUTO_TXN struct txn *txn = NULL;
    struct picks_ask ask = {
        .codes = d.codes, .field = &list->element->fields[0], .typed = TEXT(""), .limit = 20
    };
    struct picks picks;

    (void)state;
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    ask.txn = txn;
    assert_int_equal(picks_read(&picks, &ask, d.arena), ERR_OK);
    assert_true(place_of(&picks, "60") < place_of(&picks, "109"));
    assert_true(place_of(&picks, "109") < place_of(&picks, "586"));
    says("1", picks.items[0].code);
}

static void a_commodity_is_found_in_either_language(void **state)
{
    struct picks chinese = offered(&exhibit_type, "commodity", "魚翅", NULL, 0),
                 english = offered(&exhibit_type, "commodity", "SHARK fin", NULL, 0);

    (void)state;
    assert_true(chinese.count > 0);
    assert_true(english.count > 0);
    assert_true(place_of(&english, arena_string(d.arena, chinese.items[0].code)) != SIZE_MAX);
    assert_int_equal(offered(&exhibit_type, "commodity", "xyzzy", NULL, 0).count, 0);
}

static void a_choice_is_found_by_its_chinese_and_its_code(void **state)
{
    struct picks all = offered(&case_type, "priority", "", NULL, 0),
                 one = offered(&case_type, "priority", "一般", NULL, 0);

    (void)state;
    assert_int_equal(all.count, all.all);
    assert_int_equal(one.count, 1);
    says("normal", one.items[0].code);
    says("normal", offered(&case_type, "priority", "NORM", NULL, 0).items[0].code);
}

static void a_shelf_is_shown_in_the_room_that_it_stands_in(void **state)
{
    struct picks picks = offered(&exhibit_type, "located", "KC-R2", NULL, 0);

    (void)state;
    assert_int_equal(place_of(&picks, "KC-R2"), 0);
    says("一號房", picks.items[0].path);
}

static void what_was_used_last_is_on_top_until_something_is_typed(void **state)
{
    struct text used[] = { TEXT("BII"), TEXT("BBP") };
    struct picks picks = offered(&case_type, "formation", "", used, 2);

    (void)state;
    says("BII", picks.items[0].code);
    says("BBP", picks.items[1].code);
    assert_true(picks.items[0].used && picks.items[1].used && !picks.items[2].used);
    assert_int_equal(picks.count, picks.all); /* none stands there twice */
    assert_false(offered(&case_type, "formation", "bii", used, 2).items[0].used);
}

static void the_newest_case_is_offered_first_and_a_voided_one_never(void **state)
{
    struct record_key first = open_case(&d), second = open_case(&d), third = open_case(&d);
    struct picks picks;

    (void)state;
    done(&d, does(&d, &d.supervisor, "case-void", &third, TYPED("reason", "opened twice")));
    picks = offered(&exhibit_type, "of_case", "", NULL, 0);
    assert_int_equal(place_of(&picks, number_of(&d, second)), 0);
    assert_int_equal(place_of(&picks, number_of(&d, first)), 1);
    assert_int_equal(place_of(&picks, number_of(&d, third)), SIZE_MAX);
    picks = offered(&exhibit_type, "of_case", "走私", NULL, 0);
    assert_int_equal(place_of(&picks, number_of(&d, second)), 0);
    picks = offered(&exhibit_type, "of_case", number_of(&d, first), NULL, 0);
    assert_int_equal(place_of(&picks, number_of(&d, first)), 0);
    picks = offered(&exhibit_type, "of_case", number_of(&d, third), NULL, 0);
    assert_int_equal(place_of(&picks, number_of(&d, third)), SIZE_MAX);
}

static void more_than_are_shown_is_said(void **state)
{
    struct record_key oldest = open_case(&d);
    struct text used = arena_text(d.arena, text_of(number_of(&d, oldest)));
    struct picks picks;

    (void)state;
    for (int i = 0; i < 24; i++)
        open_case(&d);
    picks = offered(&exhibit_type, "of_case", "", NULL, 0);
    assert_true(picks.more);
    assert_int_equal(place_of(&picks, number_of(&d, oldest)), SIZE_MAX);
    picks = offered(&exhibit_type, "of_case", "", &used, 1);
    assert_int_equal(place_of(&picks, number_of(&d, oldest)), 0); /* used: read for itself */
    assert_true(offered(&exhibit_type, "of_case", "葵涌", NULL, 0).more);
}

/* ---- the file of what was used ---- */

static void note(const char *of, const char *value)
{
    struct used_value used = { text_of(of), text_of(value) };

    assert_int_equal(used_note(d.t.store, 7, &used, 1), ERR_OK);
}

static void each_value_stands_once_and_the_newest_is_first(void **state)
{
    struct text *values;

    (void)state;
    note("formation", "BII");
    note("formation", "BBP");
    note("unit", "kg");
    note("formation", "BII");
    assert_int_equal(used_read(d.t.store, 7, TEXT("formation"), d.arena, &values), 2);
    says("BII", values[0]);
    says("BBP", values[1]);
    assert_int_equal(used_read(d.t.store, 8, TEXT("formation"), d.arena, &values), 0);
}

static void only_the_last_few_are_kept(void **state)
{
    struct text *values;

    (void)state;
    for (int i = 0; i < 300; i++)
        note("formation", arena_printf(d.arena, "F%d", i).data);
    assert_int_equal(used_read(d.t.store, 7, TEXT("formation"), d.arena, &values), USED_VALUES);
    says("F299", values[0]);
    for (int i = 0; i < 300; i++)
        note(arena_printf(d.arena, "table%d", i).data, "x");
    assert_int_equal(used_read(d.t.store, 7, TEXT("formation"), d.arena, &values), 0);
    assert_int_equal(used_read(d.t.store, 7, TEXT("table299"), d.arena, &values), 1);
}

static void a_spoilt_file_is_begun_anew(void **state)
{
    static const uint8_t nonsense[] = { 0x81, 0x82, 0x61, 'a', 0x05 };
    struct text *values;

    (void)state;
    assert_int_equal(desk_write(d.t.store, 7, "used", (struct bytes){ nonsense, 5 }), ERR_OK);
    assert_int_equal(used_read(d.t.store, 7, TEXT("a"), d.arena, &values), 0);
    note("unit", "kg");
    assert_int_equal(used_read(d.t.store, 7, TEXT("unit"), d.arena, &values), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_code_itself_comes_first_then_its_like_then_names),
        cmocka_unit_test(chapters_stand_in_the_order_of_the_book),
        cmocka_unit_test(a_commodity_is_found_in_either_language),
        cmocka_unit_test(a_choice_is_found_by_its_chinese_and_its_code),
        cmocka_unit_test(a_shelf_is_shown_in_the_room_that_it_stands_in),
        cmocka_unit_test(what_was_used_last_is_on_top_until_something_is_typed),
        cmocka_unit_test(the_newest_case_is_offered_first_and_a_voided_one_never),
        cmocka_unit_test(more_than_are_shown_is_said),
        cmocka_unit_test(each_value_stands_once_and_the_newest_is_first),
        cmocka_unit_test(only_the_last_few_are_kept),
        cmocka_unit_test(a_spoilt_file_is_begun_anew),
    };

    return cmocka_run_group_tests(tests, open_department, close_department);
}
