#include "tests/bare_types.h"
#include "tests/check.h"
#include "tests/temporary_store.h"

#include <stdio.h>
#include <string.h>

#include "core/model/case.h"
#include "core/model/officer.h"
#include "i18n/text.h"
#include "tui/widget/grid.h"

enum { CASES = 500, ROWS = 20 };

struct world {
    struct temporary_store t;
    struct reference officer;
    struct case_record *cases[CASES];
    struct grid grid;
};

static const struct record_type *const cases_type = &bare_types[BARE_case];

static void make_officer(struct world *w)
{
    struct officer_record *officer = BARE_NEW(w->t.arena, officer);
    struct message why;

    officer->number = TEXT("D-1204");
    officer->name = (struct bitext){ TEXT("陳大文"), TEXT("Chan Tai-man") };
    officer->state = TEXT("active");
    assert_true(value_parse(&officer->head, field_find(officer->head.type, tag_officer_roles),
                            TEXT("desk"), NULL, w->t.arena, &why));
    temporary_keep(&w->t, officer);
    w->officer = reference_of(&officer->head);
}

static struct case_record *make_case(struct world *w, int number, const char *zh,
                                     int64_t dollars)
{
    struct case_record *c = BARE_NEW(w->t.arena, case);

    c->number = arena_printf(w->t.arena, "KCT/23/%05d", number);
    c->title.zh = text_of(zh);
    c->title.en = arena_printf(w->t.arena, "Case %d", number);
    if (dollars >= 0) {
        struct message why;

        assert_true(value_parse(&c->head, field_find(cases_type, tag_case_value),
                                arena_printf(w->t.arena, "%lld", (long long)dollars), NULL,
                                w->t.arena, &why));
    }
    c->opened = date_make(2023, 1, 1);
    c->officer = w->officer;
    return c;
}

static void keep_cases(struct world *w, int from, int to)
{
    struct record *records[CASES];
    size_t count = 0;

    for (int i = from; i < to; i++)
        records[count++] = &w->cases[i]->head;
    assert_int_equal(temporary_save(&w->t, "record.save", records, count), ERR_OK);
    for (int i = from; i < to; i++) {
        w->cases[i]->head.key = w->t.result.keys[i - from];
        w->cases[i]->head.revision = 1;
    }
}

static void fill(struct world *w)
{
    for (int i = 0; i < CASES; i++)
        w->cases[i] = make_case(w, i, i % 100 == 7 ? "空運魚翅" : "油塘快艇走私", i * 1000);
    for (int i = 0; i < CASES; i += 50)
        keep_cases(w, i, i + 50);
}

static int begin(void **state)
{
    struct world *w = memory_new(sizeof *w);

    bare_types_make();
    temporary_make(&w->t);
    make_officer(w);
    grid_init(&w->grid, w->t.store, NULL, cases_type, LANGUAGE_BOTH);
    w->grid.query.index = index_named(cases_type, "by_number");
    *state = w;
    return 0;
}

static int end(void **state)
{
    struct world *w = *state;

    grid_free(&w->grid);
    temporary_remove(&w->t);
    free(w);
    return 0;
}

static bool press(struct world *w, enum key_code code)
{
    return grid_key(&w->grid, &(struct key){ .code = code }, ROWS);
}

static struct text drawn(struct world *w, int rows, int columns)
{
    AUTO_BUFFER struct buffer text = { 0 };
    struct canvas *canvas = canvas_new(rows, columns);

    grid_draw(&w->grid, canvas, (struct rect){ 0, 0, rows, columns }, true);
    canvas_text(&text, canvas);
    if (w->grid.count > 0) { /* a screen reader finds the selected row by the cursor */
        assert_int_equal(canvas->cursor_row, 1 + w->grid.selected - w->grid.top);
        assert_memory_equal(
            canvas_cell(canvas, canvas->cursor_row, canvas->cursor_column)->text, ">", 1);
        assert_int_equal(canvas_cell(canvas, canvas->cursor_row, columns - 1)->role,
                         w->grid.rows[w->grid.selected].damaged
                             ? (int)canvas_cell(canvas, canvas->cursor_row, columns - 1)->role
                             : (int)ROLE_SELECTED);
    }
    canvas_free(canvas);
    return arena_text(w->t.arena, buffer_as_text(&text));
}

