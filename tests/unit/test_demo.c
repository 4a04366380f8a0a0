/* The demo store, row by row against the table it is made from: nothing is left out, and of a case nothing is invented. */
#include "core/exchange/demo.h"

#include <dirent.h>
#include <string.h>

#include "core/change/history.h"
#include "core/change/verify.h"
#include "core/exchange/assets.h"
#include "core/exchange/source.h"
#include "core/model/attachment.h"
#include "core/model/case.h"
#include "core/model/choices.h"
#include "core/model/custody_event.h"
#include "core/model/elements.h"
#include "core/model/exhibit.h"
#include "core/model/formation.h"
#include "core/model/location.h"
#include "core/model/note.h"
#include "core/model/officer.h"
#include "core/model/operation.h"
#include "core/model/outside_reference.h"
#include "core/model/seal.h"
#include "core/model/seizure.h"
#include "core/query/query.h"
#include "tests/temporary_store.h"

enum { ROOM = 1024, ROWS = 128 };

static struct temporary_store demo;
static struct demo_report report;
static struct codes *codes;

/* The table itself. */
static struct table_reader table;
static struct text *rows[ROWS];
static size_t row_count;

struct records {
    struct record *items[ROOM];
    size_t count;
};
static struct records cases, operations, seizures, exhibits, notes, numbers;

/* ---- the table and the store ---- */

static struct text cell(size_t row, const char *name)
{
    return table_cell(&table, rows[row], name);
}

static bool row_is(size_t row, const char *kind)
{
    return text_is(cell(row, "kind"), kind);
}

static bool row_of_operation(size_t row)
{
    return row_is(row, "operation") || row_is(row, "joint");
}

static bool row_of_case(size_t row)
{
    return row_is(row, "case") || row_of_operation(row);
}

static size_t rows_of(const char *kind)
{
    size_t count = 0;

    for (size_t i = 0; i < row_count; i++)
        count += row_is(i, kind);
    return count;
}

static void read_table(const char *name, struct table_reader *reader)
{
    const struct asset *asset = asset_find(name);

    assert_non_null(asset);
    assert_int_equal(
        table_open(reader, (struct text){ (const char *)asset->data.data, asset->data.len },
                   '\t', demo.arena),
        ERR_OK);
}

static void read_rows(void)
{
    bool more = true;

    read_table("demo_cases", &table);
    while (more) {
        assert_true(row_count < ROWS);
        assert_int_equal(table_next(&table, &rows[row_count], &more), ERR_OK);
        row_count += more;
    }
}

static void read_records(const struct record_type *type, struct records *out)
{
    AUTO_TXN struct txn *txn = NULL;
    struct query query = { .type = type, .all_fields = true, .voided = true };
    struct query_slice slice;

    assert_int_equal(store_begin(&txn, demo.store), ERR_OK);
    assert_int_equal(query_slice(txn, &query, (struct bytes){ 0 }, ROOM, 0, codes_lookup(codes),
                                 demo.arena, &slice),
                     ERR_OK);
    assert_false(slice.more);
    for (size_t i = 0; i < slice.count; i++) {
        assert_false(slice.rows[i].damaged);
        out->items[out->count++] = slice.rows[i].record;
    }
}

/* Events or notes beside an owner. */
static void read_family(uint64_t owner, const struct record_type *type, struct records *out)
{
    AUTO_TXN struct txn *txn = NULL;
    struct family_page page;

    assert_int_equal(store_begin(&txn, demo.store), ERR_OK);
    assert_int_equal(family_page(txn, owner, type->family, 0, FORWARD, ROOM, demo.arena, &page),
                     ERR_OK);
    assert_false(page.more);
    for (size_t i = 0; i < page.count; i++) {
        assert_false(page.damaged[i]);
        out->items[out->count++] = page.records[i];
    }
}

