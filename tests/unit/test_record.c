#include "core/schema/record.h"

#include "tests/check.h"

#include <stdio.h>

#include "tests/unit/sample.h"

enum { ROUNDS = 400 };

static int start(void **state)
{
    *state = arena_new();
    return 0;
}

static int end(void **state)
{
    arena_free(*state);
    return 0;
}

/* The payload at an exact copy, so that reading past its end is seen. */
struct exact {
    struct bytes bytes;
    void *memory;
};

static struct exact exact_copy(struct bytes bytes)
{
    uint8_t *memory = memory_new(bytes.len);

    if (bytes.len > 0)
        memcpy(memory, bytes.data, bytes.len);
    return (struct exact){ { memory, bytes.len }, memory };
}

static struct bytes payload_of(struct arena *arena, const struct record *record)
{
    AUTO_BUFFER struct buffer out = { 0 };

    record_encode(&out, record);
    return (struct bytes){ arena_copy(arena, out.data, out.len), out.len };
}

static bool same_bytes(struct bytes a, struct bytes b)
{
    return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

static struct bytes from_hex(struct arena *arena, const char *hex)
{
    AUTO_BUFFER struct buffer out = { 0 };

    assert_true(hex_decode(&out, text_of(hex)));
    return (struct bytes){ arena_copy(arena, out.data, out.len), out.len };
}

static void type_in(struct arena *arena, struct sample_record *record, uint16_t tag,
                    const char *typed)
{
    struct message why;

    assert_true(
        value_parse(&record->head, sample_field(tag), text_of(typed), NULL, arena, &why));
}

/* ---- the payload ---- */

static void a_record_comes_back_as_it_was_written(void **state)
{
    struct arena *arena = *state;

    check_seed();
    for (int round = 0; round < ROUNDS; round++) {
        struct record *record = &any_sample(arena, round % 101)->head;
        struct record *again = record_new(arena, &sample_type);
        struct bytes payload = payload_of(arena, record);

        assert_int_equal(record_decode(again, payload, 0, arena), ERR_OK);
        assert_false(again->partial);
        assert_true(record_equal(record, again));
        assert_true(same_bytes(payload, payload_of(arena, again)));
        arena_reset(arena);
    }
}

static void a_payload_is_a_map_in_the_order_of_its_tags(void **state)
{
    struct arena *arena = *state;
    struct sample_record *record = (struct sample_record *)record_new(arena, &sample_type);

    assert_true(same_bytes(payload_of(arena, &record->head), from_hex(arena, "a0")));
    type_in(arena, record, tag_sample_position, "1.0, 2.0");
    type_in(arena, record, tag_sample_counted, "y");
    type_in(arena, record, tag_sample_title, "A |");
    type_in(arena, record, tag_sample_opened, "2023");
    type_in(arena, record, tag_sample_approximate, "10");
    assert_true(same_bytes(payload_of(arena, &record->head),
                           from_hex(arena, "a5"
                                           "0581a10a0a"
                                           "0a1a0134af70"
                                           "0b826141f6"
                                           "15f5"
                                           "19012c821a009896801a01312d00")));
}

/* What an older program has: every second row. */
static struct record_type older_type(struct arena *arena)
{
    struct record_type older = sample_type;
    struct field *fields = arena_array(arena, sample_type.count, sizeof *fields);

    older.count = 0;
    for (size_t i = 0; i < sample_type.count; i += 2)
        fields[older.count++] = sample_type.fields[i];
    older.fields = fields;
    return older;
}

static void what_an_older_program_does_not_know_survives_its_rewriting(void **state)
{
    struct arena *arena = *state;

    check_seed();
    for (int round = 0; round < ROUNDS; round++) {
        struct record_type older = older_type(arena);
        struct record *record = &any_sample(arena, 70)->head;
        struct record *seen = record_new(arena, &older);
        struct record *again = record_new(arena, &sample_type);
        struct bytes payload = payload_of(arena, record);
        size_t known = 0;

        assert_int_equal(record_decode(seen, payload, 0, arena), ERR_OK);
        for (size_t i = 0; i < sample_type.count; i++)
            known += field_present(&sample_type.fields[i], record);
        for (size_t i = 0; i < older.count; i++)
            known -= field_present(&older.fields[i], seen);
        assert_int_equal(seen->unknown_count, known);
        assert_true(same_bytes(payload, payload_of(arena, seen)));
        assert_true(same_bytes(payload, payload_of(arena, record_copy(arena, seen))));
        /* The older program changes what it knows. */
        memset(field_place(&older.fields[0], seen), 0, field_kind(&older.fields[0])->size);
        memset(field_place(&older.fields[0], record), 0, field_kind(&older.fields[0])->size);
        assert_int_equal(record_decode(again, payload_of(arena, seen), 0, arena), ERR_OK);
        assert_true(record_equal(record, again));
        arena_reset(arena);
    }
}

static void decoding_for_a_list_stops_after_the_tag_that_it_shows(void **state)
{
    struct arena *arena = *state;

    check_seed();
    for (int round = 0; round < ROUNDS; round++) {
        struct record *record = &any_sample(arena, 60)->head;
        struct record *seen = record_new(arena, &sample_type);
        struct bytes payload = payload_of(arena, record);
        uint16_t last = (uint16_t)(1 + below(44));
        bool more = false;

        assert_int_equal(record_decode(seen, payload, last, arena), ERR_OK);
        for (size_t i = 0; i < sample_type.count; i++) {
            const struct field *field = &sample_type.fields[i];

            if (field->tag <= last) {
                assert_true(
                    value_equal(field, field_value(field, record), field_value(field, seen)));
                continue;
            }
            more |= field_present(field, record);
            assert_false(field_present(field, seen));
        }
        assert_int_equal(seen->partial, more);
        arena_reset(arena);
    }
}

static void a_damaged_payload_is_refused_or_is_another_payload(void **state)
{
    struct arena *arena = *state;
    size_t refused = 0;

    check_seed();
    for (int round = 0; round < ROUNDS * 10; round++) {
        struct bytes good = payload_of(arena, &any_sample(arena, 60)->head);
        struct exact damaged = exact_copy(good);
        struct record *seen = record_new(arena, &sample_type);
        uint8_t *bytes = damaged.memory;

        if (below(3) == 0)
            damaged = (struct exact){ { bytes, (size_t)below((int64_t)good.len) }, bytes };
        else
            bytes[below((int64_t)good.len)] ^= (uint8_t)(1 << below(8));
        struct exact input = exact_copy(damaged.bytes);

        enum err err = record_decode(seen, input.bytes, below(4) ? 0 : 20, arena);

        if (err == ERR_OK && !seen->partial) {
            /* Equal values have equal bytes: nothing else decodes to the same. Only the rows of a
             * list may lose a tag that is not known. */
            struct bytes again = payload_of(arena, seen);

            assert_true(again.len < input.bytes.len || same_bytes(again, input.bytes));
            for (size_t i = 0; i < sample_type.count; i++)
                value_show(arena, &sample_type.fields[i],
                           field_value(&sample_type.fields[i], seen), &sample_lookup,
                           LANGUAGE_BOTH);
        } else if (err != ERR_OK) {
            assert_int_equal(err, ERR_DAMAGED);
            refused++;
        }
        free(damaged.memory);
        free(input.memory);
        arena_reset(arena);
    }
    assert_true(refused > 0);
}

static void a_value_has_only_one_form(void **state)
{
    static const char *const wrong[] = {
        "",                                     /* nothing */
        "80",                                   /* no map */
        "a000",                                 /* something behind it */
        "a10a00",                               /* the date zero */
        "a10a1a0134b2b0",                       /* 32 August */
        "a20bf60a00",                           /* tags not ascending */
        "a20bf60bf6",                           /* a tag twice */
        "a11a0001000000",                       /* a tag that is too large */
        "a12000",                               /* a negative tag */
        "a1613100",                             /* a name instead of a tag */
        "a10b82f6f6",                           /* neither Chinese nor English */
        "a10b8161 41",                          /* one language alone */
        "a10c831a0134b1c81901e01901e0",         /* a minute of a month */
        "a10c831a0134b1dd1905a01901e0",         /* minute 1440 */
        "a118c800",                             /* the time zero */
        "a10e82016348 4b44",                    /* Hong Kong dollars with their code */
        "a10e820163757364",                     /* a currency in small letters */
        "a10d83010a626b67",                     /* an exponent of ten */
        "a10d82010 0",                          /* no unit */
        "a11100",                               /* a reference to nothing */
        "a1111b8000000000000001",               /* a kind above 127 */
        "a112831b09000000000000070000",         /* family 0 written out */
        "a112831b0900000000000007011a01000000", /* n of 25 bits */
        "a11380",                               /* an empty list */
        "a1138101",                             /* a row that is no map */
        "a11482613 1f6",                        /* a reason that is null */
        "a115f6",                               /* a flag that is null */
        "a11501",                               /* a flag that is one */
        "a116ff",                               /* a break */
        "a119012c821a35a4e90100",               /* beyond the pole */
    };
    struct arena *arena = *state;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        AUTO_BUFFER struct buffer digits = { 0 };
        AUTO_BUFFER struct buffer bytes = { 0 };
        struct record *seen = record_new(arena, &sample_type);

        for (const char *c = wrong[i]; *c; c++)
            if (*c != ' ')
                buffer_byte(&digits, (uint8_t)*c);
        assert_true(hex_decode(&bytes, buffer_as_text(&digits)));
        enum err err = record_decode(seen, buffer_bytes(&bytes), 0, arena);

        if (err != ERR_DAMAGED)
            print_error("decoded: %s\n", wrong[i]);
        assert_int_equal(err, ERR_DAMAGED);
        for (size_t j = 0; j < sample_type.count; j++)
            assert_false(field_present(&sample_type.fields[j], seen));
    }
}

