/* A disposal at the door: started, each exhibit recounted and its seal compared or refused, carried out before witnesses, and
 * what it earned. */
#include "core/model/disposal_acts.h"

#include <string.h>

#include "core/base/seams.h"
#include "core/model/custody.h"
#include "core/model/elements.h"
#include "core/model/handover.h"
#include "core/model/officer.h"
#include "core/model/questions.h"
#include "core/model/rights.h"

static const char not_at_door[] =
    N_("Disposal %s is not at the door. It must be approved and started first.");

static enum err attention(void)
{
    return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
}

/* What a step of a disposal says of it; the event was staged by custody_take(). */
static enum err name_disposal(struct change *change, const struct exhibit_record *exhibit,
                              const struct disposal_record *disposal, struct reference witness,
                              const struct custody_event_record **out)
{
    struct record_key key = { exhibit->head.key.id, custody_event_type.family,
                              (uint32_t)exhibit->events.value };
    struct record *record;
    struct custody_event_record *event;

    TRY(change_get(change, &key, &record));
    event = (struct custody_event_record *)record;
    event->disposal = reference_of(&disposal->head);
    event->witness = witness;
    *out = event;
    return change_put(change, record);
}

enum err build_disposal_start(struct change *change, const struct act_call *call)
{
    struct disposal_record *disposal;

    TRY(disposal_at(change, call, "S03", N_("Disposal %s is not approved."), &disposal));
    disposal->state = TEXT("S04");
    disposal->started = moment_of_ms(now_ms(), OFFSET_HONG_KONG);
    disposal->passed = disposal->refused = (struct integer){ true, 0 };
    return change_put(change, &disposal->head);
}

/* ---- a line ---- */

/* Recounted and its seal compared: what that takes depends on the goods. */
static enum err looked_at(struct change *change, const struct exhibit_record *exhibit,
                          const struct act_disposal_line *input)
{
    struct findings *findings = change_findings(change);
    bool sealed = text_present(exhibit->seal);
    struct commodity_demands demands;

    TRY(commodity_demands(change, exhibit->commodity, &demands));
    if (sealed && !text_present(input->seal_seen))
        finding_add(findings, SEVERITY_ERROR, NULL, tag_act_disposal_line_seal_seen,
                    N_("The seal is compared at the door: enter the number that you see, or a "
                       "dash where there is none."));
    if (demands.weighed && text_present(exhibit->gross.unit) &&
        !text_present(input->weight.unit))
        finding_add(findings, SEVERITY_ERROR, NULL, tag_act_disposal_line_weight,
                    N_("These goods are weighed before they go. Enter the weight."));
    else if (!sealed && !demands.weighed && demands.kept_in_place &&
             !text_present(input->condition))
        finding_add(findings, SEVERITY_ERROR, NULL, tag_act_disposal_line_condition,
                    N_("Say in what condition it is: it is neither weighed nor sealed."));
    else if (!sealed && !demands.kept_in_place && !text_present(input->weight.unit) &&
             !text_present(input->counted.unit))
        finding_add(findings, SEVERITY_ERROR, NULL, tag_act_disposal_line_counted,
                    N_("It has no seal, so it is counted or weighed before it goes."));
    return findings_stop(findings) ? attention() : ERR_OK;
}

static bool with_officer(const struct exhibit_record *exhibit)
{
    return exhibit->holder.id != 0 && id_kind(exhibit->holder.id) == officer_type.number;
}

/* What an officer keeps in place is taken over at the door, by that officer's hand. */
static enum err taken_over(struct change *change, const struct exhibit_record *exhibit,
                           struct custody_step *step)
{
    struct session *session = change_session(change);

    if (!with_officer(exhibit) || exhibit->holder.id == session->officer ||
        session->officer == 0)
        return ERR_OK;
    step->holder = (struct reference){ .id = session->officer };
    step->released_by = exhibit->holder;
    if (session->other.unlocked && session->other.officer == exhibit->holder.id)
        return ERR_OK;
    session->second_wanted = true;
    return fail(ERR_REFUSED,
                N_("Exhibit %s is in the hands of another officer, who must confirm that it "
                   "goes."),
                arena_string(change_arena(change), exhibit->number));
}

static enum err line_end(struct change *change, struct disposal_record *disposal,
                         struct disposal_line_record *line, struct exhibit_record *exhibit,
                         bool passed)
{
    if (!passed) {
        disposal->passed.value -= text_is(line->result, "passed");
        disposal->refused.value++;
        exhibit->disposal = (struct reference){ 0 };
        TRY(change_put(change, &exhibit->head));
    } else {
        disposal->passed.value++;
    }
    line->result = passed ? TEXT("passed") : TEXT("refused");
    line->event = exhibit->events;
    line->checked_by = (struct reference){ .id = change_session(change)->officer };
    TRY(change_put(change, &line->head));
    return change_put(change, &disposal->head);
}

