/* The label of a record on the screen, to be scanned from there: where no printer is at hand, or to try a scanner. */
#include "core/report/print_label.h"
#include "i18n/text.h"
#include "tui/view/views.h"
#include "tui/widget/symbol_draw.h"

enum { BARS_ROWS = 3 };

struct label_view {
    struct view view;
    struct record_key key;
    struct arena *arena; /* of the label */
    struct print_label label;
    bool made;
};

static void refresh(struct view *view)
{
    struct label_view *self = (struct label_view *)view;
    struct app *app = view->app;
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    arena_reset(self->arena);
    self->made = store_begin(&txn, app->store) == ERR_OK &&
                 record_get(txn, &self->key, 0, self->arena, &record) == ERR_OK &&
                 print_label_of(&self->label, record, app_lookup(app), app_language(app),
                                self->arena) == ERR_OK;
    if (!self->made)
        app_fail(app);
}

static void put_words(struct label_view *self, struct canvas *canvas, struct rect place)
{
    const struct print_label *label = &self->label;
    int row = place.row + 1;

    canvas_put(canvas, row++, place.column, place.columns, label->heading, ROLE_PLACE);
    for (size_t i = 0; i < label->count && row < place.row + place.rows; i++) {
        struct text rest = label->lines[i], line;

        while (row < place.row + place.rows && text_wrap(&rest, place.columns, &line))
            canvas_put(canvas, row++, place.column, place.columns, line, ROLE_VALUE);
    }
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct label_view *self = (struct label_view *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    struct rect square;
    int bars = body.row + body.rows - BARS_ROWS - 1;

    if (!self->made)
        return;
    square = symbol_size(&self->label.square, canvas->ascii);
    if (symbol_draw(canvas, (struct rect){ body.row, 1, body.rows, body.columns - 1 },
                    &self->label.square))
        bars = body.row + square.rows + 1;
    else
        square.columns = 0;
    put_words(self, canvas,
              (struct rect){ body.row, square.columns + 3, square.columns > 0 ? square.rows : 6,
                             body.columns - square.columns - 4 });
    if (!symbol_draw(canvas, (struct rect){ bars, 1, BARS_ROWS, body.columns - 1 },
                     &self->label.bars))
        canvas_put_padded(canvas, bars, 1, body.columns - 2,
                          app_words(view->app, arena,
                                    N_("The bar code needs a wider window than this.")),
                          ROLE_DIM);
}

static void title(struct view *view, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_label(view->app, arena, &label_view.label));
}

static void close_view(struct view *view)
{
    arena_free(((struct label_view *)view)->arena);
}

static const struct command commands[] = { { .name = NULL } };

const struct view_type label_view = {
    .name = "label",
    .label = L("Label", "標籤"),
    .help =
        L("The label of an exhibit, a store location or an officer as bar code and QR code, "
          "to be scanned from the screen.",
          "證物、存放位置或人員的條碼及二維碼標籤，可直接在屏幕上掃描。"),
    .commands = commands,
    .size = sizeof(struct label_view),
    .draw = draw,
    .title = title,
    .refresh = refresh,
    .close = close_view,
};

void label_open(struct app *app, const struct record_key *key)
{
    struct record_key own = *key;
    struct label_view *self = (struct label_view *)view_push(app, &label_view);

    self->key = own;
    self->arena = arena_new();
    refresh(&self->view);
}
