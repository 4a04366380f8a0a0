/* Faults that are planted below the acts: `verify` names each, with the exhibit and the event; what the acts themselves wrote
 * down, discrepancies included, is none. */
#include "core/change/mirror.h"
#include "core/model/case.h"
#include "core/model/custody_event.h"
#include "core/model/custody_verify.h"
#include "core/model/disposal.h"
#include "core/model/elements.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"
#include "core/model/handover_line.h"
#include "core/model/seal.h"
#include "tests/one_department.h"

/* ---- below the acts ---- */

struct plant {
    struct record_key key;
    const struct record *record; /* NULL: it is gone */
    bool damaged;
};

static enum err put(struct txn *txn, void *context)
{
    const struct plant *plant = context;
    AUTO_BUFFER struct buffer payload = { 0 }, value = { 0 };
    uint8_t key[RECORD_KEY];

    record_key_encode(key, &plant->key);
    if (!plant->record)
        return txn_delete(txn, TREE_RECORDS, (struct bytes){ key, sizeof key });
    record_encode(&payload, plant->record);
    envelope_encode(&value, &(struct envelope){ .revision = plant->record->revision,
                                                .sequence = plant->record->sequence,
                                                .payload = buffer_bytes(&payload) });
    return txn_put(txn, TREE_RECORDS, (struct bytes){ key, sizeof key }, buffer_bytes(&value));
}

static void plant(const void *record)
{
    const struct record *head = record;
    struct plant planted = { .key = head->key, .record = head };

    assert_int_equal(store_write(d.t.store, put, &planted), ERR_OK);
}

static void uproot(struct record_key key)
{
    struct plant planted = { .key = key };

    assert_int_equal(store_write(d.t.store, put, &planted), ERR_OK);
}

/* ---- what verify says ---- */

struct sought {
    const char *words, *also;
    size_t found;
};

static void look(const struct message *message, void *context)
{
    struct sought *sought = context;
    AUTO_ARENA struct arena *arena = arena_new();
    struct text en = sentence(arena, message, LANGUAGE_EN),
                zh = sentence(arena, message, LANGUAGE_ZH);

    if (!sought->words)
        print_error("%.*s\n", (int)en.len, en.data);
    else if (contains(en, sought->words) && contains(en, sought->also)) {
        sought->found++;
        assert_false(text_equal(en, zh)); /* both languages say it */
        assert_true(contains(zh, sought->also));
    }
}

static uint64_t verified(struct sought *sought)
{
    struct verify_options options = {
        .depth = VERIFY_ALL, .meaning = custody_verify, .fault = look, .context = sought
    };
    struct verify_report report;

    assert_int_equal(mirror_catch_up(d.t.store), ERR_OK);
    verify_store(d.t.store, &options, &report);
    return report.contradictions;
}

static void sound(void)
{
    struct sought any = { 0 };

    assert_int_equal(verified(&any), 0);
}

/* It is named, with the number of the exhibit (or whatever else it is). */
static void named(const char *words, const char *number)
{
    struct sought sought = { .words = words, .also = number };

    verified(&sought);
    if (sought.found == 0)
        print_error("not said: %s (%s)\n", words, number);
    assert_true(sought.found > 0);
}

static struct exhibit_record *exhibit_of(struct record_key key)
{
    return fetch(&d, key);
}

static struct custody_event_record *event_of(struct record_key exhibit, uint32_t n)
{
    return fetch(&d, (struct record_key){ exhibit.id, custody_event_type.family, n });
}

/* Handed over and shelved: three events, a hand-over for two of them. */
static struct record_key stored(const char *commodity, const char *quantity, const char *shelf)
{
    struct record_key key = seize(&d, commodity, quantity);

    hand_to_clerk(&d, key);
    assert_int_equal(account_second(&d.clerk, TEXT("C-0312"), TEXT(PASSWORD)), ERR_OK);
    done(&d, does(&d, &d.clerk, "exhibit-shelve", NULL,
                  TYPED("exhibits", number_of(&d, key), "location", shelf)));
    return key;
}

/* ---- chains ---- */

static void a_store_in_which_much_went_wrong_on_the_record_is_sound(void **state)
{
    struct record_key key = stored("DRG.HER", "2 kg", "KC-R2");

    (void)state;
    done(&d, does(&d, &d.clerk2, "exhibit-weigh", &key, TYPED("weight", "1 kg")));
    done(&d, does(&d, &d.desk, "exhibit-report-discrepancy", NULL,
                  TYPED("exhibits", number_of(&d, key), "reason", "the bag is torn")));
    done(&d, does(&d, &d.clerk, "exhibit-unable-to-locate", NULL,
                  TYPED("exhibits", number_of(&d, key), "reason", "not there")));
    sound();
}