static int64_t open_ones(const struct exhibit_record *exhibit)
{
    return exhibit->discrepancies.present ? exhibit->discrepancies.value : 0;
}

enum err build_disposal_line(struct change *change, const struct act_call *call)
{
    const struct act_disposal_line *input = call->input;
    const struct custody_event_record *event;
    struct disposal_route_record *route;
    struct disposal_record *disposal;
    struct disposal_line_record *line;
    struct exhibit_record *exhibit;
    struct custody_step step = { .action = "door_checked",
                                 .occurred = input->occurred,
                                 .seal_seen = input->seal_seen,
                                 .weight = input->weight,
                                 .counted = input->counted,
                                 .opened = text_present(input->counted.unit),
                                 .condition = input->condition };
    int64_t before;

    TRY(disposal_at(change, call, "S04", not_at_door, &disposal));
    step.remark = disposal->number;
    TRY(disposal_line_of(change, disposal, input->exhibit, &line));
    TRY(custody_exhibit(change, input->exhibit, &exhibit));
    if (!text_is(line->result, "waits"))
        return fail(ERR_CONFLICT, N_("Exhibit %s was looked at already."),
                    arena_string(change_arena(change), exhibit->number));
    TRY(disposal_route_of(change, disposal->route, &route));
    TRY(disposal_ask(change, exhibit, false, route, disposal));
    TRY(disposal_stop(change));
    TRY(looked_at(change, exhibit, input));
    before = open_ones(exhibit);
    TRY(taken_over(change, exhibit, &step));
    TRY(custody_take(change, exhibit, &step));
    TRY(name_disposal(change, exhibit, disposal, (struct reference){ 0 }, &event));
    line->seal_seen = input->seal_seen;
    line->weight = input->weight;
    line->counted = input->counted;
    line->condition = input->condition;
    line->checked = input->occurred;
    if (open_ones(exhibit) > before) {
        line->why = event->account;
        finding_add(change_findings(change), SEVERITY_WARNING, &exhibit->head, 0,
                    N_("Exhibit %s differs from the record: it is refused at the door, and a "
                       "discrepancy is open."),
                    arena_string(change_arena(change), exhibit->number));
    }
    return line_end(change, disposal, line, exhibit, open_ones(exhibit) == before);
}

enum err build_disposal_refuse(struct change *change, const struct act_call *call)
{
    const struct act_disposal_refuse *input = call->input;
    const struct custody_event_record *event;
    struct disposal_record *disposal;
    struct disposal_line_record *line;
    struct exhibit_record *exhibit;

    TRY(disposal_at(change, call, "S04", not_at_door, &disposal));
    TRY(disposal_line_of(change, disposal, input->exhibit, &line));
    TRY(custody_exhibit(change, input->exhibit, &exhibit));
    if (text_is(line->result, "refused"))
        return fail(ERR_CONFLICT, N_("Exhibit %s was refused already."),
                    arena_string(change_arena(change), exhibit->number));
    change_body(change)->reason = input->why;
    TRY(custody_take(change, exhibit,
                     &(struct custody_step){ .action = "door_refused",
                                             .occurred = input->occurred,
                                             .refusal = input->why,
                                             .remark = disposal->number }));
    TRY(name_disposal(change, exhibit, disposal, (struct reference){ 0 }, &event));
    line->why = input->why;
    line->checked = input->occurred;
    return line_end(change, disposal, line, exhibit, false);
}

/* ---- the end ---- */

static bool same_pair(const struct disposal_record *last, uint64_t a, uint64_t b)
{
    return (last->witness.id == a && last->second_witness.id == b) ||
           (last->witness.id == b && last->second_witness.id == a);
}

/* The newest destruction; NULL: there was none. */
static enum err last_destruction(struct change *change, const struct disposal_record **out)
{
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct index_page page;
    struct record *record;

    *out = NULL;
    index_prefix(&prefix, &disposal_type, index_named(&disposal_type, "by_destroyed"), NULL, 0);
    TRY(index_page(change_txn(change), buffer_bytes(&prefix), (struct bytes){ 0 }, BACKWARD, 1,
                   change_arena(change), &page));
    if (page.count == 0)
        return ERR_OK;
    TRY(record_stored(change_txn(change), &page.keys[0], 0, change_arena(change), &record));
    *out = (const struct disposal_record *)record;
    return ERR_OK;
}

static bool is_designated(const struct disposal_record *disposal, uint64_t officer)
{
    const struct officer_item *items = disposal->designated.items;

    for (size_t i = 0; i < disposal->designated.count; i++)
        if (items[i].officer.id == officer)
            return true;
    return false;
}

