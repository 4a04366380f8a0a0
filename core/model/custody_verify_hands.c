/* Who signed for what: both parties of a hand-over, two officers where the goods demand it; hand-overs whole (declared in
 * custody_verify_parts.h). */
#include "core/model/custody_verify_parts.h"

#include "core/change/history.h"
#include "core/model/commodity.h"
#include "core/model/elements.h"
#include "core/model/handover.h"
#include "core/model/handover_line.h"
#include "core/model/location.h"
#include "core/model/officer.h"

enum { TREE_DEPTH = 8, LINES_PAGE = 256 };

/* ---- what the goods demanded when it happened ---- */

/* A record as it stood when the entry was made; NULL: it was not there, or cannot be read. */
static const struct record *stood(struct custody_check *check, struct record_key key,
                                  uint64_t sequence)
{
    struct record *record;

    return key.id != 0 &&
                   record_at(check->txn, &key, sequence + 1, check->arena, &record) == ERR_OK
               ? record
               : NULL;
}

static bool demands_two(struct custody_check *check, const struct chain *chain,
                        uint64_t sequence)
{
    const struct exhibit_record *exhibit =
        (const struct exhibit_record *)stood(check, chain->exhibit->head.key, sequence);
    struct text commodity = exhibit ? exhibit->commodity : (struct text){ 0 };

    for (int level = 0; level < TREE_DEPTH && text_present(commodity); level++) {
        struct record *now;
        const struct commodity_record *row;

        if (record_by_number(check->txn, &commodity_type, commodity, TAG_LIST_LAST,
                             check->arena, &now) != ERR_OK)
            return false;
        row = (const struct commodity_record *)stood(check, now->key, sequence);
        if (row && row->two_officers == FLAG_YES)
            return true;
        commodity = row ? row->parent : (struct text){ 0 };
    }
    return false;
}

static bool in_locker(struct custody_check *check, const struct custody_event_record *event)
{
    const struct record *record =
        stood(check, key_of_reference(event->located), event->head.sequence);

    return record && record->type == &location_type &&
           ((const struct location_record *)record)->temporary == FLAG_YES;
}

/* Shelving, counting and opening; a sealed temporary locker takes goods from one officer alone. */
static bool is_critical(struct custody_check *check, const struct custody_event_record *event)
{
    static const char *const open[] = { "counted", "split", "sampled", NULL };

    for (size_t i = 0; open[i]; i++)
        if (text_is(event->action, open[i]))
            return true;
    return (text_is(event->action, "shelved") || text_is(event->action, "moved")) &&
           !in_locker(check, event);
}

/* The second counter may stand at another terminal: the first signed for his own count. */
static bool counted_first(struct custody_check *check, const struct chain *chain,
                          const struct custody_event_record *event)
{
    if (!text_is(event->action, "counted") || event->first_counter.id == 0 ||
        event->first_counter.id == event->actor.id)
        return false;
    for (size_t i = 0; i + 1 < event->head.key.n; i++)
        if (text_is(chain->events[i]->action, "counted_first") &&
            entry_signed_by(entry_of(check, chain->events[i]->head.sequence),
                            event->first_counter.id))
            return true;
    return false;
}

/* What two officers do whatever the goods are. */
static bool done_by_two(const struct custody_event_record *event)
{
    static const char *const actions[] = { "opened",  "opening_closed", "counted_in",
                                           "paid_in", "written_off",    NULL };

    for (size_t i = 0; actions[i]; i++)
        if (text_is(event->action, actions[i]))
            return true;
    return false;
}

static enum err check_critical(struct custody_check *check, const struct chain *chain,
                               const struct custody_event_record *event,
                               const struct entry_facts *facts)
{
    if (facts->count < 2 && done_by_two(event))
        verify_contradiction(
            check->v,
            N_("Exhibit %s, event %lld: it is done by two officers, and only one "
               "signed."),
            chain->name, event_number(event));
    if (facts->count < 2 && event->discrepancy != FLAG_YES && is_critical(check, event) &&
        !counted_first(check, chain, event) && demands_two(check, chain, event->head.sequence))
        verify_contradiction(
            check->v,
            N_("Exhibit %s, event %lld: such goods need two officers, and only "
               "one signed."),
            chain->name, event_number(event));
    return ERR_OK;
}

/* ---- both parties ---- */

static bool is_officer(struct reference reference)
{
    return reference.id != 0 && id_kind(reference.id) == officer_type.number;
}

static const struct handover_record *handover_of(struct custody_check *check,
                                                 struct reference reference)
{
    struct record_key key = key_of_reference(reference);
    struct record *record;

