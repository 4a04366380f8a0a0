#include "core/model/custody_verify_parts.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/model/handover.h"
#include "core/model/seal.h"

enum { SLICE_MS = 100, EVENTS_PAGE = 256, LEAST = 1024 };

/* ---- tallies ---- */

static uint64_t mixed(uint64_t number)
{
    number = (number ^ (number >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    number = (number ^ (number >> 27)) * UINT64_C(0x94D049BB133111EB);
    return number ^ (number >> 31);
}

static struct tally *place(const struct tallies *tallies, uint64_t id)
{
    size_t at = (size_t)mixed(id) & (tallies->capacity - 1);

    while (tallies->items[at].id != 0 && tallies->items[at].id != id)
        at = (at + 1) & (tallies->capacity - 1);
    return &tallies->items[at];
}

static void grow(struct tallies *tallies)
{
    struct tallies more = { .count = tallies->count };

    more.capacity = tallies->capacity == 0 ? LEAST : tallies->capacity * 2;
    more.items = memory_new(more.capacity * sizeof *more.items);
    for (size_t i = 0; i < tallies->capacity; i++)
        if (tallies->items[i].id != 0)
            *place(&more, tallies->items[i].id) = tallies->items[i];
    free(tallies->items);
    *tallies = more;
}

void tally_add(struct tally *tally, uint64_t exhibit)
{
    tally->sum += mixed(exhibit);
    tally->count++;
}

void tallies_add(struct tallies *tallies, uint64_t id, uint64_t exhibit)
{
    struct tally *tally;

    if (tallies->count >= tallies->capacity / 4 * 3)
        grow(tallies);
    tally = place(tallies, id);
    tallies->count += tally->id == 0;
    tally->id = id;
    tally_add(tally, exhibit);
}

struct tally tallies_of(const struct tallies *tallies, uint64_t id)
{
    return tallies->capacity > 0 ? *place(tallies, id) : (struct tally){ 0 };
}

void tallies_free(struct tallies *tallies)
{
    free(tallies->items);
    *tallies = (struct tallies){ 0 };
}

/* ---- entries of the journal ---- */

static enum err read_entry(struct custody_check *check, struct entry_facts *facts)
{
    struct bytes bytes;
    struct leaf leaf;
    struct statement statement;

    TRY(txn_leaf(check->txn, facts->sequence, check->arena, &bytes));
    TRY(leaf_decode(&leaf, bytes));
    TRY(statement_decode(&statement, check->arena, leaf.statement));
    facts->time_ms = leaf.time_ms;
    facts->clock_ms = statement.clock_ms;
    facts->officer = statement.officer;
    for (size_t i = 0; i < statement.signature_count; i++)
        if (!entry_signed_by(facts, statement.signatures[i].officer))
            facts->signers[facts->count++] = statement.signatures[i].officer;
    return ERR_OK;
}

const struct entry_facts *entry_of(struct custody_check *check, uint64_t sequence)
{
    struct entry_facts *facts = &check->entries[sequence % ENTRIES_KEPT];

    if (facts->read && facts->sequence == sequence)
        return facts;
    *facts = (struct entry_facts){ .sequence = sequence, .read = true };
    facts->damaged = read_entry(check, facts) != ERR_OK;
    return facts;
}

bool entry_signed_by(const struct entry_facts *facts, uint64_t officer)
{
    for (size_t i = 0; i < facts->count; i++)
        if (facts->signers[i] == officer)
            return true;
    return false;
}

const char *who_is(struct custody_check *check, struct reference reference)
{
    struct record_key key = key_of_reference(reference);
    struct record *record;

    if (reference.id == 0)
        return "-";
    if (record_get(check->txn, &key, 0, check->arena, &record) == ERR_OK) {
        const struct field *field = field_find(record->type, TAG_NUMBER);
        const struct text *number = field ? field_value(field, record) : NULL;

        if (number && text_present(*number))
            return arena_string(check->arena, *number);
    }
    return key_name(check->arena, &key);
}

/* ---- a chain ---- */

static int by_time(const void *a, const void *b)
{
    const struct custody_event_record *const *first = a, *const *second = b;
    int order = moment_compare((*first)->occurred, (*second)->occurred);

    return order != 0 ? order
                      : ((*first)->head.key.n > (*second)->head.key.n) -
                            ((*first)->head.key.n < (*second)->head.key.n);
}

static void chain_grow(struct custody_check *check, struct chain *chain, size_t more)
{
    const struct custody_event_record **events =
        arena_array(check->arena, chain->count + more + 1, sizeof(void *));

    if (chain->count > 0)
        memcpy(events, chain->events, chain->count * sizeof(void *));
    chain->events = events;
}

static void chain_take(struct custody_check *check, struct chain *chain,
                       const struct family_page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->records[i]->key.n != chain->count + 1 && chain->whole) {
            verify_contradiction(
                check->v, N_("Exhibit %s: event %lld is not in its chain, yet later ones are."),
                chain->name, (long long)chain->count + 1);
            chain->whole = false;
        }
        chain->whole &= !page->damaged[i];
        chain->events[chain->count++] = (const struct custody_event_record *)page->records[i];
    }
}

