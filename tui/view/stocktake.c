/* Counting: a shelf, then what lies there, by scanner alone. Each scan is saved before its result is shown; what is still to
 * be found on this shelf stands beside it. It goes on where it stopped, and two may count at once on two terminals. */
#include "tui/view/stocktake.h"

#include "core/base/seams.h"
#include "core/model/exhibit.h"
#include "core/model/location.h"
#include "core/model/questions.h"
#include "core/model/scan.h"
#include "core/model/stocktake_count.h"
#include "core/query/query.h"
#include "i18n/text.h"
#include "tui/widget/scan_board.h"

enum { AWAITED = 24, RECENT = 200, PANE_FROM = 110, BOARD_COLUMNS = 78, BOARD_ROWS = 13 };

enum tone {
    TONE_FOUND,
    TONE_TWICE,
    TONE_MOVED,
    TONE_UNKNOWN,
    TONE_FOUND_AGAIN,
    TONE_EXTRA,
    TONE_REFUSED,
    TONE_SAID,
    TONES
};

static const struct scan_tone tones[TONES] = {
    [TONE_FOUND] = { L("In place", "相符"), ROLE_GOOD, true, 0 },
    [TONE_TWICE] = { L("Twice", "重複"), ROLE_WARNING, true, 1 },
    [TONE_MOVED] = { L("Elsewhere", "位置不符"), ROLE_WARNING, true, 2 },
    [TONE_UNKNOWN] = { L("Unknown", "不明"), ROLE_ERROR, true, 2 },
    [TONE_FOUND_AGAIN] = { L("Found again", "尋回"), ROLE_WARNING, true, 2 },
    [TONE_EXTRA] = { L("Not listed", "不在清單"), ROLE_NORMAL, true, 1 },
    [TONE_REFUSED] = { L("Refused", "不納"), ROLE_ERROR, false, 2 },
    [TONE_SAID] = { L("Shelf", "位置"), ROLE_NORMAL, false, 0 },
};

struct counting {
    struct view view;
    struct record_key key;
    struct scan_board board;
    struct stocktake_count *count;
    int pass;
    struct text number;      /* of the stocktake */
    struct record_key place; /* that is counted now; id 0: none yet */
    struct stocktake_progress here, all;
    uint64_t awaited[AWAITED]; /* exhibits not yet seen here */
    int awaited_count;
};

/* ---- what stands ---- */

static struct text number_of(struct app *app, struct arena *arena, struct reference reference)
{
    AUTO_BUFFER struct buffer number = { 0 };
    const struct lookup *lookup = app_lookup(app);

    if (reference.id == 0 || !lookup->number(lookup->context, reference, &number))
        return TEXT("-");
    return arena_text(arena, buffer_as_text(&number));
}

static void find_awaited(struct counting *self)
{
    const struct stocktake_count *count = self->count;

    self->awaited_count = 0;
    for (size_t i = 0; i < count->listed && self->awaited_count < AWAITED; i++)
        if (stocktake_awaited(count, &count->items[i], self->place.id, self->pass))
            self->awaited[self->awaited_count++] = count->items[i].exhibit;
}

/* The scans of this pass so far, by whomever. */
static void count_tones(struct counting *self)
{
    static const enum tone by_class[CLASSES] = {
        [CLASS_MOVED] = TONE_MOVED,
        [CLASS_UNKNOWN] = TONE_UNKNOWN,
        [CLASS_FOUND_AGAIN] = TONE_FOUND_AGAIN,
        [CLASS_FOUND] = TONE_FOUND,
    };
    const struct stocktake_count *count = self->count;

    scan_board_clear_counts(&self->board);
    self->all = (struct stocktake_progress){ count->listed, 0 };
    for (size_t i = 0; i < count->count; i++) {
        const struct stocktake_item *item = &count->items[i];
        const struct stocktake_seen *seen = &item->seen[self->pass];

        if (seen->line == 0)
            continue;
        self->all.found += item->expected != 0;
        self->board
            .counts[seen->as == CLASS_FOUND && item->expected == 0 ? TONE_EXTRA
                                                                   : by_class[seen->as]]++;
        self->board.counts[TONE_TWICE] += (int)seen->times - 1;
    }
}

