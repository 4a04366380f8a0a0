#include "core/model/note.h"

#include "core/model/choices.h"

#define RECORD note
#define RECORD_DEF "core/model/note.def"
#include "core/schema/table.h"

const struct record_type note_type = {
    RECORD_TABLE(note),
    .number = 102,
    .family = 2,
    .name = "note",
    .letters = "",
    .label = L("Running sheet entry", "調查日誌"),
    .plural = L("Running sheet", "調查日誌"),
    .help = L("Running sheet entries, amended only by a further entry.",
              "調查日誌；只可另作紀錄更正。"),
    .title = { tag_note_occurred },
};
