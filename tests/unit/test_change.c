#include "core/change/change.h"

#include <string.h>

#include "core/base/seams.h"
#include "core/change/history.h"
#include "core/change/rules.h"
#include "core/model/custody_event.h"
#include "core/model/exhibit.h"
#include "core/model/place.h"
#include "core/model/seal.h"
#include "tests/bare_types.h"
#include "tests/check.h"
#include "tests/temporary_store.h"

static int begin(void **state)
{
    struct temporary_store *t = calloc(1, sizeof *t);

    temporary_make(t);
    *state = t;
    return 0;
}

static int end(void **state)
{
    temporary_remove(*state);
    free(*state);
    return 0;
}

static struct seal_record *seal(struct temporary_store *t, const char *number)
{
    struct seal_record *s = BARE_NEW(t->arena, seal);

    s->number = text_of(number);
    return s;
}

static struct seal_record *kept_seal(struct temporary_store *t, const char *number)
{
    struct seal_record *s = seal(t, number);

    temporary_keep(t, s);
    return s;
}

static enum err save(struct temporary_store *t, void *record)
{
    struct record *head = record;

    return temporary_save(t, "record.save", &head, 1);
}

static uint64_t size(struct temporary_store *t)
{
    uint64_t entries;

    assert_int_equal(store_size(t->store, &entries), ERR_OK);
    return entries;
}

/* The record as it stands now. */
static const struct seal_record *now_seal(struct temporary_store *t,
                                          const struct seal_record *s)
{
    struct record *got;

    assert_int_equal(temporary_get(t, &s->head.key, &got), ERR_OK);
    return (const struct seal_record *)got;
}

static void what_is_saved_stands_in_the_store_and_in_the_journal(void **state)
{
    struct temporary_store *t = *state;
    struct seal_record *s = seal(t, "SL-000001");
    AUTO_TXN struct txn *txn = NULL;
    struct journal_entry entry;
    struct record *got;

    s->remark = TEXT("鉛封");
    assert_int_equal(save(t, s), ERR_OK);
    assert_int_equal(t->result.sequence, 1);
    assert_int_equal(t->result.count, 1);
    assert_int_equal(t->session.last_act, 2);
    assert_int_equal(t->result.keys[0].id, id_make(seal_type.number, 0, 1));
    assert_int_equal(temporary_get(t, &t->result.keys[0], &got), ERR_OK);
    assert_true(record_equal(got, &s->head));
    assert_int_equal(got->revision, 1);
    assert_int_equal(got->sequence, 1);
    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    assert_int_equal(entry_read(txn, 1, t->arena, &entry), ERR_OK);
    assert_true(text_is(entry.statement.act, "record.save"));
    assert_true(text_is(entry.statement.origin, "test.example/cases"));
    assert_true(text_is(entry.reason, "a reason"));
    assert_true(text_is(entry.terminal, t->session.who));
    assert_memory_equal(entry.statement.session, t->session.id, 16);
    assert_memory_equal(entry.statement.request, t->result.request, 16);
    assert_int_equal(entry.statement.item_count, 1);
    assert_int_equal(entry.time_ms, t->result.time_ms);
}

static void who_was_slower_gets_the_record_as_it_stands_and_nothing_changes(void **state)
{
    struct temporary_store *t = *state;
    struct seal_record *s = kept_seal(t, "SL-1"), mine = *s;

    s->remark = TEXT("theirs");
    temporary_keep(t, s);
    uint64_t before = size(t);

    mine.remark = TEXT("mine");
    assert_int_equal(save(t, &mine), ERR_CONFLICT);
    assert_non_null(t->result.conflict);
    assert_int_equal(t->result.conflict->revision, 2);
    assert_true(text_is(((struct seal_record *)t->result.conflict)->remark, "theirs"));
    assert_int_equal(size(t), before);
    assert_true(text_is(now_seal(t, s)->remark, "theirs"));
}

static enum err put_and_fail(struct change *change, void *context)
{
    struct record *record;

