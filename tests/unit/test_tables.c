/* Every row of every table: what a type, a list or an act promises to forms, lists, files and the journal. */
#include "core/model/act.h"
#include "core/model/elements.h"
#include "core/model/questions.h"
#include "core/model/types.h"
#include "i18n/fold.h"
#include "tests/check.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 256 };

/* A table of fields with the name that faults are reported under. */
struct fields {
    const char *name;
    const struct field *fields;
    size_t count;
    const struct record_type *type; /* NULL: rows of a list, or questions */
};

static struct fields all[MOST];
static size_t all_count;

static void add(const char *name, const struct field *fields, size_t count,
                const struct record_type *type)
{
    for (size_t i = 0; i < all_count; i++)
        if (all[i].fields == fields)
            return;
    assert_true(all_count < MOST);
    all[all_count++] = (struct fields){ name, fields, count, type };
    for (size_t i = 0; i < count; i++)
        if (fields[i].kind == KIND_LIST)
            add(fields[i].element->name, fields[i].element->fields, fields[i].element->count,
                NULL);
}

static int gather(void **state)
{
    (void)state;
    for (const struct record_type *const *type = record_types; *type; type++)
        add((*type)->name, (*type)->fields, (*type)->count, *type);
    for (const struct act *const *act = acts; *act; act++)
        if ((*act)->asks)
            add((*act)->name, (*act)->asks->fields, (*act)->asks->count, NULL);
    return 0;
}

static size_t faults;

static void fault(const char *table, const char *row, const char *what)
{
    print_error("%s.%s: %s\n", table, row, what);
    faults++;
}

static bool in_both(const struct label *label)
{
    return label->en && label->en[0] && label->zh && label->zh[0];
}

static bool snake_case(const char *name)
{
    for (const char *p = name; *p; p++)
        if (!islower((unsigned char)*p) && !isdigit((unsigned char)*p) && *p != '_')
            return false;
    return islower((unsigned char)name[0]);
}

/* ---- fields ---- */

static void check_names(const struct fields *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct field *field = &table->fields[i];

        if (!snake_case(field->name))
            fault(table->name, field->name, "the name is not snake_case");
        for (size_t k = 0; k < i; k++) {
            if (strcmp(table->fields[k].name, field->name) == 0)
                fault(table->name, field->name, "the name stands twice");
            if (table->fields[k].tag == field->tag)
                fault(table->name, field->name, "the tag stands twice");
        }
    }
}

static void check_tags(const struct fields *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct field *field = &table->fields[i];

        if (field->tag < TAG_OWN &&
            (!table->type || field->tag < TAG_NUMBER || field->tag > TAG_VOIDED))
            fault(table->name, field->name, "the tag is one of those that are common to all");
        if (field->tag > 127)
            fault(table->name, field->name, "the tag is above 127");
        if ((field->flags & LISTED) && field->tag > TAG_LIST_LAST)
            fault(table->name, field->name,
                  "lists show it, but decoding for lists stops before it");
    }
}

static void check_words(const struct fields *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct field *field = &table->fields[i];

        if (!in_both(&field->label))
            fault(table->name, field->name, "the label is not in both languages");
        if ((field->help.en || field->help.zh) && !in_both(&field->help))
            fault(table->name, field->name, "the help is not in both languages");
        if ((field->brief.en || field->brief.zh) && !in_both(&field->brief))
            fault(table->name, field->name, "the brief label is not in both languages");
        if ((field->flags & LISTED) && field->width == 0 && table->type)
            fault(table->name, field->name, "lists show it, but it has no width");
    }
}

static void each_field_has_a_name_a_tag_and_words_of_its_own(void **state)
{
    (void)state;
    faults = 0;
    for (size_t i = 0; i < all_count; i++) {
        check_names(&all[i]);
        check_tags(&all[i]);
        check_words(&all[i]);
    }
    assert_int_equal(faults, 0);
}

