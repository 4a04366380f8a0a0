/* The sheet of a record: what it says, its chain of custody or running sheet, and the records that name it, as tabs. */
#include "tui/view/views.h"

#include <string.h>

#include "core/model/custody_event.h"
#include "core/model/exhibit.h"
#include "core/model/note.h"
#include "core/query/query.h"
#include "i18n/text.h"
#include "tui/view/sheet_parts.h"

enum tab_kind { TAB_SUMMARY, TAB_CHAIN, TAB_LINKS, TAB_NOTES };
enum { TABS = 12, LINKED_ROWS = 400, CHAIN_ROWS = 600 };

struct tab {
    enum tab_kind kind;
    struct link link;
};

struct sheet {
    struct view view;
    struct record_key key;
    struct record *record; /* NULL: it could not be read */
    struct arena *arena;   /* of the record and its rows; made anew on refresh */
    struct tab tabs[TABS];
    int tab_count, tab;
    struct index_page rows; /* of a tab of links */
    struct family_page events, notes;
    int selected, scroll, text_rows;
};

static void tab_add(struct sheet *self, enum tab_kind kind, const struct link *link)
{
    if (self->tab_count < TABS)
        self->tabs[self->tab_count++] = (struct tab){ kind, link ? *link : (struct link){ 0 } };
}

static void tabs_find(struct sheet *self)
{
    struct link links[TABS];
    size_t count = links_to(self->record->type, links, TABS);

    self->tab_count = 0;
    if (self->record->type == &exhibit_type)
        tab_add(self, TAB_CHAIN, NULL);
    tab_add(self, TAB_SUMMARY, NULL);
    for (size_t i = 0; i < count; i++)
        tab_add(self, TAB_LINKS, &links[i]);
    tab_add(self, TAB_NOTES, NULL);
}

static enum err rows_read(struct sheet *self, struct txn *txn)
{
    const struct tab *tab = &self->tabs[self->tab];
    struct reference reference = reference_of(self->record);
    const void *values[] = { &reference };
    AUTO_BUFFER struct buffer prefix = { 0 };

    if (tab->kind == TAB_CHAIN)
        return family_page(txn, self->key.id, 1, UINT32_MAX, BACKWARD, CHAIN_ROWS, self->arena,
                           &self->events);
    if (tab->kind == TAB_NOTES)
        return family_page(txn, self->key.id, 2, UINT32_MAX, BACKWARD, CHAIN_ROWS, self->arena,
                           &self->notes);
    if (tab->kind != TAB_LINKS)
        return ERR_OK;
    index_prefix(&prefix, tab->link.type, tab->link.index, values, 1);
    return index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, FORWARD, LINKED_ROWS,
                      self->arena, &self->rows);
}

static void refresh(struct view *view)
{
    struct sheet *self = (struct sheet *)view;
    AUTO_TXN struct txn *txn = NULL;
    enum err err;

    arena_reset(self->arena);
    self->record = NULL;
    self->rows = (struct index_page){ 0 };
    self->events = self->notes = (struct family_page){ 0 };
    codes_refresh(view->app->codes);
    err = store_begin(&txn, view->app->store);
    if (err == ERR_OK)
        err = record_get(txn, &self->key, 0, self->arena, &self->record);
    if (err == ERR_OK) {
        tabs_find(self);
        self->tab = self->tab < self->tab_count ? self->tab : 0;
        err = rows_read(self, txn);
    }
    if (err != ERR_OK)
        app_fail(view->app);
}

/* ---- drawing ---- */

static struct text value_text(struct sheet *self, struct arena *arena,
                              const struct field *field, const struct record *record)
{
    return value_show(arena, field, field_value(field, record), app_lookup(self->view.app),
                      app_language(self->view.app));
}

