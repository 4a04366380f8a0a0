#include "core/model/operation.h"

#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/number.h"
#include "core/model/rule.h"

#define RECORD operation
#define RECORD_DEF "core/model/operation.def"
#include "core/schema/table.h"

static const struct record_rules rules = { .series = number_series };

const struct record_type operation_type = {
    RECORD_TABLE(operation),
    .number = 6,
    .name = "operation",
    .letters = "OP",
    .label = L("Operation", "行動"),
    .plural = L("Operations", "行動"),
    .help = L("Planned actions with their cases and results.", "有計劃的行動、案件及成果。"),
    .rules = &rules,
    .title = { tag_operation_codename },
};
