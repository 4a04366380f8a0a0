#include "tests/check.h"

#include <string.h>

#include "i18n/text.h"
#include "tui/widget/editor.h"

static enum editor_result press(struct editor *editor, enum key_code code)
{
    return editor_key(editor, &(struct key){ .code = code });
}

static enum editor_result type_point(struct editor *editor, uint32_t point)
{
    return editor_key(editor, &(struct key){ .code = TKEY_CHARACTER, .point = point });
}

static void type(struct editor *editor, const char *string)
{
    struct text t = text_of(string);

    for (size_t at = 0; at < t.len;) {
        uint32_t point;
        bool valid;

        at += text_decode(t.data + at, t.len - at, &point, &valid);
        type_point(editor, point);
    }
}

static enum editor_result paste(struct editor *editor, const char *string)
{
    return editor_key(editor, &(struct key){ .code = TKEY_PASTE, .paste = text_of(string) });
}

static void assert_text(const struct editor *editor, const char *expected)
{
    AUTO_ARENA struct arena *arena = arena_new();

    assert_string_equal(arena_string(arena, editor_text(editor)), expected);
}

/* Draws into rows x columns, and compares what is seen and where the cursor stands. */
static void assert_drawn(struct editor *editor, int rows, int columns, const char *expected,
                         int row, int column)
{
    AUTO_BUFFER struct buffer text = { 0 };
    struct canvas *canvas = canvas_new(rows, columns);

    editor_draw(editor, canvas, (struct rect){ 0, 0, rows, columns }, ROLE_FIELD_FOCUS, true);
    canvas_text(&text, canvas);
    buffer_byte(&text, 0);
    assert_string_equal((const char *)text.data, expected);
    assert_int_equal(canvas->cursor_row, row);
    assert_int_equal(canvas->cursor_column, column);
    canvas_free(canvas);
}

static int begin(void **state)
{
    struct editor *editor = memory_new(sizeof *editor);

    editor_init(editor);
    editor->limit = 0;
    *state = editor;
    return 0;
}

static int end(void **state)
{
    editor_free(*state);
    free(*state);
    return 0;
}

static void the_cursor_goes_over_whole_characters_with_their_marks(void **state)
{
    struct editor *editor = *state;

    type(editor, "海e\xcc\x81關");
    assert_int_equal(press(editor, TKEY_LEFT), EDITOR_MOVED);
    assert_int_equal(press(editor, TKEY_LEFT), EDITOR_MOVED);
    assert_int_equal(editor->cursor, strlen("海"));
    assert_int_equal(press(editor, TKEY_DELETE), EDITOR_CHANGED);
    assert_text(editor, "海關");
    press(editor, TKEY_HOME);
    assert_int_equal(press(editor, TKEY_LEFT), EDITOR_IGNORED);
    assert_int_equal(press(editor, TKEY_BACKSPACE), EDITOR_IGNORED);
}

static void a_mark_that_joins_its_new_neighbour_takes_the_cursor_along(void **state)
{
    struct editor *editor = *state;

    type(editor, "aX\xcc\x81");
    press(editor, TKEY_HOME);
    press(editor, TKEY_RIGHT);
    type(editor, "Y");
    press(editor, TKEY_RIGHT);
    press(editor, TKEY_BACKSPACE);
    assert_text(editor, "aY");
    assert_int_equal(editor->cursor, 2);
}

static void long_text_scrolls_and_never_leaves_its_place(void **state)
{
    struct editor *editor = *state;

    type(editor, "一二三四五六七八九十");
    assert_drawn(editor, 1, 9, "七八九十\n", 0, 8);
    press(editor, TKEY_HOME);
    assert_drawn(editor, 1, 9, "一二三四\n", 0, 0);
    for (int i = 0; i < 4; i++)
        press(editor, TKEY_RIGHT);
    /* The character under the cursor is seen whole. */
    assert_drawn(editor, 1, 9, "三四五六\n", 0, 4);
    press(editor, TKEY_HOME);
    type(editor, "a");
    press(editor, TKEY_END);
    for (int i = 0; i < 4; i++)
        press(editor, TKEY_BACKSPACE);
    assert_drawn(editor, 1, 8, " 四五六\n", 0, 7); /* half of 三 is not seen */
}

