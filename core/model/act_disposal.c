/* A disposal until it is approved: opened, filled, submitted, approved or sent back, cancelled. */
#include "core/model/disposal_acts.h"

#include "core/base/seams.h"
#include "core/model/custody.h"
#include "core/model/elements.h"
#include "core/model/number.h"
#include "core/model/questions.h"

static const char no_draft[] = N_("Disposal %s is no draft any more. Have it sent back first.");

static struct moment now(void)
{
    return moment_of_ms(now_ms(), OFFSET_HONG_KONG);
}

static struct reference self(struct change *change)
{
    return (struct reference){ .id = change_session(change)->officer };
}

/* ---- lines ---- */

static enum err line_make(struct change *change, const struct disposal_record *disposal,
                          const struct exhibit_record *exhibit)
{
    struct record *record;
    struct disposal_line_record *line;

    TRY(change_event(change, disposal->head.key.id, &disposal_line_type, &record));
    line = (struct disposal_line_record *)record;
    line->exhibit = reference_of(&exhibit->head);
    line->quantity =
        text_present(exhibit->remaining.unit) ? exhibit->remaining : exhibit->quantity;
    line->gross = exhibit->gross;
    line->seal = exhibit->seal;
    line->result = TEXT("waits");
    return change_put(change, record);
}

static enum err check_room(const struct disposal_record *disposal, size_t more)
{
    return disposal->items.value + (int64_t)more <= DISPOSAL_LINES
               ? ERR_OK
               : fail(ERR_REFUSED,
                      N_("A disposal holds at most %d exhibits. Prepare another for the rest."),
                      (int)DISPOSAL_LINES);
}

/* Those that may go this way; of any that may not, every reason. */
static enum err lines_add(struct change *change, struct disposal_record *disposal,
                          const struct disposal_route_record *route, struct list exhibits)
{
    const struct disposal_item *items = exhibits.items;

    TRY(check_room(disposal, exhibits.count));
    for (size_t i = 0; i < exhibits.count; i++) {
        struct exhibit_record *exhibit;

        TRY(custody_exhibit(change, items[i].exhibit, &exhibit));
        if (exhibit->disposal.id == disposal->head.key.id)
            return fail(ERR_INVALID, N_("Exhibit %s is in disposal %s already."),
                        arena_string(change_arena(change), exhibit->number),
                        arena_string(change_arena(change), disposal->number));
        TRY(disposal_ask(change, exhibit, exhibits.count > 1, route, disposal));
        exhibit->disposal = reference_of(&disposal->head);
        TRY(change_put(change, &exhibit->head));
        TRY(line_make(change, disposal, exhibit));
    }
    disposal->items.value += (int64_t)exhibits.count;
    TRY(change_put(change, &disposal->head));
    return disposal_stop(change);
}

enum err build_disposal_open(struct change *change, const struct act_call *call)
{
    const struct act_disposal_open *input = call->input;
    struct disposal_route_record *route;
    struct disposal_record *disposal;
    struct record *record;

    TRY(disposal_route_of(change, input->route, &route));
    TRY(change_make(change, &disposal_type, &record));
    disposal = (struct disposal_record *)record;
    TRY(number_serial(change, disposal_type.letters, &disposal->number));
    disposal->state = TEXT("S01");
    disposal->route = input->route;
    disposal->planned = input->planned;
    disposal->lot = input->lot;
    disposal->place = input->place;
    disposal->authority = input->authority;
    disposal->authority_date = input->authority_date;
    disposal->receiver = input->receiver;
    disposal->remark = input->remark;
    disposal->officer = self(change);
    disposal->items = (struct integer){ true, 0 };
    TRY(change_put(change, record)); /* first: its lines stand beside what is there */
    return lines_add(change, disposal, route, input->exhibits);
}

enum err build_disposal_add(struct change *change, const struct act_call *call)
{
    const struct act_disposal_items *input = call->input;
    struct disposal_route_record *route;
    struct disposal_record *disposal;

    TRY(disposal_at(change, call, "S01 S07", no_draft, &disposal));
    TRY(disposal_route_of(change, disposal->route, &route));
    return lines_add(change, disposal, route, input->exhibits);
}

/* The exhibit is free for another disposal. */
static enum err release(struct change *change, const struct disposal_line_record *line,
                        const struct disposal_record *disposal)
{
    struct exhibit_record *exhibit;

    TRY(custody_exhibit(change, line->exhibit, &exhibit));
    if (exhibit->disposal.id != disposal->head.key.id)
        return ERR_OK;
    exhibit->disposal = (struct reference){ 0 };
    return change_put(change, &exhibit->head);
}

enum err build_disposal_remove(struct change *change, const struct act_call *call)
{
    const struct act_disposal_items *input = call->input;
    const struct disposal_item *items = input->exhibits.items;
    struct disposal_record *disposal;

    TRY(disposal_at(change, call, "S01 S07", no_draft, &disposal));
    change_body(change)->reason = input->reason;
    for (size_t i = 0; i < input->exhibits.count; i++) {
        struct disposal_line_record *line;

        TRY(disposal_line_of(change, disposal, items[i].exhibit, &line));
        line->result = TEXT("removed");
        line->why = input->reason;
        TRY(change_put(change, &line->head));
        TRY(release(change, line, disposal));
        disposal->items.value--;
    }
    return change_put(change, &disposal->head);
}

/* ---- submitting and approving ---- */