/* The invented exhibits of the exhibit room bear a mark; what the table names bears none. */
static void of_the_table(struct records *all)
{
    size_t count = 0;

    for (size_t i = 0; i < all->count; i++)
        if (!text_starts(((struct exhibit_record *)all->items[i])->bag, TEXT("DEMO-")))
            all->items[count++] = all->items[i];
    all->count = count;
}

static int make(void **state)
{
    static struct records formations;

    (void)state;
    snprintf(demo.parent, sizeof demo.parent, "%s/tidewaiter-test-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(demo.parent))
        return -1;
    snprintf(demo.folder, sizeof demo.folder, "%s/store", demo.parent);
    demo.arena = arena_new();
    if (crypto_start() != ERR_OK || demo_make(demo.folder, &report) != ERR_OK)
        return -1;
    temporary_open(&demo);
    codes = codes_new(demo.store);
    if (codes_refresh(codes) != ERR_OK)
        return -1;
    read_rows();
    read_records(&case_type, &cases);
    read_records(&operation_type, &operations);
    read_records(&seizure_type, &seizures);
    read_records(&exhibit_type, &exhibits);
    of_the_table(&exhibits);
    read_records(&outside_reference_type, &numbers);
    read_records(&formation_type, &formations);
    for (size_t i = 0; i < formations.count; i++)
        read_family(formations.items[i]->key.id, &note_type, &notes);
    return 0;
}

static int unmake(void **state)
{
    (void)state;
    codes_free(codes);
    temporary_remove(&demo);
    return 0;
}

/* ---- which record a row became ---- */

/* Exactly one case has the row's number. */
static struct case_record *case_of(size_t row)
{
    struct case_record *found = NULL;

    for (size_t i = 0; i < numbers.count; i++) {
        const struct outside_reference_record *number =
            (const struct outside_reference_record *)numbers.items[i];

        for (size_t k = 0; k < cases.count; k++)
            if (text_is(number->remark, "demo_cases.tsv") &&
                text_equal(number->outside_number, cell(row, "case_id")) &&
                number->about.id == cases.items[k]->key.id) {
                assert_null(found);
                found = (struct case_record *)cases.items[k];
            }
    }
    return found;
}

static struct operation_record *operation_of(size_t row)
{
    struct operation_record *found = NULL;

    for (size_t i = 0; i < operations.count; i++) {
        struct operation_record *operation = (struct operation_record *)operations.items[i];

        if (text_equal(operation->source_number, cell(row, "case_id"))) {
            assert_null(found);
            found = operation;
        }
    }
    return found;
}

static struct note_record *note_of(size_t row)
{
    struct note_record *found = NULL;
    struct text start =
        arena_printf(demo.arena, "%s;", arena_string(demo.arena, cell(row, "case_id")));

    for (size_t i = 0; i < notes.count; i++) {
        struct note_record *note = (struct note_record *)notes.items[i];

        if (text_starts(note->remark, start)) {
            assert_null(found);
            found = note;
        }
    }
    return found;
}

/* ---- comparing ---- */

/* An empty cell is an absent value. */
static void same(size_t row, const char *column, struct text value)
{
    struct text expected = cell(row, column);

    if (expected.len == 0 ? value.len == 0 : text_equal(expected, value))
        return;
    print_error("%.*s %s: %.*s, not %.*s\n", 7, cell(row, "case_id").data, column,
                (int)value.len, value.data ? value.data : "", (int)expected.len, expected.data);
    assert_true(false);
}

static struct text printed(const struct record *record, const char *name)
{
    const struct field *field = field_named(record->type, text_of(name));

    assert_non_null(field);
    if (!field_present(field, record))
        return (struct text){ 0 };
    return value_print(demo.arena, field, field_value(field, record));
}

/* "60; 586" as the table writes it. */
static struct text without_spaces(struct text t)
{
    AUTO_BUFFER struct buffer out = { 0 };

    for (size_t i = 0; i < t.len; i++)
        if (t.data[i] != ' ')
            buffer_byte(&out, (uint8_t)t.data[i]);
    return arena_text(demo.arena, buffer_as_text(&out));
}

static bool is_approximate(const struct list *list, uint16_t tag)
{
    const struct tag_item *items = list->items;

    for (size_t i = 0; i < list->count; i++)
        if (items[i].tag.value == tag)
            return true;
    return false;
}

static bool stated_as_about(size_t row, const char *figure)
{
    struct text rest = cell(row, "approximate");

    while (text_present(rest))
        if (text_is(text_split(rest, ';', &rest), figure))
            return true;
    return false;
}

/* What cases and operations say alike. */
static void figures_are_as_stated(size_t row, const struct record *record)
{
    struct text value = printed(record, "value");
    const struct field *money = field_named(record->type, TEXT("value"));
    const struct list *about = field_value(field_find(record->type, TAG_APPROXIMATE), record);

    if (value.len > 0 && !text_is(cell(row, "currency"), "HKD")) {
        struct text number;

        assert_true(text_equal(text_split(value, ' ', &number), cell(row, "currency")));
        same(row, "value", text_split(number, '.', &(struct text){ 0 }));
    } else {
        same(row, "value", value);
    }
    same(row, "arrests", printed(record, "arrests"));
    same(row, "arrests_note", printed(record, "arrests_remark"));
    same(row, "case_count", printed(record, "case_count"));
    same(row, "place_code", printed(record, "place"));
    same(row, "note", printed(record, "remark"));
    same(row, "caps", without_spaces(printed(record, "ordinances")));
    same(row, "mode_codes", without_spaces(printed(record, "modes")));
    same(row, "partner_codes", without_spaces(printed(record, "partners")));
    assert_int_equal(is_approximate(about, money->tag),
                     value.len > 0 && stated_as_about(row, "value"));
    assert_int_equal(about->count, value.len > 0 && stated_as_about(row, "value"));
}

/* ---- counts ---- */

static void every_row_is_there_as_what_it_is(void **state)
{
    size_t wholes = rows_of("case") + rows_of("operation") + rows_of("joint");
    size_t told = rows_of("programme") + rows_of("foreign") + rows_of("process");

    (void)state;
    assert_true(rows_of("case") > 0 && rows_of("operation") > 0 && rows_of("joint") > 0);
    assert_int_equal(wholes + told, row_count);
    assert_int_equal(cases.count, wholes);
    assert_int_equal(operations.count, rows_of("operation") + rows_of("joint"));
    assert_int_equal(notes.count, told);
    for (size_t i = 0; i < row_count; i++) {
        assert_true((case_of(i) != NULL) == row_of_case(i));
        assert_true((operation_of(i) != NULL) == row_of_operation(i));
        assert_true((note_of(i) != NULL) == !row_of_case(i));
    }
}

static size_t stored(const char *type)
{
    static struct records all;

    all.count = 0;
    read_records(type_named(text_of(type)), &all);
    return all.count;
}

static void the_report_says_what_is_in_the_store(void **state)
{
    uint64_t entries;

    (void)state;
    assert_int_equal(report.officers, stored("officer"));
    assert_int_equal(report.locations, stored("location"));
    assert_int_equal(report.operations, operations.count);
    assert_int_equal(report.cases, cases.count);
    assert_int_equal(report.seizures, seizures.count);
    assert_int_equal(report.exhibits, stored("exhibit"));
    assert_int_equal(report.seals, stored("seal"));
    assert_int_equal(report.handovers, stored("handover"));
    assert_int_equal(report.notes, notes.count);
    assert_int_equal(store_size(demo.store, &entries), ERR_OK);
    assert_int_equal(report.entries, entries);
}

/* ---- what is invented ---- */

static void every_list_has_something_to_show(void **state)
{
    (void)state;
    assert_true(report.steps > 0);
    for (const struct record_type *const *type = record_types; *type; type++)
        if ((*type)->family == 0 && stored((*type)->name) == 0 &&
            strcmp((*type)->name, "saved_search") != 0) { /* officers keep their own */
            print_error("%s: there is none\n", (*type)->name);
            assert_true(false);
        }
}

/* How many states of a type's table the store shows. */
static size_t states_shown(const char *type, const struct choice *states)
{
    static struct records all;
    size_t shown = 0;

    all.count = 0;
    read_records(type_named(text_of(type)), &all);
    for (; states->code; states++)
        for (size_t i = 0; i < all.count; i++)
            if (text_is(*(const struct text *)field_value(
                            field_find(all.items[i]->type, TAG_STATE), all.items[i]),
                        states->code)) {
                shown++;
                break;
            }
    return shown;
}

static void reports_and_follow_ups_stand_in_every_state(void **state)
{
    (void)state;
    assert_int_equal(states_shown("report", choices_report_state), 5);
    assert_int_equal(states_shown("task", choices_task_state), 3);
    assert_int_equal(states_shown("inspection", choices_inspection_state), 3);
}

static void what_is_attached_can_be_read(void **state)
{
    static struct records all;

    (void)state;
    all.count = 0;
    read_records(&attachment_type, &all);
    for (size_t i = 0; i < all.count; i++) {
        struct bytes data;

        assert_int_equal(attachment_read(demo.store,
                                         (const struct attachment_record *)all.items[i],
                                         demo.arena, &data),
                         ERR_OK);
        assert_true(data.len > 0);
    }
}

/* ---- what rows say ---- */

static void a_case_says_what_its_row_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < row_count; i++) {
        struct case_record *file = case_of(i);

        if (!file)
            continue;
        figures_are_as_stated(i, &file->head);
        same(i, "summary_zh", file->summary.zh);
        same(i, "summary_en", file->summary.en);
        same(i, "outcome_zh", file->result.zh);
        same(i, "outcome_en", file->result.en);
        assert_true(text_present(file->title.zh) && text_present(file->title.en));
        assert_int_equal(file->operation.id,
                         operation_of(i) ? operation_of(i)->head.key.id : file->operation.id);
    }
}

