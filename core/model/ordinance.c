#include "core/model/ordinance.h"

#include "core/model/choices.h"

#define RECORD ordinance
#define RECORD_DEF "core/model/ordinance.def"
#include "core/schema/table.h"

const struct record_type ordinance_type = {
    RECORD_TABLE(ordinance),
    .number = 20,
    .name = "ordinance",
    .letters = "ORD",
    .label = L("Ordinance", "條例"),
    .plural = L("Ordinances", "條例"),
    .help = L("Laws that the department enforces or prosecutes under.",
              "本署執行或檢控時引用的法例。"),
    .title = { tag_ordinance_name },
    .code_table = true,
};