/* Others must confirm: the form asks for both anew. */
static void dismiss(struct session *session)
{
    secret_clear(&session->other, sizeof session->other);
    secret_clear(&session->third, sizeof session->third);
    session->second_wanted = true;
}

/* One of the two is a supervisor, or was designated and approved with the batch. */
static enum err standing_check(struct change *change, const struct disposal_record *disposal)
{
    const struct session *session = change_session(change);
    uint64_t officers[] = { session->other.officer, session->third.officer };

    for (size_t i = 0; i < 2; i++) {
        struct session one = { .store = session->store, .officer = officers[i] };
        unsigned rights;

        TRY(rights_now(change_txn(change), &one, &rights));
        if ((rights & RIGHT_APPROVE) || is_designated(disposal, officers[i]))
            return ERR_OK;
    }
    dismiss(change_session(change));
    return fail(ERR_REFUSED,
                N_("One of the two witnesses must be a supervisor, or be designated in the "
                   "disposal before it is approved."));
}

static enum err witnesses_check(struct change *change, const struct disposal_record *disposal)
{
    struct session *session = change_session(change);
    const struct disposal_record *last;

    if (!session->other.unlocked || !session->third.unlocked) {
        session->second_wanted = true;
        session->third_wanted = session->other.unlocked;
        return fail(ERR_REFUSED,
                    session->other.unlocked
                        ? N_("A destruction is signed by two witnesses. Let the second witness "
                             "confirm.")
                        : N_("A destruction is signed by two witnesses. Let the first witness "
                             "confirm."));
    }
    if (session->other.officer == disposal->approver.id ||
        session->third.officer == disposal->approver.id) {
        dismiss(session);
        return fail(ERR_REFUSED,
                    N_("Whoever approved a disposal is no witness of it. Let another officer "
                       "witness."));
    }
    TRY(standing_check(change, disposal));
    TRY(last_destruction(change, &last));
    if (!last || disposal->pair_allowed_by.id != 0 ||
        !same_pair(last, session->other.officer, session->third.officer))
        return ERR_OK;
    dismiss(session);
    return fail(ERR_REFUSED,
                N_("The same two officers witnessed the last destruction, %s. Let another "
                   "witness, or have a superintendent allow it with a reason."),
                arena_string(change_arena(change), last->number));
}

/* No way out without another signature or the receipt of whoever takes the goods. */
static enum err receipt_check(struct change *change, const struct act_disposal_finish *input)
{
    struct session *session = change_session(change);

    if (session->other.unlocked ||
        (text_present(input->outside_person) && text_present(input->outside_receipt)))
        return ERR_OK;
    session->second_wanted = true;
    return fail(ERR_REFUSED,
                N_("Enter who took the goods and the number of the receipt, or let a second "
                   "officer confirm."));
}

static enum err none_waits(struct change *change, const struct disposal_record *disposal,
                           struct disposal_line_record **lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct exhibit_record *exhibit;

        if (!text_is(lines[i]->result, "waits"))
            continue;
        TRY(custody_exhibit(change, lines[i]->exhibit, &exhibit));
        finding_add(
            change_findings(change), SEVERITY_ERROR, &exhibit->head, 0,
            N_("Exhibit %s has not been looked at. Check it at the door, or refuse it."),
            arena_string(change_arena(change), exhibit->number));
    }
    TRY(disposal_stop(change));
    return disposal->passed.value > 0
               ? ERR_OK
               : fail(ERR_REFUSED,
                      N_("Nothing passed at the door of disposal %s. Cancel it instead."),
                      arena_string(change_arena(change), disposal->number));
}

/* The receipt of who took them stands on a hand-over of its own. */
static enum err receipt(struct change *change, const struct disposal_record *disposal,
                        const struct act_disposal_finish *input,
                        struct disposal_line_record **lines, size_t count,
                        struct custody_step *step)
{
    struct exhibit_item *items = arena_array(change_arena(change), count + 1, sizeof *items);
    struct handover_record said = {
        .head = { .type = &handover_type },
        .action = TEXT("disposed"),
        .state = TEXT("done"),
        .occurred = input->occurred,
        .released_by = { .id = change_session(change)->officer },
        .received_by = step->holder.id != change_session(change)->officer
                           ? step->holder
                           : (struct reference){ 0 },
        .purpose = TEXT("other"),
        .outside_person = input->outside_person,
        .outside_document = input->outside_document,
        .outside_receipt = input->outside_receipt,
        .remark = disposal->number,
    };
    size_t passed = 0;

