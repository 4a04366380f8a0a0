/* Scanning: one field that is always ready, the last result in large words, counts, the last twelve. Scans alone form
 * sentences: action, place, items, done. Every item is saved before its OK. */
#include "tui/view/views.h"

#include <stdio.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/model/custody.h"
#include "core/model/handover.h"
#include "core/model/location.h"
#include "core/model/officer.h"
#include "core/model/questions.h"
#include "core/model/scan.h"
#include "core/query/query.h"
#include "tui/widget/scan_board.h"

enum tone { TONE_OK, TONE_TWICE, TONE_UNKNOWN, TONE_MOVED, TONE_REFUSED, TONE_SAID, TONES };

static const struct scan_tone tones[TONES] = {
    [TONE_OK] = { L("OK", "完成"), ROLE_GOOD, true, 0 },
    [TONE_TWICE] = { L("Twice", "重複"), ROLE_WARNING, true, 1 },
    [TONE_UNKNOWN] = { L("Unknown", "不明"), ROLE_ERROR, true, 2 },
    [TONE_MOVED] = { L("Moved in", "移入"), ROLE_WARNING, true, 0 },
    [TONE_REFUSED] = { L("Refused", "不納"), ROLE_ERROR, true, 2 },
    [TONE_SAID] = { L("Ready", "就緒"), ROLE_NORMAL, false, 0 },
};

struct scan {
    struct view view;
    struct scan_board board;
    const struct scan_word *action; /* NULL: looking up */
    struct record_key place;        /* of the sentence; id 0: not said yet */
    struct record_key handover;     /* the open one; id 0: none */
    struct signer second;           /* who confirmed for this sentence; wiped at its end */
    char waiting[SCAN_CODE];        /* scanned again when the second officer has confirmed */
};

static struct scanned *add(struct scan *self, enum tone tone, struct text code)
{
    return scan_board_add(&self->board, tone, code);
}

static void add_failure(struct scan *self, enum tone tone, struct text code)
{
    scan_board_add_failure(&self->board, tone, code);
}

/* ---- acts ---- */

/* The second officer confirms a sentence, which is many acts. */
static enum err act(struct scan *self, const char *name, void *input,
                    const struct record_key *subject, struct change_result *result)
{
    struct app *app = self->view.app;
    struct act_call call = { .act = act_named(text_of(name)), .input = input };

    if (subject)
        call.subject = *subject;
    app->session.other = self->second;
    enum err err = act_run(&app->session, &call, result);

    secret_clear(&app->session.other, sizeof app->session.other);
    return err;
}

static void sentence_end(struct scan *self)
{
    self->handover = self->place = (struct record_key){ 0 };
    secret_clear(&self->second, sizeof self->second);
}

/* The open hand-over is closed; false: it could not be, and stays open. */
static bool close_open(struct scan *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };

    if (self->handover.id == 0)
        return true;
    if (act(self, "hand-over-close", NULL, &self->handover, &result) != ERR_OK) {
        app_fail(self->view.app);
        return false;
    }
    self->handover = (struct record_key){ 0 };
    return true;
}

static enum err open_new(struct scan *self, struct change_result *result)
{
    struct moment now = moment_of_ms(now_ms(), OFFSET_HONG_KONG);
    bool stored = self->place.id != 0 && type_of_key(&self->place) == &location_type;
    struct act_hand_over_open input = {
        .action = text_of(self->action->action),
        .location =
            stored ? (struct reference){ .id = self->place.id } : (struct reference){ 0 },
        .from = stored ? (struct reference){ 0 } : (struct reference){ .id = self->place.id },
        .occurred = now,
    };

    TRY(act(self, "hand-over-open", &input, NULL, result));
    for (size_t i = 0; i < result->count; i++)
        if (type_of_key(&result->keys[i]) == &handover_type)
            self->handover = result->keys[i];
    return ERR_OK;
}

static enum err take_item(struct scan *self, const struct record_key *exhibit,
                          struct change_result *result)
{
    struct act_hand_over_item input = {
        .exhibit = { .id = exhibit->id },
        .occurred = moment_of_ms(now_ms(), OFFSET_HONG_KONG),
    };

    if (self->handover.id == 0)
        TRY(open_new(self, result));
    *result = (struct change_result){ .arena = result->arena };
    return act(self, "hand-over-item", &input, &self->handover, result);
}

/* ---- what a scan means ---- */

static void second_answered(struct view *below, void *result);