static void assert_selected(struct world *w, int number)
{
    struct case_record *c = (struct case_record *)grid_record(&w->grid);

    assert_non_null(c);
    assert_string_equal(arena_string(w->t.arena, c->number),
                        arena_printf(w->t.arena, "KCT/23/%05d", number).data);
}

static void columns_keep_to_their_width_and_money_stands_right(void **state)
{
    struct world *w = *state;

    w->cases[0] = make_case(w, 12, "西面水域內河船五個貨櫃走私", 16000000);
    w->cases[1] = make_case(w, 101, "空運魚翅", -1);
    keep_cases(w, 0, 2);
    assert_int_equal(grid_load(&w->grid, false), ERR_OK);
    press(w, TKEY_DOWN);
    assert_string_equal(
        drawn(w, 4, 80).data,
        "   案號 No. ^      狀態 State 條例 Cap.   名稱 Title                  估值 Value\n"
        "   KCT/23/00012                           西面水域內河船五個貨..      16,000,000\n"
        " > KCT/23/00101                           空運魚翅 Case 101\n\n");
    w->grid.language = LANGUAGE_EN;
    assert_string_equal(drawn(w, 2, 40).data, "   No. ^           State\n"
                                              " > KCT/23/00101\n");
}

static void the_three_reasons_for_no_rows_look_different(void **state)
{
    struct world *w = *state;

    w->grid.language = LANGUAGE_EN;
    assert_string_equal(strchr(drawn(w, 2, 40).data, '\n'), "\n   Reading the list.\n");
    assert_int_equal(grid_load(&w->grid, false), ERR_OK);
    assert_string_equal(strchr(drawn(w, 2, 40).data, '\n'),
                        "\n   There is nothing in this list.\n");
    w->grid.state = GRID_REFUSED;
    assert_non_null(strstr(drawn(w, 2, 40).data, "\n   You may not see this list."));
    assert_null(grid_record(&w->grid));
    assert_null(grid_key_of(&w->grid));
    for (enum key_code code = TKEY_UP; code <= TKEY_END; code++)
        press(w, code);
}

static void every_row_is_met_once_on_the_way_down_and_up(void **state)
{
    struct world *w = *state;

    fill(w);
    assert_int_equal(grid_load(&w->grid, false), ERR_OK);
    assert_int_equal(w->grid.total, CASES);
    for (int i = 0; i < CASES; i++) {
        assert_selected(w, i);
        press(w, TKEY_DOWN);
    }
    assert_selected(w, CASES - 1);
    for (int i = CASES - 1; i >= 0; i--) {
        assert_selected(w, i);
        press(w, TKEY_UP);
    }
    assert_selected(w, 0);
}

static void home_and_end_are_at_once_at_the_ends(void **state)
{
    struct world *w = *state;

    fill(w);
    for (int turn = 0; turn < 2; turn++) {
        int first = turn == 0 ? 0 : CASES - 1, last = CASES - 1 - first;

        w->grid.query.direction = turn == 0 ? FORWARD : BACKWARD;
        assert_int_equal(grid_load(&w->grid, false), ERR_OK);
        press(w, TKEY_END);
        assert_selected(w, last);
        assert_true(w->grid.count < CASES);
        drawn(w, ROWS + 1, 80);
        assert_int_equal(w->grid.top, w->grid.count - ROWS); /* a full screen */
        press(w, TKEY_PAGE_UP);
        assert_selected(w, turn == 0 ? last - ROWS : last + ROWS);
        press(w, TKEY_HOME);
        assert_selected(w, first);
        drawn(w, ROWS + 1, 80);
        assert_int_equal(w->grid.top, 0);
        press(w, TKEY_PAGE_DOWN);
        assert_selected(w, turn == 0 ? ROWS : CASES - 1 - ROWS);
    }
}

