/* Need to know: what each officer may read, in the lists, searches, histories and acts of a small department. */
#include "core/model/access.h"

#include <stdlib.h>
#include <string.h>

#include "core/change/history.h"
#include "core/model/case.h"
#include "core/model/elements.h"
#include "core/model/exhibit.h"
#include "core/model/note.h"
#include "core/query/query.h"
#include "tests/department.h"
#include "tui/widget/grid.h"

/* The department with an inspector and a head of the drugs bureau, a desk officer there, and an auditor. */
struct house {
    struct department d;
    struct session inspector, colleague, head, auditor;
};

static void hire_into(struct house *h, struct session *session, const char *number,
                      const char *name, const char *role, const char *formation)
{
    struct department *d = &h->d;
    uint64_t id = done(d, does(d, &d->t.session, "officer-add", NULL,
                               TYPED("number", number, "name", name, "roles", role, "state",
                                     "active", "formation", formation)))
                      .id;

    assert_int_equal(account_set_password(&d->t.session, id, (struct text){ 0 },
                                          TEXT(PASSWORD)),
                     ERR_OK);
    enter(d, session, number);
}

static int house_open(void **state)
{
    struct house *h = memory_new(sizeof *h);

    department_open(&h->d);
    hire_into(h, &h->inspector, "I-0001", "高 | Ko", "desk", "CDI");
    hire_into(h, &h->colleague, "I-0002", "麥 | Mak", "desk", "CDI");
    hire_into(h, &h->head, "I-0009", "馮 | Fung", "supervisor", "CDI");
    hire_into(h, &h->auditor, "U-0001", "核數 | Audit", "auditor", "IAG");
    *state = h;
    return 0;
}

static int house_close(void **state)
{
    struct house *h = *state;

    session_end(&h->inspector);
    session_end(&h->colleague);
    session_end(&h->head);
    session_end(&h->auditor);
    department_close(&h->d);
    free(h);
    return 0;
}

#define IN_HOUSE(test) cmocka_unit_test_setup_teardown(test, house_open, house_close)

/* A case of the drugs bureau that its inspector opens; D-1204 stands on its list. */
static struct record_key sensitive_case(struct house *h, const char *sensitivity)
{
    struct department *d = &h->d;

    return done(d, does(d, &h->inspector, "case-open", NULL,
                        TYPED("title", "臥底行動 | Undercover nightjar", "place", "KCT",
                              "formation", "CDI", "opened", "2023-06-21", "officer", "I-0001",
                              "ordinances", "60", "sensitivity", sensitivity, "access",
                              "D-1204", "value", "1234567")));
}

static struct record_key exhibit_of(struct house *h, struct record_key file)
{
    struct department *d = &h->d;
    struct record_key seizure =
        done(d, does(d, &h->inspector, "seizure-record", NULL,
                     TYPED("of_case", number_of(d, file), "occurred", "2023-06-21 08:00",
                           "place", "KCT", "officer", "I-0001")));

    return done(d, does(d, &h->inspector, "exhibit-add", NULL,
                        TYPED("seizure", number_of(d, seizure), "commodity", "DIG.PHO",
                              "quantity", "3 unit", "description", "手提電話 | Telephones",
                              "remark", "線人所指 | pointed out")));
}

/* ---- what an officer sees ---- */

struct reading {
    struct access_reader *reader;
    struct txn *txn;
    struct department *d;
};

static void reading_begin(struct reading *r, struct department *d, struct session *session)
{
    r->d = d;
    r->reader = access_reader_new(session);
    codes_officer(d->codes, session->officer);
    store_read_as(d->t.store, access_of(r->reader));
    assert_int_equal(store_begin(&r->txn, d->t.store), ERR_OK);
}

static void reading_end(struct reading *r)
{
    txn_end(r->txn);
    store_read_as(r->d->t.store, NULL);
    access_reader_free(r->reader);
}

static enum access sees(struct department *d, struct session *session, struct record_key key)
{
    struct reading r;
    enum access access;

    reading_begin(&r, d, session);
    assert_int_equal(access_to(r.reader, r.txn, &key, &access), ERR_OK);
    reading_end(&r);
    return access;
}

static bool among(const struct record_key *keys, size_t count, struct record_key key)
{
    for (size_t i = 0; i < count; i++)
        if (record_key_compare(&keys[i], &key) == 0)
            return true;
    return false;
}

