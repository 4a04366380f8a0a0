/* Hostile text on its way to the screen: whatever shows it, the canvas stays whole and no control passes. */
#include "tests/check.h"

#include <string.h>

#include "i18n/text.h"
#include "tests/screen/hostile.h"
#include "tui/widget/editor.h"

enum { ROWS = 12, COLUMNS = 37 };

static void assert_cell_is_safe(const struct cell *cell)
{
    struct text text = { cell->text, cell->len };

    assert_true(text_is_utf8(text));
    for (size_t at = 0; at < cell->len;) {
        uint32_t point;
        bool valid;

        at += text_decode(cell->text + at, cell->len - at, &point, &valid);
        assert_true(point >= 0x20 && !(point >= 0x7F && point < 0xA0));
        assert_false(point >= 0x200B && point <= 0x200F);
        assert_false(point >= 0x202A && point <= 0x202E);
        assert_false(point >= 0x2066 && point <= 0x2069);
    }
}

/* Every column belongs to one character, and none is cut in half. */
static void assert_whole(const struct canvas *canvas)
{
    for (int row = 0; row < canvas->rows; row++)
        for (int column = 0; column < canvas->columns; column++) {
            const struct cell *cell = canvas_cell(canvas, row, column);
            int width = text_cluster_width((struct text){ cell->text, cell->len });

            assert_true(cell->len > 0);
            assert_cell_is_safe(cell);
            assert_true(width == 1 || width == 2);
            if (width == 2) {
                assert_true(++column < canvas->columns);
                assert_int_equal(canvas_cell(canvas, row, column)->len, 0);
            }
        }
}

static void show(struct canvas *canvas, struct text text, int offset)
{
    AUTO_BUFFER struct buffer string = { 0 };

    buffer_text(&string, text);
    buffer_byte(&string, 0);
    canvas_clear(canvas);
    canvas_put(canvas, 0, offset, COLUMNS, text, ROLE_NORMAL);
    canvas_put_padded(canvas, 1, offset, COLUMNS - offset - 1, text, ROLE_VALUE);
    canvas_put_right(canvas, 2, offset, COLUMNS - offset, text, ROLE_ERROR);
    canvas_printf(canvas, 3, offset, COLUMNS, ROLE_NORMAL, "%s|%s", (const char *)string.data,
                  (const char *)string.data);
    canvas_rule(canvas, 4, offset, COLUMNS, text, ROLE_BORDER);
    canvas_box(canvas, (struct rect){ 5, offset, 4, COLUMNS - offset }, text, ROLE_BORDER);
    canvas_put_padded(canvas, 9, offset, 7, text, ROLE_NORMAL);
    canvas_put_padded(canvas, 9, offset + 4, 3, text, ROLE_NORMAL);
    assert_whole(canvas);
}

static void no_text_harms_the_canvas(void **state)
{
    struct canvas *canvas = canvas_new(ROWS, COLUMNS);

    (void)state;
    for (int ascii = 0; ascii < 2; ascii++)
        for (size_t i = 0; i < hostile_count; i++)
            for (int offset = -2; offset < 4; offset++) {
                canvas->ascii = ascii == 1;
                show(canvas, hostile[i], offset);
            }
    canvas_free(canvas);
}

static void ten_megabytes_in_one_string_are_only_text(void **state)
{
    AUTO_BUFFER struct buffer flood = { 0 };
    struct canvas *canvas = canvas_new(ROWS, COLUMNS);

    (void)state;
    hostile_flood(&flood, 10 << 20);
    canvas_put_padded(canvas, 0, 0, COLUMNS, buffer_as_text(&flood), ROLE_NORMAL);
    canvas_put_right(canvas, 1, 3, COLUMNS, buffer_as_text(&flood), ROLE_NORMAL);
    assert_whole(canvas);
    canvas_free(canvas);
}

/* As it is typed, and as it is pasted; in one line and in several. */
static void take_into(struct editor *editor, struct canvas *canvas, struct text text)
{
    for (size_t at = 0; at < text.len;) {
        struct key key = { .code = TKEY_CHARACTER };
        bool valid;

        at += text_decode(text.data + at, text.len - at, &key.point, &valid);
        editor_key(editor, &key);
    }
    editor_key(editor, &(struct key){ .code = TKEY_PASTE, .paste = text });
    assert_true(
        text_acceptable(editor_text(editor), editor->lines ? TEXT_KEEP_LINES : TEXT_ONE_LINE));
    for (int columns = 1; columns < 24; columns += 3) {
        canvas_clear(canvas);
        editor_draw(editor, canvas, (struct rect){ 1, 1, editor->lines ? 5 : 1, columns },
                    ROLE_FIELD_FOCUS, true);
        assert_whole(canvas);
        assert_true(canvas->cursor_column >= 1 && canvas->cursor_column <= columns);
    }
}

static void a_field_keeps_no_control_whatever_is_typed_or_pasted(void **state)
{
    struct canvas *canvas = canvas_new(ROWS, COLUMNS);

    (void)state;
    for (int lines = 0; lines < 2; lines++)
        for (size_t i = 0; i < hostile_count; i++) {
            struct editor editor;

            editor_init(&editor);
            editor.lines = lines == 1;
            editor.limit = 200;
            take_into(&editor, canvas, hostile[i]);
            for (int steps = 0; steps < 30; steps++)
                editor_key(&editor,
                           &(struct key){ .code = steps % 2 ? TKEY_LEFT : TKEY_BACKSPACE });
            assert_true(text_is_utf8(editor_text(&editor)));
            editor_free(&editor);
        }
    canvas_free(canvas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_text_harms_the_canvas),
        cmocka_unit_test(ten_megabytes_in_one_string_are_only_text),
        cmocka_unit_test(a_field_keeps_no_control_whatever_is_typed_or_pasted),
    };

    text_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