static void check_targets(const struct fields *table, const struct field *field)
{
    struct text rest = text_of(field->targets);

    while (text_present(rest)) {
        struct text one = text_split(rest, ' ', &rest);

        if (!type_named(one))
            fault(table->name, field->name, "it refers to a type that does not exist");
    }
}

static bool has_choice(const struct field *field, const char *code)
{
    for (const struct choice *choice = field->choices; choice && choice->code; choice++)
        if (strcmp(choice->code, code) == 0)
            return true;
    return false;
}

/* A scheme that follows from a choice beside the number names that choice. */
static void check_schemes(const struct fields *table, const struct field *field)
{
    const struct field *by = NULL;

    for (size_t i = 0; field->schemes && i < table->count; i++)
        if (strcmp(table->fields[i].name, field->scheme_by) == 0)
            by = &table->fields[i];
    if (field->schemes && (!by || by->kind != KIND_CHOICE))
        fault(table->name, field->name, "no choice says its scheme");
    for (const struct number_scheme *row = field->schemes; by && row->choice; row++)
        if (!has_choice(by, row->choice) || row->scheme == CHECK_NONE)
            fault(table->name, row->choice, "a scheme is not one of a choice");
}

static void check_kind(const struct fields *table, const struct field *field)
{
    const struct record_type *codes = field->codes ? type_named(text_of(field->codes)) : NULL;

    if ((field->kind == KIND_CHOICE) != (field->choices != NULL))
        fault(table->name, field->name, "choices belong to a CHOICE");
    if ((field->kind == KIND_CODE) != (field->codes != NULL))
        fault(table->name, field->name, "a code table belongs to a CODE");
    if (field->kind == KIND_CODE && (!codes || !codes->code_table))
        fault(table->name, field->name, "the code table does not exist");
    if (field->kind == KIND_CODE &&
        (strcmp(field->codes, "status") == 0) != (field->entity != NULL))
        fault(table->name, field->name, "a state says of what");
    if ((field->kind == KIND_REFERENCE) != (field->targets != NULL))
        fault(table->name, field->name, "targets belong to a REFERENCE");
    if ((field->kind == KIND_NUMBER) != (field->scheme != CHECK_NONE || field->schemes != NULL))
        fault(table->name, field->name, "a check scheme belongs to a NUMBER");
    check_schemes(table, field);
    if ((field->kind == KIND_LIST) != (field->element != NULL))
        fault(table->name, field->name, "an element belongs to a LIST");
    if ((field->flags & KEPT) && field->kind != KIND_HASH)
        fault(table->name, field->name, "a file is kept by its HASH");
    if ((field->flags & REQUIRED) && (field->flags & BY_ACT))
        fault(table->name, field->name, "nobody can fill in what only acts set");
    check_targets(table, field);
}

static void what_a_field_needs_for_its_kind_is_there(void **state)
{
    (void)state;
    faults = 0;
    for (size_t i = 0; i < all_count; i++)
        for (size_t k = 0; k < all[i].count; k++)
            check_kind(&all[i], &all[i].fields[k]);
    assert_int_equal(faults, 0);
}

static void every_preset_can_be_typed(void **state)
{
    struct arena *arena = arena_new();
    struct lookup lookup = { .now_ms = 1687308000000,
                             .officer = id_make(officer_type.number, 0, 1) };

    (void)state;
    faults = 0;
    for (size_t i = 0; i < all_count; i++)
        for (size_t k = 0; k < all[i].count; k++) {
            const struct field *field = &all[i].fields[k];
            void *value = arena_alloc(arena, field_kind(field)->size);
            struct message why;

            if (field->preset &&
                (!field_kind(field)->parse(value, field, text_of(field->preset), &lookup, arena,
                                           &why) ||
                 !field_kind(field)->present(value)))
                fault(all[i].name, field->name, "the preset is not acceptable");
        }
    arena_free(arena);
    assert_int_equal(faults, 0);
}

