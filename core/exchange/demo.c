/* Every row of demo_cases.tsv through the acts that officers use. Nothing of a case is invented: dates, places, quantities
 * and words are the table's. What hangs on the cases is (demo_life.c). */
#include "core/exchange/demo.h"

#include "core/change/mirror.h"
#include "core/exchange/assets.h"
#include "core/exchange/demo_life.h"
#include "core/exchange/maker.h"
#include "core/exchange/source.h"
#include "core/model/case.h"
#include "core/model/elements.h"
#include "core/model/exhibit.h"
#include "core/model/note.h"
#include "core/model/operation.h"
#include "core/model/outside_reference.h"
#include "core/model/questions.h"
#include "core/model/seizure.h"

#include "core/base/seams.h"

#include <stdlib.h>
#include <string.h>

enum { OPERATIONS = 64 };

struct maker {
    struct session session; /* of the program itself */
    struct codes *codes;
    struct demo_people people;
    struct demo_report *report;
    struct table_reader reader;
    struct text *cells;
    struct arena *arena; /* of one row */
    struct {
        struct text codename;
        uint64_t id;
    } operations[OPERATIONS];
    size_t operation_count;
    struct demo_names names;
};

static struct text cell(struct maker *maker, const char *name)
{
    return table_cell(&maker->reader, maker->cells, name);
}

static enum err set(struct maker *maker, struct record *record, const char *name,
                    struct text typed)
{
    struct message why;

    if (typed.len > 0 && !value_parse(record, field_named(record->type, text_of(name)), typed,
                                      codes_lookup(maker->codes), maker->arena, &why))
        return fail_message(ERR_INVALID, &why);
    return ERR_OK;
}

static struct bitext both(struct maker *maker, const char *zh, const char *en)
{
    struct text a = cell(maker, zh), b = cell(maker, en);

    return (struct bitext){ a.len > 0 ? a : (struct text){ 0 },
                            b.len > 0 ? b : (struct text){ 0 } };
}

static enum err act(struct maker *maker, struct session *who, const char *name,
                    const void *input, struct record_key subject, struct change_result *result)
{
    struct act_call call = { .act = act_named(text_of(name)),
                             .input = input,
                             .subject = subject };

    *result = (struct change_result){ .arena = maker->arena };
    return act_run(who, &call, result);
}

/* "a;b;c" as the text form of a list. */
static struct text list_text(struct maker *maker, struct text t)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct text rest = t;

    while (text_present(rest) && t.len > 0) {
        if (out.len > 0)
            buffer_string(&out, "; ");
        buffer_text(&out, text_split(rest, ';', &rest));
    }
    return arena_text(maker->arena, buffer_as_text(&out));
}

/* The officer and the formation that such cases belong to. */
static const struct {
    const char *cap;
    size_t desk;
    const char *formation;
} offices[] = {
    { "134", 1, "CDI" }, { "455", 4, "FIB" }, { "615", 4, "MSB" },
    { "629", 4, "FIB" }, { "528", 2, "IPI" }, { "362", 2, "IPI" },
    { "109", 3, "RGI" }, { "586", 0, "SCI" }, { "60", 0, "SCI" },
};

static size_t office_of(struct text caps)
{
    struct text first = text_split(caps, ';', &(struct text){ 0 });

    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++)
        if (text_is(first, offices[i].cap))
            return i;
    return sizeof offices / sizeof *offices - 1;
}

static struct text basis_of(struct text kind)
{
    return text_is(kind, "prosecuted goods") ? TEXT("prosecuted") : kind;
}

static struct text money_of(struct maker *maker)
{
    struct text value = cell(maker, "value"), currency = cell(maker, "currency");

    if (value.len == 0)
        return value;
    return arena_printf(maker->arena, "%.*s %.*s", (int)currency.len, currency.data,
                        (int)value.len, value.data);
}

/* Which of the record's figures the source gives as "about": the fields' tags. */
static struct list approximate_of(struct maker *maker, const struct record *record)
{
    struct text rest = cell(maker, "approximate");
    struct tag_item *items = arena_array(maker->arena, 4, sizeof *items);
    size_t count = 0;

