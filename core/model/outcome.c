#include "core/model/outcome.h"

#define RECORD outcome
#define RECORD_DEF "core/model/outcome.def"
#include "core/schema/table.h"

const struct record_type outcome_type = {
    RECORD_TABLE(outcome),
    .number = 27,
    .name = "outcome",
    .letters = "OUT",
    .label = L("Outcome", "案件結果"),
    .plural = L("Outcomes", "案件結果"),
    .help = L("Pleas, verdicts, sentences and orders.", "答辯、裁決、判刑及命令。"),
    .title = { tag_outcome_name },
    .code_table = true,
};
