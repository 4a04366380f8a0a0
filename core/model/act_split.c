/* Splitting, sampling, use in testing, joining again: parts have numbers and chains of their own, and nothing is gained or lost
 * between them: quantity = remaining + parts + used up + stated loss, exactly. */
#include "core/model/custody_compare.h"

#include "core/model/elements.h"
#include "core/model/number.h"
#include "core/model/questions.h"
#include "core/model/unit.h"

/* ---- quantities ---- */

/* In base units, so that sticks and thousands of sticks add up. False: no such unit, or too large a number. */
static bool in_base(struct change *change, struct quantity *quantity)
{
    struct record *record;
    const struct unit_record *unit;
    struct decimal factor;

    if (record_by_number(change_txn(change), &unit_type, quantity->unit, 0,
                         change_arena(change), &record) != ERR_OK)
        return false;
    unit = (const struct unit_record *)record;
    if (!decimal_parse(&factor, unit->factor) ||
        !decimal_multiply(&quantity->number, quantity->number, factor))
        return false;
    quantity->unit = unit->base_unit;
    return true;
}

/* a + b, or a - b; an absent one is nothing. In a's unit where both have it, else in the base unit. */
static enum err quantity_add(struct change *change, struct quantity *a, struct quantity b,
                             bool minus)
{
    struct quantity left = *a, right = b;

    if (!text_present(b.unit))
        return ERR_OK;
    if (minus)
        right.number.mantissa = -right.number.mantissa;
    if (!text_present(left.unit)) {
        *a = right;
        return ERR_OK;
    }
    if (!text_equal(left.unit, right.unit) &&
        (!in_base(change, &left) || !in_base(change, &right) ||
         !text_equal(left.unit, right.unit)))
        return fail(ERR_INVALID,
                    N_("%s and %s cannot be added. Give the quantity in a unit of the same "
                       "kind."),
                    arena_string(change_arena(change), a->unit),
                    arena_string(change_arena(change), b.unit));
    if (!decimal_add(&left.number, left.number, right.number))
        return fail(ERR_INVALID, N_("The quantities are too large to be added."));
    *a = left;
    return ERR_OK;
}

static int sign_of(struct quantity quantity)
{
    return quantity.number.mantissa < 0 ? -1 : quantity.number.mantissa > 0;
}

static const char *in_words(struct change *change, struct quantity quantity)
{
    AUTO_BUFFER struct buffer out = { 0 };

    decimal_print(&out, quantity.number, true);
    buffer_byte(&out, ' ');
    buffer_text(&out, quantity.unit);
    return arena_string(change_arena(change), buffer_as_text(&out));
}

/* What is left of an exhibit; one without a quantity must be counted or weighed first. */
static enum err what_is_left(struct change *change, const struct exhibit_record *exhibit,
                             struct quantity *out)
{
    *out = text_present(exhibit->remaining.unit) ? exhibit->remaining : exhibit->quantity;
    if (!text_present(out->unit))
        return fail(ERR_REFUSED,
                    N_("The quantity of exhibit %s is not recorded, so its parts cannot be "
                       "held against it. Count or weigh it and amend the exhibit first."),
                    arena_string(change_arena(change), exhibit->number));
    return ERR_OK;
}

static enum err take_from(struct change *change, struct exhibit_record *exhibit,
                          struct quantity quantity)
{
    struct quantity left;

    TRY(what_is_left(change, exhibit, &left));
    if (text_present(quantity.unit) && sign_of(quantity) < 0)
        return fail(ERR_INVALID, N_("A quantity that is taken cannot be less than nothing."));
    TRY(quantity_add(change, &left, quantity, true));
    if (sign_of(left) < 0)
        return fail(ERR_INVALID,
                    N_("More is taken than is left of exhibit %s. What is too much: %s."),
                    arena_string(change_arena(change), exhibit->number),
                    in_words(change,
                             (struct quantity){ { -left.number.mantissa, left.number.exponent },
                                                left.unit }));
    exhibit->remaining = left;
    return ERR_OK;
}

/* ---- parts ---- */

