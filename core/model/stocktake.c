#include "core/model/stocktake.h"

#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/number.h"
#include "core/model/rule.h"

#define RECORD stocktake
#define RECORD_DEF "core/model/stocktake.def"
#include "core/schema/table.h"

static const struct {
    const char *from, *to;
} steps[] = {
    { "open", "counted" },  { "counted", "open" },   { "counted", "signed" },
    { "signed", "closed" }, { "open", "abandoned" }, { "counted", "abandoned" },
};

static bool follows(struct text from, struct text to)
{
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (text_is(from, steps[i].from) && text_is(to, steps[i].to))
            return true;
    return text_equal(from, to);
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = {
        tag_stocktake_number,
        tag_stocktake_method,
        tag_stocktake_location,
        tag_stocktake_opened,
        tag_stocktake_counter,
        tag_stocktake_expected,
        tag_stocktake_strata,
        tag_stocktake_seed,
        tag_stocktake_population,
        tag_stocktake_population_hash,
        tag_stocktake_list_hash,
        tag_stocktake_as_of,
        0,
    };
    const struct stocktake_record *before = (const struct stocktake_record *)old,
                                  *after = (const struct stocktake_record *)new;

    (void)change;
    rule_keep(old, new, for_ever, findings);
    if (before ? !follows(before->state, after->state) : !text_is(after->state, "open"))
        finding_add(findings, SEVERITY_ERROR, new, tag_stocktake_state,
                    N_("A stocktake is opened, counted, signed and closed, in this order."));
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type stocktake_type = {
    RECORD_TABLE(stocktake),
    .number = 33,
    .name = "stocktake",
    .letters = "ST",
    .label = L("Stocktake", "盤點"),
    .plural = L("Stocktakes", "盤點"),
    .help = L("What lies in the stores, counted and compared with the record.",
              "點算倉內證物並與紀錄核對。"),
    .rules = &rules,
    .title = { tag_stocktake_location, tag_stocktake_method },
};