static void draw_tabs(struct sheet *self, struct canvas *canvas, int row, int columns)
{
    static const struct label summary = L("Summary", "摘要"),
                              chain = L("Chain of custody", "證物保管鏈"),
                              notes = L("Running sheet", "調查日誌");
    int column = 1;

    canvas_fill(canvas, (struct rect){ row, 0, 1, columns }, ROLE_BAR);
    for (int i = 0; i < self->tab_count; i++) {
        AUTO_ARENA struct arena *arena = arena_new();
        const struct tab *tab = &self->tabs[i];
        const struct label *label = tab->kind == TAB_SUMMARY ? &summary
                                    : tab->kind == TAB_CHAIN ? &chain
                                    : tab->kind == TAB_NOTES ? &notes
                                                             : &tab->link.type->plural;
        struct text words =
            label_text(arena, label,
                       app_language(self->view.app) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH);

        column += canvas_put(canvas, row, column, columns - column,
                             arena_printf(arena, i == self->tab ? "[%.*s]" : " %.*s ",
                                          (int)words.len, words.data),
                             i == self->tab ? ROLE_SELECTED : ROLE_BAR);
    }
}

/* Four lines that say what and where an exhibit is, above its chain. */
static int draw_exhibit_head(struct sheet *self, struct canvas *canvas, struct rect place)
{
    static const uint16_t left[] = { tag_exhibit_commodity, tag_exhibit_quantity,
                                     tag_exhibit_value, tag_exhibit_seal };
    static const uint16_t right[] = { tag_exhibit_state, tag_exhibit_legal_status,
                                      tag_exhibit_holder, tag_exhibit_located };
    AUTO_ARENA struct arena *arena = arena_new();
    int half = place.columns / 2;

    for (int i = 0; i < 4; i++) {
        const struct field *a = field_find(&exhibit_type, left[i]),
                           *b = field_find(&exhibit_type, right[i]);

        canvas_put(canvas, place.row + i, 1, 10,
                   label_text(arena, a->brief.en ? &a->brief : &a->label,
                              app_language(self->view.app) == LANGUAGE_EN ? LANGUAGE_EN
                                                                          : LANGUAGE_ZH),
                   ROLE_LABEL);
        canvas_put_padded(canvas, place.row + i, 12, half - 13,
                          value_text(self, arena, a, self->record), ROLE_VALUE);
        canvas_put(canvas, place.row + i, half, 10,
                   label_text(arena, b->brief.en ? &b->brief : &b->label,
                              app_language(self->view.app) == LANGUAGE_EN ? LANGUAGE_EN
                                                                          : LANGUAGE_ZH),
                   ROLE_LABEL);
        canvas_put_padded(canvas, place.row + i, half + 11, place.columns - half - 12,
                          value_text(self, arena, b, self->record), ROLE_VALUE);
    }
    return 4;
}

static bool event_is_marked(const struct custody_event_record *event)
{
    return event->late == FLAG_YES || event->discrepancy == FLAG_YES;
}

/* A cell of the chain: in one language, for both have no room. */
static struct text cell_text(struct sheet *self, struct arena *arena,
                             const struct record *event, uint16_t tag)
{
    const struct field *field = field_find(event->type, tag);

    return value_show(arena, field, field_value(field, event), app_lookup(self->view.app),
                      app_language(self->view.app) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH);
}

/* On 80 columns the code of a place or shelf has room, its name has not. */
static struct text narrow(struct text shown, int columns)
{
    return columns >= 100 ? shown : text_split(shown, ' ', &(struct text){ 0 });
}

