#include "core/model/seal.h"

#include "core/model/choices.h"

#define RECORD seal
#define RECORD_DEF "core/model/seal.def"
#include "core/schema/table.h"

const struct record_type seal_type = {
    RECORD_TABLE(seal),
    .number = 10,
    .name = "seal",
    .letters = "SL",
    .label = L("Seal", "封條"),
    .plural = L("Seals", "封條"),
    .help = L("Numbered seals: issued, used once, broken once.",
              "有編號的封條：發出、使用一次、拆封一次。"),
    .title = { tag_seal_state },
};
