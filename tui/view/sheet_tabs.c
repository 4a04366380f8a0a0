#include "tui/view/sheet.h"

#include "core/model/case.h"
#include "core/model/disposal.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"
#include "core/model/handover_line.h"
#include "core/model/location.h"
#include "core/model/note.h"
#include "i18n/text.h"
#include "tui/view/menu.h"

static struct tab *tab_add(struct sheet *self, enum tab_kind kind)
{
    struct tab *tab = &self->tabs[self->tab_count];

    if (self->tab_count == TABS)
        return &self->tabs[TABS - 1];
    self->tab_count++;
    *tab = (struct tab){ .kind = kind, .shown = true };
    return tab;
}

/* Lists that hold nothing stand in the menu alone: the bar says what there is. */
static enum err tab_add_link(struct sheet *self, struct txn *txn, const struct link *link)
{
    struct tab *tab = tab_add(self, TAB_LINKS);

    tab->link = *link;
    if (self->at.size > 0) {
        AUTO_ARENA struct arena *arena = arena_new();
        struct query_slice slice;

        TRY(link_rows_at(txn, link, reference_of(self->record), self->at.size, TAB_COUNT_MOST,
                         arena, &slice));
        tab->count = slice.count;
        tab->more = slice.more;
    } else {
        TRY(link_count(txn, link, reference_of(self->record), TAB_COUNT_MOST, &tab->count,
                       &tab->more));
    }
    tab->shown = tab->count > 0;
    return ERR_OK;
}

static enum err count_family(struct sheet *self, struct txn *txn, struct tab *tab,
                             uint8_t family)
{
    uint32_t last;

    if (self->at.size > 0) {
        struct family_page then;

        TRY(sheet_family(self, txn, family, &then));
        tab->count = then.count < TAB_COUNT_MOST ? then.count : TAB_COUNT_MOST;
        tab->more = then.count > TAB_COUNT_MOST;
        return ERR_OK;
    }

    TRY(family_last(txn, self->key.id, family, &last));
    tab->more = last > TAB_COUNT_MOST;
    tab->count = tab->more ? TAB_COUNT_MOST : last;
    return ERR_OK;
}

/* Most hand-overs are done at once and have no items of their own beside them. */
static enum err items_find(struct sheet *self, struct txn *txn)
{
    struct tab *tab = tab_add(self, TAB_ITEMS);

    TRY(count_family(self, txn, tab, handover_line_type.family));
    self->tab_count -= tab->count == 0;
    return ERR_OK;
}

enum err tabs_find(struct sheet *self, struct txn *txn)
{
    struct link links[TABS];
    size_t count = links_to(self->record->type, links, TABS - 8);

    self->tab_count = 0;
    if (self->record->access == ACCESS_NUMBER) {
        tab_add(self, TAB_SUMMARY);
        return ERR_OK;
    }
    if (self->record->type == &exhibit_type)
        tab_add(self, TAB_CHAIN);
    if (self->record->type == &disposal_type)
        tab_add(self, TAB_LINES);
    if (self->record->type == &handover_type)
        TRY(items_find(self, txn));
    tab_add(self, TAB_SUMMARY);
    if (self->record->type == &exhibit_type && self->at.size == 0)
        tab_add(self, TAB_GATE);
    if (self->record->type == &exhibit_type) {
        bool there;

        TRY(lineage_there(self, txn, &there));
        tab_add(self, TAB_LINEAGE)->shown = there;
        tab_add(self, TAB_WEIGHTS)->shown =
            text_present(((const struct exhibit_record *)self->record)->gross.unit);
    }
    for (size_t i = 0; i < count; i++)
        TRY(tab_add_link(self, txn, &links[i]));
    if (self->record->type == &case_type)
        tab_add(self, TAB_RELATED)->shown = false;
    if (self->record->type->family == 0 && !self->record->type->code_table &&
        self->record->access <= ACCESS_READ)
        TRY(count_family(self, txn, tab_add(self, TAB_NOTES), note_type.family));
    return ERR_OK;
}

static const struct tab_type *const types[TAB_KINDS] = {
    [TAB_SUMMARY] = &summary_tab, [TAB_CHAIN] = &chain_tab, [TAB_GATE] = &gate_tab,
    [TAB_LINES] = &lines_tab,     [TAB_ITEMS] = &items_tab, [TAB_LINEAGE] = &lineage_tab,
    [TAB_WEIGHTS] = &weights_tab, [TAB_LINKS] = &links_tab, [TAB_NOTES] = &notes_tab,
    [TAB_RELATED] = &related_tab,
};