static void a_reload_keeps_the_selected_record_and_its_place_on_the_screen(void **state)
{
    struct world *w = *state;

    fill(w);
    for (int turn = 0; turn < 2; turn++) {
        w->grid.query.direction = turn == 0 ? FORWARD : BACKWARD;
        assert_int_equal(grid_load(&w->grid, false), ERR_OK);
        for (int i = 0; i < 15; i++)
            press(w, TKEY_PAGE_DOWN);
        press(w, TKEY_UP);
        drawn(w, ROWS + 1, 80);
        /* On the way from above, the new case of the first turn comes first. */
        int number = turn == 0 ? 299 : 201, offset = w->grid.selected - w->grid.top;

        assert_selected(w, number);
        w->cases[0] = make_case(w, 1000 + turn, "新", 1);
        keep_cases(w, 0, 1);
        assert_int_equal(grid_load(&w->grid, true), ERR_OK);
        assert_selected(w, number);
        drawn(w, ROWS + 1, 80);
        assert_int_equal(w->grid.selected - w->grid.top, offset);
        press(w, TKEY_DOWN);
        assert_selected(w, turn == 0 ? number + 1 : number - 1);
    }
}

static void the_selected_record_is_followed_where_its_order_changed(void **state)
{
    struct world *w = *state;

    fill(w);
    w->grid.query.index = index_named(cases_type, "by_value");
    assert_int_equal(grid_load(&w->grid, false), ERR_OK);
    press(w, TKEY_DOWN);
    assert_selected(w, 1);
    w->cases[1]->value = make_case(w, 0, "", 400500)->value;
    temporary_keep(&w->t, w->cases[1]);
    assert_int_equal(grid_load(&w->grid, true), ERR_OK);
    assert_selected(w, 1);
    press(w, TKEY_DOWN);
    assert_selected(w, 401);
}

static enum err spoil(struct txn *txn, void *context)
{
    uint8_t key[12];

    record_key_encode(key, context);
    return txn_put(txn, TREE_RECORDS, (struct bytes){ key, sizeof key },
                   (struct bytes){ (const uint8_t *)"?", 1 });
}

static void a_damaged_record_stands_in_its_place_and_says_so(void **state)
{
    struct world *w = *state;

    w->cases[0] = make_case(w, 1, "一", 1);
    w->cases[1] = make_case(w, 2, "二", 1);
    keep_cases(w, 0, 2);
    assert_int_equal(store_write(w->t.store, spoil, &w->cases[0]->head.key), ERR_OK);
    assert_int_equal(grid_load(&w->grid, false), ERR_OK);
    assert_non_null(
        strstr(drawn(w, 3, 80).data, "\n > [C-1 資料損壞 damaged]\n   KCT/23/00002"));
    assert_null(grid_record(&w->grid));
    assert_non_null(grid_key_of(&w->grid));
    assert_int_equal(grid_load(&w->grid, true), ERR_OK);
    assert_int_equal(w->grid.selected, 0);
}

static void a_filter_shows_what_fits_it_from_both_ends(void **state)
{
    struct world *w = *state;
    struct filter *filter;
    struct message why;

    fill(w);
    assert_int_equal(filter_parse(&filter, w->t.arena, cases_type, TEXT("魚翅"), NULL, &why),
                     ERR_OK);
    w->grid.query.filter = filter;
    assert_int_equal(grid_load(&w->grid, false), ERR_OK);
    while (w->grid.searching)
        assert_int_equal(grid_more(&w->grid), ERR_OK);
    assert_int_equal(w->grid.count, CASES / 100);
    assert_selected(w, 7);
    press(w, TKEY_END);
    assert_selected(w, CASES - 93);
    assert_int_equal(filter_parse(&filter, w->t.arena, cases_type, TEXT("珊瑚"), NULL, &why),
                     ERR_OK);
    w->grid.query.filter = filter;
    w->grid.language = LANGUAGE_EN;
    assert_int_equal(grid_load(&w->grid, false), ERR_OK);
    while (w->grid.searching)
        assert_int_equal(grid_more(&w->grid), ERR_OK);
    assert_non_null(strstr(drawn(w, 2, 80).data, "Nothing fits the filter."));
}

