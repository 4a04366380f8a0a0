/* Search by words (declared in index.h): postings of terms, newest record first. */
#include "core/index/index.h"

#include "i18n/fold.h"

#include <stdlib.h>
#include <string.h>

/* A range of prefixes with fewer postings than this is read whole. */
enum { PREFIX_FEW = 1000, AT_ONCE = 64 };

struct word {
    struct text term;
    bool prefix;
};

struct search {
    struct txn *txn;
    const struct record_type *type;
    struct arena *arena;
    size_t limit;
    struct word *words; /* of the query, then of this type */
    size_t word_count;
    size_t driver;            /* the word whose postings are walked */
    struct record_key *found; /* newest first, each once */
    size_t count;
    struct buffer key;
};

/* ---- the query ---- */

static void count_term(struct text term, void *context)
{
    (void)term;
    ++*(size_t *)context;
}

/* Pairs of Han characters are terms; one by itself stands for all pairs that it begins. */
static bool one_wide_character(struct text term)
{
    uint8_t lead = (uint8_t)term.data[0];

    return lead >= 0xE0 && term.len == (lead >= 0xF0 ? 4u : 3u);
}

static void take_term(struct text term, void *context)
{
    struct search *s = context;

    s->words[s->word_count++] = (struct word){ term, one_wide_character(term) };
}

static void read_query(struct search *s, struct text query)
{
    size_t count = 0;

    fold_terms(query, count_term, &count);
    s->words = arena_array(s->arena, count, sizeof *s->words);
    fold_terms(query, take_term, s);
    if (count > 0)
        s->words[count - 1].prefix = true;
}

/* ---- postings ---- */

/* type | term, or with the 00 that ends a term. */
static struct bytes posting(struct search *s, struct text term, bool whole)
{
    buffer_clear(&s->key);
    buffer_byte(&s->key, s->type->number);
    buffer_text(&s->key, term);
    if (whole)
        buffer_byte(&s->key, 0);
    return (struct bytes){ arena_copy(s->arena, s->key.data, s->key.len), s->key.len };
}

static bool has_term(struct search *s, struct text term, const struct record_key *key)
{
    buffer_clear(&s->key);
    buffer_byte(&s->key, s->type->number);
    buffer_text(&s->key, term);
    buffer_byte(&s->key, 0);
    index_put_key(&s->key, s->type, key);
    return txn_has(s->txn, TREE_TERMS, buffer_bytes(&s->key));
}

/* Asks the record itself. One that is damaged is found, so that it is named where it stands. */
static enum err has_prefix(struct search *s, struct text prefix, const struct record_key *key,
                           bool *has)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct record *record;
    struct text *terms;
    size_t count;
    enum err code = record_stored(s->txn, key, 0, arena, &record);

    *has = code == ERR_DAMAGED;
    if (code != ERR_OK)
        return code == ERR_DAMAGED ? ERR_OK : code;
    record_terms(record, arena, &terms, &count);
    for (size_t i = 0; i < count && !*has; i++)
        *has = text_starts(terms[i], prefix);
    return ERR_OK;
}

static bool among_terms(const struct word *word, const struct text *terms, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (word->prefix ? text_starts(terms[i], word->term) : text_equal(terms[i], word->term))
            return true;
    return false;
}

/* All words stand in what the reader may read of a record of which a part is withheld. */
static enum err has_in_part(struct search *s, const struct record_key *key, bool *has)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct record *record;
    struct text *terms;
    size_t count;

    TRY(record_get(s->txn, key, 0, arena, &record));
    record_terms(record, arena, &terms, &count);
    for (size_t i = 0; i < s->word_count && *has; i++)
        *has = among_terms(&s->words[i], terms, count);
    return ERR_OK;
}

/* Nobody finds by words what he or she may not read. A number by itself is found by its index. */
static enum err may_find(struct search *s, const struct record_key *key, bool *has)
{
    enum access access;
    enum err code;