/* A part is of the same goods, in the same hands and place as the whole at that moment. */
static enum err make_part(struct change *change, const struct exhibit_record *whole,
                          const struct split_part *part, const struct custody_step *step)
{
    struct record *record;
    struct exhibit_record *exhibit;
    struct custody_step first = *step;
    struct standing then;

    TRY(custody_stand(change, whole, step->occurred, &then));
    TRY(change_make(change, &exhibit_type, &record));
    exhibit = (struct exhibit_record *)record;
    exhibit->seizure = whole->seizure;
    exhibit->of_case = whole->of_case;
    exhibit->commodity = whole->commodity;
    exhibit->hazard = whole->hazard;
    exhibit->suspected = whole->suspected;
    exhibit->species = whole->species;
    exhibit->appendix = whole->appendix;
    exhibit->legal_status = whole->legal_status;
    exhibit->legal_since = whole->legal_since;
    exhibit->legal_cause = whole->legal_cause;
    exhibit->description = whole->description;
    if (text_present(part->description))
        exhibit->description = (struct bitext){ .zh = part->description };
    exhibit->bag = part->bag;
    exhibit->quantity = part->quantity;
    exhibit->counted = whole->counted;
    exhibit->parent = reference_of(&whole->head);
    TRY(number_serial(change, "E", &exhibit->number));
    first.action = "split_from";
    first.holder = then.holder;
    first.located = then.located;
    first.state = arena_string(change_arena(change), then.state);
    first.remark = whole->number;
    return custody_take(change, exhibit, &first);
}

enum err build_split(struct change *change, const struct act_call *call)
{
    const struct act_split *input = call->input;
    const struct split_part *parts = input->parts.items;
    struct custody_step step = {
        .action = "split", .opened = true, .occurred = input->occurred, .remark = input->remark
    };
    struct record *record;
    struct exhibit_record *whole;

    TRY(get_subject(change, call, &record));
    whole = (struct exhibit_record *)record;
    TRY(custody_in_order(change, whole, input->occurred));
    for (size_t i = 0; i < input->parts.count; i++) {
        TRY(take_from(change, whole, parts[i].quantity));
        TRY(make_part(change, whole, &parts[i], &step));
    }
    TRY(take_from(change, whole, input->used_up));
    TRY(take_from(change, whole, input->lost));
    if (sign_of(whole->remaining) != 0)
        return fail(ERR_INVALID,
                    N_("Parts, use and loss do not make up the whole: %s of exhibit %s is not "
                       "accounted for."),
                    in_words(change, whole->remaining),
                    arena_string(change_arena(change), whole->number));
    TRY(quantity_add(change, &whole->used_up, input->used_up, false));
    TRY(quantity_add(change, &whole->lost, input->lost, false));
    step.state = "E17";
    return custody_take(change, whole, &step);
}

enum err build_sample(struct change *change, const struct act_call *call)
{
    const struct act_sample *input = call->input;
    const struct split_part part = { .quantity = input->quantity,
                                     .bag = input->bag,
                                     .description = input->description };
    struct custody_step step = { .action = "sampled",
                                 .opened = true,
                                 .occurred = input->occurred,
                                 .remark = input->remark };
    struct record *record;
    struct exhibit_record *whole;

    TRY(get_subject(change, call, &record));
    whole = (struct exhibit_record *)record;
    TRY(take_from(change, whole, input->quantity));
    TRY(make_part(change, whole, &part, &step));
    return custody_take(change, whole, &step);
}

enum err build_use_up(struct change *change, const struct act_call *call)
{
    const struct act_use_up *input = call->input;
    struct record *record;
    struct exhibit_record *exhibit;

    TRY(get_subject(change, call, &record));
    exhibit = (struct exhibit_record *)record;
    TRY(take_from(change, exhibit, input->quantity));
    TRY(quantity_add(change, &exhibit->used_up, input->quantity, false));
    if (sign_of(exhibit->remaining) == 0)
        TRY(custody_in_order(change, exhibit, input->occurred));
    return custody_take(change, exhibit,
                        &(struct custody_step){
                            .action = "used_up",
                            .occurred = input->occurred,
                            .state = sign_of(exhibit->remaining) == 0 ? "E18" : NULL,
                            .paper_number = input->certificate,
                            .remark = input->remark });
}

/* ---- live animals ---- */

static enum err be_born(struct change *change, struct exhibit_record *exhibit,
                        struct quantity amount)
{
    if (text_present(exhibit->remaining.unit))
        TRY(quantity_add(change, &exhibit->remaining, amount, false));
    return quantity_add(change, &exhibit->quantity, amount, false);
}

