/* Scanning: one field that is always ready, the last result in large words, counts, the last twelve. Scans alone form
 * sentences. */
#include "tui/view/scan_parts.h"

#include "core/schema/record.h"

static const struct scan_tone tones[TONES] = {
    [TONE_OK] = { L("OK", "完成"), ROLE_GOOD, true, 1 },
    [TONE_TWICE] = { L("Twice", "重複"), ROLE_WARNING, true, 2 },
    [TONE_UNKNOWN] = { L("Unknown", "不明"), ROLE_ERROR, true, 3 },
    [TONE_PLACE] = { L("Elsewhere", "錯位"), ROLE_WARNING, true, 2 },
    [TONE_DIFFERS] = { L("Differs", "不符"), ROLE_WARNING, true, 2 },
    [TONE_WAITS] = { L("Waits", "待辦"), ROLE_WARNING, false, 2 },
    [TONE_REFUSED] = { L("Refused", "不納"), ROLE_ERROR, true, 3 },
    [TONE_BACK] = { L("Goes back", "退回"), ROLE_WARNING, true, 2 },
    [TONE_MISSING] = { L("Missing", "欠缺"), ROLE_WARNING, false, 2 },
    [TONE_SAID] = { L("Ready", "就緒"), ROLE_NORMAL, false, 0 },
};

struct scanned *scan_add(struct scan *self, enum scan_tone_of tone, struct text code)
{
    return scan_board_add(&self->board, (int)tone, code);
}

struct scanned *scan_add_fault(struct scan *self, enum scan_tone_of tone, struct text code,
                               const struct change_result *result)
{
    struct scanned *scanned = scan_board_add_failure(&self->board, (int)tone, code);

    for (size_t i = 0; i < result->findings.count; i++) {
        if (result->findings.items[i]->severity != SEVERITY_ERROR)
            continue;
        message_copy(&scanned->words, &result->findings.items[i]->message);
        break;
    }
    return scanned;
}

struct text scan_name(struct scan *self, struct arena *arena, struct record_key key)
{
    AUTO_BUFFER struct buffer name = { 0 };
    const struct lookup *lookup = app_lookup(self->view.app);

    if (key.id == 0)
        return TEXT("-");
    lookup->reference(lookup->context, (struct reference){ .id = key.id },
                      app_language(self->view.app), &name);
    return arena_text(arena, buffer_as_text(&name));
}

/* ---- drawing ---- */

/* What has been said so far: action and place; then what is still to come. */
static void put_said(struct scan *self, struct arena *arena, struct buffer *out)
{
    static const struct label look = L("Look up", "查看");
    struct app *app = self->view.app;
    struct message more;

    buffer_text(out, app_label(app, arena, self->action ? &self->action->label : &look));
    if (self->place.id != 0) {
        buffer_string(out, " > ");
        buffer_text(out, scan_name(self, arena, self->place));
    }
    if (self->expected_count > 0) {
        message_set(&more, N_("%d of %d not scanned"), scan_expected_left(self),
                    self->expected_count);
        buffer_string(out, " | ");
        buffer_text(out, sentence(arena, &more, app_language(app)));
    }
    if (self->waiting_count > 0) {
        message_set(&more, N_("%d wait for the second officer"), self->waiting_count);
        buffer_string(out, " | ");
        buffer_text(out, sentence(arena, &more, app_language(app)));
    }
}

