#include "core/model/custody.h"

#include "core/model/questions.h"
#include "core/model/seal.h"

#include <string.h>

enum { SEALS_AT_ONCE = 400 };

/* A seal number: letters and digits that end in digits; ranges count in the last digits. */
struct seal_range {
    struct text stem; /* before the counting digits */
    uint64_t first, last;
    int digits;
};

static int trailing_digits(struct text number)
{
    int count = 0;

    while ((size_t)count < number.len && count < 12 &&
           number.data[number.len - 1 - (size_t)count] >= '0' &&
           number.data[number.len - 1 - (size_t)count] <= '9')
        count++;
    return count;
}

static bool digits_value(struct text number, int digits, uint64_t *out)
{
    uint64_t value = 0;

    for (size_t i = number.len - (size_t)digits; i < number.len; i++)
        value = value * 10 + (uint64_t)(number.data[i] - '0');
    *out = value;
    return digits > 0;
}

static bool range_of(struct seal_range *out, struct text first, struct text last)
{
    if (!text_present(last))
        last = first;
    out->digits = trailing_digits(first);
    if (first.len != last.len || trailing_digits(last) != out->digits)
        return false;
    out->stem = (struct text){ first.data, first.len - (size_t)out->digits };
    if (memcmp(first.data, last.data, out->stem.len) != 0)
        return false;
    return digits_value(first, out->digits, &out->first) &&
           digits_value(last, out->digits, &out->last) && out->last >= out->first;
}

static enum err issue_one(struct change *change, const struct act_seal_issue *input,
                          struct text number)
{
    struct record *record;
    struct seal_record *seal;

    TRY(change_make(change, &seal_type, &record));
    seal = (struct seal_record *)record;
    seal->number = number;
    seal->state = TEXT("issued");
    seal->issued_to = input->officer;
    seal->issued_on = input->issued_on;
    return change_put(change, record);
}

static struct text number_in(struct change *change, const struct seal_range *range,
                             uint64_t value)
{
    return arena_printf(change_arena(change), "%.*s%0*llu", (int)range->stem.len,
                        range->stem.data, range->digits, (unsigned long long)value);
}

/* A number is issued once: of a range that was issued in part, the finding says which. */
static enum err overlap_check(struct change *change, const struct seal_range *range)
{
    const char *first = NULL, *last = NULL;
    size_t count = 0;

    for (uint64_t i = range->first; i <= range->last; i++) {
        struct text number = number_in(change, range, i);
        struct record *record;
        enum err err = record_by_number(change_txn(change), &seal_type, number, TAG_NUMBER,
                                        change_arena(change), &record);

        if (err == ERR_MISSING)
            continue;
        TRY(err);
        first = first ? first : arena_string(change_arena(change), number);
        last = arena_string(change_arena(change), number);
        count++;
    }
    if (count == 0)
        return ERR_OK;
    finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_seal_issue_first,
                N_("%zu of these seals were issued already, from %s to %s. Issue another "
                   "range."),
                count, first, last);
    return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
}

enum err build_seal_issue(struct change *change, const struct act_call *call)
{
    const struct act_seal_issue *input = call->input;
    struct seal_range range;

    if (!range_of(&range, input->first, input->last) ||
        range.last - range.first >= SEALS_AT_ONCE) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_seal_issue_last,
                    N_("First and last number must be of one form and end in digits, at most "
                       "%d seals apart."),
                    (int)SEALS_AT_ONCE);
        return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
    }
    TRY(overlap_check(change, &range));
    for (uint64_t i = range.first; i <= range.last; i++)
        TRY(issue_one(change, input, number_in(change, &range, i)));
    return ERR_OK;
}

/* The words of the rule that a seal breaks. */
static const char *seal_fault(const struct session *session, const struct seal_record *seal)
{
    if (text_is(seal->state, "used"))
        return N_("Seal %s is on an exhibit already. A seal is used once; check the number.");
    if (!text_is(seal->state, "issued") || seal->voided == FLAG_YES)
        return N_("Seal %s is not in use any more. A seal is used once; take another.");
    if (session->officer != 0 && seal->issued_to.id != session->officer)
        return N_("Seal %s was issued to another officer. Use one of your own, or have it "
                  "issued to you.");
    return NULL;
}

static enum err seal_finding(struct change *change, uint16_t tag, const char *fault,
                             struct text number)
{
    finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag, fault,
                arena_string(change_arena(change), number));
    return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
}

