#include "core/model/location.h"

#include "core/model/choices.h"
#include "core/model/elements.h"

#define RECORD location
#define RECORD_DEF "core/model/location.def"
#include "core/schema/table.h"

const struct record_type location_type = {
    RECORD_TABLE(location),
    .number = 5,
    .name = "location",
    .letters = "L",
    .label = L("Store location", "存放位置"),
    .plural = L("Store locations", "存放位置"),
    .help = L("The tree of stores, rooms, racks and bins.",
              "倉庫、房間、貨架及格位。"),
    .title = { tag_location_name },
};
