#include "core/model/place.h"

#define RECORD place
#define RECORD_DEF "core/model/place.def"
#include "core/schema/table.h"

const struct record_type place_type = {
    RECORD_TABLE(place),
    .number = 4,
    .name = "place",
    .letters = "P",
    .label = L("Place", "地點"),
    .plural = L("Places", "地點"),
    .help = L("Control points, waters, districts, courts, laboratories.",
              "管制站、水域、地區、法庭及化驗所。"),
    .title = { tag_place_name },
    .code_table = true,
};
