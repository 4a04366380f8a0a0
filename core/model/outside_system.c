#include "core/model/outside_system.h"

#define RECORD outside_system
#define RECORD_DEF "core/model/outside_system.def"
#include "core/schema/table.h"

const struct record_type outside_system_type = {
    RECORD_TABLE(outside_system),
    .number = 29,
    .name = "outside_system",
    .letters = "SYS",
    .label = L("Outside system", "外部系統"),
    .plural = L("Outside systems", "外部系統"),
    .help =
        L("Other systems whose numbers our records bear.", "與本署紀錄編號有關的外部系統。"),
    .title = { tag_outside_system_name },
    .code_table = true,
};
