#include "tui/view/menu.h"

#include "i18n/fold.h"
#include "i18n/text.h"
#include "tui/view/views.h"

bool menu_matches(struct text words, struct text typed)
{
    AUTO_BUFFER struct buffer a = { 0 }, b = { 0 };

    fold(&a, words);
    fold(&b, text_trim(typed));
    return fold_contains(buffer_as_text(&a), buffer_as_text(&b));
}

void menu_fill(struct menu *menu)
{
    arena_reset(menu->arena);
    menu->count = menu->kind->fill(menu, editor_text(&menu->typed), menu->items, MENU_ITEMS);
    if (menu->selected >= (int)menu->count)
        menu->selected = menu->count > 0 ? (int)menu->count - 1 : 0;
}

static struct rect box_of(struct rect body)
{
    int columns = body.columns > 96 ? 92 : body.columns - 4;

    return (struct rect){ body.row + 1, (body.columns - columns) / 2, body.rows - 2, columns };
}

static void draw_items(struct menu *menu, struct canvas *canvas, struct rect place)
{
    menu->rows = place.rows;
    if (menu->selected < menu->scroll)
        menu->scroll = menu->selected;
    if (menu->selected >= menu->scroll + place.rows)
        menu->scroll = menu->selected - place.rows + 1;
    for (int i = 0; i < place.rows && (size_t)(menu->scroll + i) < menu->count; i++) {
        const struct menu_item *item = &menu->items[menu->scroll + i];
        bool chosen = menu->scroll + i == menu->selected;
        enum role role = chosen ? ROLE_SELECTED : ROLE_NORMAL;
        int names = menu->kind->name_columns;

        canvas_put_padded(canvas, place.row + i, place.column, 2,
                          chosen ? TEXT(">") : TEXT(" "), role);
        canvas_put_padded(canvas, place.row + i, place.column + 2, names, item->name, role);
        canvas_put_padded(canvas, place.row + i, place.column + 2 + names,
                          place.columns - 2 - names, item->words, role);
    }
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct menu *menu = (struct menu *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    struct rect box = box_of(body);

    canvas_fill(canvas, (struct rect){ box.row, 0, box.rows, body.columns },
                ROLE_NORMAL); /* no halves of characters beside it */
    canvas_box(canvas, box, app_label(view->app, arena, &menu->kind->title), ROLE_BORDER);
    draw_items(menu, canvas,
               (struct rect){ box.row + 3, box.column + 1, box.rows - 4, box.columns - 2 });
    if (menu->count == 0)
        canvas_put(canvas, box.row + 3, box.column + 3, box.columns - 6,
                   app_words(view->app, arena, N_("nothing found")), ROLE_DIM);
    editor_draw(&menu->typed, canvas,
                (struct rect){ box.row + 1, box.column + 2, 1, box.columns - 4 },
                ROLE_FIELD_FOCUS, true);
}

static void choose(struct menu *menu)
{
    if (menu->count > 0)
        menu->kind->choose(menu, &menu->items[menu->selected]);
}

static void move(struct menu *menu, int by)
{
    menu->selected += by;
    if (menu->selected >= (int)menu->count)
        menu->selected = (int)menu->count - 1;
    if (menu->selected < 0)
        menu->selected = 0;
}

static bool key(struct view *view, const struct key *key)
{
    struct menu *menu = (struct menu *)view;

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
        move(menu, menu->rows);
        return true;
    case TKEY_PAGE_UP:
        move(menu, -menu->rows);
        return true;
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

static void refresh(struct view *view)
{
    menu_fill((struct menu *)view);
}

static void close_view(struct view *view)
{
    struct menu *menu = (struct menu *)view;

    editor_free(&menu->typed);
    arena_free(menu->arena);
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