static void an_operation_says_what_its_row_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < row_count; i++) {
        struct operation_record *operation = operation_of(i);

        if (!operation)
            continue;
        figures_are_as_stated(i, &operation->head);
        same(i, "codename_zh", operation->codename.zh);
        same(i, "codename_en", operation->codename.en);
        same(i, "summary_zh", operation->results.zh);
        same(i, "summary_en", operation->results.en);
        same(i, "goods_zh", operation->goods_stated.zh);
        same(i, "goods_en", operation->goods_stated.en);
        assert_true(text_is(operation->operation_kind, row_is(i, "joint") ? "joint" : "own"));
    }
}

static bool holds(struct text whole, struct text part)
{
    return part.len == 0 ||
           (text_present(whole) && memmem(whole.data, whole.len, part.data, part.len) != NULL);
}

static void a_yearly_total_is_a_note_with_its_words_and_figures(void **state)
{
    (void)state;
    for (size_t i = 0; i < row_count; i++) {
        struct note_record *note = note_of(i);

        if (!note)
            continue;
        assert_true(text_is(note->note_kind, "source"));
        assert_true(text_starts(note->text.zh, cell(i, "summary_zh")));
        assert_true(text_starts(note->text.en, cell(i, "summary_en")));
        assert_true(holds(note->text.zh, cell(i, "goods_zh")));
        assert_true(holds(note->text.en, cell(i, "goods_en")));
        assert_true(holds(note->remark, cell(i, "value")));
        assert_true(holds(note->remark, cell(i, "arrests")));
        assert_true(holds(note->remark, cell(i, "case_count")));
        same(i, "date_from", printed(&note->head, "occurred"));
    }
}