    while (text_present(rest) && count < 4) {
        struct text name = text_split(rest, ';', &rest);
        const struct field *field = name.len > 0 ? field_named(record->type, name) : NULL;

        if (field && field_present(field, record))
            items[count++].tag = (struct integer){ true, field->tag };
    }
    return (struct list){ items, count };
}

/* The commodity code and the quantity of one goods entry: "CNV.CTR=15 container", "ELE". */
struct goods {
    struct text code, quantity;
};

static size_t goods_of(struct maker *maker, struct goods *out, size_t room)
{
    struct text rest = cell(maker, "goods");
    size_t count = 0;

    while (text_present(rest) && rest.len > 0 && count < room) {
        struct text one = text_split(rest, ';', &rest);

        out[count].code = text_split(one, '=', &out[count].quantity);
        count++;
    }
    return count;
}

/* A title from what the row says: place and the first goods, or the start of the summary. */
static void title_part(struct maker *maker, struct buffer *out, bool chinese)
{
    struct goods goods[24];
    size_t count = goods_of(maker, goods, 24), named = 0;
    const struct lookup *lookup = codes_lookup(maker->codes);
    struct text place = cell(maker, chinese ? "place_zh" : "place_en");

    if (place.len > 0) {
        buffer_text(out, place);
        buffer_string(out, chinese ? "：" : ": ");
    }
    for (size_t i = 0; i < count && named < 2; i++) {
        struct bitext name;

        if (!lookup->code(lookup->context, "commodity", goods[i].code, &name) ||
            (count > 1 && text_is(goods[i].code, "CNV.CTR")))
            continue;
        if (named++ > 0)
            buffer_string(out, chinese ? "、" : ", ");
        buffer_text(out, chinese ? name.zh : name.en);
    }
    if (named == 0) {
        struct text summary = cell(maker, chinese ? "summary_zh" : "summary_en");
        struct text rest, start = summary;
        size_t end = 0;

        if (chinese)
            while (end + 3 <= summary.len && memcmp(summary.data + end, "，", 3) != 0 &&
                   memcmp(summary.data + end, "。", 3) != 0)
                end++;
        else
            end = text_split(summary, ',', &rest).len;
        start.len = end < 110 ? end : 110;
        while (start.len > 0 && !text_is_utf8(start))
            start.len--;
        buffer_text(out, start);
    }
}

static struct bitext title_of(struct maker *maker)
{
    AUTO_BUFFER struct buffer zh = { 0 }, en = { 0 };

    title_part(maker, &zh, true);
    title_part(maker, &en, false);
    return (struct bitext){ arena_text(maker->arena, buffer_as_text(&zh)),
                            arena_text(maker->arena, buffer_as_text(&en)) };
}

static struct list legs_of(struct maker *maker)
{
    struct case_leg *legs = arena_array(maker->arena, 2, sizeof *legs);
    struct bitext from = both(maker, "route_from_zh", "route_from_en"),
                  to = both(maker, "route_to_zh", "route_to_en");
    size_t count = 0;

    if (text_present(from.zh) || text_present(from.en))
        legs[count++] = (struct case_leg){ .leg_kind = TEXT("from"), .name = from };
    if (text_present(to.zh) || text_present(to.en))
        legs[count++] = (struct case_leg){ .leg_kind = TEXT("to"), .name = to };
    return (struct list){ legs, count };
}

/* What operation and case say alike. */
static enum err common_fill(struct maker *maker, struct record *record)
{
    TRY(set(maker, record, "ordinances", list_text(maker, cell(maker, "caps"))));
    TRY(set(maker, record, "modes", list_text(maker, cell(maker, "mode_codes"))));
    TRY(set(maker, record, "partners", list_text(maker, cell(maker, "partner_codes"))));
    TRY(set(maker, record, "value", money_of(maker)));
    TRY(set(maker, record, "value_basis", basis_of(cell(maker, "value_kind"))));
    TRY(set(maker, record, "arrests", cell(maker, "arrests")));
    TRY(set(maker, record, "arrests_remark", cell(maker, "arrests_note")));
    TRY(set(maker, record, "case_count", cell(maker, "case_count")));
    TRY(set(maker, record, "place", cell(maker, "place_code")));
    TRY(set(maker, record, "remark", cell(maker, "note")));
    *(struct text *)field_place(field_find(record->type, TAG_FORMATION), record) =
        text_of(offices[office_of(cell(maker, "caps"))].formation);
    *(struct list *)field_place(field_find(record->type, TAG_APPROXIMATE), record) =
        approximate_of(maker, record);
    return ERR_OK;
}

