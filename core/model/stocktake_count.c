#include "core/model/stocktake_count.h"

#include "core/change/history.h"
#include "core/index/index.h"
#include "core/model/elements.h"
#include "core/model/exhibit.h"
#include "core/model/location.h"
#include "core/model/number_table.h"
#include "core/model/stocktake_list.h"

#include <stdlib.h>

enum { PAGE = 500, LEVELS = 16 };

const struct label stocktake_classes[CLASSES] = {
    [CLASS_MISSING] = L("Missing", "欠缺"),
    [CLASS_MOVED] = L("Elsewhere", "位置不符"),
    [CLASS_UNKNOWN] = L("Unknown", "不明"),
    [CLASS_FOUND_AGAIN] = L("Found again", "尋回"),
    [CLASS_UNCOUNTED] = L("Not counted", "未盤點"),
    [CLASS_LEFT] = L("Left since", "其後移離"),
    [CLASS_EXTRA] = L("Not on the list", "不在清單"),
    [CLASS_FOUND] = L("In place", "相符"),
};

struct stocktake_scan {
    size_t item; /* of a place: unused */
    uint64_t found, recorded;
    enum stocktake_class as;
    uint8_t pass;
    bool dead; /* a place, taken back, damaged */
};

/* ---- items and places ---- */

static void *grown(void *data, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return data;
    *room = *room == 0 ? 256 : 2 * *room;
    return memory_grow(data, *room * size);
}

static size_t add_item(struct stocktake_count *count, uint64_t number,
                       struct stocktake_item item)
{
    count->items = grown(count->items, count->count, &count->room, sizeof *count->items);
    count->items[count->count] = item;
    number_table_put(count->items_by, number, count->count);
    return count->count++;
}

/* Codes stand among the exhibits' ids by a digest, which begins with a bit that no id has. */
static uint64_t number_of_code(struct text code)
{
    struct hash256 hash = sha256((struct bytes){ (const uint8_t *)code.data, code.len });

    return read_u64(hash.byte) | UINT64_C(1) << 63;
}

static size_t item_of_line(struct stocktake_count *count,
                           const struct stocktake_line_record *line)
{
    uint64_t number = line->exhibit.id != 0 ? line->exhibit.id : number_of_code(line->code);
    size_t at;

    if (number_table_get(count->items_by, number, &at))
        return at;
    return add_item(count, number,
                    (struct stocktake_item){
                        .exhibit = line->exhibit.id,
                        .code = line->exhibit.id != 0 ? (struct text){ 0 }
                                                      : arena_text(count->arena, line->code) });
}

struct stocktake_item *stocktake_item_of(const struct stocktake_count *count, uint64_t exhibit)
{
    size_t at;

    return number_table_get(count->items_by, exhibit, &at) ? &count->items[at] : NULL;
}

/* The place with all that it lies in. */
static enum err place_at(struct stocktake_count *count, struct txn *txn, uint64_t id,
                         size_t *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    size_t at;

    *out = count->place_count;
    for (int level = 0; id != 0 && level < LEVELS; level++) {
        struct record_key key = { .id = id };
        struct record *record;

        if (number_table_get(count->places_by, id, &at)) {
            *out = level == 0 ? at : *out;
            return ERR_OK;
        }
        TRY(record_stored(txn, &key, 0, arena, &record));
        count->places =
            grown(count->places, count->place_count, &count->place_room, sizeof *count->places);
        count->places[count->place_count] = (struct stocktake_place){
            .id = id, .parent = ((const struct location_record *)record)->parent.id
        };
        number_table_put(count->places_by, id, count->place_count);
        id = count->places[count->place_count++].parent;
    }
    return ERR_OK;
}

static const struct stocktake_place *known_place(const struct stocktake_count *count,
                                                 uint64_t id)
{
    size_t at;

    return number_table_get(count->places_by, id, &at) ? &count->places[at] : NULL;
}

static bool within(const struct stocktake_count *count, uint64_t id, uint64_t above)
{
    for (int level = 0; id != 0 && level < LEVELS; level++) {
        const struct stocktake_place *place = known_place(count, id);

        if (id == above)
            return true;
        id = place ? place->parent : 0;
    }
    return false;
}

static bool begun(const struct stocktake_count *count, uint64_t id, int pass)
{
    for (int level = 0; id != 0 && level < LEVELS; level++) {
        const struct stocktake_place *place = known_place(count, id);

        if (place && place->begun[pass])
            return true;
        id = place ? place->parent : 0;
    }
    return false;
}