static void dates_are_known_as_far_as_the_table_knows_them(void **state)
{
    size_t years = 0, months = 0;

    (void)state;
    for (size_t i = 0; i < row_count; i++) {
        struct case_record *file = case_of(i);
        struct operation_record *operation = operation_of(i);

        if (!file)
            continue;
        same(i, "date_from", printed(&file->head, "opened"));
        same(i, "date_from", printed(&file->head, "occurred"));
        same(i, "date_from", printed(&file->head, "discovered"));
        same(i, "date_to", printed(&file->head, "occurred_until"));
        if (operation) {
            same(i, "date_from", printed(&operation->head, "from"));
            same(i, "date_to", printed(&operation->head, "until"));
        }
        years += date_month(file->opened) == 0;
        months += date_month(file->opened) != 0 && date_day(file->opened) == 0;
    }
    assert_true(years > 0 && months > 0);
}

/* ---- goods ---- */

static struct seizure_record *seizure_of(const struct case_record *file)
{
    struct seizure_record *found = NULL;

    for (size_t i = 0; i < seizures.count; i++) {
        struct seizure_record *seizure = (struct seizure_record *)seizures.items[i];

        if (seizure->of_case.id == file->head.key.id) {
            assert_null(found);
            found = seizure;
        }
    }
    return found;
}