static void marks_stay_with_their_records(void **state)
{
    struct world *w = *state;

    for (int i = 0; i < 3; i++)
        w->cases[i] = make_case(w, i, "一", 1);
    keep_cases(w, 0, 3);
    assert_int_equal(grid_load(&w->grid, false), ERR_OK);
    assert_true(
        grid_key(&w->grid, &(struct key){ .code = TKEY_CHARACTER, .point = ' ' }, ROWS));
    assert_selected(w, 1);
    assert_non_null(strstr(drawn(w, 4, 80).data, "\n*  KCT/23/00000"));
    w->grid.query.direction = BACKWARD;
    assert_int_equal(grid_load(&w->grid, false), ERR_OK);
    press(w, TKEY_END);
    assert_non_null(strstr(drawn(w, 4, 80).data, "\n*> KCT/23/00000"));
    assert_true(grid_marked(&w->grid, &w->cases[0]->head.key));
    assert_true(
        grid_key(&w->grid, &(struct key){ .code = TKEY_CHARACTER, .point = ' ' }, ROWS));
    assert_int_equal(w->grid.mark_count, 0);
    assert_false(
        grid_key(&w->grid, &(struct key){ .code = TKEY_CHARACTER, .point = 'x' }, ROWS));
}

static void finish(struct world *w)
{
    while (w->grid.searching)
        assert_int_equal(grid_more(&w->grid), ERR_OK);
}

static void sort_by(struct world *w, uint16_t tag)
{
    assert_int_equal(grid_sort(&w->grid, field_find(cases_type, tag)), ERR_OK);
    finish(w);
}

static void any_column_sorts_and_again_turns_the_list_round(void **state)
{
    struct world *w = *state;

    fill(w);
    assert_int_equal(grid_load(&w->grid, false), ERR_OK);
    sort_by(w, tag_case_title); /* no index has it: 油 before 空, and then as they were made */
    assert_non_null(strstr(drawn(w, 3, 80).data, "名稱 Title ^"));
    assert_int_equal(grid_number(&w->grid), CASES);
    assert_selected(w, 0);
    press(w, TKEY_END);
    assert_selected(w, 407);
    press(w, TKEY_UP);
    assert_selected(w, 307);
    sort_by(w, tag_case_title);
    assert_non_null(strstr(drawn(w, 3, 80).data, "名稱 Title v"));
    assert_selected(w, 307); /* the record stays, whatever the order */
    press(w, TKEY_HOME);
    assert_selected(w, 407);
    press(w, TKEY_END);
    assert_selected(w, 0);
    sort_by(w, tag_case_value);
    press(w, TKEY_HOME);
    assert_selected(w, 0);
    sort_by(w, tag_case_value);
    press(w, TKEY_HOME);
    assert_selected(w, CASES - 1);
}

static void a_list_that_is_being_sorted_may_be_moved_in(void **state)
{
    struct world *w = *state;

    fill(w);
    assert_int_equal(grid_sort(&w->grid, field_find(cases_type, tag_case_title)), ERR_OK);
    assert_true(w->grid.searching);
    w->grid.language = LANGUAGE_EN;
    assert_non_null(strstr(drawn(w, 3, 80).data, "Sorting the list."));
    press(w, TKEY_END);
    finish(w);
    assert_selected(w, 407);
    press(w, TKEY_PAGE_UP);
    press(w, TKEY_HOME);
    finish(w);
    assert_selected(w, 0);
}

static void the_mouse_selects_opens_and_sorts(void **state)
{
    struct world *w = *state;
    int column = -1;

    for (int i = 0; i < 3; i++)
        w->cases[i] = make_case(w, i, "一", i);
    keep_cases(w, 0, 3);
    assert_int_equal(grid_load(&w->grid, false), ERR_OK);
    drawn(w, 10, 80);
    struct key key = { .code = TKEY_MOUSE, .button = 1, .row = 3, .column = 45, .clicks = 1 };

    assert_int_equal(grid_click(&w->grid, &key, &column), GRID_CLICK_ROW);
    assert_selected(w, 2);
    assert_int_equal(grid_click(&w->grid, &key, &column), GRID_CLICK_AGAIN);
    key.row = 7; /* below the last row */
    assert_int_equal(grid_click(&w->grid, &key, &column), GRID_CLICK_NOWHERE);
    key.row = 0;
    assert_int_equal(grid_click(&w->grid, &key, &column), GRID_CLICK_HEAD);
    assert_ptr_equal(w->grid.columns[column].field, field_find(cases_type, tag_case_title));
    key.button = 4;
    assert_true(grid_key(&w->grid, &key, ROWS));
    assert_selected(w, 0);
}

