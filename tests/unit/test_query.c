/* Lists, filters and the search box, over the demo store: each answer is compared with a plain reading of all records. */
#include "core/query/links.h"

#include <string.h>

#include "core/base/seams.h"
#include "core/model/case.h"
#include "core/model/elements.h"
#include "core/model/exhibit.h"
#include "core/model/officer.h"
#include "tests/demo_lists.h"

/* ---- orders ---- */

struct sorted {
    struct buffer bytes;
    struct record_key key;
};

static int by_bytes(const void *a, const void *b)
{
    const struct sorted *x = a, *y = b;
    int order = text_compare(buffer_as_text(&x->bytes), buffer_as_text(&y->bytes));

    return order ? order : record_key_compare(&x->key, &y->key);
}

static const char *text_z(const void *value)
{
    static char code[32];
    const struct text *t = value;

    snprintf(code, sizeof code, "%.*s", (int)t->len, t->len > 0 ? t->data : "");
    return t->len > 0 ? code : "none";
}

static void put_field(struct buffer *out, const struct field *field, const void *value)
{
    field_kind(field)->index(out, field, value);
}

/* Each record once for each element of the order's first field. */
static size_t sort_plainly(const struct record_type *type, const struct index_row *index,
                           struct sorted *out)
{
    static struct record *records[ROOM];
    size_t count = all_records(type, records), made = 0;

    for (size_t i = 0; i < count; i++) {
        const struct field *first = field_find(type, index->fields[0]);
        const struct list *list = field_value(first, records[i]);
        size_t elements = first->kind == KIND_LIST && list->count > 0 ? list->count : 1;

        if ((index->unique || index->sparse) && !field_present(first, records[i]))
            continue;
        if (index->sparse && first->kind == KIND_INTEGER &&
            ((const struct integer *)field_value(first, records[i]))->value == 0)
            continue;
        if (index->only && !strstr(index->only, text_z(field_value(first, records[i]))))
            continue;
        for (size_t k = 0; k < elements; k++) {
            struct sorted *entry = &out[made++];

            assert_true(made <= ROOM);
            *entry = (struct sorted){ .key = records[i]->key };
            if (first->kind != KIND_LIST)
                put_field(&entry->bytes, first, field_value(first, records[i]));
            else if (list->count == 0)
                buffer_byte(&entry->bytes, 0);
            else
                put_field(&entry->bytes, &first->element->fields[0],
                          (const char *)list->items + k * first->element->size +
                              first->element->fields[0].offset);
            for (size_t f = 1; f < 4 && index->fields[f]; f++) {
                const struct field *field = field_find(type, index->fields[f]);

                put_field(&entry->bytes, field, field_value(field, records[i]));
            }
        }
    }
    qsort(out, made, sizeof *out, by_bytes);
    return made;
}

static void lists_are_sorted(const struct record_type *type)
{
    static struct sorted sorted[ROOM];
    static struct rows rows;

    for (size_t i = 0; i < type->index_count; i++) {
        size_t count = sort_plainly(type, &type->indexes[i], sorted);

        assert_true(count > 0 || type->indexes[i].sparse || type->indexes[i].only ||
                    strcmp(type->indexes[i].name, "by_bag") == 0);
        for (int backward = 0; backward < 2; backward++)
            for (size_t rows_at_once = 1; rows_at_once < 100;
                 rows_at_once = rows_at_once * 3 + 4) {
                struct query query = { .type = type,
                                       .index = &type->indexes[i],
                                       .direction = backward ? BACKWARD : FORWARD };

                read_list(&query, rows_at_once, 0, &rows);
                assert_int_equal(rows.count, count);
                for (size_t k = 0; k < count; k++)
                    assert_int_equal(
                        record_key_compare(&rows.keys[k],
                                           &sorted[backward ? count - 1 - k : k].key),
                        0);
            }
        for (size_t k = 0; k < count; k++)
            buffer_free(&sorted[k].bytes);
    }
}

static void every_order_of_cases_and_exhibits_is_a_plain_sort_both_ways(void **state)
{
    (void)state;
    lists_are_sorted(&case_type);
    lists_are_sorted(&exhibit_type);
}