/* The n-th exhibit of a case in order of making; NULL: there are fewer. */
static struct exhibit_record *exhibit_of(const struct case_record *file, size_t n)
{
    for (size_t i = 0; i < exhibits.count; i++) {
        struct exhibit_record *exhibit = (struct exhibit_record *)exhibits.items[i];

        if (exhibit->of_case.id == file->head.key.id && n-- == 0)
            return exhibit;
    }
    return NULL;
}

static void one_exhibit_is(size_t row, const struct exhibit_record *exhibit, struct text goods)
{
    struct text quantity, code = text_split(goods, '=', &quantity);

    assert_non_null(exhibit);
    assert_true(text_equal(exhibit->commodity, code));
    if (!text_present(quantity))
        assert_false(text_present(exhibit->quantity.unit));
    else
        assert_true(text_equal(printed(&exhibit->head, "quantity"), quantity));
    assert_int_equal(is_approximate(&exhibit->approximate, tag_exhibit_quantity),
                     text_present(quantity) && stated_as_about(row, "quantity"));
    assert_int_equal(exhibit->approximate.count,
                     text_present(quantity) && stated_as_about(row, "quantity"));
    assert_int_equal(exhibit->value.currency[0], '\0'); /* the value is the whole case's */
    assert_false(text_present(exhibit->gross.unit) || text_present(exhibit->net.unit));
    assert_false(exhibit->packages.present);
}

static void each_of_the_goods_of_a_case_is_one_exhibit_with_its_stated_quantity(void **state)
{
    size_t stated = 0, taken = 0;

    (void)state;
    for (size_t i = 0; i < row_count; i++) {
        struct case_record *file = case_of(i);
        struct text rest = cell(i, "goods");
        size_t n = 0;

        if (!file)
            continue;
        while (row_is(i, "case") && text_present(rest) && rest.len > 0)
            one_exhibit_is(i, exhibit_of(file, n++), text_split(rest, ';', &rest));
        assert_null(exhibit_of(file, n));
        assert_true((seizure_of(file) != NULL) == (n > 0));
        if (n > 0) {
            same(i, "date_from", printed(&seizure_of(file)->head, "occurred"));
            same(i, "place_code", printed(&seizure_of(file)->head, "place"));
        }
        stated += n;
        taken += n > 0;
    }
    assert_int_equal(exhibits.count, stated);
    assert_int_equal(seizures.count, taken);
}

/* ---- custody ---- */