/* The number that the case bears in the table. */
static enum err table_number_add(struct maker *maker, struct session *desk,
                                 const struct record_key *file)
{
    struct record *record = record_new(maker->arena, &outside_reference_type);
    struct outside_reference_record *reference = (struct outside_reference_record *)record;
    struct change_result result;

    reference->about = (struct reference){ .id = file->id };
    reference->outside_number = cell(maker, "case_id");
    reference->remark = TEXT("demo_cases.tsv");
    return act(maker, desk, "outside-reference-add", record, (struct record_key){ 0 }, &result);
}

static enum err case_make(struct maker *maker, struct session *desk, uint64_t operation,
                          struct record_key *key)
{
    struct record *record =
        act_input(act_named(TEXT("case-open")), NULL, codes_lookup(maker->codes), maker->arena);
    struct case_record *file = (struct case_record *)record;
    struct change_result result;

    TRY(common_fill(maker, record));
    TRY(set(maker, record, "opened", cell(maker, "date_from")));
    TRY(set(maker, record, "discovered", cell(maker, "date_from")));
    TRY(set(maker, record, "occurred", cell(maker, "date_from")));
    TRY(set(maker, record, "occurred_until", cell(maker, "date_to")));
    file->title = title_of(maker);
    file->summary = both(maker, "summary_zh", "summary_en");
    file->result = both(maker, "outcome_zh", "outcome_en");
    file->legs = legs_of(maker);
    file->officer = (struct reference){ .id = desk->officer };
    file->supervisor = (struct reference){ .id = maker->people.lead.officer };
    file->operation = (struct reference){ .id = operation };
    TRY(act(maker, desk, "case-open", record, (struct record_key){ 0 }, &result));
    *key = result.keys[0];
    maker->report->cases++;
    TRY(demo_name_add(&maker->names, maker->session.store, cell(maker, "case_id"), key));
    return table_number_add(maker, desk, key);
}

static enum err seizure_make(struct maker *maker, struct session *desk,
                             const struct record_key *file, struct record_key *key)
{
    struct record *record = record_new(maker->arena, &seizure_type);
    struct seizure_record *seizure = (struct seizure_record *)record;
    struct change_result result;

    seizure->of_case = (struct reference){ .id = file->id };
    seizure->officer = (struct reference){ .id = desk->officer };
    seizure->seizure_kind = TEXT("seized");
    seizure->legs = legs_of(maker);
    TRY(set(maker, record, "occurred", cell(maker, "date_from")));
    TRY(set(maker, record, "place", cell(maker, "place_code")));
    TRY(set(maker, record, "modes", list_text(maker, cell(maker, "mode_codes"))));
    TRY(act(maker, desk, "seizure-record", record, (struct record_key){ 0 }, &result));
    *key = result.keys[0];
    maker->report->seizures++;
    return demo_name_add(&maker->names, maker->session.store,
                         arena_printf(maker->arena, "%.*s.S", (int)cell(maker, "case_id").len,
                                      cell(maker, "case_id").data),
                         key);
}

static enum err exhibit_make(struct maker *maker, struct session *desk,
                             const struct record_key *seizure, const struct goods *goods,
                             size_t number, struct record_key *key)
{
    struct record *record = record_new(maker->arena, &exhibit_type);
    struct exhibit_record *exhibit = (struct exhibit_record *)record;
    struct change_result result;

    exhibit->seizure = (struct reference){ .id = seizure->id };
    exhibit->commodity = goods->code;
    exhibit->suspected = FLAG_YES;
    exhibit->counted = text_present(goods->quantity) ? TEXT("stated") : (struct text){ 0 };
    TRY(set(maker, record, "quantity", goods->quantity));
    exhibit->approximate = approximate_of(maker, record);
    TRY(act(maker, desk, "exhibit-add", record, (struct record_key){ 0 }, &result));
    *key = result.keys[0];
    maker->report->exhibits++;
    return demo_name_add(&maker->names, maker->session.store,
                         arena_printf(maker->arena, "%.*s.E%zu",
                                      (int)cell(maker, "case_id").len,
                                      cell(maker, "case_id").data, number),
                         key);
}