static void a_list_by_id_holds_every_record_once_and_no_event(void **state)
{
    static struct rows forward, backward;
    struct query query = { .type = &exhibit_type };
    int64_t counted;

    (void)state;
    for (size_t rows = 1; rows < 200; rows = rows * 5 + 2) {
        query.direction = FORWARD;
        read_list(&query, rows, 0, &forward);
        query.direction = BACKWARD;
        read_list(&query, rows, 0, &backward);
        assert_int_equal(forward.count, backward.count);
        for (size_t i = 0; i < forward.count; i++) {
            assert_int_equal(forward.keys[i].id, backward.keys[forward.count - 1 - i].id);
            assert_int_equal(forward.keys[i].family, 0);
            assert_true(i == 0 || forward.keys[i - 1].id < forward.keys[i].id);
        }
    }
    AUTO_TXN struct txn *txn = NULL;

    assert_int_equal(store_begin(&txn, demo.store), ERR_OK);
    counted = query_count(txn, &query);
    assert_int_equal(counted, forward.count);
}

static void a_list_narrowed_by_its_first_value_holds_that_value_alone(void **state)
{
    AUTO_BUFFER struct buffer prefix = { 0 };
    const struct index_row *index = index_named(&exhibit_type, "by_commodity");
    const struct text wanted = TEXT("DRG.MET");
    const void *values[] = { &wanted };
    struct query query = { .type = &exhibit_type, .index = index };
    static struct record *records[ROOM];
    static struct rows rows;
    size_t expected = 0, count = all_records(&exhibit_type, records);

    (void)state;
    for (size_t i = 0; i < count; i++)
        expected += text_equal(((struct exhibit_record *)records[i])->commodity, wanted);
    index_prefix(&prefix, &exhibit_type, index, values, 1);
    query.prefix = buffer_bytes(&prefix);
    read_list(&query, 2, 0, &rows);
    assert_true(expected > 0);
    assert_int_equal(rows.count, expected);
}

/* Each look at the clock finds it ten milliseconds on, so that each page is a slice of its own. */
static int64_t hasty_clock(void)
{
    static int64_t now;

    return now += 10;
}

static void a_slice_that_ends_early_goes_on_without_loss_or_repetition(void **state)
{
    static const char *const filters[] = { "commodity:DRG", "state:E03", "no-such-word" };
    static struct rows whole, slices;
    struct seams hasty = *seams();

    (void)state;
    hasty.monotonic_ms = hasty_clock;
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        for (int k = 0; k < 12; k++) {
            struct query query = { .type = &exhibit_type,
                                   .index =
                                       k % 2 ? index_named(&exhibit_type, "by_state") : NULL,
                                   .direction = k % 4 < 2 ? FORWARD : BACKWARD,
                                   .filter = typed_filter(&exhibit_type, filters[i]) };

            read_list(&query, ROOM, 0, &whole);
            seams_set(&hasty);
            read_list(&query, (size_t)(k + 1), 5, &slices);
            seams_set(NULL);
            same_rows(&whole, &slices);
        }
}

static void a_slice_stops_at_its_deadline_though_nothing_is_found(void **state)
{
    struct seams hasty = *seams();
    struct query query = { .type = &exhibit_type,
                           .filter = typed_filter(&exhibit_type, "no-such-word") };
    AUTO_TXN struct txn *txn = NULL;
    struct query_slice slice;

    (void)state;
    hasty.monotonic_ms = hasty_clock;
    assert_int_equal(store_begin(&txn, demo.store), ERR_OK);
    seams_set(&hasty);
    assert_int_equal(query_slice(txn, &query, (struct bytes){ 0 }, 10, 5, codes_lookup(codes),
                                 demo.arena, &slice),
                     ERR_OK);
    seams_set(NULL);
    assert_int_equal(slice.count, 0);
    assert_true(slice.more && slice.resume.len > 0);
}

