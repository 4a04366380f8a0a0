#include "core/base/err.h"

#include <errno.h>
#include <string.h>

#include "tests/check.h"

static void before_any_failure_there_is_no_message(void **state)
{
    (void)state;
    assert_null(last_failure()->id);
    assert_int_equal(last_failure_code(), ERR_OK);
}

static void a_failure_keeps_its_code_and_typed_arguments(void **state)
{
    static const struct label label = L("Gross weight", "毛重");

    (void)state;
    assert_int_equal(fail(ERR_DAMAGED,
                          N_("%s: field %p of %d, %lu%% and %lld, %zu, %u, %ld, done."),
                          "E-123", label_argument(&label), -7, 88UL, -9000000000LL, (size_t)12,
                          4000000000U, -3L),
                     ERR_DAMAGED);
    const struct message *m = last_failure();

    assert_int_equal(last_failure_code(), ERR_DAMAGED);
    assert_int_equal(m->count, 8);
    assert_int_equal(m->arguments[0].kind, ARGUMENT_TEXT);
    assert_string_equal(m->arguments[0].text, "E-123");
    assert_int_equal(m->arguments[1].kind, ARGUMENT_LABEL);
    assert_ptr_equal(m->arguments[1].label, &label);
    assert_int_equal(m->arguments[2].kind, ARGUMENT_INT);
    assert_true(m->arguments[2].number == -7);
    assert_true(m->arguments[3].number == 88);
    assert_true(m->arguments[4].number == -9000000000LL);
    assert_true(m->arguments[5].number == 12);
    assert_true(m->arguments[6].number == 4000000000LL);
    assert_true(m->arguments[7].number == -3);
}

static void a_number_too_large_for_a_message_is_the_largest(void **state)
{
    struct message m;

    (void)state;
    message_set(&m, "%llu", 18446744073709551615ULL);
    assert_true(m.arguments[0].number == INT64_MAX);
}

static void a_message_owns_copies_of_its_texts(void **state)
{
    char name[] = "first";
    const char *volatile nothing = NULL; /* the compiler warns of what is plainly NULL */
    struct message m;

    (void)state;
    message_set(&m, "%s and %s", name, nothing);
    memset(name, 'x', sizeof(name) - 1);
    assert_string_equal(m.arguments[0].text, "first");
    assert_string_equal(m.arguments[1].text, "");
}

static void a_copied_message_stands_alone(void **state)
{
    struct message copy;

    (void)state;
    fail(ERR_BUSY, "%s holds the lock for %d s.", "陳大文", 9);
    message_copy(&copy, last_failure());
    fail(ERR_MISSING, "%s", "another");
    assert_string_equal(copy.arguments[0].text, "陳大文");
    assert_true(copy.arguments[0].text >= copy.text);
    assert_true(copy.arguments[0].text < copy.text + MESSAGE_TEXT);
    assert_true(copy.arguments[1].number == 9);
}

static void a_failure_may_quote_the_failure_before(void **state)
{
    (void)state;
    fail(ERR_MISSING, "%s", "the old text");
    fail(ERR_IO, "It failed: %s / %s", "first", last_failure()->arguments[0].text);
    assert_string_equal(last_failure()->arguments[0].text, "first");
    assert_string_equal(last_failure()->arguments[1].text, "the old text");
    fail_message(ERR_UNKNOWN, last_failure());
    assert_int_equal(last_failure_code(), ERR_UNKNOWN);
    assert_string_equal(last_failure()->arguments[1].text, "the old text");
}

static void a_long_text_is_cut_at_a_character_and_leaves_room_for_the_next(void **state)
{
    char path[1024];
    struct message m;

    (void)state;
    for (size_t i = 0; i + 3 < sizeof(path); i += 3)
        memcpy(path + i, "證", 4);
    message_set(&m, "%s is not %s.", path, "short");
    size_t len = strlen(m.arguments[0].text);

    assert_int_equal(len % 3, 0);
    assert_true(len > 150 && len < MESSAGE_TEXT);
    assert_memory_equal(m.arguments[0].text, path, len);
    assert_string_equal(m.arguments[1].text, "short");
}

static void an_errno_becomes_a_code_that_says_what_to_do(void **state)
{
    (void)state;
    assert_int_equal(fail_errno(ENOSPC, "/a"), ERR_FULL);
    assert_int_equal(fail_errno(EROFS, "/a"), ERR_READ_ONLY);
    assert_int_equal(fail_errno(ENOENT, "/a"), ERR_MISSING);
    assert_int_equal(fail_errno(EACCES, "/a"), ERR_REFUSED);
    assert_int_equal(fail_errno(EIO, "/a/b"), ERR_IO);
    assert_string_equal(last_failure()->arguments[0].text, "/a/b");
    assert_true(last_failure()->arguments[2].number == EIO);
}

static void every_code_has_a_name_and_an_exit_code(void **state)
{
    (void)state;
    assert_string_equal(err_name(ERR_DAMAGED), "damaged");
    assert_string_equal(err_name(ERR_ROLLED_BACK), "rolled-back");
    assert_int_equal(err_exit_code(ERR_OK), 0);
    assert_int_equal(err_exit_code(ERR_INTERRUPTED), 130);
    for (int code = ERR_OK; code < ERR_COUNT; code++) {
        assert_non_null(err_name((enum err)code));
        assert_true((err_exit_code((enum err)code) == 0) == (code == ERR_OK));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_any_failure_there_is_no_message),
        cmocka_unit_test(a_failure_keeps_its_code_and_typed_arguments),
        cmocka_unit_test(a_number_too_large_for_a_message_is_the_largest),
        cmocka_unit_test(a_message_owns_copies_of_its_texts),
        cmocka_unit_test(a_copied_message_stands_alone),
        cmocka_unit_test(a_failure_may_quote_the_failure_before),
        cmocka_unit_test(a_long_text_is_cut_at_a_character_and_leaves_room_for_the_next),
        cmocka_unit_test(an_errno_becomes_a_code_that_says_what_to_do),
        cmocka_unit_test(every_code_has_a_name_and_an_exit_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
