#include "core/model/case.h"

#include "core/model/choices.h"
#include "core/model/elements.h"

#define RECORD case
#define RECORD_DEF "core/model/case.def"
#include "core/schema/table.h"

const struct record_type case_type = {
    RECORD_TABLE(case),
    .number = 7,
    .name = "case",
    .letters = "C",
    .label = L("Case", "案件"),
    .plural = L("Cases", "案件"),
    .help = L("Investigations from the day they are opened to the end in court.",
              "由開立檔案至法庭審結的調查案件。"),
    .title = { tag_case_title },
};
