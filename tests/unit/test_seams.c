#include "core/base/seams.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/check.h"

struct place {
    struct arena *arena;
    char folder[64];
};

static int enter(void **state)
{
    struct place *place = memory_new(sizeof(*place));

    place->arena = arena_new();
    strcpy(place->folder, "/tmp/tidewaiter-seams-XXXXXX");
    *state = place;
    return mkdtemp(place->folder) ? 0 : -1;
}

static char *in(struct place *place, const char *name)
{
    return path_join(place->arena, place->folder, name);
}

static int leave(void **state)
{
    struct place *place = *state;
    DIR *folder = opendir(place->folder);

    seams_set(NULL);
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.' && remove(in(place, entry->d_name)) != 0)
            return -1;
    closedir(folder);
    if (rmdir(place->folder) != 0)
        return -1;
    arena_free(place->arena);
    free(place);
    return 0;
}

static size_t count_files(struct place *place)
{
    DIR *folder = opendir(place->folder);
    size_t count = 0;

    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));)
        count += entry->d_name[0] != '.';
    closedir(folder);
    return count;
}

static struct bytes bytes_of(const char *string)
{
    return (struct bytes){ (const uint8_t *)string, strlen(string) };
}

static void assert_holds(struct place *place, const char *path, const char *expected)
{
    struct bytes got;

    assert_int_equal(file_read(place->arena, path, 1000000, &got), ERR_OK);
    assert_int_equal(got.len, strlen(expected));
    assert_memory_equal(got.data, expected, got.len);
}

static int64_t noon(void)
{
    return 1687320000000;
}

static void a_test_can_set_the_clock(void **state)
{
    struct seams table = *seams();

    (void)state;
    assert_true(now_ms() > 1700000000000);
    assert_true(monotonic_ms() <= monotonic_ms());
    table.now_ms = noon;
    seams_set(&table);
    assert_true(now_ms() == 1687320000000);
    seams_set(NULL);
    assert_true(now_ms() > 1700000000000);
}

static void random_bytes_repeat_for_a_seed_and_differ_otherwise(void **state)
{
    uint8_t first[40], second[40], other[40];

    (void)state;
    random_repeat(1);
    random_bytes(first, sizeof(first));
    random_bytes(other, sizeof(other));
    assert_memory_not_equal(first, other, sizeof(first));
    random_repeat(1);
    random_bytes(second, sizeof(second));
    assert_memory_equal(first, second, sizeof(first));
    random_repeat(2);
    random_bytes(other, sizeof(other));
    assert_memory_not_equal(first, other, sizeof(first));
    seams_set(NULL);
    random_bytes(first, sizeof(first));
    random_bytes(second, sizeof(second));
    assert_memory_not_equal(first, second, sizeof(first));
}

static void a_file_is_replaced_whole(void **state)
{
    struct place *place = *state;
    char *path = in(place, "draft");
    struct stat status;

    assert_false(file_exists(path));
    assert_int_equal(file_replace(path, bytes_of("one"), 0600), ERR_OK);
    assert_holds(place, path, "one");
    assert_int_equal(file_replace(path, bytes_of("two, longer"), 0640), ERR_OK);
    assert_holds(place, path, "two, longer");
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
    assert_int_equal(file_replace(path, (struct bytes){ 0 }, 0600), ERR_OK);
    assert_holds(place, path, "");
    assert_int_equal(count_files(place), 1);
    assert_int_equal(file_remove(path), ERR_OK);
    assert_int_equal(file_remove(path), ERR_OK);
    assert_false(file_exists(path));
}

static void a_file_that_cannot_be_read_is_named(void **state)
{
    struct place *place = *state;
    char *path = in(place, "absent");
    struct bytes got = bytes_of("untouched");

    assert_int_equal(file_read(place->arena, path, 10, &got), ERR_MISSING);
    assert_string_equal(last_failure()->arguments[0].text, path);
    assert_int_equal(file_read(place->arena, place->folder, 10, &got), ERR_IO);
    assert_int_equal(file_replace(in(place, "absent/draft"), got, 0600), ERR_MISSING);
    assert_memory_equal(got.data, "untouched", 9);
}

static void a_file_is_read_up_to_its_limit(void **state)
{
    struct place *place = *state;
    char *path = in(place, "large");
    AUTO_BUFFER struct buffer large = { 0 };
    struct bytes got;

    for (int i = 0; i < 50000; i++)
        buffer_u32(&large, (uint32_t)i);
    assert_int_equal(file_replace(path, buffer_bytes(&large), 0600), ERR_OK);
    assert_int_equal(file_read(place->arena, path, 200000, &got), ERR_OK);
    assert_int_equal(got.len, 200000);
    assert_memory_equal(got.data, large.data, got.len);
    assert_int_equal(file_read(place->arena, path, 199999, &got), ERR_INVALID);
}

