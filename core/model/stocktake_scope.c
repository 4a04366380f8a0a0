#include "core/model/stocktake_scope.h"

#include "core/change/history.h"
#include "core/model/commodity.h"
#include "core/model/location.h"
#include "core/model/status.h"

#include <string.h>

enum { PAGE = 500, LEVELS = 16 };

/* What commodities and states say, asked again and again. */
struct known {
    struct text code, hazard;
    bool gone;
    struct known *next;
};

struct search_of_scope {
    struct txn *txn;
    struct arena *arena;
    struct known *commodities, *states;
    unsigned strata;
    size_t room;
    struct stocktake_scope *out;
};

/* ---- what is covered ---- */

/* The class of the commodity, or of the nearest one above it. */
static enum err hazard_of(struct search_of_scope *s, struct text commodity, struct text *out)
{
    struct known *known = s->commodities;
    struct text code = commodity;

    while (known && !text_equal(known->code, commodity))
        known = known->next;
    if (!known) {
        known = arena_alloc(s->arena, sizeof *known);
        *known =
            (struct known){ .code = arena_text(s->arena, commodity), .next = s->commodities };
        s->commodities = known;
        for (int level = 0;
             level < LEVELS && text_present(code) && !text_present(known->hazard); level++) {
            struct record *record;
            enum err err =
                record_by_number(s->txn, &commodity_type, code, 0, s->arena, &record);

            if (err == ERR_MISSING)
                break;
            TRY(err);
            known->hazard = ((const struct commodity_record *)record)->hazard;
            code = ((const struct commodity_record *)record)->parent;
        }
    }
    *out = known->hazard;
    return ERR_OK;
}

static enum err is_gone(struct search_of_scope *s, struct text state, bool *out)
{
    struct known *known = s->states;
    struct record *record;
    enum err err;

    while (known && !text_equal(known->code, state))
        known = known->next;
    if (!known) {
        known = arena_alloc(s->arena, sizeof *known);
        *known = (struct known){ .code = arena_text(s->arena, state), .next = s->states };
        s->states = known;
        err = record_by_number(s->txn, &status_type, state, 0, s->arena, &record);
        if (err != ERR_OK && err != ERR_MISSING)
            return err;
        known->gone =
            text_is(state, "E16") ||
            (err == ERR_OK && ((const struct status_record *)record)->terminal == FLAG_YES);
    }
    *out = known->gone;
    return ERR_OK;
}

static enum err too_many(void)
{
    return fail(ERR_REFUSED,
                N_("A stocktake takes at most %d exhibits in %d places, and there are more "
                   "here. Choose a store, a room or a rack, or some of the strata."),
                STOCKTAKE_MOST, STOCKTAKE_PLACES);
}

static enum err take(struct search_of_scope *s, const struct exhibit_record *exhibit)
{
    struct stocktake_scope *out = s->out;
    struct text hazard = exhibit->hazard;
    enum stratum stratum;
    bool gone = exhibit->voided == FLAG_YES;

    if (!gone)
        TRY(is_gone(s, exhibit->state, &gone));
    if (gone)
        return ERR_OK;
    if (!text_present(hazard))
        TRY(hazard_of(s, exhibit->commodity, &hazard));
    stratum = stratum_of(exhibit, hazard);
    if (!(s->strata & 1u << stratum))
        return ERR_OK;
    if (out->count == STOCKTAKE_MOST)
        return too_many();
    if (out->count == s->room) {
        struct drawn_item *grown =
            arena_array(s->arena, s->room == 0 ? PAGE : 2 * s->room, sizeof *grown);

        if (out->count > 0)
            memcpy(grown, out->items, out->count * sizeof *grown);
        out->items = grown;
        s->room = s->room == 0 ? PAGE : 2 * s->room;
    }
    out->items[out->count++] =
        (struct drawn_item){ .exhibit = exhibit->head.key.id,
                             .place = exhibit->located.id,
                             .number = arena_text(s->arena, exhibit->number),
                             .stratum = stratum };
    out->populations[stratum]++;
    return ERR_OK;
}

/* ---- places ---- */

static enum err add_below(struct search_of_scope *s, struct reference parent, int level);

static enum err add_place(struct search_of_scope *s, const struct record_key *key, int level)
{
    if (s->out->place_count == STOCKTAKE_PLACES)
        return too_many();
    s->out->places[s->out->place_count++] = key->id;
    return level < LEVELS ? add_below(s, (struct reference){ .id = key->id }, level + 1)
                          : ERR_OK;
}

/* A root that lies outside our stores (a court, a laboratory) is nobody's shelf. */
static enum err is_ours(struct search_of_scope *s, const struct record_key *key, bool *out)
{
    struct record *record;

    TRY(record_stored(s->txn, key, 0, s->arena, &record));
    *out = !text_is(((const struct location_record *)record)->location_kind, "outside");
    return ERR_OK;
}

static enum err add_below(struct search_of_scope *s, struct reference parent, int level)
{
    AUTO_BUFFER struct buffer prefix = { 0 };
    const void *values[] = { parent.id == 0 ? NULL : &parent };
    struct index_page page = { .more = true };
    struct bytes resume = { 0 };

