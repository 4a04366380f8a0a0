/* Persons, companies and things: recorded once, found by any name and number, and what they are in each case. */
#include "core/model/party.h"

#include "core/model/elements.h"
#include "core/model/involvement.h"
#include "core/model/known.h"
#include "core/model/link.h"
#include "core/model/report.h"
#include "core/model/thing.h"
#include "core/query/query.h"
#include "i18n/sentence.h"
#include "tests/one_department.h"

enum { ROOM = 64 };

static struct record_key add_person(const char *name, const char *documents, const char *phones)
{
    return done(&d, does(&d, &d.desk, "party-add", NULL,
                         TYPED("name", name, "documents", documents, "phones", phones, "birth",
                               "1980", "sex", "M")));
}

static struct record_key add_thing(const char *kind, const char *identifier)
{
    return done(&d, does(&d, &d.desk, "thing-add", NULL,
                         TYPED("thing_kind", kind, "identifier", identifier)));
}

static struct record_key involve(struct record_key file, struct record_key party,
                                 const char *role)
{
    return done(&d, does(&d, &d.desk, "involvement-add", NULL,
                         TYPED("of_case", number_of(&d, file), "party", number_of(&d, party),
                               "role", role)));
}

/* How many records of a type stand under a value of its index. */
static size_t under(const struct record_type *type, const char *index, struct record_key owner)
{
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct reference of = { .id = owner.id };
    const void *values[] = { &of };
    struct index_page page;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    index_prefix(&prefix, type, index_named(type, index), values, 1);
    assert_int_equal(index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, FORWARD, ROOM,
                                d.arena, &page),
                     ERR_OK);
    return page.count;
}

static bool warned_of(const char *words)
{
    for (size_t i = 0; i < d.result.findings.count; i++)
        if (contains(sentence(d.arena, &d.result.findings.items[i]->message, LANGUAGE_EN),
                     words))
            return true;
    return false;
}

static bool box_finds(const char *typed, struct record_key key)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record_key *found;
    size_t count;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(search(txn, text_of(typed), ROOM, d.arena, &found, &count), ERR_OK);
    for (size_t i = 0; i < count; i++)
        if (found[i].id == key.id)
            return true;
    return false;
}

/* ---- persons and companies ---- */

static void a_person_is_found_by_any_name_and_number(void **state)
{
    static const char *const typed[] = { "歐陽小紅",  "欧阳",           "au yeung",
                                         "ah hung",   "阿紅",           "H101004(4)",
                                         "h1010044",  "9555 0101",      "95550101",
                                         "2962 7122", "+852-9555 0101", "H 101004-4" };
    struct record_key key =
        done(&d, does(&d, &d.desk, "party-add", NULL,
                      TYPED("name", "歐陽小紅 | AU YEUNG Siu-hung", "documents",
                            "H101004(4) | hkid", "phones", "+852 9555 0101 | mobile", "aliases",
                            "阿紅 \\| Ah Hung", "commercial_code", "2962 7122 1420 4767")));

    (void)state;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
        if (!box_finds(typed[i], key))
            fail_here(typed[i]);
}

static void whoever_was_seen_before_is_named(void **state)
{
    struct record_key first = add_person("馬一", "H101005(2) | hkid", "9555 0102");
    struct record *seen[2];
    AUTO_TXN struct txn *txn = NULL;
    size_t count;

    (void)state;
    (void)add_person("馬一一", "H1010052 | hkid", "28155555");
    assert_true(warned_of(number_of(&d, first)));
    (void)add_person("馬二", "H101006(0) | hkid", "(852) 9555-0102");
    assert_true(warned_of(number_of(&d, first)));
    (void)add_person("馬三", "H101007(9) | hkid", "9555 0103");
    assert_false(warned_of("stands also with"));
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(known_find(txn, &party_type, TEXT("95550102"), first.id, d.arena, seen, 2,
                                &count),
                     ERR_OK);
    assert_int_equal(count, 1);
}

