#include "tui/view/menu.h"

#include "i18n/fold.h"
#include "i18n/text.h"
#include "tui/view/views.h"

enum { FOOT_ROWS = 2, GAP = 2 };

bool menu_matches(struct text words, struct text typed)
{
    AUTO_BUFFER struct buffer a = { 0 }, b = { 0 };

    fold(&a, words);
    fold(&b, text_trim(typed));
    return fold_contains(buffer_as_text(&a), buffer_as_text(&b));
}

/* From `at` in the way of `step`, past headings; where there is nothing more, the last one that can be chosen. */
static int choosable(const struct menu *menu, int at, int step)
{
    int count = (int)menu->count, from = at < 0 ? 0 : at >= count ? count - 1 : at;

    for (int i = from; i >= 0 && i < count; i += step)
        if (!menu->items[i].heading)
            return i;
    for (int i = from; i >= 0 && i < count; i -= step)
        if (!menu->items[i].heading)
            return i;
    return 0;
}

void menu_fill(struct menu *menu)
{
    arena_reset(menu->arena);
    menu->count = menu->kind->fill(menu, editor_text(&menu->typed), menu->items, MENU_ITEMS);
    menu->selected = choosable(menu, menu->selected, 1);
}

/* ---- drawing ---- */

static struct rect box_of(struct rect body)
{
    int columns = body.columns > 96 ? 92 : body.columns - 4;

    return (struct rect){ body.row + 1, (body.columns - columns) / 2, body.rows - 2, columns };
}

static int name_columns(const struct menu *menu, int columns)
{
    int most = menu->kind->name_columns;

    if (most > 0)
        return most;
    for (size_t i = 0; i < menu->count; i++)
        if (!menu->items[i].heading && text_width(menu->items[i].name) > most)
            most = text_width(menu->items[i].name);
    return (most > columns / 2 ? columns / 2 : most) + GAP;
}

static int right_columns(const struct menu_item *item)
{
    return item->right.len > 0 ? text_width(item->right) + GAP : 0;
}

static int wrapped_rows(struct text words, int columns)
{
    struct text rest = words, line;
    int rows = 0;

    while (text_wrap(&rest, columns, &line))
        rows++;
    return rows;
}

/* Rows that an item takes in so many columns, of which the name has `names`: what wraps is never cut. */
static int rows_of(const struct menu *menu, const struct menu_item *item, int columns,
                   int names)
{
    int name, words;

    if (!menu->kind->wraps || item->heading)
        return 1;
    name = wrapped_rows(item->name, names - 1);
    words = wrapped_rows(item->words, columns - names - right_columns(item));
    return name > words ? name : words > 0 ? words : 1;
}

/* The chosen item stands whole in its place; where it is taller, its beginning. */
static void scroll_to_selected(struct menu *menu, int rows, int columns, int names)
{
    int used = 0, first = menu->selected;

    if (menu->selected < menu->scroll)
        menu->scroll = menu->selected;
    if (first == choosable(menu, 0, 1))
        menu->scroll = 0; /* with the heading above it */
    while (first >= menu->scroll) {
        used += rows_of(menu, &menu->items[first], columns, names);
        if (used > rows)
            break;
        first--;
    }
    if (first >= menu->scroll)
        menu->scroll = first < menu->selected ? first + 1 : menu->selected;
}

static void draw_item(const struct menu *menu, struct canvas *canvas, struct rect place,
                      const struct menu_item *item, bool chosen, int names)
{
    enum role role = chosen ? ROLE_SELECTED : item->dim ? ROLE_DIM : ROLE_NORMAL;
    int right = right_columns(item), columns = place.columns - names - right;
    struct text words = item->words, name = item->name, line = words, part = name;

    for (int i = 0; i < place.rows; i++) {
        if (menu->kind->wraps && !text_wrap(&words, columns, &line))
            line = TEXT("");
        if (menu->kind->wraps ? !text_wrap(&name, names - 1, &part) : i > 0)
            part = TEXT("");
        canvas_fill(canvas,
                    (struct rect){ place.row + i, place.column - 2, 1, place.columns + 2 },
                    role);
        canvas_put_padded(canvas, place.row + i, place.column, names - 1, part, role);
        canvas_put_padded(canvas, place.row + i, place.column + names, columns, line, role);
    }
    canvas_put(canvas, place.row, place.column - 2, 1, chosen ? TEXT(">") : TEXT(" "), role);
    if (right > 0)
        canvas_put_right(canvas, place.row, place.column + place.columns - right, right,
                         item->right, chosen ? role : ROLE_KEY);
}

static void draw_items(struct menu *menu, struct canvas *canvas, struct rect place)
{
    int names = name_columns(menu, place.columns), row = place.row,
        end = place.row + place.rows;

    menu->place = place;
    if (menu->count == 0)
        return;
    scroll_to_selected(menu, place.rows, place.columns, names);
    for (size_t i = (size_t)menu->scroll; i < menu->count && row < end; i++) {
        const struct menu_item *item = &menu->items[i];
        int rows = rows_of(menu, item, place.columns, names);

        if (item->heading) {
            canvas_rule(canvas, row++, place.column - 2, place.columns + 2, item->name,
                        ROLE_BORDER);
            continue;
        }
        rows = row + rows > end ? end - row : rows;
        draw_item(menu, canvas, (struct rect){ row, place.column, rows, place.columns }, item,
                  (int)i == menu->selected, names);
        row += rows;
    }
}

