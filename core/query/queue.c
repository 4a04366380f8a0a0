#include "core/query/queue.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/case.h"
#include "core/model/status.h"
#include "core/model/types.h"

/* The codes of case_is_closed(). */
#define OVER "-state:C09,C10,C11,C12,C15,C16"
/* What has not left for good. */
#define IN_KEEPING "-state:E06,E10,E11,E17,E18,E19,E20,E24"
const char queue_open_cases[] = OVER;

const struct queue queues[] = {
#define QUEUE(part, name, type, roles, filter, order, backward, en, zh)                        \
    { name, L(en, zh), roles, QUEUE_##part, &type##_type, filter, order, backward },
#include "core/query/queue.def"
#undef QUEUE
    { .name = NULL },
};

bool queue_of_role(const struct queue *queue, struct text role)
{
    struct text rest = text_of(queue->roles);

    while (text_present(rest))
        if (text_equal(text_split(rest, ' ', &rest), role))
            return true;
    return false;
}

/* From where the queue is soonest read. */
static enum err queue_plan(struct txn *txn, const struct queue *queue,
                           const struct lookup *lookup, struct arena *arena, struct plan *out)
{
    struct query query = { .type = queue->type };
    struct filter *filter = NULL;
    struct message why;

    TRY(filter_parse(&filter, arena, queue->type, text_of(queue->filter), lookup, &why));
    query.filter = filter;
    return plan_make(out, txn, &query, NULL, PLAN_FEW, arena);
}

enum err queue_count(struct txn *txn, const struct queue *queue, const struct lookup *lookup,
                     int budget_ms, struct query_number *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct query every = { .type = queue->type };
    struct plan plan;
    int64_t all = query_count(txn, &every);

    if (*queue->filter == '\0' && all >= 0) {
        *out = (struct query_number){ (size_t)all, true };
        return ERR_OK;
    }
    TRY(queue_plan(txn, queue, lookup, arena, &plan));
    return query_count_most(txn, &plan.source, QUEUE_MOST, budget_ms, lookup, out);
}

enum { LONGEST_OF = 100, LONGEST_MS = 5 };

enum err queue_longest(struct txn *txn, const struct queue *queue, const struct lookup *lookup,
                       date today, int64_t *days)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct field *due = field_named(queue->type, TEXT("due"));
    struct query_slice slice;
    struct plan plan;

    *days = 0;
    if (!due || due->kind != KIND_DATE)
        return ERR_OK;
    TRY(queue_plan(txn, queue, lookup, arena, &plan));
    TRY(query_slice(txn, &plan.source, (struct bytes){ 0 }, LONGEST_OF, LONGEST_MS, lookup,
                    arena, &slice));
    for (size_t i = 0; i < slice.count; i++) {
        const date *on = slice.rows[i].record ? field_value(due, slice.rows[i].record) : NULL;

        if (on && *on != 0 && date_days(today) - date_days(*on) > *days)
            *days = date_days(today) - date_days(*on);
    }
    return ERR_OK;
}

/* ---- the load of officers ---- */

enum { TEAM_MOST = 100, STATES_MOST = 64 };

struct states {
    struct text codes[STATES_MOST];
    size_t count;
};

/* The states of a case that are not its end. */
static enum err open_states(struct txn *txn, struct arena *arena, struct states *out)
{
    struct text entity = TEXT("case");
    const void *values[] = { &entity };
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct index_page page;

    index_prefix(&prefix, &status_type, index_named(&status_type, "by_entity"), values, 1);
    TRY(index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, FORWARD, STATES_MOST, arena,
                   &page));
    out->count = 0;
    for (size_t i = 0; i < page.count; i++) {
        struct record *status;

        if (record_get(txn, &page.keys[i], TAG_LIST_LAST, arena, &status) == ERR_OK &&
            !case_is_closed(((struct status_record *)status)->code))
            out->codes[out->count++] = ((struct status_record *)status)->code;
    }
    return ERR_OK;
}

static enum err open_cases(struct txn *txn, struct reference officer,
                           const struct states *states, int64_t *open)
{
    *open = 0;
    for (size_t i = 0; i < states->count; i++) {
        const void *values[] = { &officer, &states->codes[i] };
        int64_t count;

        TRY(count_get(txn, &case_type, "by_officer", values, 2, &count));
        *open += count;
    }
    return ERR_OK;
}

static int most_first(const void *a, const void *b)
{
    const struct load *x = a, *y = b;

    return x->open != y->open        ? (x->open < y->open) - (x->open > y->open)
           : x->officer < y->officer ? -1
                                     : x->officer > y->officer;
}

enum err team_load(struct txn *txn, uint64_t supervisor, struct load *out, size_t room,
                   size_t *count)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct reference me = { .id = supervisor };
    const void *values[] = { &me };
    struct states states;
    struct load all[TEAM_MOST];
    struct index_page page;

    TRY(open_states(txn, arena, &states));
    index_prefix(&prefix, &officer_type, index_named(&officer_type, "by_supervisor"), values,
                 1);
    TRY(index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, FORWARD, TEAM_MOST, arena,
                   &page));
    for (size_t i = 0; i < page.count; i++) {
        all[i].officer = page.keys[i].id;
        TRY(open_cases(txn, (struct reference){ .id = page.keys[i].id }, &states,
                       &all[i].open));
    }
    if (page.count > 1)
        qsort(all, page.count, sizeof *all, most_first);
    *count = page.count < room ? page.count : room;
    if (*count > 0)
        memcpy(out, all, *count * sizeof *out);
    return ERR_OK;
}

/* ---- the age of open cases ---- */

struct aging {
    date today;
    struct age *ages;
};

/* Values: the day opened (01 and four bytes), the state (01, text, 00). */
static void take_day(struct bytes values, int64_t number, void *context)
{
    struct aging *aging = context;
    static const int most[AGES] = { 30, 90, 365, INT32_MAX };
    struct text state;
    int64_t days;
    int i = 0;

    if (values.len < 7 || values.data[0] != 1)
        return;
    state = (struct text){ (const char *)values.data + 6, values.len - 7 };
    if (case_is_closed(state))
        return;
    days = date_days(aging->today) - date_days(read_u32(values.data + 1));
    while (days > most[i])
        i++;
    aging->ages[i].open += number;
}

enum err case_ages(struct txn *txn, date today, struct age out[AGES])
{
    static const struct age none[AGES] = {
        { L("to 30 days", "30日內"), "opened:-30..", 0 },
        { L("to 90 days", "90日內"), "opened:-90..-31", 0 },
        { L("to a year", "1年內"), "opened:-365..-91", 0 },
        { L("over a year", "逾1年"), "opened:..-366", 0 },
    };
    AUTO_ARENA struct arena *arena = arena_new();
    struct aging aging = { today, out };

    memcpy(out, none, sizeof none);
    return count_each(txn, &case_type, "by_opened", arena, take_day, &aging);
}