static void a_table_that_is_no_record_has_the_same_payload(void **state)
{
    struct arena *arena = *state;
    AUTO_BUFFER struct buffer out = { 0 };
    struct sample_leg leg = { .place = TEXT("CN"), .arrived = 20230621 }, again = { 0 };
    struct sample_mark mark = { { false, 0 } };

    fields_encode(&out, sample_leg_fields, sample_leg_type.count, &leg);
    assert_true(same_bytes(buffer_bytes(&out), from_hex(arena, "a20a62434e0b1a0134b1dd")));
    assert_int_equal(fields_decode(&again, sample_leg_fields, sample_leg_type.count,
                                   buffer_bytes(&out), arena),
                     ERR_OK);
    assert_true(text_is(again.place, "CN"));
    assert_int_equal(again.arrived, 20230621);
    assert_int_equal(fields_decode(&mark, sample_mark_fields, sample_mark_type.count,
                                   buffer_bytes(&out), arena),
                     ERR_DAMAGED);
    /* What is not known here is passed over. */
    assert_int_equal(fields_decode(&mark, sample_mark_fields, sample_mark_type.count,
                                   from_hex(arena, "a20a071863f6"), arena),
                     ERR_OK);
    assert_int_equal(mark.tag.value, 7);
}

/* ---- values as values ---- */

