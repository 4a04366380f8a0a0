#include "core/model/saved_search.h"

#include "core/model/rule.h"

#define RECORD saved_search
#define RECORD_DEF "core/model/saved_search.def"
#include "core/schema/table.h"

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    const struct saved_search_record *saved = (const struct saved_search_record *)new;

    (void)change, (void)old;
    if (!type_named(saved->list))
        finding_add(findings, SEVERITY_ERROR, new, tag_saved_search_list,
                    N_("There is no list of this name. Type it as commands name it: case, "
                       "exhibit."));
}

static const struct record_rules rules = { .check = check };

const struct record_type saved_search_type = {
    RECORD_TABLE(saved_search),
    .number = 50,
    .name = "saved_search",
    .letters = "VW",
    .label = L("Saved view", "已存檢視"),
    .plural = L("Shared views", "共用檢視"),
    .help = L("Lists that supervisors share: filter, columns and order under a name.",
              "督導人員共用的清單：篩選條件、欄位及排序。"),
    .rules = &rules,
    .title = { tag_saved_search_name },
};