    index_prefix(&prefix, &location_type, index_named(&location_type, "by_parent"), values, 1);
    while (page.more) {
        TRY(index_page(s->txn, buffer_bytes(&prefix), resume, FORWARD, PAGE, s->arena, &page));
        for (size_t i = 0; i < page.count; i++) {
            bool ours = true;

            resume = page.entries[i];
            if (parent.id == 0)
                TRY(is_ours(s, &page.keys[i], &ours));
            if (ours)
                TRY(add_place(s, &page.keys[i], level));
        }
    }
    return ERR_OK;
}

static enum err places(struct search_of_scope *s, struct reference location)
{
    s->out->places = arena_array(s->arena, STOCKTAKE_PLACES, sizeof *s->out->places);
    if (location.id == 0)
        return add_below(s, location, 0);
    return add_place(s, &(struct record_key){ .id = location.id }, 0);
}

enum err location_within(struct txn *txn, uint64_t location, uint64_t above, bool *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    *out = location == above;
    for (int level = 0; !*out && location != 0 && level < LEVELS; level++) {
        struct record_key key = { .id = location };
        struct record *record;

        TRY(record_stored(txn, &key, 0, arena, &record));
        if (record->type != &location_type)
            return ERR_OK;
        location = ((const struct location_record *)record)->parent.id;
        *out = location == above;
    }
    return ERR_OK;
}

/* ---- exhibits ---- */

static enum err take_place(struct search_of_scope *s, uint64_t place)
{
    AUTO_BUFFER struct buffer prefix = { 0 };
    AUTO_ARENA struct arena *arena = arena_new();
    struct reference here = { .id = place };
    const void *values[] = { &here };
    struct index_page page = { .more = true };
    struct bytes resume = { 0 };

    index_prefix(&prefix, &exhibit_type, index_named(&exhibit_type, "by_location"), values, 1);
    while (page.more) {
        TRY(index_page(s->txn, buffer_bytes(&prefix), resume, FORWARD, PAGE, arena, &page));
        for (size_t i = 0; i < page.count; i++) {
            AUTO_ARENA struct arena *of_record = arena_new();
            struct record *record;

            resume = page.entries[i];
            TRY(record_stored(s->txn, &page.keys[i], 0, of_record, &record));
            TRY(take(s, (const struct exhibit_record *)record));
        }
    }
    return ERR_OK;
}

enum err stocktake_scope(struct txn *txn, struct reference location, unsigned strata,
                         struct arena *arena, struct stocktake_scope *out)
{
    struct search_of_scope s = { .txn = txn, .arena = arena, .strata = strata, .out = out };

    *out = (struct stocktake_scope){ 0 };
    TRY(places(&s, location));
    for (size_t i = 0; i < out->place_count; i++)
        TRY(take_place(&s, out->places[i]));
    return ERR_OK;
}

static bool is_among(const struct stocktake_scope *scope, uint64_t place)
{
    for (size_t i = 0; i < scope->place_count; i++)
        if (scope->places[i] == place)
            return true;
    return false;
}

static enum err take_then(struct search_of_scope *s, const struct record_key *key,
                          uint64_t size)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct exhibit_record *exhibit;
    struct record *record;
    enum err err = record_at(s->txn, key, size, arena, &record);

    if (err == ERR_MISSING)
        return ERR_OK; /* it was not there yet */
    TRY(err);
    exhibit = (const struct exhibit_record *)record;
    return is_among(s->out, exhibit->located.id) ? take(s, exhibit) : ERR_OK;
}

/* The next page of the walk, from a snapshot of its own: what it finds is of one sequence all the same. */
static enum err take_page_then(struct search_of_scope *s, struct store *store, uint64_t size,
                               struct buffer *resume, bool *more)
{
    AUTO_BUFFER struct buffer prefix = { 0 };
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct index_page page;

    TRY(store_begin(&txn, store));
    s->txn = txn;
    index_prefix(&prefix, &exhibit_type, index_named(&exhibit_type, "by_number"), NULL, 0);
    TRY(index_page(txn, buffer_bytes(&prefix), buffer_bytes(resume), FORWARD, PAGE, arena,
                   &page));
    for (size_t i = 0; i < page.count; i++)
        TRY(take_then(s, &page.keys[i], size));
    *more = page.more && page.count > 0;
    if (*more) {
        struct bytes last = page.entries[page.count - 1];

        buffer_clear(resume);
        buffer_put(resume, last.data, last.len);
    }
    return ERR_OK;
}

static enum err places_now(struct search_of_scope *s, struct store *store,
                           struct reference location)
{
    AUTO_TXN struct txn *txn = NULL;

    TRY(store_begin(&txn, store));
    s->txn = txn;
    return places(s, location);
}

enum err stocktake_scope_at(struct store *store, struct reference location, unsigned strata,
                            uint64_t size, struct arena *arena, struct stocktake_scope *out)
{
    struct search_of_scope s = { .arena = arena, .strata = strata, .out = out };
    AUTO_BUFFER struct buffer resume = { 0 };
    bool more = true;

    *out = (struct stocktake_scope){ 0 };
    TRY(places_now(&s, store, location));
    while (more)
        TRY(take_page_then(&s, store, size, &resume, &more));
    return ERR_OK;
}