static void the_kind_of_document_says_which_check_digit_it_has(void **state)
{
    (void)state;
    (void)add_person("馮四", "H101008(7) | hkid", "");
    assert_false(warned_of("check digit"));
    (void)add_person("馮五", "H101009(4) | hkid", "");
    assert_true(warned_of("The check digit of H101009(4) would be"));
    (void)add_person("馮六", "H101010(1) | passport", "");
    assert_false(warned_of("check digit"));
    (void)add_person("馮七", "H101011(4) \\| as printed on the paper | hkid", "");
    assert_false(warned_of("check digit"));
}

static void a_company_has_no_date_of_birth_and_a_person_no_registration(void **state)
{
    (void)state;
    refused(&d,
            does(&d, &d.desk, "party-add", NULL,
                 TYPED("party_kind", "company", "name", "甲公司 | A Ltd", "birth", "1990")),
            ERR_INVALID, "A company has no such thing as Date of birth");
    refused(&d,
            does(&d, &d.desk, "party-add", NULL,
                 TYPED("name", "李 | Lee", "br_number", "12345678")),
            ERR_INVALID, "is a company's");
    refused(&d,
            does(&d, &d.desk, "party-add", NULL,
                 TYPED("name", "李 | Lee", "commercial_code", "711 1129")),
            ERR_INVALID, "four digits for each character");
}

static void a_child_has_a_guardian(void **state)
{
    (void)state;
    done(&d,
         does(&d, &d.desk, "party-add", NULL, TYPED("name", "小童", "birth", "2010-05-05")));
    assert_true(warned_of("name the parent or guardian"));
    refused(&d,
            does(&d, &d.desk, "party-add", NULL, TYPED("name", "未生", "birth", "2024-01-01")),
            ERR_INVALID, "cannot be in the future");
}

static void an_amended_document_is_known_by_its_new_number(void **state)
{
    struct record_key key = add_person("鄧八", "H101012(5) | hkid", "");
    struct party_record *party;

    (void)state;
    done(&d,
         does(&d, &d.desk, "party-amend", &key, TYPED("documents", "K03411126 | passport")));
    party = fetch(&d, key);
    says("K03411126", party->main_document);
    assert_int_equal(party->known.count, 1);
    says("K03411126", ((const struct known_item *)party->known.items)[0].known);
}

static void two_officers_amend_one_person(void **state)
{
    struct record_key key = add_person("蔡丁", "H101013(3) | hkid", "");
    struct record *base = fetch(&d, key);
    struct party_record *mine = (struct party_record *)record_copy(d.arena, base), *now;
    struct act_call call = {
        .act = act_named(TEXT("party-amend")), .input = mine, .base = base, .subject = key
    };

    (void)state;
    done(&d, does(&d, &d.desk2, "party-amend", &key, TYPED("phones", "0555 0777")));
    mine->occupation = TEXT("司機");
    d.result = (struct change_result){ .arena = d.arena };
    done(&d, act_run(&d.desk, &call, &d.result));
    now = fetch(&d, key);
    says("司機", now->occupation);
    assert_int_equal(now->phones.count, 1);
    assert_int_equal(now->known.count,
                     2); /* the card, and the telephone of the other officer */
    done(&d, does(&d, &d.desk2, "party-amend", &key, TYPED("occupation", "廚師")));
    mine->occupation = TEXT("店員");
    d.result = (struct change_result){ .arena = d.arena };
    assert_int_equal(act_run(&d.desk, &call, &d.result), ERR_CONFLICT);
    assert_non_null(d.result.conflict);
    says("廚師", ((struct party_record *)d.result.conflict)->occupation);
}

/* ---- in a case ---- */

