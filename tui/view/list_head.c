/* The line above a list: its filter or its order, how many rows it has, how far sorting is. */
#include <stdio.h>

#include "i18n/text.h"
#include "tui/view/list_parts.h"

/* "12,000" */
static const char *grouped(struct arena *arena, int64_t number)
{
    char digits[24];
    size_t len = (size_t)snprintf(digits, sizeof digits, "%lld", (long long)number);
    AUTO_BUFFER struct buffer out = { 0 };

    for (size_t i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            buffer_byte(&out, ',');
        buffer_byte(&out, (uint8_t)digits[i]);
    }
    return arena_string(arena, buffer_as_text(&out));
}

/* How far a list is that has no index: "sorting 12,000 of 1,000,000 ..". */
static struct text progress(struct list_view *self, struct arena *arena, int room)
{
    const struct grid *grid = &self->grid;
    const char *walked = grouped(arena, (int64_t)sorted_walked(grid->listing.sorted));
    enum language language = app_language(self->view.app);
    struct message message;
    struct text words;

    if (grid->listing.plan.source.prefix.len == 0 && grid->total >= 0)
        message_set(&message, N_("sorting %s of %s .."), walked, grouped(arena, grid->total));
    else
        message_set(&message, N_("sorting, %s so far .."), walked);
    words = sentence(arena, &message, language);
    return text_width(words) <= room ? words : sentence(arena, &message, LANGUAGE_ZH);
}

static struct text numbers(struct list_view *self, struct arena *arena)
{
    static const struct label marked = L("marked", "已揀選"),
                              looking = L("searching ..", "搜尋中 ..");
    const struct grid *grid = &self->grid;
    int64_t number = grid_number(grid);
    bool filtered = !filter_empty(grid->query.filter);
    AUTO_BUFFER struct buffer out = { 0 };

    if (grid->mark_count > 0) {
        buffer_text(&out, app_label(self->view.app, arena, &marked));
        buffer_printf(&out, " %d  ", grid->mark_count);
    }
    if (listing_sorting(&grid->listing))
        buffer_text(&out, progress(self, arena, 40));
    else if (number >= 0)
        buffer_string(&out, grouped(arena, number));
    else if (grid->searching)
        buffer_text(&out, app_label(self->view.app, arena, &looking));
    if (filtered && number >= 0 && grid->total >= 0 && !listing_sorting(&grid->listing))
        buffer_printf(&out, " / %s", grouped(arena, grid->total));
    return arena_text(arena, buffer_as_text(&out));
}

void list_head_draw(struct list_view *self, struct canvas *canvas, struct rect body)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text right = numbers(self, arena);
    int width = text_width(right), room = body.columns - 2 - (width > 16 ? width : 16);
    const struct field *order = grid_order(&self->grid);
    static const struct label sorted = L("Sorted by", "排序");

    if (self->view.typing || self->filter.text.len > 0)
        list_filter_draw(self, canvas, body, room);
    else if (order) {
        AUTO_BUFFER struct buffer words = { 0 };

        buffer_text(&words, app_label(self->view.app, arena, &sorted));
        buffer_byte(&words, ' ');
        buffer_text(&words, app_label(self->view.app, arena, &order->label));
        buffer_string(&words, self->grid.query.direction == FORWARD ? " ^" : " v");
        canvas_put(canvas, body.row, 1, room, buffer_as_text(&words), ROLE_DIM);
    }
    canvas_put_right(canvas, body.row, body.columns - 1 - width, width, right, ROLE_DIM);
}
