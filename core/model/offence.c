#include "core/model/offence.h"

#include "core/model/choices.h"

#define RECORD offence
#define RECORD_DEF "core/model/offence.def"
#include "core/schema/table.h"

const struct record_type offence_type = {
    RECORD_TABLE(offence),
    .number = 21,
    .name = "offence",
    .letters = "OFF",
    .label = L("Offence", "罪行"),
    .plural = L("Offences", "罪行"),
    .help = L("Common offences with their greatest penalties.", "常見罪行及最高罰則。"),
    .title = { tag_offence_name },
    .code_table = true,
};
