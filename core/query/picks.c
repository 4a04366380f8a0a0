#include "core/query/picks.h"

#include "i18n/fold.h"
#include "i18n/text.h"

#include <stdlib.h>
#include <string.h>

enum { PARENTS_MOST = 8, FIRST_MS = 8, LETTERS_LEAST = 3 };

/* What is gathered so far. */
struct gathering {
    const struct picks_ask *ask;
    struct arena *arena;
    struct pick *items;
    size_t count, capacity;
    bool more;
};

static struct pick *add(struct gathering *g)
{
    if (g->count == g->capacity) {
        size_t capacity = g->capacity * 2 + 64;
        struct pick *items = arena_array(g->arena, capacity, sizeof *items);

        if (g->count > 0)
            memcpy(items, g->items, g->count * sizeof *items);
        g->items = items;
        g->capacity = capacity;
    }
    return &g->items[g->count++];
}

bool picks_offered(const struct field *field)
{
    return field->kind == KIND_CODE || field->kind == KIND_CHOICE ||
           field->kind == KIND_REFERENCE;
}

/* ---- codes and choices ---- */

static bool is_digit(struct text t, size_t at)
{
    return at < t.len && t.data[at] >= '0' && t.data[at] <= '9';
}

static size_t digits_from(struct text t, size_t at)
{
    size_t digits = 0;

    while (is_digit(t, at + digits))
        digits++;
    return digits;
}

/* Chapter 60 stands before chapter 109, as in the book. */
static int natural_order(const void *a, const void *b)
{
    struct text x = ((const struct code_entry *)a)->code,
                y = ((const struct code_entry *)b)->code;
    size_t i = 0;

    while (i < x.len && i < y.len && x.data[i] == y.data[i] && !is_digit(x, i))
        i++;
    if (is_digit(x, i) && is_digit(y, i) && digits_from(x, i) != digits_from(y, i))
        return digits_from(x, i) < digits_from(y, i) ? -1 : 1;
    return text_compare(x, y);
}

static void gather_codes(struct gathering *g, const char *table, const char *entity)
{
    const struct picks_ask *ask = g->ask;
    struct code_entry *entries;
    size_t count =
        codes_match(ask->codes, table, entity, ask->typed, SIZE_MAX, g->arena, &entries);

    if (text_trim(ask->typed).len == 0 && count > 1)
        qsort(entries, count, sizeof *entries, natural_order);
    for (size_t i = 0; i < count; i++)
        *add(g) = (struct pick){ .code = entries[i].code,
                                 .zh = entries[i].name.zh,
                                 .en = entries[i].name.en,
                                 .path = codes_path(ask->codes, table, entries[i].code,
                                                    ask->language, g->arena),
                                 .key = { .id = entries[i].id } };
}

/* 0 the code itself, 1 its start, 2 in a name, 3 nowhere. */
static int choice_rank(const struct choice *choice, struct text typed)
{
    AUTO_BUFFER struct buffer code = { 0 }, names = { 0 };
    struct text folded;

    fold(&code, text_of(choice->code));
    folded = buffer_as_text(&code);
    if (text_equal(folded, typed))
        return 0;
    if (text_starts(folded, typed))
        return 1;
    fold(&names, text_of(choice->label.zh));
    buffer_byte(&names, '\n');
    fold(&names, text_of(choice->label.en));
    return fold_contains(folded, typed) || fold_contains(buffer_as_text(&names), typed) ? 2 : 3;
}

static size_t gather_choices(struct gathering *g)
{
    const struct choice *choices = g->ask->field->choices;
    AUTO_BUFFER struct buffer typed = { 0 };
    size_t all = 0;

    fold(&typed, text_trim(g->ask->typed));
    while (choices[all].code)
        all++;
    for (int rank = 0; rank < 3; rank++)
        for (size_t i = 0; i < all; i++)
            if (choice_rank(&choices[i], buffer_as_text(&typed)) == rank)
                *add(g) = (struct pick){ .code = text_of(choices[i].code),
                                         .zh = text_of(choices[i].label.zh),
                                         .en = text_of(choices[i].label.en) };
    return all;
}