static void rows_are_counted_no_further_than_anybody_asks(void **state)
{
    static struct rows rows;
    struct query query = { .type = &exhibit_type,
                           .filter = typed_filter(&exhibit_type, "commodity:DRG") };
    size_t all = found(&exhibit_type, "commodity:DRG", &rows);
    struct query_number number;
    AUTO_TXN struct txn *txn = NULL;

    (void)state;
    assert_true(all > 3);
    assert_int_equal(store_begin(&txn, demo.store), ERR_OK);
    for (size_t most = 1; most < all + 3; most++) {
        assert_int_equal(query_count_most(txn, &query, most, 0, codes_lookup(codes), &number),
                         ERR_OK);
        assert_int_equal(number.count, most < all ? most : all);
        assert_true(number.whole || most <= all);
    }
    assert_true(number.whole);
}

/* ---- filters ---- */

static bool has_ordinance(const struct case_record *file, const char *cap)
{
    const struct ordinance_item *items = file->ordinances.items;

    for (size_t i = 0; i < file->ordinances.count; i++)
        if (text_is(items[i].ordinance, cap))
            return true;
    return false;
}

static void an_ordinance_is_asked_for_by_name_or_label_in_either_language(void **state)
{
    static struct record *records[ROOM];
    static struct rows plain, rows;
    const char *const typed[] = { "ordinance:586", "ordinances:586", "Ordinances:586",
                                  "條例:586",      "條例：586",      "ORDINANCE:５８６",
                                  "  cap.:586 " };
    size_t count = all_records(&case_type, records);

    (void)state;
    plain.count = 0;
    for (size_t i = 0; i < count; i++)
        if (has_ordinance((struct case_record *)records[i], "586"))
            plain.keys[plain.count++] = records[i]->key;
    assert_true(plain.count > 2 && plain.count < count);
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        found(&case_type, typed[i], &rows);
        same_rows(&plain, &rows);
    }
}

static void a_value_is_compared_in_its_own_currency(void **state)
{
    static struct record *records[ROOM];
    static struct rows rows;
    size_t count = all_records(&case_type, records), above = 0, from = 0, below = 0, yuan = 0;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct money value = ((struct case_record *)records[i])->value;

        yuan += strcmp(value.currency, "CNY") == 0;
        if (strcmp(value.currency, "HKD") != 0)
            continue;
        above += value.minor > 100000000;
        from += value.minor >= 100000000;
        below += value.minor < 100000000;
    }
    assert_true(above > 0 && from > above && yuan > 0); /* one of exactly a million */
    assert_int_equal(found(&case_type, "value:>1000000", &rows), above);
    assert_int_equal(found(&case_type, "value:>1,000,000", &rows), above);
    assert_int_equal(found(&case_type, "value:>100萬", &rows), above);
    assert_int_equal(found(&case_type, "估值:>1000000", &rows), above);
    assert_int_equal(found(&case_type, "value:>=1000000", &rows), from);
    assert_int_equal(found(&case_type, "value:1000000..", &rows), from);
    assert_int_equal(found(&case_type, "value:<1000000", &rows), below);
    assert_int_equal(found(&case_type, "value:>CNY1", &rows), yuan);
    assert_int_equal(found(&case_type, "value:1000000..1000000", &rows), from - above);
    assert_int_equal(found(&case_type, "value:1110000000", &rows), 1);
    assert_int_equal(found(&case_type, "value:1,110,000,000", &rows), 1);
}

static struct case_record *dated_case(date opened, struct moment occurred)
{
    struct case_record *file = (struct case_record *)record_new(demo.arena, &case_type);

    file->opened = opened;
    file->occurred = occurred;
    return file;
}

static void dates_pass(const char *typed, date opened, bool expected)
{
    struct case_record *file = dated_case(opened, (struct moment){ 0 });

    if (filter_match(typed_filter(&case_type, typed), &file->head, codes_lookup(codes)) !=
        expected) {
        print_error("%s: %u\n", typed, (unsigned)opened);
        assert_true(false);
    }
}

