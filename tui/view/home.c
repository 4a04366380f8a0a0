/* Home by role: what waits, counts that lead to their lists, search. */
#include "tui/view/views.h"

#include "core/change/desk.h"
#include "core/model/case.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"

struct way {
    const struct record_type *type;
    const char
        *index; /* narrowed by the officer: "by_officer", "by_holder"; NULL: the whole list */
    struct label label;
};

enum { DRAFTS_SHOWN = 4 };

struct home {
    struct view view;
    int selected;        /* a way, then a draft */
    struct arena *arena; /* of the drafts; made anew on refresh */
    struct draft *drafts;
    int draft_count;
};

static const struct way entries[] = {
    { &case_type, "by_officer", L("My cases", "我主管的案件") },
    { &case_type, NULL, L("All cases", "全部案件") },
    { &exhibit_type, "by_holder", L("Exhibits in my hands", "由我保管的證物") },
    { &handover_type, "by_receiver", L("Hand-overs to me", "移交予我") },
    { &exhibit_type, NULL, L("All exhibits", "全部證物") },
    { &seizure_type, NULL, L("Seizures", "檢取") },
    { &handover_type, NULL, L("Hand-overs", "移交紀錄") },
    { &operation_type, NULL, L("Operations", "行動") },
    { &location_type, NULL, L("Store locations", "存放位置") },
    { &seal_type, NULL, L("Seals", "封條") },
    { &officer_type, NULL, L("Officers", "人員") },
    { &formation_type, NULL, L("Formations", "單位") },
    { &place_type, NULL, L("Places", "地點") },
    { &commodity_type, NULL, L("Commodities", "物品種類") },
    { &ordinance_type, NULL, L("Ordinances", "條例") },
};
enum { WAY_COUNT = sizeof entries / sizeof *entries };

/* How many stand behind an entry; -1 where no counter knows. */
static int64_t count_of(struct home *self, struct txn *txn, const struct way *entry)
{
    int64_t count;

    if (!entry->index)
        return count_get(txn, entry->type, "all", NULL, 0, &count) == ERR_OK ? count : -1;
    if (entry->type == &case_type) {
        struct reference me = { .id = self->view.app->session.officer };
        const void *values[] = { &me };

        return count_get(txn, entry->type, "by_officer", values, 1, &count) == ERR_OK ? count
                                                                                      : -1;
    }
    return -1;
}

/* Drafts stand at the foot, where the eye ends. */
static int row_of(const struct home *self, struct rect body)
{
    if (self->selected < WAY_COUNT)
        return body.row + 3 + self->selected;
    return body.row + body.rows - self->draft_count + self->selected - WAY_COUNT;
}

static void draw_drafts(struct home *self, struct canvas *canvas, struct rect body)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct app *app = self->view.app;
    static const struct label drafts = L("Drafts: Enter goes on with one", "草稿：按Enter續寫");

    canvas_rule(canvas, body.row + body.rows - self->draft_count - 1, 2, body.columns - 4,
                app_label(app, arena, &drafts), ROLE_BORDER);
    for (int i = 0; i < self->draft_count; i++) {
        const struct draft *draft = &self->drafts[i];
        const struct act *act = act_named(draft->act);
        bool chosen = self->selected == WAY_COUNT + i;
        enum role role = chosen ? ROLE_SELECTED : ROLE_NORMAL;
        int row = body.row + body.rows - self->draft_count + i;
        AUTO_BUFFER struct buffer of = { 0 };
        char time[40];

        moment_print(time, moment_of_ms(draft->saved_ms, OFFSET_HONG_KONG));
        if (draft->key.id != 0)
            app_lookup(app)->reference(app_lookup(app)->context,
                                       (struct reference){ .id = draft->key.id },
                                       app_language(app), &of);
        else
            buffer_text(&of, draft_words(draft, arena));
        canvas_put_padded(canvas, row, 2, 2, chosen ? TEXT(">") : TEXT(" "), role);
        canvas_put_padded(canvas, row, 4, 18, text_of(time), role);
        canvas_put_padded(canvas, row, 22, 24,
                          act ? app_label(app, arena, &act->label) : draft->act, role);
        canvas_put_padded(canvas, row, 46, body.columns - 48, buffer_as_text(&of), role);
    }
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct home *self = (struct home *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    bool readable = store_begin(&txn, view->app->store) == ERR_OK;

    canvas_rule(canvas, body.row + 1, 2, body.columns - 4,
                app_words(view->app, arena, N_("Where to")), ROLE_BORDER);
    for (int i = 0; i < WAY_COUNT && i + 3 < body.rows; i++) {
        int row = body.row + 3 + i;
        int64_t count = readable ? count_of(self, txn, &entries[i]) : -1;
        enum role role = i == self->selected ? ROLE_SELECTED : ROLE_NORMAL;

        canvas_put_padded(canvas, row, 2, 2, i == self->selected ? TEXT(">") : TEXT(" "), role);
        if (count >= 0)
            canvas_put_right(canvas, row, 4, 8, arena_printf(arena, "%lld", (long long)count),
                             role);
        else
            canvas_put_padded(canvas, row, 4, 8, TEXT(""), role);
        canvas_put_padded(canvas, row, 12, 2, TEXT(""), role);
        canvas_put_padded(canvas, row, 14, 50, app_label(view->app, arena, &entries[i].label),
                          role);
    }
    if (self->draft_count > 0)
        draw_drafts(self, canvas, body);
    canvas_cursor(canvas, row_of(self, body), 2);
}