static bool finds(struct department *d, struct session *session, const char *typed,
                  struct record_key key)
{
    struct record_key *keys;
    struct reading r;
    size_t count;

    reading_begin(&r, d, session);
    assert_int_equal(search(r.txn, text_of(typed), 50, d->arena, &keys, &count), ERR_OK);
    reading_end(&r);
    return among(keys, count, key);
}

/* The row of a list as the officer gets it; NULL: it is not in the list. */
static struct record *row_of(struct department *d, struct session *session,
                             const struct record_type *type, const char *index,
                             const char *filter, struct record_key key)
{
    struct query query = { .type = type, .index = index ? index_named(type, index) : NULL };
    struct record *found = NULL;
    struct filter *parsed = NULL;
    struct query_slice slice;
    struct message why;
    struct reading r;

    reading_begin(&r, d, session);
    if (filter)
        done(d, filter_parse(&parsed, d->arena, type, text_of(filter), codes_lookup(d->codes),
                             &why));
    query.filter = parsed;
    assert_int_equal(query_slice(r.txn, &query, (struct bytes){ 0 }, 200, 0,
                                 codes_lookup(d->codes), d->arena, &slice),
                     ERR_OK);
    for (size_t i = 0; i < slice.count; i++) {
        assert_false(slice.rows[i].damaged);
        if (record_key_compare(&slice.rows[i].key, &key) == 0)
            found = slice.rows[i].record;
    }
    reading_end(&r);
    return found;
}

static const char *called(struct department *d, struct session *session, struct record_key key)
{
    const struct lookup *lookup = codes_lookup(d->codes);
    AUTO_BUFFER struct buffer name = { 0 };
    struct reading r;

    reading_begin(&r, d, session);
    lookup->reference(lookup->context, (struct reference){ key.id, key.family, key.n },
                      LANGUAGE_EN, &name);
    reading_end(&r);
    return arena_string(d->arena, buffer_as_text(&name));
}

/* ---- cases ---- */

static void test_who_reads_what(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;

    struct record_key plain = open_case(d), close = sensitive_case(h, "confidential"),
                      secret = sensitive_case(h, "secret");
    const struct {
        struct session *who;
        enum access plain, close, secret;
    } expected[] = {
        { &h->inspector, ACCESS_READ, ACCESS_ALL, ACCESS_ALL },     /* in charge */
        { &d->desk, ACCESS_ALL, ACCESS_ALL, ACCESS_ALL },           /* on the list */
        { &h->head, ACCESS_READ, ACCESS_ALL, ACCESS_NUMBER },       /* of the formation */
        { &h->colleague, ACCESS_READ, ACCESS_READ, ACCESS_NONE },   /* in the formation */
        { &h->auditor, ACCESS_READ, ACCESS_READ, ACCESS_READ },     /* checks */
        { &d->clerk, ACCESS_READ, ACCESS_NUMBER, ACCESS_NUMBER },   /* keeps exhibits */
        { &d->desk2, ACCESS_READ, ACCESS_NUMBER, ACCESS_NONE },     /* anybody else */
        { &d->supervisor, ACCESS_READ, ACCESS_NUMBER, ACCESS_NONE } /* of another formation */
    };

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_int_equal(sees(d, expected[i].who, plain), expected[i].plain);
        assert_int_equal(sees(d, expected[i].who, close), expected[i].close);
        assert_int_equal(sees(d, expected[i].who, secret), expected[i].secret);
    }
    /* Being an administrator lets nobody read. */
    assert_int_equal(sees(d, &d->administrator, close), ACCESS_NUMBER);
    assert_int_equal(sees(d, &d->administrator, secret), ACCESS_NONE);
}

static void test_secret_is_not_found(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;

    struct record_key file = sensitive_case(h, "secret");
    const char *number = number_of(d, file);
    AUTO_BUFFER struct buffer id = { 0 };
    struct reference reference = { 0 };
    const struct lookup *lookup = codes_lookup(d->codes);
    struct field to_case = { .targets = "case" };
    struct reading r;

    key_print(&id, &file);
    assert_true(finds(d, &d->desk, number, file));
    assert_true(finds(d, &d->desk, "nightjar", file));
    assert_false(finds(d, &d->desk2, number, file));
    assert_false(finds(d, &d->desk2, "nightjar", file));
    assert_false(finds(d, &d->desk2, "臥底", file));
    assert_false(finds(d, &d->desk2, arena_string(d->arena, buffer_as_text(&id)), file));
    assert_null(row_of(d, &d->desk2, &case_type, NULL, NULL, file));
    assert_string_equal(called(d, &d->desk2, file), "not permitted");
    reading_begin(&r, d, &d->desk2);
    assert_false(
        lookup->reference_typed(lookup->context, &to_case, text_of(number), &reference));
    reading_end(&r);
}