static void ask_second(struct scan *self, struct text code)
{
    static const struct label role = L("Second officer", "第二簽署人員");
    uint64_t officer =
        self->place.id != 0 && type_of_key(&self->place) == &officer_type ? self->place.id : 0;

    snprintf(self->waiting, sizeof self->waiting, "%.*s", (int)code.len, code.data);
    second_open(self->view.app, &role, officer, second_answered);
}

/* Where the record said that it was, if that is another shelf than the one it goes to. */
static bool stood_elsewhere(const struct scan *self, const struct exhibit_record *exhibit)
{
    return exhibit->located.id != 0 && exhibit->located.id != self->place.id &&
           id_kind(exhibit->located.id) == location_type.number;
}

static void name_place(struct scan *self, struct message *words, const char *id,
                       struct reference place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer name = { 0 };
    const struct lookup *lookup = app_lookup(self->view.app);

    if (place.id != 0)
        lookup->reference(lookup->context, place, app_language(self->view.app), &name);
    message_set(words, id,
                arena_string(arena, place.id != 0 ? buffer_as_text(&name) : TEXT("-")));
}

static void scan_exhibit(struct scan *self, struct text code,
                         const struct exhibit_record *exhibit)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    bool elsewhere = stood_elsewhere(self, exhibit);
    struct scanned *scanned;

    if (!self->action) {
        scanned = add(self, TONE_SAID, exhibit->number);
        name_place(self, &scanned->words, N_("stands at %s"), exhibit->located);
        scanned->about = exhibit->head.key;
        return;
    }
    if (self->place.id == 0) {
        message_set(&add(self, TONE_REFUSED, code)->words,
                    N_("First the place: scan the label of the shelf, or the card of whoever "
                       "gives the goods."));
        return;
    }
    switch (take_item(self, &exhibit->head.key, &result)) {
    case ERR_OK:
        scanned = add(self, elsewhere ? TONE_MOVED : TONE_OK, exhibit->number);
        scanned->about = exhibit->head.key;
        if (elsewhere)
            name_place(self, &scanned->words, N_("recorded at %s until now"), exhibit->located);
        return;
    case ERR_CONFLICT:
        add_failure(self, TONE_TWICE, exhibit->number);
        return;
    default:
        if (self->view.app->session.second_wanted && !self->second.unlocked) {
            ask_second(self, code);
            return;
        }
        add_failure(self, TONE_REFUSED, exhibit->number);
    }
}

/* A new place begins a new hand-over of the same action. */
static void scan_place(struct scan *self, const struct record *record, struct text code)
{
    if (!self->action) {
        message_set(&add(self, TONE_REFUSED, code)->words,
                    N_("First the action: scan a command card, such as SHELVE."));
        return;
    }
    if (!close_open(self))
        return;
    sentence_end(self);
    self->place = record->key;
    add(self, TONE_SAID, code);
    if (record->type == &officer_type)
        ask_second(self, TEXT(""));
}

static void scan_record(struct scan *self, struct text code)
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
    if (!record)
        message_set(&add(self, TONE_UNKNOWN, code)->words,
                    N_("nothing bears this number; the code is kept in this list"));
    else if (record->type == &exhibit_type)
        scan_exhibit(self, code, (const struct exhibit_record *)record);
    else if (record->type == &location_type || record->type == &officer_type)
        scan_place(self, record, code);
    else
        message_set(&add(self, TONE_REFUSED, code)->words,
                    N_("this is no exhibit, shelf or officer"));
}

static void undo_last(struct scan *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct scanned *scanned = scan_board_newest(&self->board);
    struct act_hand_over_take_back input = { .occurred =
                                                 moment_of_ms(now_ms(), OFFSET_HONG_KONG) };

    if (!scanned || (scanned->tone != TONE_OK && scanned->tone != TONE_MOVED) ||
        self->handover.id == 0) {
        app_warn(self->view.app,
                 N_("The last scan moved nothing, so there is nothing to undo."));
        return;
    }
    input.exhibit = (struct reference){ .id = scanned->about.id };
    if (act(self, "hand-over-take-back", &input, &self->handover, &result) != ERR_OK) {
        app_fail(self->view.app);
        return;
    }
    app_say(self->view.app, N_("Taken back: %s is where it was before."), scanned->code);
    scan_board_take_off(&self->board);
}