static void a_copy_lives_longer_than_what_it_was_made_from(void **state)
{
    struct arena *arena = *state;
    struct arena *shorter = arena_new();

    check_seed();
    struct record *record = &any_sample(shorter, 90)->head;

    record->key = (struct record_key){ id_make(SAMPLE, 0, 5), 0, 0 };
    record->revision = 3;
    record->sequence = 99;
    struct bytes before = payload_of(arena, record);
    struct record *copy = record_copy(arena, record);

    assert_true(record_equal(record, copy));
    arena_free(shorter);
    assert_true(same_bytes(before, payload_of(arena, copy)));
    assert_int_equal(copy->key.id, id_make(SAMPLE, 0, 5));
    assert_int_equal(copy->revision, 3);
    assert_int_equal(copy->sequence, 99);
}

struct differences {
    uint16_t tags[32];
    size_t count;
    bool before, after; /* present in any */
};

static void note_difference(const struct field *field, const void *a, const void *b,
                            void *context)
{
    struct differences *seen = context;

    seen->tags[seen->count++] = field->tag;
    seen->before |= field_kind(field)->present(a);
    seen->after |= field_kind(field)->present(b);
}

static void a_diff_names_what_was_changed_and_nothing_else(void **state)
{
    struct arena *arena = *state;
    struct record *a = &any_sample(arena, 100)->head, *b = record_copy(arena, a);
    struct differences none = { 0 }, two = { 0 }, made = { 0 }, gone = { 0 };

    record_diff(&sample_type, a, b, note_difference, &none);
    assert_int_equal(none.count, 0);
    type_in(arena, (struct sample_record *)b, tag_sample_opened, "");
    type_in(arena, (struct sample_record *)b, tag_sample_laws, "109");
    record_diff(&sample_type, a, b, note_difference, &two);
    assert_int_equal(two.count, 2);
    assert_int_equal(two.tags[0], tag_sample_opened);
    assert_int_equal(two.tags[1], tag_sample_laws);
    assert_false(record_equal(a, b));
    record_diff(&sample_type, NULL, a, note_difference, &made);
    assert_int_equal(made.count, sample_type.count);
    assert_false(made.before);
    record_diff(&sample_type, a, NULL, note_difference, &gone);
    assert_int_equal(gone.count, sample_type.count);
    assert_false(gone.after);
}

