/* Merging and undoing (declared in change.h). */
#include "core/change/change.h"

#include "core/change/history.h"
#include "core/change/rules.h"

#include <assert.h>
#include <string.h>

/* ---- merging ---- */

static bool differ(const struct field *field, const struct record *a, const struct record *b)
{
    return !value_equal(field, field_value(field, a), field_value(field, b));
}

/* Whether an act set something between the two. */
static bool acted(const struct record *a, const struct record *b)
{
    const struct record_type *type = a->type;

    for (size_t i = 0; i < type->count; i++)
        if ((type->fields[i].flags & BY_ACT) && differ(&type->fields[i], a, b))
            return true;
    return false;
}

bool change_merge(struct record *now, const struct record *base, const struct record *mine,
                  void (*clash)(const struct field *field, void *context), void *context)
{
    const struct record_type *type = now->type;
    bool others_acted = acted(base, now), merged = true;

    assert(base->type == type && mine->type == type);
    for (size_t i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];

        if (!differ(field, base, mine) || !differ(field, now, mine))
            continue;
        if (differ(field, base, now) || ((field->flags & BY_ACT) && others_acted)) {
            merged = false;
            clash(field, context);
        } else {
            memcpy(field_place(field, now), field_value(field, mine), field_kind(field)->size);
        }
    }
    return merged;
}

/* ---- undoing ---- */

/* A record that was made is voided; others get back what stood before. */
static enum err void_record(struct change *change, struct record *record)
{
    const struct field *field = field_find(record->type, TAG_VOIDED);

    if (!field || field->kind != KIND_FLAG)
        return fail(ERR_REFUSED,
                    N_("%s (%p) cannot be voided, so what made it cannot be undone. "
                       "Add a further entry that corrects it."),
                    key_name(change_arena(change), &record->key),
                    label_argument(&record->type->label));
    *(enum flag *)field_place(field, record) = FLAG_YES;
    return change_put(change, record);
}

static enum err restore_record(struct change *change, const struct record *current,
                               const struct statement_item *item)
{
    struct revision before;

    TRY(revision_read(change_txn(change), &current->key, item->previous, change_arena(change),
                      &before, NULL));
    if (!before.record)
        return before.damaged ? fail(ERR_DAMAGED,
                                     N_("What %s was before is damaged in the journal, so it "
                                        "cannot be brought back. Run verify."),
                                     key_name(change_arena(change), &current->key))
                              : fail(ERR_REFUSED,
                                     N_("What %s was before was lawfully erased, so it cannot "
                                        "be brought back. Amend it by hand."),
                                     key_name(change_arena(change), &current->key));
    before.record->revision = current->revision;
    before.record->sequence = current->sequence;
    return change_put(change, before.record);
}

static enum err undo_item(struct change *change, const struct statement_item *item)
{
    struct record_key key = record_key_decode(item->key);
    struct record *current;

    TRY(change_get(change, &key, &current));
    if (current->revision != item->revision)
        return fail(ERR_REFUSED,
                    N_("%s was changed again since then, so this cannot be undone. "
                       "Amend it by hand."),
                    key_name(change_arena(change), &key));
    if (current->type->rules && current->type->rules->frozen)
        return fail(ERR_REFUSED,
                    N_("%s (%p) is never changed once it is made. Add a further "
                       "entry that corrects it."),
                    key_name(change_arena(change), &key),
                    label_argument(&current->type->label));
    return item->has_previous ? restore_record(change, current, item)
                              : void_record(change, current);
}

static enum err build_undo(struct change *change, void *context)
{
    uint64_t sequence = *(const uint64_t *)context;
    struct journal_entry entry;

    TRY(entry_read(change_txn(change), sequence, change_arena(change), &entry));
    if (entry.statement.item_count == 0)
        return fail(ERR_REFUSED,
                    N_("Entry %llu of the journal changed no record, so there is "
                       "nothing to undo."),
                    (unsigned long long)sequence);
    change_body(change)->undoes = sequence + 1;
    for (size_t i = 0; i < entry.statement.item_count; i++)
        TRY(undo_item(change, &entry.statement.items[i]));
    return ERR_OK;
}

enum err change_undo(struct session *session, uint64_t sequence, struct change_result *result)
{
    return change_run(session, "undo", build_undo, &sequence, result);
}