    TRY(change_get(change, &((struct seal_record *)context)->head.key, &record));
    ((struct seal_record *)record)->remark = TEXT("half");
    TRY(change_put(change, record));
    return fail(ERR_REFUSED, "Not today.");
}

static void an_act_that_fails_half_way_changes_nothing(void **state)
{
    struct temporary_store *t = *state;
    struct seal_record *s = kept_seal(t, "SL-1");

    assert_int_equal(change_run(&t->session, "seal.break", put_and_fail, s, &t->result),
                     ERR_REFUSED);
    assert_string_equal(last_failure()->id, "Not today.");
    assert_int_equal(size(t), 2);
    assert_int_equal(t->result.count, 0);
    assert_false(text_present(now_seal(t, s)->remark));
    assert_int_equal(t->session.last_act, 2);
}

static void a_fault_is_found_at_its_field_and_nothing_is_saved(void **state)
{
    struct temporary_store *t = *state;
    struct seal_record *s = seal(t, NULL);

    assert_int_equal(save(t, s), ERR_INVALID);
    assert_int_equal(t->result.findings.count, 1);
    assert_int_equal(t->result.findings.items[0]->tag, tag_seal_number);
    assert_string_equal(last_failure()->id, t->result.findings.items[0]->message.id);
    assert_int_equal(size(t), 1);
}

static void a_number_in_use_is_a_fault_at_the_number_that_names_its_bearer(void **state)
{
    struct temporary_store *t = *state;
    struct seal_record *s = kept_seal(t, "SL-1");

    assert_int_equal(save(t, seal(t, "sl-1")), ERR_INVALID);
    assert_int_equal(t->result.findings.count, 1);
    assert_int_equal(t->result.findings.items[0]->tag, tag_seal_number);
    assert_string_equal(t->result.findings.items[0]->message.arguments[0].text, "SL-1");
    s->remark = TEXT("its own number is its own");
    temporary_keep(t, s);
}

static void two_new_records_cannot_share_a_number_either(void **state)
{
    struct temporary_store *t = *state;
    struct record *both[] = { &seal(t, "SL-1")->head, &seal(t, "SL-1")->head };

    assert_int_equal(temporary_save(t, "seal.receive", both, 2), ERR_INVALID);
    assert_int_equal(t->result.findings.count, 1);
    assert_int_equal(size(t), 1);
    assert_int_equal(save(t, seal(t, "SL-1")), ERR_OK);
}

struct asked {
    struct seal_record *seal;
    uint8_t request[16];
};

static enum err put_with_request(struct change *change, void *context)
{
    struct asked *asked = context;

    change_request(change, asked->request);
    return change_put(change, record_copy(change_arena(change), &asked->seal->head));
}

static void an_act_that_is_sent_twice_is_saved_once(void **state)
{
    struct temporary_store *t = *state;
    struct asked asked = { kept_seal(t, "SL-1"), { 1, 2, 3 } };

    asked.seal->remark = TEXT("once");
    assert_int_equal(change_run(&t->session, "seal.use", put_with_request, &asked, &t->result),
                     ERR_OK);
    uint64_t first = t->result.sequence;

    assert_int_equal(change_run(&t->session, "seal.use", put_with_request, &asked, &t->result),
                     ERR_CONFLICT);
    assert_int_equal(t->result.sequence, first);
    assert_null(t->result.conflict);
    assert_int_equal(now_seal(t, asked.seal)->head.revision, 2);
}

static enum err put_twice(struct change *change, void *context)
{
    const struct record_key *key = context;
    struct record *first, *second;

    TRY(change_get(change, key, &first));
    ((struct seal_record *)first)->remark = TEXT("first");
    TRY(change_put(change, first));
    TRY(change_get(change, key, &second));
    assert_true(text_is(((struct seal_record *)second)->remark, "first"));
    ((struct seal_record *)second)->state = TEXT("used");
    return change_put(change, second);
}

