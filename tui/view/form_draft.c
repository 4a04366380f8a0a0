/* Drafts: a half-filled form is a file on the officer's desk, and comes back when the form is opened again. Each form has
 * a file of its own, so that two windows of one officer never write over each other. */
#include "tui/view/form_parts.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/base/cbor.h"
#include "core/base/seams.h"
#include "core/change/history.h"
#include "i18n/text.h"
#include "tui/view/menu.h"

enum { DRAFTS_OF_FORM = 999, DRAFT_WORDS = 80 };

/* ---- keeping ---- */

/* Another window of this officer may have taken up the same draft: then ours gets a file of its own. */
static bool is_ours(const struct form_view *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct app *app = self->view.app;
    struct draft draft;
    enum err err = draft_read(app->store, app->session.officer, self->draft, arena, &draft);

    if (err != ERR_OK)
        return true; /* gone or spoilt: nobody's text stands there */
    return self->kept && draft.raw.len == self->kept_raw.len &&
           memcmp(draft.raw.data, self->kept_raw.data, draft.raw.len) == 0;
}

/* Another window that took the draft up may have changed it, saved it or given it up. */
static bool stands(const struct form_view *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct app *app = self->view.app;
    struct draft draft;

    return self->kept &&
           draft_read(app->store, app->session.officer, self->draft, arena, &draft) == ERR_OK &&
           text_equal((struct text){ (const char *)draft.raw.data, draft.raw.len },
                      buffer_as_text(&self->kept_raw));
}

static void choose_name(struct form_view *self)
{
    struct record_key key = form_subject_key(self);

    self->kept = false;
    for (int n = 1; n <= DRAFTS_OF_FORM; n++) {
        snprintf(self->draft, DRAFT_NAME, "%s-%llx-%d", self->act->name,
                 (unsigned long long)key.id, n);
        if (is_ours(self))
            return;
    }
}

static void say_not_kept(struct form_view *self, enum err err)
{
    struct app *app = self->view.app;

    if (self->unkept && app->message_shown)
        return; /* it stands there still */
    if (!self->unkept)
        app_fail(app); /* the messages tell which file */
    if (err == ERR_FULL)
        app_warn(app, N_("The disk is full, so your draft cannot be kept. Leave this form open "
                         "and tell the system administrator; it is tried again by itself."));
    else
        app_warn(app, N_("Your draft cannot be kept. Leave this form open and tell the system "
                         "administrator; it is tried again by itself."));
    app->bells = self->unkept ? 0 : 1;
    self->unkept = true;
}

static void say_kept(struct form_view *self)
{
    if (self->unkept)
        app_say(self->view.app, N_("The draft is kept again."));
    self->unkept = false;
    self->kept = true;
}

bool form_draft_keep(struct form_view *self)
{
    AUTO_BUFFER struct buffer raw = { 0 };
    struct app *app = self->view.app;
    struct draft draft = { .act = text_of(self->act->name),
                           .key = form_subject_key(self),
                           .revision = self->base ? self->base->revision : 0 };
    enum err err;

    if (!self->form.dirty)
        return true;
    form_save(&self->form, &raw);
    self->kept_ms = now_ms();
    if (text_equal(buffer_as_text(&raw), buffer_as_text(&self->kept_raw)) &&
        self->tried == self->tried_kept && (self->submit || stands(self)))
        return true;
    if (self->submit) {
        buffer_clear(&self->kept_raw);
        buffer_put(&self->kept_raw, raw.data, raw.len);
        return form_last_note(self) == ERR_OK;
    }
    if (!self->draft[0] || !is_ours(self))
        choose_name(self);
    draft.raw = buffer_bytes(&raw);
    if (self->tried)
        draft.request = (struct bytes){ self->request, sizeof self->request };
    memcpy(draft.name, self->draft, sizeof draft.name);
    err = draft_write(app->store, app->session.officer, &draft);
    if (err != ERR_OK) {
        say_not_kept(self, err);
        return false;
    }
    buffer_clear(&self->kept_raw);
    buffer_put(&self->kept_raw, raw.data, raw.len);
    self->tried_kept = self->tried;
    say_kept(self);
    return true;
}

void form_draft_drop(struct form_view *self)
{
    if (self->kept && is_ours(self))
        draft_remove(self->view.app->store, self->view.app->session.officer, self->draft);
    self->kept = false;
}

/* ---- taking one up ---- */

/* What the draft began with, where the record was changed since; NULL: it is no longer readable. */
static struct record *record_begun_with(struct form_view *self, uint32_t revision)
{
    AUTO_TXN struct txn *txn = NULL;
    struct revision *found;
    size_t count;

    if (store_begin(&txn, self->view.app->store) != ERR_OK ||
        history_read(txn, &self->base->key, revision, 1, self->view.arena, &found, &count) !=
            ERR_OK ||
        count == 0 || found[0].revision != revision || !found[0].record)
        return NULL;
    found[0].record->revision = revision;
    return found[0].record;
}

/* The form as it was when the draft was begun: what the other officer saved since is then taken in field by field. */
static void begin_with(struct form_view *self, struct record *base)
{
    struct app *app = self->view.app;
    struct arena *arena = self->view.arena;

    form_close(&self->form);
    self->base = base;
    form_open(&self->form, self->act, act_input(self->act, base, app_lookup(app), arena),
              app_lookup(app), app_language(app), arena);
}

