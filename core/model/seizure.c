#include "core/model/seizure.h"

#include "core/model/choices.h"
#include "core/model/elements.h"

#define RECORD seizure
#define RECORD_DEF "core/model/seizure.def"
#include "core/schema/table.h"

const struct record_type seizure_type = {
    RECORD_TABLE(seizure),
    .number = 8,
    .name = "seizure",
    .letters = "S",
    .label = L("Seizure", "檢取"),
    .plural = L("Seizures", "檢取"),
    .help = L("One taking of goods at one time and place, under one power.",
              "在同一時間地點、根據同一權力檢取物品。"),
    .title = { tag_seizure_occurred, tag_seizure_place },
};
