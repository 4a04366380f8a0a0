#include "tests/check.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "i18n/text.h"
#include "tui/screen/canvas.h"
#include "tui/screen/colour.h"

static void assert_rows(const struct canvas *canvas, const char *expected)
{
    AUTO_BUFFER struct buffer text = { 0 };

    canvas_text(&text, canvas);
    buffer_byte(&text, 0);
    assert_string_equal((const char *)text.data, expected);
}

static void text_is_cut_at_odd_columns_without_half_characters(void **state)
{
    struct canvas *canvas = canvas_new(4, 9);

    (void)state;
    assert_int_equal(canvas_put(canvas, 0, 0, 5, TEXT("海關案件"), ROLE_NORMAL), 4);
    assert_int_equal(canvas_put(canvas, 1, 6, 9, TEXT("海關"), ROLE_NORMAL),
                     4); /* over the edge */
    assert_int_equal(canvas_put(canvas, 2, -1, 9, TEXT("海關"), ROLE_NORMAL), 4);
    assert_int_equal(canvas_put(canvas, 9, 0, 9, TEXT("nowhere"), ROLE_NORMAL), 7);
    assert_int_equal(canvas_put(canvas, 3, 0, 0, TEXT("x"), ROLE_NORMAL), 0);
    assert_rows(canvas, "海關\n      海\n 關\n\n");
    canvas_put(canvas, 1, 8, 1, TEXT("|"), ROLE_NORMAL);
    assert_rows(canvas, "海關\n      海|\n 關\n\n");
    canvas_free(canvas);
}

static void overwriting_half_of_a_wide_character_blanks_the_other(void **state)
{
    struct canvas *canvas = canvas_new(3, 8);

    (void)state;
    for (int row = 0; row < 3; row++)
        canvas_put(canvas, row, 0, 8, TEXT("一二三四"), ROLE_NORMAL);
    canvas_put(canvas, 0, 2, 1, TEXT("x"), ROLE_NORMAL);
    canvas_put(canvas, 1, 3, 1, TEXT("x"), ROLE_NORMAL);
    canvas_put(canvas, 2, 1, 4, TEXT("海關"), ROLE_NORMAL);
    assert_rows(canvas, "一x 三四\n一 x三四\n 海關 四\n");
    canvas_fill(canvas, (struct rect){ 0, 5, 3, 2 }, ROLE_NORMAL);
    assert_rows(canvas, "一x\n一 x\n 海關\n");
    canvas_free(canvas);
}

static void padded_text_fills_its_columns_and_says_that_it_was_cut(void **state)
{
    struct canvas *canvas = canvas_new(8, 12);

    (void)state;
    for (int row = 0; row < 8; row++)
        canvas_put(canvas, row, 0, 12, TEXT("############"), ROLE_NORMAL);
    canvas_put_padded(canvas, 0, 1, 10, TEXT("abc"), ROLE_NORMAL);
    canvas_put_padded(canvas, 1, 1, 6, TEXT("海關案件"), ROLE_NORMAL);
    canvas_put_padded(canvas, 2, 1, 7, TEXT("海關案件"), ROLE_NORMAL);
    canvas_put_padded(canvas, 3, 1, 1, TEXT("海關"), ROLE_NORMAL);
    canvas_put_right(canvas, 4, 1, 10, TEXT("39,800"), ROLE_NORMAL);
    canvas_put_right(canvas, 5, 1, 5, TEXT("39,800"), ROLE_NORMAL);
    canvas_put_padded(canvas, 6, 1, 8, TEXT("海關案件"), ROLE_NORMAL);
    canvas_put_padded(canvas, 7, 1, 0, TEXT("x"), ROLE_NORMAL);
    assert_rows(canvas, "#abc       #\n"
                        "#海關..#####\n"
                        "#海關.. ####\n"
                        "#.##########\n"
                        "#    39,800#\n"
                        "#39,..######\n"
                        "#海關案件###\n"
                        "############\n");
    canvas_free(canvas);
}

