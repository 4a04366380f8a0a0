#include "tests/form_desk.h"

#include "core/model/act.h"

/* Every form of the program, in every language, on the smallest and on a wide screen. */

enum { TALL = 400 };

static const int widths[] = { 80, 132 };

struct screen {
    struct arena *arena;
    struct canvas *canvas;
    struct form form;
};

/* The text of one row of the canvas. */
static const char *row_text(struct screen *screen, int row)
{
    AUTO_BUFFER struct buffer text = { 0 };

    for (int i = 0; i < screen->canvas->columns; i++) {
        const struct cell *cell = canvas_cell(screen->canvas, row, i);

        buffer_put(&text, cell->text, cell->len);
    }
    return arena_text(screen->arena, buffer_as_text(&text)).data;
}

static void assert_whole(struct screen *screen, int row, struct text words)
{
    const char *seen = row_text(screen, row);

    if (!strstr(seen, arena_string(screen->arena, words)))
        print_error("%s, %d columns: \"%.*s\" is not whole in \"%s\"\n", screen->form.act->name,
                    screen->canvas->columns, (int)words.len, words.data, seen);
    assert_non_null(strstr(seen, arena_string(screen->arena, words)));
}

/* In both languages the Chinese may stand alone. */
static struct text label_seen(struct screen *screen, const struct label *label)
{
    struct text t = label_text(screen->arena, label, screen->form.language);

    return screen->form.language == LANGUAGE_BOTH && text_width(t) > screen->form.label_columns
               ? text_of(label->zh)
               : t;
}

static void draw(struct screen *screen)
{
    canvas_clear(screen->canvas);
    form_draw(&screen->form, screen->canvas,
              (struct rect){ 0, 0, TALL, screen->canvas->columns });
}

static void assert_page(struct screen *screen)
{
    struct form *form = &screen->form;

    draw(screen);
    for (int i = 0; i < form->count; i++) {
        struct form_line *line = form->lines[i];

        if (line->page != form->page || line->hidden || line->shown_only ||
            line->table != NO_TABLE || line->part == PART_EN || line->part == PART_REASON)
            continue;
        assert_in_range(line->box.rows, 1, FORM_TEXT_ROWS);
        assert_in_range(line->box.column + line->box.columns, 1, screen->canvas->columns);
        assert_whole(screen, line->box.row, label_seen(screen, &line->field->label));
    }
}

static void assert_tables(struct screen *screen)
{
    struct form *form = &screen->form;

    for (int i = 0; i < form->table_count; i++) {
        const struct form_table *table = &form->tables[i];
        int right = 0;

        if (table->page != form->page)
            continue;
        for (int j = 0; j < table->columns; j++) {
            const struct form_line *cell = form->lines[table->first + j];

            if (cell->hidden)
                continue;
            assert_int_equal(cell->box.rows, 1);
            assert_true(cell->box.column > right);
            right = cell->box.column + cell->box.columns;
            assert_in_range(right, 1, screen->canvas->columns);
            for (int head = 1; head <= 2; head++)
                if (cell->box.row > head &&
                    strstr(row_text(screen, cell->box.row - head), ".."))
                    fail_here(row_text(screen, cell->box.row - head));
        }
    }
}

/* The widest word of each choice, typed and decoded. */
static void assert_choices(struct screen *screen)
{
    struct form *form = &screen->form;

    for (int i = 0; i < form->count; i++) {
        struct form_line *line = form->lines[i];
        const struct choice *widest = line->field->choices;
        const char *word;

        if (line->page != form->page || line->shown_only || line->table != NO_TABLE ||
            line->field->kind != KIND_CHOICE)
            continue;
        for (const struct choice *c = widest; c->code; c++)
            if (strlen(c->label.en) > strlen(widest->label.en))
                widest = c;
        form_set(form, line, text_of(widest->code));
        draw(screen);
        word = form->language == LANGUAGE_EN ? widest->label.en : widest->label.zh;
        assert_whole(screen, line->box.row, text_of(word));
    }
}

static void each_form(struct screen *screen, const struct act *act, enum language language,
                      int columns)
{
    void *input = act_input(act, NULL, &lookup, screen->arena);

    canvas_resize(screen->canvas, TALL, columns);
    form_open(&screen->form, act, input, &lookup, language, screen->arena);
    for (int page = 0; page < screen->form.pages; page++)
        for (int i = 0; i < screen->form.count; i++) {
            struct form_line *line = screen->form.lines[i];

            if (line->page != page || line->shown_only || line->hidden)
                continue;
            form_focus(&screen->form, line);
            assert_page(screen);
            assert_tables(screen);
            assert_choices(screen);
            break;
        }
    form_close(&screen->form);
    arena_reset(screen->arena);
}

static void no_label_is_broken_in_any_form_language_and_width(void **state)
{
    struct screen screen = { .arena = arena_new(), .canvas = canvas_new(TALL, 80) };
    int forms = 0;

    (void)state;
    for (const struct act *const *act = acts; *act; act++) {
        if ((*act)->form == ACT_AMENDS || act_fields(*act).count == 0)
            continue;
        for (enum language language = LANGUAGE_ZH; language <= LANGUAGE_BOTH; language++)
            for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
                each_form(&screen, *act, language, widths[i]);
        forms++;
    }
    assert_in_range(forms, 20, 1000);
    canvas_free(screen.canvas);
    arena_free(screen.arena);
}

/* Whatever is pressed, the cursor stays in the place, and what was typed can be kept and brought back. */
static void any_keys_leave_a_form_in_order(void **state)
{
    struct screen screen = { .arena = arena_new(), .canvas = canvas_new(TALL, 80) };
    static const uint32_t points[] = { 'a', '1', '/', ' ', 'y', 0x4E2D, 0xFF12, '|', ';', '2' };

    (void)state;
    check_seed();
    for (const struct act *const *act = acts; *act; act++) {
        AUTO_BUFFER struct buffer draft = { 0 };

        if ((*act)->form == ACT_AMENDS || act_fields(*act).count == 0)
            continue;
        form_open(&screen.form, *act, act_input(*act, NULL, &lookup, screen.arena), &lookup,
                  LANGUAGE_ZH, screen.arena);
        canvas_resize(screen.canvas, 24, 80);
        for (int i = 0; i < 250; i++) {
            struct key key = { .code = TKEY_CHARACTER,
                               .point =
                                   points[(size_t)rand() % (sizeof points / sizeof *points)] };

            if (rand() % 2)
                key.code =
                    (enum key_code)(TKEY_ENTER + rand() % (TKEY_CTRL_Z - TKEY_ENTER + 1));
            form_key(&screen.form, &key);
            if (rand() % 10 == 0)
                form_language(&screen.form, (enum language)(rand() % 3));
            if (rand() % 20 == 0)
                form_carry(&screen.form, form_focused(&screen.form), screen.form.input);
            form_draw(&screen.form, screen.canvas, (struct rect){ 3, 0, 18, 80 });
            if (form_focused(&screen.form))
                assert_in_range(screen.canvas->cursor_row, 3, 20);
        }
        form_save(&screen.form, &draft);
        form_close(&screen.form);
        form_open(&screen.form, *act, act_input(*act, NULL, &lookup, screen.arena), &lookup,
                  LANGUAGE_ZH, screen.arena);
        assert_true(form_restore(&screen.form, buffer_bytes(&draft)));
        form_close(&screen.form);
        arena_reset(screen.arena);
    }
    canvas_free(screen.canvas);
    arena_free(screen.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_label_is_broken_in_any_form_language_and_width),
        cmocka_unit_test(any_keys_leave_a_form_in_order),
    };

    if (!text_locale())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