static void one_act_makes_one_revision_of_a_record(void **state)
{
    struct temporary_store *t = *state;
    struct seal_record *s = kept_seal(t, "SL-1");

    assert_int_equal(change_run(&t->session, "seal.use", put_twice, &s->head.key, &t->result),
                     ERR_OK);
    assert_int_equal(t->result.count, 1);
    assert_int_equal(now_seal(t, s)->head.revision, 2);
    assert_true(text_is(now_seal(t, s)->remark, "first"));
    assert_true(text_is(now_seal(t, s)->state, "used"));
}

/* ---- events and frozen types ---- */

static struct record *event(struct temporary_store *t, uint64_t owner, const char *reading)
{
    struct custody_event_record *e = BARE_NEW(t->arena, custody_event);

    e->head.key = (struct record_key){ owner, 1, 0 };
    e->action =
        text_of(field_find(&custody_event_type, tag_custody_event_action)->choices[0].code);
    e->occurred = (struct moment){ 20230621, 520, OFFSET_HONG_KONG };
    e->reading = text_of(reading);
    return &e->head;
}

static void events_stand_beside_their_owner_in_order_without_gaps(void **state)
{
    struct temporary_store *t = *state;
    struct seal_record *s = kept_seal(t, "SL-1");
    struct record *events[3];
    AUTO_TXN struct txn *txn = NULL;
    struct family_page page;
    uint32_t last;

    for (size_t i = 0; i < 3; i++)
        events[i] = event(t, s->head.key.id, (const char *const[]){ "1", "2", "3" }[i]);
    assert_int_equal(temporary_save(t, "exhibit.weigh", events, 2), ERR_OK);
    assert_int_equal(temporary_save(t, "exhibit.weigh", &events[2], 1), ERR_OK);
    assert_int_equal(t->result.keys[0].n, 3);
    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    assert_int_equal(family_last(txn, s->head.key.id, 1, &last), ERR_OK);
    assert_int_equal(last, 3);
    assert_int_equal(family_page(txn, s->head.key.id, 1, 0, BACKWARD, 2, t->arena, &page),
                     ERR_OK);
    assert_int_equal(page.count, 2);
    assert_true(page.more);
    assert_true(record_equal(page.records[0], events[2]));
    assert_int_equal(page.records[1]->key.n, 2);
    assert_int_equal(family_page(txn, s->head.key.id, 1, 1, BACKWARD, 9, t->arena, &page),
                     ERR_OK);
    assert_int_equal(page.count, 1);
    assert_int_equal(family_page(txn, s->head.key.id, 1, 2, FORWARD, 9, t->arena, &page),
                     ERR_OK);
    assert_int_equal(page.count, 2);
    assert_false(page.more || page.damaged[0] || page.damaged[1]);
}

static void an_event_beside_nothing_is_refused(void **state)
{
    struct temporary_store *t = *state;
    struct record *lost = event(t, id_make(exhibit_type.number, 0, 99), "1");

    assert_int_equal(temporary_save(t, "exhibit.weigh", &lost, 1), ERR_MISSING);
    assert_int_equal(size(t), 1);
}

static const struct record_rules frozen = { .frozen = true };

static void what_is_frozen_is_made_once_and_never_amended_or_undone(void **state)
{
    struct temporary_store *t = *state;
    struct seal_record *s = kept_seal(t, "SL-1");
    struct record *made = event(t, s->head.key.id, "1");

    bare_types[BARE_custody_event].rules = &frozen;
    temporary_keep(t, made);
    uint64_t sequence = t->result.sequence;

    assert_int_equal(temporary_save(t, "exhibit.weigh", &made, 1), ERR_REFUSED);
    assert_int_equal(change_undo(&t->session, sequence, &t->result), ERR_REFUSED);
    bare_types[BARE_custody_event].rules = NULL;
}

static void find_always(struct change *change, const struct record *old,
                        const struct record *new, struct findings *findings)
{
    (void)change;
    (void)old;
    finding_add(findings, SEVERITY_ERROR, new, tag_seal_state, "A rule says no.");
}

