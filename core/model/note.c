#include "core/model/note.h"

#include "core/model/choices.h"
#include "core/model/rule.h"

#define RECORD note
#define RECORD_DEF "core/model/note.def"
#include "core/schema/table.h"

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    const struct note_record *note = (const struct note_record *)new;

    (void)change, (void)old; /* a note is never changed */
    if (note->amends.present &&
        (note->amends.value < 1 || note->amends.value >= (int64_t) new->key.n))
        finding_add(findings, SEVERITY_ERROR, new, tag_note_amends,
                    N_("An entry corrects one before it on the same running sheet."));
}

static const struct record_rules rules = { .check = check, .frozen = true };

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
    .rules = &rules,
    .title = { tag_note_occurred },
};
