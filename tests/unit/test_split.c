/* Splitting, sampling, use in testing and joining: nothing is gained or lost between parts. */
#include <stdlib.h>

#include "core/model/custody_event.h"
#include "core/model/exhibit.h"
#include "core/model/unit.h"
#include "core/query/query.h"
#include "tests/one_department.h"

static struct exhibit_record *exhibit_of(struct record_key key)
{
    return fetch(&d, key);
}

/* The parts of an exhibit, by their index. */
static size_t parts_of(struct record_key whole, struct record_key *out, size_t room)
{
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct reference reference = { .id = whole.id };
    const void *values[] = { &reference };
    struct index_page page;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    index_prefix(&prefix, &exhibit_type, index_named(&exhibit_type, "by_parent"), values, 1);
    assert_int_equal(index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, FORWARD, room,
                                d.arena, &page),
                     ERR_OK);
    for (size_t i = 0; i < page.count; i++)
        out[i] = page.keys[i];
    return page.count;
}

static int64_t milligrams(struct quantity quantity)
{
    struct record *record;
    struct decimal factor, number = quantity.number;
    AUTO_TXN struct txn *txn = NULL;
    int64_t out;

    if (!text_present(quantity.unit))
        return 0;
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(record_by_number(txn, &unit_type, quantity.unit, 0, d.arena, &record),
                     ERR_OK);
    assert_true(decimal_parse(&factor, ((struct unit_record *)record)->factor));
    assert_true(decimal_multiply(&number, number, factor));
    assert_true(decimal_scale(&out, number, 6));
    return out;
}

/* What an exhibit and all its parts account for. */
static int64_t accounted(struct record_key key)
{
    const struct exhibit_record *exhibit = exhibit_of(key);
    struct record_key parts[64];
    size_t count = parts_of(key, parts, 64);
    int64_t sum = milligrams(text_present(exhibit->remaining.unit) ? exhibit->remaining
                                                                   : exhibit->quantity) +
                  milligrams(exhibit->used_up) + milligrams(exhibit->lost);

    for (size_t i = 0; i < count; i++)
        sum += accounted(parts[i]);
    return sum;
}

static void second_confirms(struct session *session)
{
    assert_int_equal(account_second(session, TEXT("C-0312"), TEXT(PASSWORD)), ERR_OK);
}

static void parts_use_and_loss_make_up_the_whole(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg"), parts[4];

    (void)state;
    refused(&d,
            does(&d, &d.clerk, "exhibit-split", &key,
                 TYPED("parts", "1.5 kg; 500 g", "used_up", "0 g")),
            ERR_REFUSED, "two officers");
    second_confirms(&d.clerk);
    refused(&d, does(&d, &d.clerk, "exhibit-split", &key, TYPED("parts", "1.5 kg; 400 g")),
            ERR_INVALID, "not accounted for");
    second_confirms(&d.clerk);
    refused(&d, does(&d, &d.clerk, "exhibit-split", &key, TYPED("parts", "1.5 kg; 600 g")),
            ERR_INVALID, "More is taken");
    second_confirms(&d.clerk);
    done(&d, does(&d, &d.clerk, "exhibit-split", &key,
                  TYPED("parts", "1.5 kg | K118; 450 g | K119", "used_up", "30 g", "lost",
                        "20 g")));
    says("E17", exhibit_of(key)->state);
    assert_int_equal(parts_of(key, parts, 4), 2);
    says("K118", exhibit_of(parts[0])->bag);
    assert_int_equal(exhibit_of(parts[0])->holder.id, exhibit_of(key)->holder.id);
    assert_int_equal(exhibit_of(parts[0])->events.value, 1);
    assert_int_equal(accounted(key), milligrams(exhibit_of(key)->quantity));
}

static void what_parts_were_taken_from_keeps_its_quantity(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "10 pc"), parts[4];

    (void)state;
    done(&d, does(&d, &d.desk, "exhibit-amend", &key, TYPED("quantity", "12 pc")));
    done(&d, does(&d, &d.clerk, "exhibit-sample", &key, TYPED("quantity", "2 pc")));
    refused(&d, does(&d, &d.desk, "exhibit-amend", &key, TYPED("quantity", "13 pc")),
            ERR_INVALID, "Parts were taken");
    assert_int_equal(parts_of(key, parts, 4), 1);
    refused(&d, does(&d, &d.desk, "exhibit-amend", &parts[0], TYPED("quantity", "3 pc")),
            ERR_INVALID, "Parts were taken");
}