static enum err unreadable(struct record_reader *reader, struct txn *txn,
                           const struct record_key *key, const struct record *seen,
                           uint16_t last, enum access *out)
{
    (void)reader, (void)txn, (void)key, (void)seen, (void)last, (void)out;
    return fail(ERR_IO, "The disk does not answer.");
}

static void a_list_that_breaks_off_says_so_and_does_not_try_for_ever(void **state)
{
    struct record_reader broken = { .access = unreadable };
    struct world *w = *state;

    fill(w);
    assert_int_equal(grid_load(&w->grid, false), ERR_OK);
    store_read_as(w->t.store, &broken);
    press(w, TKEY_END);
    assert_int_equal(w->grid.failed, ERR_IO);
    w->grid.by = field_find(cases_type, tag_case_value);
    store_read_as(w->t.store, NULL);
    assert_int_equal(grid_load(&w->grid, false), ERR_OK);
    store_read_as(w->t.store, &broken);
    w->grid.searching = true;
    while (w->grid.searching)
        if (grid_more(&w->grid) != ERR_OK)
            break;
    assert_false(w->grid.searching);
    store_read_as(w->t.store, NULL);
}

static void columns_that_have_no_room_are_pushed_in_from_the_right(void **state)
{
    static const struct grid_column empty;
    struct grid_column chosen[] = { empty, empty, empty };
    struct world *w = *state;

    w->cases[0] = make_case(w, 1, "內河船走私乾魚翅及藥物", 16000);
    keep_cases(w, 0, 1);
    chosen[0] = (struct grid_column){ field_find(cases_type, tag_case_number), 13 };
    chosen[1] = (struct grid_column){ field_find(cases_type, tag_case_title), 12 };
    chosen[2] = (struct grid_column){ field_find(cases_type, tag_case_value), 9 };
    w->grid.chosen = chosen;
    w->grid.chosen_count = 3;
    w->grid.language = LANGUAGE_ZH;
    assert_int_equal(grid_load(&w->grid, false), ERR_OK);
    /* Cut at a cluster, whether the column begins at an odd or an even place. */
    assert_string_equal(drawn(w, 2, 30).data,
                        "   案號 ^        名稱\n > KCT/23/00001  內河船走私..\n");
    chosen[0].width = 14;
    assert_string_equal(drawn(w, 2, 31).data,
                        "   案號 ^         名稱\n > KCT/23/00001   內河船走私..\n");
    assert_true(press(w, TKEY_RIGHT));
    assert_string_equal(drawn(w, 2, 30).data,
                        "   案號 ^              估值\n > KCT/23/00001      16,000\n");
    assert_false(press(w, TKEY_RIGHT));
    assert_true(press(w, TKEY_LEFT));
    assert_false(press(w, TKEY_LEFT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(columns_keep_to_their_width_and_money_stands_right,
                                        begin, end),
        cmocka_unit_test_setup_teardown(the_three_reasons_for_no_rows_look_different, begin,
                                        end),
        cmocka_unit_test_setup_teardown(every_row_is_met_once_on_the_way_down_and_up, begin,
                                        end),
        cmocka_unit_test_setup_teardown(home_and_end_are_at_once_at_the_ends, begin, end),
        cmocka_unit_test_setup_teardown(
            a_reload_keeps_the_selected_record_and_its_place_on_the_screen, begin, end),
        cmocka_unit_test_setup_teardown(the_selected_record_is_followed_where_its_order_changed,
                                        begin, end),
        cmocka_unit_test_setup_teardown(a_damaged_record_stands_in_its_place_and_says_so, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_filter_shows_what_fits_it_from_both_ends, begin, end),
        cmocka_unit_test_setup_teardown(any_column_sorts_and_again_turns_the_list_round, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_list_that_is_being_sorted_may_be_moved_in, begin,
                                        end),
        cmocka_unit_test_setup_teardown(the_mouse_selects_opens_and_sorts, begin, end),
        cmocka_unit_test_setup_teardown(
            a_list_that_breaks_off_says_so_and_does_not_try_for_ever, begin, end),
        cmocka_unit_test_setup_teardown(columns_that_have_no_room_are_pushed_in_from_the_right,
                                        begin, end),
        cmocka_unit_test_setup_teardown(marks_stay_with_their_records, begin, end),
    };

    if (!text_locale())
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