static void a_person_stands_in_many_cases_and_has_a_state_in_each(void **state)
{
    struct record_key person = add_person("趙九", "", ""), one = open_case(&d),
                      two = open_case(&d);
    struct record_key first = involve(one, person, "arrested"),
                      second = involve(two, person, "witness");

    (void)state;
    says("P02", ((struct involvement_record *)fetch(&d, first))->state);
    says("P06", ((struct involvement_record *)fetch(&d, second))->state);
    done(&d, does(&d, &d.desk, "involvement-state", &first,
                  TYPED("state", "P03", "reason", "bail of $5,000")));
    says("P03", ((struct involvement_record *)fetch(&d, first))->state);
    says("P06", ((struct involvement_record *)fetch(&d, second))->state);
    refused(&d,
            does(&d, &d.desk, "involvement-state", &first,
                 TYPED("state", "C01", "reason", "no")),
            ERR_INVALID, "is no state for");
    assert_int_equal(under(&involvement_type, "by_party", person), 2);
    assert_int_equal(under(&involvement_type, "by_case", one), 1);
}

static void one_role_is_recorded_once(void **state)
{
    struct record_key person = add_person("錢十", "", ""), file = open_case(&d);
    struct record_key first = involve(file, person, "suspect");

    (void)state;
    refused(&d,
            does(&d, &d.desk, "involvement-add", NULL,
                 TYPED("of_case", number_of(&d, file), "party", number_of(&d, person), "role",
                       "suspect")),
            ERR_INVALID, "has that role in this case");
    (void)involve(file, person, "driver");
    done(&d, does(&d, &d.supervisor, "involvement-void", &first, TYPED("reason", "mistaken")));
    (void)involve(file, person, "suspect");
}

static void an_informer_is_confidential_whatever_is_typed(void **state)
{
    struct record_key key = involve(open_case(&d), add_person("孫甲", "", ""), "informer");

    (void)state;
    says("confidential", ((struct involvement_record *)fetch(&d, key))->sensitivity);
    done(&d, does(&d, &d.desk, "involvement-amend", &key, TYPED("sensitivity", "open")));
    says("confidential", ((struct involvement_record *)fetch(&d, key))->sensitivity);
}

static void a_closed_case_takes_no_new_person_but_states_go_on(void **state)
{
    struct record_key person = add_person("周乙", "", ""), file = open_case(&d);
    struct record_key key = involve(file, person, "arrested");

    (void)state;
    done(&d, does(&d, &d.desk, "case-state", &file, TYPED("state", "C11", "reason", "none")));
    refused(&d,
            does(&d, &d.desk, "involvement-add", NULL,
                 TYPED("of_case", number_of(&d, file), "party", number_of(&d, person), "role",
                       "witness")),
            ERR_INVALID, "takes no further facts");
    done(&d, does(&d, &d.desk, "involvement-state", &key,
                  TYPED("state", "P05", "reason", "released")));
}

static void whoever_stands_in_a_case_is_not_voided(void **state)
{
    struct record_key person = add_person("吳丙", "", "");

    (void)state;
    (void)involve(open_case(&d), person, "witness");
    refused(&d, does(&d, &d.supervisor, "party-void", &person, TYPED("reason", "twice")),
            ERR_INVALID, "hangs on it");
}

/* ---- things ---- */

static void a_real_thing_is_recorded_once(void **state)
{
    struct record_key van = add_thing("vehicle", "AB 1234");

    (void)state;
    refused(&d,
            does(&d, &d.desk, "thing-add", NULL,
                 TYPED("thing_kind", "vehicle", "identifier", "ab1234")),
            ERR_INVALID, number_of(&d, van));
    (void)add_thing("online", "ab1234");
    done(&d,
         does(&d, &d.desk, "thing-add", NULL,
              TYPED("thing_kind", "flight", "identifier", "CX 123", "dated", "2023-06-01")));
    done(&d, does(&d, &d.desk, "thing-add", NULL,
                  TYPED("thing_kind", "flight", "identifier", "CX123", "dated", "2023-06-02")));
    refused(&d,
            does(&d, &d.desk, "thing-add", NULL,
                 TYPED("thing_kind", "flight", "identifier", "cx123", "dated", "2023-06-02")),
            ERR_INVALID, "is recorded already");
    done(&d, does(&d, &d.supervisor, "thing-void", &van, TYPED("reason", "misread")));
    (void)add_thing("vehicle", "AB1234");
}