    return key.id != 0 && record_get(check->txn, &key, 0, check->arena, &record) == ERR_OK &&
                   record->type == &handover_type
               ? (const struct handover_record *)record
               : NULL;
}

/* At another terminal, under the same hand-over. */
static bool signed_under(struct custody_check *check, const struct chain *chain,
                         const struct custody_event_record *event, uint64_t officer)
{
    for (size_t i = 0; i + 1 < event->head.key.n; i++)
        if (chain->events[i]->handover.id == event->handover.id &&
            entry_signed_by(entry_of(check, chain->events[i]->head.sequence), officer))
            return event->handover.id != 0;
    return false;
}

void party_check(struct custody_check *check, const struct chain *chain,
                 const struct custody_event_record *event, struct reference party)
{
    const struct entry_facts *facts = entry_of(check, event->head.sequence);

    if (is_officer(party) && !entry_signed_by(facts, party.id) &&
        !signed_under(check, chain, event, party.id))
        verify_contradiction(check->v,
                             N_("Exhibit %s, event %lld: it went from hand to hand, and %s did "
                                "not sign."),
                             chain->name, event_number(event), who_is(check, party));
}

/* A body without an account here signs by its receipt; what it keeps where it stands has readings instead. */
static void check_receipt(struct custody_check *check, const struct chain *chain,
                          const struct custody_event_record *event)
{
    const struct handover_record *handover;

    if (event->holder.id == 0 || is_officer(event->holder) ||
        id_kind(event->holder.id) == location_type.number ||
        text_is(event->action, "kept_in_place") || text_is(event->action, "taken_back") ||
        text_is(event->action, "disposed")) /* custody_verify_disposal.c */
        return;
    handover = handover_of(check, event->handover);
    if (!handover || !text_present(handover->outside_receipt))
        verify_contradiction(
            check->v, N_("Exhibit %s, event %lld: it went to %s, and no receipt is kept."),
            chain->name, event_number(event), who_is(check, event->holder));
}

/* A slip of the scanner that was taken back: it is where it was before, and so is what was said against it. */
static bool undoes_marked(const struct chain *chain, const struct custody_event_record *event)
{
    int64_t n = event->annotates.value;

    return text_is(event->action, "taken_back") && n >= 1 && n < (int64_t)event->head.key.n &&
           chain->events[n - 1]->discrepancy == FLAG_YES &&
           chain->events[n - 1]->from_holder.id == event->holder.id;
}

/* What is found again comes from nobody's hand; what is marked keeps both accounts. */
static void check_parties(struct custody_check *check, const struct chain *chain,
                          const struct custody_event_record *event)
{
    if (event->holder.id == event->from_holder.id || event->discrepancy == FLAG_YES ||
        undoes_marked(chain, event))
        return;
    if (!text_is(event->action, "found"))
        party_check(check, chain, event, event->from_holder);
    party_check(check, chain, event, event->holder);
    check_receipt(check, chain, event);
}

enum err signatures_check(struct custody_check *check, const struct chain *chain)
{
    for (size_t i = 0; i < chain->count; i++) {
        const struct custody_event_record *event = chain->events[i];
        const struct entry_facts *facts = entry_of(check, event->head.sequence);

        if (facts->damaged || facts->officer == 0)
            continue; /* what the program made or imported stands under the entry that says so */
        if (event->actor.id != facts->officer)
            verify_contradiction(check->v,
                                 N_("Exhibit %s, event %lld: it names another officer than the "
                                    "entry that recorded it."),
                                 chain->name, event_number(event));
        if (event->second.id != 0 && !entry_signed_by(facts, event->second.id))
            verify_contradiction(
                check->v,
                N_("Exhibit %s, event %lld: %s is named as second officer and did "
                   "not sign."),
                chain->name, event_number(event), who_is(check, event->second));
        if (!text_is(event->action, "seized") && !text_is(event->action, "split_from"))
            check_parties(check, chain, event);
        TRY(check_critical(check, chain, event, facts));
    }
    return ERR_OK;
}

/* ---- hand-overs ---- */

struct lines {
    uint64_t *exhibits; /* in it now */
    size_t count;
};

static void line_take(struct lines *lines, const struct handover_line_record *line)
{
    size_t at = 0;

    while (at < lines->count && lines->exhibits[at] != line->exhibit.id)
        at++;
    if (line->taken_back == FLAG_YES) {
        if (at < lines->count)
            lines->exhibits[at] = lines->exhibits[--lines->count];
    } else if (at == lines->count) {
        lines->exhibits[lines->count++] = line->exhibit.id;
    }
}