static void an_event_that_is_gone_is_named(void **state)
{
    struct record_key key = stored("DIG.PHO", "1 pc", "KC-R1");
    const char *number = number_of(&d, key);
    struct custody_event_record *event = event_of(key, 2);

    (void)state;
    uproot(event->head.key);
    named("event 2 is not in its chain", number);
    plant(event);
    event = event_of(key, 3);
    uproot(event->head.key);
    named("says that its chain has 3 events; 2 are there", number);
    named("Location is not what its events say", number);
    plant(event);
    sound();
}

static void a_gap_between_holders_is_named(void **state)
{
    struct record_key key = stored("DIG.PHO", "1 pc", "KC-R1");
    const char *number = number_of(&d, key);
    struct custody_event_record *event = event_of(key, 3);

    (void)state;
    event->from_holder.id = d.desk2.officer;
    plant(event);
    named("event 3: it was taken from D-1205, yet C-0311 held it since event 2", number);
    event->discrepancy = FLAG_YES; /* said openly, it is no gap, but then it must be counted */
    plant(event);
    named("says that it has 0 open discrepancies; its events say 1", number);
    event->discrepancy = FLAG_ABSENT;
    event->from_holder.id = d.clerk.officer;
    plant(event);
    sound();
}

static void an_exhibit_that_is_not_where_its_events_say_is_named(void **state)
{
    struct record_key key = stored("DIG.PHO", "1 pc", "KC-R1");
    const char *number = number_of(&d, key);
    struct exhibit_record *exhibit = exhibit_of(key), *good = exhibit_of(key);

    (void)state;
    exhibit->holder.id = d.desk.officer;
    plant(exhibit);
    named("Holder is not what its events say", number);
    exhibit = exhibit_of(key);
    *exhibit = *good;
    exhibit->located = (struct reference){ 0 };
    exhibit->state = TEXT("E02");
    exhibit->seal = TEXT("A000001");
    exhibit->opening.id = d.desk.officer;
    exhibit->handover.id = d.desk.officer;
    plant(exhibit);
    named("Open hand-over is not what its events say", number);
    named("Lies open in session is not what its events say", number);
    named("Location is not what its events say", number);
    named("Physical state is not what its events say", number);
    named("Seal number is not what its events say", number);
    plant(good);
    sound();
}

static void an_event_out_of_order_without_a_mark_is_named(void **state)
{
    struct record_key key = stored("DIG.PHO", "1 pc", "KC-R1");
    const char *number = number_of(&d, key);
    struct custody_event_record *event = event_of(key, 3), *good = event_of(key, 3);

    (void)state;
    event->occurred.date = 20230601;
    plant(event);
    named("event 3: it happened before an event that was entered earlier", number);
    plant(good);
    event = event_of(key, 1);
    good = event_of(key, 1);
    event->occurred.date = 20230501;
    plant(event);
    named("event 1: it was entered more than 24 hours later", number);
    event->occurred.date = 20230721;
    plant(event);
    named("event 1: its time lies after the entry that recorded it", number);
    plant(good);
    sound();
}

static void discrepancies_and_holds_that_are_not_counted_are_named(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");
    const char *number = number_of(&d, key);
    struct exhibit_record *exhibit, *good;
    struct custody_event_record *event;

    (void)state;
    done(&d, does(&d, &d.clerk, "exhibit-report-discrepancy", NULL,
                  TYPED("exhibits", number, "reason", "another IMEI")));
    done(&d, does(&d, &d.supervisor, "exhibit-hold", NULL,
                  TYPED("exhibits", number, "reason", "appeal")));
    exhibit = exhibit_of(key);
    good = exhibit_of(key);
    exhibit->discrepancies = (struct integer){ true, 0 };
    exhibit->holds = (struct list){ 0 };
    plant(exhibit);
    named("says that it has 0 open discrepancies; its events say 1", number);
    named("on hold 0 times; its events say 1", number);
    plant(good);
    event = event_of(key, 3);
    event->action = TEXT("resolved");
    event->annotates = (struct integer){ true, 1 };
    plant(event);
    named("event 3: it resolves event 1, which is no open discrepancy", number);
    event->annotates = (struct integer){ true, 3 };
    plant(event);
    named("event 3: it speaks of event 3, which is none before it", number);
    event->action = TEXT("held");
    event->annotates = (struct integer){ 0 };
    plant(event);
    sound();
}

