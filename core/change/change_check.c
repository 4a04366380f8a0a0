/* Everything that may speak against a change, before a byte is written (declared in change_parts.h). */
#include "core/change/change_parts.h"

#include "core/change/rules.h"

/* ---- codes and references, seen from inside the commit ---- */

static const struct lookup *outer(const struct change *change)
{
    return change->session->lookup;
}

static const struct text *text_field(const struct record *record, const char *name)
{
    const struct field *field = field_named(record->type, text_of(name));

    return field && field_kind(field)->size == sizeof(struct text) && field->kind != KIND_LIST
               ? field_value(field, record)
               : NULL;
}

static struct text number_of(const struct record *record)
{
    const struct field *field = field_find(record->type, TAG_NUMBER);

    return field && field->kind == KIND_TEXT ? *(const struct text *)field_value(field, record)
                                             : (struct text){ NULL, 0 };
}

/* The record of a code, staged or written by an earlier act of this commit; NULL: none. */
static const struct record *code_record(struct change *change, const char *table,
                                        struct text code)
{
    const struct record_type *type = type_named(text_of(table));
    struct record *record;

    if (!type || !type->code_table)
        return NULL;
    for (size_t i = 0; i < change->count; i++)
        if (change->staged[i].record->type == type &&
            text_equal(number_of(change->staged[i].record), code))
            return change->staged[i].record;
    if (record_by_number(change->txn, type, code, 0, change->arena, &record) != ERR_OK ||
        !text_equal(number_of(record), code))
        return NULL;
    return record;
}

static bool code_names(void *context, const char *table, struct text code, struct bitext *names)
{
    struct change *change = context;
    const struct lookup *lookup = outer(change);

    if (lookup->code(lookup->context, table, code, names))
        return true;
    const struct record *record = code_record(change, table, code);

    if (!record)
        return false;
    const struct field *name = field_named(record->type, TEXT("name"));

    if (names)
        *names = name && name->kind == KIND_BITEXT
                     ? *(const struct bitext *)field_value(name, record)
                     : (struct bitext){ .en = code };
    return true;
}

static struct text unit_dimension(void *context, struct text unit)
{
    struct change *change = context;
    const struct lookup *lookup = outer(change);
    struct text dimension = lookup->dimension(lookup->context, unit);

    if (text_present(dimension))
        return dimension;
    const struct record *record = code_record(change, "unit", unit);
    const struct text *own = record ? text_field(record, "dimension") : NULL;

    return own ? *own : (struct text){ NULL, 0 };
}

/* Only whether there is one: nothing is shown in here. */
static bool reference_exists(void *context, struct reference reference, enum language language,
                             struct buffer *title)
{
    struct change *change = context;
    struct record_key key = key_of_reference(reference);
    uint8_t encoded[RECORD_KEY];

    (void)language;
    (void)title;
    record_key_encode(encoded, &key);
    return change_staged(change, &key) ||
           txn_has(change->txn, TREE_RECORDS, (struct bytes){ encoded, sizeof encoded });
}

struct lookup change_lookup(struct change *change)
{
    const struct lookup *lookup = outer(change);

    return (struct lookup){
        .context = change,
        .code = lookup && lookup->code ? code_names : NULL,
        .dimension = lookup && lookup->dimension ? unit_dimension : NULL,
        .reference = reference_exists,
        .now_ms = lookup ? lookup->now_ms : 0,
    };
}

/* ---- checks ---- */

void change_add_clash(struct change *change, const struct record *record,
                      const struct index_clash *clash)
{
    uint16_t tag = clash->index->fields[0];
    const struct field *field = field_find(record->type, tag);

    finding_add(change_findings(change), SEVERITY_ERROR, record, tag,
                N_("%s has this %p already. Two records cannot have the same one."),
                key_name(change->arena, &clash->key), label_argument(&field->label));
}

static enum err check_unique(struct change *change, const struct staged *staged)
{
    struct index_clash *clashes;
    size_t count;

    TRY(index_clashes(change->txn, staged->current, staged->record, change->arena, &clashes,
                      &count));
    for (size_t i = 0; i < count; i++)
        change_add_clash(change, staged->record, &clashes[i]);
    return ERR_OK;
}

enum err change_invalid(const struct change *change)
{
    const struct findings *findings = &change->result->findings;

    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i]->severity == SEVERITY_ERROR)
            return fail_message(ERR_INVALID, &findings->items[i]->message);
    return ERR_INVALID;
}

static bool readable(struct text t)
{
    return !text_present(t) || text_is_utf8(t);
}

static enum err check_act(const struct change *change)
{
    if (change->count > STATEMENT_ITEMS)
        return fail(ERR_INVALID,
                    N_("One act can change %d records at most, and this one changes "
                       "%zu. Do it in several parts."),
                    STATEMENT_ITEMS, change->count);
    if (!readable(change->body.reason) || !readable(change->body.remark) ||
        !readable(change->body.terminal))
        return fail(ERR_INVALID,
                    N_("The reason or the remark is not proper UTF-8 text. Type it "
                       "again."));
    return ERR_OK;
}

enum err change_check(struct change *change)
{
    struct findings *findings = change_findings(change);
    struct lookup lookup = change_lookup(change);

    TRY(check_act(change));
    for (size_t i = 0; i < change->count; i++) {
        struct staged staged = change->staged[i];
        const struct record_rules *rules = staged.record->type->rules;

        record_check(staged.record, &lookup, findings);
        if (rules && rules->check)
            rules->check(change, staged.current, staged.record, findings);
        TRY(check_unique(change, &staged));
    }
    return findings_stop(findings) ? change_invalid(change) : ERR_OK;
}