static void a_change_of_the_other_language_is_seen(void **state)
{
    const struct field *field = field_named(&sample_type, TEXT("title"));
    struct bitext before = { TEXT("魚翅"), TEXT("Fins") },
                  after = { TEXT("乾魚翅"), TEXT("Fins") };

    (void)state;
    assert_int_equal(value_differs_in(field, &before, &after, NULL, LANGUAGE_EN),
                     LANGUAGE_BOTH);
    assert_int_equal(value_differs_in(field, &before, &after, NULL, LANGUAGE_ZH), LANGUAGE_ZH);
}

static void a_new_record_starts_with_its_presets(void **state)
{
    struct arena *arena = *state;
    struct sample_record *record = (struct sample_record *)record_new(arena, &sample_type);

    record->counted = FLAG_NO;
    record_presets(&record->head, &sample_lookup, arena);
    assert_int_equal(record->opened, 20230621);
    assert_int_equal(record->counted, FLAG_NO);
    assert_false(text_present(record->commodity));
}

/* ---- checks ---- */

static struct findings check(struct arena *arena, const struct sample_record *record)
{
    struct findings findings = { .arena = arena };

    record_check(&record->head, &sample_lookup, &findings);
    return findings;
}

/* A record in which nothing is wrong. */
static struct sample_record *good_sample(struct arena *arena)
{
    struct sample_record *record = (struct sample_record *)record_new(arena, &sample_type);

    record->head.key.id = id_make(SAMPLE, 0, 1);
    type_in(arena, record, tag_sample_title, "魚翅 | Fins");
    return record;
}

/* Typing this into a good record gives one finding, there. */
static void assert_finding(struct arena *arena, uint16_t tag, const char *typed,
                           enum severity severity, const char *in_sentence)
{
    struct sample_record *record = good_sample(arena);

    type_in(arena, record, tag, typed);
    struct findings findings = check(arena, record);

    if (findings.count != 1)
        print_error("%s: %zu findings\n", typed, findings.count);
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.items[0]->tag, tag);
    assert_int_equal(findings.items[0]->severity, severity);
    assert_int_equal(findings.items[0]->record.id, record->head.key.id);
    assert_ptr_equal(findings.items[0]->type, &sample_type);
    assert_non_null(strstr(findings.items[0]->message.id, in_sentence));
    assert_int_equal(findings_stop(&findings), severity == SEVERITY_ERROR);
}

static void assert_no_finding(struct arena *arena, uint16_t tag, const char *typed)
{
    struct sample_record *record = good_sample(arena);

    type_in(arena, record, tag, typed);
    assert_int_equal(check(arena, record).count, 0);
}