void form_draft_resume(struct form_view *self, const struct draft *draft)
{
    struct app *app = self->view.app;
    struct record *now = self->base, *begun = NULL;
    bool changed = now && draft->revision != now->revision;

    if (changed && (begun = record_begun_with(self, draft->revision)) != NULL)
        begin_with(self, begun);
    if (!form_restore(&self->form, draft->raw)) {
        app_warn(app, N_("Nothing of the draft could be read."));
        return;
    }
    memcpy(self->draft, draft->name, sizeof self->draft);
    self->tried = self->tried_kept = draft->request.len == sizeof self->request;
    if (self->tried)
        memcpy(self->request, draft->request.data, sizeof self->request);
    self->kept = true;
    buffer_clear(&self->kept_raw);
    buffer_put(&self->kept_raw, draft->raw.data, draft->raw.len);
    if (changed && !begun)
        app_warn(app, N_("Your draft is back. The record was changed since and what it was "
                         "before cannot be read: compare with the history before you save."));
    else
        app_say(app, N_("Your draft is back. Go on, or press F5 to start afresh."));
    if (begun) {
        form_parse(&self->form);
        form_rebase(self, now, NULL);
    }
}

/* ---- offering ---- */

static bool is_of(const struct draft *draft, const struct form_view *self)
{
    struct record_key key = form_subject_key(self);

    return text_is(draft->act, self->act->name) && record_key_compare(&draft->key, &key) == 0;
}

/* The drafts of this form, the newest first. */
static size_t drafts_of(struct form_view *self, struct arena *arena, struct draft **out)
{
    struct app *app = self->view.app;
    size_t count = 0, found = 0;

    if (self->submit)
        return 0;
    if (draft_list(app->store, app->session.officer, arena, out, &count) != ERR_OK) {
        app_fail(app);
        return 0;
    }
    for (size_t i = 0; i < count; i++)
        if (is_of(&(*out)[i], self))
            (*out)[found++] = (*out)[i];
    return found;
}

void form_draft_offer(struct form_view *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct draft *drafts;
    size_t count = drafts_of(self, arena, &drafts);
    char time[40];

    self->waiting = count > 0;
    if (count == 0)
        return;
    /* Of one record there is one thing half done; a second new case may well be another case. */
    if (form_subject_key(self).id != 0) {
        form_draft_resume(self, &drafts[0]);
        return;
    }
    moment_print(time, moment_of_ms(drafts[0].saved_ms, OFFSET_HONG_KONG));
    app_say(self->view.app, N_("A draft of this form was kept at %s. Ctrl+R goes on with it."),
            time);
}

/* The first words that were typed: what tells two new cases apart. */
struct text draft_words(const struct draft *draft, struct arena *arena)
{
    AUTO_BUFFER struct buffer words = { 0 };
    struct cbor_reader in = cbor_reader(draft->raw);
    uint64_t key;
    size_t count;

    if (!cbor_map(&in, &count))
        return TEXT("");
    for (size_t i = 0; i < count && words.len < DRAFT_WORDS && cbor_uint(&in, &key); i++) {
        struct text typed;

        if (cbor_peek(&in) != CBOR_TEXT) { /* the rows of a table */
            cbor_skip(&in, NULL);
            continue;
        }
        if (!cbor_text(&in, &typed) || text_trim(typed).len == 0)
            continue;
        buffer_string(&words, words.len > 0 ? " / " : "");
        buffer_text(&words, typed);
    }
    return text_safe_in(arena, buffer_as_text(&words), TEXT_ONE_LINE);
}

static size_t fill_drafts(struct menu *menu, struct text typed, struct menu_item *items,
                          size_t room)
{
    struct draft *drafts;
    size_t count = drafts_of((struct form_view *)(uintptr_t)menu->about, menu->arena, &drafts),
           shown = 0;

    for (size_t i = 0; i < count && shown < room; i++) {
        char *time = arena_alloc(menu->arena, 40);
        struct text words = draft_words(&drafts[i], menu->arena);

        moment_print(time, moment_of_ms(drafts[i].saved_ms, OFFSET_HONG_KONG));
        if (menu_matches(words, typed) || menu_matches(text_of(time), typed))
            items[shown++] =
                (struct menu_item){ .name = text_of(time), .words = words, .data = &drafts[i] };
    }
    return shown;
}

static void choose_draft(struct menu *menu, const struct menu_item *item)
{
    view_pop(menu->view.app, (void *)(uintptr_t)item->data);
}

static const struct menu_type drafts_type = {
    .title = L("Drafts of this form", "此表格的草稿"),
    .help = L("Enter goes on with a draft; the others stay where they are.",
              "按Enter續寫所選草稿；其餘草稿保留不變。"),
    .fill = fill_drafts,
    .choose = choose_draft,
    .name_columns = 18
};

static void draft_chosen(struct view *below, void *result)
{
    if (result)
        form_draft_resume((struct form_view *)below, result);
}

bool form_draft_waits(struct form_view *self)
{
    return !self->form.dirty && self->waiting;
}

void form_draft_choose(struct form_view *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct draft *drafts;
    size_t count = drafts_of(self, arena, &drafts);

    self->waiting = count > 0;
    if (count == 0)
        app_warn(self->view.app, N_("The draft is no longer there: it was saved or removed in "
                                    "another window."));
    else if (count == 1)
        form_draft_resume(self, &drafts[0]);
    else
        menu_open(self->view.app, &drafts_type, self)->view.answered = draft_chosen;
}

void drafts_say(struct app *app)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct draft *drafts;
    size_t count;
    char time[40];

    if (draft_list(app->store, app->session.officer, arena, &drafts, &count) != ERR_OK ||
        count == 0)
        return; /* the home screen tells what could not be read */
    moment_print(time, moment_of_ms(drafts[0].saved_ms, OFFSET_HONG_KONG));
    if (count == 1)
        app_say(app, N_("One draft waits on this screen: %s."), time);
    else
        app_say(app, N_("%zu drafts wait on this screen, the newest of %s."), count, time);
}
