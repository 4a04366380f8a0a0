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
#include "i18n/text.h"
#include "tui/widget/editor.h"

enum { LAST_SCANS = 12, CODE_MOST = 80 };

enum tone { TONE_OK, TONE_TWICE, TONE_UNKNOWN, TONE_MOVED, TONE_REFUSED, TONE_SAID, TONES };

static const struct {
    struct label label;
    enum role role;
    bool counted, bell;
} tones[TONES] = {
    [TONE_OK] = { L("OK", "完成"), ROLE_GOOD, true, false },
    [TONE_TWICE] = { L("Twice", "重複"), ROLE_WARNING, true, true },
    [TONE_UNKNOWN] = { L("Unknown", "不明"), ROLE_ERROR, true, true },
    [TONE_MOVED] = { L("Moved in", "移入"), ROLE_WARNING, true, false },
    [TONE_REFUSED] = { L("Refused", "不納"), ROLE_ERROR, true, true },
    [TONE_SAID] = { L("Ready", "就緒"), ROLE_NORMAL, false, false },
};

struct scanned {
    enum tone tone;
    char code[CODE_MOST];
    struct message words; /* what happened; id NULL: nothing to add */
    struct record_key exhibit;
    int number; /* of those that are OK */
};

struct scan {
    struct view view;
    struct editor field;
    const struct scan_word *action; /* NULL: looking up */
    struct record_key place;        /* of the sentence; id 0: not said yet */
    struct record_key handover;     /* the open one; id 0: none */
    struct signer second;           /* who confirmed for this sentence; wiped at its end */
    struct scanned last[LAST_SCANS];
    int scans; /* all; last[(scans - 1) % LAST_SCANS] is the newest */
    int counts[TONES];
    char waiting[CODE_MOST]; /* scanned again when the second officer has confirmed */
};

static struct scanned *newest(struct scan *self)
{
    return self->scans > 0 ? &self->last[(self->scans - 1) % LAST_SCANS] : NULL;
}

static struct scanned *add(struct scan *self, enum tone tone, struct text code)
{
    struct scanned *scanned = &self->last[self->scans++ % LAST_SCANS];

    *scanned = (struct scanned){ .tone = tone };
    snprintf(scanned->code, sizeof scanned->code, "%.*s", (int)code.len, code.data);
    scanned->number = ++self->counts[tone];
    self->view.app->bell = tones[tone].bell;
    return scanned;
}

static void add_failure(struct scan *self, enum tone tone, struct text code)
{
    message_copy(&add(self, tone, code)->words, last_failure());
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
        scanned->exhibit = exhibit->head.key;
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
        scanned->exhibit = exhibit->head.key;
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
    struct scanned *scanned = newest(self);
    struct act_hand_over_take_back input = { .occurred =
                                                 moment_of_ms(now_ms(), OFFSET_HONG_KONG) };

    if (!scanned || (scanned->tone != TONE_OK && scanned->tone != TONE_MOVED) ||
        self->handover.id == 0) {
        app_warn(self->view.app,
                 N_("The last scan moved nothing, so there is nothing to undo."));
        return;
    }
    input.exhibit = (struct reference){ .id = scanned->exhibit.id };
    if (act(self, "hand-over-take-back", &input, &self->handover, &result) != ERR_OK) {
        app_fail(self->view.app);
        return;
    }
    self->counts[scanned->tone]--;
    app_say(self->view.app, N_("Taken back: %s is where it was before."), scanned->code);
    self->scans--;
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
                self->counts[TONE_OK] + self->counts[TONE_MOVED]);
    memset(self->counts, 0, sizeof self->counts);
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

static void take(struct scan *self, struct text typed)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text code = arena_text(arena, scan_clean(typed));
    const struct scan_word *word = scan_word_of(code);

    editor_set(&self->field, TEXT(""));
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
    char code[CODE_MOST];

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

static struct text label_now(struct scan *self, struct arena *arena, const struct label *label)
{
    return app_label(self->view.app, arena, label);
}

static struct text words_of(struct arena *arena, const struct scanned *scanned,
                            enum language language)
{
    return scanned->words.id ? sentence(arena, &scanned->words, language) : TEXT("");
}

static void draw_result(struct scan *self, struct canvas *canvas, struct rect body,
                        struct arena *arena)
{
    const struct scanned *scanned = newest(self);
    struct text rest, line;
    int column = 6;

