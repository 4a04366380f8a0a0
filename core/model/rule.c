#include "core/model/rule.h"

#include "core/index/records.h"
#include "core/model/status.h"

enum { UNDER_PAGE = 200 };

static bool listed(const uint16_t *tags, uint16_t tag)
{
    for (; *tags != 0; tags++)
        if (*tags == tag)
            return true;
    return false;
}

bool rule_changed(const struct record *old, const struct record *new, uint16_t tag)
{
    const struct field *field = field_find(new->type, tag);

    if (!old)
        return field_present(field, new);
    return !value_equal(field, field_value(field, old), field_value(field, new));
}

bool rule_facts_changed(const struct record *old, const struct record *new)
{
    for (size_t i = 0; old && i < new->type->count; i++)
        if (!(new->type->fields[i].flags &BY_ACT) &&
            rule_changed(old, new, new->type->fields[i].tag))
            return true;
    return !old;
}

static void keep(const struct record *old, const struct record *new, const uint16_t *tags,
                 bool these, struct findings *findings)
{
    for (size_t i = 0; old && i < new->type->count; i++) {
        const struct field *field = &new->type->fields[i];

        if (listed(tags, field->tag) == these && rule_changed(old, new, field->tag))
            finding_add(findings, SEVERITY_ERROR, new, field->tag,
                        N_("%p of %p is not changed once it is recorded."),
                        label_argument(&field->label), label_argument(&new->type->label));
    }
}

void rule_keep(const struct record *old, const struct record *new, const uint16_t *tags,
               struct findings *findings)
{
    keep(old, new, tags, true, findings);
}

void rule_keep_but(const struct record *old, const struct record *new, const uint16_t *tags,
                   struct findings *findings)
{
    keep(old, new, tags, false, findings);
}

void rule_failed(const struct record *new, uint16_t tag, struct findings *findings)
{
    finding_add_message(findings, SEVERITY_ERROR, new, tag, last_failure());
}

void rule_state(struct change *change, const struct record *new, uint16_t tag,
                const char *entity, struct findings *findings)
{
    const struct field *field = field_find(new->type, tag);
    struct text code = *(const struct text *)field_value(field, new);
    struct arena *arena = change_arena(change);
    struct record *status;
    enum err err;

    if (!text_present(code)) {
        finding_add(findings, SEVERITY_ERROR, new, tag,
                    N_("%p is missing. Acts set it; this one did not."),
                    label_argument(&field->label));
        return;
    }
    err =
        record_by_number(change_txn(change), &status_type, code, TAG_LIST_LAST, arena, &status);
    if (err != ERR_OK && err != ERR_MISSING)
        rule_failed(new, tag, findings);
    else if (err == ERR_MISSING || !text_is(((struct status_record *)status)->entity, entity))
        finding_add(findings, SEVERITY_ERROR, new, tag, N_("%s is no state for %p."),
                    arena_string(arena, code), label_argument(&field->label));
}

struct record *rule_referred(struct change *change, const struct record *new, uint16_t tag,
                             const struct record_type *type, struct findings *findings)
{
    const struct field *field = field_find(new->type, tag);
    struct record_key key =
        key_of_reference(*(const struct reference *)field_value(field, new));
    struct record *record;

    if (key.id == 0)
        return NULL; /* that it is required, the table says */
    if (change_get(change, &key, &record) != ERR_OK) {
        rule_failed(new, tag, findings);
        return NULL;
    }
    return record->type == type ? record
                                : NULL; /* another type: the check of the value has said so */
}

const struct case_record *rule_case_open(struct change *change, const struct record *new,
                                         uint16_t tag, struct findings *findings)
{
    const struct case_record *file =
        (const struct case_record *)rule_referred(change, new, tag, &case_type, findings);

    if (file && case_is_closed(file->state))
        finding_add(findings, SEVERITY_ERROR, new, tag,
                    N_("Case %s is closed and takes no further facts. Have it reopened first."),
                    arena_string(change_arena(change), file->number));
    if (file && file->voided == FLAG_YES)
        finding_add(findings, SEVERITY_ERROR, new, tag,
                    N_("Case %s was voided and takes no further facts. Choose another."),
                    arena_string(change_arena(change), file->number));
    return file;
}

bool rule_right(struct change *change, enum right right)
{
    unsigned rights;

    return rights_now(change_txn(change), change_session(change), &rights) == ERR_OK &&
           (rights & right);
}

static bool voided(const struct record *record)
{
    return *(const enum flag *)field_value(field_find(record->type, TAG_VOIDED), record) ==
           FLAG_YES;
}

bool rule_voiding(const struct record *old, const struct record *new)
{
    return old && !voided(old) && voided(new);
}

static enum err each_of_page(struct change *change, const struct record_type *type,
                             const struct index_page *page, rule_visit *each, void *context)
{
    for (size_t i = 0; i < page->count; i++) {
        struct record *record;

        TRY(change_get(change, &page->keys[i], &record));
        if (record->type == type && !voided(record))
            each(change, record, context);
    }
    return ERR_OK;
}

enum err rule_each(struct change *change, const struct record_type *type, const char *index,
                   const void *const *values, size_t count, rule_visit *each, void *context)
{
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct index_page page = { 0 };
    struct bytes resume = { 0 };

    index_prefix(&prefix, type, index_named(type, index), values, count);
    do {
        TRY(index_page(change_txn(change), buffer_bytes(&prefix), resume, FORWARD, UNDER_PAGE,
                       change_arena(change), &page));
        TRY(each_of_page(change, type, &page, each, context));
        if (page.count > 0)
            resume = page.entries[page.count - 1];
    } while (page.more);
    return ERR_OK;
}

static void name_it(struct change *change, const struct record *record, void *context)
{
    const struct field *number = field_find(record->type, TAG_NUMBER);

    finding_add(context, SEVERITY_ERROR, record, 0,
                N_("%s hangs on it. Void that first, or keep both."),
                arena_string(change_arena(change),
                             *(const struct text *)field_value(number, record)));
}

void rule_none_under(struct change *change, const struct record *owner,
                     const struct record_type *type, const char *index,
                     struct findings *findings)
{
    struct reference of = reference_of(owner);

    if (rule_each(change, type, index, (const void *[]){ &of }, 1, name_it, findings) != ERR_OK)
        rule_failed(owner, 0, findings);
}

bool case_is_closed(struct text state)
{
    static const char *const closed[] = { "C09", "C10", "C11", "C12", "C15", "C16" };

    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        if (text_is(state, closed[i]))
            return true;
    return false;
}
