#include "core/model/disposal_route.h"

#include "core/model/choices.h"

#define RECORD disposal_route
#define RECORD_DEF "core/model/disposal_route.def"
#include "core/schema/table.h"

const struct record_type disposal_route_type = {
    RECORD_TABLE(disposal_route),
    .number = 28,
    .name = "disposal_route",
    .letters = "DIS",
    .label = L("Way of disposal", "處置方式"),
    .plural = L("Ways of disposal", "處置方式"),
    .help =
        L("Ways of disposing of goods and what must come first.", "物品處置方式及先決條件。"),
    .title = { tag_disposal_route_name },
    .code_table = true,
};
