/* Counting: by one, or of drugs, cash, firearms and valuables by two of whom the second does not see what the first counted;
 * cash by denomination; and paying in what was counted. */
#include "core/model/cash.h"
#include "core/model/custody.h"
#include "core/model/handover.h"
#include "core/model/questions.h"
#include "core/model/unit.h"

static enum err attention(void)
{
    return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
}

/* ---- what was counted ---- */

/* A sum of money is a quantity in the unit of its currency, where the table of units has one. */
static void counted_cash(struct change *change, const struct exhibit_record *exhibit,
                         const struct cash_sums *sums, struct quantity *out)
{
    for (size_t i = 0; i < sums->count; i++) {
        struct money amount = sums->items[i].amount;
        struct text code =
            arena_printf(change_arena(change), "%c%c%c", amount.currency[0] + ('a' - 'A'),
                         amount.currency[1] + ('a' - 'A'), amount.currency[2] + ('a' - 'A'));
        struct record *unit;

        if (record_by_number(change_txn(change), &unit_type, exhibit->quantity.unit, 0,
                             change_arena(change), &unit) == ERR_OK &&
            text_equal(((const struct unit_record *)unit)->base_unit, code))
            *out = (struct quantity){ { amount.minor, (int8_t)-money_places(amount.currency) },
                                      code };
    }
}

static enum err figures(struct change *change, const struct act_count *input,
                        const struct exhibit_record *exhibit, struct custody_step *step)
{
    struct cash_sums sums = { 0 };

    if (!text_present(input->counted.unit) && input->cash.count == 0) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_count_counted,
                    N_("Enter what was counted: a number, or of cash its pieces by "
                       "denomination."));
        return attention();
    }
    if (text_present(input->counted.unit) && input->cash.count > 0) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_count_counted,
                    N_("The sum of cash follows from its denominations. Leave the number "
                       "empty."));
        return attention();
    }
    if (!cash_add(&sums, input->cash)) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_count_cash,
                    N_("Pieces and denominations are at least one, in at most 16 "
                       "currencies."));
        return attention();
    }
    step->counted = input->counted;
    step->cash = input->cash;
    step->sums = cash_list(change_arena(change), &sums);
    counted_cash(change, exhibit, &sums, &step->counted);
    return ERR_OK;
}

/* ---- counted by two ---- */

/* What the first counted stands where nobody reads it, until the second has counted. */
static enum err count_first(struct change *change, struct exhibit_record *exhibit,
                            const struct act_count *input, struct custody_step *step)
{
    if (text_present(input->seal)) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_count_seal,
                    N_("These goods are counted by two officers. They are sealed when the "
                       "second has counted."));
        return attention();
    }
    exhibit->count_first = step->counted;
    exhibit->count_first_cash = step->cash;
    exhibit->count_first_by = (struct reference){ .id = change_session(change)->officer };
    return custody_take(change, exhibit,
                        &(struct custody_step){ .action = "counted_first",
                                                .occurred = step->occurred,
                                                .remark = step->remark });
}

static bool same_quantity(struct quantity a, struct quantity b)
{
    return text_present(a.unit) == text_present(b.unit) && text_equal(a.unit, b.unit) &&
           decimal_compare(a.number, b.number) == 0;
}

/* Two figures that differ are a discrepancy with both. */
static void compare_figures(struct change *change, const struct exhibit_record *exhibit,
                            const struct custody_step *step, struct differences *out)
{
    struct arena *arena = change_arena(change);
    struct cash_sums first = { 0 }, second = { 0 };

    if (step->cash.count == 0 && exhibit->count_first_cash.count == 0) {
        if (!same_quantity(exhibit->count_first, step->counted))
            difference_add(out,
                           (struct difference_item){ .about = TEXT("second_count"),
                                                     .recorded_amount = exhibit->count_first,
                                                     .found_amount = step->counted });
        return;
    }
    if (cash_same_pieces(exhibit->count_first_cash, step->cash))
        return;
    if (cash_add(&first, exhibit->count_first_cash) && cash_add(&second, step->cash))
        difference_add(out,
                       (struct difference_item){ .about = TEXT("second_count"),
                                                 .recorded_words = cash_words(arena, &first),
                                                 .found_words = cash_words(arena, &second) });
}

static enum err count_second(struct change *change, struct exhibit_record *exhibit,
                             struct custody_step *step)
{
    if (exhibit->count_first_by.id == change_session(change)->officer)
        return fail(ERR_REFUSED,
                    N_("You counted %s first. Another officer counts it the second time."),
                    arena_string(change_arena(change), exhibit->number));
    compare_figures(change, exhibit, step, &step->breaches);
    step->first_count = exhibit->count_first;
    step->first_cash = exhibit->count_first_cash;
    step->first_counter = exhibit->count_first_by;
    exhibit->count_first = (struct quantity){ 0 };
    exhibit->count_first_cash = (struct list){ 0 };
    exhibit->count_first_by = (struct reference){ 0 };
    return custody_take(change, exhibit, step);
}

