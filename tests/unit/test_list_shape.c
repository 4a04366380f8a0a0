/* Columns and orders of lists as they stand in the desk and in shared views: what was written comes back, and nothing that
 * somebody else wrote there does harm. */
#include "tui/view/list_shape.h"

#include <stdio.h>
#include <string.h>

#include "core/model/case.h"
#include "tests/check.h"

static void columns_that_are_written_come_back(void **state)
{
    struct grid_column columns[GRID_COLUMNS], again[GRID_COLUMNS];
    AUTO_BUFFER struct buffer written = { 0 };
    int count = shape_columns(columns, &case_type, TEXT("number:15 title:30 closed value"));

    (void)state;
    assert_int_equal(count, 4);
    assert_ptr_equal(columns[2].field, field_find(&case_type, tag_case_closed));
    assert_int_equal(columns[3].width, grid_column_width(columns[3].field));
    shape_write(&written, columns, count);
    assert_int_equal(shape_columns(again, &case_type, buffer_as_text(&written)), count);
    for (int i = 0; i < count; i++) {
        assert_ptr_equal(again[i].field, columns[i].field);
        assert_int_equal(again[i].width, columns[i].width);
    }
}

static void what_is_no_column_is_passed_over(void **state)
{
    struct grid_column columns[GRID_COLUMNS];
    char many[4096] = "";

    (void)state;
    /* Unknown, for the few, twice, not a width. */
    assert_int_equal(shape_columns(columns, &case_type,
                                   TEXT(" colour:3 access:9 title title:5 value:x ::")),
                     2);
    assert_int_equal(columns[1].width, grid_column_width(columns[1].field));
    assert_int_equal(shape_columns(columns, &case_type,
                                   TEXT("title:0 value:-3 number:99999999999999999999")),
                     3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(columns[i].width, grid_column_width(columns[i].field));
    for (size_t i = 0; i < case_type.count; i++)
        snprintf(many + strlen(many), sizeof many - strlen(many), "%s ",
                 case_type.fields[i].name);
    assert_int_equal(shape_columns(columns, &case_type, text_of(many)), GRID_COLUMNS);
}

static void an_order_names_a_field_and_a_direction(void **state)
{
    bool backward = true;

    (void)state;
    assert_ptr_equal(shape_order(&case_type, TEXT("value"), &backward),
                     field_find(&case_type, tag_case_value));
    assert_false(backward);
    assert_ptr_equal(shape_order(&case_type, TEXT("-opened"), &backward),
                     field_find(&case_type, tag_case_opened));
    assert_true(backward);
    assert_null(shape_order(&case_type, TEXT("-access"), &backward));
    assert_null(shape_order(&case_type, TEXT("-"), &backward));
    assert_null(shape_order(&case_type, TEXT(""), &backward));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_that_are_written_come_back),
        cmocka_unit_test(what_is_no_column_is_passed_over),
        cmocka_unit_test(an_order_names_a_field_and_a_direction),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