/* ---- signatures ---- */

static void goods_that_need_two_officers_and_had_one_are_named(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc"),
                      drugs = stored("DRG.HER", "1 kg", "KC-R2");
    struct exhibit_record *exhibit;
    struct custody_event_record *event;

    (void)state;
    sound();
    /* The entry that one officer signed now stands for a move of drugs. */
    done(&d, does(&d, &d.clerk, "exhibit-weigh", &drugs, TYPED("weight", "1 kg")));
    event = event_of(drugs, 4);
    event->action = TEXT("counted");
    plant(event);
    named("event 4: such goods need two officers", number_of(&d, drugs));
    event->action = TEXT("counted_in");
    plant(event);
    named("event 4: it is done by two officers", number_of(&d, drugs));
    event->action = TEXT("weighed");
    event->second.id = d.clerk2.officer;
    plant(event);
    named("event 4: C-0312 is named as second officer and did not sign", number_of(&d, drugs));
    event->second.id = 0;
    event->actor.id = d.desk.officer;
    plant(event);
    named("event 4: it names another officer than the entry", number_of(&d, drugs));
    event->actor.id = d.clerk.officer;
    plant(event);
    exhibit = exhibit_of(key);
    event = event_of(key, 1);
    done(&d, does(&d, &d.desk, "exhibit-annotate", &key, TYPED("event", "1", "remark", "x")));
    event = event_of(key, 2);
    event->action = TEXT("handed_over");
    event->annotates = (struct integer){ 0 };
    event->holder.id = d.clerk.officer;
    plant(event);
    named("event 2: it went from hand to hand, and C-0311 did not sign", number_of(&d, key));
    event->action = TEXT("annotated");
    event->annotates = (struct integer){ true, 1 };
    event->holder = exhibit->holder;
    plant(event);
    sound();
}

static void what_went_out_without_a_receipt_is_named(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");
    struct record_key handover =
        made(&d,
             does(&d, &d.desk, "exhibit-lend", NULL,
                  TYPED("exhibits", number_of(&d, key), "body", "XGL", "purpose", "laboratory",
                        "outside_person", "Dr Au", "outside_receipt", "GL 1", "due",
                        "2023-07-21")),
             &handover_type);
    struct handover_record *record = fetch(&d, handover), *good = fetch(&d, handover);

    (void)state;
    record->outside_receipt = (struct text){ 0 };
    plant(record);
    named("event 2: it went to XGL, and no receipt is kept", number_of(&d, key));
    plant(good);
    sound();
}

/* ---- hand-overs ---- */

static void a_hand_over_that_is_half_way_is_named(void **state)
{
    struct record_key a = seize(&d, "DIG.PHO", "1 pc"), b = seize(&d, "DIG.PHO", "1 pc");
    struct record_key other = seize(&d, "DIG.PHO", "1 pc"), handover;
    struct handover_record *record, *good;
    struct exhibit_item items[3];

    (void)state;
    memset(items, 0, sizeof items);
    assert_int_equal(account_second(&d.desk, TEXT("C-0311"), TEXT(PASSWORD)), ERR_OK);
    handover = made(
        &d,
        does(&d, &d.desk, "exhibit-hand-over", NULL,
             TYPED("exhibits",
                   arena_printf(d.arena, "%s; %s", number_of(&d, a), number_of(&d, b)).data,
                   "receiver", "C-0311")),
        &handover_type);
    record = fetch(&d, handover);
    good = fetch(&d, handover);
    for (size_t i = 0; i < 2; i++)
        items[i] = ((const struct exhibit_item *)good->exhibits.items)[i];
    record->exhibits = (struct list){ items, 1 };
    record->item_count.value = 1;
    plant(record);
    named("does not name all exhibits whose events name it", number_of(&d, handover));
    items[2].exhibit.id = other.id;
    record->exhibits = (struct list){ items, 3 };
    record->item_count.value = 3;
    plant(record);
    named("whose chain says nothing of it", number_of(&d, other));
    plant(good);
    sound();
}

