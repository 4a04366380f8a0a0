/* The entry log of a store: who may go in, with whom, and who is inside. */
#include "core/model/entry.h"
#include "core/query/queue.h"
#include "tests/one_department.h"

static struct entry_record *entry_of(struct record_key key)
{
    return fetch(&d, key);
}

static enum err goes_in(struct session *who, const char *location, const char *officer,
                        const char *escort)
{
    return does(&d, who, "entry-in", NULL,
                TYPED("location", location, "officer", officer, "escort", escort, "reason",
                      "點算 counting"));
}

static enum err visits(struct session *who, const char *location, const char *escort)
{
    return does(&d, who, "entry-in", NULL,
                TYPED("location", location, "visitor", "Mr Au", "body", "XGL", "document",
                      "staff card 88", "escort", escort, "reason", "校秤 balance check"));
}

static struct record_key out(struct record_key entry)
{
    return done(&d, does(&d, &d.clerk, "entry-out", &entry, NULL));
}

static void confirms(struct session *who, const char *number)
{
    assert_int_equal(account_second(who, text_of(number), TEXT(PASSWORD)), ERR_OK);
}

static void whoever_is_on_the_list_goes_in_alone(void **state)
{
    struct record_key entry = done(&d, goes_in(&d.clerk, "KC-V", "C-0311", ""));

    (void)state;
    says("inside", entry_of(entry)->state);
    assert_int_equal(entry_of(entry)->recorded_by.id, d.clerk.officer);
    refused(&d, goes_in(&d.clerk, "KC-V", "C-0311", ""), ERR_REFUSED, "inside already");
    out(entry);
    says("left", entry_of(entry)->state);
    refused(&d, does(&d, &d.clerk, "entry-out", &entry, NULL), ERR_INVALID, "closed already");
    out(done(&d, goes_in(&d.clerk, "KC-V", "C-0311", "")));
}

static void whoever_is_not_needs_an_escort_who_is(void **state)
{
    (void)state;
    refused(&d, goes_in(&d.desk, "KC-V", "D-1204", ""), ERR_REFUSED, "Name an escort who may");
    refused(&d, goes_in(&d.desk, "KC-V", "D-1204", "D-1205"), ERR_REFUSED,
            "cannot be the escort");
    refused(&d, goes_in(&d.desk, "KC-V", "D-1204", "D-1204"), ERR_INVALID, "attention");
    out(done(&d, goes_in(&d.desk, "KC-V", "D-1204", "C-0312")));
}

/* The list of a store holds for the rooms in it. */
static void a_room_is_entered_through_its_store(void **state)
{
    (void)state;
    refused(&d, goes_in(&d.desk, "KC-V-1", "D-1204", ""), ERR_REFUSED, "who may enter KC-V.");
    out(done(&d, goes_in(&d.clerk, "KC-V-1", "C-0311", "")));
}

static void a_visitor_is_named_and_never_alone(void **state)
{
    struct record_key entry;

    (void)state;
    refused(&d, visits(&d.clerk, "KC-V", ""), ERR_REFUSED, "A visitor does not enter");
    refused(&d, visits(&d.clerk, "KC-R1", ""), ERR_REFUSED, "A visitor does not enter");
    refused(&d, visits(&d.clerk, "KC-V", "D-1204"), ERR_REFUSED, "cannot be the escort");
    refused(&d,
            does(&d, &d.clerk, "entry-in", NULL,
                 TYPED("location", "KC-V", "visitor", "Mr Au", "escort", "C-0311", "reason",
                       "a look")),
            ERR_INVALID, "attention"); /* nobody knows who he is */
    refused(&d,
            does(&d, &d.clerk, "entry-in", NULL,
                 TYPED("location", "KC-V", "visitor", "Mr Au", "officer", "C-0311", "body",
                       "XGL", "reason", "a look")),
            ERR_INVALID, "attention");
    entry = done(&d, visits(&d.clerk, "KC-V", "C-0311"));
    assert_int_equal(entry_of(entry)->escort.id, d.clerk.officer);
    out(entry);
}

