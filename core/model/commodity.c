#include "core/model/commodity.h"

#include "core/model/choices.h"
#include "core/model/elements.h"

#define RECORD commodity
#define RECORD_DEF "core/model/commodity.def"
#include "core/schema/table.h"

const struct record_type commodity_type = {
    RECORD_TABLE(commodity),
    .number = 22,
    .name = "commodity",
    .letters = "COM",
    .label = L("Commodity", "物品種類"),
    .plural = L("Commodities", "物品種類"),
    .help = L("The tree of goods.", "物品種類。"),
    .title = { tag_commodity_name },
    .code_table = true,
};