static void a_rule_of_the_type_can_stop_an_act(void **state)
{
    static const struct record_rules strict = { .check = find_always };
    struct temporary_store *t = *state;

    bare_types[BARE_seal].rules = &strict;
    assert_int_equal(save(t, seal(t, "SL-1")), ERR_INVALID);
    bare_types[BARE_seal].rules = NULL;
    assert_int_equal(t->result.findings.count, 1);
    assert_int_equal(t->result.findings.items[0]->tag, tag_seal_state);
    assert_int_equal(size(t), 1);
}

static void more_records_than_an_entry_can_name_are_refused(void **state)
{
    struct temporary_store *t = *state;
    static struct record *many[STATEMENT_ITEMS + 1];

    for (size_t i = 0; i <= STATEMENT_ITEMS; i++)
        many[i] = &seal(t, arena_printf(t->arena, "SL-%d", (int)(2000 - i)).data)->head;
    assert_int_equal(temporary_save(t, "seal.receive", many, STATEMENT_ITEMS + 1), ERR_INVALID);
    assert_int_equal(size(t), 1);
    assert_int_equal(temporary_save(t, "seal.receive", many, STATEMENT_ITEMS), ERR_OK);
    assert_int_equal(t->result.count, STATEMENT_ITEMS);
}

/* ---- references and codes inside one commit ---- */

static bool no_code(void *context, const char *table, struct text code, struct bitext *names)
{
    (void)context;
    (void)table;
    (void)code;
    (void)names;
    return false;
}

static bool no_reference(void *context, struct reference reference, enum language language,
                         struct buffer *title)
{
    (void)context;
    (void)reference;
    (void)language;
    (void)title;
    return false;
}

static void what_this_very_act_makes_may_be_referred_to(void **state)
{
    static const struct lookup knows_nothing = { .code = no_code, .reference = no_reference };
    struct temporary_store *t = *state;
    struct place_record *district = BARE_NEW(t->arena, place),
                        *pier = BARE_NEW(t->arena, place);
    struct record *both[] = { &pier->head, &district->head };

    t->session.lookup = &knows_nothing;
    district->code = TEXT("KT");
    pier->code = TEXT("KT-1");
    pier->parent = TEXT("KT");
    district->name.en = pier->name.en = TEXT("Kwai Tsing");
    district->place_kind = pier->place_kind = TEXT("district");
    assert_int_equal(save(t, pier), ERR_INVALID);
    assert_int_equal(t->result.findings.items[0]->tag, tag_place_parent);
    assert_int_equal(temporary_save(t, "place.add", both, 2), ERR_OK);
    pier->code = TEXT("KT-2");
    assert_int_equal(save(t, pier), ERR_OK);
}

static void a_reference_that_leads_nowhere_is_a_fault(void **state)
{
    struct temporary_store *t = *state;
    struct seal_record *s = kept_seal(t, "SL-1");

    s->used_on = (struct reference){ id_make(exhibit_type.number, 0, 1), 0, 0 };
    assert_int_equal(save(t, s), ERR_INVALID);
    assert_int_equal(t->result.findings.items[0]->tag, tag_seal_used_on);
}

/* ---- undo ---- */

static void undoing_an_amendment_brings_back_what_stood_before(void **state)
{
    struct temporary_store *t = *state;
    struct seal_record *s = kept_seal(t, "SL-1");
    AUTO_TXN struct txn *txn = NULL;
    struct journal_entry entry;

    s->remark = TEXT("wrong");
    temporary_keep(t, s);
    assert_int_equal(change_undo(&t->session, t->result.sequence, &t->result), ERR_OK);
    assert_int_equal(now_seal(t, s)->head.revision, 3);
    assert_false(text_present(now_seal(t, s)->remark));
    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    assert_int_equal(entry_read(txn, t->result.sequence, t->arena, &entry), ERR_OK);
    assert_true(text_is(entry.statement.act, "undo"));
    assert_int_equal(entry.undoes, 3);
    txn_end(txn);
    txn = NULL;
    assert_int_equal(change_undo(&t->session, t->result.sequence, &t->result), ERR_OK);
    assert_true(text_is(now_seal(t, s)->remark, "wrong"));
}