static const struct custody_event_record *event_named(const struct records *chain,
                                                      const char *action)
{
    for (size_t i = 0; i < chain->count; i++) {
        const struct custody_event_record *event =
            (const struct custody_event_record *)chain->items[i];

        if (text_is(event->action, action))
            return event;
    }
    return NULL;
}

/* The hazard class that the table of goods gives the code itself. */
static struct text hazard_of(struct text code)
{
    static struct table_reader goods;
    struct text *cells;
    bool more = true;

    read_table("commodities", &goods);
    for (;;) {
        assert_int_equal(table_next(&goods, &cells, &more), ERR_OK);
        assert_true(more);
        if (text_equal(table_cell(&goods, cells, "code"), code))
            return table_cell(&goods, cells, "hazard_class");
    }
}

static void stays_where_it_is(const struct exhibit_record *exhibit, const struct records *chain)
{
    bool kept = event_named(chain, "kept_in_place") != NULL;

    assert_true(kept != (event_named(chain, "entrusted") != NULL));
    assert_true(text_is(exhibit->state, kept ? "E13" : "E14"));
    assert_null(event_named(chain, "sealed"));
    assert_null(event_named(chain, "shelved"));
    assert_false(text_present(exhibit->seal));
    assert_true(id_kind(exhibit->located.id) != location_type.number);
    assert_true(exhibit->located.id != 0 && exhibit->holder.id != 0);
}

static bool shelf_allows(struct reference located, struct text hazard)
{
    struct record_key key = key_of_reference(located);
    struct record *record;

    assert_int_equal(id_kind(key.id), location_type.number);
    assert_int_equal(temporary_get(&demo, &key, &record), ERR_OK);
    const struct list *allowed = &((struct location_record *)record)->hazards;
    const struct hazard_item *items = allowed->items;

    for (size_t i = 0; i < allowed->count; i++)
        if (text_equal(items[i].hazard, hazard))
            return true;
    return false;
}

/* Two officers, each with a signature, in the entry that made the event. */
static void signed_by_two(const struct custody_event_record *event, const char *first,
                          const char *second)
{
    AUTO_TXN struct txn *txn = NULL;
    struct journal_entry entry;

    assert_non_null(event);
    assert_int_equal(store_begin(&txn, demo.store), ERR_OK);
    assert_int_equal(entry_read(txn, event->head.sequence, demo.arena, &entry), ERR_OK);
    assert_int_equal(entry.statement.signature_count, 2);
    const struct officer_signature *signatures = entry.statement.signatures;
    bool in_order = text_is(signatures[0].role, first);

    assert_true(text_is(signatures[!in_order].role, first));
    assert_true(text_is(signatures[in_order].role, second));
    assert_int_not_equal(signatures[0].officer, signatures[1].officer);
}

static void is_sealed_and_shelved(const struct exhibit_record *exhibit,
                                  const struct records *chain)
{
    const struct custody_event_record *sealed = event_named(chain, "sealed");
    const struct custody_event_record *handed = event_named(chain, "handed_over");
    const struct custody_event_record *shelved = event_named(chain, "shelved");

    assert_true(chain->count >= 4); /* with the taking itself */
    assert_non_null(sealed);
    assert_true(text_equal(sealed->seal_on, exhibit->seal) && exhibit->seal.len > 0);
    signed_by_two(handed, "releaser", "receiver");
    assert_non_null(shelved);
    assert_true(sealed->head.key.n < handed->head.key.n &&
                handed->head.key.n < shelved->head.key.n);
    assert_true(shelf_allows(shelved->located, hazard_of(exhibit->commodity)));
    assert_null(event_named(chain, "kept_in_place"));
    if (chain->count > 4)
        return; /* what people do with it afterwards */
    assert_true(text_is(exhibit->state, "E03"));
    assert_int_equal(exhibit->holder.id, exhibit->located.id);
}

