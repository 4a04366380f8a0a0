#include "core/model/exhibit.h"

#include "core/model/choices.h"
#include "core/model/custody_event.h"
#include "core/model/elements.h"
#include "core/model/number.h"
#include "core/model/rule.h"
#include "core/model/seizure.h"

#define RECORD exhibit
#define RECORD_DEF "core/model/exhibit.def"
#include "core/schema/table.h"

static bool lies_there(const struct package_item *parts, size_t count, uint64_t located)
{
    for (size_t i = 0; i < count; i++)
        if (parts[i].located.id == located)
            return true;
    return false;
}

size_t exhibit_places(const struct exhibit_record *exhibit)
{
    const struct package_item *parts = exhibit->parts.items;
    size_t count = 1;

    for (size_t i = 0; i < exhibit->parts.count; i++)
        count += parts[i].located.id != exhibit->located.id &&
                 !lies_there(parts, i, parts[i].located.id);
    return count;
}

static bool lie_together(const struct package_item *a, const struct package_item *b)
{
    return a->holder.id == b->holder.id && a->located.id == b->located.id;
}

static void put_name(struct buffer *out, struct reference reference,
                     const struct lookup *lookup, enum language language)
{
    if (reference.id != 0 && lookup->reference)
        lookup->reference(lookup->context, reference, language, out);
}

struct text exhibit_packages(struct arena *arena, struct list packages,
                             const struct lookup *lookup, enum language language)
{
    const struct package_item *items = packages.items;
    AUTO_BUFFER struct buffer out = { 0 };

    for (size_t i = 0; i < packages.count; i++) {
        bool ends = i + 1 == packages.count || !lie_together(&items[i], &items[i + 1]);

        buffer_printf(&out, "%lld", (long long)items[i].package.value);
        buffer_string(&out, ends ? ": " : ", ");
        if (!ends)
            continue;
        put_name(&out, items[i].holder, lookup, language);
        if (items[i].located.id != 0 && items[i].located.id != items[i].holder.id) {
            buffer_string(&out, ", ");
            put_name(&out, items[i].located, lookup, language);
        }
        if (i + 1 < packages.count)
            buffer_string(&out, "; ");
    }
    return arena_text(arena, buffer_as_text(&out));
}

/* What only a custody event changes. */
static const uint16_t by_event[] = { tag_exhibit_state,          tag_exhibit_holder,
                                     tag_exhibit_located,        tag_exhibit_seal,
                                     tag_exhibit_handover,       tag_exhibit_state_since,
                                     tag_exhibit_last_event,     tag_exhibit_discrepancies,
                                     tag_exhibit_count_first,    tag_exhibit_count_first_cash,
                                     tag_exhibit_count_first_by, tag_exhibit_cash_sums,
                                     tag_exhibit_correct_by,     tag_exhibit_opening,
                                     tag_exhibit_parts,          tag_exhibit_calibre,
                                     tag_exhibit_unloaded_at,    tag_exhibit_unloaded_by,
                                     tag_exhibit_next_check,     0 };

static int64_t events_of(const struct exhibit_record *exhibit)
{
    return exhibit && exhibit->events.present ? exhibit->events.value : 0;
}

static void must_follow(const struct exhibit_record *new, uint16_t tag, bool follows,
                        struct findings *findings)
{
    if (!follows)
        finding_add(findings, SEVERITY_ERROR, &new->head, tag,
                    N_("%p of an exhibit changes only as its newest custody event says."),
                    label_argument(&field_find(&exhibit_type, tag)->label));
}

static bool same(struct reference a, struct reference b)
{
    return a.id == b.id && a.family == b.family && a.n == b.n;
}

/* A release leaves a hand-over open; its answer closes it. */
static struct reference open_after(const struct exhibit_record *old,
                                   const struct custody_event_record *event)
{
    if (text_is(event->action, "released"))
        return event->handover;
    return old && !same(old->handover, event->handover) ? old->handover
                                                        : (struct reference){ 0 };
}

/* An event that happened before the newest one tells of the past and moves nothing but a seal that no later event replaced. */
static void check_past(const struct exhibit_record *old, const struct exhibit_record *new,
                       const struct custody_event_record *event, struct findings *findings)
{
    must_follow(new, tag_exhibit_holder, same(new->holder, old->holder), findings);
    must_follow(new, tag_exhibit_located, same(new->located, old->located), findings);
    must_follow(new, tag_exhibit_state, text_equal(new->state, old->state), findings);
    must_follow(new, tag_exhibit_seal,
                text_equal(new->seal, old->seal) || text_equal(new->seal, event->seal_on),
                findings);
}

