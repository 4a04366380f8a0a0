/* The door of a disposal, scanner in hand: an item, then what the goods demand of it (seal seen, weight, count), each line
 * saved before its OK. What differs is refused in large words; the discrepancy stands already. */
#include "tui/view/views.h"

#include <stdio.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/model/act.h"
#include "core/model/disposal.h"
#include "core/model/exhibit.h"
#include "core/model/questions.h"
#include "core/query/query.h"
#include "i18n/text.h"
#include "tui/view/act_way.h"
#include "tui/widget/scan_board.h"

enum tone {
    TONE_PASSED,
    TONE_REFUSED,
    TONE_TWICE,
    TONE_NOT_LISTED,
    TONE_AGAIN,
    TONE_ASKED,
    TONES
};

static const struct scan_tone tones[TONES] = {
    [TONE_PASSED] = { L("Passed", "相符"), ROLE_GOOD, true, 0 },
    [TONE_REFUSED] = { L("Refused", "拒收"), ROLE_ERROR, true, 2 },
    [TONE_TWICE] = { L("Twice", "重複"), ROLE_WARNING, true, 1 },
    [TONE_NOT_LISTED] = { L("Not listed", "不在清單"), ROLE_ERROR, true, 2 },
    [TONE_AGAIN] = { L("Not read", "未能讀取"), ROLE_WARNING, false, 1 },
    [TONE_ASKED] = { L("Ready", "就緒"), ROLE_NORMAL, false, 0 },
};

struct door {
    struct view view;
    struct record_key key;
    struct scan_board board;
    struct act_disposal_line line; /* of the item in hand; its texts live in `arena` */
    struct arena *arena;           /* of that item */
    const struct field *asked;     /* what comes next of it; NULL: an item */
    struct text number;            /* of the item */
    struct signer second;
};

static void put_aside(struct door *self)
{
    arena_reset(self->arena);
    self->line = (struct act_disposal_line){ 0 };
    self->number = (struct text){ 0 };
    self->asked = NULL;
}

/* ---- one line ---- */

static void second_answered(struct view *below, void *result);

/* The first thing that the rules miss is asked for next. */
static const struct field *missed(const struct act *act, const struct findings *findings)
{
    struct act_fields fields = act_fields(act);

    for (size_t i = 0; i < findings->count; i++)
        for (size_t k = 0; k < fields.count; k++)
            if (findings->items[i]->severity == SEVERITY_ERROR && !findings->items[i]->type &&
                fields.fields[k].tag == findings->items[i]->tag)
                return &fields.fields[k];
    return NULL;
}

/* The reasons of the gate: the last says more than that there are some. */
static void refuse(struct door *self, const struct findings *findings)
{
    struct scanned *scanned = scan_board_add_failure(&self->board, TONE_REFUSED, self->number);

    if (findings->count > 0)
        message_copy(&scanned->words, &findings->items[findings->count - 1]->message);
    put_aside(self);
}

static void ask(struct door *self, const struct field *field)
{
    struct scanned *scanned = scan_board_add(&self->board, TONE_ASKED, self->number);

    self->asked = field;
    message_set(&scanned->words, N_("%p?"), label_argument(&field->label));
}

static void save(struct door *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct session *session = &self->view.app->session;
    struct change_result result = { .arena = arena };
    struct act_call call = { .act = act_named(TEXT("disposal-line")),
                             .subject = self->key,
                             .input = &self->line };
    static const struct label second = L("Second officer", "第二簽署人員");
    const struct field *field;
    enum err err;

    self->line.occurred = moment_of_ms(now_ms(), OFFSET_HONG_KONG);
    session->other = self->second;
    err = act_run(session, &call, &result);
    secret_clear(&session->other, sizeof session->other);
    field = err == ERR_INVALID ? missed(call.act, &result.findings) : NULL;
    if (field)
        ask(self, field);
    else if (err == ERR_REFUSED && session->second_wanted && !self->second.unlocked)
        second_open(self->view.app, &second, 0, second_answered);
    else if (err != ERR_OK && err != ERR_INVALID && err != ERR_REFUSED) {
        scan_board_add_failure(&self->board,
                               err == ERR_CONFLICT  ? TONE_TWICE
                               : err == ERR_MISSING ? TONE_NOT_LISTED
                                                    : TONE_AGAIN,
                               self->number);
        put_aside(self);
    } else if (err != ERR_OK || result.findings.count > 0) {
        refuse(self, &result.findings);
    } else {
        scan_board_add(&self->board, TONE_PASSED, self->number);
        put_aside(self);
    }
}

static void second_answered(struct view *below, void *result)
{
    struct door *self = (struct door *)below;

    if (!result) {
        app_warn(below->app, N_("The second officer has not confirmed, so nothing was saved."));
        put_aside(self);
        return;
    }
    self->second = below->app->session.other;
    secret_clear(&below->app->session.other, sizeof below->app->session.other);
    save(self);
}

/* ---- what a scan means ---- */

