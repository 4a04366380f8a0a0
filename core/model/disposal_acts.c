#include "core/model/disposal_acts.h"

#include <string.h>

#include "core/base/seams.h"
#include "core/model/case.h"
#include "core/model/elements.h"
#include "core/model/formation.h"
#include "core/model/officer.h"
#include "core/model/ordinance.h"
#include "core/model/rank.h"

enum { LINES_PAGE = 64, NOT_SEIZED_DAYS = 90 /* standards d12: found property */ };

enum err disposal_at(struct change *change, const struct act_call *call, const char *states,
                     const char *otherwise, struct disposal_record **out)
{
    struct text rest = text_of(states);
    struct record *record;

    TRY(get_subject(change, call, &record));
    *out = (struct disposal_record *)record;
    while (text_present(rest))
        if (text_equal(text_split(rest, ' ', &rest), (*out)->state))
            return ERR_OK;
    return fail(ERR_REFUSED, otherwise, arena_string(change_arena(change), (*out)->number));
}

enum err disposal_route_of(struct change *change, struct text code,
                           struct disposal_route_record **out)
{
    struct record *record;

    TRY(record_by_number(change_txn(change), &disposal_route_type, code, 0,
                         change_arena(change), &record));
    *out = (struct disposal_route_record *)record;
    return ERR_OK;
}

enum err disposal_lines(struct change *change, const struct disposal_record *disposal,
                        struct disposal_line_record ***out, size_t *count)
{
    struct family_page page = { .more = true };
    uint32_t from = 1, last;

    TRY(family_last(change_txn(change), disposal->head.key.id, disposal_line_type.family,
                    &last));
    *out = arena_array(change_arena(change), (size_t)last + 1, sizeof **out);
    *count = 0;
    while (page.more && from <= last) {
        TRY(family_page(change_txn(change), disposal->head.key.id, disposal_line_type.family,
                        from, FORWARD, LINES_PAGE, change_arena(change), &page));
        for (size_t i = 0; i < page.count; i++) {
            from = page.records[i]->key.n + 1;
            if (page.damaged[i])
                return fail(ERR_DAMAGED,
                            N_("A line of disposal %s is damaged, so it cannot go on. Tell the "
                               "system administrator."),
                            arena_string(change_arena(change), disposal->number));
            (*out)[(*count)++] = (struct disposal_line_record *)page.records[i];
        }
    }
    return ERR_OK;
}

enum err disposal_line_of(struct change *change, const struct disposal_record *disposal,
                          struct reference exhibit, struct disposal_line_record **out)
{
    struct disposal_line_record **lines;
    size_t count;

    TRY(disposal_lines(change, disposal, &lines, &count));
    for (size_t i = count; i-- > 0;)
        if (lines[i]->exhibit.id == exhibit.id && !text_is(lines[i]->result, "removed")) {
            *out = lines[i];
            return ERR_OK;
        }
    return fail(ERR_MISSING, N_("This exhibit is not in disposal %s. Put it aside."),
                arena_string(change_arena(change), disposal->number));
}

/* The reasons of one exhibit among many stand below its number. */
static void name_first(struct findings *findings, size_t from,
                       const struct exhibit_record *exhibit, struct arena *arena)
{
    struct finding *head;

    if (findings->count == from)
        return;
    finding_add(findings, SEVERITY_ERROR, &exhibit->head, 0,
                N_("Exhibit %s cannot go, because:"), arena_string(arena, exhibit->number));
    head = findings->items[findings->count - 1];
    memmove(&findings->items[from + 1], &findings->items[from],
            (findings->count - 1 - from) * sizeof(struct finding *));
    findings->items[from] = head;
}

