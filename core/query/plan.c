/* Choosing from where a list is soonest read (declared in listing.h). */
#include <string.h>

#include "core/query/filter_parts.h"
#include "core/query/listing.h"

enum {
    WORDS_FEW = 200, /* records with rare words, shown before the walk comes to them */
    WORD_LEAST = 4,  /* bytes: what is shorter begins too many words to ask for */
};

/* A part of an index that holds every row of the filter. */
struct candidate {
    const struct index_row *index;
    struct bytes prefix, from, to;
    bool ordered; /* in the order that is wanted */
    size_t count; /* entries, counted no further than `few` + 1 */
};

struct planning {
    struct txn *txn;
    const struct query *query;
    struct arena *arena;
    size_t few;
    const struct index_row *order; /* NULL: by `fields`, which no index has, or by id */
    uint16_t fields[ORDER_FIELDS];
    struct candidate best, best_ordered; /* index NULL: none */
};

/* ---- orders ---- */

/* A unique or sparse index leaves out what has no value, and one of some codes all others. */
static bool holds_all(const struct record_type *type, const struct index_row *index)
{
    const struct field *field = field_find(type, index->fields[0]);

    return !index->sparse && !index->only &&
           (!index->unique || field->tag == TAG_NUMBER || (field->flags & REQUIRED));
}

/* Can the number 0 meet the part? */
static bool admits_zero(const struct filter_part *part, struct arena *arena)
{
    const struct integer none = { true, 0 };
    struct text zero = index_text(part->field, &none, arena);

    switch (part->test) {
    case PART_COMPARES:
        if (text_present(part->low.first) &&
            (part->low_beyond ? text_compare(zero, part->low.last) <= 0
                              : text_compare(zero, part->low.first) < 0))
            return false;
        return !text_present(part->high.first) ||
               (part->high_beyond ? text_compare(zero, part->high.first) < 0
                                  : text_compare(zero, part->high.last) <= 0);
    case PART_CONTAINS:
        for (size_t i = 0; i < part->wanted_count; i++)
            if (part->wanted[i].exact.len == 0 || text_equal(part->wanted[i].exact, zero))
                return true;
        return false;
    default:
        return true;
    }
}

/* Does the part want nothing but codes that the index is for? */
static bool wants_only(const struct filter_part *part, const struct index_row *index,
                       struct arena *arena)
{
    bool all = part->test == PART_CONTAINS;

    for (size_t i = 0; i < part->wanted_count && all; i++) {
        struct text rest = text_of(index->only);
        bool among = false;

        while (text_present(rest) && !among) {
            struct text code = text_split(rest, ' ', &rest);

            among = text_equal(part->wanted[i].exact, index_text(part->field, &code, arena));
        }
        all = among;
    }
    return all;
}

/* Does the part fit only records that an index of its field holds? */
static bool demands(const struct filter_part *part, const struct index_row *index,
                    struct arena *arena)
{
    if (part->negated || !part->field)
        return false;
    if (index->only)
        return wants_only(part, index, arena);
    return !index->sparse || part->field->kind != KIND_INTEGER || !admits_zero(part, arena);
}

/* Holds the index all that the filter does not keep away? */
static bool holds_wanted(const struct planning *p, const struct index_row *index)
{
    const struct filter *filter = p->query->filter;

    if (holds_all(p->query->type, index))
        return true;
    for (size_t i = 0; filter && i < filter->count; i++)
        if (filter->parts[i].field && filter->parts[i].field->tag == index->fields[0] &&
            demands(&filter->parts[i], index, p->arena))
            return true;
    return false;
}

static const struct index_row *order_by(const struct planning *p, const struct field *by)
{
    const struct record_type *type = p->query->type;

    for (size_t i = 0; i < type->index_count; i++)
        if (type->indexes[i].fields[0] == by->tag && holds_wanted(p, &type->indexes[i]))
            return &type->indexes[i];
    return NULL;
}

static void order_read(struct planning *p, const struct field *by)
{
    const struct query *query = p->query;

    p->order = by ? order_by(p, by) : query->index;
    if (by && (!p->order || query->prefix.len > 0))
        p->fields[0] = by->tag;
    else if (p->order && query->prefix.len == 0 && !holds_wanted(p, p->order)) {
        memcpy(p->fields, p->order->fields, sizeof p->fields); /* sorted, for it lacks some */
        p->order = NULL;
    } else if (p->order)
        memcpy(p->fields, p->order->fields, sizeof p->fields);
}