static void nothing_dangerous_reaches_a_cell(void **state)
{
    struct canvas *canvas = canvas_new(2, 30);

    (void)state;
    canvas_put(canvas, 0, 0, 30,
               TEXT("a\x1b[31mb\nc\td\xE2\x80\xAE"
                    "e\xFF"),
               ROLE_NORMAL);
    canvas_printf(canvas, 1, 0, 30, ROLE_NORMAL, "%d%%\x07 %s", 50, "海");
    for (int row = 0; row < 2; row++)
        for (int column = 0; column < 30; column++) {
            const struct cell *cell = canvas_cell(canvas, row, column);

            assert_true(cell->len == 0 ||
                        ((uint8_t)cell->text[0] >= 0x20 && cell->text[0] != 0x7F));
            assert_true(text_is_utf8((struct text){ cell->text, cell->len }));
            assert_null(memmem(cell->text, cell->len, "\xE2\x80\xAE", 3));
        }
    canvas_free(canvas);
}

static void a_base_with_many_marks_fits_its_cell(void **state)
{
    AUTO_BUFFER struct buffer text = { 0 };
    struct canvas *canvas = canvas_new(1, 4);

    (void)state;
    buffer_string(&text, "𠮷");
    for (int i = 0; i < 40; i++)
        buffer_string(&text, "\xF0\x9D\x85\xA5\xCC\x81"); /* marks of four and two bytes */
    canvas_put(canvas, 0, 0, 4, buffer_as_text(&text), ROLE_NORMAL);
    assert_in_range(canvas_cell(canvas, 0, 0)->len, 4, CELL_TEXT);
    assert_true(text_is_utf8(
        (struct text){ canvas_cell(canvas, 0, 0)->text, canvas_cell(canvas, 0, 0)->len }));
    assert_int_equal(canvas_cell(canvas, 0, 1)->len, 0);
    canvas_free(canvas);
}

static void rules_boxes_and_bars_have_an_ascii_form(void **state)
{
    struct canvas *canvas = canvas_new(5, 16);

    (void)state;
    for (int ascii = 0; ascii < 2; ascii++) {
        canvas_clear(canvas);
        canvas->ascii = ascii;
        canvas_box(canvas, (struct rect){ 0, 0, 3, 16 }, TEXT("案件 Case"), ROLE_BORDER);
        canvas_rule(canvas, 3, 0, 4, TEXT("too long"), ROLE_BORDER);
        canvas_bar(canvas, 4, 0, 4, 5, 16, ROLE_BAR);
        canvas_bar(canvas, 4, 5, 4, 1, INT64_MAX, ROLE_BAR);
        canvas_bar(canvas, 4, 10, 4, INT64_MAX, INT64_MAX, ROLE_BAR);
        assert_rows(canvas, ascii ? "+- 案件 Case --+\n"
                                    "|              |\n"
                                    "+--------------+\n"
                                    "----\n"
                                    "#    #    ####\n"
                                  : "┌─ 案件 Case ──┐\n"
                                    "│              │\n"
                                    "└──────────────┘\n"
                                    "────\n"
                                    "█▎   ▏    ████\n");
    }
    canvas_put(canvas, 4, 0, 16, TEXT("“Café” – 5°…①"), ROLE_NORMAL);
    canvas_put(canvas, 3, 0, 16, TEXT("e\xCC\x81海"), ROLE_NORMAL);
    assert_rows(canvas, "+- 案件 Case --+\n"
                        "|              |\n"
                        "+--------------+\n"
                        "e\xCC\x81海-\n"
                        "\"Cafe\" - 5?.?#\n");
    canvas_free(canvas);
}

static void a_bar_of_nothing_is_empty(void **state)
{
    struct canvas *canvas = canvas_new(1, 6);

    (void)state;
    canvas_bar(canvas, 0, 0, 6, 0, 10, ROLE_BAR);
    canvas_bar(canvas, 0, 0, 6, 5, 0, ROLE_BAR);
    canvas_bar(canvas, 0, 0, 6, -5, 10, ROLE_BAR);
    assert_rows(canvas, "\n");
    canvas_free(canvas);
}

