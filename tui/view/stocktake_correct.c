/* What is done with a stocktake's results: ordinary acts of custody upon the marked rows or all of a class, and the next step
 * of the stocktake itself. */
#include "tui/view/stocktake_parts.h"

#include "core/model/elements.h"
#include "core/model/questions.h"
#include "core/model/stocktake_sample.h"
#include "tui/view/bulk.h"
#include "tui/widget/form.h"

struct correction {
    enum stocktake_class class;
    const char *act;
};
static const struct correction corrections[] = {
    { CLASS_MISSING, "exhibit-unable-to-locate" },
    { CLASS_MOVED, "exhibit-shelve" },
    { CLASS_FOUND_AGAIN, "exhibit-found" },
};

static const struct act *correction_of(int tab)
{
    for (size_t i = 0; i < sizeof corrections / sizeof *corrections; i++)
        if ((int)corrections[i].class == tab)
            return act_named(text_of(corrections[i].act));
    return NULL;
}

static bool any_marked(const struct results *self)
{
    for (int i = 0; i < self->row_count; i++)
        if (self->marks[self->rows[i]])
            return true;
    return false;
}

/* The marked rows, else all of the class that wait; of what lies elsewhere those at the place of the selected row, for one act
 * shelves at one place. */
static size_t to_correct(const struct results *self, struct record_key *out, size_t room)
{
    const struct stocktake_item *at = results_selected(self);
    const struct stocktake_seen *there = at ? results_seen(self, at) : NULL;
    bool marked = any_marked(self);
    size_t count = 0;

    for (int i = 0; i < self->row_count && count < room; i++) {
        const struct stocktake_item *item = &self->count->items[self->rows[i]];
        const struct stocktake_seen *seen = results_seen(self, item);

        if (item->corrected || item->exhibit == 0 || (marked && !self->marks[self->rows[i]]) ||
            (self->tab != CLASS_MISSING && there && seen && seen->found != there->found))
            continue;
        out[count++] = (struct record_key){ .id = item->exhibit };
    }
    return count;
}

static void row_done(struct view *opener, const struct record_key *key)
{
    struct results *self = (struct results *)opener;
    const struct stocktake_item *item;

    if (opener->type != &results_view || !self->count)
        return;
    item = stocktake_item_of(self->count, key->id);
    if (item)
        self->marks[item - self->count->items] = false;
}

/* What is missing in the form is said there, and not of each record. */
static bool submit(struct view *form, const struct act_call *call)
{
    struct app *app = form->app;
    struct change_result result = { .arena = form->arena };
    struct results *self =
        (struct results *)(app->count >= 2 ? app->views[app->count - 2] : NULL);
    struct record_key keys[BULK_MOST];
    size_t count;

    if (!self || self->view.type != &results_view ||
        (act_rehearse(&app->session, call, &result) == ERR_INVALID &&
         form_refuse(form, &result.findings)))
        return false;
    count = to_correct(self, keys, BULK_MOST);
    bulk_open(app, call, keys, count, row_done);
    return false;
}

/* What the stocktake says already is filled in: where it lies, and why. */
static void fill_correction(struct results *self, const struct act *act)
{
    const struct stocktake_item *item = results_selected(self);
    const struct stocktake_seen *seen = item ? results_seen(self, item) : NULL;
    struct view *top = view_top(self->view.app);
    AUTO_ARENA struct arena *arena = arena_new();
    struct act_fields fields = act_fields(act);

    if (top == &self->view)
        return; /* the officer may not, and that was said */
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.fields[i];
        char *values = arena_alloc(arena, fields.size);
        struct message message;

        if (text_is(text_of(field->name), "location") ||
            text_is(text_of(field->name), "located")) {
            if (!seen)
                continue;
            *(struct reference *)field_place(field, values) =
                (struct reference){ .id = seen->found };
        } else if (text_is(text_of(field->name), "reason")) {
            message_set(&message, N_("Not found at stocktake %s."),
                        arena_string(arena, self->stocktake->number));
            *(struct text *)field_place(field, values) =
                sentence(arena, &message, app_language(self->view.app));
        } else {
            continue;
        }
        form_take(form_of(top), field, values);
    }
}

static void run_correct(struct view *view)
{
    struct results *self = (struct results *)view;
    struct app *app = view->app;
    const struct act *act = correction_of(self->tab);
    AUTO_ARENA struct arena *arena = arena_new();
    struct record_key keys[BULK_MOST];
    size_t count = to_correct(self, keys, BULK_MOST);
    struct record *record = NULL;
    struct txn *txn = NULL;
    enum err err;

    if (count == 0) {
        app_warn(app, N_("Nothing of this class waits for a correction."));
        return;
    }
    err = store_begin(&txn, app->store);
    if (err == ERR_OK)
        err = record_get(txn, &keys[0], 0, arena, &record);
    txn_end(txn);
    if (err != ERR_OK) {
        app_fail(app);
        return;
    }
    form_open_for(app, act, NULL, record, submit);
    fill_correction(self, act);
    if (view_top(app) != view)
        app_say(app, N_("Fill this in once for these (%zu). A preview follows."), count);
}