static void undoing_the_making_of_a_record_voids_it(void **state)
{
    struct temporary_store *t = *state;
    struct seal_record *s = kept_seal(t, "SL-1");
    AUTO_TXN struct txn *txn = NULL;
    int64_t number;

    assert_int_equal(change_undo(&t->session, t->session.last_act - 1, &t->result), ERR_OK);
    assert_int_equal(now_seal(t, s)->voided, FLAG_YES);
    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    assert_int_equal(count_get(txn, s->head.type, "all", NULL, 0, &number), ERR_OK);
    assert_int_equal(number, 0);
    assert_int_equal(save(t, seal(t, "SL-1")), ERR_INVALID);
}

static void what_was_changed_again_cannot_be_undone(void **state)
{
    struct temporary_store *t = *state;
    struct seal_record *s = kept_seal(t, "SL-1");
    uint64_t made = t->result.sequence;

    s->remark = TEXT("later");
    temporary_keep(t, s);
    assert_int_equal(change_undo(&t->session, made, &t->result), ERR_REFUSED);
    assert_int_equal(change_undo(&t->session, 0, &t->result), ERR_REFUSED);
    assert_int_equal(change_undo(&t->session, 99, &t->result), ERR_MISSING);
    assert_true(text_is(now_seal(t, s)->remark, "later"));
}

/* ---- merging ---- */

static void note_clash(const struct field *field, void *context)
{
    uint32_t *tags = context;

    *tags |= UINT32_C(1) << (field->tag % 32);
}

static void changes_of_different_fields_merge_and_of_the_same_field_clash(void **state)
{
    struct temporary_store *t = *state;
    struct exhibit_record base = *BARE_NEW(t->arena, exhibit), mine = base, now = base;
    uint32_t clashes = 0;

    mine.brand = TEXT("Mine");
    mine.model = TEXT("same");
    now.model = TEXT("same");
    now.serial = TEXT("S1");
    assert_true(change_merge(&now.head, &base.head, &mine.head, note_clash, &clashes));
    assert_true(text_is(now.brand, "Mine"));
    assert_true(text_is(now.serial, "S1"));
    assert_int_equal(clashes, 0);
    now = base;
    now.brand = TEXT("Theirs");
    assert_false(change_merge(&now.head, &base.head, &mine.head, note_clash, &clashes));
    assert_int_equal(clashes, UINT32_C(1) << (tag_exhibit_brand % 32));
    assert_true(text_is(now.brand, "Theirs"));
}

static void what_acts_set_never_merges(void **state)
{
    struct temporary_store *t = *state;
    struct exhibit_record base = *BARE_NEW(t->arena, exhibit), mine = base, now = base;
    uint32_t clashes = 0;

    mine.holder = (struct reference){ id_make(1, 0, 4), 0, 0 };
    now.seal = TEXT("SL-9");
    assert_false(change_merge(&now.head, &base.head, &mine.head, note_clash, &clashes));
    assert_int_equal(clashes, UINT32_C(1) << (tag_exhibit_holder % 32));
    assert_int_equal(now.holder.id, 0);
}

/* ---- signatures and series ---- */

static enum err put_signed(struct change *change, void *context)
{
    struct seal_record *s = context;

    change_sign(change, "actor", &change_session(change)->signer);
    change_sign(change, "second", &change_session(change)->other);
    return change_put(change, record_copy(change_arena(change), &s->head));
}

static void make_signer(struct signer *signer, uint64_t officer, struct public_key *public_key)
{
    key_pair(public_key, &signer->key);
    signing_key_id(signer->key_id, public_key);
    signer->officer = officer;
    signer->unlocked = true;
}