static void choices_have_codes_and_words_in_both_languages(void **state)
{
    (void)state;
    faults = 0;
    for (size_t i = 0; i < all_count; i++)
        for (size_t k = 0; k < all[i].count; k++)
            for (const struct choice *choice = all[i].fields[k].choices; choice && choice->code;
                 choice++) {
                if (!in_both(&choice->label))
                    fault(all[i].fields[k].name, choice->code,
                          "the label is not in both languages");
                for (const struct choice *other = all[i].fields[k].choices; other != choice;
                     other++)
                    if (strcmp(other->code, choice->code) == 0)
                        fault(all[i].fields[k].name, choice->code, "the code stands twice");
            }
    assert_int_equal(faults, 0);
}

/* ---- types ---- */

static void check_rows(const struct record_type *type)
{
    for (size_t i = 0; i < type->index_count; i++) {
        const struct index_row *row = &type->indexes[i];

        if (!in_both(&row->label))
            fault(type->name, row->name, "the label is not in both languages");
        for (size_t k = 0; k < 4 && row->fields[k] != 0; k++)
            if (!field_find(type, row->fields[k]))
                fault(type->name, row->name, "the index has a field that does not exist");
        for (size_t k = 0; k < i; k++)
            if (type->indexes[k].tag == row->tag ||
                strcmp(type->indexes[k].name, row->name) == 0)
                fault(type->name, row->name, "the index stands twice");
    }
    for (size_t i = 0; i < type->count_count; i++)
        for (size_t k = 0; k < i; k++)
            if (type->counts[k].tag == type->counts[i].tag ||
                strcmp(type->counts[k].name, type->counts[i].name) == 0)
                fault(type->name, type->counts[i].name, "the counter stands twice");
}

static void check_title(const struct record_type *type)
{
    for (size_t i = 0; i < 3 && type->title[i] != 0; i++)
        if (!field_find(type, type->title[i]) || type->title[i] > TAG_LIST_LAST)
            fault(type->name, "title",
                  "a field of the title is not there, or is not decoded for lists");
    if (type->code_table &&
        (type->indexes[0].tag != 1 || !type->indexes[0].unique ||
         type->indexes[0].fields[0] != TAG_NUMBER ||
         field_find(type, TAG_NUMBER)->kind != KIND_TEXT || !field_named(type, TEXT("name")) ||
         field_named(type, TEXT("name"))->kind != KIND_BITEXT || !field_find(type, TAG_VOIDED)))
        fault(type->name, "code_table",
              "a code table has a unique code, names, and can be voided");
}

static void each_type_is_one_of_its_kind(void **state)
{
    (void)state;
    faults = 0;
    for (const struct record_type *const *type = record_types; *type; type++) {
        if (!in_both(&(*type)->label) || !in_both(&(*type)->plural) || !in_both(&(*type)->help))
            fault((*type)->name, "label", "label, plural and help are in both languages");
        if ((*type)->number < 1 || (*type)->number > 127 ||
            ((*type)->family == 0) == ((*type)->letters[0] == 0))
            fault((*type)->name, "number", "number or letters are not right");
        for (const struct record_type *const *other = record_types; other != type; other++)
            if ((*other)->number == (*type)->number ||
                strcmp((*other)->name, (*type)->name) == 0 ||
                ((*type)->letters[0] && strcmp((*other)->letters, (*type)->letters) == 0))
                fault((*type)->name, (*other)->name,
                      "two types have one number, name or letters");
        for (size_t i = 0; i < (*type)->section_count; i++)
            if (!in_both(&(*type)->sections[i].label))
                fault((*type)->name, (*type)->sections[i].name,
                      "the section is not in both languages");
        check_rows(*type);
        check_title(*type);
    }
    assert_int_equal(faults, 0);
}

/* ---- acts ---- */

