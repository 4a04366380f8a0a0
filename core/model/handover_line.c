#include "core/model/handover_line.h"

#include "core/model/rule.h"

#define RECORD handover_line
#define RECORD_DEF "core/model/handover_line.def"
#include "core/schema/table.h"

static const struct record_rules rules = { .frozen = true };

const struct record_type handover_line_type = {
    RECORD_TABLE(handover_line),
    .number = 103,
    .family = 3,
    .name = "handover_line",
    .letters = "",
    .label = L("Item of a hand-over", "移交項目"),
    .plural = L("Items of a hand-over", "移交項目"),
    .help = L("One exhibit of a hand-over that goes on scan by scan.",
              "逐項掃描的移交中的一件證物。"),
    .rules = &rules,
    .title = { tag_handover_line_exhibit },
};
