/* The sheet of a record: what it says, its chain of custody or running sheet, and the records that name it, as tabs. */
#include "tui/view/sheet.h"

#include "core/model/disposal.h"
#include "core/report/print_label.h"
#include "i18n/text.h"
#include "tui/view/recent.h"
#include "tui/view/stocktake.h"
#include "tui/view/withheld.h"

/* ---- reading ---- */

enum language sheet_language(const struct sheet *self)
{
    return app_language(self->view.app) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH;
}

enum err sheet_read(const struct sheet *self, struct txn *txn, const struct record_key *key,
                    struct record **out)
{
    return self->at.size > 0 ? record_at(txn, key, self->at.size, self->arena, out)
                             : record_get(txn, key, 0, self->arena, out);
}

enum err sheet_family(const struct sheet *self, struct txn *txn, uint8_t family,
                      struct family_page *out)
{
    size_t kept = 0;

    TRY(family_page(txn, self->key.id, family, UINT32_MAX, BACKWARD, SHEET_ROWS, self->arena,
                    out));
    for (size_t i = 0; self->at.size > 0 && i < out->count; i++) {
        enum err err = record_at(txn, &out->records[i]->key, self->at.size, self->arena,
                                 &out->records[kept]);

        if (err == ERR_MISSING || err == ERR_REFUSED)
            continue; /* entered later, or not for who reads */
        if (err == ERR_DAMAGED)
            out->records[kept] = out->records[i];
        else
            TRY(err);
        out->damaged[kept++] = err == ERR_DAMAGED;
    }
    if (self->at.size > 0)
        out->count = kept;
    return ERR_OK;
}

static enum err tab_read(struct sheet *self, struct txn *txn)
{
    const struct tab_type *type = tab_type(self);

    return type->read ? type->read(self, txn) : ERR_OK;
}

/* The same tab again where the lists of them have changed. */
static void tab_again(struct sheet *self, const struct tab *was)
{
    self->tab = 0;
    for (int i = 0; i < self->tab_count; i++)
        if (self->tabs[i].kind == was->kind &&
            (was->kind != TAB_LINKS || self->tabs[i].link.index == was->link.index))
            self->tab = i;
}

static void refresh(struct view *view)
{
    struct sheet *self = (struct sheet *)view;
    struct tab was = self->tabs[self->tab];
    bool first = self->tab_count == 0;
    AUTO_TXN struct txn *txn = NULL;
    enum err err;

    arena_reset(self->arena);
    self->record = NULL;
    self->events = self->notes = self->items = (struct family_page){ 0 };
    self->related_count = self->line_count = self->gate.count = 0;
    codes_refresh(view->app->codes);
    err = store_begin(&txn, view->app->store);
    if (err == ERR_OK)
        err = sheet_read(self, txn, &self->key, &self->record);
    if (err == ERR_OK)
        err = tabs_find(self, txn);
    if (err == ERR_OK && !first)
        tab_again(self, &was);
    if (err == ERR_OK)
        err = tab_read(self, txn);
    if (err != ERR_OK)
        app_fail(view->app);
}

void sheet_show_tab(struct sheet *self, int tab)
{
    AUTO_TXN struct txn *txn = NULL;

    self->tab = tab;
    self->selected = self->scroll = 0;
    self->view.typing = false;
    editor_set(&self->sought, TEXT(""));
    if (store_begin(&txn, self->view.app->store) != ERR_OK || tab_read(self, txn) != ERR_OK)
        app_fail(self->view.app);
}

/* ---- rows ---- */

bool rows_key(struct sheet *self, const struct key *key, int count, int page)
{
    page = page > 1 ? page : 1;
    if (!key_moves(key, count, page, &self->selected))
        return false;
    if (self->selected < self->scroll)
        self->scroll = self->selected;
    if (self->selected >= self->scroll + page)
        self->scroll = self->selected - page + 1;
    return true;
}

/* ---- drawing ---- */

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct sheet *self = (struct sheet *)view;
    int head = self->at.size > 0 ? 2 : 1;
    struct rect place = { body.row + head, 0, body.rows - head, body.columns };

    if (self->at.size > 0)
        as_at_banner(view->app, canvas, body.row, self->at);
    if (!self->record)
        return;
    tabs_draw(self, canvas, body.row + head - 1, body.columns);
    place = withheld_draw(view->app, canvas, place, self->record);
    tab_type(self)->draw(self, canvas, place);
}

/* ---- keys ---- */

/* The next tab of the bar; those that hold nothing are passed over. */
static void tab_go(struct sheet *self, int by)
{
    int tab = self->tab;

    if (self->tab_count == 0)
        return;
    do
        tab = (tab + by + self->tab_count) % self->tab_count;
    while (!self->tabs[tab].shown && tab != self->tab);
    sheet_show_tab(self, tab);
}