/* ---- records ---- */

static bool is_voided(const struct record *record)
{
    const struct field *field = field_find(record->type, TAG_VOIDED);

    return field && field->kind == KIND_FLAG &&
           *(const enum flag *)field_value(field, record) == FLAG_YES;
}

struct meant {
    struct txn *txn;
    const struct record_type *type;
    struct arena *arena;
    struct record **items;
    size_t count, limit;
};

static bool is_there(const struct meant *meant, const struct record_key *key)
{
    for (size_t i = 0; i < meant->count; i++)
        if (record_key_compare(&meant->items[i]->key, key) == 0)
            return true;
    return false;
}

/* Damaged records are named where they stand, in their lists; here nobody can choose them. */
static enum err take(struct meant *meant, const struct record_key *key)
{
    struct record *record;
    enum err err;

    if (is_there(meant, key))
        return ERR_OK;
    if (meant->count == meant->limit || type_of_key(key) != meant->type)
        return ERR_OK;
    err = record_get(meant->txn, key, TAG_LIST_LAST, meant->arena, &record);
    if (err == ERR_MISSING || err == ERR_DAMAGED)
        return ERR_OK;
    TRY(err);
    if (!is_voided(record))
        meant->items[meant->count++] = record;
    return ERR_OK;
}

static enum err take_numbers(struct meant *meant, struct text typed)
{
    struct record_key key;

    if (key_parse(&key, typed))
        TRY(take(meant, &key));
    for (size_t i = 0; i < meant->type->index_count; i++) {
        const struct index_row *index = &meant->type->indexes[i];
        enum err err =
            index->unique && field_find(meant->type, index->fields[0])->kind == KIND_TEXT
                ? index_find(meant->txn, meant->type, index, &typed, &key)
                : ERR_MISSING;

        if (err == ERR_OK)
            TRY(take(meant, &key));
        else if (err != ERR_MISSING)
            return err;
    }
    return ERR_OK;
}

/* Numbers that people give (shelves, officers) are looked for in their order; of what acts number, the newest is meant. */
static bool by_number(const struct record_type *type)
{
    const struct field *field = field_find(type, TAG_NUMBER);

    return field && field->kind == KIND_TEXT && !(field->flags & BY_ACT) &&
           type->index_count > 0 && type->indexes[0].unique &&
           type->indexes[0].fields[0] == TAG_NUMBER;
}

static int number_order(const void *a, const void *b)
{
    const struct record *const *x = a, *const *y = b;
    const struct field *field = field_find((*x)->type, TAG_NUMBER);

    return field_kind(field)->compare(field, field_value(field, *x), field_value(field, *y));
}

/* The first of them that hold what was typed; as far as a few milliseconds reach. */
static enum err take_first(struct meant *meant, struct text typed, const struct lookup *lookup,
                           bool *more)
{
    struct query query = { .type = meant->type, .direction = BACKWARD };
    struct filter *filter = NULL;
    struct query_slice slice;
    struct message why;

    if (by_number(meant->type)) {
        query.index = &meant->type->indexes[0];
        query.direction = FORWARD;
    }

    if (typed.len > 0 &&
        filter_parse(&filter, meant->arena, meant->type, typed, lookup, &why) != ERR_OK)
        return ERR_OK; /* half a filter finds nothing yet */
    query.filter = filter;
    TRY(query_slice(meant->txn, &query, (struct bytes){ 0 }, meant->limit, FIRST_MS, lookup,
                    meant->arena, &slice));
    for (size_t i = 0; i < slice.count && meant->count < meant->limit; i++)
        if (!slice.rows[i].damaged && !is_there(meant, &slice.rows[i].key))
            meant->items[meant->count++] = slice.rows[i].record;
    *more = slice.more;
    return ERR_OK;
}