static void a_password_is_shown_as_asterisks_and_cannot_be_brought_back(void **state)
{
    struct editor *editor = *state;

    editor->secret = true;
    type(editor, "密碼ab");
    assert_drawn(editor, 1, 10, "****\n", 0, 4);
    press(editor, TKEY_CTRL_U);
    assert_int_equal(press(editor, TKEY_CTRL_Z), EDITOR_IGNORED);
    assert_text(editor, "");
}

static void codes_fold_to_half_width_capitals_as_they_are_typed(void **state)
{
    struct editor *editor = *state;

    editor->half_width = true;
    editor->upper = true;
    type(editor, "ｅnd．Ｓhf　海");
    assert_text(editor, "END.SHF 海");
}

static void what_is_over_the_limit_is_not_taken(void **state)
{
    struct editor *editor = *state;

    editor->limit = 4;
    type(editor, "海關");
    assert_int_equal(paste(editor, "ae\xcc\x81z"), EDITOR_FULL);
    assert_text(editor, "海關a"); /* e and its mark would be one too many */
    assert_int_equal(paste(editor, "bc"), EDITOR_FULL);
    assert_text(editor, "海關ab");
    assert_int_equal(type_point(editor, 'd'), EDITOR_FULL);
    assert_text(editor, "海關ab");
}

static void a_paste_brings_no_controls_and_no_lines_into_one_line(void **state)
{
    struct editor *editor = *state;

    assert_int_equal(paste(editor, "a\x1b[2J\xe2\x80\xae"
                                   "b\tc\nd\n"),
                     EDITOR_CHANGED);
    assert_text(editor, "a[2Jb c d");
    assert_int_equal(type_point(editor, 0x202E), EDITOR_IGNORED);
    editor_set(editor, (struct text){ 0 });
    editor->lines = true;
    paste(editor, "一\n二");
    assert_text(editor, "一\n二");
}

static void undo_takes_back_a_word_at_a_time_and_redo_brings_it_again(void **state)
{
    struct editor *editor = *state;

    type(editor, "dried fins");
    press(editor, TKEY_CTRL_W);
    assert_text(editor, "dried ");
    press(editor, TKEY_CTRL_Z);
    assert_text(editor, "dried fins");
    press(editor, TKEY_CTRL_Z);
    assert_text(editor, "dried ");
    press(editor, TKEY_CTRL_Z);
    assert_text(editor, "");
    assert_int_equal(press(editor, TKEY_CTRL_Z), EDITOR_IGNORED);
    press(editor, TKEY_CTRL_Y);
    press(editor, TKEY_CTRL_Y);
    assert_text(editor, "dried fins");
    press(editor, TKEY_CTRL_Z);
    type(editor, "x");
    assert_int_equal(press(editor, TKEY_CTRL_Y), EDITOR_IGNORED);
    for (int i = 0; i < EDITOR_UNDO + 10; i++)
        paste(editor, "y");
    for (int i = 0; i < EDITOR_UNDO + 10; i++)
        press(editor, TKEY_CTRL_Z);
    assert_int_equal(editor_text(editor).len, strlen("dried x") + 10);
}

/* What the changes did is undone to the empty text and done again to the last letter. */
static void any_changes_are_undone_and_done_again(void **state)
{
    struct editor *editor = *state;
    AUTO_ARENA struct arena *arena = arena_new();
    static const enum key_code keys[] = { TKEY_BACKSPACE, TKEY_DELETE, TKEY_CTRL_W, TKEY_LEFT,
                                          TKEY_RIGHT,     TKEY_HOME,   TKEY_UP,     TKEY_CTRL_K,
                                          TKEY_ENTER,     TKEY_END };
    struct text last;

    check_seed();
    editor->lines = true;
    for (int i = 0; i < 2000; i++)
        if (rand() % 3 == 0)
            press(editor, keys[(size_t)rand() % (sizeof keys / sizeof *keys)]);
        else if (rand() % 10 == 0)
            paste(editor, "魚翅 fins\n");
        else
            type(editor, rand() % 2 ? "字" : "a ");
    last = arena_text(arena, editor_text(editor));
    while (press(editor, TKEY_CTRL_Z) == EDITOR_CHANGED)
        continue;
    assert_int_equal(editor_text(editor).len, 0);
    while (press(editor, TKEY_CTRL_Y) == EDITOR_CHANGED)
        continue;
    assert_true(text_equal(editor_text(editor), last));
}