    if (!txn_reader(s->txn))
        return ERR_OK;
    code = record_access(s->txn, key, &access);
    if (code == ERR_DAMAGED)
        return ERR_OK;
    TRY(code);
    if (access == ACCESS_CUSTODY)
        return has_in_part(s, key, has);
    *has = access < ACCESS_CUSTODY;
    return ERR_OK;
}

static enum err has_all_others(struct search *s, const struct record_key *key, bool *has)
{
    *has = true;
    for (size_t i = 0; i < s->word_count && *has; i++)
        if (i != s->driver && !s->words[i].prefix)
            *has = has_term(s, s->words[i].term, key);
    for (size_t i = 0; i < s->word_count && *has; i++)
        if (i != s->driver && s->words[i].prefix)
            TRY(has_prefix(s, s->words[i].term, key, has));
    return ERR_OK;
}

/* ---- what is found ---- */

static bool too_old(const struct search *s, const struct record_key *key)
{
    return s->count == s->limit && record_key_compare(key, &s->found[s->count - 1]) <= 0;
}

/* Takes the record in unless it is there or older than all of a full page. */
static enum err consider(struct search *s, const struct record_key *key)
{
    size_t at = 0;
    bool has;

    if (too_old(s, key))
        return ERR_OK;
    while (at < s->count && record_key_compare(&s->found[at], key) > 0)
        at++;
    if (at < s->count && record_key_compare(&s->found[at], key) == 0)
        return ERR_OK;
    TRY(has_all_others(s, key, &has));
    if (has)
        TRY(may_find(s, key, &has));
    if (!has)
        return ERR_OK;
    size_t moved = (s->count < s->limit ? s->count : s->limit - 1) - at;

    memmove(&s->found[at + 1], &s->found[at], moved * sizeof *s->found);
    s->found[at] = *key;
    s->count += s->count < s->limit;
    return ERR_OK;
}

/* The postings of one term, newest first, until the page is full of newer ones. */
static enum err walk_term(struct search *s, struct bytes prefix)
{
    struct bytes to = key_after_prefix(s->arena, prefix);
    struct page page = { .more = true };

    while (page.more) {
        TRY(txn_page(s->txn, TREE_TERMS, prefix, to, BACKWARD, AT_ONCE, s->arena, &page));
        for (size_t i = 0; i < page.count; i++) {
            struct record_key key = index_entry_key(page.entries[i].key);

            if (too_old(s, &key))
                return ERR_OK;
            TRY(consider(s, &key));
        }
        if (page.count == 0)
            break;
        to = page.entries[page.count - 1].key;
    }
    return ERR_OK;
}

/* The newest of each term that begins so; whole terms are skipped over. */
static enum err walk_prefix(struct search *s, struct text prefix)
{
    struct bytes from = posting(s, prefix, false), to = key_after_prefix(s->arena, from);
    struct page page;

    for (;;) {
        TRY(txn_page(s->txn, TREE_TERMS, from, to, FORWARD, 1, s->arena, &page));
        if (page.count == 0)
            return ERR_OK;
        struct bytes term = index_entry_values(page.entries[0].key);

        TRY(walk_term(s, term));
        from = key_after_prefix(s->arena, term);
    }
}

/* ---- how ---- */

/* A prefix that begins no longer term is that term, which is much quicker. */
static enum err settle_prefixes(struct search *s)
{
    struct page page;

    for (size_t i = 0; i < s->word_count; i++) {
        if (!s->words[i].prefix)
            continue;
        struct bytes longer = key_after_prefix(s->arena, posting(s, s->words[i].term, true));
        struct bytes to = key_after_prefix(s->arena, posting(s, s->words[i].term, false));

        TRY(txn_page(s->txn, TREE_TERMS, longer, to, FORWARD, 1, s->arena, &page));
        s->words[i].prefix = page.count > 0;
    }
    return ERR_OK;
}

/* Where few postings begin with a word, they are all looked at. */
static enum err try_few(struct search *s, bool *done)
{
    struct page page;