static struct moment this_moment(void)
{
    return moment_of_ms(now_ms(), OFFSET_HONG_KONG);
}

static struct list one_exhibit(struct maker *maker, const struct record_key *key)
{
    struct exhibit_item *item = arena_alloc(maker->arena, sizeof *item);

    item->exhibit = (struct reference){ .id = key->id };
    return (struct list){ item, 1 };
}

/* Where the record of a place or formation code is; id 0: there is none. */
static struct reference code_reference(struct maker *maker, const char *table, struct text code)
{
    struct code_entry *entries;

    if (code.len == 0 ||
        codes_match(maker->codes, table, NULL, code, 1, maker->arena, &entries) == 0 ||
        !text_equal(entries[0].code, code))
        return (struct reference){ 0 };
    return (struct reference){ .id = entries[0].id };
}

/* Vehicles, vessels and containers stay where they are or in the compounds; live animals go to the department that keeps them. */
static enum err keep_in_place(struct maker *maker, struct session *desk,
                              const struct record_key *key, const struct goods *goods,
                              const struct commodity_rules *rules)
{
    struct change_result result;
    struct text stand =
        text_starts(goods->code, TEXT("CNV.V")) || text_starts(goods->code, TEXT("CNV.LGV"))
            ? TEXT("SV")
            : TEXT("SX");

    if (text_is(rules->hazard, "live")) {
        struct act_entrust input = {
            .exhibits = one_exhibit(maker, key),
            .body = code_reference(maker, "formation", TEXT("XAF")),
            .located = code_reference(maker, "place", TEXT("SL")),
            .purpose = TEXT("store"),
            .outside_person = TEXT("示範接收人員 Demo receiving officer"),
            .outside_receipt = TEXT("DEMO-AFCD"),
            .occurred = this_moment(),
        };

        maker->report->handovers++;
        return act(maker, desk, "exhibit-entrust", &input, (struct record_key){ 0 }, &result);
    }
    if (cell(maker, "place_code").len > 0)
        stand = cell(maker, "place_code");
    struct act_keep_in_place input = {
        .exhibits = one_exhibit(maker, key),
        .located = code_reference(maker, "place", stand),
        .holder = { .id = desk->officer },
        .occurred = this_moment(),
        .condition = TEXT("外觀完好 No visible damage"),
        .reading = TEXT("示範 Demo 45,210"),
        .keys = TEXT("1"),
        .remark = TEXT("示範資料 Demonstration"),
    };

    return act(maker, desk, "exhibit-keep-in-place", &input, (struct record_key){ 0 }, &result);
}

/* The shelf for a hazard class. */
static struct text shelf_for(struct text hazard, size_t turn)
{
    static const char *const general[] = { "KC-R1-01", "KC-R1-02", "KC-R1-03" };
    static const struct {
        const char *hazard, *shelf;
    } shelves[] = {
        { "drug", "KC-R2-01" },      { "cash", "KC-R3-01" },       { "high-value", "KC-R3-01" },
        { "hazardous", "KC-R4-01" }, { "fuel", "KC-R4-01" },       { "explosive", "KC-R4-01" },
        { "firearm", "KC-R5-01" },   { "perishable", "KC-R6-01" },
    };

    for (size_t i = 0; i < sizeof shelves / sizeof *shelves; i++)
        if (text_is(hazard, shelves[i].hazard))
            return text_of(shelves[i].shelf);
    return text_of(general[turn % 3]);
}

static struct reference reference_typed(struct maker *maker, const char *type,
                                        struct text number)
{
    const struct lookup *lookup = codes_lookup(maker->codes);
    struct field field = { .targets = type };
    struct reference out = { 0 };

    lookup->reference_typed(lookup->context, &field, number, &out);
    return out;
}