static bool key(struct view *view, const struct key *key)
{
    struct sheet *self = (struct sheet *)view;
    bool used = self->record && tab_type(self)->key(self, key);

    if (used || view->typing)
        return used;
    switch (key->code) {
    case TKEY_TAB:
    case TKEY_RIGHT:
        tab_go(self, 1);
        return true;
    case TKEY_BACKTAB:
    case TKEY_LEFT:
        tab_go(self, -1);
        return true;
    default:
        return false;
    }
}

/* ---- commands ---- */

static enum tab_kind kind_of_tab(const struct sheet *self)
{
    return self->tabs[self->tab].kind;
}

static bool can_open(struct view *view)
{
    struct sheet *self = (struct sheet *)view;

    return self->record && tab_type(self)->can_open(self);
}

static void run_open(struct view *view)
{
    struct sheet *self = (struct sheet *)view;
    bool found = tab_type(self)->open(self);

    if (!found)
        app_warn(view->app, N_("What is named here was not found in this store."));
}

/* The past is only read. */
static bool is_now(struct view *view)
{
    struct sheet *self = (struct sheet *)view;

    return self->record && self->at.size == 0;
}

static void run_edit(struct view *view)
{
    struct sheet *self = (struct sheet *)view;
    const struct act *amending =
        act_of_form(&view->app->session, self->record->type, ACT_AMENDS);

    form_open_act(view->app, amending, self->record, self->record);
}

static bool can_edit(struct view *view)
{
    struct sheet *self = (struct sheet *)view;

    return is_now(view) && self->record->access <= ACCESS_READ &&
           act_of_form(&view->app->session, self->record->type, ACT_AMENDS);
}

static void run_acts(struct view *view)
{
    acts_open(view->app, ((struct sheet *)view)->record);
}

static bool has_record(struct view *view)
{
    return ((struct sheet *)view)->record != NULL;
}

static bool at_door(struct view *view)
{
    struct sheet *self = (struct sheet *)view;

    return is_now(view) && self->record->type == &disposal_type &&
           text_is(((const struct disposal_record *)self->record)->state, "S04") &&
           act_allowed(&view->app->session, act_named(TEXT("disposal-line")));
}

static void run_door(struct view *view)
{
    door_open(view->app, &((struct sheet *)view)->key);
}

static void run_note(struct view *view)
{
    form_open_act(view->app, act_named(TEXT("note-add")), NULL, ((struct sheet *)view)->record);
}

static bool can_note(struct view *view)
{
    return is_now(view) && ((struct sheet *)view)->record->access <= ACCESS_READ &&
           act_allowed(&view->app->session, act_named(TEXT("note-add")));
}

static bool is_stocktake(struct view *view)
{
    const struct sheet *self = (const struct sheet *)view;

    return self->at.size == 0 && stocktake_is(self->record);
}

static void run_stocktake(struct view *view)
{
    stocktake_open(view->app, ((struct sheet *)view)->record);
}

static void run_history(struct view *view)
{
    history_open(view->app, &((struct sheet *)view)->key);
}

static void run_tabs(struct view *view)
{
    tabs_open((struct sheet *)view);
}

static void run_as_at(struct view *view)
{
    as_at_open(view->app, &((struct sheet *)view)->key);
}

/* From the past to now, the same record; at now it reads again. */
static void run_now(struct view *view)
{
    struct sheet *self = (struct sheet *)view;

    self->at = (struct as_at){ 0 };
    refresh(view);
}

static bool can_find(struct view *view)
{
    enum tab_kind kind = kind_of_tab((struct sheet *)view);

    return has_record(view) && (kind == TAB_NOTES || (kind == TAB_LINKS && is_now(view)));
}

/* Words in the running sheet; linked records as a list of their own. */
static void run_find(struct view *view)
{
    struct sheet *self = (struct sheet *)view;
    const struct link *link = &self->tabs[self->tab].link;

    if (kind_of_tab(self) == TAB_LINKS) {
        list_open(view->app, link->type, link->index, self->record);
        return;
    }
    notes_seek(self);
}

static struct text number_of(const struct record *record, struct arena *arena)
{
    const struct field *number = field_find(record->type, TAG_NUMBER);
    AUTO_BUFFER struct buffer out = { 0 };

    if (number && field_present(number, record))
        return *(const struct text *)field_value(number, record);
    key_print(&out, &record->key);
    return arena_text(arena, buffer_as_text(&out));
}