static struct text seen(struct arena *arena, struct editor *editor, int columns)
{
    AUTO_BUFFER struct buffer text = { 0 };
    struct canvas *canvas = canvas_new(60, columns);

    editor_draw(editor, canvas, (struct rect){ 0, 0, 60, columns }, ROLE_FIELD, false);
    canvas_text(&text, canvas);
    canvas_free(canvas);
    return arena_text(arena, buffer_as_text(&text));
}

/* Only the rows that a key changes are wrapped again; they are the same as of a text that is wrapped at once. */
static void what_is_wrapped_again_is_as_if_wrapped_at_once(void **state)
{
    struct editor *editor = *state, fresh;
    static const char *const pieces[] = { "字",    "a",       " ",
                                          "\n",    "，",      "魚翅",
                                          "fins ", "e\u0301", "一二三四五六七八九十" };
    static const enum key_code keys[] = { TKEY_BACKSPACE, TKEY_DELETE, TKEY_LEFT, TKEY_UP,
                                          TKEY_CTRL_K,    TKEY_CTRL_Z, TKEY_HOME, TKEY_DOWN };

    check_seed();
    editor->lines = true;
    editor_init(&fresh);
    fresh.lines = true;
    for (int i = 0; i < 2000; i++) {
        AUTO_ARENA struct arena *arena = arena_new();
        int columns = rand() % 50 ? 11 : 7 + rand() % 9;

        if (rand() % 2)
            paste(editor, pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
        else
            press(editor, keys[(size_t)rand() % (sizeof keys / sizeof *keys)]);
        editor_set(&fresh, editor_text(editor));
        assert_int_equal(editor_rows(editor, columns), editor_rows(&fresh, columns));
        assert_true(text_equal(seen(arena, editor, columns), seen(arena, &fresh, columns)));
    }
    editor_free(&fresh);
}

static void words_are_found_in_a_long_text_and_around_its_end(void **state)
{
    struct editor *editor = *state;

    editor->lines = true;
    paste(editor, "貨櫃甲\nContainer\n貨櫃乙");
    assert_true(editor_find(editor, TEXT("貨櫃"), false));
    assert_int_equal(editor->cursor, 0);
    assert_true(editor_find(editor, TEXT("貨櫃"), true));
    assert_int_equal(editor->cursor, 0);
    assert_true(editor_find(editor, TEXT("貨櫃"), false));
    assert_int_equal(editor->cursor, strlen("貨櫃甲\nContainer\n"));
    assert_true(editor_find(editor, TEXT("container"), false));
    assert_int_equal(editor->cursor, strlen("貨櫃甲\n"));
    assert_false(editor_find(editor, TEXT("魚翅"), false));
    assert_int_equal(editor->cursor, strlen("貨櫃甲\n"));
}

/* A paste of ten megabytes takes what the limit leaves room for, and says that it is not all. */
static void a_paste_far_over_the_limit_is_cut(void **state)
{
    struct editor *editor = *state;
    AUTO_BUFFER struct buffer big = { 0 };

    editor->lines = true;
    editor->limit = 4000;
    while (big.len < 10 * 1024 * 1024)
        buffer_string(&big, "海關人員截獲一艘快艇。\n");
    buffer_byte(&big, 0);
    assert_int_equal(paste(editor, (const char *)big.data), EDITOR_FULL);
    assert_in_range(editor_text(editor).len, 3 * 3600, 3 * 4000);
    press(editor, TKEY_CTRL_Z);
    assert_int_equal(editor_text(editor).len, 0);
}

static void erasing_to_the_end_keeps_the_other_lines(void **state)
{
    struct editor *editor = *state;

    editor->lines = true;
    type(editor, "first");
    press(editor, TKEY_ENTER);
    type(editor, "second");
    press(editor, TKEY_HOME);
    assert_int_equal(editor->cursor, 6);
    press(editor, TKEY_UP);
    press(editor, TKEY_RIGHT);
    assert_int_equal(editor_erase_rest(editor), EDITOR_CHANGED);
    assert_text(editor, "f\nsecond");
    assert_int_equal(editor_erase_rest(editor), EDITOR_IGNORED);
}

static void several_lines_wrap_between_chinese_characters(void **state)
{
    struct editor *editor = *state;

    editor->lines = true;
    type(editor, "乾魚翅，散裝於三十八個編織袋");
    assert_int_equal(editor_rows(editor, 11), 3);
    assert_drawn(editor, 3, 11, "乾魚翅，散\n裝於三十八\n個編織袋\n", 2, 8);
    assert_int_equal(press(editor, TKEY_DOWN), EDITOR_IGNORED);
    assert_int_equal(press(editor, TKEY_UP), EDITOR_MOVED);
    assert_drawn(editor, 3, 11, "乾魚翅，散\n裝於三十八\n個編織袋\n", 1, 8);
    press(editor, TKEY_UP);
    assert_int_equal(press(editor, TKEY_UP), EDITOR_IGNORED);
    assert_drawn(editor, 1, 11, "乾魚翅，散\n", 0, 8);
    press(editor, TKEY_PAGE_DOWN);
    press(editor, TKEY_PAGE_DOWN);
    press(editor, TKEY_END);
    press(editor, TKEY_ENTER);
    assert_drawn(editor, 2, 11, "個編織袋\n\n", 1, 0);
}

static void up_and_down_keep_their_column_over_a_short_line(void **state)
{
    struct editor *editor = *state;

    editor->lines = true;
    paste(editor, "abcdef\nx\nabcdef");
    assert_drawn(editor, 3, 20, "abcdef\nx\nabcdef\n", 2, 6);
    press(editor, TKEY_UP);
    assert_drawn(editor, 3, 20, "abcdef\nx\nabcdef\n", 1, 1);
    press(editor, TKEY_UP);
    assert_drawn(editor, 3, 20, "abcdef\nx\nabcdef\n", 0, 6);
}

/* Against a plain model: the text as bytes, and a cursor in it. */

struct model {
    char text[4096];
    size_t len;
    size_t cursor;
};

static const uint32_t points[] = { 'a',   ' ',     'Z',    0x6D77,  0x95DC, 0x20BB7, 0x301,
                                   0x308, 0xE0100, 0xFF21, 0x1F1ED, 0x200D, 0x3002,  0x1F468 };

/* The least boundary that is not before the offset, by walking from the start. */
static size_t boundary(const struct model *model, size_t offset)
{
    struct text t = { model->text, model->len };
    size_t at = 0;

    while (at < offset)
        at += text_cluster(t, at);
    return at;
}

static size_t boundary_before(const struct model *model, size_t offset)
{
    struct text t = { model->text, model->len };
    size_t at = 0;

    while (at + text_cluster(t, at) < offset)
        at += text_cluster(t, at);
    return at;
}

static void model_replace(struct model *model, size_t from, size_t to, const char *data,
                          size_t len)
{
    memmove(model->text + from + len, model->text + to, model->len - to);
    memcpy(model->text + from, data, len);
    model->len = model->len + len - (to - from);
    model->cursor = boundary(model, from + len);
}

static void model_step(struct model *model, struct editor *editor)
{
    struct text t = { model->text, model->len };
    size_t at = model->cursor;
    char bytes[4];
    uint32_t point;

    switch (rand() % 10) {
    case 0:
        model->cursor = at > 0 ? boundary_before(model, at) : 0;
        press(editor, TKEY_LEFT);
        break;
    case 1:
        model->cursor = at + text_cluster(t, at);
        press(editor, TKEY_RIGHT);
        break;
    case 2:
        if (at > 0)
            model_replace(model, boundary_before(model, at), at, "", 0);
        press(editor, TKEY_BACKSPACE);
        break;
    case 3:
        if (at < model->len)
            model_replace(model, at, at + text_cluster(t, at), "", 0);
        press(editor, TKEY_DELETE);
        break;
    case 4:
        model->cursor = rand() % 2 ? model->len : 0;
        press(editor, model->cursor > 0 ? TKEY_END : TKEY_HOME);
        break;
    default:
        point = points[(size_t)rand() % (sizeof points / sizeof *points)];
        model_replace(model, at, at, bytes, text_encode(point, bytes));
        type_point(editor, point);
    }
}

static void assert_in_place(struct editor *editor, bool lines)
{
    int columns = 2 + rand() % 20, rows = lines ? 1 + rand() % 4 : 1;
    struct canvas *canvas = canvas_new(rows + 2, columns + 2);

    editor_draw(editor, canvas, (struct rect){ 1, 1, rows, columns }, ROLE_FIELD_FOCUS, true);
    assert_in_range(canvas->cursor_row, 1, rows);
    assert_in_range(canvas->cursor_column, 1, columns);
    for (int row = 0; row < rows + 2; row++)
        for (int column = 0; column < columns + 2; column++)
            if (row == 0 || row > rows || column == 0 || column > columns)
                assert_int_equal(canvas_cell(canvas, row, column)->role, ROLE_NORMAL);
    canvas_free(canvas);
}

static void any_editing_gives_what_a_plain_model_gives(void **state)
{
    struct editor *editor = *state;

    check_seed();
    for (int round = 0; round < 40; round++) {
        struct model model = { .len = 0 };
        bool lines = rand() % 2;

        editor_set(editor, (struct text){ 0 });
        editor->lines = lines;
        for (int i = 0; i < 60; i++) {
            struct text held;

            model_step(&model, editor);
            held = editor_text(editor);
            assert_int_equal(held.len, model.len);
            assert_memory_equal(held.data, model.text, model.len);
            assert_int_equal(editor->cursor, model.cursor);
            assert_in_place(editor, lines);
        }
        while (press(editor, TKEY_CTRL_Z) == EDITOR_CHANGED)
            assert_in_place(editor, lines);
        while (press(editor, TKEY_CTRL_Y) == EDITOR_CHANGED)
            continue;
        assert_int_equal(editor_text(editor).len, model.len);
        assert_memory_equal(editor_text(editor).data, model.text, model.len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_cursor_goes_over_whole_characters_with_their_marks,
                                        begin, end),
        cmocka_unit_test_setup_teardown(
            a_mark_that_joins_its_new_neighbour_takes_the_cursor_along, begin, end),
        cmocka_unit_test_setup_teardown(long_text_scrolls_and_never_leaves_its_place, begin,
                                        end),
        cmocka_unit_test_setup_teardown(
            a_password_is_shown_as_asterisks_and_cannot_be_brought_back, begin, end),
        cmocka_unit_test_setup_teardown(codes_fold_to_half_width_capitals_as_they_are_typed,
                                        begin, end),
        cmocka_unit_test_setup_teardown(what_is_over_the_limit_is_not_taken, begin, end),
        cmocka_unit_test_setup_teardown(a_paste_brings_no_controls_and_no_lines_into_one_line,
                                        begin, end),
        cmocka_unit_test_setup_teardown(
            undo_takes_back_a_word_at_a_time_and_redo_brings_it_again, begin, end),
        cmocka_unit_test_setup_teardown(any_changes_are_undone_and_done_again, begin, end),
        cmocka_unit_test_setup_teardown(what_is_wrapped_again_is_as_if_wrapped_at_once, begin,
                                        end),
        cmocka_unit_test_setup_teardown(words_are_found_in_a_long_text_and_around_its_end,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_paste_far_over_the_limit_is_cut, begin, end),
        cmocka_unit_test_setup_teardown(erasing_to_the_end_keeps_the_other_lines, begin, end),
        cmocka_unit_test_setup_teardown(several_lines_wrap_between_chinese_characters, begin,
                                        end),
        cmocka_unit_test_setup_teardown(up_and_down_keep_their_column_over_a_short_line, begin,
                                        end),
        cmocka_unit_test_setup_teardown(any_editing_gives_what_a_plain_model_gives, begin, end),
    };

    if (!text_locale())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