static void a_scanned_item_without_its_event_is_named(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc"), handover;
    struct handover_line_record *line, *good;

    (void)state;
    handover = made(&d,
                    does(&d, &d.clerk, "hand-over-open", NULL,
                         TYPED("action", "shelved", "location", "KC-R1")),
                    &handover_type);
    done(&d,
         does(&d, &d.clerk, "hand-over-item", &handover, TYPED("exhibit", number_of(&d, key))));
    sound();
    line = fetch(&d, (struct record_key){ handover.id, handover_line_type.family, 1 });
    good = fetch(&d, (struct record_key){ handover.id, handover_line_type.family, 1 });
    line->event.value = 1;
    plant(line);
    named("its item 1 names event 1 of exhibit", number_of(&d, key));
    plant(good);
    done(&d, does(&d, &d.clerk, "hand-over-close", &handover, NULL));
    sound();
}

/* ---- seals ---- */

static void a_seal_that_was_not_issued_or_is_used_twice_is_named(void **state)
{
    struct record_key a = seize(&d, "DIG.PHO", "1 pc"), b = seize(&d, "DIG.PHO", "1 pc"), key;
    struct custody_event_record *event;
    struct exhibit_record *exhibit;
    struct seal_record *seal, *good;

    (void)state;
    key = made(&d, does(&d, &d.desk, "exhibit-seal", &a, TYPED("seal", "A000001")), &seal_type);
    done(&d, does(&d, &d.desk, "exhibit-seal", &b, TYPED("seal", "A000002")));
    seal = fetch(&d, key);
    good = fetch(&d, key);
    seal->state = TEXT("broken");
    plant(seal);
    named("seal A000001 is on it by its chain, and broken", number_of(&d, a));
    *seal = *good;
    seal->issued_to.id = d.clerk.officer;
    plant(seal);
    named("seal A000001 was issued to another officer", number_of(&d, a));
    plant(good);
    event = event_of(b, 2);
    exhibit = exhibit_of(b);
    exhibit->seal = event->seal_on = TEXT("A000001");
    plant(event);
    plant(exhibit);
    named("seal A000001 was put on and is used elsewhere or twice", number_of(&d, b));
    named("Seal A000002 is said to be on", number_of(&d, b));
    exhibit->seal = event->seal_on = TEXT("Z999999");
    plant(event);
    plant(exhibit);
    named("seal Z999999 was put on and was never issued", number_of(&d, b));
    exhibit->seal = event->seal_on = TEXT("A000002");
    plant(event);
    plant(exhibit);
    sound();
}

/* ---- mass ---- */

static void what_was_gained_or_lost_between_parts_is_named(void **state)
{
    struct record_key key = stored("DRG.HER", "2 kg", "KC-R2");
    const char *number = number_of(&d, key);
    struct exhibit_record *exhibit, *good, *part;

    (void)state;
    assert_int_equal(account_second(&d.clerk, TEXT("C-0312"), TEXT(PASSWORD)), ERR_OK);
    part = fetch(&d, made(&d,
                          does(&d, &d.clerk, "exhibit-sample", &key,
                               TYPED("quantity", "5 g", "bag", "s1")),
                          &exhibit_type));
    if (part->parent.id == 0) /* the act names whole and part */
        for (size_t i = 0; i < d.result.count; i++)
            if (type_of_key(&d.result.keys[i]) == &exhibit_type &&
                d.result.keys[i].id != key.id)
                part = fetch(&d, d.result.keys[i]);
    sound();
    exhibit = exhibit_of(key);
    good = exhibit_of(key);
    exhibit->remaining = exhibit->quantity;
    plant(exhibit);
    named("do not make up its quantity", number);
    *exhibit = *good;
    exhibit->remaining = (struct quantity){ 0 };
    plant(exhibit);
    named("which knows of no parts", number_of(&d, part->head.key));
    *exhibit = *good;
    exhibit->remaining.number.mantissa = -1;
    plant(exhibit);
    named("less than nothing", number);
    plant(good);
    sound();
}

static void a_package_in_two_places_is_named(void **state)
{
    struct record_key key = stored("DIG.PHO", "3 pc", "KC-R1");
    const char *number = number_of(&d, key);
    struct exhibit_record *exhibit = exhibit_of(key), *good = exhibit_of(key);
    const struct reference shelf = exhibit->located;
    struct package_item parts[2] = {
        { .package = { true, 2 }, .holder = { .id = d.desk.officer }, .located = shelf },
        { .package = { true, 2 }, .holder = { .id = d.clerk.officer }, .located = shelf },
    };

    (void)state;
    exhibit->parts = (struct list){ parts, 2 };
    plant(exhibit);
    named("one of them lies in two places", number);
    exhibit->parts.count = 1;
    plant(exhibit);
    named("packages do not lie where its events say", number);
    plant(good);
    sound();
}

