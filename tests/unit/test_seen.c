/* People and things that were recorded before are found while they are typed again, however they are written. */
#include "core/query/seen.h"

#include "core/model/case.h"
#include "core/model/exhibit.h"
#include "core/model/party.h"
#include "core/model/thing.h"
#include "i18n/text.h"
#include "tests/one_department.h"

static struct record_key chan, lorry;

static bool is_offered(const struct record_type *type, const char *typed, struct record_key key)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record **found;
    size_t count;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(seen_find(txn, type, text_of(typed), d.arena, &found, &count), ERR_OK);
    assert_true(count <= SEEN_MOST);
    for (size_t i = 0; i < count; i++)
        if (record_key_compare(&found[i]->key, &key) == 0)
            return true;
    return false;
}

static bool tells(const struct record_type *type, const char *name)
{
    const struct field *field = field_named(type, text_of(name));

    assert_non_null(field);
    return seen_tells(type, field,
                      field->kind == KIND_LIST ? &field->element->fields[0] : field);
}

static void a_person_is_known_by_any_name_and_any_number(void **state)
{
    (void)state;
    assert_true(is_offered(&party_type, "陳大", chan));
    assert_true(is_offered(&party_type, "陈大文", chan)); /* simplified */
    assert_true(is_offered(&party_type, "chan tai", chan));
    assert_true(is_offered(&party_type, "ＣＨＡＮ", chan)); /* full width */
    assert_true(is_offered(&party_type, "A123456(3)", chan));
    assert_true(is_offered(&party_type, "a123456", chan)); /* half typed */
    assert_true(is_offered(&party_type, "9123 4567", chan));
    assert_true(is_offered(&party_type, "+852 91234567", chan));
    assert_true(is_offered(&party_type, "7115 1129", chan));
    assert_false(is_offered(&party_type, "陳小", chan));
    assert_false(is_offered(&party_type, "B123456", chan));
}

static void a_letter_or_two_find_nobody(void **state)
{
    (void)state;
    assert_false(is_offered(&party_type, "陳", chan));
    assert_false(is_offered(&party_type, "ch", chan));
    assert_false(is_offered(&party_type, " - ", chan));
    assert_false(is_offered(&party_type, "", chan));
}

static void a_lorry_is_known_by_its_mark(void **state)
{
    (void)state;
    assert_true(is_offered(&thing_type, "AB1234", lorry));
    assert_true(is_offered(&thing_type, "ab 1234", lorry));
    assert_false(is_offered(&party_type, "AB1234", lorry));
}

static void who_was_voided_is_not_offered(void **state)
{
    struct record_key twice =
        done(&d, does(&d, &d.desk, "party-add", NULL, TYPED("name", "黃一心 | Wong Yat Sum")));

    (void)state;
    assert_true(is_offered(&party_type, "黃一心", twice));
    done(&d, does(&d, &d.supervisor, "party-void", &twice, TYPED("reason", "twice")));
    assert_false(is_offered(&party_type, "黃一心", twice));
}

static void names_and_numbers_tell_and_what_is_said_about_one_does_not(void **state)
{
    (void)state;
    assert_true(tells(&party_type, "name"));
    assert_true(tells(&party_type, "commercial_code"));
    assert_true(tells(&party_type, "documents"));
    assert_true(tells(&party_type, "phones"));
    assert_true(tells(&party_type, "uscc"));
    assert_true(tells(&thing_type, "identifier"));
    assert_true(tells(&thing_type, "vin"));
    assert_false(tells(&party_type, "known")); /* nobody types it */
    assert_false(tells(&party_type, "nationality"));
    assert_false(tells(&party_type, "occupation"));
    assert_false(tells(&case_type, "title")); /* two cases may well sound alike */
    assert_false(tells(&exhibit_type, "brand"));
}

static int open_it(void **state)
{
    text_locale();
    open_department(state);
    chan = done(&d,
                does(&d, &d.desk, "party-add", NULL,
                     TYPED("name", "陳大文 | Chan Tai Man", "commercial_code", "7115 1129 2429",
                           "documents", "A123456(3) | hkid", "phones", "9123 4567")));
    lorry = done(&d, does(&d, &d.desk, "thing-add", NULL,
                          TYPED("thing_kind", "vehicle", "identifier", "AB 1234")));
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_is_known_by_any_name_and_any_number),
        cmocka_unit_test(a_letter_or_two_find_nobody),
        cmocka_unit_test(a_lorry_is_known_by_its_mark),
        cmocka_unit_test(who_was_voided_is_not_offered),
        cmocka_unit_test(names_and_numbers_tell_and_what_is_said_about_one_does_not),
    };

    return cmocka_run_group_tests(tests, open_it, close_department);
}