static void draw_foot(struct menu *menu, struct canvas *canvas, struct rect place)
{
    struct text rest = menu->count > 0 ? menu->items[menu->selected].more : TEXT(""), line;

    canvas_rule(canvas, place.row, place.column, place.columns, TEXT(""), ROLE_BORDER);
    for (int i = 1; i < place.rows && text_wrap(&rest, place.columns - 2, &line); i++)
        canvas_put(canvas, place.row + i, place.column + 1, place.columns - 2, line, ROLE_DIM);
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct menu *menu = (struct menu *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    struct rect box = box_of(body);
    int foot = menu->kind->foot ? FOOT_ROWS + 1 : 0;

    canvas_fill(canvas, (struct rect){ box.row, 0, box.rows, body.columns },
                ROLE_NORMAL); /* no halves of characters beside it */
    canvas_box(canvas, box, app_label(view->app, arena, &menu->kind->title), ROLE_BORDER);
    draw_items(menu, canvas,
               (struct rect){ box.row + 3, box.column + 3, box.rows - 4 - foot,
                              box.columns - 5 });
    if (foot > 0)
        draw_foot(menu, canvas,
                  (struct rect){ box.row + box.rows - 1 - foot, box.column + 1, foot,
                                 box.columns - 2 });
    if (menu->count == 0)
        canvas_put(canvas, box.row + 3, box.column + 3, box.columns - 6,
                   app_words(view->app, arena, N_("nothing found")), ROLE_DIM);
    editor_draw(&menu->typed, canvas,
                (struct rect){ box.row + 1, box.column + 2, 1, box.columns - 4 },
                ROLE_FIELD_FOCUS, true);
}

/* ---- keys ---- */

static void choose(struct menu *menu)
{
    if (menu->count > 0 && !menu->items[menu->selected].heading)
        menu->kind->choose(menu, &menu->items[menu->selected]);
}

static void move(struct menu *menu, int by)
{
    menu->selected = choosable(menu, menu->selected + by, by < 0 ? -1 : 1);
}

/* The item that stands in a row of the screen; -1: none. */
static int item_at(const struct menu *menu, int row)
{
    int names = name_columns(menu, menu->place.columns), at = menu->place.row;

    for (int i = menu->scroll; i < (int)menu->count; i++) {
        const struct menu_item *item = &menu->items[i];
        int next = at + rows_of(menu, item, menu->place.columns, names);

        if (row >= at && row < next && row < menu->place.row + menu->place.rows)
            return item->heading ? -1 : i;
        at = next;
    }
    return -1;
}

/* A click goes to a row, a double one takes it. */
static bool click(struct menu *menu, const struct key *key)
{
    int at = item_at(menu, key->row);

    if (key->button == 4 || key->button == 5) {
        move(menu, key->button == 4 ? -3 : 3);
        return true;
    }
    if (at < 0)
        return false;
    menu->selected = at;
    if (key->clicks == 2)
        choose(menu);
    return true;
}

static bool key(struct view *view, const struct key *key)
{
    struct menu *menu = (struct menu *)view;
    int page = menu->place.rows > 1 ? menu->place.rows - 1 : 1;

    switch (key->code) {
    case TKEY_ENTER:
        choose(menu);
        return true;
    case TKEY_DOWN:
        move(menu, 1);
        return true;
    case TKEY_UP:
        move(menu, -1);
        return true;
    case TKEY_PAGE_DOWN:
        move(menu, page);
        return true;
    case TKEY_PAGE_UP:
        move(menu, -page);
        return true;
    case TKEY_MOUSE:
        return click(menu, key);
    default:
        break;
    }
    switch (editor_key(&menu->typed, key)) {
    case EDITOR_IGNORED:
        return false;
    case EDITOR_CHANGED:
        menu->selected = 0;
        menu_fill(menu);
        return true;
    default:
        return true;
    }
}

/* What was chosen stays chosen where rows came or went above it: Enter never takes another than the one that was read. */
static void refresh(struct view *view)
{
    struct menu *menu = (struct menu *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    struct menu_item chosen = { .heading = true };

    if (menu->count > 0) {
        chosen = menu->items[menu->selected];
        chosen.name = arena_text(arena, chosen.name);
        chosen.words = arena_text(arena, chosen.words);
    }
    menu_fill(menu);
    for (size_t i = 0; i < menu->count && !chosen.heading; i++) {
        const struct menu_item *item = &menu->items[i];

        if (record_key_compare(&item->key, &chosen.key) == 0 &&
            text_equal(item->name, chosen.name) && text_equal(item->words, chosen.words)) {
            menu->selected = (int)i;
            return;
        }
    }
}

static void close_view(struct view *view)
{
    struct menu *menu = (struct menu *)view;

    editor_free(&menu->typed);
    arena_free(menu->arena);
}

static void copy(struct view *view, struct buffer *out)
{
    struct menu *menu = (struct menu *)view;
    const struct menu_item *item = &menu->items[menu->selected];

    if (menu->count == 0)
        return;
    buffer_text(out, item->name);
    buffer_string(out, item->name.len > 0 ? "  " : "");
    buffer_text(out, item->words);
}

static const struct label *about(struct view *view)
{
    return &((struct menu *)view)->kind->help;
}

const struct view_type menu_view = {
    .name = "menu",
    .label = L("Menu", "選單"),
    .help = L("Type to narrow, choose with the arrows, Enter takes it.",
              "輸入字詞以縮窄範圍，以方向鍵揀選，按Enter確定。"),
    .size = sizeof(struct menu),
    .draw = draw,
    .key = key,
    .refresh = refresh,
    .about = about,
    .copy = copy,
    .close = close_view,
    .typing = true,
    .overlay = true,
};

struct menu *menu_open(struct app *app, const struct menu_type *kind, const void *about)
{
    struct menu *menu = (struct menu *)view_push(app, &menu_view);

    menu->kind = kind;
    menu->about = about;
    menu->arena = arena_new();
    editor_init(&menu->typed);
    menu_fill(menu);
    return menu;
}
