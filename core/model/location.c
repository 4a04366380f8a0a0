#include "core/model/location.h"

#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/rule.h"

#define RECORD location
#define RECORD_DEF "core/model/location.def"
#include "core/schema/table.h"

enum { LEVELS = 16 }; /* store, room, rack, bin: more than enough */

bool location_admits(const struct location_record *location, uint64_t officer)
{
    const struct officer_item *items = location->may_enter.items;

    for (size_t i = 0; i < location->may_enter.count; i++)
        if (items[i].officer.id == officer)
            return true;
    return location->may_enter.count == 0;
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_location_number, 0 };
    struct reference parent = ((const struct location_record *)new)->parent;
    int level = 0;

    rule_keep(old, new, for_ever, findings);
    for (; parent.id != 0 && parent.id != new->key.id &&level < LEVELS; level++) {
        struct record_key key = key_of_reference(parent);
        struct record *record;

        if (change_get(change, &key, &record) != ERR_OK) {
            rule_failed(new, tag_location_parent, findings);
            return;
        }
        if (record->type != &location_type)
            return; /* the check of the value has said so */
        parent = ((struct location_record *)record)->parent;
    }
    if (parent.id != 0)
        finding_add(
            findings, SEVERITY_ERROR, new, tag_location_parent,
            N_("A location cannot lie within itself. Choose another for it to be part of."));
}

static const struct record_rules rules = { .check = check };

const struct record_type location_type = {
    RECORD_TABLE(location),
    .number = 5,
    .name = "location",
    .letters = "L",
    .label = L("Store location", "存放位置"),
    .plural = L("Store locations", "存放位置"),
    .help = L("The tree of stores, rooms, racks and bins.", "倉庫、房間、貨架及格位。"),
    .rules = &rules,
    .title = { tag_location_name },
};