    *done = false;
    for (size_t i = 0; i < s->word_count && !*done; i++) {
        if (!s->words[i].prefix)
            continue;
        struct bytes from = posting(s, s->words[i].term, false);

        TRY(txn_page(s->txn, TREE_TERMS, from, key_after_prefix(s->arena, from), FORWARD,
                     PREFIX_FEW, s->arena, &page));
        if (page.more)
            continue;
        s->driver = i;
        *done = true;
        for (size_t k = 0; k < page.count; k++) {
            struct record_key key = index_entry_key(page.entries[k].key);

            TRY(consider(s, &key));
        }
    }
    return ERR_OK;
}

/* Whole terms before prefixes, the longest first: it is likely to be the rarest. */
static void choose_driver(struct search *s)
{
    s->driver = 0;
    for (size_t i = 1; i < s->word_count; i++) {
        const struct word *best = &s->words[s->driver], *word = &s->words[i];

        if (best->prefix != word->prefix ? best->prefix : word->term.len > best->term.len)
            s->driver = i;
    }
}

static enum err find_of_type(struct search *s)
{
    bool done;

    TRY(settle_prefixes(s));
    TRY(try_few(s, &done));
    if (done)
        return ERR_OK;
    choose_driver(s);
    const struct word *driver = &s->words[s->driver];

    if (driver->prefix)
        return walk_prefix(s, driver->term);
    return walk_term(s, posting(s, driver->term, true));
}

/* ---- one type or all ---- */

struct dated {
    struct record_key key;
    uint64_t sequence;
};

static int later_first(const void *a, const void *b)
{
    const struct dated *x = a, *y = b;

    if (x->sequence != y->sequence)
        return x->sequence > y->sequence ? -1 : 1;
    return -record_key_compare(&x->key, &y->key);
}

static enum err search_type(struct txn *txn, const struct record_type *type, struct text query,
                            size_t limit, struct arena *arena, struct record_key **keys,
                            size_t *count)
{
    AUTO_ARENA struct arena *scratch = arena_new();
    struct search s = { .txn = txn, .type = type, .arena = scratch, .limit = limit };
    enum err code = ERR_OK;

    s.found = arena_array(arena, limit, sizeof *s.found);
    read_query(&s, query);
    if (s.word_count > 0 && limit > 0)
        code = find_of_type(&s);
    buffer_free(&s.key);
    TRY(code);
    *keys = s.found;
    *count = s.count;
    return ERR_OK;
}

static enum err search_all(struct txn *txn, struct text query, size_t limit,
                           struct arena *scratch, struct dated **out, size_t *count)
{
    struct record_key *keys;
    struct envelope envelope;
    size_t found, types = 0;

    while (record_types[types])
        types++;
    *out = arena_array(scratch, types * limit, sizeof **out);
    *count = 0;
    for (size_t i = 0; i < types; i++) {
        TRY(search_type(txn, record_types[i], query, limit, scratch, &keys, &found));
        for (size_t k = 0; k < found; k++) {
            enum err code = record_envelope(txn, &keys[k], scratch, &envelope);

            if (code != ERR_OK && code != ERR_DAMAGED)
                return code;
            (*out)[(*count)++] =
                (struct dated){ keys[k], code == ERR_OK ? envelope.sequence : UINT64_MAX };
        }
    }
    return ERR_OK;
}

enum err terms_find(struct txn *txn, const struct record_type *type, struct text query,
                    size_t limit, struct arena *arena, struct record_key **keys, size_t *count)
{
    AUTO_ARENA struct arena *scratch = arena_new();
    struct dated *all;
    size_t found;

    if (type)
        return search_type(txn, type, query, limit, arena, keys, count);
    TRY(search_all(txn, query, limit, scratch, &all, &found));
    if (found > 1)
        qsort(all, found, sizeof *all, later_first);
    *count = found < limit ? found : limit;
    *keys = arena_array(arena, *count, sizeof **keys);
    for (size_t i = 0; i < *count; i++)
        (*keys)[i] = all[i].key;
    return ERR_OK;
}
