#include "core/model/codes.h"

#include "core/model/case.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"
#include "core/model/seizure.h"
#include "tests/one_department.h"

static const struct lookup *lookup(void)
{
    return codes_lookup(d.codes);
}

static struct text code_typed(const char *table, const char *typed)
{
    struct text code = { 0 };

    return lookup()->code_typed(lookup()->context, table, text_of(typed), &code)
               ? code
               : (struct text){ 0 };
}

static struct reference reference_typed(const struct record_type *type, const char *field,
                                        const char *typed)
{
    struct reference out = { 0 };

    (void)lookup()->reference_typed(lookup()->context, field_named(type, text_of(field)),
                                    text_of(typed), &out);
    return out;
}

/* What is said of a name that is typed and cannot be taken. */
static void said_of(const struct record_type *type, const char *name, const char *typed,
                    const char *said)
{
    struct record *record = record_new(d.arena, type);
    struct message why = { 0 };

    assert_false(value_parse(record, field_named(type, text_of(name)), text_of(typed), lookup(),
                             d.arena, &why));
    assert_non_null(strstr(sentence(d.arena, &why, LANGUAGE_EN).data, said));
}

static struct text title(struct record_key key, enum language language)
{
    AUTO_BUFFER struct buffer out = { 0 };

    assert_true(lookup()->reference(lookup()->context,
                                    (struct reference){ key.id, key.family, key.n }, language,
                                    &out));
    return arena_text(d.arena, buffer_as_text(&out));
}

static void a_code_has_its_names_in_both_languages(void **state)
{
    struct bitext names;

    (void)state;
    assert_true(lookup()->code(lookup()->context, "unit", TEXT("kg"), &names));
    says("公斤", names.zh);
    says("kilogram", names.en);
    says("mass", lookup()->dimension(lookup()->context, TEXT("kg")));
    assert_false(lookup()->code(lookup()->context, "unit", TEXT("KG"),
                                NULL)); /* as written, where it is stored */
    assert_false(lookup()->code(lookup()->context, "unit", TEXT("furlong"), NULL));
    assert_false(lookup()->code(lookup()->context, "case", TEXT("kg"), NULL));
    assert_false(text_present(lookup()->dimension(lookup()->context, TEXT("furlong"))));
}

static void a_code_is_typed_in_any_case_or_by_its_whole_name(void **state)
{
    (void)state;
    says("DRG.HER", code_typed("commodity", "drg.her"));
    says("DRG.HER", code_typed("commodity", "Heroin"));
    says("DRG.HER", code_typed("commodity", "海洛英"));
    says("kg", code_typed("unit", "Kilogram"));
    assert_false(text_present(code_typed("commodity", "hero")));
    assert_false(text_present(code_typed("commodity", "")));
}

static void a_pick_list_has_leading_codes_before_names(void **state)
{
    struct code_entry *entries;
    size_t count;

    (void)state;
    count = codes_match(d.codes, "commodity", NULL, TEXT("drg"), 100, d.arena, &entries);
    assert_true(count > 5);
    says("DRG", entries[0].code); /* exactly */
    says("DRG.CAN", entries[1].code);
    for (size_t i = 2; i < count && text_starts(entries[i].code, TEXT("DRG")); i++)
        assert_true(text_compare(entries[i - 1].code, entries[i].code) < 0);
    says("DRG", entries[1].parent);
    assert_int_equal(codes_match(d.codes, "commodity", NULL, TEXT("海洛"), 100, d.arena,
                                 &entries),
                     1);
    says("DRG.HER", entries[0].code);
    assert_int_not_equal(entries[0].id, 0);
    assert_int_equal(codes_match(d.codes, "commodity", NULL, TEXT(""), 7, d.arena, &entries),
                     7);
    assert_int_equal(codes_match(d.codes, "nothing", NULL, TEXT(""), 7, d.arena, &entries), 0);
}

static void states_are_picked_by_what_they_are_states_of(void **state)
{
    struct code_entry *entries;
    size_t count = codes_match(d.codes, "status", "case", TEXT(""), 100, d.arena, &entries);

    (void)state;
    assert_int_equal(count, 17);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(entries[i].code.data[0], 'C');
}

static void a_kind_of_goods_has_the_rules_of_its_class(void **state)
{
    struct commodity_rules rules;

    (void)state;
    assert_true(codes_commodity(d.codes, TEXT("DRG.HER"), &rules));
    assert_true(rules.two_officers && rules.weighed && !rules.kept_in_place);
    says("drug", rules.hazard);
    says("kg", rules.unit);
    assert_true(codes_commodity(d.codes, TEXT("CNV.LGV"), &rules));
    assert_true(rules.kept_in_place);
    assert_false(codes_commodity(d.codes, TEXT("NOT.THERE"), &rules));
}