static void test_confidential_shows_its_number(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;
    struct case_record *row;

    struct record_key file = sensitive_case(h, "confidential");
    const char *number = number_of(d, file);

    row = (struct case_record *)row_of(d, &d->desk2, &case_type, "by_number", NULL, file);
    assert_non_null(row);
    says(number, row->number);
    assert_int_equal(row->head.access, ACCESS_NUMBER);
    assert_int_equal(row->title.zh.len + row->title.en.len, 0);
    assert_int_equal(row->officer.id, 0);
    assert_true(finds(d, &d->desk2, number, file));
    assert_string_equal(called(d, &d->desk2, file),
                        arena_printf(d->arena, "%s not permitted", number).data);
}

/* The chosen row may be one of which only the number is shown: the list stays there when it is read again. */
static void test_a_list_stays_on_a_refused_row(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;
    struct reading r;
    struct grid grid;

    struct record_key file = sensitive_case(h, "confidential");

    open_case(d);
    reading_begin(&r, d, &d->desk2);
    grid_init(&grid, d->t.store, codes_lookup(d->codes), &case_type, LANGUAGE_EN);
    grid.query.index = index_named(&case_type, "by_number");
    assert_int_equal(grid_load(&grid, false), ERR_OK);
    assert_int_equal(record_key_compare(grid_key_of(&grid), &file), 0);
    assert_int_equal(grid_load(&grid, true), ERR_OK);
    assert_int_equal(record_key_compare(grid_key_of(&grid), &file), 0);
    grid_free(&grid);
    reading_end(&r);
}

static void test_nothing_is_found_by_trying(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;

    struct record_key file = sensitive_case(h, "confidential");
    const char *const tries[] = { "title:nightjar", "nightjar",  "value:>1000000",
                                  "officer:I-0001", "place:KCT", "state:C01",
                                  "ordinances:60",  "臥底",      "value:1234567" };
    /* What a word says when it is turned round, is the same for any word. */
    const char *const turned[] = { "-title:nightjar", "-title:other", "-value:>1", "-state:C01",
                                   "-state:C02" };

    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++)
        assert_null(row_of(d, &d->desk2, &case_type, "by_number", tries[i], file));
    for (size_t i = 0; i < sizeof turned / sizeof *turned; i++)
        assert_non_null(row_of(d, &d->desk2, &case_type, "by_number", turned[i], file));
    assert_non_null(row_of(d, &h->colleague, &case_type, "by_number", "title:nightjar", file));
    /* Nor by its place in an order. */
    assert_null(row_of(d, &d->desk2, &case_type, "by_value", NULL, file));
    assert_null(row_of(d, &d->desk2, &case_type, "by_officer", NULL, file));
    assert_non_null(row_of(d, &h->colleague, &case_type, "by_value", NULL, file));
}

static void test_list_of_names_is_private(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;
    struct record *record;
    struct reading r;

    struct record_key file = sensitive_case(h, "confidential");

    reading_begin(&r, d, &h->colleague);
    assert_int_equal(record_get(r.txn, &file, 0, d->arena, &record), ERR_OK);
    assert_int_equal(((struct case_record *)record)->access.count, 0);
    reading_end(&r);
    /* What was not seen is not lost by amending. */
    struct record *mine = record_copy(d->arena, record);
    struct act_call call = {
        .act = act_named(TEXT("case-amend")), .input = mine, .base = record, .subject = file
    };

    ((struct case_record *)mine)->paper_file = TEXT("CDI/1/23");
    d->result = (struct change_result){ .arena = d->arena };
    done(d, act_run(&h->colleague, &call, &d->result));
    assert_int_equal(((struct case_record *)fetch(d, file))->access.count, 1);
    says("CDI/1/23", ((struct case_record *)fetch(d, file))->paper_file);
}

/* ---- what belongs to a case ---- */