/* ---- loading ---- */

static enum err take_list(struct stocktake_count *count, struct txn *txn,
                          const struct stocktake_list_record *list)
{
    const struct expected_item *rows = list->items.items;
    uint64_t place = 0;
    size_t at;

    for (size_t i = 0; i < list->items.count; i++) {
        if (rows[i].located.id != 0) {
            place = rows[i].located.id;
            TRY(place_at(count, txn, place, &at));
        }
        if (number_table_get(count->places_by, place, &at))
            count->places[at].expected++;
        add_item(count, rows[i].exhibit.id,
                 (struct stocktake_item){ .exhibit = rows[i].exhibit.id, .expected = place });
    }
    count->listed = count->count;
    return ERR_OK;
}

static enum err load_list(struct stocktake_count *count, struct txn *txn)
{
    struct family_page page = { .more = true };
    uint32_t from = 1;

    while (page.more) {
        AUTO_ARENA struct arena *arena = arena_new();

        TRY(family_page(txn, count->key.id, stocktake_list_type.family, from, FORWARD, 16,
                        arena, &page));
        for (size_t i = 0; i < page.count; i++) {
            from = page.records[i]->key.n + 1;
            if (page.damaged[i])
                return fail(ERR_DAMAGED,
                            N_("The list of this stocktake is damaged, so its result cannot be "
                               "worked out. Tell the system administrator; it can be rebuilt "
                               "from the journal."));
            TRY(take_list(count, txn, (const struct stocktake_list_record *)page.records[i]));
        }
    }
    return ERR_OK;
}

enum err stocktake_count_open(struct stocktake_count **out, struct txn *txn,
                              const struct record_key *key)
{
    struct stocktake_count *count = memory_new(sizeof *count);
    enum err err;

    count->key = *key;
    count->arena = arena_new();
    count->items_by = number_table_new();
    count->places_by = number_table_new();
    err = load_list(count, txn);
    if (err == ERR_OK)
        err = stocktake_count_follow(count, txn);
    if (err != ERR_OK)
        stocktake_count_free(count);
    else
        *out = count;
    return err;
}

void stocktake_count_free(struct stocktake_count *count)
{
    if (!count)
        return;
    number_table_free(count->items_by);
    number_table_free(count->places_by);
    arena_free(count->arena);
    free(count->items);
    free(count->places);
    free(count->scans);
    free(count);
}

/* ---- scans ---- */

static enum stocktake_class class_of_line(struct text result)
{
    return text_is(result, "found")         ? CLASS_FOUND
           : text_is(result, "moved")       ? CLASS_MOVED
           : text_is(result, "found_again") ? CLASS_FOUND_AGAIN
                                            : CLASS_UNKNOWN;
}

static void see(struct stocktake_seen *seen, const struct stocktake_scan *scan, uint32_t line)
{
    if (seen->times++ > 0)
        return;
    seen->line = line;
    seen->found = scan->found;
    seen->recorded = scan->recorded;
    seen->as = scan->as;
}

/* What is left of an item's scans once one is taken back; the first of them counts. */
static void see_anew(struct stocktake_count *count, size_t item, int pass)
{
    struct stocktake_seen *seen = &count->items[item].seen[pass];

    *seen = (struct stocktake_seen){ 0 };
    for (size_t i = 0; i < count->scan_count; i++)
        if (!count->scans[i].dead && count->scans[i].item == item &&
            count->scans[i].pass == pass)
            see(seen, &count->scans[i], (uint32_t)i + 1);
}

static enum err take_scan(struct stocktake_count *count, struct txn *txn,
                          const struct stocktake_line_record *line, struct stocktake_scan *scan)
{
    uint64_t back = line->takes_back.present ? (uint64_t)line->takes_back.value : 0;
    size_t at;

    scan->pass = text_is(line->pass, "second");
    scan->found = line->found.id;
    scan->recorded = line->recorded.id;
    scan->as = class_of_line(line->result);
    TRY(place_at(count, txn, line->found.id, &at));
    if (at < count->place_count)
        count->places[at].begun[scan->pass] = true;
    if (text_is(line->result, "place"))
        return ERR_OK;
    if (text_is(line->result, "taken_back")) {
        if (back > 0 && back <= count->scan_count && !count->scans[back - 1].dead) {
            count->scans[back - 1].dead = true;
            see_anew(count, count->scans[back - 1].item, count->scans[back - 1].pass);
        }
        return ERR_OK;
    }
    scan->dead = false;
    scan->item = item_of_line(count, line);
    see(&count->items[scan->item].seen[scan->pass], scan, line->head.key.n);
    return ERR_OK;
}

