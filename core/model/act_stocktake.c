/* A stocktake from its opening to its end: what is expected is written down before the first scan, two passes count
 * independently, a supervisor who did not count signs. What follows from the result are ordinary acts of custody. */
#include "core/model/act_table.h"

#include "core/base/seams.h"
#include "core/model/elements.h"
#include "core/model/location.h"
#include "core/model/number.h"
#include "core/model/questions.h"
#include "core/model/stocktake_count.h"
#include "core/model/stocktake_list.h"
#include "core/model/stocktake_scope.h"

enum { LIST_PART = 500, SEED_BYTES = 8, COUNTERS_MOST = 40 };

static enum err attention(void)
{
    return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
}

static enum err get_stocktake(struct change *change, const struct act_call *call,
                              struct stocktake_record **out)
{
    struct record *record;

    TRY(get_subject(change, call, &record));
    *out = (struct stocktake_record *)record;
    return ERR_OK;
}

static enum err must_be(struct change *change, const struct stocktake_record *stocktake,
                        const char *state)
{
    if (text_is(stocktake->state, state))
        return ERR_OK;
    return fail(ERR_REFUSED,
                text_is(TEXT("open"), state)
                    ? N_("Stocktake %s is not being counted any more. Open another.")
                    : N_("Stocktake %s is not at this step. Its sheet says what comes next."),
                arena_string(change_arena(change), stocktake->number));
}

/* ---- opening ---- */

struct opening {
    struct change *change;
    const struct act_stocktake_open *input;
    struct stocktake_record *stocktake;
    unsigned strata;        /* wanted */
    uint64_t sizes[STRATA]; /* asked for; 0: by the rule */
    struct stocktake_scope scope;
};

static enum err read_strata(struct opening *o)
{
    const struct stratum_item *rows = o->input->strata.items;

    for (size_t i = 0; i < o->input->strata.count; i++) {
        enum stratum stratum;

        if (!stratum_parse(&stratum, rows[i].stratum) || o->strata & 1u << stratum ||
            (rows[i].size.present && rows[i].size.value < 1)) {
            finding_add(change_findings(o->change), SEVERITY_ERROR, NULL,
                        tag_act_stocktake_open_strata,
                        N_("Each stratum stands once, with a number above 0 or with none."));
            return attention();
        }
        o->strata |= 1u << stratum;
        o->sizes[stratum] = rows[i].size.present ? (uint64_t)rows[i].size.value : 0;
    }
    if (o->strata == 0)
        o->strata = (1u << STRATA) - 1;
    return ERR_OK;
}

static bool is_sample(const struct opening *o)
{
    return text_is(o->input->method, "sample");
}

/* Sizes as they will be drawn: the whole of a stratum in a full count. */
static void decide_sizes(struct opening *o)
{
    for (int i = 0; i < STRATA; i++) {
        uint64_t population = o->scope.populations[i];

        if (!is_sample(o) || o->sizes[i] > population)
            o->sizes[i] = population;
        else if (o->sizes[i] == 0)
            o->sizes[i] = sample_size(population);
    }
}

static struct text make_seed(struct opening *o)
{
    AUTO_BUFFER struct buffer hex = { 0 };
    uint8_t random[SEED_BYTES];

    if (text_present(o->input->seed))
        return o->input->seed;
    random_bytes(random, sizeof random);
    hex_encode(&hex, (struct bytes){ random, sizeof random });
    return arena_text(change_arena(o->change), buffer_as_text(&hex));
}

static struct hash_value digest_of(const struct opening *o, bool drawn_only)
{
    struct hash256 hash = sample_digest(o->scope.items, o->scope.count, drawn_only);

    return (struct hash_value){
        TEXT("sha-256"),
        { arena_copy(change_arena(o->change), hash.byte, sizeof hash.byte), sizeof hash.byte }
    };
}