static enum err follow(struct counting *self)
{
    AUTO_TXN struct txn *txn = NULL;

    TRY(store_begin(&txn, self->view.app->store));
    TRY(stocktake_count_follow(self->count, txn));
    count_tones(self);
    self->awaited_count = 0;
    if (self->place.id == 0)
        return ERR_OK;
    find_awaited(self);
    return stocktake_progress_at(self->count, txn, self->place.id, self->pass, &self->here);
}

/* ---- a scan ---- */

static enum tone tone_of(const struct counting *self, const struct stocktake_line_record *line)
{
    const struct stocktake_item *item = stocktake_item_of(self->count, line->exhibit.id);

    if (line->again == FLAG_YES)
        return TONE_TWICE;
    if (text_is(line->result, "found"))
        return item && item->expected != 0 ? TONE_FOUND : TONE_EXTRA;
    return text_is(line->result, "moved")         ? TONE_MOVED
           : text_is(line->result, "found_again") ? TONE_FOUND_AGAIN
                                                  : TONE_UNKNOWN;
}

static void set_words(struct counting *self, struct message *words, enum tone tone,
                      const struct stocktake_line_record *line)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const char *recorded = number_of(self->view.app, arena, line->recorded).data;

    switch (tone) {
    case TONE_MOVED:
        message_set(words, N_("recorded at %s; it stays so until somebody corrects it"),
                    recorded);
        return;
    case TONE_UNKNOWN:
        message_set(words, line->exhibit.id != 0
                               ? N_("this exhibit was voided; the scan is kept")
                               : N_("nothing bears this number; the scan is kept"));
        return;
    case TONE_FOUND_AGAIN:
        message_set(words, N_("recorded as one that cannot be located"));
        return;
    case TONE_EXTRA:
        message_set(words, N_("in its place, but not on the list of this stocktake"));
        return;
    case TONE_TWICE:
        message_set(words, N_("scanned before in this count"));
        return;
    default:
        return;
    }
}

/* The result of a saved scan, as it was saved. */
static void show_line(struct counting *self, const struct stocktake_line_record *line)
{
    AUTO_ARENA struct arena *arena = arena_new();
    enum tone tone = tone_of(self, line);
    struct text code =
        line->exhibit.id != 0 ? number_of(self->view.app, arena, line->exhibit) : line->code;
    struct scanned *scanned = scan_board_add(&self->board, (int)tone, code);

    scanned->about = line->head.key;
    set_words(self, &scanned->words, tone, line);
}

static enum err read_line(struct counting *self, const struct record_key *key,
                          struct arena *arena, const struct stocktake_line_record **out)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    TRY(store_begin(&txn, self->view.app->store));
    TRY(record_get(txn, key, 0, arena, &record));
    *out = (const struct stocktake_line_record *)record;
    return ERR_OK;
}

static enum err save(struct counting *self, const char *act, void *input,
                     struct change_result *result)
{
    struct act_call call = { .act = act_named(text_of(act)),
                             .input = input,
                             .subject = self->key };

    return act_run(&self->view.app->session, &call, result);
}

static struct moment moment_now(void)
{
    return moment_of_ms(now_ms(), OFFSET_HONG_KONG);
}

static void scan_item(struct counting *self, struct reference exhibit, struct text code)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    const struct stocktake_line_record *line;
    struct act_stocktake_scan input = {
        .location = { .id = self->place.id },
        .exhibit = exhibit,
        .code = exhibit.id != 0 ? (struct text){ 0 } : text_safe_in(arena, code, TEXT_ONE_LINE),
        .occurred = moment_now(),
    };

    if (self->place.id == 0) {
        message_set(&scan_board_add(&self->board, TONE_REFUSED, code)->words,
                    N_("First the place: scan the label of the shelf."));
        return;
    }
    if (save(self, "stocktake-scan", &input, &result) != ERR_OK ||
        read_line(self, &result.keys[0], arena, &line) != ERR_OK) {
        scan_board_add_failure(&self->board, TONE_REFUSED, code);
        return;
    }
    show_line(self, line);
    if (follow(self) != ERR_OK)
        app_fail(self->view.app);
}