enum err chain_read(struct custody_check *check, const struct exhibit_record *exhibit,
                    struct chain *out)
{
    struct family_page page = { .more = true };
    uint32_t from = 1;

    *out = (struct chain){ .exhibit = exhibit, .whole = true };
    out->name = text_present(exhibit->number) ? arena_string(check->arena, exhibit->number)
                                              : key_name(check->arena, &exhibit->head.key);
    while (page.more) {
        TRY(family_page(check->txn, exhibit->head.key.id, custody_event_type.family, from,
                        FORWARD, EVENTS_PAGE, check->arena, &page));
        chain_grow(check, out, page.count);
        chain_take(check, out, &page);
        if (page.count > 0)
            from = page.records[page.count - 1]->key.n + 1;
    }
    if (!out->whole)
        return ERR_OK;
    out->order = arena_copy(check->arena, out->events, (out->count + 1) * sizeof(void *));
    qsort(out->order, out->count, sizeof(void *), by_time);
    return ERR_OK;
}

/* What the hand-overs and the seals of this chain are; only of entries that stood when verification began. */
static void add_up(struct custody_check *check, const struct chain *chain)
{
    for (size_t i = 0; i < chain->count; i++) {
        const struct custody_event_record *event = chain->events[i];
        bool last = true;

        if (event->handover.id == 0 || event->head.sequence >= verify_size(check->v))
            continue;
        for (size_t k = i + 1; k < chain->count && last; k++)
            last = chain->events[k]->handover.id != event->handover.id ||
                   chain->events[k]->head.sequence >= verify_size(check->v);
        if (last && !text_is(event->action, "taken_back"))
            tallies_add(&check->handovers, event->handover.id, chain->exhibit->head.key.id);
    }
}

static enum err check_exhibit(struct custody_check *check, const struct record *record)
{
    struct chain chain;

    TRY(chain_read(check, (const struct exhibit_record *)record, &chain));
    verify_step(check->v, 1 + chain.count);
    if (!chain.whole)
        return ERR_OK; /* what is wrong with it was said */
    add_up(check, &chain);
    chain_check(check, &chain);
    terminal_check(check, &chain);
    disposals_check(check, &chain);
    packages_check(check, &chain);
    TRY(signatures_check(check, &chain));
    TRY(seals_check(check, &chain));
    return mass_check(check, &chain);
}

/* ---- each record of a type ---- */

typedef enum err record_check_(struct custody_check *check, const struct record *record);

static struct bytes first_key(uint8_t key[RECORD_KEY], uint64_t id)
{
    record_key_encode(key, &(struct record_key){ .id = id });
    return (struct bytes){ key, RECORD_KEY };
}

/* The next record of the type, or what stands beside one that is not there. */
static enum err next_record(struct custody_check *check, const struct record_type *type,
                            uint64_t from, struct record_key *key, struct record **record)
{
    uint8_t low[RECORD_KEY], high[RECORD_KEY];
    struct page page;

    TRY(txn_page(check->txn, TREE_RECORDS, first_key(low, from),
                 first_key(high, id_make((uint8_t)(type->number + 1), 0, 0)), FORWARD, 1,
                 check->arena, &page));
    *key = (struct record_key){ 0 };
    *record = NULL;
    if (page.count == 0)
        return ERR_OK;
    if (page.entries[0].key.len == RECORD_KEY)
        *key = record_key_decode(page.entries[0].key.data);
    if (page.entries[0].damaged || key->family != 0)
        return ERR_OK;
    enum err err = record_get(check->txn, key, 0, check->arena, record);

    return err == ERR_DAMAGED ? ERR_OK : err;
}

static enum err check_slice(struct custody_check *check, const struct record_type *type,
                            record_check_ *each, uint64_t *from)
{
    AUTO_TXN struct txn *txn = NULL;
    int64_t until = monotonic_ms() + SLICE_MS;

    TRY(store_begin(&txn, verify_reads(check->v)));
    check->txn = txn;
    do {
        struct record_key key;
        struct record *record;

        arena_reset(check->arena);
        TRY(next_record(check, type, *from, &key, &record));
        if (key.id == 0) {
            *from = 0;
            return ERR_OK;
        }
        if (record)
            TRY(each(check, record));
        else if (key.family != 0)
            verify_contradiction(check->v, N_("%s stands beside a record that is not there."),
                                 key_name(check->arena, &key));
        *from = key.id + 1;
    } while (monotonic_ms() < until);
    return ERR_OK;
}

static enum err check_each(struct custody_check *check, const struct record_type *type,
                           record_check_ *each)
{
    uint64_t from = id_make(type->number, 0, 0);

    while (from != 0)
        TRY(check_slice(check, type, each, &from));
    return ERR_OK;
}

static enum err check_all(struct custody_check *check)
{
    TRY(check_each(check, &exhibit_type, check_exhibit));
    TRY(check_each(check, &handover_type, handover_check));
    return check_each(check, &seal_type, seal_check);
}

enum err custody_verify(struct verifier *v)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct custody_check check = { .v = v, .arena = arena };
    enum err err;

    check.entries = memory_new(ENTRIES_KEPT * sizeof *check.entries);
    err = check_all(&check);
    free(check.entries);
    tallies_free(&check.handovers);
    tallies_free(&check.sealed);
    return err;
}