static void a_vault_is_entered_by_two(void **state)
{
    struct record_key entry;

    (void)state;
    refused(&d, goes_in(&d.clerk, "KC-V-2", "C-0311", ""), ERR_REFUSED,
            "is entered by two officers");
    assert_true(d.clerk.second_wanted);
    confirms(&d.clerk, "D-1204");
    refused(&d, goes_in(&d.clerk, "KC-V-2", "C-0311", ""), ERR_REFUSED,
            "cannot be the second officer");
    confirms(&d.clerk, "C-0312");
    entry = done(&d, goes_in(&d.clerk, "KC-V-2", "C-0311", ""));
    assert_int_equal(entry_of(entry)->second.id, d.clerk2.officer);
    out(entry);
    confirms(&d.clerk, "C-0312");
    entry = done(&d, visits(&d.clerk, "KC-V-2", "C-0312")); /* the escort confirms */
    assert_int_equal(entry_of(entry)->second.id, d.clerk.officer);
    out(entry);
    confirms(&d.supervisor, "C-0312");
    refused(&d, visits(&d.supervisor, "KC-V-2", "C-0311"), ERR_REFUSED, "must be one of them");
    session_end(&d.supervisor);
    enter(&d, &d.supervisor, "S-0102");
}

static void nobody_enters_tomorrow_or_leaves_before_entering(void **state)
{
    struct record_key entry;

    (void)state;
    refused(&d,
            does(&d, &d.clerk, "entry-in", NULL,
                 TYPED("location", "KC-V", "officer", "C-0311", "entered", "2023-06-22 09:00",
                       "reason", "early")),
            ERR_INVALID, "attention");
    entry = done(&d, does(&d, &d.clerk, "entry-in", NULL,
                          TYPED("location", "KC-V", "officer", "C-0311", "entered",
                                "2023-06-20 09:00", "key_seal", "k00012", "reason", "late")));
    says("K00012", entry_of(entry)->key_seal);
    refused(&d, does(&d, &d.clerk, "entry-out", &entry, TYPED("left", "2023-06-20 08:00")),
            ERR_INVALID, "attention");
    done(&d, does(&d, &d.clerk, "entry-out", &entry,
                  TYPED("left", "2023-06-20 09:30", "new_key_seal", "K00013")));
    says("K00013", entry_of(entry)->new_key_seal);
}

static size_t counted(const char *name)
{
    AUTO_TXN struct txn *txn = NULL;
    struct query_number number;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    for (const struct queue *queue = queues; queue->name; queue++)
        if (strcmp(queue->name, name) == 0) {
            assert_int_equal(queue_count(txn, queue, codes_lookup(d.codes), 100, &number),
                             ERR_OK);
            return number.count;
        }
    fail_here("no such queue");
    return 0;
}

static void the_queues_say_who_is_inside_and_who_never_left(void **state)
{
    struct record_key today = done(&d, goes_in(&d.clerk, "KC-V", "C-0311", "")), before;

    (void)state;
    before = done(&d, does(&d, &d.clerk, "entry-in", NULL,
                           TYPED("location", "KC-V", "officer", "C-0312", "entered",
                                 "2023-06-20 09:00", "reason", "late")));
    assert_int_equal(counted("inside-now"), 2);
    assert_int_equal(counted("entries-late"), 1);
    out(today);
    out(before);
    assert_int_equal(counted("inside-now"), 0);
}

static int open_with_store(void **state)
{
    open_department(state);
    done(&d, does(&d, &d.t.session, "location-add", NULL,
                  TYPED("number", "KC-V", "name", "倉 | Store", "location_kind", "store",
                        "may_enter", "C-0311; C-0312")));
    done(&d, does(&d, &d.t.session, "location-add", NULL,
                  TYPED("number", "KC-V-1", "name", "房 | Room", "location_kind", "room",
                        "parent", "KC-V")));
    done(&d, does(&d, &d.t.session, "location-add", NULL,
                  TYPED("number", "KC-V-2", "name", "庫 | Vault", "location_kind", "room",
                        "parent", "KC-V", "two_officers", "yes")));
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_is_on_the_list_goes_in_alone),
        cmocka_unit_test(whoever_is_not_needs_an_escort_who_is),
        cmocka_unit_test(a_room_is_entered_through_its_store),
        cmocka_unit_test(a_visitor_is_named_and_never_alone),
        cmocka_unit_test(a_vault_is_entered_by_two),
        cmocka_unit_test(nobody_enters_tomorrow_or_leaves_before_entering),
        cmocka_unit_test(the_queues_say_who_is_inside_and_who_never_left),
    };

    return cmocka_run_group_tests(tests, open_with_store, close_department);
}
