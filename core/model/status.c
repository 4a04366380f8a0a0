#include "core/model/status.h"

#include "core/model/choices.h"

#define RECORD status
#define RECORD_DEF "core/model/status.def"
#include "core/schema/table.h"

const struct record_type status_type = {
    RECORD_TABLE(status),
    .number = 26,
    .name = "status",
    .letters = "STA",
    .label = L("State", "狀態"),
    .plural = L("States", "狀態"),
    .help = L("States of cases, exhibits, charges and others.", "案件、證物、控罪等的狀態。"),
    .title = { tag_status_name },
    .code_table = true,
};