/* Those that were asked for by name, else those that there are. */
static void put_strata(struct opening *o)
{
    struct stratum_item *rows = arena_array(change_arena(o->change), STRATA, sizeof *rows);
    size_t count = 0;

    for (int i = 0; i < STRATA; i++)
        if (o->strata & 1u << i && (o->input->strata.count > 0 || o->scope.populations[i] > 0))
            rows[count++] =
                (struct stratum_item){ .stratum = text_of(stratum_code((enum stratum)i)),
                                       .size = { true, (int64_t)o->sizes[i] },
                                       .population = { true,
                                                       (int64_t)o->scope.populations[i] } };
    o->stocktake->strata = (struct list){ rows, count };
}

/* The list in parts, in the order of the places: a place is said where it changes. */
static enum err put_list(struct opening *o)
{
    struct arena *arena = change_arena(o->change);
    struct expected_item *rows = arena_array(arena, o->scope.count, sizeof *rows);
    uint64_t place = 0;
    size_t count = 0;

    for (size_t i = 0; i < o->scope.count; i++) {
        const struct drawn_item *item = &o->scope.items[i];
        bool begins = count % LIST_PART == 0 || item->place != place;

        if (!item->drawn)
            continue;
        place = item->place;
        rows[count++] = (struct expected_item){ .exhibit = { .id = item->exhibit },
                                                .located = { .id = begins ? item->place : 0 } };
    }
    o->stocktake->expected = (struct integer){ true, (int64_t)count };
    TRY(change_put(o->change, &o->stocktake->head));
    for (size_t at = 0; at < count; at += LIST_PART) {
        struct record *record;
        size_t left = count - at;

        TRY(change_event(o->change, o->stocktake->head.key.id, &stocktake_list_type, &record));
        ((struct stocktake_list_record *)record)->items =
            (struct list){ rows + at, left < LIST_PART ? left : LIST_PART };
        TRY(change_put(o->change, record));
    }
    return ERR_OK;
}

static enum err nothing_there(struct opening *o)
{
    finding_add(
        change_findings(o->change), SEVERITY_ERROR, NULL, tag_act_stocktake_open_location,
        N_("By the record no exhibit of these strata lies there, so there is nothing to "
           "count. Choose another location."));
    return attention();
}

static struct list with_counter(struct change *change, const struct stocktake_record *stocktake,
                                struct text pass)
{
    const struct counter_item *before = stocktake->counters.items;
    size_t count = stocktake->counters.count;
    struct counter_item *rows = arena_array(change_arena(change), count + 1, sizeof *rows);

    for (size_t i = 0; i < count; i++)
        rows[i] = before[i];
    rows[count] = (struct counter_item){ .officer = { .id = change_session(change)->officer },
                                         .pass = pass };
    return (struct list){ rows, count + 1 };
}

enum err build_stocktake_open(struct change *change, const struct act_call *call)
{
    struct opening o = { .change = change, .input = call->input };
    struct record *record;

    TRY(read_strata(&o));
    TRY(stocktake_scope(change_txn(change), o.input->location, o.strata, change_arena(change),
                        &o.scope));
    if (o.scope.count == 0)
        return nothing_there(&o);
    decide_sizes(&o);
    TRY(change_make(change, &stocktake_type, &record));
    o.stocktake = (struct stocktake_record *)record;
    TRY(number_serial(change, stocktake_type.letters, &o.stocktake->number));
    o.stocktake->state = TEXT("open");
    o.stocktake->method = o.input->method;
    o.stocktake->location = o.input->location;
    o.stocktake->opened = o.input->occurred;
    o.stocktake->counter = (struct reference){ .id = change_session(change)->officer };
    o.stocktake->counters = with_counter(change, o.stocktake, TEXT("first"));
    o.stocktake->remark = o.input->remark;
    o.stocktake->seed = is_sample(&o) ? make_seed(&o) : (struct text){ 0 };
    sample_draw(o.scope.items, o.scope.count, o.stocktake->seed, o.sizes);
    put_strata(&o);
    o.stocktake->population = (struct integer){ true, (int64_t)o.scope.count };
    o.stocktake->population_hash = digest_of(&o, false);
    o.stocktake->list_hash = digest_of(&o, true);
    o.stocktake->as_of = (struct integer){ true, (int64_t)txn_size(change_txn(change)) };
    return put_list(&o);
}