/* Terms that begin with a letter or two are too many to be walked through in the time of a key. */
static bool typed_enough(struct text typed)
{
    int letters = 0;

    for (size_t i = 0; i < typed.len; i++) {
        uint8_t c = (uint8_t)typed.data[i];

        if (c > 0x7F)
            return true;
        letters += (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
    return letters >= LETTERS_LEAST;
}

enum err records_meant(struct txn *txn, const struct record_type *type, struct text typed,
                       const struct lookup *lookup, size_t limit, struct arena *arena,
                       struct record ***out, size_t *count, bool *more)
{
    AUTO_BUFFER struct buffer half = { 0 }, folded = { 0 };
    struct meant meant = { .txn = txn, .type = type, .arena = arena, .limit = limit };
    struct record_key *keys;
    size_t found;

    text_to_halfwidth(&half, typed);
    typed = text_trim(buffer_as_text(&half));
    meant.items = arena_array(arena, limit, sizeof *meant.items);
    *more = false;
    TRY(take_numbers(&meant, typed));
    if (!typed_enough(typed)) {
        TRY(take_first(&meant, typed, lookup, more));
    } else {
        fold(&folded, typed);
        TRY(terms_find(txn, type, buffer_as_text(&folded), limit, arena, &keys, &found));
        for (size_t i = 0; i < found; i++)
            TRY(take(&meant, &keys[i]));
        *more = found == limit;
        if (!*more && meant.count > 1 && by_number(type))
            qsort(meant.items, meant.count, sizeof *meant.items, number_order);
    }
    *out = meant.items;
    *count = meant.count;
    return ERR_OK;
}

/* The field that says what a record of this type lies in. */
static const struct field *parent_field(const struct record_type *type)
{
    const struct field *field = field_named(type, TEXT("parent"));

    return field && field->kind == KIND_REFERENCE && field->tag <= TAG_LIST_LAST &&
                   text_is(text_of(field->targets), type->name)
               ? field
               : NULL;
}

/* The fields that name it, without its number. */
static struct text title_of(const struct gathering *g, const struct record *record,
                            enum language language)
{
    struct text title = { 0 };

    for (size_t i = 0; i < sizeof record->type->title / sizeof *record->type->title; i++) {
        const struct field *field = record->type->title[i] != 0
                                        ? field_find(record->type, record->type->title[i])
                                        : NULL;
        struct text part;

        if (!field || !field_present(field, record))
            continue;
        part = value_show(g->arena, field, field_value(field, record),
                          codes_lookup(g->ask->codes), language);
        title = text_present(title) ? arena_printf(g->arena, "%.*s %.*s", (int)title.len,
                                                   title.data, (int)part.len, part.data)
                                    : part;
    }
    return title;
}

static struct text path_of(const struct gathering *g, const struct record *record)
{
    const struct field *field = parent_field(record->type);
    struct text path = { 0 };

    for (int level = 0; field && level < PARENTS_MOST && field_present(field, record);
         level++) {
        struct record_key key =
            key_of_reference(*(const struct reference *)field_value(field, record));
        struct record *above;
        struct text name;

        if (record_get(g->ask->txn, &key, TAG_LIST_LAST, g->arena, &above) != ERR_OK ||
            above->type != record->type)
            break;
        record = above;
        name = title_of(g, record, g->ask->language == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH);
        path = text_present(path) ? arena_printf(g->arena, "%.*s > %.*s", (int)name.len,
                                                 name.data, (int)path.len, path.data)
                                  : name;
    }
    return path;
}

/* The human number where it leads back to this very record, else the id. */
static struct text code_of(const struct gathering *g, const struct record *record)
{
    const struct lookup *lookup = codes_lookup(g->ask->codes);
    const struct field *field = field_find(record->type, TAG_NUMBER);
    AUTO_BUFFER struct buffer id = { 0 };
    struct reference meant;

    if (field && field->kind == KIND_TEXT && field_present(field, record)) {
        struct text number = *(const struct text *)field_value(field, record);

        if (lookup->reference_typed(lookup->context, g->ask->field, number, &meant) &&
            meant.id == record->key.id && meant.n == record->key.n)
            return number;
    }
    key_print(&id, &record->key);
    return arena_text(g->arena, buffer_as_text(&id));
}

static void add_record(struct gathering *g, const struct record *record)
{
    struct pick *pick = add(g);

    *pick = (struct pick){ .code = code_of(g, record),
                           .zh = title_of(g, record, LANGUAGE_ZH),
                           .en = title_of(g, record, LANGUAGE_EN),
                           .path = path_of(g, record),
                           .key = record->key };
    if (text_equal(pick->zh, pick->en))
        pick->en = (struct text){ 0 };
}

static enum err gather_type(struct gathering *g, const struct record_type *type)
{
    struct record **records;
    size_t count;
    bool more;

    if (type->code_table) {
        gather_codes(g, type->name, NULL);
        return ERR_OK;
    }
    TRY(records_meant(g->ask->txn, type, g->ask->typed, codes_lookup(g->ask->codes),
                      g->ask->limit, g->arena, &records, &count, &more));
    for (size_t i = 0; i < count; i++)
        add_record(g, records[i]);
    g->more |= more;
    return ERR_OK;
}

/* What was used last and is not among the newest is read for itself. */
static enum err gather_used(struct gathering *g)
{
    const struct picks_ask *ask = g->ask;
    const struct lookup *lookup = codes_lookup(ask->codes);

    for (size_t i = 0; i < ask->used_count; i++) {
        struct reference reference;
        struct record_key key;
        struct record *record;
        bool there = false;

        if (!lookup->reference_typed(lookup->context, ask->field, ask->used[i], &reference))
            continue;
        key = key_of_reference(reference);
        for (size_t k = 0; k < g->count && !there; k++)
            there = record_key_compare(&g->items[k].key, &key) == 0;
        if (!there && record_get(ask->txn, &key, TAG_LIST_LAST, g->arena, &record) == ERR_OK &&
            !is_voided(record))
            add_record(g, record);
    }
    return ERR_OK;
}

static int64_t all_of(struct txn *txn, const struct record_type *type)
{
    struct query query = { .type = type };

    return query_count(txn, &query);
}

static enum err gather_references(struct gathering *g, int64_t *all)
{
    struct text rest = text_of(g->ask->field->targets);

    *all = 0;
    while (text_present(rest)) {
        const struct record_type *type = type_named(text_split(rest, ' ', &rest));
        int64_t count = type ? all_of(g->ask->txn, type) : 0;

        if (!type)
            continue;
        TRY(gather_type(g, type));
        *all = *all < 0 || count < 0 ? -1 : *all + count;
    }
    return text_trim(g->ask->typed).len == 0 ? gather_used(g) : ERR_OK;
}

/* ---- the whole ---- */

static bool is_used(const struct pick *pick, struct text used)
{
    AUTO_BUFFER struct buffer id = { 0 };

    if (text_equal(pick->code, used))
        return true;
    if (pick->key.id == 0)
        return false;
    key_print(&id, &pick->key);
    return text_equal(buffer_as_text(&id), used);
}

/* With nothing typed, what was used last stands first, the newest on top. */
static void used_first(struct gathering *g)
{
    size_t front = 0;

    for (size_t i = 0; i < g->ask->used_count; i++)
        for (size_t k = front; k < g->count; k++) {
            struct pick pick = g->items[k];

            if (!is_used(&pick, g->ask->used[i]))
                continue;
            pick.used = true;
            memmove(&g->items[front + 1], &g->items[front], (k - front) * sizeof pick);
            g->items[front++] = pick;
            break;
        }
}

enum err picks_read(struct picks *out, const struct picks_ask *ask, struct arena *arena)
{
    struct gathering g = { .ask = ask, .arena = arena };
    struct code_entry *entries;
    int64_t all = -1;

    switch (ask->field->kind) {
    case KIND_CODE:
        gather_codes(&g, ask->field->codes, ask->field->entity);
        all = (int64_t)codes_match(ask->codes, ask->field->codes, ask->field->entity, TEXT(""),
                                   SIZE_MAX, arena, &entries);
        break;
    case KIND_CHOICE:
        all = (int64_t)gather_choices(&g);
        break;
    case KIND_REFERENCE:
        TRY(gather_references(&g, &all));
        break;
    default:
        break;
    }
    if (text_trim(ask->typed).len == 0)
        used_first(&g);
    *out = (struct picks){ g.count, g.items, all, g.more };
    return ERR_OK;
}