static void the_cursor_stays_on_the_screen(void **state)
{
    struct canvas *canvas = canvas_new(3, 6);

    (void)state;
    assert_int_equal(canvas->cursor_row, -1);
    canvas_cursor(canvas, 2, 99);
    assert_int_equal(canvas->cursor_row, 2);
    assert_int_equal(canvas->cursor_column, 5);
    canvas_cursor(canvas, 3, 0);
    assert_int_equal(canvas->cursor_row, -1);
    canvas_free(canvas);
}

static unsigned seed;

static unsigned lot(unsigned below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

static struct text random_text(struct arena *arena)
{
    static const uint32_t from[] = { 0,      0x20,    0x300,   0x1100,  0x2000,  0x3000, 0x4E00,
                                     0xFE00, 0x1F1E6, 0x1F600, 0x20000, 0xE0000, 0x31350 };
    size_t len = 0;
    char *bytes = arena_alloc(arena, 200);

    for (unsigned i = lot(30); i > 0; i--)
        len += text_encode(from[lot(sizeof from / sizeof from[0])] + lot(200), bytes + len);
    if (lot(4) == 0 && len > 0)
        bytes[lot((unsigned)len)] = (char)lot(256);
    return (struct text){ bytes, len };
}

/* Any bytes anywhere in any order: every row is exactly as wide as the canvas, and halves pair
 * up. */
static void a_row_is_always_as_wide_as_the_canvas(void **state)
{
    struct canvas *canvas = canvas_new(3, 23);
    struct arena *arena = arena_new();

    (void)state;
    seed = (unsigned)time(NULL);
    print_message("# seed %u\n", seed);
    for (int round = 0; round < 20000; round++) {
        int row = (int)lot(5) - 1, column = (int)lot(30) - 4, columns = (int)lot(26);
        struct text t = random_text(arena);
        int kind = (int)lot(6);

        if (kind == 0)
            canvas_put_padded(canvas, row, column, columns, t, ROLE_FIELD);
        else if (kind == 1)
            canvas_put_right(canvas, row, column, columns, t, ROLE_FIELD);
        else if (kind == 2)
            canvas_rule(canvas, row, column, columns, t, ROLE_BORDER);
        else if (kind == 3)
            canvas_fill(canvas, (struct rect){ row, column, 2, columns / 4 }, ROLE_DIM);
        else
            assert_in_range(canvas_put(canvas, row, column, columns, t, ROLE_NORMAL), 0,
                            columns);
        for (row = 0; row < canvas->rows; row++) {
            AUTO_BUFFER struct buffer line = { 0 };

            for (column = 0; column < canvas->columns; column++) {
                const struct cell *cell = canvas_cell(canvas, row, column);
                struct text cluster = { cell->text, cell->len };

                buffer_text(&line, cluster);
                if (cell->len > 0)
                    assert_int_equal(text_width(cluster) == 2,
                                     column + 1 < canvas->columns && cell[1].len == 0);
            }
            assert_int_equal(text_width(buffer_as_text(&line)), canvas->columns);
        }
        arena_reset(arena);
    }
    arena_free(arena);
    canvas_free(canvas);
}

static int count(struct text t, const char *word)
{
    int found = 0;

    for (size_t i = 0; i + strlen(word) <= t.len; i++)
        found += memcmp(t.data + i, word, strlen(word)) == 0;
    return found;
}

static void a_picture_places_every_character(void **state)
{
    static const char *const once[] = {
        "<title>A &amp; B</title>",
        "DejaVu Sans Mono",
        "<rect class=\"TITLE\" x=\"0\" y=\"0\" width=\"120\" height=\"19\"/>",
        "<text class=\"TITLE wide\" y=\"15\" x=\"0 20\">海關</text>",
        "<text class=\"TITLE\" y=\"15\" x=\"50 60 70\">&lt;&amp;&gt;</text>",
        "<text class=\"NORMAL\" y=\"34\" x=\"10 20 30 40 50 60\">ab c x</text>",
        "<text class=\"NORMAL wide\" y=\"34\" x=\"70\">𠮷</text>",
        "<text class=\"NORMAL\" y=\"34\" x=\"90\">e\xCC\x81</text>",
        "<text class=\"NORMAL\" y=\"34\" x=\"100\">y</text>",
        "<rect x=\"30\" y=\"19\" width=\"2\" height=\"19\"", /* the cursor */
    };
    struct canvas *canvas = canvas_new(2, 12);
    AUTO_BUFFER struct buffer svg = { 0 };
    struct text t;

    (void)state;
    canvas_put_padded(canvas, 0, 0, 12, TEXT("海關 <&>"), ROLE_TITLE);
    canvas_put(canvas, 1, 1, 4, TEXT("ab c"), ROLE_NORMAL);
    canvas_put(canvas, 1, 6, 6, TEXT("x𠮷e\xCC\x81y"), ROLE_NORMAL);
    canvas_cursor(canvas, 1, 3);
    canvas_svg(&svg, canvas, TEXT("A & B"));
    t = buffer_as_text(&svg);
    assert_true(text_starts(t, TEXT("<svg xmlns=\"http://www.w3.org/2000/svg\"")));
    for (size_t i = 0; i < sizeof once / sizeof once[0]; i++)
        if (count(t, once[i]) != 1)
            fail_here(once[i]);
    assert_int_equal(count(t, "<text"), count(t, "</text>"));
    canvas_free(canvas);
}

static void no_meaning_rests_on_colour_alone(void **state)
{
    static const enum role telling[] = { ROLE_TITLE,     ROLE_HEADER,  ROLE_SELECTED,
                                         ROLE_MARKED,    ROLE_ERROR,   ROLE_FIELD_FOCUS,
                                         ROLE_WARNING,   ROLE_DAMAGED, ROLE_MATCH,
                                         ROLE_KEY_LABEL, ROLE_FIELD,   ROLE_REQUIRED };

    (void)state;
    for (size_t i = 0; i < sizeof telling / sizeof telling[0]; i++)
        assert_true(colour_look(PALETTE_MONO, telling[i]).attributes != 0);
    for (int role = 0; role < ROLE_COUNT; role++)
        for (int palette = PALETTE_MONO; palette <= PALETTE_256; palette++) {
            static const int limit[] = { 0, 8, 16, 256 };
            struct look look = colour_look((enum palette)palette, (enum role)role);

            assert_true(look.foreground < limit[palette] && look.background < limit[palette]);
            /* Ink of a fixed lightness needs a ground of its own. */
            assert_true(look.foreground != 7 || look.background != COLOUR_DEFAULT);
        }
    assert_int_equal(palette_of(2), PALETTE_MONO);
    assert_int_equal(palette_of(8), PALETTE_8);
    assert_int_equal(palette_of(88), PALETTE_16);
    assert_int_equal(palette_of(256), PALETTE_256);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_cut_at_odd_columns_without_half_characters),
        cmocka_unit_test(overwriting_half_of_a_wide_character_blanks_the_other),
        cmocka_unit_test(padded_text_fills_its_columns_and_says_that_it_was_cut),
        cmocka_unit_test(nothing_dangerous_reaches_a_cell),
        cmocka_unit_test(a_base_with_many_marks_fits_its_cell),
        cmocka_unit_test(rules_boxes_and_bars_have_an_ascii_form),
        cmocka_unit_test(a_bar_of_nothing_is_empty),
        cmocka_unit_test(the_cursor_stays_on_the_screen),
        cmocka_unit_test(a_row_is_always_as_wide_as_the_canvas),
        cmocka_unit_test(a_picture_places_every_character),
        cmocka_unit_test(no_meaning_rests_on_colour_alone),
    };

    text_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