static void a_month_or_year_as_a_bound_covers_all_that_lies_in_it(void **state)
{
    static const struct {
        const char *typed;
        date opened;
        bool passes;
    } cases[] = {
        { "opened:2023-06..2023-09", 20230531, false },
        { "opened:2023-06..2023-09", 20230500, false },
        { "opened:2023-06..2023-09", 20230600, true },
        { "opened:2023-06..2023-09", 20230601, true },
        { "opened:2023-06..2023-09", 20230900, true },
        { "opened:2023-06..2023-09", 20230901, true },
        { "opened:2023-06..2023-09", 20230930, true },
        { "opened:2023-06..2023-09", 20231000, false },
        { "opened:2023-06..2023-09", 20231001, false },
        { "opened:2023-06..2023-09", 20230000, false }, /* may lie in it, may not */
        { "opened:2023..2023", 20230000, true },
        { "opened:2023..2023", 20231231, true },
        { "opened:2023..2023", 20230700, true },
        { "opened:2023..2023", 20240101, false },
        { "opened:2022..2023-02-03", 20230203, true },
        { "opened:2022..2023-02-03", 20230204, false },
        { "opened:>2023-06", 20230630, false },
        { "opened:>2023-06", 20230701, true },
        { "opened:>=2023-06", 20230601, true },
        { "opened:<2023-06", 20230531, true },
        { "opened:<2023-06", 20230601, false },
        { "opened:<=2023-06", 20230630, true },
        { "opened:<=2023-06", 20230701, false },
        { "opened:2023-06..", 20300101, true },
        { "opened:..2023-06", 20230630, true },
        { "opened:..2023-06", 20230701, false },
        { "opened:2023-06..2023-09", 0, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        dates_pass(cases[i].typed, cases[i].opened, cases[i].passes);
}

static void a_day_as_a_bound_covers_its_hours(void **state)
{
    static const struct {
        const char *typed;
        struct moment occurred;
        bool passes;
    } cases[] = {
        { "occurred:2023-06..2023-09", { 20230930, 1439, OFFSET_HONG_KONG }, true },
        { "occurred:2023-06..2023-09", { 20230900, MINUTE_UNKNOWN, OFFSET_HONG_KONG }, true },
        { "occurred:2023-06..2023-09", { 20231001, 0, OFFSET_HONG_KONG }, false },
        { "occurred:2023-06..2023-09", { 20230930, 1000, 0 }, false }, /* 1 October here */
        { "occurred:2023-06-21..2023-06-21", { 20230621, 1439, OFFSET_HONG_KONG }, true },
        { "occurred:2023-06-21..2023-06-21", { 20230621, MINUTE_UNKNOWN, 480 }, true },
        { "occurred:2023-06-21..2023-06-21", { 20230622, 0, OFFSET_HONG_KONG }, false },
        { "occurred:>2023-06-21", { 20230621, 1439, OFFSET_HONG_KONG }, false },
        { "occurred:>2023-06-21", { 20230622, 0, OFFSET_HONG_KONG }, true },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct case_record *file = dated_case(20230101, cases[i].occurred);

        if (filter_match(typed_filter(&case_type, cases[i].typed), &file->head,
                         codes_lookup(codes)) != cases[i].passes) {
            print_error("%s: row %zu\n", cases[i].typed, i);
            assert_true(false);
        }
    }
}

static void a_word_is_found_in_either_script_and_several_must_all_hold(void **state)
{
    static struct rows chinese, english, both;

    (void)state;
    assert_true(found(&case_type, "葵涌貨櫃碼頭", &chinese) > 0);
    assert_true(found(&case_type, "KWAI", &english) > 0);
    assert_int_equal(found(&case_type, "葵涌貨櫃碼頭 kwai", &both), chinese.count);
    assert_int_equal(found(&case_type, "葵涌貨櫃碼頭　ｋｗａｉ", &both), chinese.count);
    assert_int_equal(found(&case_type, "葵涌貨櫃碼頭 ordinance:134 ordinance:60", &both), 0);
    assert_int_equal(found(&exhibit_type, "魚翅", &chinese),
                     found(&exhibit_type, "commodity:fin", &english));
    assert_true(chinese.count > 0);
}

static void a_state_is_asked_for_as_code_or_words(void **state)
{
    static struct rows code, words;

    (void)state;
    assert_true(found(&exhibit_type, "state:E03", &code) > 0);
    struct bitext name;

    assert_true(
        codes_lookup(codes)->code(codes_lookup(codes)->context, "status", TEXT("E03"), &name));
    found(&exhibit_type,
          arena_string(demo.arena,
                       arena_printf(demo.arena, "狀態:%.*s", (int)name.zh.len, name.zh.data)),
          &words);
    assert_int_equal(found(&exhibit_type, "state:e03", &words), code.count);
}

static void what_is_half_typed_filters_nothing(void **state)
{
    static const char *const typed[] = {
        "",          "   ",     "　",        "-",    "opened:>",
        "opened:<=", "state:,", "opened:..", "\"\"", "value:> opened:..",
        "“"
    };
    static struct rows rows;
    struct query query = { .type = &case_type };

    (void)state;
    read_list(&query, 100, 0, &rows);
    size_t all = rows.count;

    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        assert_int_equal(found(&case_type, typed[i], &rows), all);
        assert_true(filter_empty(typed_filter(&case_type, typed[i])));
    }
}

static void a_filter_that_cannot_be_read_is_refused_in_words(void **state)
{
    struct filter *filter;
    struct message why;

    (void)state;
    assert_int_equal(filter_parse(&filter, demo.arena, &case_type, TEXT("value:>much"),
                                  codes_lookup(codes), &why),
                     ERR_INVALID);
    assert_non_null(last_failure()->id);
    assert_int_equal(filter_parse(&filter, demo.arena, &case_type, TEXT("opened:2023-13..x"),
                                  codes_lookup(codes), &why),
                     ERR_INVALID);
}

static void a_list_field_is_never_compared_but_searched(void **state)
{
    static struct rows rows;

    (void)state;
    assert_int_equal(found(&case_type, "ordinances:>60", &rows), 0);
    assert_int_equal(found(&case_type, "ordinances:60..586", &rows), 0);
}

static void no_word_of_a_long_filter_is_left_out(void **state)
{
    AUTO_BUFFER struct buffer typed = { 0 };
    static struct rows rows;

    (void)state;
    for (int i = 0; i < 40; i++)
        buffer_string(&typed, "kwai ");
    buffer_string(&typed, "no-such-word");
    buffer_byte(&typed, 0);
    assert_int_equal(found(&case_type, (const char *)typed.data, &rows), 0);
}

static void who_must_not_know_is_never_told_by_a_filter(void **state)
{
    struct case_record *file = dated_case(20230101, (struct moment){ 0 });
    const struct officer_item item = { .officer = { .id =
                                                        id_make(officer_type.number, 0, 1) } };
    struct filter *filter;
    struct message why;

    (void)state;
    file->access = (struct list){ &item, 1 };
    assert_int_equal(filter_parse(&filter, demo.arena, &case_type, TEXT("access:D"),
                                  codes_lookup(codes), &why),
                     ERR_INVALID);
    assert_false(
        filter_match(typed_filter(&case_type, "D-1187"), &file->head, codes_lookup(codes)));
}

/* ---- the search box ---- */

static size_t sought(const char *typed, size_t limit, struct record_key **keys)
{
    AUTO_TXN struct txn *txn = NULL;
    size_t count;

    assert_int_equal(store_begin(&txn, demo.store), ERR_OK);
    assert_int_equal(search(txn, text_of(typed), limit, demo.arena, keys, &count), ERR_OK);
    assert_true(count <= limit);
    return count;
}

static void finds(const char *typed, const struct record_key *wanted)
{
    struct record_key *keys;

    if (sought(typed, 20, &keys) == 0 || record_key_compare(&keys[0], wanted) != 0) {
        print_error("%s\n", typed);
        assert_true(false);
    }
}

/* Letters and digits as a Chinese input method may write them. */
static const char *wide(struct text number)
{
    AUTO_BUFFER struct buffer out = { 0 };

    for (size_t i = 0; i < number.len; i++) {
        uint8_t c = (uint8_t)(number.data[i] - 0x20);

        buffer_byte(&out, 0xEF);
        buffer_byte(&out, (uint8_t)(0xBC + c / 64));
        buffer_byte(&out, (uint8_t)(0x80 + c % 64));
    }
    return arena_string(demo.arena, buffer_as_text(&out));
}

static void a_record_is_found_by_its_number_however_it_is_typed(void **state)
{
    static struct record *records[ROOM];
    size_t count = all_records(&exhibit_type, records);

    (void)state;
    for (size_t i = 0; i < count; i += 7) {
        struct text number = ((struct exhibit_record *)records[i])->number;
        AUTO_BUFFER struct buffer id = { 0 };
        char *lower = arena_string(demo.arena, number);

        for (char *p = lower; *p; p++)
            *p = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
        key_print(&id, &records[i]->key);
        finds(arena_string(demo.arena, number), &records[i]->key);
        finds(lower, &records[i]->key);
        finds(wide(number), &records[i]->key);
        finds(arena_string(demo.arena,
                           arena_printf(demo.arena, " %s　", arena_string(demo.arena, number))),
              &records[i]->key);
        finds(arena_string(demo.arena, buffer_as_text(&id)), &records[i]->key);
    }
}

static void a_barcode_on_a_shelf_leads_to_the_shelf(void **state)
{
    struct record_key *by_code, *by_bar;

    (void)state;
    assert_true(sought("KC-R2-01", 5, &by_code) > 0);
    assert_true(sought("lockc-r2-01", 5, &by_bar) > 0);
    assert_int_equal(record_key_compare(&by_code[0], &by_bar[0]), 0);
}

static bool among(const struct record_key *keys, size_t count, const struct record_type *type)
{
    for (size_t i = 0; i < count; i++)
        if (type_of_key(&keys[i]) == type)
            return true;
    return false;
}

static void words_in_either_script_find_records_of_any_type(void **state)
{
    static const char *const typed[] = { "葵涌", "Kwai Chung", "KWAI  chung", "ｋｗａｉ" };
    struct record_key *keys;

    (void)state;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        size_t count = sought(typed[i], 200, &keys);

        assert_true(among(keys, count, &case_type));
        for (size_t k = 0; k < count; k++)
            for (size_t j = 0; j < k; j++)
                assert_int_not_equal(record_key_compare(&keys[k], &keys[j]), 0);
    }
    assert_int_equal(sought("葵涌", 1, &keys), 1);
    assert_int_equal(sought("", 20, &keys), 0);
    assert_int_equal(sought(" 　", 20, &keys), 0);
    assert_int_equal(sought("zzzzzz", 20, &keys), 0);
}

