#include "core/model/custody_event.h"

#include "core/base/seams.h"
#include "core/index/records.h"
#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/exhibit.h"
#include "core/model/rule.h"
#include "core/model/seal.h"

#define RECORD custody_event
#define RECORD_DEF "core/model/custody_event.def"
#include "core/schema/table.h"

enum { AHEAD_MS = 5 * 60 * 1000 }; /* clocks of papers and ours differ */

/* A seal that goes on stands in the stock as used on this very exhibit. */
static enum err check_seal(struct change *change, const struct custody_event_record *event,
                           struct findings *findings)
{
    struct record *record;
    const struct seal_record *seal;

    TRY(record_by_number(change_txn(change), &seal_type, event->seal_on, TAG_LIST_LAST,
                         change_arena(change), &record));
    TRY(change_get(change, &record->key, &record));
    seal = (const struct seal_record *)record;
    if (seal->used_on.id != event->head.key.id)
        finding_add(findings, SEVERITY_ERROR, &event->head, tag_custody_event_seal_on,
                    N_("Seal %s is not recorded as used on this exhibit."),
                    arena_string(change_arena(change), event->seal_on));
    return ERR_OK;
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    const struct custody_event_record *event = (const struct custody_event_record *)new;
    struct record_key owner = { .id = new->key.id };
    struct record *record;

    (void)old; /* an event is never changed */
    if (moment_valid(event->occurred) && moment_ms(event->occurred) > now_ms() + AHEAD_MS)
        finding_add(
            findings, SEVERITY_ERROR, new, tag_custody_event_occurred,
            N_("The true time lies in the future. Custody is recorded when it has happened."));
    if (text_present(event->seal_on) && check_seal(change, event, findings) != ERR_OK)
        rule_failed(new, tag_custody_event_seal_on, findings);
    if (change_get(change, &owner, &record) != ERR_OK) {
        rule_failed(new, 0, findings);
        return;
    }
    if (record->type != &exhibit_type ||
        ((struct exhibit_record *)record)->events.value != (int64_t) new->key.n)
        finding_add(findings, SEVERITY_ERROR, new, 0,
                    N_("A custody event is recorded together with its exhibit, as the next of "
                       "its chain."));
}

static const struct record_rules rules = { .check = check, .frozen = true };

const struct record_type custody_event_type = {
    RECORD_TABLE(custody_event),
    .number = 101,
    .family = 1,
    .name = "custody_event",
    .letters = "",
    .label = L("Custody event", "保管紀錄"),
    .plural = L("Custody events", "保管紀錄"),
    .help = L("One thing that happened to one exhibit; never changed.",
              "一件證物的一次經歷；不得更改。"),
    .rules = &rules,
    .title = { tag_custody_event_action, tag_custody_event_occurred },
};
