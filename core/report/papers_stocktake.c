/* The report of a stocktake: how its list came about so that anybody derives it again, what it came to, and who says so. While
 * it is counted it is the list alone, for whoever counts second must not read the first result anywhere. */
#include "core/report/papers_parts.h"

#include "core/model/elements.h"
#include "core/model/stocktake_count.h"

static struct text number_of(const struct paper_call *call, uint64_t id)
{
    AUTO_BUFFER struct buffer number = { 0 };

    if (id == 0 ||
        !call->lookup->number(call->lookup->context, (struct reference){ .id = id }, &number))
        return TEXT("");
    return arena_text(call->arena, buffer_as_text(&number));
}

static struct text count_text(const struct paper_call *call, int64_t count)
{
    return arena_printf(call->arena, "%lld", (long long)count);
}

static void say(struct paper *paper, const struct paper_call *call,
                const struct message *message)
{
    paper_paragraph(paper, sentence(call->arena, message, paper_language(paper)));
}

/* ---- how the list came about ---- */

static void strata(struct paper *paper, const struct paper_call *call,
                   const struct stocktake_record *stocktake)
{
    static const struct label heads[] = {
        L("Stratum", "分層"),
        L("In scope", "範圍內"),
        L("To be counted", "盤點件數"),
        { NULL, NULL },
    };
    const struct stratum_item *rows = stocktake->strata.items;
    const struct field *field = &stratum_item_type.fields[0];

    paper_heading(paper, &(const struct label)L("Strata", "分層"));
    paper_table(paper, heads);
    for (size_t i = 0; i < stocktake->strata.count; i++) {
        const struct text cells[PAPER_COLUMNS] = {
            value_show(call->arena, field, &rows[i].stratum, call->lookup,
                       paper_language(paper)),
            count_text(call, rows[i].population.value),
            count_text(call, rows[i].size.value),
        };

        paper_row(paper, cells);
    }
}

static void how_derived(struct paper *paper, const struct paper_call *call,
                        const struct stocktake_record *stocktake)
{
    char *number = arena_string(call->arena, stocktake->number);
    struct message message;

    paper_heading(paper, &(const struct label)L("To derive the list again", "重新推算清單"));
    if (text_is(stocktake->method, "sample")) {
        message_set(
            &message,
            N_("Size: n = 1067.1 / (1 + 1066.1 / N), rounded up, with N the exhibits of "
               "the stratum (95%% certainty within 3%%), unless another was set. Drawing: "
               "of each exhibit in scope the SHA-256 of seed, one space and exhibit "
               "number is taken; in each stratum those with the smallest are drawn. "
               "With any tool: printf '%%s %%s' SEED NUMBER | sha256sum."));
        say(paper, call, &message);
    }
    message_set(&message,
                N_("Digests: SHA-256 of the exhibit numbers in byte order, each followed by a "
                   "line feed. Scope: what by the journal lay there when it had %lld entries. "
                   "The program derives it again: tidewaiter stocktake-sample %s."),
                (long long)stocktake->as_of.value, number);
    say(paper, call, &message);
}

/* ---- what it came to ---- */

static void totals(struct paper *paper, const struct paper_call *call,
                   const struct stocktake_record *stocktake,
                   const struct stocktake_count *count)
{
    int64_t rate = stocktake_error_rate(stocktake);
    struct message message;

    paper_heading(paper, &(const struct label)L("Result", "結果"));
    paper_pair(paper, &(const struct label)L("Expected", "應有"),
               count_text(call, stocktake->expected.value));
    for (int class = CLASSES - 1; class >= 0; class --)
        paper_pair(paper, &stocktake_classes[class],
                   count_text(call, (int64_t)count->totals[class]));
    paper_pair(paper, &(const struct label)L("Scanned twice", "重複掃描"),
               count_text(call, (int64_t)count->twice));
    paper_pair(paper, &(const struct label)L("Counters differ", "兩次結果不同"),
               count_text(call, (int64_t)count->differing));
    message_set(&message,
                rate > STOCKTAKE_ERRORS_MOST
                    ? N_("Of what was on the list and counted, %lld are errors (missing, or "
                         "elsewhere): %lld.%lld%%. This is above 4%%: all high-risk goods are "
                         "to be counted.")
                    : N_("Of what was on the list and counted, %lld are errors (missing, or "
                         "elsewhere): %lld.%lld%%. The limit is 4%%."),
                (long long)stocktake->errors.value, (long long)rate / 10, (long long)rate % 10);
    say(paper, call, &message);
}

static const struct stocktake_seen *seen_of(const struct stocktake_item *item)
{
    return item->seen[0].line != 0   ? &item->seen[0]
           : item->seen[1].line != 0 ? &item->seen[1]
                                     : NULL;
}

static const struct label exception_heads[] = {
    L("Exhibit or code", "證物或條碼"),
    L("Result", "結果"),
    L("By the record", "紀錄位置"),
    L("Found at", "所見位置"),
    L("Counts", "兩次點算"),
    L("Corrected", "更正"),
    { NULL, NULL },
};