static void the_kind_of_thing_says_which_check_digit_it_has(void **state)
{
    (void)state;
    (void)add_thing("container", "CSQU3054383");
    assert_false(warned_of("check digit"));
    (void)add_thing("container", "CSQU3054384");
    assert_true(warned_of("check digit"));
    (void)add_thing("account", "024-305438-001");
    assert_false(warned_of("check digit"));
}

static void what_a_seizure_names_is_linked_to_its_case(void **state)
{
    struct record_key file = open_case(&d), box = add_thing("container", "TEMU1234565"),
                      vessel = add_thing("vessel", "CM60001Y");
    struct record_key key =
        done(&d, does(&d, &d.desk, "seizure-record", NULL,
                      TYPED("of_case", number_of(&d, file), "occurred", "2023-06-21 08:00",
                            "officer", "D-1204", "things",
                            arena_string(d.arena, arena_printf(d.arena, "%s | hidden",
                                                               number_of(&d, box))))));

    (void)state;
    assert_int_equal(under(&link_type, "by_case", file), 1);
    done(&d, does(&d, &d.desk, "seizure-amend", &key,
                  TYPED("things",
                        arena_string(d.arena, arena_printf(d.arena, "%s | hidden; %s | carried",
                                                           number_of(&d, box),
                                                           number_of(&d, vessel))))));
    assert_int_equal(under(&link_type, "by_case", file), 2);
    assert_int_equal(under(&link_type, "by_thing", vessel), 1);
}

static void a_case_takes_over_whom_and_what_its_report_names(void **state)
{
    struct record_key person = add_person("鄭丁", "", ""), car = add_thing("vehicle", "XY1");
    struct record_key report =
        done(&d, does(&d, &d.desk, "report-add", NULL,
                      TYPED("subject", "漏報 | Undeclared", "details", "x", "parties",
                            arena_string(d.arena, arena_printf(d.arena, "%s | suspect",
                                                               number_of(&d, person))),
                            "things",
                            arena_string(d.arena, arena_printf(d.arena, "%s | carried",
                                                               number_of(&d, car))))));
    struct record_key file =
        done(&d, does(&d, &d.desk, "report-open-case", &report, TYPED("opened", "2023-06-21")));

    (void)state;
    assert_int_equal(under(&involvement_type, "by_case", file), 1);
    assert_int_equal(under(&link_type, "by_case", file), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_is_found_by_any_name_and_number),
        cmocka_unit_test(whoever_was_seen_before_is_named),
        cmocka_unit_test(the_kind_of_document_says_which_check_digit_it_has),
        cmocka_unit_test(a_company_has_no_date_of_birth_and_a_person_no_registration),
        cmocka_unit_test(a_child_has_a_guardian),
        cmocka_unit_test(an_amended_document_is_known_by_its_new_number),
        cmocka_unit_test(two_officers_amend_one_person),
        cmocka_unit_test(a_person_stands_in_many_cases_and_has_a_state_in_each),
        cmocka_unit_test(one_role_is_recorded_once),
        cmocka_unit_test(an_informer_is_confidential_whatever_is_typed),
        cmocka_unit_test(a_closed_case_takes_no_new_person_but_states_go_on),
        cmocka_unit_test(whoever_stands_in_a_case_is_not_voided),
        cmocka_unit_test(a_real_thing_is_recorded_once),
        cmocka_unit_test(the_kind_of_thing_says_which_check_digit_it_has),
        cmocka_unit_test(what_a_seizure_names_is_linked_to_its_case),
        cmocka_unit_test(a_case_takes_over_whom_and_what_its_report_names),
    };

    return cmocka_run_group_tests(tests, open_department, close_department);
}