static void refresh(struct view *view)
{
    struct home *self = (struct home *)view;
    size_t count = 0;

    arena_reset(self->arena);
    self->draft_count = 0;
    if (draft_list(view->app->store, view->app->session.officer, self->arena, &self->drafts,
                   &count) != ERR_OK)
        app_fail(view->app); /* a damaged draft is named and set aside; the others are there */
    self->draft_count = count < DRAFTS_SHOWN ? (int)count : DRAFTS_SHOWN;
    if (self->selected >= WAY_COUNT + self->draft_count)
        self->selected = 0;
}

static void close_view(struct view *view)
{
    arena_free(((struct home *)view)->arena);
}

static void open_entry(struct view *view)
{
    struct home *self = (struct home *)view;

    if (self->selected >= WAY_COUNT) {
        form_open_draft(view->app, &self->drafts[self->selected - WAY_COUNT]);
        return;
    }
    const struct way *entry = &entries[self->selected];
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct record_key me = { .id = view->app->session.officer };
    struct record *officer = NULL;

    if (entry->index && store_begin(&txn, view->app->store) == ERR_OK &&
        record_get(txn, &me, TAG_LIST_LAST, arena, &officer) != ERR_OK) {
        app_fail(view->app);
        return;
    }
    txn_end(txn);
    txn = NULL;
    list_open(view->app, entry->type,
              entry->index ? index_named(entry->type, entry->index) : NULL, officer);
}

static bool key(struct view *view, const struct key *key)
{
    struct home *self = (struct home *)view;
    int wanted = self->selected;

    switch (key->code) {
    case TKEY_DOWN:
        wanted++;
        break;
    case TKEY_UP:
        wanted--;
        break;
    case TKEY_HOME:
        wanted = 0;
        break;
    case TKEY_END:
        wanted = WAY_COUNT + self->draft_count - 1;
        break;
    default:
        return false;
    }
    self->selected = wanted < 0 ? 0
                     : wanted >= WAY_COUNT + self->draft_count
                         ? WAY_COUNT + self->draft_count - 1
                         : wanted;
    return true;
}

static void title(struct view *view, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_words(view->app, arena, N_("Home")));
}

static void sign_out(struct view *view)
{
    struct app *app = view->app;
    enum language language = app_language(app);

    account_sign_out(&app->session);
    app->session.language = language;
    view_pop(app, NULL);
}

static bool leave(struct view *view)
{
    sign_out(view);
    return false;
}

static void run_search(struct view *view)
{
    search_open(view->app);
}

static void run_new_case(struct view *view)
{
    form_open_act(view->app, act_named(TEXT("case-open")), NULL, NULL);
}

static bool may_open(struct view *view)
{
    return act_allowed(&view->app->session, act_named(TEXT("case-open")));
}

static const struct command commands[] = {
    { .name = "open",
      .key = KEY(ENTER),
      .label = L("Open", "開啟"),
      .flags = COMMAND_BAR,
      .run = open_entry,
      .help = L("Open the chosen list.", "開啟所選清單。") },
    { .name = "search",
      .key = KEY(F3),
      .other = KEY_OF('/'),
      .label = L("Find", "搜尋"),
      .flags = COMMAND_BAR,
      .run = run_search,
      .help = L("A number, a name, or words of a title or description.",
                "編號、姓名，或標題及描述內的字詞。") },
    { .name = "new-case",
      .key = KEY(F7),
      .other = KEY_OF('n'),
      .label = L("New case", "新案件"),
      .flags = COMMAND_BAR,
      .run = run_new_case,
      .possible = may_open,
      .help = L("Open a file for a new case.", "開立新案件檔案。") },
    { .name = "sign-out",
      .key = KEY(F12),
      .label = L("Sign out", "登出"),
      .flags = COMMAND_BAR,
      .run = sign_out,
      .help = L("Leave this account.", "離開此帳戶。") },
    { .name = NULL },
};

const struct view_type home_view = {
    .name = "home",
    .label = L("Home", "主頁"),
    .help = L("Where the day begins: what waits for you, the lists, and the drafts that you "
              "have not saved.",
              "一天工作由此開始：待辦事項、各類清單，以及尚未儲存的草稿。"),
    .commands = commands,
    .size = sizeof(struct home),
    .draw = draw,
    .key = key,
    .title = title,
    .leave = leave,
    .refresh = refresh,
    .close = close_view,
};

void home_open(struct app *app)
{
    struct home *self = (struct home *)view_push(app, &home_view);

    app->said_count = 0; /* what was said to the officer before is nobody else's business */
    app->message_shown = false;
    self->arena = arena_new();
    refresh(&self->view);
    drafts_say(app);
}