/* The number before it, issued to the same officer and not used, was passed over: nobody knows where that seal is. */
static enum err skipped_check(struct change *change, const struct seal_record *seal,
                              uint16_t tag)
{
    struct arena *arena = change_arena(change);
    int digits = trailing_digits(seal->number);
    uint64_t value;
    struct text before;
    struct record *record;
    enum err err;

    if (!digits_value(seal->number, digits, &value) || value == 0)
        return ERR_OK;
    before = arena_printf(arena, "%.*s%0*llu", (int)seal->number.len - digits,
                          seal->number.data, digits, (unsigned long long)value - 1);
    err = record_by_number(change_txn(change), &seal_type, before, 0, arena, &record);
    if (err != ERR_OK)
        return err == ERR_MISSING ? ERR_OK : err;
    if (text_is(((struct seal_record *)record)->state, "issued") &&
        ((struct seal_record *)record)->issued_to.id == seal->issued_to.id)
        finding_add(
            change_findings(change), SEVERITY_WARNING, NULL, tag,
            N_("Seal %s before it was not used. If it is spoiled or lost, record that."),
            arena_string(arena, before));
    return ERR_OK;
}

enum err custody_put_seal(struct change *change, struct exhibit_record *exhibit,
                          struct text number, struct custody_step *step, uint16_t tag)
{
    struct record *record;
    struct seal_record *seal;
    const char *fault;
    enum err err;

    if (!text_present(number))
        return ERR_OK;
    err = record_by_number(change_txn(change), &seal_type, number, 0, change_arena(change),
                           &record);
    if (err == ERR_MISSING)
        return seal_finding(
            change, tag,
            N_("Seal %s was never issued. Check the number, or have the range issued first."),
            number);
    TRY(err);
    seal = (struct seal_record *)record;
    fault = seal_fault(change_session(change), seal);
    if (fault && (!text_is(seal->state, "issued") || !custody_after_the_fact(step)))
        return seal_finding(change, tag, fault, number);
    if (fault)
        TRY(custody_breach(step, "rule_seal", exhibit, ERR_REFUSED));
    TRY(skipped_check(change, seal, tag));
    seal->state = TEXT("used");
    seal->used_on = reference_of(&exhibit->head);
    seal->used_at = step->occurred;
    step->seal_on = number;
    return change_put(change, record);
}

enum err custody_break_seal(struct change *change, struct text number, struct reference exhibit,
                            struct moment occurred)
{
    struct record *record;
    struct seal_record *seal;
    enum err err;

    if (!text_present(number))
        return ERR_OK;
    err = record_by_number(change_txn(change), &seal_type, number, 0, change_arena(change),
                           &record);
    if (err == ERR_MISSING)
        return ERR_OK; /* another body's seal is not of our stock */
    TRY(err);
    seal = (struct seal_record *)record;
    if (!text_is(seal->state, "used") || seal->used_on.id != exhibit.id)
        return ERR_OK; /* broken already */
    seal->state = TEXT("broken");
    seal->broken_by = (struct reference){ .id = change_session(change)->officer };
    seal->broken_at = occurred;
    return change_put(change, record);
}

/* A seal that we break is replaced in the same act. */
enum err build_seal_exhibit(struct change *change, const struct act_call *call)
{
    const struct act_seal_exhibit *input = call->input;
    struct exhibit_record *exhibit;
    struct record *record;
    struct commodity_demands demands;
    struct custody_step step = { .occurred = input->occurred,
                                 .weight = input->weight,
                                 .condition = input->condition,
                                 .paper_number = input->paper_number,
                                 .remark = input->remark };

    TRY(get_subject(change, call, &record));
    exhibit = (struct exhibit_record *)record;
    TRY(commodity_demands(change, exhibit->commodity, &demands));
    if (demands.kept_in_place)
        return fail(ERR_REFUSED, N_("Vehicles, vessels, containers and live animals are not "
                                    "sealed: record where they are kept in place."));
    step.state = text_is(exhibit->state, "E01") ? "E02" : NULL;
    step.action = text_present(exhibit->seal) ? "resealed" : "sealed";
    TRY(custody_put_seal(change, exhibit, input->seal, &step, tag_act_seal_exhibit_seal));
    return custody_take(change, exhibit, &step);
}