/* The event that a line of a hand-over names is there and names the hand-over. */
static void line_check(struct custody_check *check, const struct handover_record *handover,
                       const struct handover_line_record *line)
{
    struct record_key key = { line->exhibit.id, custody_event_type.family,
                              (uint32_t)line->event.value };
    struct record *record;

    if (record_get(check->txn, &key, 0, check->arena, &record) == ERR_OK &&
        ((struct custody_event_record *)record)->handover.id == handover->head.key.id)
        return;
    verify_contradiction(check->v,
                         N_("Hand-over %s: its item %lld names event %lld of exhibit %s, which "
                            "does not name it."),
                         arena_string(check->arena, handover->number),
                         (long long)line->head.key.n, (long long)line->event.value,
                         who_is(check, line->exhibit));
}

static enum err lines_read(struct custody_check *check, const struct handover_record *handover,
                           struct lines *out)
{
    struct family_page page = { .more = true };
    uint32_t from = 1;

    *out = (struct lines){ 0 };
    while (page.more) {
        uint64_t *exhibits;

        TRY(family_page(check->txn, handover->head.key.id, handover_line_type.family, from,
                        FORWARD, LINES_PAGE, check->arena, &page));
        exhibits = arena_array(check->arena, out->count + page.count + 1, sizeof *exhibits);
        for (size_t i = 0; i < out->count; i++)
            exhibits[i] = out->exhibits[i];
        out->exhibits = exhibits;
        for (size_t i = 0; i < page.count; i++) {
            from = page.records[i]->key.n + 1;
            if (page.damaged[i])
                continue;
            line_take(out, (const struct handover_line_record *)page.records[i]);
            line_check(check, handover, (const struct handover_line_record *)page.records[i]);
        }
    }
    return ERR_OK;
}

/* Is there an event of this exhibit that names the hand-over? */
static bool took_part(struct custody_check *check, uint64_t exhibit, uint64_t handover)
{
    struct record_key key = { .id = exhibit };
    struct record *record;
    struct chain chain;

    if (record_get(check->txn, &key, 0, check->arena, &record) != ERR_OK ||
        record->type != &exhibit_type ||
        chain_read(check, (const struct exhibit_record *)record, &chain) != ERR_OK)
        return false;
    for (size_t i = 0; i < chain.count; i++)
        if (chain.events[i]->handover.id == handover)
            return true;
    return false;
}

static void say_half_way(struct custody_check *check, const struct handover_record *handover,
                         const uint64_t *exhibits, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!took_part(check, exhibits[i], handover->head.key.id)) {
            verify_contradiction(
                check->v,
                N_("Hand-over %s names exhibit %s, whose chain says nothing of "
                   "it."),
                arena_string(check->arena, handover->number),
                who_is(check, (struct reference){ .id = exhibits[i] }));
            return;
        }
    verify_contradiction(check->v,
                         N_("Hand-over %s does not name all exhibits whose events name it."),
                         arena_string(check->arena, handover->number));
}

static bool named_before(const uint64_t *exhibits, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (exhibits[i] == exhibits[at])
            return true;
    return false;
}

enum err handover_check(struct custody_check *check, const struct record *record)
{
    const struct handover_record *handover = (const struct handover_record *)record;
    const struct exhibit_item *items = handover->exhibits.items;
    bool open = text_is(handover->state, "open");
    struct tally said = { 0 }, found = tallies_of(&check->handovers, record->key.id);
    struct lines lines;
    uint64_t *exhibits;
    size_t count;

    TRY(lines_read(check, handover, &lines));
    verify_step(check->v, 1 + lines.count);
    if (record->sequence >= verify_size(check->v))
        return ERR_OK; /* answered or closed since verification began */
    count = open ? lines.count : handover->exhibits.count;
    exhibits = arena_array(check->arena, count + 1, sizeof *exhibits);
    for (size_t i = 0; i < count; i++)
        exhibits[i] = open ? lines.exhibits[i] : items[i].exhibit.id;
    if (open) {
        for (size_t i = 0; i < count; i++)
            if (!took_part(check, exhibits[i], record->key.id))
                say_half_way(check, handover, exhibits, count);
        return ERR_OK;
    }
    for (size_t i = 0; i < count; i++)
        if (!named_before(exhibits, i)) /* packages of one exhibit are rows of their own */
            tally_add(&said, exhibits[i]);
    if (said.count != found.count || said.sum != found.sum ||
        handover->item_count.value != (int64_t)count)
        say_half_way(check, handover, exhibits, count);
    return ERR_OK;
}