/* One event: number, true time, what, who holds it after, where, seal; a second line where there is more to say. */
static int draw_event(struct sheet *self, struct canvas *canvas, int row, int columns,
                      const struct custody_event_record *event, bool chosen)
{
    AUTO_ARENA struct arena *arena = arena_new();
    enum role role = chosen                           ? ROLE_SELECTED
                     : event->discrepancy == FLAG_YES ? ROLE_WARNING
                                                      : ROLE_NORMAL;
    int where = columns >= 100 ? 30 : 13, who = columns - 46 - where;
    struct app *app = self->view.app;
    AUTO_BUFFER struct buffer more = { 0 };

    canvas_fill(canvas, (struct rect){ row, 0, 1, columns }, role);
    canvas_put_padded(canvas, row, 0, 1, chosen ? TEXT(">") : TEXT(" "), role);
    canvas_put_right(canvas, row, 1, 4, arena_printf(arena, "%u", event->head.key.n), role);
    canvas_put_padded(canvas, row, 5, 18,
                      arena_printf(arena, " %s", custody_time(arena, event->occurred)), role);
    canvas_put_padded(canvas, row, 23, 13,
                      cell_text(self, arena, &event->head, tag_custody_event_action), role);
    canvas_put_padded(canvas, row, 37, who - 1,
                      cell_text(self, arena, &event->head, tag_custody_event_holder), role);
    canvas_put_padded(canvas, row, 37 + who, where - 1,
                      narrow(cell_text(self, arena, &event->head, tag_custody_event_located),
                             columns),
                      role);
    canvas_put_padded(canvas, row, 37 + who + where, 9, event->seal_on, role);
    event_more(&more, app, arena, event);
    if (more.len == 0)
        return 1;
    canvas_put(canvas, row + 1, 7, columns - 8, buffer_as_text(&more),
               event_is_marked(event) ? ROLE_WARNING : ROLE_DIM);
    return 2;
}

static void draw_chain(struct sheet *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    static const struct label chain =
        L("Chain of custody, newest first", "證物保管鏈(最新在前)");
    int row = place.row + draw_exhibit_head(self, canvas, place);

    canvas_rule(canvas, row++, 0, place.columns, app_label(self->view.app, arena, &chain),
                ROLE_BORDER);
    for (size_t i = (size_t)self->scroll;
         i < self->events.count && row < place.row + place.rows; i++) {
        bool chosen = (int)i == self->selected;

        if (chosen)
            canvas_cursor(canvas, row, 0);
        if (self->events.damaged[i]) {
            canvas_put_padded(canvas, row++, 5, place.columns - 6,
                              app_words(self->view.app, arena,
                                        N_("This entry is damaged and is not shown.")),
                              ROLE_DAMAGED);
            continue;
        }
        row += draw_event(self, canvas, row, place.columns,
                          (struct custody_event_record *)self->events.records[i], chosen);
    }
}

static void draw_summary(struct sheet *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct record_type *type = self->record->type;
    int row = 0, labels = place.columns >= 100 ? 30 : 24;
    const struct section *caption =
        NULL; /* shown above the first field that has something to say */
    size_t section = 0;

    for (size_t i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        struct text rest, line;
        bool first = true;

        if (!field_present(field, self->record) || field->tag == TAG_APPROXIMATE)
            continue;
        while (section < type->section_count && i >= type->sections[section].first)
            caption = &type->sections[section++];
        if (caption && row >= self->scroll && row - self->scroll < place.rows)
            canvas_rule(canvas, place.row + row - self->scroll, 0, place.columns,
                        app_label(self->view.app, arena, &caption->label), ROLE_BORDER);
        row += caption != NULL;
        caption = NULL;
        rest = sheet_value(self->view.app, arena, self->record, field);
        while (text_wrap(&rest, place.columns - labels - 3, &line)) {
            int at = row++ - self->scroll;

            if (at >= 0 && at < place.rows) {
                if (first)
                    canvas_put_right(canvas, place.row + at, 0, labels,
                                     sheet_label(self->view.app, arena, field, labels),
                                     ROLE_LABEL);
                canvas_put(canvas, place.row + at, labels + 2, place.columns - labels - 3, line,
                           ROLE_VALUE);
            }
            first = false;
        }
    }
    self->text_rows = row;
}