enum err disposal_ask(struct change *change, const struct exhibit_record *exhibit, bool among,
                      const struct disposal_route_record *route,
                      const struct disposal_record *disposal)
{
    struct gate_question question = { .txn = change_txn(change),
                                      .arena = change_arena(change),
                                      .exhibit = exhibit,
                                      .route = route,
                                      .disposal = disposal,
                                      .today = date_of_ms(now_ms(), OFFSET_HONG_KONG) };

    size_t from = change_findings(change)->count;

    TRY(route ? disposal_gate(&question, change_findings(change))
              : disposal_bars(&question, change_findings(change)));
    if (among)
        name_first(change_findings(change), from, exhibit, change_arena(change));
    return ERR_OK;
}

enum err disposal_stop(struct change *change)
{
    return findings_stop(change_findings(change))
               ? fail(ERR_INVALID,
                      N_("Something stands against it; each reason is named. Nothing was "
                         "saved."))
               : ERR_OK;
}

enum err disposal_leave(struct change *change, const struct exhibit_record *exhibit)
{
    TRY(disposal_ask(change, exhibit, false, NULL, NULL));
    return disposal_stop(change);
}

enum err disposal_rank_order(struct change *change, struct text rank, int64_t *order)
{
    struct record *record;

    TRY(record_by_number(change_txn(change), &rank_type, rank, 0, change_arena(change),
                         &record));
    *order = ((const struct rank_record *)record)->order.value;
    return ERR_OK;
}

static enum err officer_of(struct change *change, uint64_t id, struct officer_record **out)
{
    struct record_key key = { .id = id };
    struct record *record;

    TRY(record_stored(change_txn(change), &key, 0, change_arena(change), &record));
    *out = (struct officer_record *)record;
    return ERR_OK;
}

enum err disposal_rank(struct change *change, uint64_t officer, int64_t *order)
{
    struct officer_record *record;

    TRY(officer_of(change, officer, &record));
    if (!text_present(record->rank))
        return fail(ERR_MISSING,
                    N_("No rank is recorded for officer %s. Ask an administrator to enter it."),
                    arena_string(change_arena(change), record->number));
    return disposal_rank_order(change, record->rank, order);
}

enum err disposal_holder(struct change *change, struct reference receiver,
                         struct reference *out)
{
    struct reference self = { .id = change_session(change)->officer };
    struct officer_record *officer;
    struct record *formation;
    enum err err;

    *out = receiver.id != 0 && id_kind(receiver.id) == formation_type.number ? receiver : self;
    if (out->id != self.id || self.id == 0)
        return ERR_OK;
    TRY(officer_of(change, self.id, &officer));
    if (!text_present(officer->formation))
        return ERR_OK;
    err = record_by_number(change_txn(change), &formation_type, officer->formation,
                           TAG_LIST_LAST, change_arena(change), &formation);
    if (err == ERR_MISSING)
        return ERR_OK;
    TRY(err);
    *out = reference_of(formation);
    return ERR_OK;
}

/* The latest of what the laws of a case say. */
static enum err days_of(struct change *change, const struct case_record *file, int64_t *days)
{
    const struct ordinance_item *items = file->ordinances.items;

    *days = 0;
    for (size_t i = 0; i < file->ordinances.count; i++) {
        struct record *record;
        enum err err = record_by_number(change_txn(change), &ordinance_type, items[i].ordinance,
                                        0, change_arena(change), &record);

        if (err == ERR_MISSING)
            continue; /* the check of the case says so */
        TRY(err);
        if (((const struct ordinance_record *)record)->review_days.value > *days)
            *days = ((const struct ordinance_record *)record)->review_days.value;
    }
    return ERR_OK;
}

enum err disposal_first_review(struct change *change, struct exhibit_record *exhibit)
{
    struct record_key key = key_of_reference(exhibit->of_case);
    int64_t days = NOT_SEIZED_DAYS;
    struct record *file;

    if (!text_is(exhibit->legal_status, "L08")) {
        TRY(change_get(change, &key, &file));
        TRY(days_of(change, (const struct case_record *)file, &days));
    }
    if (days > 0 && days < INT16_MAX)
        exhibit->review = date_add_days(date_of_ms(now_ms(), OFFSET_HONG_KONG), (int)days);
    return ERR_OK;
}