/* ---- links ---- */

static bool links(const struct record_type *from, const char *field,
                  const struct record_type *to)
{
    struct link found_links[64];
    size_t count = links_to(to, found_links, 64);

    for (size_t i = 0; i < count; i++)
        if (found_links[i].type == from && strcmp(found_links[i].field->name, field) == 0)
            return true;
    return false;
}

static void a_case_knows_what_refers_to_it(void **state)
{
    struct link one[1];

    (void)state;
    assert_true(links(&exhibit_type, "of_case", &case_type));
    assert_true(links(&case_type, "officer", &officer_type));
    assert_false(links(&case_type, "officer", &exhibit_type));
    assert_int_equal(links_to(&case_type, one, 1), 1);
}

/* ---- what changes the store: these come last ---- */

static void a_voided_record_is_listed_only_where_it_is_asked_for(void **state)
{
    struct case_record *file = (struct case_record *)record_new(demo.arena, &case_type);
    struct query query = { .type = &case_type };
    static struct rows rows;
    AUTO_TXN struct txn *txn = NULL;

    (void)state;
    read_list(&query, 100, 0, &rows);
    size_t all = rows.count;

    file->title.en = TEXT("Opened by mistake");
    file->opened = 20230101;
    file->voided = FLAG_YES;
    file->number = TEXT("VOIDED-1");
    file->officer.id = id_make(officer_type.number, 0, 1);
    file->state = TEXT("C01");
    temporary_keep(&demo, file);
    read_list(&query, 100, 0, &rows);
    assert_int_equal(rows.count, all);
    assert_int_equal(store_begin(&txn, demo.store), ERR_OK);
    assert_int_equal(query_count(txn, &query), all);
    query.voided = true;
    assert_int_equal(query_count(txn, &query), -1);
    read_list(&query, 100, 0, &rows);
    assert_int_equal(rows.count, all + 1);
}