static void put_item(struct paper *paper, const struct paper_call *call,
                     const struct stocktake_item *item)
{
    static const struct label yes = L("yes", "已更正");
    const struct stocktake_seen *seen = seen_of(item);
    uint64_t recorded = item->expected != 0 ? item->expected : seen ? seen->recorded : 0;
    const struct text cells[PAPER_COLUMNS] = {
        item->exhibit != 0 ? number_of(call, item->exhibit) : item->code,
        label_text(call->arena, &stocktake_classes[item->class], paper_language(paper)),
        number_of(call, recorded),
        number_of(call, seen ? seen->found : 0),
        arena_printf(call->arena, "%s %s", item->seen[0].line != 0 ? "1" : "-",
                     item->seen[1].line != 0 ? "2" : "-"),
        item->corrected ? label_text(call->arena, &yes, paper_language(paper)) : TEXT(""),
    };

    paper_row(paper, cells);
}

/* Of a full count what is not simply in its place; of a sample all that was drawn, too. */
static void items(struct paper *paper, const struct paper_call *call,
                  const struct stocktake_record *stocktake, const struct stocktake_count *count)
{
    bool all = text_is(stocktake->method, "sample");

    paper_heading(paper,
                  all ? &(const struct label)L("Sample and all else found", "樣本及其他所見")
                      : &(const struct label)L("All but what is in place", "相符以外各項"));
    paper_table(paper, exception_heads);
    for (size_t i = 0; i < count->count; i++) {
        const struct stocktake_item *item = &count->items[i];

        if (item->class != CLASSES &&
            (item->class != CLASS_FOUND || item->differs || (all && item->expected != 0)))
            put_item(paper, call, item);
    }
}

/* Before the count: what is to be counted, and where. */
static void list(struct paper *paper, const struct paper_call *call,
                 const struct stocktake_count *count)
{
    static const struct label heads[] = {
        L("Exhibit", "證物"),
        L("Expected at", "應在位置"),
        { NULL, NULL },
    };

    paper_heading(paper, &(const struct label)L("List written down at the opening",
                                                "開始時記錄的清單"));
    paper_table(paper, heads);
    for (size_t i = 0; i < count->listed; i++) {
        const struct text cells[PAPER_COLUMNS] = {
            number_of(call, count->items[i].exhibit),
            number_of(call, count->items[i].expected),
        };

        paper_row(paper, cells);
    }
}

/* ---- the paper ---- */

static void signatures(struct paper *paper, const struct paper_call *call,
                       const struct stocktake_record *stocktake)
{
    const struct counter_item *counters = stocktake->counters.items;

    for (size_t i = 0; i < stocktake->counters.count; i++)
        paper_signature(paper,
                        text_is(counters[i].pass, "second")
                            ? &(const struct label)L("Second counter", "第二次點算人員")
                            : &(const struct label)L("First counter", "首次點算人員"),
                        paper_name_of(paper, call, counters[i].officer));
    paper_signature(paper, &(const struct label)L("Supervisor", "督導人員"),
                    paper_name_of(paper, call, stocktake->supervisor));
}

static enum err fill(struct paper *paper, const struct paper_call *call,
                     struct stocktake_count *count)
{
    static const uint16_t tags[] = {
        tag_stocktake_number,
        tag_stocktake_state,
        tag_stocktake_method,
        tag_stocktake_location,
        tag_stocktake_opened,
        tag_stocktake_counted,
        tag_stocktake_signed_at,
        tag_stocktake_ended,
        tag_stocktake_remark,
        tag_stocktake_counted_remark,
        tag_stocktake_signed_remark,
        tag_stocktake_ended_remark,
        tag_stocktake_seed,
        tag_stocktake_as_of,
        tag_stocktake_population,
        tag_stocktake_population_hash,
        tag_stocktake_expected,
        tag_stocktake_list_hash,
        0,
    };
    const struct stocktake_record *stocktake = (const struct stocktake_record *)call->record;
    bool fixed = stocktake->until.present;

    TRY(paper_bars(paper, call, stocktake->number));
    paper_pairs_of(paper, call, call->record, tags);
    strata(paper, call, stocktake);
    how_derived(paper, call, stocktake);
    if (fixed) {
        TRY(stocktake_count_conclude(count, call->txn, PASS_BOTH));
        totals(paper, call, stocktake, count);
        items(paper, call, stocktake, count);
    } else {
        list(paper, call, count);
    }
    signatures(paper, call, stocktake);
    return paper_foot(paper, call);
}

enum err paper_fill_stocktake(struct paper *paper, const struct paper_call *call)
{
    struct stocktake_count *count;
    enum err err;

    TRY(stocktake_count_open(&count, call->txn, &call->record->key));
    err = fill(paper, call, count);
    stocktake_count_free(count);
    return err;
}
