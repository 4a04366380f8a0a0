/* What the papers about the program owe their readers. */
#include "core/base/err.h"
#include "i18n/text.h"
#include "tests/check.h"
#include "tui/manual/manual.h"

static void every_way_to_end_is_explained(void **state)
{
    (void)state;
    for (int err = ERR_OK; err < ERR_COUNT; err++) {
        const struct exit_code *row = exit_codes;

        while (row->code >= 0 && row->code != err_exit_code((enum err)err))
            row++;
        if (row->code < 0)
            fail_here(err_name((enum err)err));
    }
}

static bool is_blank(const struct canvas *canvas, int row)
{
    for (int column = 0; column < canvas->columns; column++)
        if (canvas_cell(canvas, row, column)->text[0] != ' ')
            return false;
    return true;
}

/* A card that runs out of rows, or begins or ends in empty ones, was laid out wrongly. */
static void the_card_of_keys_is_filled_from_top_to_bottom(void **state)
{
    static const enum language languages[] = { LANGUAGE_ZH, LANGUAGE_EN, LANGUAGE_BOTH };

    (void)state;
    assert_true(text_locale());
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        struct canvas *card = manual_keys(languages[i]);

        assert_in_range(card->rows, 30, 300);
        assert_int_equal(card->columns, 80);
        assert_false(is_blank(card, 0));
        assert_false(is_blank(card, card->rows - 1));
        canvas_free(card);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_to_end_is_explained),
        cmocka_unit_test(the_card_of_keys_is_filled_from_top_to_bottom),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