static void draw_notes(struct sheet *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    int row = 0;

    for (size_t i = 0; i < self->notes.count; i++) {
        struct note_record *note = (struct note_record *)self->notes.records[i];
        struct text rest, line;

        if (row >= self->scroll && row - self->scroll < place.rows) {
            struct text head = self->notes.damaged[i]
                                   ? app_words(self->view.app, arena,
                                               N_("This entry is damaged and is not shown."))
                                   : note_head(self->view.app, arena, note);
            canvas_rule(canvas, place.row + row - self->scroll, 0, place.columns, head,
                        ROLE_BORDER);
        }
        row++;
        if (self->notes.damaged[i])
            continue;
        rest = value_text(self, arena, field_find(&note_type, tag_note_text), &note->head);
        while (text_wrap(&rest, place.columns - 4, &line)) {
            int at = row++ - self->scroll;

            if (at >= 0 && at < place.rows)
                canvas_put(canvas, place.row + at, 2, place.columns - 4, line, ROLE_VALUE);
        }
    }
    if (self->notes.count == 0)
        canvas_put(canvas, place.row + 1, 2, place.columns - 4,
                   app_words(self->view.app, arena, N_("Nothing is written here yet.")),
                   ROLE_DIM);
    self->text_rows = row;
}

static void draw_links(struct sheet *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;

    if (self->rows.count == 0) {
        canvas_put(canvas, place.row + 1, 2, place.columns - 4,
                   app_words(self->view.app, arena, N_("There are none.")), ROLE_DIM);
        return;
    }
    if (store_begin(&txn, self->view.app->store) != ERR_OK)
        return;
    for (int i = 0; i < place.rows && (size_t)(self->scroll + i) < self->rows.count; i++) {
        const struct record_key *key = &self->rows.keys[self->scroll + i];
        bool chosen = self->scroll + i == self->selected;
        enum role role = chosen ? ROLE_SELECTED : ROLE_NORMAL;

        canvas_put_padded(canvas, place.row + i, 0, 2, chosen ? TEXT(">") : TEXT(" "), role);
        canvas_put_padded(canvas, place.row + i, 2, place.columns - 2,
                          linked_line(self->view.app, txn, arena, key), role);
        if (chosen)
            canvas_cursor(canvas, place.row + i, 0);
    }
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct sheet *self = (struct sheet *)view;
    struct rect place = { body.row + 2, 0, body.rows - 2, body.columns };

    if (!self->record)
        return;
    draw_tabs(self, canvas, body.row, body.columns);
    switch (self->tabs[self->tab].kind) {
    case TAB_SUMMARY:
        draw_summary(self, canvas, place);
        break;
    case TAB_CHAIN:
        draw_chain(self, canvas, place);
        break;
    case TAB_NOTES:
        draw_notes(self, canvas, place);
        break;
    case TAB_LINKS:
        draw_links(self, canvas, place);
        break;
    }
}

/* ---- keys ---- */

static int row_count(const struct sheet *self)
{
    switch (self->tabs[self->tab].kind) {
    case TAB_CHAIN:
        return (int)self->events.count;
    case TAB_LINKS:
        return (int)self->rows.count;
    default:
        return 0;
    }
}

static void move(struct sheet *self, int by)
{
    int count = row_count(self), last = count > 0 ? count - 1 : 0, page = 12;

    if (count == 0) {
        self->scroll += by;
        if (self->scroll > self->text_rows - 4)
            self->scroll = self->text_rows - 4;
        self->scroll = self->scroll < 0 ? 0 : self->scroll;
        return;
    }
    self->selected += by;
    self->selected = self->selected < 0 ? 0 : self->selected > last ? last : self->selected;
    if (self->selected < self->scroll)
        self->scroll = self->selected;
    if (self->selected >= self->scroll + page)
        self->scroll = self->selected - page + 1;
}

static void tab_go(struct sheet *self, int by)
{
    if (self->tab_count == 0)
        return;
    self->tab = (self->tab + by + self->tab_count) % self->tab_count;
    self->selected = self->scroll = 0;
    refresh(&self->view);
}

static bool key(struct view *view, const struct key *key)
{
    struct sheet *self = (struct sheet *)view;

    switch (key->code) {
    case TKEY_TAB:
    case TKEY_RIGHT:
        tab_go(self, 1);
        return true;
    case TKEY_BACKTAB:
    case TKEY_LEFT:
        tab_go(self, -1);
        return true;
    case TKEY_DOWN:
        move(self, 1);
        return true;
    case TKEY_UP:
        move(self, -1);
        return true;
    case TKEY_PAGE_DOWN:
        move(self, 12);
        return true;
    case TKEY_PAGE_UP:
        move(self, -12);
        return true;
    case TKEY_HOME:
        move(self, -100000);
        return true;
    case TKEY_END:
        move(self, 100000);
        return true;
    default:
        return false;
    }
}

