#include "core/model/thing.h"

#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/known.h"
#include "core/model/link.h"
#include "core/model/number.h"
#include "core/model/rule.h"

#define RECORD thing
#define RECORD_DEF "core/model/thing.def"
#include "core/schema/table.h"

enum { SEEN_MOST = 5 };

/* A flight and a declaration are told apart by their day too. */
static bool same_thing(const struct thing_record *a, const struct thing_record *b)
{
    return text_equal(a->thing_kind, b->thing_kind) &&
           (a->dated == b->dated || !text_is(a->thing_kind, "flight"));
}

static void name_seen(struct change *change, const struct thing_record *thing,
                      struct text known, struct findings *findings)
{
    struct arena *arena = change_arena(change);
    struct record *seen[SEEN_MOST];
    size_t count;

    if (known_find(change_txn(change), &thing_type, known, thing->head.key.id, arena, seen,
                   SEEN_MOST, &count) != ERR_OK) {
        rule_failed(&thing->head, tag_thing_identifier, findings);
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (same_thing(thing, (const struct thing_record *)seen[i]))
            finding_add(findings, SEVERITY_ERROR, &thing->head, tag_thing_identifier,
                        N_("%s is recorded already as %s. Link that record to the case."),
                        arena_string(arena, known),
                        arena_string(arena, ((struct thing_record *)seen[i])->number));
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_thing_number, tag_thing_thing_kind, 0 };
    const struct thing_record *thing = (const struct thing_record *)new;
    const struct known_item *known = thing->known.items;
    bool renumbered = !old || rule_changed(old, new, tag_thing_known) ||
                      rule_changed(old, new, tag_thing_dated);

    rule_keep(old, new, for_ever, findings);
    for (size_t i = 0; renumbered && i < thing->known.count; i++)
        name_seen(change, thing, known[i].known, findings);
    if (thing->within.id != 0 && thing->within.id == new->key.id)
        finding_add(findings, SEVERITY_ERROR, new, tag_thing_within,
                    N_("Nothing is carried in itself. Choose another item."));
    if (rule_voiding(old, new))
        rule_none_under(change, new, &link_type, "by_thing", findings);
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type thing_type = {
    RECORD_TABLE(thing),
    .number = 15,
    .name = "thing",
    .letters = "TH",
    .label = L("Linked item", "關聯項目"),
    .plural = L("Linked items", "關聯項目"),
    .help = L("Vehicles, vessels, containers, waybills, telephones, accounts: one record for "
              "each real thing.",
              "車輛、船隻、貨櫃、提單、電話、帳戶等；每件實物一項紀錄。"),
    .rules = &rules,
    .title = { tag_thing_identifier, tag_thing_description },
};