enum err build_stocktake_join(struct change *change, const struct act_call *call)
{
    const struct act_stocktake_join *input = call->input;
    struct stocktake_record *stocktake;

    TRY(get_stocktake(change, call, &stocktake));
    TRY(must_be(change, stocktake, "open"));
    if (stocktake_pass_of(stocktake, change_session(change)->officer) >= 0)
        return fail(ERR_REFUSED,
                    N_("You count in stocktake %s already. Whoever counts second has not seen "
                       "the first count."),
                    arena_string(change_arena(change), stocktake->number));
    if (stocktake->counters.count >= COUNTERS_MOST)
        return fail(ERR_REFUSED, N_("At most %d officers count in one stocktake."),
                    COUNTERS_MOST);
    stocktake->counters = with_counter(change, stocktake, input->pass);
    return change_put(change, &stocktake->head);
}

/* ---- the end of the count ---- */

static enum err conclude(struct change *change, const struct record_key *key,
                         struct stocktake_count **out)
{
    enum err err = stocktake_count_open(out, change_txn(change), key);

    if (err != ERR_OK)
        return err;
    err = stocktake_count_conclude(*out, change_txn(change), PASS_BOTH);
    if (err != ERR_OK)
        stocktake_count_free(*out);
    return err;
}

static struct integer number_of(size_t number)
{
    return (struct integer){ true, (int64_t)number };
}

static void put_totals(struct stocktake_record *stocktake, const struct stocktake_count *count)
{
    stocktake->found = number_of(count->totals[CLASS_FOUND]);
    stocktake->missing = number_of(count->totals[CLASS_MISSING]);
    stocktake->moved = number_of(count->totals[CLASS_MOVED]);
    stocktake->unknown = number_of(count->totals[CLASS_UNKNOWN]);
    stocktake->extra = number_of(count->totals[CLASS_EXTRA]);
    stocktake->left = number_of(count->totals[CLASS_LEFT]);
    stocktake->found_again = number_of(count->totals[CLASS_FOUND_AGAIN]);
    stocktake->uncounted = number_of(count->totals[CLASS_UNCOUNTED]);
    stocktake->twice = number_of(count->twice);
    stocktake->differing = number_of(count->differing);
    stocktake->errors = number_of(count->errors);
}

/* What was not counted is not missing; but whoever stops says why. */
static enum err finish_check(struct change *change, const struct stocktake_count *count,
                             struct text remark)
{
    if (count->damaged > 0)
        return fail(ERR_DAMAGED,
                    N_("%zu scans of this stocktake are damaged, so its result cannot be "
                       "worked out. Tell the system administrator; they can be rebuilt from "
                       "the journal."),
                    count->damaged);
    if (count->totals[CLASS_UNCOUNTED] == 0 || text_present(remark))
        return ERR_OK;
    finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_stocktake_end_remark,
                N_("%zu expected exhibits lie at places that nobody has counted yet. Count "
                   "these too, or say here why not."),
                count->totals[CLASS_UNCOUNTED]);
    return attention();
}

enum err build_stocktake_finish(struct change *change, const struct act_call *call)
{
    const struct act_stocktake_end *input = call->input;
    struct stocktake_record *stocktake;
    struct stocktake_count *count;
    enum err err;

    TRY(get_stocktake(change, call, &stocktake));
    TRY(must_be(change, stocktake, "open"));
    if (stocktake_pass_of(stocktake, change_session(change)->officer) < 0)
        return fail(ERR_REFUSED,
                    N_("Only those who count finish the count. Join stocktake %s first."),
                    arena_string(change_arena(change), stocktake->number));
    TRY(conclude(change, &stocktake->head.key, &count));
    put_totals(stocktake, count);
    err = finish_check(change, count, input->remark);
    stocktake_count_free(count);
    TRY(err);
    stocktake->state = TEXT("counted");
    stocktake->counted = input->occurred;
    stocktake->counted_remark = input->remark;
    stocktake->until = (struct integer){ true, (int64_t)txn_size(change_txn(change)) };
    return change_put(change, &stocktake->head);
}