/* Sealed by the finder, handed to the clerk with both confirming, shelved by two clerks. */
static enum err store_exhibit(struct maker *maker, struct session *desk,
                              const struct record_key *key, const struct commodity_rules *rules)
{
    struct session *clerk = &maker->people.clerk[0], *second = &maker->people.clerk[1];
    size_t k = (size_t)(desk - maker->people.desk), used = maker->report->exhibits;
    struct act_seal_exhibit seal = { .occurred = this_moment() };
    struct act_hand_over over = { .exhibits = one_exhibit(maker, key),
                                  .receiver = { .id = clerk->officer },
                                  .purpose = TEXT("store") };
    struct act_shelve shelve = { .exhibits = over.exhibits,
                                 .location = reference_typed(maker, "location",
                                                             shelf_for(rules->hazard, used)) };
    struct change_result result;
    static const size_t from = 48001;

    seal.seal =
        arena_printf(maker->arena, "%07zu", from + 100 * k + maker->people.seals_used[k]++);
    TRY(act(maker, desk, "exhibit-seal", &seal, *key, &result));
    desk->other = clerk->signer;
    over.occurred = this_moment();
    TRY(act(maker, desk, "exhibit-hand-over", &over, (struct record_key){ 0 }, &result));
    clerk->other = second->signer;
    shelve.occurred = this_moment();
    TRY(act(maker, clerk, "exhibit-shelve", &shelve, (struct record_key){ 0 }, &result));
    maker->report->handovers += 2;
    return ERR_OK;
}

static enum err goods_make(struct maker *maker, struct session *desk,
                           const struct record_key *file)
{
    struct goods goods[24];
    size_t count = goods_of(maker, goods, 24);
    struct record_key seizure, exhibit;

    if (count == 0)
        return ERR_OK;
    TRY(seizure_make(maker, desk, file, &seizure));
    for (size_t i = 0; i < count; i++) {
        struct commodity_rules rules;

        TRY(exhibit_make(maker, desk, &seizure, &goods[i], i + 1, &exhibit));
        codes_commodity(maker->codes, goods[i].code, &rules);
        TRY(rules.kept_in_place ? keep_in_place(maker, desk, &exhibit, &goods[i], &rules)
                                : store_exhibit(maker, desk, &exhibit, &rules));
    }
    return ERR_OK;
}

static uint64_t operation_named(const struct maker *maker, struct text codename)
{
    for (size_t i = 0; codename.len > 0 && i < maker->operation_count; i++)
        if (text_equal(maker->operations[i].codename, codename))
            return maker->operations[i].id;
    return 0;
}

static enum err operation_make(struct maker *maker, struct session *desk,
                               struct record_key *key)
{
    struct record *record = record_new(maker->arena, &operation_type);
    struct operation_record *operation = (struct operation_record *)record;
    struct change_result result;

    TRY(common_fill(maker, record));
    TRY(set(maker, record, "from", cell(maker, "date_from")));
    TRY(set(maker, record, "until", cell(maker, "date_to")));
    operation->codename = both(maker, "codename_zh", "codename_en");
    operation->operation_kind =
        text_is(cell(maker, "kind"), "joint") ? TEXT("joint") : TEXT("own");
    operation->state = TEXT("ended");
    operation->results = both(maker, "summary_zh", "summary_en");
    operation->goods_stated = both(maker, "goods_zh", "goods_en");
    operation->source_number = cell(maker, "case_id");
    operation->lead_officer = (struct reference){ .id = desk->officer };
    TRY(act(maker, desk, "operation-open", record, (struct record_key){ 0 }, &result));
    *key = result.keys[0];
    maker->report->operations++;
    if (maker->operation_count < OPERATIONS) {
        maker->operations[maker->operation_count].codename = cell(maker, "codename_zh");
        maker->operations[maker->operation_count++].id = key->id;
    }
    return ERR_OK;
}

/* A yearly total, an example from abroad, a process: a note on the formation concerned, never a case. */
static enum err note_make(struct maker *maker, struct session *desk)
{
    struct record *record = record_new(maker->arena, &note_type);
    struct note_record *note = (struct note_record *)record;
    AUTO_BUFFER struct buffer zh = { 0 }, en = { 0 };
    struct change_result result;
    const char *formation = offices[office_of(cell(maker, "caps"))].formation;
    struct record_key owner = { .id =
                                    code_reference(maker, "formation", text_of(formation)).id };