static void test_clerk_keeps_goods_of_a_secret_case(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;
    struct exhibit_record *seen;
    struct record *record;
    struct reading r;

    struct record_key file = sensitive_case(h, "secret"), exhibit = exhibit_of(h, file);
    const char *number = number_of(d, exhibit);

    assert_int_equal(account_second(&h->inspector, TEXT("C-0311"), TEXT(PASSWORD)), ERR_OK);
    done(d, does(d, &h->inspector, "exhibit-hand-over", NULL,
                 TYPED("exhibits", number, "receiver", "C-0311")));
    done(d, does(d, &d->clerk, "exhibit-shelve", NULL,
                 TYPED("exhibits", number, "location", "KC-R1")));

    reading_begin(&r, d, &d->clerk);
    assert_int_equal(record_get(r.txn, &exhibit, 0, d->arena, &record), ERR_OK);
    seen = (struct exhibit_record *)record;
    assert_int_equal(record->access, ACCESS_CUSTODY);
    says("Telephones", seen->description.en);
    assert_true(seen->located.id != 0);
    assert_int_equal(seen->remark.len, 0);
    reading_end(&r);
    assert_int_equal(sees(d, &d->clerk, file), ACCESS_NUMBER);
    assert_true(finds(d, &d->clerk, "telephones", exhibit));
    assert_false(finds(d, &d->desk2, "telephones", exhibit));
    assert_int_equal(sees(d, &d->desk2, exhibit), ACCESS_NONE);
}

/* What a clerk has to do about goods is the clerk's, and nobody else's who may not read the case. */
static void test_clerk_has_follow_ups_on_goods(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;

    struct record_key file = sensitive_case(h, "secret"), exhibit = exhibit_of(h, file);
    struct record_key task =
        done(d, does(d, &d->clerk, "task-add", NULL,
                     TYPED("what", "覆檢冷藏溫度 | Check the cold store", "due", "2023-07-01",
                           "officer", "C-0311", "about", number_of(d, exhibit))));

    assert_int_equal(sees(d, &d->clerk, task), ACCESS_READ);
    assert_int_equal(sees(d, &d->desk, task), ACCESS_ALL);
    assert_int_equal(sees(d, &d->clerk2, task), ACCESS_NUMBER);
    assert_int_equal(sees(d, &d->desk2, task), ACCESS_NONE);
    refused(d,
            does(d, &d->clerk, "task-add", NULL,
                 TYPED("what", "x", "due", "2023-07-01", "officer", "C-0311", "about",
                       number_of(d, file))),
            ERR_REFUSED, "not permitted to read");
}

static void test_receiver_sees_what_comes(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;

    struct record_key exhibit = exhibit_of(h, sensitive_case(h, "secret"));

    assert_int_equal(sees(d, &d->desk2, exhibit), ACCESS_NONE);
    done(d, does(d, &h->inspector, "exhibit-release", NULL,
                 TYPED("exhibits", number_of(d, exhibit), "receiver", "D-1205")));
    assert_int_equal(sees(d, &d->desk2, exhibit), ACCESS_CUSTODY);
}

static void test_notes_follow_their_record(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;
    struct family_page page;
    struct reading r;

    struct record_key file = sensitive_case(h, "secret"), exhibit = exhibit_of(h, file);

    done(d, does(d, &h->inspector, "note-add", &file, TYPED("text", "監視 | Surveillance")));
    done(d, does(d, &h->inspector, "note-add", &exhibit, TYPED("text", "解鎖 | Unlocked")));
    reading_begin(&r, d, &d->clerk);
    assert_int_equal(family_page(r.txn, file.id, 2, 0, FORWARD, 10, d->arena, &page), ERR_OK);
    assert_int_equal(page.count, 0);
    assert_int_equal(family_page(r.txn, exhibit.id, 2, 0, FORWARD, 10, d->arena, &page),
                     ERR_OK);
    assert_int_equal(page.count, 0);
    assert_int_equal(family_page(r.txn, exhibit.id, 1, 0, FORWARD, 10, d->arena, &page),
                     ERR_OK);
    assert_int_equal(page.count, 1); /* the chain is whole */
    reading_end(&r);
    reading_begin(&r, d, &d->desk);
    assert_int_equal(family_page(r.txn, exhibit.id, 2, 0, FORWARD, 10, d->arena, &page),
                     ERR_OK);
    assert_int_equal(page.count, 1);
    reading_end(&r);
    assert_false(finds(d, &d->clerk, "surveillance", (struct record_key){ file.id, 2, 1 }));
}

