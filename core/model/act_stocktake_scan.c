/* One scan of a stocktake: a shelf begun, an exhibit, or a code that nothing bears. Each is one small record of its own beside
 * the stocktake, so that many scans, and many counters at once, meet nowhere. */
#include "core/model/custody.h"

#include "core/model/location.h"
#include "core/model/questions.h"
#include "core/model/stocktake_count.h"
#include "core/model/stocktake_line.h"
#include "core/model/stocktake_scope.h"

enum { PAGE = 64 };

struct scanning {
    struct change *change;
    const struct stocktake_record *stocktake;
    int pass;
};

static enum err begin(struct change *change, const struct act_call *call, struct scanning *out)
{
    struct record *record;

    TRY(get_subject(change, call, &record));
    *out = (struct scanning){ .change = change,
                              .stocktake = (const struct stocktake_record *)record };
    out->pass = stocktake_pass_of(out->stocktake, change_session(change)->officer);
    if (!text_is(out->stocktake->state, "open"))
        return fail(ERR_REFUSED,
                    N_("Stocktake %s is not being counted any more. Open another."),
                    arena_string(change_arena(change), out->stocktake->number));
    if (out->pass < 0)
        return fail(ERR_REFUSED,
                    N_("You do not count in stocktake %s yet. Join it first, to count beside "
                       "the first counter or for the second time."),
                    arena_string(change_arena(change), out->stocktake->number));
    return ERR_OK;
}

static struct text pass_code(int pass)
{
    return pass == 0 ? TEXT("first") : TEXT("second");
}

static enum err new_line(struct scanning *s, struct stocktake_line_record **out)
{
    struct record *record;

    TRY(change_event(s->change, s->stocktake->head.key.id, &stocktake_line_type, &record));
    *out = (struct stocktake_line_record *)record;
    (*out)->officer = (struct reference){ .id = change_session(s->change)->officer };
    (*out)->pass = pass_code(s->pass);
    return ERR_OK;
}

/* ---- what was scanned before ---- */

static enum err line_at(struct scanning *s, uint32_t n, struct stocktake_line_record **out)
{
    struct record_key key = { s->stocktake->head.key.id, stocktake_line_type.family, n };
    struct record *record;

    TRY(change_get(s->change, &key, &record));
    *out = (struct stocktake_line_record *)record;
    return ERR_OK;
}

/* The scans of this pass that name the same item and stand, by the index: the newest. 0: none. */
static enum err standing_line(struct scanning *s, struct reference exhibit, struct text code,
                              uint32_t *out)
{
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct arena *arena = change_arena(s->change);
    const void *values[] = { text_present(code) ? &code : NULL,
                             exhibit.id != 0 ? &exhibit : NULL };
    struct index_page page = { .more = true };
    struct bytes resume = { 0 };
    uint32_t *stands = NULL;
    size_t count = 0, room = 0;

    index_prefix(&prefix, &stocktake_line_type, index_named(&stocktake_line_type, "by_item"),
                 values, 2);
    while (page.more) {
        TRY(index_page(change_txn(s->change), buffer_bytes(&prefix), resume, FORWARD, PAGE,
                       arena, &page));
        if (count + page.count > room) {
            uint32_t *grown = arena_array(arena, room + 4 * PAGE, sizeof *grown);

            for (size_t i = 0; i < count; i++)
                grown[i] = stands[i];
            stands = grown;
            room += 4 * PAGE;
        }
        for (size_t i = 0; i < page.count; i++) {
            struct stocktake_line_record *line;

            resume = page.entries[i];
            if (page.keys[i].id != s->stocktake->head.key.id)
                continue;
            TRY(line_at(s, page.keys[i].n, &line));
            if (!text_equal(line->pass, pass_code(s->pass)) || !text_equal(line->code, code))
                continue;
            if (line->takes_back.present) {
                for (size_t k = 0; k < count; k++)
                    if (stands[k] == (uint32_t)line->takes_back.value)
                        stands[k] = 0;
            } else {
                stands[count++] = page.keys[i].n;
            }
        }
    }
    *out = 0;
    for (size_t i = 0; i < count; i++)
        *out = stands[i] != 0 ? stands[i] : *out;
    return ERR_OK;
}

/* ---- a scan ---- */

static enum err place_check(struct scanning *s, struct reference location)
{
    struct record_key key = key_of_reference(location);
    struct record *record;
    bool inside = true;
    enum err err = change_get(s->change, &key, &record);

