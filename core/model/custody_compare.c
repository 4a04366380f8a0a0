#include "core/model/custody_compare.h"

#include "core/model/officer.h"
#include "core/model/status.h"
#include "core/model/unit.h"

/* ---- who has it ---- */

static bool is_officer(struct reference reference)
{
    return reference.id != 0 && id_kind(reference.id) == officer_type.number;
}

/* What a store or an outside body holds is taken from it by whoever may move exhibits; from an officer it comes only
 * by that officer's hand. */
static void compare_holders(const struct exhibit_record *exhibit,
                            const struct custody_step *step, const struct standing *standing,
                            struct differences *out)
{
    const struct custody_event_record *next = standing->next;

    if (step->released_by.id != 0 && is_officer(standing->holder) &&
        step->released_by.id != standing->holder.id)
        difference_add(out, (struct difference_item){ .about = TEXT("holder"),
                                                      .recorded = standing->holder,
                                                      .found = step->released_by });
    if (exhibit->handover.id != 0 && step->holder.id != 0 &&
        step->handover.id != exhibit->handover.id && !standing->past)
        difference_add(out, (struct difference_item){ .about = TEXT("handover"),
                                                      .recorded = exhibit->handover,
                                                      .found = step->holder });
    /* Who moved it next may have had it by this very step. */
    if (exhibit->opening.id != 0 && step->holder.id != 0 && !standing->past &&
        step->opening.id != exhibit->opening.id)
        difference_add(out, (struct difference_item){ .about = TEXT("opening"),
                                                      .recorded = exhibit->opening,
                                                      .found = step->holder });
    if (next && step->holder.id != 0 && next->from_holder.id != step->holder.id &&
        (next->actor.id != step->holder.id || next->holder.id == next->from_holder.id))
        difference_add(out, (struct difference_item){ .about = TEXT("next_holder"),
                                                      .recorded = next->from_holder,
                                                      .found = step->holder });
}

static void compare_seals(const struct custody_step *step, const struct standing *standing,
                          struct differences *out)
{
    if (!text_present(step->seal_seen) || text_equal(step->seal_seen, standing->seal))
        return;
    difference_add(out, (struct difference_item){ .about = TEXT("seal"),
                                                  .recorded_words = text_present(standing->seal)
                                                                        ? standing->seal
                                                                        : TEXT("-"),
                                                  .found_words = step->seal_seen });
}

/* ---- how much of it there is ---- */

/* An amount in its unit's base unit. False: no such unit, or too large a number. */
static bool in_base_unit(struct change *change, struct quantity *amount)
{
    struct record *record;
    const struct unit_record *unit;
    struct decimal factor;

    if (record_by_number(change_txn(change), &unit_type, amount->unit, 0, change_arena(change),
                         &record) != ERR_OK)
        return false;
    unit = (const struct unit_record *)record;
    amount->unit = unit->base_unit;
    return decimal_parse(&factor, unit->factor) &&
           decimal_multiply(&amount->number, amount->number, factor);
}

/* More than `allowance` percent of the first weight is gone, or there is more than there was: goods dry, they do not grow. */
static bool differs(struct decimal first, struct decimal second, struct decimal allowance)
{
    struct decimal hundred = { 100, 0 }, minus = { -second.mantissa, second.exponent }, allowed,
                   loss;

    if (!decimal_multiply(&allowed, first, allowance) || !decimal_add(&loss, first, minus) ||
        !decimal_multiply(&loss, loss, hundred))
        return true;
    return loss.mantissa < 0 || decimal_compare(loss, allowed) > 0;
}

static enum err compare_weights(struct change *change, const struct exhibit_record *exhibit,
                                const struct custody_step *step, struct differences *out)
{
    struct quantity recorded = exhibit->gross, weighed = step->weight;
    struct decimal allowance = { 0, 0 };
    struct commodity_demands demands;

    if (step->apart || !text_present(weighed.unit) || !text_present(recorded.unit))
        return ERR_OK;
    TRY(commodity_demands(change, exhibit->commodity, &demands));
    if (text_present(demands.tolerance) && !decimal_parse(&allowance, demands.tolerance))
        allowance = (struct decimal){ 0, 0 };
    if (demands.weighed && in_base_unit(change, &recorded) && in_base_unit(change, &weighed) &&
        differs(recorded.number, weighed.number, allowance))
        difference_add(out, (struct difference_item){ .about = TEXT("weight"),
                                                      .recorded_amount = exhibit->gross,
                                                      .found_amount = step->weight });
    return ERR_OK;
}

/* Are these the same amount, in whatever units? */
static bool same_amount(struct change *change, struct quantity a, struct quantity b)
{
    return in_base_unit(change, &a) && in_base_unit(change, &b) && text_equal(a.unit, b.unit) &&
           decimal_compare(a.number, b.number) == 0;
}

static void compare_counts(struct change *change, const struct exhibit_record *exhibit,
                           const struct custody_step *step, struct differences *out)
{
    struct quantity left =
        text_present(exhibit->remaining.unit) ? exhibit->remaining : exhibit->quantity;

    if (text_present(step->counted.unit) && text_present(left.unit) &&
        !same_amount(change, left, step->counted))
        difference_add(out, (struct difference_item){ .about = TEXT("quantity"),
                                                      .recorded_amount = left,
                                                      .found_amount = step->counted });
}

/* ---- whether it can be ---- */

/* What has left us for good comes back only as a contradiction; words about it may still be added. */
static enum err compare_end(struct change *change, const struct custody_step *step,
                            const struct standing *standing, struct differences *out)
{
    struct record *record;

    if (step->holder.id == 0 || !text_present(standing->state))
        return ERR_OK;
    TRY(record_by_number(change_txn(change), &status_type, standing->state, 0,
                         change_arena(change), &record));
    if (((const struct status_record *)record)->terminal == FLAG_YES)
        difference_add(out, (struct difference_item){ .about = TEXT("state"),
                                                      .recorded_words = standing->state,
                                                      .found = step->holder });
    return ERR_OK;
}

enum err custody_compare(struct change *change, const struct exhibit_record *exhibit,
                         const struct custody_step *step, const struct standing *standing,
                         struct differences *out)
{
    compare_holders(exhibit, step, standing, out);
    compare_seals(step, standing, out);
    TRY(compare_weights(change, exhibit, step, out));
    compare_counts(change, exhibit, step, out);
    return compare_end(change, step, standing, out);
}
