#include "core/model/custody_event.h"

#include "core/model/choices.h"

#define RECORD custody_event
#define RECORD_DEF "core/model/custody_event.def"
#include "core/schema/table.h"

const struct record_type custody_event_type = {
    RECORD_TABLE(custody_event),
    .number = 101,
    .family = 1,
    .name = "custody_event",
    .letters = "",
    .label = L("Custody event", "保管紀錄"),
    .plural = L("Custody events", "保管紀錄"),
    .help = L("One thing that happened to one exhibit; never changed.",
              "一件證物的一次經歷；不得更改。"),
    .title = { tag_custody_event_action, tag_custody_event_occurred },
};
