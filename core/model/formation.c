#include "core/model/formation.h"

#define RECORD formation
#define RECORD_DEF "core/model/formation.def"
#include "core/schema/table.h"

const struct record_type formation_type = {
    RECORD_TABLE(formation),
    .number = 3,
    .name = "formation",
    .letters = "F",
    .label = L("Formation", "單位"),
    .plural = L("Formations", "單位"),
    .help = L("The tree of formations, partner agencies and outside bodies.",
              "本署單位、合作機關及外界機構。"),
    .title = { tag_formation_name },
    .code_table = true,
};