static enum err die(struct change *change, struct exhibit_record *exhibit,
                    struct quantity amount)
{
    TRY(take_from(change, exhibit, amount));
    return quantity_add(change, &exhibit->lost, amount, false);
}

/* What is born in our keeping belongs to the exhibit; what dies is a stated loss of it. */
enum err build_animals(struct change *change, const struct act_call *call)
{
    const struct act_animals *input = call->input;
    const struct custody_move *move = call->act->move;
    struct commodity_demands demands;
    struct record *record;
    struct exhibit_record *exhibit;

    TRY(get_subject(change, call, &record));
    exhibit = (struct exhibit_record *)record;
    TRY(commodity_demands(change, exhibit->commodity, &demands));
    if (!text_is(demands.hazard, "live"))
        return fail(ERR_REFUSED,
                    N_("Exhibit %s is no live animal, so it has no births or deaths."),
                    arena_string(change_arena(change), exhibit->number));
    if (sign_of(input->amount) <= 0)
        return fail(ERR_INVALID, N_("At least one was born or died. Enter how many."));
    TRY(move == &move_birth ? be_born(change, exhibit, input->amount)
                            : die(change, exhibit, input->amount));
    if (text_present(exhibit->remaining.unit) && sign_of(exhibit->remaining) == 0)
        exhibit->next_check = (struct moment){ 0 };
    return custody_take(change, exhibit,
                        &(struct custody_step){
                            .action = move->action,
                            .occurred = input->occurred,
                            .amount = input->amount,
                            .condition = input->cause,
                            .remark = input->remark,
                        });
}

/* The same as a laboratory's result says it (act_examination.c). */
enum err custody_use_up(struct change *change, struct exhibit_record *exhibit,
                        struct quantity quantity)
{
    TRY(take_from(change, exhibit, quantity));
    return quantity_add(change, &exhibit->used_up, quantity, false);
}

/* ---- joining ---- */

static enum err join_one(struct change *change, struct exhibit_record *whole,
                         struct reference reference, const struct custody_step *step)
{
    struct exhibit_record *part;
    struct custody_step last = *step;
    struct quantity left;

    TRY(custody_exhibit(change, reference, &part));
    if (part->parent.id != whole->head.key.id || text_is(part->state, "E25"))
        return fail(ERR_REFUSED,
                    N_("Exhibit %s is no part of exhibit %s, so it cannot be joined to it."),
                    arena_string(change_arena(change), part->number),
                    arena_string(change_arena(change), whole->number));
    TRY(custody_in_order(change, part, step->occurred));
    if (part->holder.id != whole->holder.id)
        return fail(ERR_REFUSED,
                    N_("Exhibit %s and exhibit %s are with different holders. Bring them "
                       "together first, then join them."),
                    arena_string(change_arena(change), part->number),
                    arena_string(change_arena(change), whole->number));
    TRY(what_is_left(change, part, &left));
    TRY(quantity_add(change, &whole->remaining, left, false));
    left.number.mantissa = 0;
    part->remaining = left;
    last.action = "joined";
    last.state = "E25";
    last.holder = whole->holder;
    last.located = whole->located;
    last.remark = whole->number;
    return custody_take(change, part, &last);
}

enum err build_join(struct change *change, const struct act_call *call)
{
    const struct act_join *input = call->input;
    const struct exhibit_item *items = input->exhibits.items;
    struct custody_step step = { .action = "took_in",
                                 .occurred = input->occurred,
                                 .remark = input->remark };
    struct record *record;
    struct exhibit_record *whole;

    TRY(get_subject(change, call, &record));
    whole = (struct exhibit_record *)record;
    TRY(custody_in_order(change, whole, input->occurred));
    if (text_is(whole->state, "E25"))
        return fail(
            ERR_REFUSED,
            N_("Exhibit %s went back into its own whole and takes nothing in any more."),
            arena_string(change_arena(change), whole->number));
    TRY(what_is_left(change, whole, &whole->remaining));
    for (size_t i = 0; i < input->exhibits.count; i++)
        TRY(join_one(change, whole, items[i].exhibit, &step));
    if (text_is(whole->state, "E17") && input->exhibits.count > 0)
        step.state = "E02";
    return custody_take(change, whole, &step);
}
