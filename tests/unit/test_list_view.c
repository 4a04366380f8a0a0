/* The list as an officer meets it: what was kept of it is never lost in silence, and what is chosen stays chosen. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/change/desk.h"
#include "core/model/case.h"
#include "i18n/text.h"
#include "tests/window.h"
#include "tui/view/menu.h"

enum { OWN_VIEWS = 30 };

/* ---- views of one's own ---- */

static void keep_views(const struct window *w, int count)
{
    AUTO_BUFFER struct buffer file = { 0 };

    for (int i = 1; i <= count; i++)
        buffer_printf(&file, "View %02d\tstate:C02\tnumber\t\n", i);
    assert_int_equal(desk_write(d.t.store, w->app.session.officer, "views.case",
                                buffer_bytes(&file)),
                     ERR_OK);
}

static struct bytes kept_views(const struct window *w)
{
    struct bytes data = { 0 };

    assert_int_equal(desk_read(d.t.store, w->app.session.officer, "views.case", d.arena, &data),
                     ERR_OK);
    return data;
}

static void a_view_too_many_is_refused_and_the_others_stay(void **state)
{
    struct window *w = *state;
    struct bytes before, after;

    keep_views(w, OWN_VIEWS);
    before = kept_views(w);
    list_open(&w->app, &case_type, NULL, NULL);
    press(w, "<F4>keep<Enter>One more<Enter>");
    expect(w, "The view is not kept: this list has 30 views");
    after = kept_views(w);
    assert_int_equal(after.len, before.len);
    assert_memory_equal(after.data, before.data, before.len);
    press(w, "<F4>keep<Enter>View 07<Enter>"); /* in place of the one of that name */
    expect(w, "The view is kept");
}

static void views_that_are_damaged_are_named_and_not_written_over(void **state)
{
    char path[512];
    struct window *w = *state;
    int file;

    keep_views(w, 3);
    list_open(&w->app, &case_type, NULL, NULL);
    snprintf(path, sizeof path, "%s/desk/%016llx.views.case", store_folder(d.t.store),
             (unsigned long long)w->app.session.officer);
    file = open(path, O_WRONLY);
    assert_true(file >= 0 && pwrite(file, "#", 1, 40) == 1 && close(file) == 0);
    press(w, "<F4>");
    expect(w, "The file "); /* the messages have it whole */
    press(w, "<Esc><Ctrl+O>");
    expect(w, "on the desk is damaged");
}

/* ---- many at once ---- */

/* What the preview does was typed in the form below it: from record to record, neither goes without the other. */
static void a_preview_never_stands_without_its_form(void **state)
{
    struct window *w = *state;
    struct record_key file = open_case(&d);
    struct view *list;

    list_open(&w->app, &case_type, NULL, NULL);
    list = view_top(&w->app);
    press(w, "<Space>");
    list->type->upon_marked(list, act_named(TEXT("case-state")));
    press(w, "C02<Down>Evidence<F10>");
    expect(w, "Preview");
    while (w->app.count < APP_VIEWS)
        sheet_open(&w->app, &file);
    sheet_open(&w->app, &file);
    while (view_top(&w->app)->type == &sheet_view)
        press(w, "<Esc>");
    assert_ptr_equal(view_top(&w->app), list);
}

/* ---- menus ---- */

static int rows; /* above the one that is chosen */

static size_t fill_some(struct menu *menu, struct text typed, struct menu_item *items,
                        size_t room)
{
    size_t count = 0;

    (void)typed;
    for (int i = rows; i >= 0 && count < room; i--)
        items[count++] = (struct menu_item){ .name = arena_printf(menu->arena, "row %d", i),
                                             .key = { .id = (uint64_t)i + 1 } };
    return count;
}

static void choose_none(struct menu *menu, const struct menu_item *item)
{
    (void)menu;
    (void)item;
}

static const struct menu_type some = { .title = L("Some", "若干"),
                                       .help = L("Some rows.", "若干行。"),
                                       .fill = fill_some,
                                       .choose = choose_none };

static void what_others_add_above_does_not_move_the_choice(void **state)
{
    struct window *w = *state;
    struct menu *menu;

    rows = 2;
    menu = menu_open(&w->app, &some, NULL);
    press(w, "<Down>");
    assert_int_equal(menu->items[menu->selected].key.id, 2);
    rows = 5; /* another officer has saved */
    app_refresh(&w->app);
    assert_int_equal(menu->items[menu->selected].key.id, 2);
}

static int open_it(void **state)
{
    text_locale();
    return open_department(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_WINDOW(a_view_too_many_is_refused_and_the_others_stay),
        IN_WINDOW(views_that_are_damaged_are_named_and_not_written_over),
        IN_WINDOW(a_preview_never_stands_without_its_form),
        IN_WINDOW(what_others_add_above_does_not_move_the_choice),
    };

    return cmocka_run_group_tests(tests, open_it, close_department);
}