static void each_fault_is_found_at_its_field(void **state)
{
    struct arena *arena = *state;

    assert_int_equal(check(arena, good_sample(arena)).count, 0);
    assert_finding(arena, tag_sample_title, "", SEVERITY_ERROR, "missing");
    assert_finding(arena, tag_sample_title, "12345678901234567890123456789012345678901",
                   SEVERITY_ERROR, "characters");
    assert_finding(arena, tag_sample_title, "a\nb |", SEVERITY_ERROR, "control");
    assert_finding(arena, tag_sample_remark,
                   "a\xe2\x80\xae"
                   "b",
                   SEVERITY_ERROR, "control");
    assert_no_finding(arena, tag_sample_remark, "a\nb");
    assert_finding(arena, tag_sample_commodity, "NOT.THERE", SEVERITY_ERROR,
                   "not in the table");
    assert_no_finding(arena, tag_sample_commodity, "END.SHF");
    assert_finding(arena, tag_sample_gross, "3 container", SEVERITY_ERROR, "unit of weight");
    assert_finding(arena, tag_sample_gross, "3 stone", SEVERITY_ERROR, "not a known unit");
    assert_no_finding(arena, tag_sample_gross, "3 kg");
    assert_finding(arena, tag_sample_parent, "S-8", SEVERITY_ERROR, "leads to no record");
    assert_finding(arena, tag_sample_parent, "ST-7", SEVERITY_ERROR, "another kind");
    assert_no_finding(arena, tag_sample_parent, "S-7");
    assert_finding(arena, tag_sample_hash, "sha-256:00", SEVERITY_ERROR, "bytes");
    assert_finding(arena, tag_sample_hash, "crc:00", SEVERITY_ERROR, "not a known hash");
}

static void a_wrong_check_digit_is_a_warning_until_a_reason_is_given(void **state)
{
    struct arena *arena = *state;

    assert_no_finding(arena, tag_sample_container, "CSQU3054383");
    assert_finding(arena, tag_sample_container, "CSQU3054384", SEVERITY_WARNING, "check digit");
    assert_finding(arena, tag_sample_container, "CSQU", SEVERITY_WARNING, "form");
    assert_no_finding(arena, tag_sample_container, "CSQU3054384 | worn plate");
}

static void a_choice_that_was_dropped_from_its_table_is_found(void **state)
{
    struct arena *arena = *state;
    struct sample_record *record = good_sample(arena);

    record->sex = TEXT("X");
    struct findings findings = check(arena, record);

    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.items[0]->tag, tag_sample_sex);
}

static void a_partial_date_is_good_where_it_is_marked_as_approximate(void **state)
{
    struct arena *arena = *state;
    struct sample_record *record = good_sample(arena);

    assert_finding(arena, tag_sample_opened, "2023-06", SEVERITY_WARNING, "only in part");
    assert_finding(arena, tag_sample_occurred, "2023", SEVERITY_WARNING, "only in part");
    assert_no_finding(arena, tag_sample_occurred, "2023-06-21");
    type_in(arena, record, tag_sample_opened, "2023-06");
    type_in(arena, record, tag_sample_approximate, "14; 10");
    assert_int_equal(check(arena, record).count, 0);
    assert_finding(arena, tag_sample_approximate, "99", SEVERITY_ERROR, "there is none");
}

static void a_fault_in_a_list_names_its_row(void **state)
{
    struct arena *arena = *state;
    struct sample_record *record = good_sample(arena);

    type_in(arena, record, tag_sample_legs,
            "CN; | 中; SG |  |  | 123456789012345678901; VN |  |  |  | 60\\; 999");
    struct findings findings = check(arena, record);

    assert_int_equal(findings.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(findings.items[i]->tag, tag_sample_legs);
        assert_int_equal(findings.items[i]->row, i + 2);
    }
    assert_int_equal(findings.items[0]->row_tag, tag_sample_leg_place);
    assert_int_equal(findings.items[1]->row_tag, tag_sample_leg_remark);
}

static void a_record_that_is_too_large_to_be_stored_is_found(void **state)
{
    struct arena *arena = *state;
    struct sample_record *record = good_sample(arena);
    struct sample_law *laws = arena_array(arena, 20000, sizeof *laws);

    for (size_t i = 0; i < 20000; i++)
        laws[i].chapter = TEXT("586");
    record->laws = (struct list){ laws, 20000 };
    struct findings findings = check(arena, record);

    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.items[0]->tag, 0);
    assert_true(findings_stop(&findings));
}

