/* Drafts: a half-filled form is a file on the officer's desk, and comes back when the form is opened again. */
#include "tui/view/form_parts.h"

#include <stdio.h>
#include <string.h>

#include "core/base/seams.h"

/* A form for many records at once is no act upon one of them: it cannot come back by itself. */
void form_draft_name(struct form_view *self)
{
    if (!self->submit)
        snprintf(self->draft, sizeof self->draft, "%s-%llx.draft", self->act->name,
                 (unsigned long long)form_subject_key(self).id);
}

void form_draft_keep(struct form_view *self)
{
    AUTO_BUFFER struct buffer raw = { 0 };
    struct draft draft = { .act = text_of(self->act->name),
                           .key = form_subject_key(self),
                           .revision = self->base ? self->base->revision : 0,
                           .saved_ms = now_ms() };

    if (!self->form.dirty || !self->draft[0])
        return;
    form_save(&self->form, &raw);
    self->kept_ms = now_ms();
    if (self->kept && text_equal(buffer_as_text(&raw), buffer_as_text(&self->kept_raw)))
        return;
    draft.raw = buffer_bytes(&raw);
    memcpy(draft.name, self->draft, sizeof draft.name);
    if (draft_write(self->view.app->store, self->view.app->session.officer, &draft) != ERR_OK) {
        app_fail(self->view.app);
        return;
    }
    self->kept = true;
    buffer_clear(&self->kept_raw);
    buffer_put(&self->kept_raw, raw.data, raw.len);
}

void form_draft_drop(struct form_view *self)
{
    if (self->kept)
        draft_remove(self->view.app->store, self->view.app->session.officer, self->draft);
    self->kept = false;
}

/* A draft of the same act upon the same record is taken up again. */
void form_draft_resume(struct form_view *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct app *app = self->view.app;
    struct draft *drafts;
    size_t count;

    if (!self->draft[0])
        return;
    if (draft_list(app->store, app->session.officer, arena, &drafts, &count) != ERR_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(drafts[i].name, self->draft) != 0 ||
            !form_restore(&self->form, drafts[i].raw))
            continue;
        self->kept = true;
        if (self->base && drafts[i].revision != self->base->revision)
            app_warn(app, N_("Your draft is back. The record was changed since: compare before "
                             "you save."));
        else
            app_say(app, N_("Your draft is back. Go on, or press F5 to start afresh."));
        return;
    }
}
