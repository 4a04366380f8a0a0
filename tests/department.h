/* A small department in a store of a test's own: code tables, officers with passwords, a store with shelves, seals. What
 * people do is typed as they would type it. */
#ifndef TIDEWAITER_TESTS_DEPARTMENT_H
#define TIDEWAITER_TESTS_DEPARTMENT_H

#include "core/base/seams.h"
#include "core/exchange/tables.h"
#include "core/model/accounts.h"
#include "core/model/codes.h"
#include "core/model/difference.h"
#include "tests/temporary_store.h"

#define PASSWORD "seven quiet herons"

/* ---- the clock ---- */

enum { MINUTE_MS = 60 * 1000, HOUR_MS = 60 * MINUTE_MS };

static int64_t department_now = 1687308000000; /* 21 June 2023, 08:40 in Hong Kong */

static inline int64_t department_clock(void)
{
    return department_now;
}

static inline void department_stop_clock(void)
{
    static struct seams table;

    seams_set(NULL);
    table = *seams();
    table.now_ms = department_clock;
    seams_set(&table);
}

/* ---- what is typed ---- */

struct department {
    struct temporary_store t;
    struct codes *codes;
    struct session desk, desk2, clerk, clerk2, supervisor, administrator;
    struct change_result result; /* of the last act */
    struct arena *arena;
};

static inline void type_values(struct department *d, void *input,
                               const struct act_fields *fields, const char *const *typed)
{
    for (; typed && *typed; typed += 2) {
        bool found = false;

        for (size_t i = 0; i < fields->count; i++) {
            const struct field *field = &fields->fields[i];
            struct message why = { .id = "" };

            if (strcmp(field->name, typed[0]) != 0)
                continue;
            found = true;
            if (!field_kind(field)->parse(field_place(field, input), field, text_of(typed[1]),
                                          codes_lookup(d->codes), d->arena, &why)) {
                print_error("%s: %s: %s\n", typed[0], typed[1], why.id);
                assert_true(false);
            }
        }
        assert_true(found);
    }
}

/* Does an act upon a subject (NULL: none) with fields and values, ended by NULL. */
static inline enum err does(struct department *d, struct session *who, const char *name,
                            const struct record_key *subject, const char *const *typed)
{
    const struct act *act = act_named(text_of(name));
    struct act_call call = { .act = act };
    struct act_fields fields;
    struct record *base = NULL;
    void *input;

    assert_non_null(act);
    assert_int_equal(codes_refresh(d->codes), ERR_OK);
    codes_officer(d->codes, who->officer);
    if (subject)
        call.subject = *subject;
    if (act->form == ACT_AMENDS)
        assert_int_equal(temporary_get(&d->t, subject, &base), ERR_OK);
    fields = act_fields(act);
    input = act_input(act, base, codes_lookup(d->codes), d->arena);
    type_values(d, input, &fields, typed);
    call.input = input;
    call.base = base;
    d->result = (struct change_result){ .arena = d->arena };
    return act_run(who, &call, &d->result);
}
#define TYPED(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* It must be done; the key of the first record made or amended. */
static inline struct record_key done(struct department *d, enum err err)
{
    if (err != ERR_OK) {
        struct text why = failure_sentence(d->arena, LANGUAGE_EN);

        print_error("%.*s\n", (int)why.len, why.data);
    }
    assert_int_equal(err, ERR_OK);
    return d->result.count > 0 ? d->result.keys[0] : (struct record_key){ 0 };
}

/* The record of a type among those of the last act. */
static inline struct record_key made(struct department *d, enum err err,
                                     const struct record_type *type)
{
    (void)done(d, err);
    for (size_t i = 0; i < d->result.count; i++)
        if (type_of_key(&d->result.keys[i]) == type)
            return d->result.keys[i];
    fail_here("the act made no such record");
    return (struct record_key){ 0 };
}

static inline bool contains(struct text sentence, const char *words)
{
    AUTO_BUFFER struct buffer string = { 0 };

    buffer_text(&string, sentence);
    buffer_byte(&string, 0);
    return strstr((const char *)string.data, words) != NULL;
}

/* It was not done, and the sentence says why. */
static inline void refused(struct department *d, enum err err, enum err code, const char *words)
{
    struct text why = failure_sentence(d->arena, LANGUAGE_EN);

    if (err != code || !contains(why, words))
        print_error("%s: %.*s\n", err_name(err), (int)why.len, why.data);
    assert_int_equal(err, code);
    assert_true(contains(why, words));
}

static inline void *fetch(struct department *d, struct record_key key)
{
    struct record *record;

    assert_int_equal(temporary_get(&d->t, &key, &record), ERR_OK);
    return record;
}

/* The human number of a record, as people quote it. */
static inline const char *number_of(struct department *d, struct record_key key)
{
    const struct record *record = fetch(d, key);

    return arena_string(d->arena,
                        *(const struct text *)field_value(field_find(record->type, TAG_NUMBER),
                                                          record));
}

static inline void says(const char *expected, struct text actual)
{
    if (!text_is(actual, expected))
        print_error("expected %s, not %.*s\n", expected, (int)actual.len,
                    actual.data ? actual.data : "");
    assert_true(text_is(actual, expected));
}

/* ---- people and places ---- */

