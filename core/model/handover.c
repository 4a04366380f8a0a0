#include "core/model/handover.h"

#include "core/model/choices.h"
#include "core/model/elements.h"

#define RECORD handover
#define RECORD_DEF "core/model/handover.def"
#include "core/schema/table.h"

const struct record_type handover_type = {
    RECORD_TABLE(handover),
    .number = 11,
    .name = "handover",
    .letters = "H",
    .label = L("Hand-over", "移交"),
    .plural = L("Hand-overs", "移交"),
    .help = L("What two people do at once with some exhibits.",
              "兩名人員同時交收證物。"),
    .title = { tag_handover_action, tag_handover_occurred },
};