const struct tab_type *tab_type(const struct sheet *self)
{
    return types[self->tabs[self->tab].kind];
}

static const struct label *label_of(const struct tab *tab)
{
    const struct label *label = &types[tab->kind]->label;

    return label->en ? label : &tab->link.type->plural;
}

struct text tab_label(struct sheet *self, struct arena *arena, const struct tab *tab)
{
    return label_text(arena, label_of(tab), sheet_language(self));
}

/* Of a shelf: how many it holds of those that it may hold. */
static struct text capacity_words(struct sheet *self, struct arena *arena,
                                  const struct tab *tab)
{
    const struct location_record *location = (const struct location_record *)self->record;

    if (self->record->type != &location_type || tab->kind != TAB_LINKS ||
        tab->link.type != &exhibit_type || !location->capacity.present)
        return TEXT("");
    return arena_printf(arena, "/%lld", (long long)location->capacity.value);
}

static struct text tab_words(struct sheet *self, struct arena *arena, const struct tab *tab)
{
    struct text label = tab_label(self, arena, tab), most = capacity_words(self, arena, tab);

    if (tab->count == 0)
        return label;
    return arena_printf(arena, "%.*s %zu%s%.*s", (int)label.len, label.data, tab->count,
                        tab->more ? "+" : "", (int)most.len, most.data);
}

static bool in_bar(const struct sheet *self, int i)
{
    return self->tabs[i].shown || i == self->tab;
}

/* The first tab of the bar, so that the chosen one has room. */
static int first_shown(struct sheet *self, struct arena *arena, int columns)
{
    int first = self->tab, used = text_width(tab_words(self, arena, &self->tabs[first])) + 2;

    while (first > 0) {
        int width = in_bar(self, first - 1)
                        ? text_width(tab_words(self, arena, &self->tabs[first - 1])) + 2
                        : 0;

        if (used + width > columns)
            break;
        used += width;
        first--;
    }
    return first;
}

/* What has no room at either end is a mark there: Left and Right reach it, the menu lists all. */
void tabs_draw(struct sheet *self, struct canvas *canvas, int row, int columns)
{
    AUTO_ARENA struct arena *arena = arena_new();
    int column = 1, first = first_shown(self, arena, columns - 8), last_column = columns - 4;
    bool before = false;

    for (int i = 0; i < first; i++)
        before = before || in_bar(self, i);
    if (before)
        column += canvas_put(canvas, row, column, 3, TEXT("<< "), ROLE_BAR);
    for (int i = first; i < self->tab_count; i++) {
        struct text words = tab_words(self, arena, &self->tabs[i]);

        if (!in_bar(self, i))
            continue;
        if (column + text_width(words) + 2 > last_column) {
            canvas_put(canvas, row, column, 3, TEXT(" >>"), ROLE_BAR);
            return;
        }
        column += canvas_put(canvas, row, column, columns - column,
                             arena_printf(arena, i == self->tab ? "[%.*s]" : " %.*s ",
                                          (int)words.len, words.data),
                             i == self->tab ? ROLE_SELECTED : ROLE_BAR);
    }
}

/* ---- the menu of tabs ---- */

static size_t fill_tabs(struct menu *menu, struct text typed, struct menu_item *items,
                        size_t room)
{
    struct sheet *self = (struct sheet *)(uintptr_t)menu->about;
    size_t count = 0;

    for (int i = 0; self && i < self->tab_count && count < room; i++) {
        struct tab *tab = &self->tabs[i];
        struct text words = tab_label(self, menu->arena, tab);

        if (!menu_matches(label_text(menu->arena, label_of(tab), LANGUAGE_BOTH), typed))
            continue;
        items[count] = (struct menu_item){ .words = words, .key = { .n = (uint32_t)i } };
        if (tab->kind == TAB_LINKS || tab->kind == TAB_NOTES)
            items[count].name =
                arena_printf(menu->arena, "%6zu%s", tab->count, tab->more ? "+" : "");
        count++;
    }
    return count;
}

static void choose_tab(struct menu *menu, const struct menu_item *item)
{
    struct sheet *self = (struct sheet *)(uintptr_t)menu->about;
    int tab = (int)item->key.n;

    view_pop(menu->view.app, NULL);
    if (tab < self->tab_count)
        sheet_show_tab(self, tab);
}

static const struct menu_type tabs_type = { .title = L("Parts of this record", "本紀錄各部分"),
                                            .fill = fill_tabs,
                                            .choose = choose_tab,
                                            .name_columns = 9 };

void tabs_open(struct sheet *self)
{
    struct menu *menu = menu_open(self->view.app, &tabs_type, self);

    menu->selected = self->tab;
}