    if (!text_present(input->outside_receipt))
        return ERR_OK;
    for (size_t i = 0; i < count; i++)
        if (text_is(lines[i]->result, "passed"))
            items[passed++] = (struct exhibit_item){ .exhibit = lines[i]->exhibit };
    said.exhibits = (struct list){ items, passed };
    return custody_hand_over(change, &said, &step->handover);
}

/* What has happened since it passed at the door keeps the gate shut as before. */
static enum err still_passes(struct change *change, const struct disposal_record *disposal,
                             const struct disposal_route_record *route,
                             struct disposal_line_record **lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct exhibit_record *exhibit;

        if (!text_is(lines[i]->result, "passed"))
            continue;
        TRY(custody_exhibit(change, lines[i]->exhibit, &exhibit));
        TRY(disposal_ask(change, exhibit, count > 1, route, disposal));
    }
    return disposal_stop(change);
}

/* What was sold before the end of the case is money that is held: its matter is not settled. */
static enum err dispose_one(struct change *change, const struct disposal_record *disposal,
                            const struct disposal_line_record *line,
                            const struct custody_step *step)
{
    const struct session *session = change_session(change);
    const struct custody_event_record *event;
    struct exhibit_record *exhibit;

    TRY(custody_exhibit(change, line->exhibit, &exhibit));
    if (with_officer(exhibit) && session->officer != 0 &&
        exhibit->holder.id != session->officer &&
        exhibit->holder.id != session->other.officer &&
        exhibit->holder.id != session->third.officer)
        return fail(
            ERR_REFUSED,
            N_("Exhibit %s is in the hands of the officer who took it over at the door. "
               "Let that officer record that it was carried out."),
            arena_string(change_arena(change), exhibit->number));
    exhibit->review = 0;
    if (!step->state || strcmp(step->state, "E20") != 0) {
        exhibit->legal_status = TEXT("L10");
        exhibit->legal_since = step->occurred;
        exhibit->legal_cause = disposal->number;
    }
    TRY(custody_take(change, exhibit, step));
    return name_disposal(change, exhibit, disposal, disposal->second_witness, &event);
}

static void sign_off(struct change *change, struct disposal_record *disposal,
                     const struct disposal_route_record *route,
                     const struct act_disposal_finish *input)
{
    const struct session *session = change_session(change);

    disposal->state = disposal->refused.value > 0 ? TEXT("S08") : TEXT("S05");
    disposal->done = input->occurred;
    disposal->done_by = (struct reference){ .id = session->officer };
    disposal->witness = (struct reference){ .id = session->other.officer };
    disposal->second_witness = (struct reference){ .id = session->third.officer };
    disposal->method = input->method;
    disposal->outside_person = input->outside_person;
    disposal->outside_document = input->outside_document;
    disposal->outside_receipt = input->outside_receipt;
    disposal->certificate = arena_printf(change_arena(change), "%.*s/C",
                                         (int)disposal->number.len, disposal->number.data);
    if (route->witnessed == FLAG_YES)
        disposal->destroyed = input->occurred;
}

enum err build_disposal_finish(struct change *change, const struct act_call *call)
{
    const struct act_disposal_finish *input = call->input;
    struct custody_step step = { .action = "disposed", .occurred = input->occurred };
    struct disposal_line_record **lines;
    struct disposal_route_record *route;
    struct disposal_record *disposal;
    size_t count;

    TRY(disposal_at(change, call, "S04", not_at_door, &disposal));
    TRY(disposal_route_of(change, disposal->route, &route));
    TRY(disposal_lines(change, disposal, &lines, &count));
    TRY(none_waits(change, disposal, lines, count));
    TRY(still_passes(change, disposal, route, lines, count));
    if (change_session(change)->officer != 0)
        TRY(route->witnessed == FLAG_YES ? witnesses_check(change, disposal)
                                         : receipt_check(change, input));
    sign_off(change, disposal, route, input);
    TRY(change_put(change, &disposal->head));
    TRY(disposal_holder(change, disposal->receiver, &step.holder));
    step.state = arena_string(change_arena(change), route->final_state);
    step.remark = text_present(input->remark) ? input->remark : disposal->number;
    TRY(receipt(change, disposal, input, lines, count, &step));
    for (size_t i = 0; i < count; i++)
        if (text_is(lines[i]->result, "passed"))
            TRY(dispose_one(change, disposal, lines[i], &step));
    return ERR_OK;
}

enum err build_disposal_proceeds(struct change *change, const struct act_call *call)
{
    const struct act_disposal_proceeds *input = call->input;
    struct disposal_record *disposal;

    TRY(disposal_at(change, call, "S05 S08",
                    N_("Disposal %s has not been carried out, so it has earned nothing yet."),
                    &disposal));
    disposal->proceeds = input->proceeds;
    disposal->receipt = input->receipt;
    disposal->cost = input->cost;
    return change_put(change, &disposal->head);
}