static struct record_key involve(struct house *h, struct record_key file, const char *role)
{
    struct department *d = &h->d;
    struct record_key party =
        done(d, does(d, &h->inspector, "party-add", NULL,
                     TYPED("party_kind", "person", "name", "羅阿牛 | LO Ah Ngau")));

    return done(d, does(d, &h->inspector, "involvement-add", NULL,
                        TYPED("of_case", number_of(d, file), "party", number_of(d, party),
                              "role", role, "sensitivity", "confidential")));
}

static void test_informer_is_for_those_inside(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;

    struct record_key file = sensitive_case(h, "restricted"),
                      informer = involve(h, file, "informer"),
                      witness = involve(h, file, "witness");

    assert_int_equal(sees(d, &h->inspector, informer), ACCESS_ALL);
    assert_int_equal(sees(d, &d->desk, informer), ACCESS_ALL); /* on the case's list */
    assert_int_equal(sees(d, &h->colleague, informer), ACCESS_NONE);
    assert_int_equal(sees(d, &h->auditor, informer), ACCESS_NONE);
    assert_int_equal(sees(d, &d->desk2, file), ACCESS_READ);
    assert_int_equal(sees(d, &d->desk2, informer), ACCESS_NONE);
    assert_int_equal(sees(d, &h->colleague, witness), ACCESS_READ);
    assert_int_equal(sees(d, &d->desk2, witness), ACCESS_NUMBER);
}

/* Who told it stays with the officer who answers for the report. */
static void test_informant_of_a_report_is_private(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;
    struct record *record;
    struct reading r;

    struct record_key report =
        done(d, does(d, &d->desk, "report-add", NULL,
                     TYPED("subject", "私煙 | Illicit cigarettes", "details", "x", "officer",
                           "D-1204", "informant_name", "何先生 | Mr Ho")));
    const struct field *name = field_named(type_of_key(&report), TEXT("informant_name"));

    reading_begin(&r, d, &d->desk2);
    assert_int_equal(record_get(r.txn, &report, 0, d->arena, &record), ERR_OK);
    assert_int_equal(record->access, ACCESS_READ);
    assert_false(field_present(name, record));
    reading_end(&r);
    reading_begin(&r, d, &d->desk);
    assert_int_equal(record_get(r.txn, &report, 0, d->arena, &record), ERR_OK);
    assert_true(field_present(name, record));
    reading_end(&r);
}

static void test_history_needs_reading(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;
    struct revision *revisions;
    struct record *record;
    struct reading r;
    size_t count;

    struct record_key file = sensitive_case(h, "confidential"),
                      secret = sensitive_case(h, "secret");

    reading_begin(&r, d, &d->desk2);
    refused(d, history_read(r.txn, &file, 0, 10, d->arena, &revisions, &count), ERR_REFUSED,
            "not permitted to read");
    refused(d, record_as_at(r.txn, &file, (uint64_t)department_now, d->arena, &record),
            ERR_REFUSED, "not permitted to read");
    refused(d, history_read(r.txn, &secret, 0, 10, d->arena, &revisions, &count), ERR_MISSING,
            "There is no record");
    reading_end(&r);
    reading_begin(&r, d, &h->colleague);
    assert_int_equal(history_read(r.txn, &file, 0, 10, d->arena, &revisions, &count), ERR_OK);
    assert_int_equal(((struct case_record *)revisions[0].record)->access.count, 0);
    reading_end(&r);
}

/* ---- acts ---- */

static void test_who_may_not_read_does_nothing(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;

    struct record_key close = sensitive_case(h, "confidential"),
                      secret = sensitive_case(h, "secret"), exhibit = exhibit_of(h, close);

    refused(d, does(d, &d->desk2, "case-amend", &close, TYPED("paper_file", "X")), ERR_REFUSED,
            "not permitted to read");
    refused(d, does(d, &d->desk2, "case-amend", &secret, TYPED("paper_file", "X")), ERR_MISSING,
            "There is no record");
    refused(d, does(d, &d->desk2, "note-add", &close, TYPED("text", "x")), ERR_REFUSED,
            "not permitted to read");
    refused(d,
            does(d, &d->desk2, "seizure-record", NULL,
                 TYPED("of_case", number_of(d, close), "occurred", "2023-06-21 08:00", "place",
                       "KCT", "officer", "D-1205")),
            ERR_REFUSED, "not permitted to read");
    refused(d, does(d, &d->desk2, "exhibit-amend", &exhibit, TYPED("bag", "X1")), ERR_REFUSED,
            "not permitted to read");
    refused(d, does(d, &d->supervisor, "case-void", &close, TYPED("reason", "x")), ERR_REFUSED,
            "not permitted to read");
    done(d, does(d, &h->colleague, "case-amend", &close, TYPED("paper_file", "X")));
}