/* The value of the field with the cursor; elsewhere the number of the record that the row is about. */
static void copy(struct view *view, struct buffer *out)
{
    struct sheet *self = (struct sheet *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    const struct field *field;

    if (!self->record)
        return;
    field = summary_field(self);
    if (kind_of_tab(self) == TAB_SUMMARY && field)
        buffer_text(out, value_print(arena, field, field_value(field, self->record)));
    else if (kind_of_tab(self) == TAB_LINKS && grid_record(&self->grid))
        buffer_text(out, number_of(grid_record(&self->grid), arena));
    else
        buffer_text(out, number_of(self->record, arena));
}

static void run_label(struct view *view)
{
    label_open(view->app, &((struct sheet *)view)->key);
}

static bool has_label(struct view *view)
{
    struct sheet *self = (struct sheet *)view;

    return is_now(view) && print_label_for(self->record->type);
}

static void run_copy_number(struct view *view)
{
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_clear(&view->app->copied);
    buffer_text(&view->app->copied, number_of(((struct sheet *)view)->record, arena));
}

static void title(struct view *view, struct buffer *out)
{
    struct sheet *self = (struct sheet *)view;
    AUTO_ARENA struct arena *arena = arena_new();

    if (!self->record)
        return;
    buffer_text(out, label_text(arena, &self->record->type->label, sheet_language(self)));
    buffer_byte(out, ' ');
    buffer_text(out, number_of(self->record, arena));
}

static void close_view(struct view *view)
{
    struct sheet *self = (struct sheet *)view;

    arena_free(self->arena);
    editor_free(&self->sought);
    buffer_free(&self->prefix);
    if (self->grid_live)
        grid_free(&self->grid);
}

static bool is_attachment(struct view *view)
{
    return is_now(view) && ((struct sheet *)view)->record->type == &attachment_type &&
           ((struct sheet *)view)->record->access <= ACCESS_READ;
}

static void run_show_file(struct view *view)
{
    file_text_open(view->app, &((struct sheet *)view)->key);
}

static bool can_write_out(struct view *view)
{
    return is_attachment(view) &&
           act_allowed(&view->app->session, act_named(TEXT("attachment-export")));
}

static void run_write_out(struct view *view)
{
    form_open_act(view->app, act_named(TEXT("attachment-export")), NULL,
                  ((struct sheet *)view)->record);
}

static const struct command commands[] = {
    { .name = "open",
      .key = KEY(ENTER),
      .label = L("Open", "開啟"),
      .flags = COMMAND_BAR,
      .run = run_open,
      .possible = can_open,
      .help = L("Open what the chosen field or row names; Esc comes back.",
                "開啟所選欄位或列所指的紀錄；按Esc返回。") },
    { .name = "now",
      .key = KEY(F5),
      .label = L("As it is now", "現時紀錄"),
      .flags = 0,
      .run = run_now,
      .help = L("Read the record again as it is now; from a moment of the past back to now.",
                "重新讀取現時的紀錄；如正檢視過往時刻，則返回現時。") },
    { .name = "edit",
      .key = KEY(F2),
      .other = KEY_OF('e'),
      .label = L("Edit", "修改"),
      .flags = COMMAND_BAR,
      .run = run_edit,
      .possible = can_edit,
      .help = L("Amend this record.", "修改本紀錄。") },
    { .name = "find",
      .key = KEY(F3),
      .other = KEY_OF('/'),
      .label = L("Find", "搜尋"),
      .flags = COMMAND_BAR,
      .run = run_find,
      .possible = can_find,
      .help = L("Find words in the running sheet; of a list of records, the whole list to sort "
                "and filter.",
                "在調查日誌內搜尋字詞；於相關紀錄則開啟整份清單，可排序及篩選。") },
    { .name = "acts",
      .key = KEY(F8),
      .other = KEY_OF('a'),
      .label = L("Acts", "事項"),
      .flags = COMMAND_BAR,
      .run = run_acts,
      .possible = is_now,
      .help = L("What can be done with this record.", "可對本紀錄執行的事項。") },
    { .name = "door",
      .key = KEY_OF('d'),
      .label = L("Scan at the door", "掃描點驗"),
      .flags = COMMAND_BAR,
      .run = run_door,
      .possible = at_door,
      .help = L("Check the items of this disposal one by one, by scanner.",
                "用掃描器逐項點驗本項處置的證物。") },
    { .name = "note",
      .key = KEY(F7),
      .other = KEY_OF('n'),
      .label = L("Note", "日誌"),
      .flags = COMMAND_BAR,
      .run = run_note,
      .possible = can_note,
      .help = L("Add to the running sheet.", "加入調查日誌。") },
    { .name = "stocktake",
      .key = KEY_OF('r'),
      .label = L("Count, results", "盤點及結果"),
      .flags = COMMAND_BAR,
      .run = run_stocktake,
      .possible = is_stocktake,
      .help =
          L("Go on counting, or what the count came to and the acts that correct the record.",
            "繼續盤點；或查看盤點結果及更正紀錄的事項。") },
    { .name = "parts",
      .key = KEY(F4),
      .other = KEY_OF('v'),
      .label = L("Parts", "各部分"),
      .flags = COMMAND_BAR,
      .run = run_tabs,
      .possible = has_record,
      .help = L("All tabs of this record with what each holds; Left and Right go from one to "
                "the next.",
                "列出本紀錄各部分及其數目；按左、右鍵逐一切換。") },
    { .name = "history",
      .key = KEY(F6),
      .other = KEY_OF('h'),
      .label = L("History", "修訂"),
      .flags = COMMAND_BAR,
      .run = run_history,
      .possible = has_record,
      .help = L("Every revision and what changed.", "歷次修訂及更改內容。") },
    { .name = "as-at",
      .key = KEY_OF('t'),
      .label = L("As at", "截至"),
      .flags = 0,
      .run = run_as_at,
      .possible = has_record,
      .help = L("This record and all that hangs on it, as at any moment of the past. It shows "
                "what had been recorded by then; lists are of records that name this one today "
                "and did so then, and names of officers and codes are today's.",
                "檢視本紀錄及相關紀錄於過往任何時刻的內容，只顯示當時已記錄者。所列的相關紀錄"
                "，是現時及當時均指明本紀錄者；人員及編碼的名稱則為現時名稱。") },
    { .name = "show-file",
      .key = KEY_OF('s'),
      .label = L("Show the file", "顯示檔案"),
      .flags = 0,
      .run = run_show_file,
      .possible = is_attachment,
      .help = L("The content of an attached text file; the journal says who looked.",
                "顯示附件文字檔案的內容；操作紀錄會記下檢視者。") },
    { .name = "write-out",
      .key = KEY_OF('x'),
      .label = L("Write the file out", "取出檔案"),
      .flags = 0,
      .run = run_write_out,
      .possible = can_write_out,
      .help =
          L("The attached file goes to a new file on this machine; the journal says who took "
            "it.",
            "將附件寫入本機的新檔案；操作紀錄會記下取出者。") },
    { .name = "label",
      .key = KEY_OF('l'),
      .label = L("Label on screen", "屏幕標籤"),
      .flags = 0,
      .run = run_label,
      .possible = has_label,
      .help = L("The label with bar code and QR code, to be scanned from the screen.",
                "在屏幕顯示條碼及二維碼標籤，可直接掃描。") },
    { .name = "copy-number",
      .key = KEY_OF('y'),
      .label = L("Copy the number", "複製編號"),
      .flags = 0,
      .run = run_copy_number,
      .possible = has_record,
      .help = L("Send the number of this record to the terminal's clipboard.",
                "將本紀錄的編號傳送至終端機剪貼簿。") },
    { .name = NULL },
};

static const struct label *about(struct view *view)
{
    const struct sheet *self = (struct sheet *)view;

    return self->record ? &self->record->type->help : NULL;
}

/* Nothing is done upon the past. */
static size_t records(struct view *view, struct record_key *out, size_t room)
{
    struct sheet *self = (struct sheet *)view;

    if (room == 0 || self->at.size > 0)
        return 0;
    *out = self->key;
    return 1;
}

/* Linked records that take longer than a slice to find. */
static bool idle(struct view *view)
{
    struct sheet *self = (struct sheet *)view;

    if (!self->grid_live || !self->grid.searching)
        return false;
    if (grid_more(&self->grid) != ERR_OK)
        app_fail(view->app);
    return self->grid.searching;
}

const struct view_type sheet_view = {
    .name = "sheet",
    .label = L("Record", "紀錄"),
    .help = L("All about one record, on tabs: its summary, what belongs to it, its chain or "
              "running sheet.",
              "單一紀錄的全部資料，分頁顯示：摘要、所屬紀錄、保管鏈或調查日誌。"),
    .commands = commands,
    .size = sizeof(struct sheet),
    .draw = draw,
    .key = key,
    .title = title,
    .about = about,
    .records = records,
    .copy = copy,
    .refresh = refresh,
    .idle = idle,
    .close = close_view,
};

void sheet_open_at(struct app *app, const struct record_key *key, struct as_at at)
{
    struct record_key own = *key; /* of a view that may be closed to make room */
    struct sheet *self = (struct sheet *)view_push(app, &sheet_view);

    self->key = own;
    self->at = at;
    app_opened(app, &own);
    self->arena = arena_new();
    editor_init(&self->sought);
    refresh(&self->view);
    if (self->record && at.size == 0)
        recent_add(app, &own);
}

void sheet_open(struct app *app, const struct record_key *key)
{
    sheet_open_at(app, key, (struct as_at){ 0 });
}
