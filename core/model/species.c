#include "core/model/species.h"

#include "core/model/choices.h"

#define RECORD species
#define RECORD_DEF "core/model/species.def"
#include "core/schema/table.h"

const struct record_type species_type = {
    RECORD_TABLE(species),
    .number = 25,
    .name = "species",
    .letters = "SPE",
    .label = L("Species", "物種"),
    .plural = L("Species", "物種"),
    .help = L("Species and their CITES appendices.", "物種及其《公約》附錄。"),
    .title = { tag_species_name },
    .code_table = true,
};