static void each_act_says_what_it_does(void **state)
{
    (void)state;
    faults = 0;
    for (const struct act *const *act = acts; *act; act++) {
        bool on_records = (*act)->form != ACT_FREE;

        if (!in_both(&(*act)->label) || !in_both(&(*act)->help))
            fault((*act)->name, "label", "label and help are in both languages");
        if (!(*act)->build || (*act)->right == 0 || (on_records && !(*act)->type))
            fault((*act)->name, "row", "it lacks a builder, a right or a type");
        if (((*act)->form == ACT_MAKES || (*act)->form == ACT_AMENDS) && (*act)->asks)
            fault((*act)->name, "asks", "its input is a record");
        if ((*act)->second_always && !(*act)->second_role)
            fault((*act)->name, "second_role", "the second person has no role");
        if ((*act)->form == ACT_ON && (*act)->asks == &act_reason_type &&
            !field_find((*act)->type, TAG_VOIDED))
            fault((*act)->name, "type", "records of this type cannot be voided");
        for (const struct act *const *other = acts; other != act; other++)
            if (strcmp((*other)->name, (*act)->name) == 0)
                fault((*act)->name, "name", "the name stands twice");
        assert_ptr_equal(act_named(text_of((*act)->name)), *act);
    }
    assert_int_equal(faults, 0);
}

/* ---- the words of the house ---- */

struct term {
    struct text en, zh;
};
static struct term terms[MOST * 4];
static size_t term_count;

static void read_terms(struct arena *arena)
{
    FILE *file = fopen(SRCDIR "/assets/tables/terms.tsv", "r");
    char line[1024];

    assert_non_null(file);
    term_count = 0;
    while (fgets(line, sizeof line, file)) {
        struct text rest = text_of(line), cells[3];

        for (size_t i = 0; i < 3; i++)
            cells[i] = text_split(rest, '\t', &rest);
        assert_true(term_count < sizeof terms / sizeof *terms);
        terms[term_count++] =
            (struct term){ arena_text(arena, cells[1]), arena_text(arena, cells[2]) };
    }
    fclose(file);
}

static bool same_folded(struct text a, struct text b)
{
    AUTO_BUFFER struct buffer x = { 0 };
    AUTO_BUFFER struct buffer y = { 0 };

    fold(&x, a);
    fold(&y, b);
    return text_equal(buffer_as_text(&x), buffer_as_text(&y));
}

/* One English term may have several rows; one of them must fit. */
static void check_term(const char *table, const char *row, const struct label *label)
{
    bool known = false, fits = false;

    for (size_t i = 0; label->en && i < term_count; i++) {
        if (!same_folded(terms[i].en, text_of(label->en)))
            continue;
        known = true;
        fits |= text_is(terms[i].zh, label->zh);
    }
    if (known && !fits) {
        print_error("%s | %s\n", label->en, label->zh);
        fault(table, row, "terms.tsv says it with other Chinese words");
    }
}

static void labels_that_are_terms_use_the_terms_chinese(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    faults = 0;
    read_terms(arena);
    for (size_t i = 0; i < all_count; i++)
        for (size_t k = 0; k < all[i].count; k++) {
            check_term(all[i].name, all[i].fields[k].name, &all[i].fields[k].label);
            for (const struct choice *choice = all[i].fields[k].choices; choice && choice->code;
                 choice++)
                check_term(all[i].fields[k].name, choice->code, &choice->label);
        }
    for (const struct record_type *const *type = record_types; *type; type++)
        check_term((*type)->name, "label", &(*type)->label);
    for (const struct act *const *act = acts; *act; act++)
        check_term((*act)->name, "label", &(*act)->label);
    arena_free(arena);
    assert_int_equal(faults, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_field_has_a_name_a_tag_and_words_of_its_own),
        cmocka_unit_test(what_a_field_needs_for_its_kind_is_there),
        cmocka_unit_test(every_preset_can_be_typed),
        cmocka_unit_test(choices_have_codes_and_words_in_both_languages),
        cmocka_unit_test(each_type_is_one_of_its_kind),
        cmocka_unit_test(each_act_says_what_it_does),
        cmocka_unit_test(labels_that_are_terms_use_the_terms_chinese),
    };

    return cmocka_run_group_tests(tests, gather, NULL);
}