static void a_new_code_is_found_after_a_refresh_and_old_texts_stay_good(void **state)
{
    struct bitext kilogram, names;
    struct record_key unit;
    struct code_entry *entries;

    (void)state;
    assert_true(lookup()->code(lookup()->context, "unit", TEXT("kg"), &kilogram));
    unit = done(&d, does(&d, &d.administrator, "unit-add", NULL,
                         TYPED("code", "catty2", "name", "新斤 | New catty", "dimension",
                               "mass", "base_unit", "kg", "factor", "0.6")));
    assert_false(lookup()->code(lookup()->context, "unit", TEXT("catty2"), NULL));
    assert_int_equal(codes_refresh(d.codes), ERR_OK);
    assert_true(lookup()->code(lookup()->context, "unit", TEXT("catty2"), &names));
    says("新斤", names.zh);
    says("公斤", kilogram.zh);
    assert_true(lookup()->code(lookup()->context, "unit", TEXT("kg"), &names));
    assert_ptr_equal(names.zh.data, kilogram.zh.data);
    done(&d,
         does(&d, &d.administrator, "unit-void", &unit, TYPED("reason", "made by mistake")));
    assert_int_equal(codes_refresh(d.codes), ERR_OK);
    /* Not offered any more; what holds it still reads it. */
    assert_int_equal(codes_match(d.codes, "unit", NULL, TEXT("catty2"), 10, d.arena, &entries),
                     0);
    assert_true(lookup()->code(lookup()->context, "unit", TEXT("catty2"), NULL));
}

static void a_record_is_called_by_number_and_title(void **state)
{
    struct record_key officer = { .id = d.desk.officer }, file = open_case(&d);
    struct text zh = title(file, LANGUAGE_ZH);

    (void)state;
    says("D-1204 陳大文", title(officer, LANGUAGE_ZH));
    says("D-1204 Chan Tai Man", title(officer, LANGUAGE_EN));
    assert_true(text_starts(zh, TEXT("KCT/23/")) && contains(zh, "葵涌走私案"));
    assert_true(contains(title(seize(&d, "DRG.HER", "2 kg"), LANGUAGE_EN), "Heroin"));
    assert_false(lookup()->reference(lookup()->context,
                                     (struct reference){ .id = id_make(7, 0, 9999) },
                                     LANGUAGE_EN, &(struct buffer){ 0 }));
}

static void a_record_is_meant_by_id_number_or_name(void **state)
{
    struct record_key file = open_case(&d);
    const char *number = number_of(&d, file);
    AUTO_BUFFER struct buffer id = { 0 };

    (void)state;
    key_print(&id, &file);
    assert_int_equal(reference_typed(&seizure_type, "of_case", number).id, file.id);
    assert_int_equal(reference_typed(&seizure_type, "of_case",
                                     arena_printf(d.arena, "kct%s", number + 3).data)
                         .id,
                     file.id);
    assert_int_equal(reference_typed(&seizure_type, "of_case",
                                     arena_string(d.arena, buffer_as_text(&id)))
                         .id,
                     file.id);
    assert_int_equal(reference_typed(&seizure_type, "of_case", "C-99999").id, 0);
    assert_int_equal(reference_typed(&seizure_type, "of_case", "D-1204").id,
                     0); /* an officer is no case */
    assert_int_equal(reference_typed(&case_type, "officer", "d-1204").id, d.desk.officer);
    assert_int_equal(reference_typed(&case_type, "officer", "陳大文").id, d.desk.officer);
    assert_int_equal(reference_typed(&case_type, "officer", "chan tai man").id, d.desk.officer);
    assert_int_equal(reference_typed(&case_type, "officer", "Chan").id, 0);
    assert_int_not_equal(reference_typed(&exhibit_type, "located", "KC-R1").id, 0);
    assert_int_equal(id_kind(reference_typed(&handover_type, "destination", "kct").id),
                     place_type.number);
}

static void two_officers_of_one_name_are_told_apart_by_number(void **state)
{
    (void)state;
    hire(&d, "D-1501", "同名 | Same Name", "desk");
    hire(&d, "D-1502", "同名 | Same Name", "desk");
    assert_int_equal(reference_typed(&case_type, "officer", "同名").id, 0);
    assert_int_not_equal(reference_typed(&case_type, "officer", "D-1502").id, 0);
    said_of(&case_type, "officer", "同名", "D-1501, D-1502");
}

/* A record is written by the number that people quote. */
static void an_officer_is_quoted_by_the_staff_number(void **state)
{
    AUTO_BUFFER struct buffer number = { 0 };
    struct reference officer = reference_typed(&case_type, "officer", "D-1502");

    (void)state;
    assert_true(lookup()->number(lookup()->context, officer, &number));
    assert_true(text_is(buffer_as_text(&number), "D-1502"));
    officer.id++;
    assert_false(lookup()->number(lookup()->context, officer, &number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_has_its_names_in_both_languages),
        cmocka_unit_test(a_code_is_typed_in_any_case_or_by_its_whole_name),
        cmocka_unit_test(a_pick_list_has_leading_codes_before_names),
        cmocka_unit_test(states_are_picked_by_what_they_are_states_of),
        cmocka_unit_test(a_kind_of_goods_has_the_rules_of_its_class),
        cmocka_unit_test(a_new_code_is_found_after_a_refresh_and_old_texts_stay_good),
        cmocka_unit_test(a_record_is_called_by_number_and_title),
        cmocka_unit_test(a_record_is_meant_by_id_number_or_name),
        cmocka_unit_test(two_officers_of_one_name_are_told_apart_by_number),
        cmocka_unit_test(an_officer_is_quoted_by_the_staff_number),
    };

    return cmocka_run_group_tests(tests, open_department, close_department);
}
