/* Undoing the last act: what will be undone is said first, and another key than the one that began it does it. */
#include "core/base/seams.h"
#include "tui/view/views.h"

enum { MINUTE_MS = 60 * 1000 };

static void answered(struct view *below, void *result)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result changed = { .arena = arena };
    struct app *app = below->app;

    if (!result)
        return;
    if (act_undo(&app->session, &changed) != ERR_OK) {
        app_fail(app);
        return;
    }
    app_say(app, N_("Your last act is undone; both stand in the history."));
    app_refresh(app);
}

void undo_open(struct app *app)
{
    static const struct label action = L("Undo", "復原");
    AUTO_BUFFER struct buffer of = { 0 };
    struct undo_asked asked;
    struct message question;
    long long minutes;

    if (act_undo_asked(&app->session, &asked) != ERR_OK) {
        app_fail(app);
        return;
    }
    minutes = (now_ms() - (int64_t)asked.time_ms) / MINUTE_MS;
    app_lookup(app)->reference(app_lookup(app)->context,
                               (struct reference){ .id = asked.of.id }, app_language(app), &of);
    buffer_byte(&of, '\0');
    message_set(&question,
                N_("Undo \"%p\" of %s, done %lld minutes ago, %zu records in all? What was "
                   "done and its undoing both stay in the history."),
                label_argument(&asked.act->label), (const char *)of.data, minutes,
                asked.records);
    confirm_open(app, &action, &question, answered);
}