static void scan_place(struct counting *self, const struct record_key *place, struct text code)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct act_stocktake_scan input = { .location = { .id = place->id },
                                        .occurred = moment_now() };

    if (save(self, "stocktake-scan", &input, &result) != ERR_OK) {
        scan_board_add_failure(&self->board, TONE_REFUSED, code);
        return;
    }
    self->place = *place;
    if (follow(self) != ERR_OK)
        app_fail(self->view.app);
    message_set(&scan_board_add(&self->board, TONE_SAID, code)->words,
                N_("%zu expected here, %zu to go"), self->here.expected,
                self->here.expected - self->here.found);
}

static void scan_record(struct counting *self, struct text code)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct txn *txn = NULL;
    struct record *record = NULL;
    struct record_key *keys;
    size_t count = 0;

    if (store_begin(&txn, self->view.app->store) == ERR_OK &&
        search(txn, code, 1, arena, &keys, &count) == ERR_OK && count > 0 &&
        record_get(txn, &keys[0], 0, arena, &record) != ERR_OK)
        record = NULL;
    txn_end(txn);
    if (record && record->type == &location_type)
        scan_place(self, &record->key, code);
    else if (record && record->type == &exhibit_type)
        scan_item(self, reference_of(record), ((const struct exhibit_record *)record)->number);
    else
        scan_item(self, (struct reference){ 0 }, code);
}

static void undo_last(struct counting *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct scanned *scanned = scan_board_newest(&self->board);
    struct act_stocktake_take_back input = { .occurred = moment_now() };

    if (!scanned || scanned->about.n == 0) {
        app_warn(self->view.app, N_("The last scan is not in the count, so there is nothing to "
                                    "take back."));
        return;
    }
    input.line = (struct integer){ true, scanned->about.n };
    if (save(self, "stocktake-take-back", &input, &result) != ERR_OK) {
        app_fail(self->view.app);
        return;
    }
    app_say(self->view.app, N_("Taken back: %s. Both scans stay in the record."),
            scanned->code);
    scan_board_take_off(&self->board);
    if (follow(self) != ERR_OK)
        app_fail(self->view.app);
}

static void run_results(struct view *view)
{
    results_open(view->app, &((struct counting *)view)->key);
}

static void take(struct counting *self, struct text code)
{
    const struct scan_word *word = scan_word_of(code);

    if (code.len == 0)
        return;
    codes_refresh(self->view.app->codes);
    if (!word)
        scan_record(self, code);
    else if (word->command == SCAN_UNDO)
        undo_last(self);
    else if (word->command == SCAN_DONE)
        run_results(&self->view);
    else
        message_set(&scan_board_add(&self->board, TONE_REFUSED, code)->words,
                    N_("A stocktake moves nothing: scan shelves and what lies there."));
}

/* ---- drawing ---- */

/* There is room for one. */
static enum language one_language(const struct counting *self)
{
    return app_language(self->view.app) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH;
}

static void draw_awaited(struct counting *self, struct canvas *canvas, struct rect place)
{
    static const struct label to_find = L("To be found here", "此處待尋");
    AUTO_ARENA struct arena *arena = arena_new();
    const struct lookup *lookup = app_lookup(self->view.app);

    canvas_rule(canvas, place.row, place.column, place.columns,
                app_label(self->view.app, arena, &to_find), ROLE_BORDER);
    for (int i = 0; i < self->awaited_count && i + 1 < place.rows; i++) {
        AUTO_BUFFER struct buffer name = { 0 };

        lookup->reference(lookup->context, (struct reference){ .id = self->awaited[i] },
                          one_language(self), &name);
        canvas_put_padded(canvas, place.row + 1 + i, place.column + 2, place.columns - 2,
                          buffer_as_text(&name), ROLE_NORMAL);
    }
}

