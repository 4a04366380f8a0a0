#include "core/model/stocktake_line.h"

#include "core/model/choices.h"
#include "core/model/rule.h"

#define RECORD stocktake_line
#define RECORD_DEF "core/model/stocktake_line.def"
#include "core/schema/table.h"

static const struct record_rules rules = { .frozen = true };

const struct record_type stocktake_line_type = {
    RECORD_TABLE(stocktake_line),
    .number = 104,
    .family = 4,
    .name = "stocktake_line",
    .letters = "",
    .label = L("Scan of a stocktake", "盤點掃描"),
    .plural = L("Scans of a stocktake", "盤點掃描"),
    .help = L("One scan of a stocktake, as it was made.", "盤點時的一次掃描。"),
    .rules = &rules,
    .title = { tag_stocktake_line_result, tag_stocktake_line_exhibit },
};