static enum err take_page(struct stocktake_count *count, struct txn *txn,
                          const struct family_page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        struct stocktake_scan scan = { .dead = true };

        count->damaged += page->damaged[i];
        if (!page->damaged[i])
            TRY(take_scan(count, txn, (const struct stocktake_line_record *)page->records[i],
                          &scan));
        count->scans =
            grown(count->scans, count->scan_count, &count->scan_room, sizeof *count->scans);
        count->scans[count->scan_count++] = scan;
    }
    return ERR_OK;
}

static enum err follow_state(struct stocktake_count *count, struct txn *txn)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct stocktake_record *stocktake;
    struct record *record;

    TRY(record_get(txn, &count->key, 0, arena, &record));
    stocktake = (const struct stocktake_record *)record;
    count->open = text_is(stocktake->state, "open");
    count->as_of = (uint64_t)stocktake->as_of.value;
    count->until = stocktake->until.present && !count->open ? (uint64_t)stocktake->until.value
                                                            : txn_size(txn);
    return ERR_OK;
}

enum err stocktake_count_follow(struct stocktake_count *count, struct txn *txn)
{
    struct family_page page = { .more = true };

    TRY(follow_state(count, txn));
    while (page.more) {
        AUTO_ARENA struct arena *arena = arena_new();

        TRY(family_page(txn, count->key.id, stocktake_line_type.family,
                        (uint32_t)count->scan_count + 1, FORWARD, PAGE, arena, &page));
        TRY(take_page(count, txn, &page));
    }
    return ERR_OK;
}

/* ---- what it comes to ---- */

static const struct stocktake_seen *seen_by(const struct stocktake_item *item, unsigned passes)
{
    for (int pass = 0; pass < PASSES; pass++)
        if (passes & 1u << pass && item->seen[pass].line != 0)
            return &item->seen[pass];
    return NULL;
}

static bool was_counted(const struct stocktake_count *count, uint64_t place, unsigned passes)
{
    for (int pass = 0; pass < PASSES; pass++)
        if (passes & 1u << pass && begun(count, place, pass))
            return true;
    return false;
}

/* The exhibit as it stands, and as it stood when the count ended. */
static enum err exhibit_then(struct stocktake_count *count, struct txn *txn, uint64_t id,
                             struct arena *arena, const struct exhibit_record **now,
                             const struct exhibit_record **then)
{
    struct record_key key = { .id = id };
    struct record *record, *before;
    enum err err;

    TRY(record_stored(txn, &key, 0, arena, &record));
    *now = *then = (const struct exhibit_record *)record;
    if (record->sequence < count->until)
        return ERR_OK;
    err = record_at(txn, &key, count->until, arena, &before);
    /* What was lawfully dropped, or may not be read, leaves the present. */
    if (err == ERR_OK && before->access <= ACCESS_CUSTODY)
        *then = (const struct exhibit_record *)before;
    return err == ERR_MISSING || err == ERR_DAMAGED ? ERR_OK : err;
}

/* Has custody gone on since the count ended? */
static enum err moved_on(struct stocktake_count *count, struct txn *txn,
                         const struct exhibit_record *now, struct arena *arena, bool *out)
{
    struct family_page page;

    *out = false;
    if (count->open || now->head.sequence < count->until)
        return ERR_OK;
    TRY(family_page(txn, now->head.key.id, 1, 0, BACKWARD, 1, arena, &page));
    *out = page.count > 0 && !page.damaged[0] && page.records[0]->sequence >= count->until;
    return ERR_OK;
}

static enum err class_unseen(struct stocktake_count *count, struct txn *txn,
                             struct stocktake_item *item, unsigned passes, struct arena *arena)
{
    const struct exhibit_record *now, *then;

    if (!was_counted(count, item->expected, passes)) {
        item->class = CLASS_UNCOUNTED;
        return ERR_OK;
    }
    TRY(exhibit_then(count, txn, item->exhibit, arena, &now, &then));
    item->class = then->located.id != item->expected || then->voided == FLAG_YES
                      ? CLASS_LEFT
                      : CLASS_MISSING;
    return item->class == CLASS_MISSING ? moved_on(count, txn, now, arena, &item->corrected)
                                        : ERR_OK;
}

static enum err class_seen(struct stocktake_count *count, struct txn *txn,
                           struct stocktake_item *item, const struct stocktake_seen *seen,
                           struct arena *arena)
{
    const struct exhibit_record *now, *then;