static void draw_progress(struct counting *self, struct canvas *canvas, struct rect body)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct message message;

    if (self->place.id == 0)
        message_set(&message,
                    N_("%zu of %zu on the list are found. Scan the label of a shelf."),
                    self->all.found, self->all.expected);
    else
        message_set(&message,
                    N_("Of %zu expected here: %zu found, %zu to go. In all %zu of %zu."),
                    self->here.expected, self->here.found,
                    self->here.expected - self->here.found, self->all.found,
                    self->all.expected);
    canvas_put(canvas, body.row + 2, 2, body.columns - 4,
               sentence(arena, &message, one_language(self)), ROLE_HEADER);
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    static const struct label scan = L("Scan", "掃描"),
                              second = L("second count", "第二次點算");
    struct counting *self = (struct counting *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer said = { 0 };
    const struct lookup *lookup = app_lookup(view->app);
    bool beside = body.columns >= PANE_FROM;
    struct rect board = body;

    if (!self->count)
        return;
    buffer_text(&said, self->number);
    if (self->pass == 1) {
        buffer_string(&said, ", ");
        buffer_text(&said, app_label(view->app, arena, &second));
    }
    if (self->place.id != 0) {
        buffer_string(&said, " > ");
        lookup->reference(lookup->context, (struct reference){ .id = self->place.id },
                          app_language(view->app), &said);
    }
    if (beside)
        board.columns = BOARD_COLUMNS;
    else if (body.rows > BOARD_ROWS)
        board.rows = BOARD_ROWS;
    draw_awaited(self, canvas,
                 beside ? (struct rect){ body.row, BOARD_COLUMNS + 1, body.rows,
                                         body.columns - BOARD_COLUMNS - 2 }
                        : (struct rect){ body.row + BOARD_ROWS, 1, body.rows - BOARD_ROWS,
                                         body.columns - 2 });
    draw_progress(self, canvas, board);
    scan_board_draw(&self->board, canvas, board, buffer_as_text(&said), &scan,
                    app_language(view->app));
}

/* ---- keys ---- */

static bool counting_key(struct view *view, const struct key *key)
{
    struct counting *self = (struct counting *)view;
    AUTO_ARENA struct arena *arena = arena_new();

    switch (scan_board_key(&self->board, key)) {
    case SCAN_KEY_CODE:
        take(self, scan_board_code(&self->board, arena));
        return true;
    case SCAN_KEY_UNDO:
        undo_last(self);
        return true;
    case SCAN_KEY_FOREIGN:
        app_warn(view->app, SCAN_BOARD_FOREIGN);
        return true;
    case SCAN_KEY_TYPED:
        return true;
    case SCAN_KEY_OTHER:
        break;
    }
    return false;
}

static bool leave(struct view *view)
{
    app_say(view->app,
            N_("Stopped. What was scanned is saved; the stocktake goes on where it is."));
    return true;
}

static void refresh(struct view *view)
{
    struct counting *self = (struct counting *)view;

    if (self->count && follow(self) != ERR_OK)
        app_fail(view->app);
}

static void title(struct view *view, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_label(view->app, arena, &counting_view.label));
}

static void close_view(struct view *view)
{
    struct counting *self = (struct counting *)view;

    scan_board_free(&self->board);
    stocktake_count_free(self->count);
}

static void run_undo(struct view *view)
{
    undo_last((struct counting *)view);
}

