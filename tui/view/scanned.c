/* A scan that began with the scanner's prefix: whatever stands on the screen, it is looked up and never typed into what is
 * being written. A field that wants a record takes it; so do screens that live from scanning. */
#include "core/model/scan.h"
#include "core/query/query.h"
#include "i18n/text.h"
#include "tui/view/views.h"

enum { FOUND_MOST = 8, SCANNED_MOST = 200 };

/* One record is opened; where several bear the code, the search box shows them. */
static void look_up(struct app *app, struct text code)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct record_key *keys, key;
    size_t count;

    if (store_begin(&txn, app->store) != ERR_OK ||
        search_code(txn, code, FOUND_MOST, arena, &keys, &count) != ERR_OK) {
        app_fail(app);
        return;
    }
    if (count == 0) {
        app_warn(app, N_("Nothing bears the number that was scanned: %s."),
                 arena_string(arena, code));
        app->bells = 3;
        return;
    }
    key = keys[0];
    if (count == 1)
        sheet_open(app, &key);
    else
        search_open_with(app, code);
}

static void finish(struct app *app)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text code = arena_text(arena, scan_clean(buffer_as_text(&app->scan)));
    struct view *view = view_top(app);

    app->scanning = false;
    buffer_clear(&app->scan);
    if (code.len == 0 || (view->type->scanned && view->type->scanned(view, code)))
        return;
    if (!scan_word_of(code))
        look_up(app, code);
    else if (app->session.rights & RIGHT_MOVE)
        scan_open_with(app, code);
    else
        app_warn(app, N_("You may not move exhibits, so command cards do nothing here."));
}

static void take(struct app *app, struct text typed)
{
    if (app->scan.len + typed.len <= SCANNED_MOST)
        buffer_text(&app->scan, typed);
}

bool scanned_key(struct app *app, const struct key *key)
{
    char character[4];

    if (key->code == TKEY_SCAN) {
        app->scanning = app->session.officer != 0; /* at the door it is typed like anything */
        buffer_clear(&app->scan);
        return true;
    }
    if (!app->scanning)
        return false;
    switch (key->code) {
    case TKEY_CHARACTER:
        take(app, (struct text){ character, text_encode(key->point, character) });
        return true;
    case TKEY_PASTE:
        take(app, key->paste);
        return true;
    case TKEY_ENTER:
        finish(app);
        return true;
    default:
        app->scanning = false; /* a hand at the keyboard: the scan broke off */
        return false;
    }
}

void scanned_rest(struct app *app)
{
    if (app->scanning)
        finish(app);
}