static void check_step(const struct exhibit_record *old, const struct exhibit_record *new,
                       const struct custody_event_record *event, struct findings *findings)
{
    bool changed = text_present(event->seal_on) || text_present(event->seal_off);
    struct text seal = changed ? event->seal_on : old ? old->seal : (struct text){ 0 };

    must_follow(new, tag_exhibit_handover, same(new->handover, open_after(old, event)),
                findings);
    if (old && old->last_event.date != 0 &&
        moment_compare(event->occurred, old->last_event) < 0) {
        check_past(old, new, event, findings);
        return;
    }
    must_follow(new, tag_exhibit_holder, same(new->holder, event->holder), findings);
    must_follow(new, tag_exhibit_located, same(new->located, event->located), findings);
    must_follow(new, tag_exhibit_state, text_equal(new->state, event->state), findings);
    must_follow(new, tag_exhibit_seal, text_equal(new->seal, seal), findings);
}

static void check_chain(struct change *change, const struct exhibit_record *old,
                        const struct exhibit_record *new, struct findings *findings)
{
    int64_t before = events_of(old), after = events_of(new);
    struct record_key key = { new->head.key.id, custody_event_type.family, (uint32_t)after };
    struct record *event;

    if (old && after == before) {
        rule_keep(&old->head, &new->head, by_event, findings);
        return;
    }
    if (after != before + 1) {
        finding_add(findings, SEVERITY_ERROR, &new->head, tag_exhibit_events,
                    N_("The chain of an exhibit grows by one event at a time."));
        return;
    }
    if (change_get(change, &key, &event) != ERR_OK)
        rule_failed(&new->head, tag_exhibit_events, findings);
    else
        check_step(old, new, (const struct custody_event_record *)event, findings);
}

/* When it is looked at again is decided also after the case is closed. */
static bool facts_changed(const struct record *old, const struct record *new)
{
    struct exhibit_record but = *(const struct exhibit_record *)new;

    if (old)
        but.review = ((const struct exhibit_record *)old)->review;
    return rule_facts_changed(old, &but.head);
}

static void check_facts(struct change *change, const struct record *old,
                        const struct record *new, struct findings *findings)
{
    const struct exhibit_record *exhibit = (const struct exhibit_record *)new;
    const struct seizure_record *seizure =
        (const struct seizure_record *)rule_referred(change, new, tag_exhibit_seizure,
                                                     &seizure_type, findings);
    const struct case_record *file =
        (const struct case_record *)rule_referred(change, new, tag_exhibit_of_case, &case_type,
                                                  findings);

    if (seizure && !same(seizure->of_case, exhibit->of_case))
        finding_add(findings, SEVERITY_ERROR, new, tag_exhibit_of_case,
                    N_("An exhibit belongs to the case of its seizure."));
    if (seizure && !old && seizure->voided == FLAG_YES)
        finding_add(findings, SEVERITY_ERROR, new, tag_exhibit_seizure,
                    N_("Seizure %s was voided. Record the goods under another."),
                    arena_string(change_arena(change), seizure->number));
    if (file && case_is_closed(file->state) && facts_changed(old, new))
        finding_add(findings, SEVERITY_ERROR, new, tag_exhibit_of_case,
                    N_("Case %s is closed and takes no further facts. Have it reopened first."),
                    arena_string(change_arena(change), file->number));
}

/* Parts are held against it: a difference is counted or weighed and recorded, never typed over. */
static void check_quantity(const struct record *old, const struct record *new,
                           struct findings *findings)
{
    const struct exhibit_record *was = (const struct exhibit_record *)old;

    if (was && (text_present(was->remaining.unit) || was->parent.id != 0) &&
        rule_changed(old, new, tag_exhibit_quantity))
        finding_add(findings, SEVERITY_ERROR, new, tag_exhibit_quantity,
                    N_("Parts were taken from this exhibit or it is a part itself, so its "
                       "quantity is not amended. Count or weigh it: a difference is recorded "
                       "beside it."));
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_exhibit_number, tag_exhibit_seizure,
                                         tag_exhibit_of_case, 0 };

    rule_keep(old, new, for_ever, findings);
    rule_state(change, new, tag_exhibit_state, "exhibit", findings);
    rule_state(change, new, tag_exhibit_legal_status, "exhibit_law", findings);
    check_facts(change, old, new, findings);
    check_quantity(old, new, findings);
    check_chain(change, (const struct exhibit_record *)old, (const struct exhibit_record *)new,
                findings);
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type exhibit_type = {
    RECORD_TABLE(exhibit),
    .number = 9,
    .name = "exhibit",
    .letters = "E",
    .label = L("Exhibit", "證物"),
    .plural = L("Exhibits", "證物"),
    .help = L("One kind of goods of one owner or finding place, under one label.",
              "同一物主或發現位置的同一種物品，貼同一標籤。"),
    .rules = &rules,
    .title = { tag_exhibit_commodity, tag_exhibit_quantity },
};