static void test_head_gives_on_what_he_may_not_read(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;

    struct record_key file = sensitive_case(h, "secret");

    refused(d, does(d, &d->supervisor, "case-assign", &file, TYPED("officer", "S-0102")),
            ERR_MISSING, "There is no record");
    refused(d, does(d, &h->head, "case-void", &file, TYPED("reason", "x")), ERR_REFUSED,
            "not permitted to read");
    done(d, does(d, &h->head, "case-assign", &file, TYPED("officer", "I-0002")));
    assert_int_equal(sees(d, &h->colleague, file), ACCESS_ALL);
    assert_int_equal(sees(d, &h->inspector, file), ACCESS_NONE);
}

static void test_restricting(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;

    struct record_key file = open_case(d);

    refused(d,
            does(d, &d->desk2, "case-restrict", &file,
                 TYPED("sensitivity", "secret", "reason", "x")),
            ERR_REFUSED, "officer in charge decides");
    done(d, does(d, &d->desk, "case-restrict", &file,
                 TYPED("sensitivity", "secret", "access", "D-1205", "reason", "線報")));
    assert_int_equal(sees(d, &d->desk2, file), ACCESS_ALL);
    assert_int_equal(sees(d, &h->colleague, file), ACCESS_NONE);
    d->result = (struct change_result){ .arena = d->arena };
    assert_int_equal(act_undo(&d->desk, &d->result), ERR_OK);
    assert_int_equal(sees(d, &h->colleague, file), ACCESS_READ);
    done(d, does(d, &d->supervisor, "case-restrict", &file,
                 TYPED("sensitivity", "confidential", "reason", "x")));
    assert_int_equal(sees(d, &h->colleague, file), ACCESS_NUMBER);
}

/* Whoever opens a sensitive file for another still reads it. */
static void test_maker_stands_on_the_list(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;

    struct record_key file = done(d, does(d, &d->desk2, "case-open", NULL,
                                          TYPED("title", "代開 | For another", "place", "KCT",
                                                "opened", "2023-06-21", "officer", "I-0001",
                                                "ordinances", "60", "sensitivity", "secret")));

    assert_int_equal(sees(d, &d->desk2, file), ACCESS_ALL);
    assert_int_equal(sees(d, &d->desk, file), ACCESS_NONE);
}

/* ---- views ---- */

static uint64_t entries(struct department *d)
{
    uint64_t size;

    assert_int_equal(store_size(d->t.store, &size), ERR_OK);
    return size;
}

static void test_views_of_sensitive_records_are_journaled(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;
    struct journal_entry entry;
    struct txn *txn;

    struct record_key plain = open_case(d), secret = sensitive_case(h, "secret");
    struct access_reader *auditor = access_reader_new(&h->auditor),
                         *outsider = access_reader_new(&d->desk2);
    uint64_t before = entries(d), undoable = h->auditor.last_act;

    assert_int_equal(access_viewed(auditor, &h->auditor, (struct access_views){ &plain, 1 }),
                     ERR_OK);
    assert_int_equal(access_viewed(outsider, &d->desk2, (struct access_views){ &secret, 1 }),
                     ERR_OK);
    assert_int_equal(entries(d), before);
    for (int i = 0; i < 3; i++)
        assert_int_equal(access_viewed(auditor, &h->auditor,
                                       (struct access_views){ &secret, 1 }),
                         ERR_OK);
    assert_int_equal(entries(d), before + 1);
    assert_int_equal(h->auditor.last_act, undoable);
    assert_int_equal(store_begin(&txn, d->t.store), ERR_OK);
    assert_int_equal(entry_read(txn, before, d->arena, &entry), ERR_OK);
    txn_end(txn);
    says("record.view", entry.statement.act);
    assert_int_equal(entry.statement.officer, h->auditor.officer);
    assert_int_equal(entry.statement.item_count, 0);
    access_reader_free(auditor);
    access_reader_free(outsider);
}