static void run_done(struct view *view)
{
    struct scan *self = (struct scan *)view;
    bool open = self->handover.id != 0;

    if (!close_open(self))
        return;
    sentence_end(self);
    if (open)
        app_say(view->app, N_("The hand-over is closed: %d items."),
                self->board.counts[TONE_OK] + self->board.counts[TONE_MOVED]);
    scan_board_clear_counts(&self->board);
}

static void scan_command(struct scan *self, const struct scan_word *word)
{
    switch (word->command) {
    case SCAN_UNDO:
        undo_last(self);
        return;
    case SCAN_DONE:
        run_done(&self->view);
        return;
    case SCAN_LOOK:
    case SCAN_ACTION:
        if (!close_open(self))
            return;
        sentence_end(self);
        self->action = word->command == SCAN_ACTION ? word : NULL;
        add(self, TONE_SAID, text_of(word->code));
    }
}

static void take(struct scan *self, struct text code)
{
    const struct scan_word *word = scan_word_of(code);

    codes_refresh(self->view.app->codes);
    if (code.len == 0)
        return;
    if (word)
        scan_command(self, word);
    else
        scan_record(self, code);
}

static void second_answered(struct view *below, void *result)
{
    struct scan *self = (struct scan *)below;
    char code[SCAN_CODE];

    memcpy(code, self->waiting, sizeof code);
    self->waiting[0] = '\0';
    if (!result) {
        app_warn(below->app, N_("The second officer has not confirmed, so nothing was moved."));
        return;
    }
    self->second = below->app->session.other;
    secret_clear(&below->app->session.other, sizeof below->app->session.other);
    take(self, text_of(code));
}

/* ---- drawing ---- */

/* What has been said so far: action and place. */
static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    static const struct label look = L("Look up", "查看"), scan = L("Scan", "掃描");
    struct scan *self = (struct scan *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer said = { 0 };
    const struct lookup *lookup = app_lookup(view->app);

    buffer_text(&said,
                app_label(view->app, arena, self->action ? &self->action->label : &look));
    if (self->place.id != 0) {
        buffer_string(&said, " > ");
        lookup->reference(lookup->context, (struct reference){ .id = self->place.id },
                          app_language(view->app), &said);
    }
    scan_board_draw(&self->board, canvas, body, buffer_as_text(&said), &scan,
                    app_language(view->app));
}

static bool scan_key(struct view *view, const struct key *key)
{
    struct scan *self = (struct scan *)view;
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
    struct scan *self = (struct scan *)view;

    if (self->handover.id != 0)
        app_say(view->app, N_("Stopped. What was scanned is saved; the hand-over stays open."));
    return true;
}

static void title(struct view *view, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_label(view->app, arena, &scan_view.label));
}

static void close_view(struct view *view)
{
    struct scan *self = (struct scan *)view;

    scan_board_free(&self->board);
    secret_clear(&self->second, sizeof self->second);
}

static void run_undo(struct view *view)
{
    undo_last((struct scan *)view);
}

static const struct command commands[] = {
    { .name = "done",
      .key = KEY(F10),
      .label = L("Done", "完成"),
      .flags = COMMAND_BAR,
      .run = run_done,
      .help = L("Close the hand-over: all items are through.", "結束移交：全部項目已完成。") },
    { .name = "undo-scan",
      .key = KEY(F8),
      .label = L("Undo last", "撤銷上一項"),
      .flags = COMMAND_BAR,
      .run = run_undo,
      .help = L("Put the last item back where it was; also Backspace in the empty field.",
                "將上一項放回原處；在空白欄按Backspace亦可。") },
    { .name = NULL },
};

const struct view_type scan_view = {
    .name = "scan",
    .label = L("Scan", "掃描"),
    .help = L(
        "Moves exhibits by scanner alone: a command card, a shelf, the items, DONE. Each item "
        "is saved before its OK. Without a command, what is scanned is looked up.",
        "只用掃描器移動證物：先掃指令卡，再掃存放位置、各項證物，最後掃「完成」。每項於"
        "顯示「完成」前已儲存。未掃指令卡時，所掃項目只供查看。"),
    .commands = commands,
    .size = sizeof(struct scan),
    .draw = draw,
    .key = scan_key,
    .title = title,
    .leave = leave,
    .close = close_view,
    .typing = true,
    .scans = true,
};

void scan_open(struct app *app)
{
    struct scan *self = (struct scan *)view_push(app, &scan_view);

    scan_board_init(&self->board, tones, TONES, &app->bells);
}
