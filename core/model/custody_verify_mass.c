/* Nothing is gained or lost between a whole and its parts (declared in custody_verify_parts.h):
 * quantity = remaining + what parts took with them and kept + used up + stated loss. */
#include "core/model/custody_verify_parts.h"

#include "core/model/unit.h"

enum { PARTS_PAGE = 256, GENERATIONS = 16 };

/* An amount in the base unit of its kind. */
struct amount {
    struct decimal number;
    struct text unit; /* absent: none was added yet */
    bool broken;      /* a unit that is not there, two kinds, or too large */
};

static void amount_add(struct custody_check *check, struct amount *sum,
                       struct quantity quantity, bool minus)
{
    struct record *record;
    const struct unit_record *unit;
    struct decimal factor, number;

    if (!text_present(quantity.unit) || quantity.number.mantissa == 0)
        return;
    if (record_by_number(check->txn, &unit_type, quantity.unit, 0, check->arena, &record) !=
        ERR_OK) {
        sum->broken = true;
        return;
    }
    unit = (const struct unit_record *)record;
    if (minus)
        quantity.number.mantissa = -quantity.number.mantissa;
    sum->broken |= (text_present(sum->unit) && !text_equal(sum->unit, unit->base_unit)) ||
                   !decimal_parse(&factor, unit->factor) ||
                   !decimal_multiply(&number, quantity.number, factor) ||
                   !decimal_add(&sum->number, sum->number, number);
    sum->unit = unit->base_unit;
}

static bool has_joined(const struct chain *chain)
{
    for (size_t i = 0; i < chain->count; i++)
        if (text_is(chain->events[i]->action, "joined"))
            return true;
    return false;
}

static enum err parts_add(struct custody_check *check, const struct exhibit_record *whole,
                          int generation, struct amount *sum, size_t *count);

/* What has gone from it for good, or into parts that keep it. */
static enum err gone_add(struct custody_check *check, const struct exhibit_record *exhibit,
                         int generation, struct amount *sum)
{
    size_t count;

    amount_add(check, sum, exhibit->used_up, false);
    amount_add(check, sum, exhibit->lost, false);
    return parts_add(check, exhibit, generation + 1, sum, &count);
}

/* A part that was joined again gave back what was left of it. */
static enum err part_add(struct custody_check *check, const struct exhibit_record *part,
                         int generation, struct amount *sum)
{
    struct chain chain;

    TRY(chain_read(check, part, &chain));
    if (has_joined(&chain)) {
        amount_add(check, sum, part->remaining, false);
        return gone_add(check, part, generation, sum);
    }
    amount_add(check, sum, part->quantity, false);
    return ERR_OK;
}

static enum err parts_add(struct custody_check *check, const struct exhibit_record *whole,
                          int generation, struct amount *sum, size_t *count)
{
    struct reference self = reference_of(&whole->head);
    const void *values[] = { &self };
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct index_page page = { .more = true };
    struct bytes resume = { 0 };

    *count = 0;
    sum->broken |= generation > GENERATIONS;
    index_prefix(&prefix, &exhibit_type, index_named(&exhibit_type, "by_parent"), values, 1);
    while (page.more && generation <= GENERATIONS) {
        TRY(index_page(check->txn, buffer_bytes(&prefix), resume, FORWARD, PARTS_PAGE,
                       check->arena, &page));
        for (size_t i = 0; i < page.count; i++) {
            struct record *part;

            resume = page.entries[i];
            TRY(record_get(check->txn, &page.keys[i], 0, check->arena, &part));
            TRY(part_add(check, (const struct exhibit_record *)part, generation, sum));
            ++*count;
        }
    }
    return ERR_OK;
}

/* A part stands under a whole that knows of parts. */
static void check_parent(struct custody_check *check, const struct chain *chain)
{
    struct record_key key = key_of_reference(chain->exhibit->parent);
    struct record *record;

    if (key.id == 0 || (record_get(check->txn, &key, 0, check->arena, &record) == ERR_OK &&
                        record->type == &exhibit_type &&
                        text_present(((struct exhibit_record *)record)->remaining.unit)))
        return;
    verify_contradiction(check->v,
                         N_("Exhibit %s is said to be a part of %s, which knows of no parts."),
                         chain->name, who_is(check, chain->exhibit->parent));
}

static void check_balance(struct custody_check *check, const struct chain *chain,
                          struct amount sum)
{
    const struct exhibit_record *whole = chain->exhibit;
    AUTO_BUFFER struct buffer over = { 0 };

    amount_add(check, &sum, whole->remaining, false);
    amount_add(check, &sum, whole->quantity, true);
    if (!sum.broken &&
        (has_joined(chain) ? sum.number.mantissa <= 0 : sum.number.mantissa == 0))
        return; /* joined again: what is missing went back into the whole */
    decimal_print(&over, sum.number, false);
    buffer_byte(&over, ' ');
    buffer_text(&over, sum.unit);
    buffer_byte(&over, 0);
    verify_contradiction(
        check->v,
        N_("Exhibit %s: what remains, its parts, use and loss do not make up its "
           "quantity (%s too much)."),
        chain->name, (const char *)over.data);
}

enum err mass_check(struct custody_check *check, const struct chain *chain)
{
    const struct exhibit_record *exhibit = chain->exhibit;
    struct amount sum = { 0 };
    size_t parts;

    check_parent(check, chain);
    if (text_present(exhibit->remaining.unit)) {
        TRY(gone_add(check, exhibit, 0, &sum));
        check_balance(check, chain, sum);
        if (exhibit->remaining.number.mantissa < 0)
            verify_contradiction(check->v,
                                 N_("Exhibit %s: less than nothing is said to remain of it."),
                                 chain->name);
    } else {
        TRY(parts_add(check, exhibit, 0, &sum, &parts));
        if (parts > 0 || text_present(exhibit->used_up.unit) ||
            text_present(exhibit->lost.unit))
            verify_contradiction(
                check->v,
                N_("Exhibit %s: what remains, its parts, use and loss do not make "
                   "up its quantity (%s too much)."),
                chain->name, "-");
    }
    return ERR_OK;
}
