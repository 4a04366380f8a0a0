#include "core/model/seal.h"

#include "core/model/choices.h"
#include "core/model/rule.h"

#define RECORD seal
#define RECORD_DEF "core/model/seal.def"
#include "core/schema/table.h"

/* A seal goes one way: stock, issued, used, broken; before it is used it may be spoiled or lost. */
static bool may_become(struct text old, struct text new)
{
    static const struct {
        const char *from, *to;
    } steps[] = {
        { "stock", "issued" }, { "stock", "spoiled" },  { "stock", "lost" },
        { "issued", "used" },  { "issued", "spoiled" }, { "issued", "lost" },
        { "used", "broken" },
    };

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (text_is(old, steps[i].from) && text_is(new, steps[i].to))
            return true;
    return text_equal(old, new);
}

static bool may_begin(struct text state)
{
    return text_is(state, "stock") || text_is(state, "issued");
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_seal_number, 0 };
    static const uint16_t once_used[] = { tag_seal_issued_to, tag_seal_issued_on,
                                          tag_seal_used_on, tag_seal_used_at, 0 };
    const struct seal_record *was = (const struct seal_record *)old,
                             *seal = (const struct seal_record *)new;
    bool used = text_is(seal->state, "used") || text_is(seal->state, "broken");

    (void)change;
    rule_keep(old, new, for_ever, findings);
    if (was && !may_begin(was->state))
        rule_keep(old, new, once_used, findings);
    if (was ? !may_become(was->state, seal->state) : !may_begin(seal->state))
        finding_add(findings, SEVERITY_ERROR, new, tag_seal_state,
                    N_("A seal is issued, used once and broken once, in that order."));
    if (used != (seal->used_on.id != 0))
        finding_add(findings, SEVERITY_ERROR, new, tag_seal_used_on,
                    N_("A seal that is used names what it is on, and no other does."));
}

static const struct record_rules rules = { .check = check };

const struct record_type seal_type = {
    RECORD_TABLE(seal),
    .number = 10,
    .name = "seal",
    .letters = "SL",
    .label = L("Seal", "封條"),
    .plural = L("Seals", "封條"),
    .help = L("Numbered seals: issued, used once, broken once.",
              "有編號的封條：發出、使用一次、拆封一次。"),
    .rules = &rules,
    .title = { tag_seal_state },
};