static void a_sample_is_an_exhibit_of_its_own_and_the_rest_stays(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg"), parts[4];

    (void)state;
    second_confirms(&d.clerk);
    done(&d, does(&d, &d.clerk, "exhibit-sample", &key,
                  TYPED("quantity", "5 g", "bag", "s1", "description", "樣本")));
    says("E01", exhibit_of(key)->state);
    assert_int_equal(parts_of(key, parts, 4), 1);
    done(&d, does(&d, &d.clerk, "exhibit-use-up", &parts[0],
                  TYPED("quantity", "2 g", "certificate", "GL 23/1")));
    says("E01", exhibit_of(parts[0])->state);
    done(&d, does(&d, &d.clerk, "exhibit-use-up", &parts[0],
                  TYPED("quantity", "3 g", "certificate", "GL 23/1")));
    says("E18", exhibit_of(parts[0])->state);
    assert_int_equal(accounted(key), milligrams(exhibit_of(key)->quantity));
}

static void what_was_split_is_joined_only_to_its_own_whole(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg"), other = seize(&d, "DRG.HER", "1 kg"),
                      parts[4];
    const char *number;

    (void)state;
    second_confirms(&d.clerk);
    done(&d, does(&d, &d.clerk, "exhibit-split", &key, TYPED("parts", "1 kg; 1 kg")));
    assert_int_equal(parts_of(key, parts, 4), 2);
    number = number_of(&d, parts[0]);
    refused(&d, does(&d, &d.clerk, "exhibit-join", &other, TYPED("exhibits", number)),
            ERR_REFUSED, "no part of");
    done(&d, does(&d, &d.clerk, "exhibit-join", &key, TYPED("exhibits", number)));
    says("E25", exhibit_of(parts[0])->state);
    says("E02", exhibit_of(key)->state);
    refused(&d, does(&d, &d.clerk, "exhibit-join", &key, TYPED("exhibits", number)),
            ERR_REFUSED, "no part of");
    assert_int_equal(accounted(key), milligrams(exhibit_of(key)->quantity));
}

static void an_unknown_quantity_cannot_be_shared_out(void **state)
{
    struct record_key seizure = record_seizure(&d, open_case(&d)), key;

    (void)state;
    key = made(&d,
               does(&d, &d.desk, "exhibit-add", NULL,
                    TYPED("seizure", number_of(&d, seizure), "commodity", "DIG.PHO")),
               &exhibit_type);
    refused(&d, does(&d, &d.clerk, "exhibit-sample", &key, TYPED("quantity", "1 pc")),
            ERR_REFUSED, "not recorded");
}

/* Any sequence of splits, samples, uses and joins keeps the sum. */
static void the_sum_is_kept_whatever_is_done(void **state)
{
    struct record_key all[64];
    size_t count = 1;

    (void)state;
    check_seed();
    all[0] = seize(&d, "DRG.HER", "9 kg");
    for (int i = 0; i < 60 && count < 60; i++) {
        struct record_key key = all[(size_t)rand() % count], parts[16];
        char amount[32];
        enum err err;

        snprintf(amount, sizeof amount, "%d g", 1 + rand() % 800);
        second_confirms(&d.clerk);
        switch (rand() % 3) {
        case 0:
            err = does(&d, &d.clerk, "exhibit-sample", &key, TYPED("quantity", amount));
            break;
        case 1:
            err = does(&d, &d.clerk, "exhibit-use-up", &key,
                       TYPED("quantity", amount, "certificate", "GL"));
            break;
        default:
            if (parts_of(key, parts, 16) == 0)
                continue;
            err = does(&d, &d.clerk, "exhibit-join", &key,
                       TYPED("exhibits", number_of(&d, parts[0])));
        }
        assert_true(err == ERR_OK || err == ERR_INVALID || err == ERR_REFUSED);
        assert_int_equal(accounted(all[0]), milligrams(exhibit_of(all[0])->quantity));
        count = 1 + parts_of(all[0], all + 1, 62);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_use_and_loss_make_up_the_whole),
        cmocka_unit_test(what_parts_were_taken_from_keeps_its_quantity),
        cmocka_unit_test(a_sample_is_an_exhibit_of_its_own_and_the_rest_stays),
        cmocka_unit_test(what_was_split_is_joined_only_to_its_own_whole),
        cmocka_unit_test(an_unknown_quantity_cannot_be_shared_out),
        cmocka_unit_test(the_sum_is_kept_whatever_is_done),
    };

    return cmocka_run_group_tests(tests, open_department, close_department);
}
