#include "core/base/memory.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/seams.h"
#include "tests/check.h"

static void absent_text_differs_from_empty_text(void **state)
{
    struct text absent = text_of(NULL);

    (void)state;
    assert_false(text_present(absent));
    assert_true(text_present(TEXT("")));
    assert_false(text_equal(absent, TEXT("")));
    assert_true(text_equal(absent, absent));
    assert_true(text_compare(absent, TEXT("")) < 0);
    assert_int_equal(text_compare(absent, absent), 0);
    assert_true(text_is(TEXT("證物"), "證物"));
    assert_true(text_is(absent, NULL));
}

static void text_sorts_by_bytes_and_a_start_comes_first(void **state)
{
    (void)state;
    assert_true(text_compare(TEXT("E-1"), TEXT("E-10")) < 0);
    assert_true(text_compare(TEXT("E-2"), TEXT("E-10")) > 0);
    assert_int_equal(text_compare(TEXT("E-2"), TEXT("E-2")), 0);
    assert_true(text_starts(TEXT("HKD 20"), TEXT("HKD")));
    assert_true(text_starts(TEXT("HKD 20"), TEXT("")));
    assert_false(text_starts(TEXT("HK"), TEXT("HKD")));
}

static void text_splits_at_a_separator_until_nothing_is_left(void **state)
{
    struct text rest;

    (void)state;
    assert_true(text_is(text_split(TEXT("a::b"), ':', &rest), "a"));
    assert_true(text_is(text_split(rest, ':', &rest), ""));
    assert_true(text_present(rest));
    assert_true(text_is(text_split(rest, ':', &rest), "b"));
    assert_false(text_present(rest));
    assert_true(text_is(text_split(TEXT("a:"), ':', &rest), "a"));
    assert_true(text_present(rest) && text_empty(rest));
    assert_false(text_present(text_split(text_of(NULL), ':', &rest)));
}

static void text_is_trimmed_of_blanks_only(void **state)
{
    (void)state;
    assert_true(text_is(text_trim(TEXT(" \t a b\t ")), "a b"));
    assert_true(text_is(text_trim(TEXT("   ")), ""));
    assert_true(text_is(text_trim(TEXT("　a")), "　a"));
}

static void only_well_formed_utf8_is_text(void **state)
{
    static const char *const good[] = { "",
                                        "plain ASCII, long enough for a word",
                                        "鈐字手",
                                        "\xF4\x8F\xBF\xBF",
                                        "\xED\x9F\xBF",
                                        "\xC2\x80",
                                        "\xE0\xA0\x80",
                                        "\xF0\x90\x80\x80",
                                        "12345678證12345678" };
    static const char *const bad[] = { "\x80",
                                       "\xC0\x80",
                                       "\xC1\xBF",
                                       "\xE0\x9F\xBF",
                                       "\xED\xA0\x80",
                                       "\xF0\x8F\xBF\xBF",
                                       "\xF4\x90\x80\x80",
                                       "\xF5\x80\x80\x80",
                                       "\xFF",
                                       "\xE8\xAD",
                                       "12345678\xE8\xAD",
                                       "\xE8\xAD"
                                       "a",
                                       "\xF0\x9F\x98",
                                       "\xC3"
                                       "12345678" };

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
        assert_true(text_is_utf8(text_of(good[i])));
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(text_is_utf8(text_of(bad[i])));
    assert_true(text_is_utf8(text_of(NULL)));
}

static void full_width_forms_become_narrow(void **state)
{
    char out[16];
    size_t len;

    (void)state;
    assert_true(text_narrow(out, sizeof(out), TEXT("　１，２７０．００ｋｇ　"), &len));
    assert_int_equal(len, 10);
    assert_memory_equal(out, "1,270.00kg", 10);
    assert_true(text_narrow(out, sizeof(out), TEXT("億　"), &len));
    assert_int_equal(len, 3);
    assert_false(text_narrow(out, sizeof(out), TEXT("12345678901234567"), &len));
    assert_true(text_narrow(out, sizeof(out), text_of(NULL), &len));
    assert_int_equal(len, 0);
}