static const struct command commands[] = {
    { .name = "results",
      .key = KEY(F10),
      .label = L("Results", "結果"),
      .flags = COMMAND_BAR,
      .run = run_results,
      .help = L("What the count has come to so far, and finishing it.",
                "至今的盤點結果，並可完成盤點。") },
    { .name = "undo-scan",
      .key = KEY(F8),
      .label = L("Undo last", "撤銷上一項"),
      .flags = COMMAND_BAR,
      .run = run_undo,
      .help = L("Take the last scan back; also Backspace in the empty field.",
                "撤銷上一項掃描；在空白欄按Backspace亦可。") },
    { .name = NULL },
};

/* With the scanner's prefix or without, a code is the same here. */
static bool scanned(struct view *view, struct text code)
{
    take((struct counting *)view, code);
    return true;
}

const struct view_type counting_view = {
    .name = "stocktake",
    .label = L("Stocktake", "盤點"),
    .help = L("Counts by scanner alone: the label of a shelf, then all that lies there, then "
              "the next shelf. Each scan is saved before its result is shown; an interrupted "
              "stocktake goes on where it stopped. Nothing is moved by it.",
              "只用掃描器盤點：先掃位置標籤，再掃該處全部物品，然後掃下一位置。每次掃描於"
              "顯示結果前已儲存；中斷的盤點由停止處繼續。盤點本身不會移動證物。"),
    .commands = commands,
    .size = sizeof(struct counting),
    .draw = draw,
    .key = counting_key,
    .scanned = scanned,
    .title = title,
    .refresh = refresh,
    .leave = leave,
    .close = close_view,
    .typing = true,
    .scans = true,
};

/* ---- opening ---- */

static bool was_taken_back(const struct family_page *page, uint32_t n)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct stocktake_line_record *line =
            (const struct stocktake_line_record *)page->records[i];

        if (!page->damaged[i] && line->takes_back.present && line->takes_back.value == n)
            return true;
    }
    return false;
}

/* The officer's last scans and shelf, as they were left. */
static enum err resume(struct counting *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct family_page page;
    uint64_t officer = self->view.app->session.officer;

    TRY(store_begin(&txn, self->view.app->store));
    TRY(family_page(txn, self->key.id, stocktake_line_type.family, 0, BACKWARD, RECENT, arena,
                    &page));
    for (size_t i = page.count; i-- > 0;) {
        const struct stocktake_line_record *line =
            (const struct stocktake_line_record *)page.records[i];

        if (page.damaged[i] || line->officer.id != officer)
            continue;
        self->place = (struct record_key){ .id = line->found.id };
        if (!text_is(line->result, "place") && !line->takes_back.present &&
            !was_taken_back(&page, page.records[i]->key.n))
            show_line(self, line);
    }
    self->view.app->bells = 0;
    return ERR_OK;
}

static enum err load(struct counting *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    const struct stocktake_record *stocktake;
    struct record *record;

    TRY(store_begin(&txn, self->view.app->store));
    TRY(record_get(txn, &self->key, 0, arena, &record));
    stocktake = (const struct stocktake_record *)record;
    self->number = arena_text(self->view.arena, stocktake->number);
    self->pass = stocktake_pass_of(stocktake, self->view.app->session.officer);
    if (!text_is(stocktake->state, "open"))
        return fail(ERR_REFUSED,
                    N_("Stocktake %s is not being counted any more. Open another."),
                    arena_string(arena, stocktake->number));
    if (self->pass < 0)
        return fail(ERR_REFUSED,
                    N_("You do not count in stocktake %s yet. Join it first, to count beside "
                       "the first counter or for the second time."),
                    arena_string(arena, stocktake->number));
    return stocktake_count_open(&self->count, txn, &self->key);
}

void counting_open(struct app *app, const struct record_key *key)
{
    struct counting *self = (struct counting *)view_push(app, &counting_view);
    enum err err;

    self->key = *key;
    scan_board_init(&self->board, tones, TONES, &app->bells);
    err = load(self);
    if (err == ERR_OK)
        err = resume(self);
    if (err == ERR_OK)
        err = follow(self);
    if (err != ERR_OK) {
        app_fail(app);
        view_pop(app, NULL);
    }
}