static inline uint64_t hire(struct department *d, const char *number, const char *name,
                            const char *role)
{
    uint64_t id =
        done(d, does(d, &d->t.session, "officer-add", NULL,
                     TYPED("number", number, "name", name, "roles", role, "state", "active")))
            .id;

    assert_int_equal(account_set_password(&d->t.session, id, (struct text){ 0 },
                                          TEXT(PASSWORD)),
                     ERR_OK);
    return id;
}

static inline void enter(struct department *d, struct session *session, const char *number)
{
    session_start(session, d->t.store, codes_lookup(d->codes));
    if (account_sign_in(session, text_of(number), TEXT(PASSWORD)) != ERR_OK)
        fail_here(last_failure()->id);
}

static inline void department_open(struct department *d)
{
    size_t rows;

    memset(d, 0, sizeof *d);
    department_stop_clock();
    temporary_make(&d->t);
    d->arena = arena_new();
    assert_int_equal(tables_load(&d->t.session, &rows), ERR_OK);
    d->codes = codes_new(d->t.store);
    d->t.session.lookup = codes_lookup(d->codes);
    hire(d, "D-1204", "陳大文 | Chan Tai Man", "desk");
    hire(d, "D-1205", "李小明 | Lee Siu Ming", "desk");
    hire(d, "C-0311", "黃美玲 | Wong Mei Ling", "clerk");
    hire(d, "C-0312", "何志強 | Ho Chi Keung", "clerk");
    hire(d, "S-0102", "張督導 | Cheung", "supervisor");
    hire(d, "X-0001", "系統 | System", "administrator");
    done(d, does(d, &d->t.session, "location-add", NULL,
                 TYPED("number", "KC-R1", "name", "一號房 | Room 1", "location_kind", "room",
                       "hazards", "general; digital")));
    done(d, does(d, &d->t.session, "location-add", NULL,
                 TYPED("number", "KC-R2", "name", "毒品庫 | Vault", "location_kind", "room",
                       "hazards", "drug", "parent", "KC-R1")));
    enter(d, &d->desk, "D-1204");
    enter(d, &d->desk2, "D-1205");
    enter(d, &d->clerk, "C-0311");
    enter(d, &d->clerk2, "C-0312");
    enter(d, &d->supervisor, "S-0102");
    enter(d, &d->administrator, "X-0001");
    done(d, does(d, &d->clerk, "seal-issue", NULL,
                 TYPED("first", "A000001", "last", "A000020", "officer", "D-1204")));
    done(d, does(d, &d->clerk, "seal-issue", NULL,
                 TYPED("first", "B000001", "last", "B000009", "officer", "D-1205")));
}

static inline void department_close(struct department *d)
{
    struct session *sessions[] = { &d->desk,   &d->desk2,      &d->clerk,
                                   &d->clerk2, &d->supervisor, &d->administrator };

    for (size_t i = 0; i < sizeof sessions / sizeof *sessions; i++)
        session_end(sessions[i]);
    codes_free(d->codes);
    arena_free(d->arena);
    temporary_remove(&d->t);
    seams_set(NULL);
}

/* ---- what most tests begin with ---- */

static inline struct record_key open_case(struct department *d)
{
    return done(d,
                does(d, &d->desk, "case-open", NULL,
                     TYPED("title", "葵涌走私案 | Kwai Chung smuggling", "place", "KCT",
                           "opened", "2023-06-21", "officer", "D-1204", "ordinances", "60")));
}

static inline struct record_key record_seizure(struct department *d, struct record_key file)
{
    return done(d, does(d, &d->desk, "seizure-record", NULL,
                        TYPED("of_case", number_of(d, file), "occurred", "2023-06-21 08:00",
                              "place", "KCT", "officer", "D-1204")));
}

static inline struct record_key add_exhibit(struct department *d, struct record_key seizure,
                                            const char *commodity, const char *quantity)
{
    return done(d, does(d, &d->desk, "exhibit-add", NULL,
                        TYPED("seizure", number_of(d, seizure), "commodity", commodity,
                              "quantity", quantity)));
}

/* An exhibit of a case of its own, in the hands of D-1204. */
static inline struct record_key seize(struct department *d, const char *commodity,
                                      const char *quantity)
{
    return add_exhibit(d, record_seizure(d, open_case(d)), commodity, quantity);
}

/* Both accounts of the n-th event of a chain, in English; nothing where it is no discrepancy. */
static inline struct text account_of(struct department *d, struct record_key exhibit,
                                     uint32_t n)
{
    const struct record *event =
        fetch(d, (struct record_key){ exhibit.id, custody_event_type.family, n });

    return difference_account(d->arena, (const struct custody_event_record *)event,
                              codes_lookup(d->codes), LANGUAGE_EN);
}

static inline struct record_key hand_to_clerk(struct department *d, struct record_key exhibit)
{
    assert_int_equal(account_second(&d->desk, TEXT("C-0311"), TEXT(PASSWORD)), ERR_OK);
    return done(d, does(d, &d->desk, "exhibit-hand-over", NULL,
                        TYPED("exhibits", number_of(d, exhibit), "receiver", "C-0311")));
}

/* ---- past all acts ---- */

/* Saves a record with no act of ours: only its rules stand in the way. */
static inline enum err force(struct department *d, void *record)
{
    struct record *head = record;

    return temporary_save(&d->t, "record.save", &head, 1);
}

#endif