static void without_a_lookup_codes_and_references_are_believed(void **state)
{
    struct arena *arena = *state;
    struct sample_record *record = good_sample(arena);
    struct findings findings = { .arena = arena };
    struct lookup empty = { .now_ms = 0 };

    type_in(arena, record, tag_sample_commodity, "NOT.THERE");
    type_in(arena, record, tag_sample_gross, "3 stone");
    type_in(arena, record, tag_sample_parent, "S-8");
    record_check(&record->head, NULL, &findings);
    record_check(&record->head, &empty, &findings);
    assert_int_equal(findings.count, 0);
}

static void findings_hold_many_and_their_own_words(void **state)
{
    struct arena *arena = *state;
    struct findings findings = { .arena = arena };
    char word[16];

    for (int i = 0; i < 100; i++) {
        snprintf(word, sizeof word, "w%d", i);
        finding_add(&findings, SEVERITY_WARNING, NULL, 0, "%s of %d", word, i);
    }
    assert_int_equal(findings.count, 100);
    assert_string_equal(findings.items[42]->message.arguments[0].text, "w42");
    assert_int_equal(findings.items[99]->message.arguments[1].number, 99);
    assert_false(findings_stop(&findings));
}

/* ---- words ---- */

static bool has_term(struct text *terms, size_t count, const char *term)
{
    for (size_t i = 0; i < count; i++)
        if (text_is(terms[i], term))
            return true;
    return false;
}

static void a_record_is_found_by_the_words_of_its_searched_fields(void **state)
{
    struct arena *arena = *state;
    struct sample_record *record = good_sample(arena);
    struct text *terms;
    size_t count;

    type_in(arena, record, tag_sample_title, "臺灣魚翅 | Shark FIN, fin");
    type_in(arena, record, tag_sample_number, "KCT/23");
    type_in(arena, record, tag_sample_container, "CSQU 305438-3");
    type_in(arena, record, tag_sample_sex, "F");
    type_in(arena, record, tag_sample_commodity, "HIDDEN");
    type_in(arena, record, tag_sample_legs, "HIDDEN | 深圳 \\| Shenzhen");
    record_terms(&record->head, arena, &terms, &count);
    assert_true(has_term(terms, count, "魚翅"));
    assert_true(has_term(terms, count, "灣魚"));
    assert_true(has_term(terms, count, "shark"));
    assert_true(has_term(terms, count, "kct"));
    assert_true(has_term(terms, count, "23"));
    assert_true(has_term(terms, count, "305438"));
    assert_true(has_term(terms, count, "csqu3054383"));
    assert_true(has_term(terms, count, "female"));
    assert_true(has_term(terms, count, "深圳"));
    assert_true(has_term(terms, count, "shenzhen"));
    assert_false(has_term(terms, count, "hidden"));
    for (size_t i = 1; i < count; i++)
        assert_true(text_compare(terms[i - 1], terms[i]) < 0);
    record_terms(record_new(arena, &sample_type), arena, &terms, &count);
    assert_int_equal(count, 0);
}

/* ---- keys ---- */

static void assert_key(const char *typed, uint64_t id, uint8_t family, uint32_t n,
                       const char *printed)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct record_key key;

    assert_true(key_parse(&key, text_of(typed)));
    assert_true(key.id == id && key.family == family && key.n == n);
    key_print(&out, &key);
    assert_true(text_is(buffer_as_text(&out), printed));
}

static void a_key_is_written_as_people_quote_it(void **state)
{
    struct record_key key;
    static const char *const wrong[] = { "",          "-",
                                         "S",         "S-",
                                         "S-x",       "X-1",
                                         "S-1.2.3",   "S-0.1",
                                         "S-4096.1",  "S-17592186044416",
                                         "S-1:1",     "S-1:0:1",
                                         "S-1:256:1", "S-1:1:16777216",
                                         "S-1 2",     "S1",
                                         "-1",        "S-99999999999999999999999" };

    (void)state;
    assert_key("S-123", id_make(SAMPLE, 0, 123), 0, 0, "S-123");
    assert_key(" s-7.123 ", id_make(SAMPLE, 7, 123), 0, 0, "S-7.123");
    assert_key("ST-0", id_make(SAMPLE_OTHER, 0, 0), 0, 0, "ST-0");
    assert_key("S-123:1:9", id_make(SAMPLE, 0, 123), 1, 9, "S-123:1:9");
    assert_key("55-4095.17592186044415:255:16777215", id_make(55, 4095, 17592186044415), 255,
               16777215, "55-4095.17592186044415:255:16777215");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        if (key_parse(&key, text_of(wrong[i])))
            print_error("taken: %s\n", wrong[i]);
        assert_false(key_parse(&key, text_of(wrong[i])));
    }
}