/* Whoever confirmed at the same screen would have seen the figure: here the second officer counts instead. */
enum err build_count(struct change *change, const struct act_call *call)
{
    const struct act_count *input = call->input;
    struct custody_step step = { .action = "counted",
                                 .occurred = input->occurred,
                                 .remark = input->remark };
    struct record *record;
    struct exhibit_record *exhibit;
    struct commodity_demands demands;

    TRY(get_subject(change, call, &record));
    exhibit = (struct exhibit_record *)record;
    TRY(commodity_demands(change, exhibit->commodity, &demands));
    TRY(figures(change, input, exhibit, &step));
    if (demands.two_officers && exhibit->count_first_by.id == 0)
        return count_first(change, exhibit, input, &step);
    if (step.sums.count > 0)
        exhibit->cash_sums = step.sums;
    TRY(custody_put_seal(change, exhibit, input->seal, &step, tag_act_count_seal));
    return demands.two_officers ? count_second(change, exhibit, &step)
                                : custody_take(change, exhibit, &step);
}

/* ---- out of a temporary locker ---- */

static enum err count_in(struct change *change, const struct counted_item *item,
                         struct custody_step step)
{
    struct exhibit_record *exhibit;

    TRY(custody_exhibit(change, item->exhibit, &exhibit));
    if (exhibit->count_due.date == 0)
        return fail(ERR_REFUSED,
                    N_("Exhibit %s is in no temporary locker, so it is not counted in. Shelve "
                       "it instead."),
                    arena_string(change_arena(change), exhibit->number));
    step.seal_seen = item->seal_seen;
    step.counted = item->counted;
    step.weight = item->weight;
    step.condition = item->condition;
    return custody_take(change, exhibit, &step);
}

enum err build_count_in(struct change *change, const struct act_call *call)
{
    const struct act_count_in *input = call->input;
    const struct counted_item *items = input->exhibits.items;
    size_t count = input->exhibits.count;
    struct exhibit_item *exhibits = arena_array(change_arena(change), count, sizeof *exhibits);
    struct handover_record said = {
        .head = { .type = &handover_type },
        .action = TEXT("counted_in"),
        .state = TEXT("done"),
        .exhibits = { exhibits, count },
        .occurred = input->occurred,
        .released_by = { .id = change_session(change)->officer },
        .received_by = input->location,
        .destination = input->location,
        .purpose = TEXT("store"),
        .paper_number = input->paper_number,
        .remark = input->remark,
    };
    struct custody_step step = custody_step_of(&said, "E03");

    for (size_t i = 0; i < count; i++)
        exhibits[i] = (struct exhibit_item){ .exhibit = items[i].exhibit,
                                             .seal_seen = items[i].seal_seen,
                                             .weight = items[i].weight };
    TRY(custody_each_once(said.exhibits));
    TRY(custody_admit(change, said.exhibits, &step));
    TRY(custody_hand_over(change, &said, &step.handover));
    for (size_t i = 0; i < count; i++)
        TRY(count_in(change, &items[i], step));
    return ERR_OK;
}

/* ---- paying in ---- */

static enum err counted_in_all(struct change *change, struct list exhibits,
                               struct cash_sums *out)
{
    const struct exhibit_item *items = exhibits.items;

    for (size_t i = 0; i < exhibits.count; i++) {
        struct exhibit_record *exhibit;

        TRY(custody_exhibit(change, items[i].exhibit, &exhibit));
        if (!cash_add_sums(out, exhibit->cash_sums))
            return fail(ERR_INVALID, N_("The sums are too large to be added."));
    }
    return ERR_OK;
}

enum err build_pay_in(struct change *change, const struct act_call *call)
{
    const struct act_pay_in *input = call->input;
    const struct custody_move *move = call->act->move;
    struct handover_record said = {
        .head = { .type = &handover_type },
        .action = text_of(move->action),
        .state = TEXT("done"),
        .exhibits = input->exhibits,
        .occurred = input->occurred,
        .released_by = { .id = change_session(change)->officer },
        .received_by = input->body,
        .outside_person = input->outside_person,
        .outside_receipt = input->outside_receipt,
        .remark = input->remark,
    };
    struct custody_step step = custody_step_of(&said, move->state);
    struct cash_sums counted = { 0 }, paid = { 0 };

    TRY(counted_in_all(change, input->exhibits, &counted));
    if (!cash_add_sums(&paid, input->paid)) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_pay_in_paid,
                    N_("Each sum is more than nothing, in at most 16 currencies."));
        return attention();
    }
    if (!cash_same_sums(&counted, &paid))
        difference_add(&step.breaches,
                       (struct difference_item){
                           .about = TEXT("paid_in"),
                           .recorded_words = cash_words(change_arena(change), &counted),
                           .found_words = cash_words(change_arena(change), &paid) });
    step.sums = cash_list(change_arena(change), &paid);
    step.move = move;
    TRY(custody_hand_over(change, &said, &step.handover));
    return custody_take_all(change, input->exhibits, step);
}