/* What the field wants next. */
static const struct label *wanted(const struct scan *self)
{
    static const struct label asks[] = {
        [ASK_NOTHING] = L("Scan", "掃描"),
        [ASK_PERSON] = L("Name and post of the receiver", "對方人員姓名及職位"),
        [ASK_RECEIPT] = L("Their receipt number", "對方收據編號"),
        [ASK_DUE] = L("Due back", "應歸還日期"),
        [ASK_SEAL] = L("Seal number", "封條編號"),
        [ASK_WEIGHT] = L("Weight", "重量"),
        [ASK_COUNT] = L("Number counted", "點算數目"),
        [ASK_CONDITION] = L("Condition", "物品狀況"),
        [ASK_READING] = L("Reading", "儀錶讀數"),
        [ASK_KEYS] = L("Vehicle keys", "鎖匙"),
        [ASK_REASON] = L("Why refused", "拒收理由"),
    };

    return &asks[self->ask];
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct scan *self = (struct scan *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer said = { 0 };

    put_said(self, arena, &said);
    scan_board_draw(&self->board, canvas, body, buffer_as_text(&said), wanted(self),
                    app_language(view->app));
}

/* ---- keys ---- */

static bool scan_key(struct view *view, const struct key *key)
{
    struct scan *self = (struct scan *)view;
    AUTO_ARENA struct arena *arena = arena_new();

    /* A name is typed in any letters. */
    scan_board_words(&self->board, self->ask == ASK_PERSON || self->ask >= ASK_CONDITION);
    switch (scan_board_key(&self->board, key)) {
    case SCAN_KEY_CODE:
        scan_take(self, scan_board_code(&self->board, arena));
        return true;
    case SCAN_KEY_UNDO:
        scan_undo(self);
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

static bool scanned(struct view *view, struct text code)
{
    scan_take((struct scan *)view, code);
    return true;
}

static bool leave(struct view *view)
{
    struct scan *self = (struct scan *)view;

    if (self->waiting_count > 0)
        app_warn(view->app,
                 N_("Stopped. %d items waited for the second officer and were not moved."),
                 self->waiting_count);
    else if (self->handover.id != 0 && !self->pending)
        app_say(view->app, N_("Stopped; all is saved. The hand-over goes on when you scan "
                              "again."));
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
    buffer_free(&self->later);
    secret_clear(&self->second, sizeof self->second);
}

/* ---- commands ---- */

static void run_done(struct view *view)
{
    scan_done((struct scan *)view);
}

static void run_undo(struct view *view)
{
    scan_undo((struct scan *)view);
}

static bool has_newest(struct view *view)
{
    struct scanned *newest = scan_board_newest(&((struct scan *)view)->board);

    return newest && newest->about.id != 0;
}

static void run_open(struct view *view)
{
    sheet_open(view->app, &scan_board_newest(&((struct scan *)view)->board)->about);
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
    { .name = "open",
      .key = KEY(F4),
      .label = L("Open", "開啟"),
      .flags = COMMAND_BAR,
      .run = run_open,
      .possible = has_newest,
      .help = L("Open what was scanned last; Esc comes back to scanning.",
                "開啟最後掃描的項目；按Esc返回掃描。") },
    { .name = NULL },
};

const struct view_type scan_view = {
    .name = "scan",
    .label = L("Scan", "掃描"),
    .help =
        L("Moves exhibits by scanner alone: a command card, a shelf or who gives them, the "
          "items, "
          "DONE. Each item is saved before its OK. One bell: done; two: look; three: not done. "
          "Without a command, what is scanned is looked up.",
          "只用掃描器移動證物：先掃指令卡，再掃存放位置或交出人員、各項證物，最後掃「完成」。"
          "每項於顯示「完成」前已儲存。響一聲：完成；兩聲：請察看；三聲：未有辦妥。未掃指令卡"
          "時，所掃項目只供查看。"),
    .commands = commands,
    .size = sizeof(struct scan),
    .draw = draw,
    .key = scan_key,
    .title = title,
    .scanned = scanned,
    .leave = leave,
    .close = close_view,
    .typing = true,
    .scans = true,
};

void scan_open(struct app *app)
{
    struct scan *self = (struct scan *)view_push(app, &scan_view);

    scan_board_init(&self->board, tones, TONES, &app->bells);
    scan_resume(self);
}

void scan_open_with(struct app *app, struct text code)
{
    scan_open(app);
    scan_take((struct scan *)view_top(app), code);
}
