#include "core/model/stocktake_list.h"

#include "core/model/elements.h"
#include "core/model/rule.h"

#define RECORD stocktake_list
#define RECORD_DEF "core/model/stocktake_list.def"
#include "core/schema/table.h"

static const struct record_rules rules = { .frozen = true };

const struct record_type stocktake_list_type = {
    RECORD_TABLE(stocktake_list),
    .number = 106,
    .family = 6,
    .name = "stocktake_list",
    .letters = "",
    .label = L("List of a stocktake", "盤點清單"),
    .plural = L("Lists of a stocktake", "盤點清單"),
    .help = L("A part of what a stocktake expected.", "盤點應有清單的一部分。"),
    .rules = &rules,

};