static void
what_no_room_holds_stays_and_all_else_is_sealed_handed_over_and_shelved(void **state)
{
    size_t kept = 0, shelved = 0;

    (void)state;
    for (size_t i = 0; i < exhibits.count; i++) {
        const struct exhibit_record *exhibit = (struct exhibit_record *)exhibits.items[i];
        struct text hazard = hazard_of(exhibit->commodity);
        struct commodity_rules rules;
        static struct records chain;

        chain.count = 0;
        read_family(exhibit->head.key.id, &custody_event_type, &chain);
        assert_int_equal(exhibit->events.value, chain.count);
        assert_true(codes_commodity(codes, exhibit->commodity, &rules));
        assert_true(rules.kept_in_place ||
                    !(text_is(hazard, "bulky") || text_is(hazard, "live")));
        assert_true(text_equal(exhibit->hazard, hazard));
        assert_true(text_is(((struct custody_event_record *)chain.items[0])->action, "seized"));
        (rules.kept_in_place ? stays_where_it_is : is_sealed_and_shelved)(exhibit, &chain);
        kept += rules.kept_in_place;
        shelved += !rules.kept_in_place;
    }
    assert_true(kept > 0 && shelved > 0);
    assert_true(report.handovers >= 2 * shelved); /* no live animal is in the table */
}

static void a_seal_is_on_one_exhibit_alone(void **state)
{
    static struct records seals;
    size_t used = 0, sealed = 0;

    (void)state;
    read_records(&seal_type, &seals);
    for (size_t i = 0; i < seals.count; i++) {
        const struct seal_record *seal = (struct seal_record *)seals.items[i];
        size_t on = 0;

        for (size_t k = 0; k < exhibits.count; k++) {
            const struct exhibit_record *exhibit = (struct exhibit_record *)exhibits.items[k];

            if (text_equal(exhibit->seal, seal->number)) {
                assert_int_equal(seal->used_on.id, exhibit->head.key.id);
                on++;
            }
        }
        assert_int_equal(on, seal->used_on.id != 0);
        used += on;
    }
    for (size_t k = 0; k < exhibits.count; k++)
        sealed += ((struct exhibit_record *)exhibits.items[k])->seal.len > 0;
    assert_int_equal(used, sealed);
}

/* ---- code tables ---- */

static void every_code_table_has_all_rows_of_its_file(void **state)
{
    static const char *const tables[][2] = {
        { "units", "unit" },
        { "ordinances", "ordinance" },
        { "offences", "offence" },
        { "commodities", "commodity" },
        { "modes", "mode" },
        { "species", "species" },
        { "statuses", "status" },
        { "outcomes", "outcome" },
        { "disposals", "disposal_route" },
        { "systems", "outside_system" },
        { "ranks", "rank" },
        { "places", "place" },
        { "formations", "formation" },
    };
    size_t all = 0;

    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct table_reader reader;
        struct text *cells;
        size_t count = 0;

        read_table(tables[i][0], &reader);
        for (bool more = true; more; count += more)
            assert_int_equal(table_next(&reader, &cells, &more), ERR_OK);
        if (count != stored(tables[i][1])) {
            print_error("%s: %zu rows, %zu records\n", tables[i][0], count,
                        stored(tables[i][1]));
            assert_true(false);
        }
        all += count;
    }
    assert_int_equal(report.codes, all);
}

/* ---- the whole ---- */

static void print_fault(const struct message *message, void *context)
{
    AUTO_ARENA struct arena *arena = arena_new();

    (void)context;
    print_error("%s\n", arena_string(arena, sentence(arena, message, LANGUAGE_EN)));
}

static void the_verifier_finds_no_fault(void **state)
{
    struct verify_options options = { .depth = VERIFY_ALL, .fault = print_fault };
    struct verify_report found;

    (void)state;
    assert_int_equal(verify_store(demo.store, &options, &found), ERR_OK);
    assert_int_equal(found.faults, 0);
    assert_int_equal(found.entries, report.entries);
    assert_true(found.signatures > 0);
    assert_int_equal(found.dropped, 0);
}

