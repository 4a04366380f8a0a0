/* The tables that the program carries. */
#include "tests/check.h"

#include <string.h>

#include "core/base/seams.h"
#include "core/exchange/assets.h"

static void every_table_is_in_the_program_as_it_is_in_the_sources(void **state)
{
    (void)state;
    AUTO_ARENA struct arena *arena = arena_new();
    size_t count = 0;

    for (const struct asset *asset = assets; asset->name != NULL; asset++, count++) {
        struct text path = arena_printf(arena, "%s/assets/tables/%s.tsv", SRCDIR, asset->name);
        struct bytes file;

        assert_int_equal(file_read(arena, path.data, 1 << 20, &file), ERR_OK);
        assert_int_equal(file.len, asset->data.len);
        assert_memory_equal(file.data, asset->data.data, file.len);
    }
    assert_true(count >= 17);
}

static void every_line_of_a_table_has_as_many_columns_as_its_head(void **state)
{
    (void)state;
    for (const struct asset *asset = assets; asset->name != NULL; asset++) {
        size_t columns = 0, tabs = 0;

        for (size_t i = 0; i < asset->data.len; i++) {
            uint8_t byte = asset->data.data[i];

            assert_true(byte != '\r');
            tabs += byte == '\t';
            if (byte != '\n')
                continue;
            if (columns == 0)
                columns = tabs + 1;
            assert_int_equal(tabs + 1, columns);
            tabs = 0;
        }
        assert_int_equal(asset->data.data[asset->data.len - 1], '\n');
    }
}

static void a_table_is_found_by_its_name_and_no_other(void **state)
{
    (void)state;
    assert_non_null(asset_find("units"));
    assert_string_equal(asset_find("units")->name, "units");
    assert_null(asset_find("units.tsv"));
    assert_null(asset_find("unit"));
    assert_null(asset_find(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_is_in_the_program_as_it_is_in_the_sources),
        cmocka_unit_test(every_line_of_a_table_has_as_many_columns_as_its_head),
        cmocka_unit_test(a_table_is_found_by_its_name_and_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