static void a_folder_that_exists_is_no_failure(void **state)
{
    struct place *place = *state;
    char *path = in(place, "desk");

    assert_int_equal(folder_make(path, 0700), ERR_OK);
    assert_int_equal(folder_make(path, 0700), ERR_OK);
    assert_int_equal(folder_sync(path), ERR_OK);
    assert_int_equal(folder_make(in(place, "a/b"), 0700), ERR_MISSING);
    assert_int_equal(folder_sync(in(place, "none")), ERR_MISSING);
    assert_int_equal(file_replace(in(place, "file"), bytes_of("x"), 0600), ERR_OK);
    assert_int_equal(folder_make(in(place, "file"), 0700), ERR_IO);
}

static int operations_left;

static bool fail_nth(const char *operation, const char *path)
{
    assert_non_null(operation);
    assert_non_null(path);
    return operations_left-- == 0;
}

/* Lets the first, the second ... file operation fail until one run has no failure. */
static void after_any_failure_the_old_or_the_new_file_stands(void **state)
{
    struct place *place = *state;
    char *path = in(place, "head");
    struct seams table = *seams();
    enum err code = ERR_IO;
    int runs = 0;

    table.fail_file = fail_nth;
    for (; code != ERR_OK; runs++) {
        struct bytes got;

        assert_int_equal(file_replace(path, bytes_of("old"), 0600), ERR_OK);
        operations_left = runs;
        seams_set(&table);
        code = file_replace(path, bytes_of("new"), 0600);
        seams_set(NULL);
        assert_true(code == ERR_OK || code == ERR_IO);
        assert_int_equal(file_read(place->arena, path, 100, &got), ERR_OK);
        assert_int_equal(got.len, 3);
        assert_true(memcmp(got.data, "new", 3) == 0 ||
                    (code != ERR_OK && memcmp(got.data, "old", 3) == 0));
        assert_int_equal(count_files(place), 1);
    }
    assert_int_equal(runs,
                     7); /* open, write, sync, rename; open and sync of the folder; none */
}

static bool fail_all(const char *operation, const char *path)
{
    (void)operation;
    (void)path;
    return true;
}

static void every_file_operation_can_be_made_to_fail(void **state)
{
    struct place *place = *state;
    struct seams table = *seams();
    struct bytes got;

    table.fail_file = fail_all;
    seams_set(&table);
    assert_int_equal(file_read(place->arena, "/dev/null", 1, &got), ERR_IO);
    assert_int_equal(folder_make(in(place, "d"), 0700), ERR_IO);
    assert_int_equal(folder_sync(place->folder), ERR_IO);
    assert_int_equal(file_remove(in(place, "f")), ERR_IO);
}

static void paths_are_joined_with_one_slash(void **state)
{
    struct place *place = *state;

    assert_string_equal(path_join(place->arena, "a", "b"), "a/b");
    assert_string_equal(path_join(place->arena, "a/", "b"), "a/b");
    assert_string_equal(path_join(place->arena, "/", "b"), "/b");
    assert_string_equal(path_join(place->arena, "", "b"), "b");
}

static void a_path_without_a_folder_is_in_the_present_one(void **state)
{
    struct place *place = *state;
    char before[4096];

    assert_non_null(getcwd(before, sizeof(before)));
    assert_int_equal(chdir(place->folder), 0);
    enum err code = file_replace("here", bytes_of("x"), 0600);

    assert_int_equal(chdir(before), 0);
    assert_int_equal(code, ERR_OK);
    assert_holds(place, in(place, "here"), "x");
}

#define TEST_IN_PLACE(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_test_can_set_the_clock),
        cmocka_unit_test(random_bytes_repeat_for_a_seed_and_differ_otherwise),
        TEST_IN_PLACE(a_file_is_replaced_whole),
        TEST_IN_PLACE(a_file_that_cannot_be_read_is_named),
        TEST_IN_PLACE(a_file_is_read_up_to_its_limit),
        TEST_IN_PLACE(a_folder_that_exists_is_no_failure),
        TEST_IN_PLACE(after_any_failure_the_old_or_the_new_file_stands),
        TEST_IN_PLACE(every_file_operation_can_be_made_to_fail),
        TEST_IN_PLACE(paths_are_joined_with_one_slash),
        TEST_IN_PLACE(a_path_without_a_folder_is_in_the_present_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