static bool can_open(struct view *view)
{
    struct sheet *self = (struct sheet *)view;

    return self->record && self->tabs[self->tab].kind == TAB_LINKS && self->rows.count > 0;
}

static void run_open(struct view *view)
{
    struct sheet *self = (struct sheet *)view;

    sheet_open(view->app, &self->rows.keys[self->selected]);
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

    return self->record && act_of_form(&view->app->session, self->record->type, ACT_AMENDS);
}

static void run_acts(struct view *view)
{
    acts_open(view->app, ((struct sheet *)view)->record);
}

static bool has_record(struct view *view)
{
    return ((struct sheet *)view)->record != NULL;
}

static void run_note(struct view *view)
{
    form_open_act(view->app, act_named(TEXT("note-add")), NULL, ((struct sheet *)view)->record);
}

static bool can_note(struct view *view)
{
    return has_record(view) && act_allowed(&view->app->session, act_named(TEXT("note-add")));
}

static void run_history(struct view *view)
{
    history_open(view->app, &((struct sheet *)view)->key);
}

static void title(struct view *view, struct buffer *out)
{
    struct sheet *self = (struct sheet *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    const struct field *number =
        self->record ? field_find(self->record->type, TAG_NUMBER) : NULL;

    if (!self->record)
        return;
    buffer_text(out,
                label_text(arena, &self->record->type->label,
                           app_language(view->app) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH));
    buffer_byte(out, ' ');
    if (number && field_present(number, self->record))
        buffer_text(out, *(const struct text *)field_value(number, self->record));
    else
        key_print(out, &self->key);
}

static void close_view(struct view *view)
{
    arena_free(((struct sheet *)view)->arena);
}

static const struct command commands[] = {
    { .name = "open",
      .key = KEY(ENTER),
      .label = L("Open", "開啟"),
      .flags = COMMAND_BAR,
      .run = run_open,
      .possible = can_open,
      .help = L("Open the chosen record.", "開啟所選紀錄。") },
    { .name = "edit",
      .key = KEY(F2),
      .other = KEY_OF('e'),
      .label = L("Edit", "修改"),
      .flags = COMMAND_BAR,
      .run = run_edit,
      .possible = can_edit,
      .help = L("Amend this record.", "修改本紀錄。") },
    { .name = "acts",
      .key = KEY(F8),
      .other = KEY_OF('a'),
      .label = L("Acts", "事項"),
      .flags = COMMAND_BAR,
      .run = run_acts,
      .possible = has_record,
      .help = L("What can be done with this record.", "可對本紀錄執行的事項。") },
    { .name = "note",
      .key = KEY(F7),
      .other = KEY_OF('n'),
      .label = L("Note", "日誌"),
      .flags = COMMAND_BAR,
      .run = run_note,
      .possible = can_note,
      .help = L("Add to the running sheet.", "加入調查日誌。") },
    { .name = "history",
      .key = KEY(F4),
      .other = KEY_OF('h'),
      .label = L("History", "修訂"),
      .flags = COMMAND_BAR,
      .run = run_history,
      .possible = has_record,
      .help = L("Every revision and what changed.", "歷次修訂及更改內容。") },
    { .name = NULL },
};

static const struct label *about(struct view *view)
{
    const struct sheet *self = (struct sheet *)view;

    return self->record ? &self->record->type->help : NULL;
}

static size_t records(struct view *view, struct record_key *out, size_t room)
{
    if (room == 0)
        return 0;
    *out = ((struct sheet *)view)->key;
    return 1;
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
    .refresh = refresh,
    .close = close_view,
};

void sheet_open(struct app *app, const struct record_key *key)
{
    struct sheet *self = (struct sheet *)view_push(app, &sheet_view);

    self->key = *key;
    self->arena = arena_new();
    refresh(&self->view);
}