static void take_item(struct door *self, struct text code)
{
    struct txn *txn = NULL;
    struct record *record = NULL;
    struct record_key *keys;
    size_t count = 0;

    put_aside(self);
    if (store_begin(&txn, self->view.app->store) == ERR_OK &&
        search(txn, code, 1, self->arena, &keys, &count) == ERR_OK && count > 0 &&
        (record_get(txn, &keys[0], TAG_LIST_LAST, self->arena, &record) != ERR_OK ||
         record->type != &exhibit_type))
        record = NULL;
    txn_end(txn);
    if (!record) {
        message_set(&scan_board_add(&self->board, TONE_NOT_LISTED, code)->words,
                    N_("nothing bears this number; the code is kept in this list"));
        return;
    }
    self->number = ((const struct exhibit_record *)record)->number;
    self->line.exhibit = reference_of(record);
    save(self);
}

/* The next item scanned too soon is not the seal of the one in hand. */
static bool is_item(struct door *self, struct text code)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    return store_begin(&txn, self->view.app->store) == ERR_OK &&
           record_by_number(txn, &exhibit_type, code, 1, self->arena, &record) == ERR_OK;
}

/* "2.1 kg", "1000 stick", a seal's number; what cannot be read is asked for again. */
static void take_answer(struct door *self, struct text code)
{
    struct message why;

    if (is_item(self, code)) {
        message_set(&scan_board_add(&self->board, TONE_AGAIN, code)->words,
                    N_("this is another item; first what is asked for the one in hand, or put "
                       "it aside with Backspace"));
        return;
    }
    if (field_kind(self->asked)
            ->parse(field_place(self->asked, &self->line), self->asked,
                    arena_text(self->arena, code), app_lookup(self->view.app), self->arena,
                    &why)) {
        save(self);
        return;
    }
    message_copy(&scan_board_add(&self->board, TONE_AGAIN, code)->words, &why);
}

static void take(struct door *self, struct text code)
{
    codes_refresh(self->view.app->codes);
    if (code.len == 0)
        return;
    if (self->asked)
        take_answer(self, code);
    else
        take_item(self, code);
}

/* ---- the view ---- */

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    static const struct label item = L("Exhibit", "證物");
    struct door *self = (struct door *)view;
    AUTO_BUFFER struct buffer said = { 0 };
    const struct lookup *lookup = app_lookup(view->app);

    lookup->reference(lookup->context, (struct reference){ .id = self->key.id },
                      app_language(view->app), &said);
    if (text_present(self->number)) {
        buffer_string(&said, " > ");
        buffer_text(&said, self->number);
    }
    scan_board_draw(&self->board, canvas, body, buffer_as_text(&said),
                    self->asked ? &self->asked->label : &item, app_language(view->app));
}

static bool door_key(struct view *view, const struct key *key)
{
    struct door *self = (struct door *)view;
    AUTO_ARENA struct arena *arena = arena_new();

    switch (scan_board_key(&self->board, key)) {
    case SCAN_KEY_CODE:
        take(self, scan_board_code(&self->board, arena));
        return true;
    case SCAN_KEY_UNDO:
        put_aside(self);
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

static void start(struct view *view, const char *act)
{
    struct record_key key = ((struct door *)view)->key;

    act_start(view->app, act_named(text_of(act)), &key);
}

static void run_refuse(struct view *view)
{
    start(view, "disposal-refuse");
}

static void run_finish(struct view *view)
{
    start(view, "disposal-finish");
}

static void title(struct view *view, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_label(view->app, arena, &door_view.label));
}

static void close_view(struct view *view)
{
    struct door *self = (struct door *)view;

    scan_board_free(&self->board);
    arena_free(self->arena);
    secret_clear(&self->second, sizeof self->second);
}

static const struct command commands[] = {
    { .name = "finish",
      .key = KEY(F10),
      .label = L("Carried out", "完成處置"),
      .flags = COMMAND_BAR,
      .run = run_finish,
      .help =
          L("All that passed is gone: the witnesses sign.", "相符者均已處置：見證人員簽署。") },
    { .name = "refuse",
      .key = KEY(F8),
      .label = L("Refuse", "拒收"),
      .flags = COMMAND_BAR,
      .run = run_refuse,
      .help = L("An item does not go, whatever the figures say; give the reason.",
                "不論數字是否相符，拒收一項並註明理由。") },
    { .name = NULL },
};

/* With the scanner's prefix or without, a code is the same here. */
static bool scanned(struct view *view, struct text code)
{
    take((struct door *)view, code);
    return true;
}

const struct view_type door_view = {
    .name = "door",
    .label = L("At the door", "點驗"),
    .help =
        L("Scan an item, then the seal that you see; type the weight or the count where the "
          "goods ask for it. Each line is saved before its word. Backspace in the empty "
          "field puts the item in hand aside.",
          "先掃證物，再掃所見封條；如須量重或點算，輸入重量或數目。每項於顯示結果前已儲存。"
          "在空白欄按Backspace即放下手上一項。"),
    .commands = commands,
    .size = sizeof(struct door),
    .draw = draw,
    .key = door_key,
    .scanned = scanned,
    .title = title,
    .close = close_view,
    .typing = true,
    .scans = true,
};

void door_open(struct app *app, const struct record_key *key)
{
    struct record_key own = *key;
    struct door *self = (struct door *)view_push(app, &door_view);

    self->key = own;
    self->arena = arena_new();
    scan_board_init(&self->board, tones, TONES, &app->bells);
}