static void an_arena_gives_zeroed_aligned_memory_until_it_is_reset(void **state)
{
    struct arena *arena = arena_new();

    (void)state;
    for (int round = 0; round < 3; round++) {
        for (size_t size = 0; size < 3000; size += 7) {
            uint8_t *data = arena_alloc(arena, size);

            assert_int_equal((uintptr_t)data % alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(data[i], 0);
            memset(data, 0xAA, size);
        }
        assert_non_null(arena_alloc(arena, 5 << 20));
        arena_reset(arena);
    }
    arena_free(arena);
    arena_free(NULL);
}

static void an_arena_keeps_copies_of_text(void **state)
{
    AUTO_ARENA struct arena *arena = arena_new();
    char typed[] = "seal";
    struct text copy = arena_text(arena, text_of(typed));

    (void)state;
    typed[0] = 'x';
    assert_true(text_is(copy, "seal"));
    assert_int_equal(copy.data[copy.len], '\0');
    assert_false(text_present(arena_text(arena, text_of(NULL))));
    assert_null(arena_string(arena, text_of(NULL)));
    assert_string_equal(arena_string(arena, (struct text){ "abcdef", 3 }), "abc");
    assert_true(text_is(arena_printf(arena, "%s-%d", "E", 123), "E-123"));
    assert_memory_equal(arena_copy(arena, "ab", 2), "ab", 2);
    assert_non_null(arena_copy(arena, NULL, 0));
    assert_non_null(arena_array(arena, 3, 8));
}

static void a_buffer_grows_and_keeps_what_was_put(void **state)
{
    AUTO_BUFFER struct buffer buffer = { 0 };

    (void)state;
    assert_true(text_is(buffer_as_text(&buffer), ""));
    buffer_put(&buffer, NULL, 0);
    for (int i = 0; i < 1000; i++)
        buffer_printf(&buffer, "%04d", i);
    assert_int_equal(buffer.len, 4000);
    assert_memory_equal(buffer.data + 3996, "0999", 4);
    buffer_clear(&buffer);
    buffer_string(&buffer, "ab");
    buffer_text(&buffer, TEXT("證"));
    buffer_text(&buffer, text_of(NULL));
    assert_true(text_is(buffer_as_text(&buffer), "ab證"));
}

static void numbers_are_written_with_the_highest_byte_first(void **state)
{
    AUTO_BUFFER struct buffer b = { 0 };
    static const uint8_t expected[] = { 0xFE, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
                                        0x09, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18 };

    (void)state;
    buffer_byte(&b, 0xFE);
    buffer_u16(&b, 0x0102);
    buffer_u24(&b, 0x030405);
    buffer_u32(&b, 0x06070809);
    buffer_u64(&b, 0x1112131415161718);
    assert_int_equal(b.len, sizeof(expected));
    assert_memory_equal(b.data, expected, sizeof(expected));
    assert_int_equal(read_u16(b.data + 1), 0x0102);
    assert_int_equal(read_u24(b.data + 3), 0x030405);
    assert_int_equal(read_u32(b.data + 6), 0x06070809);
    assert_true(read_u64(b.data + 10) == 0x1112131415161718);
}

static void *no_memory(void *old, size_t size)
{
    (void)old;
    (void)size;
    return NULL;
}

static void say_restored(void *context)
{
    if (write(*(int *)context, "R", 1) != 1)
        _exit(99);
}

static void the_end_for_want_of_memory_restores_the_terminal_and_says_so(void **state)
{
    int ends[2];
    char said[512];
    ssize_t len = 0, got;
    int status;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();

    if (child == 0) {
        struct seams table = *seams();

        dup2(ends[1], STDERR_FILENO);
        table.allocate = no_memory;
        seams_set(&table);
        memory_on_exhaustion(say_restored, &ends[1]);
        memory_new(1);
        _exit(0);
    }
    close(ends[1]);
    while ((got = read(ends[0], said + len, sizeof(said) - 1 - (size_t)len)) > 0)
        len += got;
    said[len] = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 71);
    assert_int_equal(said[0], 'R');
    assert_non_null(strstr(said, "No memory is left"));
    assert_non_null(strstr(said, "記憶體不足"));
}

static void a_string_of_text_is_its_own(void **state)
{
    char *string = memory_string((struct text){ "abcdef", 4 });

    (void)state;
    assert_string_equal(string, "abcd");
    string = memory_grow(string, 100);
    assert_string_equal(string, "abcd");
    free(string);
    assert_null(memory_string(text_of(NULL)));
    free(memory_new(0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(absent_text_differs_from_empty_text),
        cmocka_unit_test(text_sorts_by_bytes_and_a_start_comes_first),
        cmocka_unit_test(text_splits_at_a_separator_until_nothing_is_left),
        cmocka_unit_test(text_is_trimmed_of_blanks_only),
        cmocka_unit_test(only_well_formed_utf8_is_text),
        cmocka_unit_test(full_width_forms_become_narrow),
        cmocka_unit_test(an_arena_gives_zeroed_aligned_memory_until_it_is_reset),
        cmocka_unit_test(an_arena_keeps_copies_of_text),
        cmocka_unit_test(a_buffer_grows_and_keeps_what_was_put),
        cmocka_unit_test(numbers_are_written_with_the_highest_byte_first),
        cmocka_unit_test(the_end_for_want_of_memory_restores_the_terminal_and_says_so),
        cmocka_unit_test(a_string_of_text_is_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