    if (!scanned)
        return;
    canvas_fill(canvas, (struct rect){ body.row + 3, 2, 3, body.columns - 4 },
                tones[scanned->tone].role);
    column += canvas_put(canvas, body.row + 4, column, 24,
                         label_now(self, arena, &tones[scanned->tone].label),
                         tones[scanned->tone].role) +
              3;
    column += canvas_put(canvas, body.row + 4, column, 24, text_of(scanned->code),
                         tones[scanned->tone].role) +
              2;
    rest = words_of(arena, scanned, app_language(self->view.app));
    for (int row = 4; row < 6 && text_wrap(&rest, body.columns - 3 - column, &line); row++)
        canvas_put(canvas, body.row + row, column, body.columns - 3 - column, line,
                   tones[scanned->tone].role);
}

static void draw_counts(struct scan *self, struct canvas *canvas, int row, int columns,
                        struct arena *arena)
{
    int column = 2;

    for (int tone = 0; tone < TONES; tone++) {
        struct text label = label_now(self, arena, &tones[tone].label);

        if (tones[tone].counted)
            column += canvas_put(canvas, row, column, columns - column,
                                 arena_printf(arena, "%.*s %d", (int)label.len, label.data,
                                              self->counts[tone]),
                                 ROLE_LABEL) +
                      2;
    }
}

static void draw_last(struct scan *self, struct canvas *canvas, struct rect place,
                      struct arena *arena)
{
    /* There is room for one language; the newest stands above in both. */
    enum language language =
        app_language(self->view.app) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH;

    for (int i = 0; i < LAST_SCANS && i < self->scans && i < place.rows; i++) {
        const struct scanned *scanned = &self->last[(self->scans - 1 - i) % LAST_SCANS];
        int row = place.row + i;

        if (tones[scanned->tone].counted)
            canvas_put_right(canvas, row, 2, 4, arena_printf(arena, "%d", scanned->number),
                             ROLE_DIM);
        canvas_put(canvas, row, 8, 16, text_of(scanned->code), ROLE_VALUE);
        canvas_put(canvas, row, 26, 16, label_now(self, arena, &tones[scanned->tone].label),
                   tones[scanned->tone].role);
        canvas_put_padded(canvas, row, 44, place.columns - 46,
                          words_of(arena, scanned, language), ROLE_NORMAL);
    }
}

/* What has been said so far: action and place. */
static void draw_sentence(struct scan *self, struct canvas *canvas, struct rect body,
                          struct arena *arena)
{
    static const struct label look = L("Look up", "查看");
    AUTO_BUFFER struct buffer out = { 0 };
    const struct lookup *lookup = app_lookup(self->view.app);

    buffer_text(&out, label_now(self, arena, self->action ? &self->action->label : &look));
    if (self->place.id != 0) {
        buffer_string(&out, " > ");
        lookup->reference(lookup->context, (struct reference){ .id = self->place.id },
                          app_language(self->view.app), &out);
    }
    canvas_put(canvas, body.row, 2, body.columns - 4, buffer_as_text(&out), ROLE_HEADER);
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct scan *self = (struct scan *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    static const struct label scan = L("Scan", "掃描");
    int column = 2;

    draw_sentence(self, canvas, body, arena);
    draw_result(self, canvas, body, arena);
    draw_counts(self, canvas, body.row + 7, body.columns, arena);
    draw_last(self, canvas, (struct rect){ body.row + 9, 0, body.rows - 9, body.columns },
              arena);
    column += canvas_put(canvas, body.row + 1, column, 20, label_now(self, arena, &scan),
                         ROLE_LABEL) +
              1;
    editor_draw(&self->field, canvas, (struct rect){ body.row + 1, column, 1, 40 },
                ROLE_FIELD_FOCUS, true);
}

/* ---- keys ---- */

/* A scanner types plain letters; anything else is a hand at a keyboard whose input method is on. */
static bool foreign(const struct key *key)
{
    return key->code == TKEY_CHARACTER && key->point > '~' &&
           !(key->point >= 0xFF01 && key->point <= 0xFF5E);
}

static bool scan_key(struct view *view, const struct key *key)
{
    struct scan *self = (struct scan *)view;

    if (key->code == TKEY_ENTER) {
        AUTO_ARENA struct arena *arena = arena_new();

        take(self, arena_text(arena, editor_text(&self->field)));
        return true;
    }
    if (key->code == TKEY_BACKSPACE && self->field.text.len == 0) {
        undo_last(self);
        return true;
    }
    if (foreign(key)) {
        view->app->bell = true;
        app_warn(view->app, N_("The input method is still on. Switch it to English letters; "
                               "the scanner cannot be read otherwise."));
        return true;
    }
    return editor_key(&self->field, key) != EDITOR_IGNORED || key->code == TKEY_CHARACTER ||
           key->code == TKEY_PASTE;
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

    editor_free(&self->field);
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
};

void scan_open(struct app *app)
{
    struct scan *self = (struct scan *)view_push(app, &scan_view);

    editor_init(&self->field);
    self->field.limit = CODE_MOST - 1;
    self->field.half_width = true;
}