static void keys_sort_as_their_bytes_and_events_lie_beside_their_record(void **state)
{
    struct record_key keys[] = {
        { id_make(1, 0, 1), 0, 0 },      { id_make(1, 0, 1), 1, 1 },
        { id_make(1, 0, 1), 1, 256 },    { id_make(1, 0, 1), 2, 1 },
        { id_make(1, 0, 2), 0, 0 },      { id_make(1, 1, 0), 0, 0 },
        { id_make(127, 4095, 9), 0, 0 },
    };
    uint8_t before[12], bytes[12];

    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        record_key_encode(bytes, &keys[i]);
        struct record_key again = record_key_decode(bytes);

        assert_int_equal(record_key_compare(&keys[i], &again), 0);
        if (i > 0) {
            assert_true(memcmp(before, bytes, 12) < 0);
            assert_true(record_key_compare(&keys[i - 1], &keys[i]) < 0);
        }
        memcpy(before, bytes, 12);
    }
    assert_int_equal(id_kind(keys[6].id), 127);
    assert_int_equal(id_site(keys[6].id), 4095);
    assert_int_equal(id_number(keys[6].id), 9);
}

static void a_type_is_found_by_number_name_and_key(void **state)
{
    struct record_key event = { id_make(SAMPLE, 0, 1), SAMPLE_EVENTS, 3 };

    (void)state;
    assert_ptr_equal(type_numbered(SAMPLE), &sample_type);
    assert_null(type_numbered(100)); /* events have no ids of their own */
    assert_null(type_numbered(77));
    assert_ptr_equal(type_of_family(SAMPLE_EVENTS), &sample_event_type);
    assert_null(type_of_family(0));
    assert_ptr_equal(type_of_key(&event), &sample_event_type);
    assert_ptr_equal(type_named(TEXT("stranger")), &sample_stranger_type);
    assert_null(type_named(TEXT("strange")));
    assert_ptr_equal(field_named(&sample_type, TEXT("title")), sample_field(tag_sample_title));
    assert_null(field_named(&sample_type, TEXT("titles")));
    assert_null(field_find(&sample_type, 99));
    assert_int_equal(field_max(sample_field(tag_sample_remark)), 4000);
    assert_int_equal(field_max(sample_field(tag_sample_number)), 24);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
        TEST(a_record_comes_back_as_it_was_written),
        TEST(a_payload_is_a_map_in_the_order_of_its_tags),
        TEST(what_an_older_program_does_not_know_survives_its_rewriting),
        TEST(decoding_for_a_list_stops_after_the_tag_that_it_shows),
        TEST(a_damaged_payload_is_refused_or_is_another_payload),
        TEST(a_value_has_only_one_form),
        TEST(a_table_that_is_no_record_has_the_same_payload),
        TEST(a_copy_lives_longer_than_what_it_was_made_from),
        TEST(a_diff_names_what_was_changed_and_nothing_else),
        TEST(a_change_of_the_other_language_is_seen),
        TEST(a_new_record_starts_with_its_presets),
        TEST(each_fault_is_found_at_its_field),
        TEST(a_wrong_check_digit_is_a_warning_until_a_reason_is_given),
        TEST(a_choice_that_was_dropped_from_its_table_is_found),
        TEST(a_partial_date_is_good_where_it_is_marked_as_approximate),
        TEST(a_fault_in_a_list_names_its_row),
        TEST(a_record_that_is_too_large_to_be_stored_is_found),
        TEST(without_a_lookup_codes_and_references_are_believed),
        TEST(findings_hold_many_and_their_own_words),
        TEST(a_record_is_found_by_the_words_of_its_searched_fields),
        cmocka_unit_test(a_key_is_written_as_people_quote_it),
        cmocka_unit_test(keys_sort_as_their_bytes_and_events_lie_beside_their_record),
        cmocka_unit_test(a_type_is_found_by_number_name_and_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
