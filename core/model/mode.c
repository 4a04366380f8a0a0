#include "core/model/mode.h"

#include "core/model/choices.h"

#define RECORD mode
#define RECORD_DEF "core/model/mode.def"
#include "core/schema/table.h"

const struct record_type mode_type = {
    RECORD_TABLE(mode),
    .number = 24,
    .name = "mode",
    .letters = "MOD",
    .label = L("Mode", "模式"),
    .plural = L("Modes", "模式"),
    .help =
        L("Channels, conveyances, concealment and detection.", "渠道、運輸、收藏及偵破方法。"),
    .title = { tag_mode_name },
    .code_table = true,
};
