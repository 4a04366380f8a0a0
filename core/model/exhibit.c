#include "core/model/exhibit.h"

#include "core/model/choices.h"
#include "core/model/elements.h"

#define RECORD exhibit
#define RECORD_DEF "core/model/exhibit.def"
#include "core/schema/table.h"

const struct record_type exhibit_type = {
    RECORD_TABLE(exhibit),
    .number = 9,
    .name = "exhibit",
    .letters = "E",
    .label = L("Exhibit", "證物"),
    .plural = L("Exhibits", "證物"),
    .help = L("One kind of goods of one owner or finding place, under one label.",
              "同一物主或發現位置的同一種物品，貼同一標籤。"),
    .title = { tag_exhibit_commodity, tag_exhibit_quantity },
};