/* ---- candidates ---- */

static struct bytes bytes_of(struct arena *arena, const struct buffer *buffer)
{
    return (struct bytes){ arena_copy(arena, buffer->data, buffer->len), buffer->len };
}

/* Behind its first field no list, for which a record would have several entries. */
static bool one_entry(const struct record_type *type, const struct index_row *index)
{
    for (size_t i = 1; i < ORDER_FIELDS && index->fields[i] != 0; i++)
        if (field_find(type, index->fields[i])->kind == KIND_LIST)
            return false;
    return true;
}

/* With its first fields fixed, the index goes on in the order of the next one. */
static bool keeps_order(const struct planning *p, const struct index_row *index, size_t fixed)
{
    if (p->fields[0] == 0)
        return false;
    if (index ==
        p->order) /* of a list: by the element sought, not by the one that comes first */
        return field_find(p->query->type, index->fields[0])->kind != KIND_LIST;
    for (size_t i = 1; i <= fixed && i < ORDER_FIELDS; i++)
        if (index->fields[i] == p->fields[0])
            return true;
    return false;
}

static enum err entries_count(struct planning *p, struct candidate *c)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct bytes from = c->from.len > 0 ? c->from : c->prefix;
    struct bytes to = c->to.len > 0 ? c->to : key_after_prefix(arena, c->prefix);
    struct page page;

    TRY(txn_page(p->txn, TREE_INDEXES, from, to, FORWARD, p->few + 1, arena, &page));
    c->count = page.count;
    return ERR_OK;
}

static void better(struct candidate *best, const struct candidate *c)
{
    if (!best->index || c->count < best->count)
        *best = *c;
}

static enum err candidate_take(struct planning *p, struct candidate *c)
{
    TRY(entries_count(p, c));
    better(&p->best, c);
    if (c->ordered)
        better(&p->best_ordered, c);
    return ERR_OK;
}

static bool any_below(struct planning *p, struct bytes below)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct page page;

    return txn_page(p->txn, TREE_INDEXES, below, key_after_prefix(arena, below), FORWARD, 1,
                    arena, &page) != ERR_OK ||
           page.count > 0;
}

static bool is_exact(const struct filter_part *part)
{
    return part->test == PART_CONTAINS && part->wanted_count == 1 &&
           part->wanted[0].exact.len > 0;
}

/* Puts the bounds of a comparison behind the head. */
static void range_put(struct planning *p, const struct filter_part *part,
                      const struct buffer *head, struct candidate *c)
{
    AUTO_BUFFER struct buffer from = { 0 }, to = { 0 };

    buffer_put(&from, head->data, head->len);
    if (text_present(part->low.first))
        buffer_text(&from, part->low.first);
    else
        buffer_byte(&from, 1); /* what is absent never compares */
    c->from = bytes_of(p->arena, &from);
    if (text_present(part->high.last)) {
        buffer_put(&to, head->data, head->len);
        buffer_text(&to, part->high.last);
        c->to = key_after_prefix(p->arena, bytes_of(p->arena, &to));
    }
}

/* Codes below a code (DRG.MET of DRG) lie between it and where its point would end. */
static struct bytes codes_below(struct planning *p, struct buffer *head)
{
    struct bytes point;

    head->data[head->len - 1] = '.';
    point = bytes_of(p->arena, head);
    head->data[head->len - 1] = '\0';
    return point;
}

/* What the filter asks of a field: a part that wants one value of it (or none), a part that wants a range; NULL. */
static void asked_of(struct planning *p, uint16_t tag, struct buffer *head,
                     const struct filter_part **value, const struct filter_part **range)
{
    const struct filter *filter = p->query->filter;
    size_t len = head->len;

    *value = *range = NULL;
    for (size_t i = 0; i < filter->count; i++) {
        const struct filter_part *part = &filter->parts[i];
        bool below = false;

        if (!part->field || part->field->tag != tag)
            continue;
        if (part->negated) {
            if (part->test == PART_FILLED)
                *value = part;
        } else if (is_exact(part)) {
            buffer_text(head, part->wanted[0].exact);
            below = part->field->kind == KIND_CODE && any_below(p, codes_below(p, head));
            head->len = len;
            *value = below ? *value : part;
        } else if (part->test == PART_COMPARES || part->test == PART_FILLED) {
            *range = part;
        }
    }
}

