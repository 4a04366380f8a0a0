/* What stands before an end: nothing leaves for good past its gates (declared in custody_verify_parts.h). */
#include "core/model/custody_verify_parts.h"

/* Open discrepancies before event `at`, in order of entering. */
static int64_t open_before(const struct chain *chain, size_t at)
{
    int64_t open = 0;

    for (size_t i = 0; i < at; i++) {
        open += chain->events[i]->discrepancy == FLAG_YES;
        open -= text_is(chain->events[i]->action, "resolved");
    }
    return open;
}

static int64_t holds_before(const struct chain *chain, size_t at)
{
    int64_t holds = 0;

    for (size_t i = 0; i < at; i++) {
        holds += text_is(chain->events[i]->action, "held");
        holds -= text_is(chain->events[i]->action, "hold_ended");
    }
    return holds;
}

/* What it was recorded as when this was entered: the last by time of the events before. */
static struct text state_before(const struct chain *chain, size_t at)
{
    const struct custody_event_record *last = NULL;

    for (size_t i = 0; i < at; i++)
        if (!last || moment_compare(chain->events[i]->occurred, last->occurred) >= 0)
            last = chain->events[i];
    return last ? last->state : (struct text){ 0 };
}

static void past_gate(struct custody_check *check, const struct chain *chain,
                      const struct custody_event_record *event, const char *id)
{
    verify_contradiction(check->v, id, chain->name, event_number(event));
}

static void check_one(struct custody_check *check, const struct chain *chain, size_t at)
{
    const struct custody_event_record *event = chain->events[at];
    bool written_off = text_is(event->action, "written_off");

    if ((written_off || text_is(event->action, "transferred")) &&
        event->discrepancy != FLAG_YES && open_before(chain, at) > 0)
        past_gate(check, chain, event,
                  N_("Exhibit %s, event %lld: it left for good while a discrepancy was open."));
    if ((text_is(event->action, "disposed") || text_is(event->action, "given_back")) &&
        holds_before(chain, at) > 0)
        past_gate(check, chain, event,
                  N_("Exhibit %s, event %lld: it left for good while it was on hold."));
    if (written_off && !text_is(state_before(chain, at), "E16"))
        past_gate(check, chain, event,
                  N_("Exhibit %s, event %lld: it was written off and was not missing."));
}

void terminal_check(struct custody_check *check, const struct chain *chain)
{
    for (size_t i = 0; i < chain->count; i++)
        check_one(check, chain, i);
}