/* ---- the supervisor ---- */

/* Nobody judges a count of his or her own. */
static enum err not_a_counter(struct change *change, const struct stocktake_record *stocktake)
{
    if (stocktake_pass_of(stocktake, change_session(change)->officer) < 0)
        return ERR_OK;
    return fail(ERR_REFUSED,
                N_("You counted in stocktake %s, so another supervisor must do this."),
                arena_string(change_arena(change), stocktake->number));
}

enum err build_stocktake_sign(struct change *change, const struct act_call *call)
{
    const struct act_stocktake_end *input = call->input;
    struct stocktake_record *stocktake;

    TRY(get_stocktake(change, call, &stocktake));
    TRY(must_be(change, stocktake, "counted"));
    TRY(not_a_counter(change, stocktake));
    stocktake->state = TEXT("signed");
    stocktake->supervisor = (struct reference){ .id = change_session(change)->officer };
    stocktake->signed_at = input->occurred;
    stocktake->signed_remark = input->remark;
    return change_put(change, &stocktake->head);
}

static void clear_totals(struct stocktake_record *stocktake)
{
    struct integer *const totals[] = {
        &stocktake->found,  &stocktake->missing,     &stocktake->moved,     &stocktake->unknown,
        &stocktake->extra,  &stocktake->left,        &stocktake->uncounted, &stocktake->twice,
        &stocktake->errors, &stocktake->found_again, &stocktake->differing, &stocktake->until,
    };

    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
        *totals[i] = (struct integer){ 0 };
}

enum err build_stocktake_recount(struct change *change, const struct act_call *call)
{
    const struct act_stocktake_reason *input = call->input;
    struct stocktake_record *stocktake;

    TRY(get_stocktake(change, call, &stocktake));
    TRY(must_be(change, stocktake, "counted"));
    TRY(not_a_counter(change, stocktake));
    clear_totals(stocktake);
    stocktake->state = TEXT("open");
    stocktake->counted = (struct moment){ 0 };
    stocktake->signed_remark = input->reason;
    change_body(change)->reason = input->reason;
    return change_put(change, &stocktake->head);
}

/* Whoever closes it with something left open says why. */
static enum err close_check(struct change *change, const struct stocktake_count *count,
                            struct text remark)
{
    if ((count->uncorrected == 0 && count->totals[CLASS_UNKNOWN] == 0) || text_present(remark))
        return ERR_OK;
    finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_stocktake_end_remark,
                N_("%zu results have no correction yet, and %zu codes are unknown. Do the "
                   "corrections from the list of results, or say here why it is closed without "
                   "them."),
                count->uncorrected, count->totals[CLASS_UNKNOWN]);
    return attention();
}

enum err build_stocktake_close(struct change *change, const struct act_call *call)
{
    const struct act_stocktake_end *input = call->input;
    struct stocktake_record *stocktake;
    struct stocktake_count *count;
    enum err err;

    TRY(get_stocktake(change, call, &stocktake));
    TRY(must_be(change, stocktake, "signed"));
    TRY(conclude(change, &stocktake->head.key, &count));
    err = close_check(change, count, input->remark);
    stocktake_count_free(count);
    TRY(err);
    stocktake->state = TEXT("closed");
    stocktake->ended = input->occurred;
    stocktake->ended_remark = input->remark;
    return change_put(change, &stocktake->head);
}

enum err build_stocktake_abandon(struct change *change, const struct act_call *call)
{
    const struct act_stocktake_reason *input = call->input;
    struct stocktake_record *stocktake;

    TRY(get_stocktake(change, call, &stocktake));
    if (!text_is(stocktake->state, "counted"))
        TRY(must_be(change, stocktake, "open"));
    stocktake->state = TEXT("abandoned");
    stocktake->ended_remark = input->reason;
    change_body(change)->reason = input->reason;
    return change_put(change, &stocktake->head);
}