static void two_officers_sign_what_the_journal_says(void **state)
{
    struct temporary_store *t = *state;
    struct seal_record *s = kept_seal(t, "SL-1");
    struct public_key keys[2];
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer statement = { 0 };
    struct journal_entry entry;

    make_signer(&t->session.signer, 11, &keys[0]);
    make_signer(&t->session.other, 12, &keys[1]);
    t->session.officer = 11;
    s->remark = TEXT("signed");
    assert_int_equal(change_run(&t->session, "seal.use", put_signed, s, &t->result), ERR_OK);
    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    assert_int_equal(entry_read(txn, t->result.sequence, t->arena, &entry), ERR_OK);
    assert_int_equal(entry.statement.officer, 11);
    assert_int_equal(entry.statement.signature_count, 2);
    statement_encode_unsigned(&statement, &entry.statement);
    for (size_t i = 0; i < 2; i++) {
        AUTO_BUFFER struct buffer text = { 0 };
        const struct officer_signature *line = &entry.statement.signatures[i];

        signing_text(&text, entry.statement.origin, line->role, buffer_bytes(&statement));
        assert_int_equal(line->officer, 11 + i);
        assert_true(signature_valid(&keys[i], buffer_bytes(&text), &line->signature));
        assert_false(signature_valid(&keys[1 - i], buffer_bytes(&text), &line->signature));
    }
}

static enum err take_number(struct change *change, void *context)
{
    return change_series(change, "case/KCT/23", context);
}

static void numbers_of_a_series_are_given_once(void **state)
{
    struct temporary_store *t = *state;
    uint64_t first, second;

    assert_int_equal(change_run(&t->session, "case.open", take_number, &first, &t->result),
                     ERR_OK);
    assert_int_equal(change_run(&t->session, "case.open", take_number, &second, &t->result),
                     ERR_OK);
    assert_int_equal(first, 1);
    assert_int_equal(second, 2);
}

static bool refuse_files(const char *operation, const char *path)
{
    (void)operation;
    return strstr(path, "/journal/") != NULL;
}

static void a_mirror_that_cannot_be_written_does_not_unsave_what_is_saved(void **state)
{
    struct temporary_store *t = *state;
    struct seams broken = *seams();

    broken.fail_file = refuse_files;
    seams_set(&broken);
    enum err code = save(t, seal(t, "SL-1"));

    seams_set(NULL);
    assert_int_equal(code, ERR_OK);
    assert_int_not_equal(t->result.mirror, ERR_OK);
    assert_int_equal(t->result.sequence, 1);
    assert_int_equal(size(t), 2);
    assert_int_equal(save(t, seal(t, "SL-2")), ERR_OK);
    assert_int_equal(t->result.mirror, ERR_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
static const struct CMUnitTest tests[] = {
    TEST(what_is_saved_stands_in_the_store_and_in_the_journal),
    TEST(who_was_slower_gets_the_record_as_it_stands_and_nothing_changes),
    TEST(an_act_that_fails_half_way_changes_nothing),
    TEST(a_fault_is_found_at_its_field_and_nothing_is_saved),
    TEST(a_number_in_use_is_a_fault_at_the_number_that_names_its_bearer),
    TEST(two_new_records_cannot_share_a_number_either),
    TEST(an_act_that_is_sent_twice_is_saved_once),
    TEST(one_act_makes_one_revision_of_a_record),
    TEST(events_stand_beside_their_owner_in_order_without_gaps),
    TEST(an_event_beside_nothing_is_refused),
    TEST(what_is_frozen_is_made_once_and_never_amended_or_undone),
    TEST(a_rule_of_the_type_can_stop_an_act),
    TEST(more_records_than_an_entry_can_name_are_refused),
    TEST(what_this_very_act_makes_may_be_referred_to),
    TEST(a_reference_that_leads_nowhere_is_a_fault),
    TEST(undoing_an_amendment_brings_back_what_stood_before),
    TEST(undoing_the_making_of_a_record_voids_it),
    TEST(what_was_changed_again_cannot_be_undone),
    TEST(changes_of_different_fields_merge_and_of_the_same_field_clash),
    TEST(what_acts_set_never_merges),
    TEST(two_officers_sign_what_the_journal_says),
    TEST(numbers_of_a_series_are_given_once),
    TEST(a_mirror_that_cannot_be_written_does_not_unsave_what_is_saved),
};

int main(void)
{
    bare_types_make();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