/* ---- ends ---- */

static void an_end_before_its_gates_is_named(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");
    const char *number = number_of(&d, key);
    struct custody_event_record *event;

    (void)state;
    done(&d, does(&d, &d.clerk, "exhibit-report-discrepancy", NULL,
                  TYPED("exhibits", number, "reason", "another IMEI")));
    done(&d, does(&d, &d.clerk, "exhibit-annotate", &key, TYPED("event", "1", "remark", "x")));
    event = event_of(key, 3);
    event->action = TEXT("written_off");
    plant(event);
    named("event 3: it left for good while a discrepancy was open", number);
    named("event 3: it was written off and was not missing", number);
    event->action = TEXT("disposed");
    plant(event);
    named("event 3: it left for good while a discrepancy was open", number);
    named("event 3: it was disposed of, and no disposal says so", number);
    event->action = TEXT("annotated");
    plant(event);
    sound();
    done(&d, does(&d, &d.supervisor, "exhibit-hold", NULL,
                  TYPED("exhibits", number, "reason", "appeal")));
    done(&d, does(&d, &d.clerk, "exhibit-annotate", &key, TYPED("event", "1", "remark", "y")));
    event = event_of(key, 5);
    event->action = TEXT("given_back");
    plant(event);
    named("event 5: it left for good while it was on hold", number);
    event->action = TEXT("annotated");
    plant(event);
    sound();
}

static void a_disposal_that_nobody_else_approved_is_named(void **state)
{
    struct record_key key = stored("DIG.PHO", "1 pc", "KC-R1"), batch;
    const char *number = number_of(&d, key);
    struct custody_event_record *event, *good;
    struct case_record *file = fetch(&d, key_of_reference(exhibit_of(key)->of_case));

    (void)state;
    file->state = TEXT("C17");
    assert_int_equal(force(&d, file), ERR_OK);
    done(&d, does(&d, &d.supervisor, "exhibit-legal-status", &key,
                  TYPED("legal_status", "L05", "cause", "order")));
    batch = made(&d,
                 does(&d, &d.supervisor, "disposal-open", NULL,
                      TYPED("route", "D01", "exhibits", number)),
                 &disposal_type);
    done(&d, does(&d, &d.clerk, "exhibit-annotate", &key, TYPED("event", "1", "remark", "x")));
    event = event_of(key, 4);
    good = event_of(key, 4);
    event->action = TEXT("disposed");
    event->disposal.id = batch.id;
    plant(event);
    named("event 4: it was disposed of, and nobody but who prepared it approved", number);
    named("event 4: it was disposed of and had not passed the door", number);
    named("event 4: it was disposed of without a receipt", number);
    plant(good);
    sound();
}

static void an_event_of_no_exhibit_is_named(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");
    struct exhibit_record *exhibit = exhibit_of(key);

    (void)state;
    uproot(key);
    named("stands beside a record that is not there", "");
    plant(exhibit);
    sound();
}

/* The store stands under its own name, for a process of its own reads it. */
static int open_finished(void **state)
{
    open_department(state);
    temporary_finish(&d.t);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_store_in_which_much_went_wrong_on_the_record_is_sound),
        cmocka_unit_test(an_event_that_is_gone_is_named),
        cmocka_unit_test(a_gap_between_holders_is_named),
        cmocka_unit_test(an_exhibit_that_is_not_where_its_events_say_is_named),
        cmocka_unit_test(an_event_out_of_order_without_a_mark_is_named),
        cmocka_unit_test(discrepancies_and_holds_that_are_not_counted_are_named),
        cmocka_unit_test(goods_that_need_two_officers_and_had_one_are_named),
        cmocka_unit_test(what_went_out_without_a_receipt_is_named),
        cmocka_unit_test(a_hand_over_that_is_half_way_is_named),
        cmocka_unit_test(a_scanned_item_without_its_event_is_named),
        cmocka_unit_test(a_seal_that_was_not_issued_or_is_used_twice_is_named),
        cmocka_unit_test(what_was_gained_or_lost_between_parts_is_named),
        cmocka_unit_test(a_package_in_two_places_is_named),
        cmocka_unit_test(an_end_before_its_gates_is_named),
        cmocka_unit_test(a_disposal_that_nobody_else_approved_is_named),
        cmocka_unit_test(an_event_of_no_exhibit_is_named),
    };

    return cmocka_run_group_tests(tests, open_finished, close_department);
}