    if (err == ERR_MISSING || (err == ERR_OK && record->type != &location_type))
        return fail(ERR_MISSING,
                    N_("There is no such store location. Check the code on the label."));
    TRY(err);
    if (s->stocktake->location.id != 0)
        TRY(location_within(change_txn(s->change), location.id, s->stocktake->location.id,
                            &inside));
    if (!inside)
        return fail(ERR_REFUSED,
                    N_("%s is not part of what stocktake %s counts. Scan a shelf that is."),
                    arena_string(change_arena(s->change),
                                 ((const struct location_record *)record)->number),
                    arena_string(change_arena(s->change), s->stocktake->number));
    return ERR_OK;
}

/* What the record says at this moment decides: what came here since the opening by an ordinary step is in its place. */
static enum err compare(struct scanning *s, const struct exhibit_record *exhibit,
                        struct stocktake_line_record *line)
{
    bool here = false;

    line->recorded = exhibit->located;
    if (exhibit->voided == FLAG_YES) {
        line->result = TEXT("unknown");
        return ERR_OK;
    }
    if (text_is(exhibit->state, "E16")) {
        line->result = TEXT("found_again");
        return ERR_OK;
    }
    if (exhibit->located.id != 0 && id_kind(exhibit->located.id) == location_type.number)
        TRY(location_within(change_txn(s->change), exhibit->located.id, line->found.id, &here));
    line->result = here ? TEXT("found") : TEXT("moved");
    return ERR_OK;
}

enum err build_stocktake_scan(struct change *change, const struct act_call *call)
{
    const struct act_stocktake_scan *input = call->input;
    struct text code = input->exhibit.id != 0 ? (struct text){ 0 } : input->code;
    struct stocktake_line_record *line;
    struct exhibit_record *exhibit;
    struct scanning s;
    uint32_t before = 0;

    TRY(begin(change, call, &s));
    TRY(place_check(&s, input->location));
    TRY(new_line(&s, &line));
    line->found = input->location;
    line->occurred = input->occurred;
    line->exhibit = input->exhibit;
    line->code = code;
    if (input->exhibit.id != 0) {
        TRY(custody_exhibit(change, input->exhibit, &exhibit));
        TRY(compare(&s, exhibit, line));
    } else {
        line->result = text_present(code) ? TEXT("unknown") : TEXT("place");
    }
    if (input->exhibit.id != 0 || text_present(code))
        TRY(standing_line(&s, input->exhibit, code, &before));
    line->again = before != 0 ? FLAG_YES : FLAG_ABSENT;
    return change_put(change, &line->head);
}

/* ---- taking back ---- */

/* The officer's newest scan that is not itself a taking back, among the last ones. */
static enum err own_last(struct scanning *s, uint32_t *out)
{
    struct family_page page;
    uint64_t officer = change_session(s->change)->officer;
    uint64_t taken[PAGE];
    size_t count = 0;

    *out = 0;
    TRY(family_page(change_txn(s->change), s->stocktake->head.key.id,
                    stocktake_line_type.family, 0, BACKWARD, PAGE, change_arena(s->change),
                    &page));
    for (size_t i = 0; i < page.count && *out == 0; i++) {
        const struct stocktake_line_record *line =
            (const struct stocktake_line_record *)page.records[i];
        bool gone =
            page.damaged[i] || line->officer.id != officer || text_is(line->result, "place");

        if (!gone && line->takes_back.present) {
            taken[count++] = (uint64_t)line->takes_back.value;
            continue;
        }
        for (size_t k = 0; k < count; k++)
            gone = gone || taken[k] == page.records[i]->key.n;
        if (!gone)
            *out = page.records[i]->key.n;
    }
    return ERR_OK;
}

static enum err nothing_to_take_back(void)
{
    return fail(ERR_REFUSED,
                N_("There is no scan of yours to take back. A shelf that was begun stays."));
}

enum err build_stocktake_take_back(struct change *change, const struct act_call *call)
{
    const struct act_stocktake_take_back *input = call->input;
    struct stocktake_line_record *line, *scanned;
    struct scanning s;
    uint32_t n = input->line.present && input->line.value > 0 ? (uint32_t)input->line.value : 0,
             stands;

    TRY(begin(change, call, &s));
    if (!input->line.present)
        TRY(own_last(&s, &n));
    if (n == 0 || line_at(&s, n, &scanned) != ERR_OK ||
        scanned->officer.id != change_session(change)->officer || scanned->takes_back.present ||
        text_is(scanned->result, "place"))
        return nothing_to_take_back();
    TRY(standing_line(&s, scanned->exhibit, scanned->code, &stands));
    if (stands != n)
        return fail(ERR_REFUSED,
                    N_("Scan %u was taken back already, or a later one of the same "
                       "item stands. Take that one back first."),
                    n);
    TRY(new_line(&s, &line));
    line->result = TEXT("taken_back");
    line->exhibit = scanned->exhibit;
    line->code = scanned->code;
    line->found = scanned->found;
    line->occurred = input->occurred;
    line->takes_back = (struct integer){ true, n };
    return change_put(change, &line->head);
}