/* The whole batch is asked again, each line for itself. */
static enum err ask_all(struct change *change, const struct disposal_record *disposal,
                        const struct disposal_route_record *route)
{
    struct disposal_line_record **lines;
    size_t count, left = 0;

    disposal_papers(disposal, route, change_findings(change));
    TRY(disposal_lines(change, disposal, &lines, &count));
    for (size_t i = 0; i < count; i++) {
        struct exhibit_record *exhibit;

        if (text_is(lines[i]->result, "removed"))
            continue;
        left++;
        TRY(custody_exhibit(change, lines[i]->exhibit, &exhibit));
        TRY(disposal_ask(change, exhibit, disposal->items.value > 1, route, disposal));
    }
    if (left == 0)
        finding_add(change_findings(change), SEVERITY_ERROR, &disposal->head,
                    tag_disposal_items,
                    N_("No exhibit is in this disposal. Add some, or cancel it."));
    return disposal_stop(change);
}

enum err build_disposal_submit(struct change *change, const struct act_call *call)
{
    struct disposal_route_record *route;
    struct disposal_record *disposal;

    TRY(disposal_at(change, call, "S01 S07", N_("Disposal %s was submitted already."),
                    &disposal));
    TRY(disposal_route_of(change, disposal->route, &route));
    TRY(ask_all(change, disposal, route));
    disposal->state = TEXT("S02");
    disposal->submitted_by = self(change);
    disposal->submitted = now();
    return change_put(change, &disposal->head);
}

static bool is_named(struct list officers, uint64_t officer)
{
    const struct officer_item *items = officers.items;

    for (size_t i = 0; i < officers.count; i++)
        if (items[i].officer.id == officer)
            return true;
    return false;
}

static enum err approver_check(struct change *change, const struct disposal_record *disposal,
                               const struct disposal_route_record *route)
{
    uint64_t officer = change_session(change)->officer;
    int64_t order, least;

    if (officer == 0)
        return ERR_OK;
    if (disposal->officer.id == officer || disposal->submitted_by.id == officer ||
        is_named(disposal->team, officer) || is_named(disposal->designated, officer))
        return fail(ERR_REFUSED,
                    N_("Nobody approves a disposal that he or she prepared, submitted, carries "
                       "out or witnesses. Let another officer approve it."));
    if (!text_present(route->rank))
        return ERR_OK;
    TRY(disposal_rank(change, officer, &order));
    TRY(disposal_rank_order(change, route->rank, &least));
    if (order <= least)
        return ERR_OK;
    return fail(ERR_REFUSED,
                N_("This way of disposal is approved by an officer of rank %s at least. Let "
                   "such an officer approve it."),
                arena_string(change_arena(change), route->rank));
}

enum err build_disposal_approve(struct change *change, const struct act_call *call)
{
    struct disposal_route_record *route;
    struct disposal_record *disposal;

    TRY(disposal_at(change, call, "S02", N_("Disposal %s does not wait for approval."),
                    &disposal));
    TRY(disposal_route_of(change, disposal->route, &route));
    TRY(approver_check(change, disposal, route));
    TRY(ask_all(change, disposal, route));
    disposal->state = TEXT("S03");
    disposal->approver = self(change);
    disposal->approved = now();
    disposal->sent_back = (struct text){ 0 };
    return change_put(change, &disposal->head);
}

enum err build_disposal_send_back(struct change *change, const struct act_call *call)
{
    const struct act_reason *input = call->input;
    struct disposal_record *disposal;

    TRY(disposal_at(change, call, "S02 S03",
                    N_("Disposal %s is neither submitted nor approved, so it cannot be sent "
                       "back."),
                    &disposal));
    disposal->state = TEXT("S07");
    disposal->sent_back = input->reason;
    disposal->approver = (struct reference){ 0 };
    disposal->approved = (struct moment){ 0 };
    change_body(change)->reason = input->reason;
    return change_put(change, &disposal->head);
}

/* Domain, rule 7: a superintendent, with a reason. */
enum err build_disposal_pair(struct change *change, const struct act_call *call)
{
    const struct act_reason *input = call->input;
    struct disposal_record *disposal;
    int64_t order, least;

    TRY(disposal_at(change, call, "S02 S03 S04",
                    N_("Disposal %s does not stand before its witnesses."), &disposal));
    if (change_session(change)->officer != 0) {
        TRY(disposal_rank(change, change_session(change)->officer, &order));
        TRY(disposal_rank_order(change, TEXT("SUPT"), &least));
        if (order > least)
            return fail(ERR_REFUSED,
                        N_("Only a superintendent or higher allows the same two witnesses "
                           "again."));
    }
    disposal->pair_allowed_by = self(change);
    disposal->pair_reason = input->reason;
    change_body(change)->reason = input->reason;
    return change_put(change, &disposal->head);
}

enum err build_disposal_cancel(struct change *change, const struct act_call *call)
{
    const struct act_reason *input = call->input;
    struct disposal_line_record **lines;
    struct disposal_record *disposal;
    size_t count;

    TRY(disposal_at(change, call, "S01 S02 S03 S04 S07",
                    N_("Disposal %s is over and cannot be cancelled."), &disposal));
    disposal->state = TEXT("S06");
    disposal->cancelled = input->reason;
    change_body(change)->reason = input->reason;
    TRY(disposal_lines(change, disposal, &lines, &count));
    for (size_t i = 0; i < count; i++)
        if (!text_is(lines[i]->result, "removed"))
            TRY(release(change, lines[i], disposal));
    return change_put(change, &disposal->head);
}
