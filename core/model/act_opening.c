/* Goods that lie open: a session has a start, an end and the same two officers, and ends when each exhibit is sealed again. */
#include "core/model/custody.h"
#include "core/model/number.h"
#include "core/model/opening.h"
#include "core/model/questions.h"

static enum err may_open(struct change *change, const struct exhibit_record *exhibit)
{
    char *number = arena_string(change_arena(change), exhibit->number);
    struct commodity_demands demands;

    TRY(commodity_demands(change, exhibit->commodity, &demands));
    if (exhibit->opening.id != 0)
        return fail(ERR_REFUSED,
                    N_("Exhibit %s lies open in a session already. Close that one first."),
                    number);
    return demands.kept_in_place
               ? fail(ERR_REFUSED,
                      N_("Exhibit %s is kept in place and not sealed, so no session opens it."),
                      number)
               : ERR_OK;
}

/* Taken from the shelf to the table, its seal broken. */
static enum err open_one(struct change *change, const struct exhibit_item *item,
                         struct custody_step step)
{
    struct exhibit_record *exhibit;

    TRY(custody_exhibit(change, item->exhibit, &exhibit));
    TRY(may_open(change, exhibit));
    step.seal_seen = item->seal_seen;
    step.weight = item->weight;
    step.condition = item->condition;
    exhibit->opening = step.opening;
    return custody_take(change, exhibit, &step);
}

enum err build_open_exhibits(struct change *change, const struct act_call *call)
{
    const struct act_open_exhibits *input = call->input;
    const struct exhibit_item *items = input->exhibits.items;
    struct session *session = change_session(change);
    struct record *record;
    struct opening_record *opening;
    struct custody_step step = {
        .action = "opened",
        .occurred = input->occurred,
        .holder = { .id = session->officer },
        .located = input->located,
        .released_by = { .id = session->officer },
        .unsealed = true,
        .paper_number = input->paper_number,
        .remark = input->purpose,
    };

    TRY(custody_each_once(input->exhibits));
    TRY(change_make(change, &opening_type, &record));
    opening = (struct opening_record *)record;
    opening->state = TEXT("open");
    opening->opened = input->occurred;
    opening->officer = step.holder;
    opening->second = (struct reference){ .id = session->other.officer };
    opening->located = input->located;
    opening->purpose = input->purpose;
    opening->exhibits = input->exhibits;
    opening->item_count = (struct integer){ true, (int64_t)input->exhibits.count };
    TRY(number_serial(change, "OS", &opening->number));
    step.opening = reference_of(record);
    TRY(change_put(change, record));
    for (size_t i = 0; i < input->exhibits.count; i++)
        TRY(open_one(change, &items[i], step));
    return ERR_OK;
}

/* ---- the end ---- */

/* What was wholly used or split has nothing left to be sealed. */
static bool is_bare(const struct exhibit_record *exhibit)
{
    bool gone =
        text_present(exhibit->remaining.unit) && exhibit->remaining.number.mantissa == 0;

    return !text_present(exhibit->seal) && !gone;
}

static enum err close_one(struct change *change, struct exhibit_record *exhibit,
                          struct custody_step step, struct buffer *bare)
{
    if (is_bare(exhibit)) {
        enum err err = custody_breach(&step, "rule_unsealed", exhibit, ERR_REFUSED);

        if (err != ERR_OK) {
            buffer_string(bare, bare->len > 0 ? ", " : "");
            buffer_text(bare, exhibit->number);
            return ERR_OK; /* the others are looked at too, so that all are named */
        }
    }
    exhibit->opening = (struct reference){ 0 };
    return custody_take(change, exhibit, &step);
}

/* Goods that others than those who opened them close were not under the same two officers. */
static void compare_officers(struct change *change, const struct opening_record *opening,
                             struct custody_step *step)
{
    const struct session *session = change_session(change);
    uint64_t a = opening->officer.id, b = opening->second.id;
    uint64_t x = session->officer, y = session->other.officer;

    if (session->officer == 0 || (a == x && b == y) || (a == y && b == x))
        return;
    difference_add(&step->breaches,
                   (struct difference_item){ .about = TEXT("officers"),
                                             .recorded = a == x || a == y ? opening->second
                                                                          : opening->officer,
                                             .found = { .id = x == a || x == b ? y : x } });
}

enum err build_close_opening(struct change *change, const struct act_call *call)
{
    const struct act_close_opening *input = call->input;
    AUTO_BUFFER struct buffer bare = { 0 };
    struct custody_step step = { .action = "opening_closed",
                                 .occurred = input->occurred,
                                 .paper_number = input->paper_number,
                                 .remark = input->remark };
    struct record *record;
    struct opening_record *opening;
    const struct exhibit_item *items;

    TRY(get_subject(change, call, &record));
    opening = (struct opening_record *)record;
    items = opening->exhibits.items;
    if (!text_is(opening->state, "open"))
        return fail(ERR_REFUSED, N_("This session was closed already."));
    step.opening = reference_of(record);
    compare_officers(change, opening, &step);
    for (size_t i = 0; i < opening->exhibits.count; i++) {
        struct exhibit_record *exhibit;

        TRY(custody_exhibit(change, items[i].exhibit, &exhibit));
        if (exhibit->opening.id == record->key.id)
            TRY(close_one(change, exhibit, step, &bare));
    }
    if (bare.len > 0)
        return fail(ERR_REFUSED,
                    N_("Not sealed again: %s. Seal each exhibit of the session, and close it "
                       "then."),
                    arena_string(change_arena(change), buffer_as_text(&bare)));
    opening->state = TEXT("closed");
    opening->closed = input->occurred;
    opening->remark = input->remark;
    return change_put(change, record);
}