/* Goes on through the index's further fields as long as the filter asks for one value of each; at the first of which
 * it asks for a range, that is the end. The head is what was fixed before. */
static void narrow(struct planning *p, const struct index_row *index, struct buffer *head,
                   struct candidate *c)
{
    const struct filter_part *value, *range;
    size_t fixed = 1;

    while (fixed < ORDER_FIELDS && index->fields[fixed] != 0) {
        asked_of(p, index->fields[fixed], head, &value, &range);
        if (!value) {
            if (range)
                range_put(p, range, head, c);
            break;
        }
        if (value->negated)
            buffer_byte(head, 0);
        else
            buffer_text(head, value->wanted[0].exact);
        fixed++;
    }
    c->prefix = bytes_of(p->arena, head);
    c->ordered = keeps_order(p, index, fixed);
}

/* One whole value of the first field, and what more the filter asks for. */
static enum err exact_candidate(struct planning *p, const struct filter_part *part,
                                const struct index_row *index)
{
    AUTO_BUFFER struct buffer head = { 0 };
    struct candidate c = { .index = index };

    index_prefix(&head, p->query->type, index, NULL, 0);
    c.prefix = bytes_of(p->arena, &head);
    buffer_text(&head, part->wanted[0].exact);
    if (field_indexed(part->field)->kind == KIND_CODE) {
        struct bytes point = codes_below(p, &head);

        if (any_below(p, point)) {
            if (part->field->kind ==
                KIND_LIST) /* one record would come for each of its codes */
                return ERR_OK;
            c.from = bytes_of(p->arena, &head);
            c.to = key_after_prefix(p->arena, point);
            c.ordered = keeps_order(p, index, 0);
            return candidate_take(p, &c);
        }
    }
    narrow(p, index, &head, &c);
    return candidate_take(p, &c);
}

static int bytes_order(struct bytes a, struct bytes b)
{
    return text_compare((struct text){ (const char *)a.data, a.len },
                        (struct text){ (const char *)b.data, b.len });
}

/* One of several values: from the least of them to behind the greatest and the codes below them; what lies between is left out
 * by the filter. */
static enum err span_candidate(struct planning *p, const struct filter_part *part,
                               const struct index_row *index)
{
    AUTO_BUFFER struct buffer head = { 0 };
    struct candidate c = { .index = index, .ordered = keeps_order(p, index, 0) };
    size_t len;

    if (part->field->kind == KIND_LIST)
        return ERR_OK;
    index_prefix(&head, p->query->type, index, NULL, 0);
    len = head.len;
    c.prefix = bytes_of(p->arena, &head);
    for (size_t i = 0; i < part->wanted_count; i++) {
        struct bytes from, to;

        if (part->wanted[i].exact.len == 0)
            return ERR_OK;
        head.len = len;
        buffer_text(&head, part->wanted[i].exact);
        from = bytes_of(p->arena, &head);
        to = key_after_prefix(p->arena,
                              part->field->kind == KIND_CODE ? codes_below(p, &head) : from);
        c.from = i == 0 || bytes_order(from, c.from) < 0 ? from : c.from;
        c.to = i == 0 || bytes_order(to, c.to) > 0 ? to : c.to;
    }
    return candidate_take(p, &c);
}

static enum err range_candidate(struct planning *p, const struct filter_part *part,
                                const struct index_row *index)
{
    AUTO_BUFFER struct buffer head = { 0 };
    struct candidate c = { .index = index, .ordered = keeps_order(p, index, 0) };

    if (part->field->kind == KIND_LIST)
        return ERR_OK;
    index_prefix(&head, p->query->type, index, NULL, 0);
    c.prefix = bytes_of(p->arena, &head);
    range_put(p, part, &head, &c);
    return candidate_take(p, &c);
}

static enum err part_candidates(struct planning *p, const struct filter_part *part)
{
    const struct record_type *type = p->query->type;