/* ---- at random ---- */

enum { FILES = 24, ROUNDS = 400 };

/* The rules said once more, in other words. */
static bool may_read(const struct case_record *file, const struct officer_record *officer,
                     bool checks)
{
    const struct officer_item *listed = file->access.items;

    if (checks || file->officer.id == officer->head.key.id ||
        file->supervisor.id == officer->head.key.id)
        return true;
    for (size_t i = 0; i < file->access.count; i++)
        if (listed[i].officer.id == officer->head.key.id)
            return true;
    if (text_is(file->sensitivity, "secret"))
        return false;
    return !text_is(file->sensitivity, "confidential") ||
           (text_present(file->formation) && text_equal(file->formation, officer->formation));
}

static const char *any(const char *const *words, size_t count)
{
    return words[(size_t)rand() % count];
}

static struct record_key random_file(struct house *h, int i)
{
    static const char *const levels[] = { "open", "restricted", "confidential", "secret" };
    static const char *const people[] = { "D-1204", "D-1205", "I-0001", "I-0002" };
    struct department *d = &h->d;

    return done(d, does(d, &d->t.session, "case-open", NULL,
                        TYPED("title", arena_printf(d->arena, "密語%d | codeword%d", i, i).data,
                              "place", "KCT", "formation", rand() % 2 ? "CDI" : "CIB", "opened",
                              "2023-06-21", "officer", any(people, 4), "supervisor",
                              rand() % 2 ? "S-0102" : "", "ordinances", "60", "sensitivity",
                              any(levels, 4), "access", rand() % 2 ? any(people, 4) : "")));
}

static void test_no_refused_value_is_shown(void **state)
{
    struct house *h = *state;
    struct department *d = &h->d;
    struct record_key files[FILES];

    check_seed();
    struct session *people[] = { &d->desk,  &d->desk2, &h->inspector, &h->colleague,
                                 &d->clerk, &h->head,  &h->auditor,   &d->administrator };

    for (int i = 0; i < FILES; i++)
        files[i] = random_file(h, i);
    for (int i = 0; i < ROUNDS; i++) {
        int n = rand() % FILES;
        struct session *who = people[(size_t)rand() % (sizeof people / sizeof *people)];
        struct record_key self = { .id = who->officer };
        const struct case_record *file = fetch(d, files[n]);
        bool may = may_read(file, fetch(d, self), who == &h->auditor);
        const char *word = arena_printf(d->arena, "codeword%d", n).data;
        struct case_record *row =
            (struct case_record *)row_of(d, who, &case_type, NULL, NULL, files[n]);

        if (who == &h->head) /* what a head of formation knows, the table above says */
            may = sees(d, who, files[n]) <= ACCESS_READ;
        assert_int_equal(finds(d, who, word, files[n]), may);
        assert_int_equal(row_of(d, who, &case_type, NULL, word, files[n]) != NULL, may);
        assert_int_equal(row && row->title.en.len > 0, may);
        assert_int_equal(strstr(called(d, who, files[n]), word) != NULL, may);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(test_who_reads_what),
        IN_HOUSE(test_secret_is_not_found),
        IN_HOUSE(test_confidential_shows_its_number),
        IN_HOUSE(test_a_list_stays_on_a_refused_row),
        IN_HOUSE(test_nothing_is_found_by_trying),
        IN_HOUSE(test_list_of_names_is_private),
        IN_HOUSE(test_clerk_keeps_goods_of_a_secret_case),
        IN_HOUSE(test_clerk_has_follow_ups_on_goods),
        IN_HOUSE(test_receiver_sees_what_comes),
        IN_HOUSE(test_notes_follow_their_record),
        IN_HOUSE(test_informer_is_for_those_inside),
        IN_HOUSE(test_informant_of_a_report_is_private),
        IN_HOUSE(test_history_needs_reading),
        IN_HOUSE(test_who_may_not_read_does_nothing),
        IN_HOUSE(test_head_gives_on_what_he_may_not_read),
        IN_HOUSE(test_restricting),
        IN_HOUSE(test_maker_stands_on_the_list),
        IN_HOUSE(test_views_of_sensitive_records_are_journaled),
        IN_HOUSE(test_no_refused_value_is_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
