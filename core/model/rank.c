#include "core/model/rank.h"

#define RECORD rank
#define RECORD_DEF "core/model/rank.def"
#include "core/schema/table.h"

const struct record_type rank_type = {
    RECORD_TABLE(rank),
    .number = 30,
    .name = "rank",
    .letters = "RNK",
    .label = L("Rank", "職級"),
    .plural = L("Ranks", "職級"),
    .help = L("Ranks of the department.", "本署職級。"),
    .title = { tag_rank_name },
    .code_table = true,
};
