#include "core/model/officer.h"

#include "core/model/choices.h"
#include "core/model/elements.h"

#define RECORD officer
#define RECORD_DEF "core/model/officer.def"
#include "core/schema/table.h"

const struct record_type officer_type = {
    RECORD_TABLE(officer),
    .number = 1,
    .name = "officer",
    .letters = "O",
    .label = L("Officer", "人員"),
    .plural = L("Officers", "人員"),
    .help = L("Accounts of the people who use the program, with their roles.",
              "使用本系統的人員及其職責。"),
    .title = { tag_officer_name },
};
