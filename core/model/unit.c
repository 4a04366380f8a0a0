#include "core/model/unit.h"

#include "core/model/choices.h"

#define RECORD unit
#define RECORD_DEF "core/model/unit.def"
#include "core/schema/table.h"

const struct record_type unit_type = {
    RECORD_TABLE(unit),
    .number = 23,
    .name = "unit",
    .letters = "UNI",
    .label = L("Unit of measure", "計量單位"),
    .plural = L("Units of measure", "計量單位"),
    .help = L("Units of measure and how they add up.", "計量單位及折算。"),
    .title = { tag_unit_name },
    .code_table = true,
};