    item->class = seen->as == CLASS_FOUND && item->expected == 0 ? CLASS_EXTRA : seen->as;
    if (item->class != CLASS_MOVED && item->class != CLASS_FOUND_AGAIN)
        return ERR_OK;
    TRY(exhibit_then(count, txn, item->exhibit, arena, &now, &then));
    return moved_on(count, txn, now, arena, &item->corrected);
}

/* Where both have counted, both have seen the same; where one has not been, nothing follows from that. */
static bool passes_differ(const struct stocktake_count *count,
                          const struct stocktake_item *item)
{
    const struct stocktake_seen *first = &item->seen[0], *second = &item->seen[1];

    if (first->line != 0 && second->line != 0)
        return first->found != second->found;
    return (first->line != 0 && begun(count, first->found, 1)) ||
           (second->line != 0 && begun(count, second->found, 0));
}

static enum err conclude(struct stocktake_count *count, struct txn *txn,
                         struct stocktake_item *item, unsigned passes)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct stocktake_seen *seen = seen_by(item, passes);

    item->corrected = false;
    item->differs = passes == PASS_BOTH && passes_differ(count, item);
    if (!seen && item->expected == 0) {
        item->class = CLASSES; /* taken back, or seen by another pass alone */
        return ERR_OK;
    }
    TRY(seen ? class_seen(count, txn, item, seen, arena)
             : class_unseen(count, txn, item, passes, arena));
    count->totals[item->class]++;
    count->differing += item->differs;
    count->errors +=
        item->expected != 0 && (item->class == CLASS_MISSING || item->class == CLASS_MOVED);
    count->uncorrected +=
        !item->corrected && (item->class == CLASS_MISSING || item->class == CLASS_MOVED ||
                             item->class == CLASS_FOUND_AGAIN);
    for (int pass = 0; pass < PASSES; pass++)
        if (passes & 1u << pass && item->seen[pass].times > 1)
            count->twice += item->seen[pass].times - 1;
    return ERR_OK;
}

enum err stocktake_count_conclude(struct stocktake_count *count, struct txn *txn,
                                  unsigned passes)
{
    for (int class = 0; class < CLASSES; class ++)
        count->totals[class] = 0;
    count->twice = count->differing = count->errors = count->uncorrected = 0;
    for (size_t i = 0; i < count->count; i++)
        TRY(conclude(count, txn, &count->items[i], passes));
    return ERR_OK;
}

/* ---- while counting ---- */

bool stocktake_awaited(const struct stocktake_count *count, const struct stocktake_item *item,
                       uint64_t place, int pass)
{
    return item->expected != 0 && item->seen[pass].line == 0 &&
           within(count, item->expected, place);
}

enum err stocktake_progress_at(struct stocktake_count *count, struct txn *txn, uint64_t place,
                               int pass, struct stocktake_progress *out)
{
    size_t at;

    *out = (struct stocktake_progress){ 0 };
    TRY(place_at(count, txn, place, &at));
    for (size_t i = 0; i < count->listed; i++) {
        if (!within(count, count->items[i].expected, place))
            continue;
        out->expected++;
        out->found += count->items[i].seen[pass].line != 0;
    }
    return ERR_OK;
}

int stocktake_pass_of(const struct stocktake_record *stocktake, uint64_t officer)
{
    const struct counter_item *counters = stocktake->counters.items;

    for (size_t i = 0; i < stocktake->counters.count; i++)
        if (counters[i].officer.id == officer)
            return text_is(counters[i].pass, "second");
    return -1;
}

enum err stocktake_of_officer(struct txn *txn, uint64_t officer, struct record_key *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct text state = TEXT("open");
    const void *values[] = { &state };
    struct index_page page;

    *out = (struct record_key){ 0 };
    index_prefix(&prefix, &stocktake_type, index_named(&stocktake_type, "by_state"), values, 1);
    TRY(index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, BACKWARD, PAGE, arena,
                   &page));
    for (size_t i = 0; i < page.count && out->id == 0; i++) {
        struct record *record;

        TRY(record_get(txn, &page.keys[i], 0, arena, &record));
        if (stocktake_pass_of((const struct stocktake_record *)record, officer) >= 0)
            *out = page.keys[i];
    }
    return ERR_OK;
}

int64_t stocktake_error_rate(const struct stocktake_record *stocktake)
{
    int64_t counted =
        stocktake->expected.value - stocktake->left.value - stocktake->uncounted.value;

    return counted > 0 ? stocktake->errors.value * 1000 / counted : 0;
}