/* Puts a value under the record's key that is no payload of its type. */
static enum err spoil(struct txn *txn, void *context)
{
    AUTO_BUFFER struct buffer value = { 0 };
    static const uint8_t nonsense[] = { 0xFF, 0xFF };
    struct envelope envelope = { .revision = 1, .sequence = 1, .payload = { nonsense, 2 } };
    uint8_t key[RECORD_KEY];

    record_key_encode(key, context);
    envelope_encode(&value, &envelope);
    return txn_put(txn, TREE_RECORDS, (struct bytes){ key, sizeof key }, buffer_bytes(&value));
}

static enum err take_away(struct txn *txn, void *context)
{
    uint8_t key[RECORD_KEY];

    record_key_encode(key, context);
    return txn_delete(txn, TREE_RECORDS, (struct bytes){ key, sizeof key });
}

static void stands_damaged(const struct query *query, const struct record_key *key)
{
    static struct rows rows;
    size_t named = 0;

    read_list(query, 3, 0, &rows);
    for (size_t i = 0; i < rows.count; i++) {
        assert_true(rows.damaged[i] == (record_key_compare(&rows.keys[i], key) == 0));
        named += rows.damaged[i];
    }
    assert_int_equal(named, 1);
}

static void a_damaged_record_is_named_in_its_place_and_found_by_its_number(void **state)
{
    static struct rows rows;
    struct query query = { .type = &exhibit_type,
                           .index = index_named(&exhibit_type, "by_number") };
    struct record *record;
    struct record_key key;

    (void)state;
    read_list(&query, 100, 0, &rows);
    key = rows.keys[4];
    assert_int_equal(temporary_get(&demo, &key, &record), ERR_OK);
    assert_int_equal(store_write(demo.store, spoil, &key), ERR_OK);
    stands_damaged(&query, &key);
    query.filter = typed_filter(&exhibit_type, "commodity:no-such");
    stands_damaged(&query, &key); /* what it holds is not known, so no filter hides it */
    query.filter = NULL;
    query.index = NULL;
    stands_damaged(&query, &key);
    finds(arena_string(demo.arena, ((struct exhibit_record *)record)->number), &key);

    /* An entry that leads nowhere is damage too. */
    assert_int_equal(store_write(demo.store, take_away, &key), ERR_OK);
    query.index = index_named(&exhibit_type, "by_number");
    stands_damaged(&query, &key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_order_of_cases_and_exhibits_is_a_plain_sort_both_ways),
        cmocka_unit_test(a_list_by_id_holds_every_record_once_and_no_event),
        cmocka_unit_test(a_list_narrowed_by_its_first_value_holds_that_value_alone),
        cmocka_unit_test(a_slice_that_ends_early_goes_on_without_loss_or_repetition),
        cmocka_unit_test(a_slice_stops_at_its_deadline_though_nothing_is_found),
        cmocka_unit_test(rows_are_counted_no_further_than_anybody_asks),
        cmocka_unit_test(an_ordinance_is_asked_for_by_name_or_label_in_either_language),
        cmocka_unit_test(a_value_is_compared_in_its_own_currency),
        cmocka_unit_test(a_month_or_year_as_a_bound_covers_all_that_lies_in_it),
        cmocka_unit_test(a_day_as_a_bound_covers_its_hours),
        cmocka_unit_test(a_word_is_found_in_either_script_and_several_must_all_hold),
        cmocka_unit_test(a_state_is_asked_for_as_code_or_words),
        cmocka_unit_test(what_is_half_typed_filters_nothing),
        cmocka_unit_test(a_filter_that_cannot_be_read_is_refused_in_words),
        cmocka_unit_test(a_list_field_is_never_compared_but_searched),
        cmocka_unit_test(no_word_of_a_long_filter_is_left_out),
        cmocka_unit_test(who_must_not_know_is_never_told_by_a_filter),
        cmocka_unit_test(a_record_is_found_by_its_number_however_it_is_typed),
        cmocka_unit_test(a_barcode_on_a_shelf_leads_to_the_shelf),
        cmocka_unit_test(words_in_either_script_find_records_of_any_type),
        cmocka_unit_test(a_case_knows_what_refers_to_it),
        cmocka_unit_test(a_voided_record_is_listed_only_where_it_is_asked_for),
        cmocka_unit_test(a_damaged_record_is_named_in_its_place_and_found_by_its_number),
    };

    return cmocka_run_group_tests(tests, make, unmake);
}