    TRY(set(maker, record, "occurred", cell(maker, "date_from")));
    note->note_kind = TEXT("source");
    buffer_text(&zh, cell(maker, "summary_zh"));
    buffer_text(&en, cell(maker, "summary_en"));
    if (cell(maker, "goods_zh").len > 0) {
        buffer_printf(&zh, "\n%.*s", (int)cell(maker, "goods_zh").len,
                      cell(maker, "goods_zh").data);
        buffer_printf(&en, "\n%.*s", (int)cell(maker, "goods_en").len,
                      cell(maker, "goods_en").data);
    }
    note->text = (struct bitext){ arena_text(maker->arena, buffer_as_text(&zh)),
                                  arena_text(maker->arena, buffer_as_text(&en)) };
    note->remark =
        arena_printf(maker->arena, "%.*s; cases %.*s; value %.*s %.*s; arrests %.*s",
                     (int)cell(maker, "case_id").len, cell(maker, "case_id").data,
                     (int)cell(maker, "case_count").len, cell(maker, "case_count").data,
                     (int)cell(maker, "currency").len, cell(maker, "currency").data,
                     (int)cell(maker, "value").len, cell(maker, "value").data,
                     (int)cell(maker, "arrests").len, cell(maker, "arrests").data);
    TRY(act(maker, desk, "note-add", record, owner, &result));
    maker->report->notes++;
    return ERR_OK;
}

static enum err row_make(struct maker *maker)
{
    struct text kind = cell(maker, "kind");
    struct session *desk = &maker->people.desk[offices[office_of(cell(maker, "caps"))].desk];
    struct record_key key;

    if (text_is(kind, "case")) {
        TRY(case_make(maker, desk, operation_named(maker, cell(maker, "codename_zh")), &key));
        return goods_make(maker, desk, &key);
    }
    if (text_is(kind, "operation") || text_is(kind, "joint")) {
        TRY(operation_make(maker, desk, &key));
        return case_make(maker, desk, key.id, &key);
    }
    return note_make(maker, desk);
}

static enum err rows_make(struct maker *maker)
{
    const struct asset *asset = asset_find("demo_cases");
    AUTO_ARENA struct arena *whole = arena_new();
    bool more = true;

    TRY(table_open(&maker->reader,
                   (struct text){ (const char *)asset->data.data, asset->data.len }, '\t',
                   whole));
    while (more) {
        AUTO_ARENA struct arena *arena = arena_new();

        maker->arena = arena;
        TRY(table_next(&maker->reader, &maker->cells, &more));
        if (more)
            TRY(row_make(maker));
    }
    return ERR_OK;
}

/* What stands in the store in the end, with what people split and handed over besides. */
static enum err count_report(struct maker *maker, struct store *store)
{
    AUTO_TXN struct txn *txn = NULL;
    int64_t exhibits, handovers;

    TRY(store_begin(&txn, store));
    TRY(count_get(txn, &exhibit_type, "all", NULL, 0, &exhibits));
    TRY(count_get(txn, &handover_type, "all", NULL, 0, &handovers));
    maker->report->exhibits = (size_t)exhibits;
    maker->report->handovers = (size_t)handovers;
    maker->report->entries = txn_size(txn);
    return ERR_OK;
}

static enum err fill(struct maker *maker, struct store *store)
{
    AUTO_ARENA struct arena *names = arena_new();

    TRY(codes_refresh(maker->codes));
    maker->session.lookup = codes_lookup(maker->codes);
    TRY(demo_people_make(&maker->session, maker->codes, &maker->people, maker->report));
    maker->names.arena = names;
    TRY(rows_make(maker));
    TRY(demo_life_make(store, maker->codes, &maker->people, &maker->names, maker->report));
    TRY(mirror_catch_up(store));
    return count_report(maker, store);
}

enum err demo_make(const char *folder, struct demo_report *report)
{
    struct maker *maker = memory_new(sizeof *maker);
    struct store *store;
    enum err err;

    *report = (struct demo_report){ 0 };
    maker->report = report;
    err = maker_begin(&store, &maker->session, folder, TEXT("demo.tidewaiter.example/cases"), 0,
                      true, &report->codes);
    if (err == ERR_OK) {
        maker->codes = codes_new(store);
        err = fill(maker, store);
        demo_people_leave(&maker->people);
        codes_free(maker->codes);
        if (err == ERR_OK)
            err = store_finish(store);
        if (err == ERR_OK)
            store_close(store);
        else
            store_abandon(store);
    }
    free(maker);
    return err;
}