    if (part->negated || !part->field)
        return ERR_OK;
    for (size_t i = 0; i < type->index_count; i++) {
        const struct index_row *index = &type->indexes[i];

        if (index->fields[0] != part->field->tag || !one_entry(type, index) ||
            ((index->sparse || index->only) && !demands(part, index, p->arena)))
            continue;
        if (is_exact(part))
            TRY(exact_candidate(p, part, index));
        else if (part->test == PART_CONTAINS)
            TRY(span_candidate(p, part, index));
        else if (part->test == PART_COMPARES || part->test == PART_FILLED)
            TRY(range_candidate(p, part, index));
    }
    return ERR_OK;
}

/* ---- words ---- */

/* Records of this type that have a rare word of the filter. */
static enum err words_find(struct planning *p, struct plan *out)
{
    const struct filter *filter = p->query->filter;

    for (size_t i = 0; i < filter->count; i++) {
        const struct filter_part *part = &filter->parts[i];
        struct record_key *keys;
        size_t count;

        if (part->negated || part->test != PART_CONTAINS || part->wanted_count != 1 ||
            part->wanted[0].exact.len > 0 || (part->field && !(part->field->flags & SEARCHED)))
            continue;
        TRY(terms_find(p->txn, p->query->type, part->wanted[0].folded, WORDS_FEW, p->arena,
                       &keys, &count));
        if (count > 0 && count < WORDS_FEW &&
            (out->likely_count == 0 || count < out->likely_count)) {
            out->likely = keys;
            out->likely_count = count;
        }
    }
    return ERR_OK;
}

/* ---- the choice ---- */

static void source_take(struct plan *out, const struct candidate *c)
{
    out->source.index = c->index;
    out->source.prefix = c->prefix;
    out->source.from = c->from;
    out->source.to = c->to;
}

/* Everything in any order: by an index that has all records, for beside them lie their events. */
static const struct index_row *index_of_all(const struct record_type *type)
{
    const struct index_row *index = type->index_count > 0 ? &type->indexes[0] : NULL;

    return index && holds_all(type, index) && one_entry(type, index) &&
                   field_find(type, index->fields[0])->kind != KIND_LIST
               ? index
               : NULL;
}

static void walk_order(const struct planning *p, struct plan *out)
{
    out->sorts = !p->order && p->fields[0] != 0;
    out->source.index = out->sorts ? index_of_all(p->query->type) : p->order;
}

static enum err choose(struct planning *p, struct plan *out)
{
    bool orders = p->order || p->fields[0] == 0;

    if (p->best_ordered.index && (p->best_ordered.count <= p->few || p->best.count > p->few)) {
        source_take(out, &p->best_ordered);
        return ERR_OK;
    }
    if (p->best.index && (p->best.count <= p->few || !orders)) {
        source_take(out, &p->best);
        out->sorts = true;
        return ERR_OK;
    }
    walk_order(p, out);
    if (p->query->type->family != 0)
        return ERR_OK;
    TRY(words_find(p, out));
    if (out->likely_count > 0)
        out->sorts = true;
    return ERR_OK;
}

static const enum direction directions[] = { FORWARD, BACKWARD };

enum err plan_make(struct plan *out, struct txn *txn, const struct query *query,
                   const struct field *by, size_t few, struct arena *arena)
{
    struct planning p = { .txn = txn, .query = query, .arena = arena, .few = few };
    const struct filter *filter = query->filter;

    order_read(&p, by);
    *out = (struct plan){ .source = *query, .direction = query->direction };
    memcpy(out->fields, p.fields, sizeof out->fields);
    out->source.once = query->direction == FORWARD ? &directions[0] : &directions[1];
    out->source.prefix =
        (struct bytes){ arena_copy(arena, query->prefix.data, query->prefix.len),
                        query->prefix.len };
    if (query->prefix.len > 0) { /* narrowed already */
        out->sorts = by != NULL;
        return ERR_OK;
    }
    if (filter_empty(filter)) {
        walk_order(&p, out);
        return ERR_OK;
    }
    for (size_t i = 0; i < filter->count; i++)
        TRY(part_candidates(&p, &filter->parts[i]));
    return choose(&p, out);
}