static void it_says_for_ever_that_it_is_a_demonstration(void **state)
{
    static struct records officers;

    (void)state;
    assert_true(store_identity(demo.store)->demo);
    read_records(&officer_type, &officers);
    for (size_t i = 0; i < officers.count; i++) {
        const struct officer_record *officer = (struct officer_record *)officers.items[i];

        assert_int_equal(officer->demo, FLAG_YES);
        assert_true(text_starts(officer->name.en, TEXT("Demo ")));
        assert_true(text_starts(officer->name.zh, TEXT("示範")));
    }
}

static size_t names_in(const char *folder)
{
    DIR *open = opendir(folder);
    size_t count = 0;

    assert_non_null(open);
    for (struct dirent *entry; (entry = readdir(open));)
        count += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
    closedir(open);
    return count;
}

static void a_store_that_is_there_is_never_made_anew(void **state)
{
    struct demo_report again;

    (void)state;
    assert_int_equal(demo_make(demo.folder, &again), ERR_CONFLICT);
    assert_int_equal(names_in(demo.parent), 1); /* nothing half made is left beside it */
}

static void a_real_store_begins_with_its_codes_and_one_administrator(void **state)
{
    const struct new_store wanted = { .origin = TEXT("test.example/real"),
                                      .number = TEXT("A-0001"),
                                      .name = { TEXT("管理員"), TEXT("Administrator") },
                                      .password = TEXT("seven quiet herons") };
    struct verify_options options = { .depth = VERIFY_ALL, .fault = print_fault };
    struct verify_report found;
    struct session session;
    struct store *store;
    char folder[96];

    (void)state;
    snprintf(folder, sizeof folder, "%s/real", demo.parent);
    assert_int_equal(store_init(folder, &wanted), ERR_OK);
    assert_int_equal(store_init(folder, &wanted), ERR_CONFLICT);
    assert_int_equal(names_in(demo.parent), 2);
    assert_int_equal(store_open(&store, folder, STORE_WRITABLE), ERR_OK);
    assert_false(store_identity(store)->demo);
    session_start(&session, store, NULL);
    assert_int_equal(account_sign_in(&session, wanted.number, wanted.password), ERR_OK);
    assert_true(session.rights & RIGHT_ADMINISTER);
    session_end(&session);
    assert_int_equal(verify_store(store, &options, &found), ERR_OK);
    assert_int_equal(found.records, report.codes + 2); /* the officer and the signing key */
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_there_as_what_it_is),
        cmocka_unit_test(the_report_says_what_is_in_the_store),
        cmocka_unit_test(every_list_has_something_to_show),
        cmocka_unit_test(reports_and_follow_ups_stand_in_every_state),
        cmocka_unit_test(what_is_attached_can_be_read),
        cmocka_unit_test(a_case_says_what_its_row_says),
        cmocka_unit_test(an_operation_says_what_its_row_says),
        cmocka_unit_test(a_yearly_total_is_a_note_with_its_words_and_figures),
        cmocka_unit_test(dates_are_known_as_far_as_the_table_knows_them),
        cmocka_unit_test(each_of_the_goods_of_a_case_is_one_exhibit_with_its_stated_quantity),
        cmocka_unit_test(
            what_no_room_holds_stays_and_all_else_is_sealed_handed_over_and_shelved),
        cmocka_unit_test(a_seal_is_on_one_exhibit_alone),
        cmocka_unit_test(every_code_table_has_all_rows_of_its_file),
        cmocka_unit_test(the_verifier_finds_no_fault),
        cmocka_unit_test(it_says_for_ever_that_it_is_a_demonstration),
        cmocka_unit_test(a_store_that_is_there_is_never_made_anew),
        cmocka_unit_test(a_real_store_begins_with_its_codes_and_one_administrator),
    };

    return cmocka_run_group_tests(tests, make, unmake);
}
