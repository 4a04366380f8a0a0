/* The card of keys, drawn as a screen is, so that it can be text or a picture. */
#include <stdlib.h>

#include "i18n/text.h"
#include "tui/manual/manual.h"
#include "tui/view/views.h"

enum { COLUMNS = 80, HALF = 40, KEYS = 14, LONG_KEYS = 24, MARGIN = 1, ROWS_MOST = 600 };

/* Where the next key goes; two stand in a row where both have room. */
struct card {
    struct canvas *canvas;
    struct arena *arena;
    enum language language;
    int row;
    bool right; /* the left half of the row is taken */
};

static void next_row(struct card *card)
{
    card->row += card->right;
    card->right = false;
}

static void put_heading(struct card *card, const struct label *label)
{
    next_row(card);
    card->row += card->row > 0;
    canvas_rule(card->canvas, card->row++, 0, COLUMNS,
                label_text(card->arena, label, card->language), ROLE_HEADER);
}

/* A key with words that may be long: rows of its own. */
static void put_long(struct card *card, struct text keys, struct text words, int names)
{
    struct text line;

    next_row(card);
    canvas_put(card->canvas, card->row, MARGIN, names - 1, keys, ROLE_KEY);
    while (text_wrap(&words, COLUMNS - MARGIN - names, &line))
        canvas_put(card->canvas, card->row++, MARGIN + names, COLUMNS - MARGIN - names, line,
                   ROLE_NORMAL);
}

static void put_key(struct card *card, struct text keys, struct text words)
{
    int column = MARGIN + (card->right ? HALF : 0);

    if (text_width(words) > HALF - KEYS - MARGIN - 1 || text_width(keys) >= KEYS) {
        put_long(card, keys, words, text_width(keys) >= KEYS ? LONG_KEYS : KEYS);
        return;
    }
    canvas_put(card->canvas, card->row, column, KEYS, keys, ROLE_KEY);
    canvas_put(card->canvas, card->row, column + KEYS, HALF - KEYS, words, ROLE_NORMAL);
    card->row += card->right;
    card->right = !card->right;
}

static void put_commands(struct card *card, const struct view_type *type,
                         const struct command *commands)
{
    for (const struct command *command = commands; command && command->name; command++)
        put_key(card, command_keys(card->arena, type, command),
                label_text(card->arena, &command->label, card->language));
}

static void put_screens(struct card *card)
{
    for (const struct view_type *const *type = view_types; *type; type++) {
        if (!(*type)->commands || !(*type)->commands->name)
            continue;
        put_heading(card, &(*type)->label);
        put_commands(card, *type, (*type)->commands);
    }
}

struct canvas *manual_keys(enum language language)
{
    static const struct label everywhere = L("Tidewaiter: keys of every screen",
                                             "Tidewaiter：各畫面通用按鍵"),
                              moving = L("Moving about", "移動及操作");
    static const struct view_type any = { .name = "any" };
    AUTO_ARENA struct arena *arena = arena_new();
    struct card card = { canvas_new(ROWS_MOST, COLUMNS), arena, language, 0, false };
    struct canvas *cut;

    put_heading(&card, &everywhere);
    put_commands(&card, &any, app_commands);
    put_heading(&card, &moving);
    for (const struct help_key *row = help_keys; row->keys; row++)
        put_long(&card, text_of(row->keys), label_text(arena, &row->what, language), LONG_KEYS);
    put_screens(&card);
    next_row(&card);
    cut = canvas_new(card.row, COLUMNS);
    canvas_place(cut, 0, 0, card.canvas);
    canvas_free(card.canvas);
    return cut;
}