static bool can_correct(struct view *view)
{
    const struct results *self = (const struct results *)view;
    const struct act *act = correction_of(self->tab);

    return self->count && !self->count->open && self->row_count > 0 && act &&
           act_allowed(&view->app->session, act) &&
           !text_is(self->stocktake->state, "abandoned");
}

/* ---- what comes next ---- */

static const char *next_act(const struct results *self)
{
    struct text state = self->stocktake ? self->stocktake->state : TEXT("");

    return text_is(state, "open")      ? "stocktake-finish"
           : text_is(state, "counted") ? "stocktake-sign"
           : text_is(state, "signed")  ? "stocktake-close"
                                       : NULL;
}

static bool has_next(struct view *view)
{
    const char *name = next_act((const struct results *)view);

    return name && act_allowed(&view->app->session, act_named(text_of(name)));
}

static void run_next(struct view *view)
{
    struct results *self = (struct results *)view;

    form_open_act(view->app, act_named(text_of(next_act(self))), NULL, &self->stocktake->head);
}

static void run_count(struct view *view)
{
    counting_open(view->app, &((struct results *)view)->key);
}

static bool is_open(struct view *view)
{
    struct results *self = (struct results *)view;

    return self->stocktake && text_is(self->stocktake->state, "open") &&
           stocktake_pass_of(self->stocktake, view->app->session.officer) >= 0;
}

/* A full count of drugs, cash, arms and what is of high value, where too many errors were found. */
static void run_high_risk(struct view *view)
{
    struct results *self = (struct results *)view;
    const struct act *act = act_named(TEXT("stocktake-open"));
    struct stratum_item rows[STRATUM_GENERAL];
    struct act_stocktake_open input = { .location = self->stocktake->location,
                                        .strata = { rows, STRATUM_GENERAL } };

    for (int i = 0; i < STRATUM_GENERAL; i++)
        rows[i] = (struct stratum_item){ .stratum = text_of(stratum_code((enum stratum)i)) };
    form_open_act(view->app, act, NULL, NULL);
    if (view_top(view->app) == view)
        return;
    for (size_t i = 0; i < act->asks->count; i++) {
        const struct field *field = &act->asks->fields[i];

        if (field->tag == tag_act_stocktake_open_location ||
            field->tag == tag_act_stocktake_open_strata)
            form_take(form_of(view_top(view->app)), field, &input);
    }
}

static bool may_open(struct view *view)
{
    const struct results *self = (const struct results *)view;

    return self->stocktake &&
           act_allowed(&view->app->session, act_named(TEXT("stocktake-open")));
}

const struct command results_commands[] = {
    { .name = "open",
      .key = KEY(ENTER),
      .label = L("Open", "開啟"),
      .flags = COMMAND_BAR,
      .run = results_run_open,
      .possible = results_on_exhibit,
      .help = L("The sheet of the exhibit; Esc comes back.", "開啟證物資料；按Esc返回。") },
    { .name = "mark",
      .key = KEY_OF(' '),
      .other = KEY(INSERT),
      .label = L("Mark", "揀選"),
      .run = results_run_mark,
      .possible = results_on_exhibit,
      .help = L("Mark a row for a correction; where none is marked, all of the class are "
                "meant.",
                "揀選要更正的列；如無揀選，即該類全部。") },
    { .name = "correct",
      .key = KEY(F8),
      .label = L("Correct", "更正"),
      .flags = COMMAND_BAR,
      .run = run_correct,
      .possible = can_correct,
      .help = L("The act that brings record and shelf together: unable to locate, shelve where "
                "it was found, found again. A preview comes first.",
                "令紀錄與實物相符的事項：未能尋獲、於所見位置上架、尋回證物。執行前先預覽。") },
    { .name = "full-count",
      .key = KEY(F7),
      .label = L("High risks", "高風險"),
      .flags = COMMAND_BAR,
      .run = run_high_risk,
      .possible = may_open,
      .help =
          L("Open a full count of drugs, cash, arms and goods of high value at this place; "
            "due where more than 4% of the list were errors.",
            "就此位置的毒品、現金、槍械武器及高價值物品開始全面盤點；清單差錯逾4%時須進行。") },
    { .name = "count",
      .key = KEY(F4),
      .label = L("Count", "盤點"),
      .flags = COMMAND_BAR,
      .run = run_count,
      .possible = is_open,
      .help = L("Go on counting.", "繼續盤點。") },
    { .name = "next",
      .key = KEY(F10),
      .label = L("Next step", "下一步"),
      .flags = COMMAND_BAR,
      .run = run_next,
      .possible = has_next,
      .help = L("Finish the count; sign it off; close it.", "完成盤點；簽核；結束。") },
    { .name = NULL },
};
