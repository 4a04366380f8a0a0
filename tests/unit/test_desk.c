#include "core/change/desk.h"

#include <sys/stat.h>

#include "core/base/seams.h"
#include "tests/temporary_store.h"

enum { OFFICER = 7, OTHER = 8 };

static struct bytes typed(const char *string)
{
    return (struct bytes){ (const uint8_t *)string, strlen(string) };
}

static struct draft draft_of(const char *name)
{
    struct draft draft = {
        .act = TEXT("seizure-add"),
        .key = { id_make(9, 0, 12), 0, 0 },
        .revision = 3,
        .request = typed("\xa0"),
        .raw = typed("\xa1\x0c\x63"
                     "1/x"),
    };

    snprintf(draft.name, sizeof draft.name, "%s", name);
    return draft;
}

/* Turns one bit of a desk's file. */
static void spoil(struct temporary_store *t, const char *file, long at)
{
    char path[256];
    FILE *stream;
    int byte;

    snprintf(path, sizeof path, "%s/desk/%s", store_folder(t->store), file);
    stream = fopen(path, "r+b");
    assert_non_null(stream);
    assert_int_equal(fseek(stream, at, at < 0 ? SEEK_END : SEEK_SET), 0);
    byte = fgetc(stream);
    assert_int_equal(fseek(stream, -1, SEEK_CUR), 0);
    fputc(byte ^ 1, stream);
    fclose(stream);
}

static void a_half_filled_form_comes_back_as_it_was(void **state)
{
    struct temporary_store t;
    struct draft draft = draft_of("seizure-1"), *found;
    size_t count;

    (void)state;
    temporary_make(&t);
    assert_int_equal(draft_write(t.store, OFFICER, &draft), ERR_OK);
    assert_int_equal(draft_list(t.store, OFFICER, t.arena, &found, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_string_equal(found->name, draft.name);
    assert_true(text_equal(found->act, draft.act));
    assert_int_equal(record_key_compare(&found->key, &draft.key), 0);
    assert_int_equal(found->revision, 3);
    assert_true(found->saved_ms > 0);
    assert_int_equal(found->request.len, draft.request.len);
    assert_memory_equal(found->raw.data, draft.raw.data, draft.raw.len);
    temporary_remove(&t);
}

static void drafts_are_listed_newest_first_and_each_officer_sees_the_own(void **state)
{
    struct temporary_store t;
    struct draft first = draft_of("first"), second = draft_of("second"), *found;
    size_t count;

    (void)state;
    temporary_make(&t);
    assert_int_equal(draft_write(t.store, OFFICER, &first), ERR_OK);
    clock_forward(1);
    assert_int_equal(draft_write(t.store, OFFICER, &second), ERR_OK);
    assert_int_equal(draft_write(t.store, OTHER, &first), ERR_OK);
    assert_int_equal(desk_write(t.store, OFFICER, "columns", typed("12 14")), ERR_OK);
    assert_int_equal(draft_list(t.store, OFFICER, t.arena, &found, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_string_equal(found[0].name, "second");
    clock_forward(1);
    assert_int_equal(draft_write(t.store, OFFICER, &first), ERR_OK);
    assert_int_equal(draft_list(t.store, OFFICER, t.arena, &found, &count), ERR_OK);
    assert_string_equal(found[0].name, "first");
    assert_int_equal(draft_remove(t.store, OFFICER, "first"), ERR_OK);
    assert_int_equal(draft_remove(t.store, OFFICER, "first"), ERR_OK);
    assert_int_equal(draft_list(t.store, OFFICER, t.arena, &found, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(draft_list(t.store, OTHER, t.arena, &found, &count), ERR_OK);
    assert_int_equal(count, 1);
    temporary_remove(&t);
}

static void nobody_else_on_the_machine_reads_a_desk(void **state)
{
    struct temporary_store t;
    struct stat status;
    char path[256];

    (void)state;
    temporary_make(&t);
    assert_int_equal(desk_write(t.store, OFFICER, "columns", typed("12 14")), ERR_OK);
    snprintf(path, sizeof path, "%s/desk/0000000000000007.columns", store_folder(t.store));
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    temporary_remove(&t);
}

static void a_name_cannot_leave_the_desk(void **state)
{
    static const char *const names[] = {
        "",
        "../head",
        ".hidden",
        "a/b",
        "Big",
        "with space",
        "a-name-that-is-far-too-long-to-be-one-because-it-has-70-signs-in-it-all"
    };
    struct temporary_store t;
    struct bytes data;

    (void)state;
    temporary_make(&t);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(desk_write(t.store, OFFICER, names[i], typed("x")), ERR_INVALID);
        assert_int_equal(desk_read(t.store, OFFICER, names[i], t.arena, &data), ERR_INVALID);
        assert_int_equal(desk_remove(t.store, OFFICER, names[i]), ERR_INVALID);
    }
    temporary_remove(&t);
}

static void what_was_never_put_there_is_missing(void **state)
{
    struct temporary_store t;
    struct draft *found;
    struct bytes data;
    size_t count;

    (void)state;
    temporary_make(&t);
    assert_int_equal(desk_read(t.store, OFFICER, "columns", t.arena, &data), ERR_MISSING);
    assert_int_equal(draft_list(t.store, OFFICER, t.arena, &found, &count), ERR_OK);
    assert_int_equal(count, 0);
    temporary_remove(&t);
}

static void a_damaged_file_is_named_once_and_set_aside(void **state)
{
    struct temporary_store t;
    struct draft draft = draft_of("one"), other = draft_of("two"), *found;
    struct bytes data;
    char path[256];
    size_t count;

    (void)state;
    temporary_make(&t);
    assert_int_equal(desk_write(t.store, OFFICER, "columns", typed("12 14")), ERR_OK);
    spoil(&t, "0000000000000007.columns", -1);
    assert_int_equal(desk_read(t.store, OFFICER, "columns", t.arena, &data), ERR_DAMAGED);
    assert_non_null(strstr(last_failure()->arguments[0].text, "columns"));
    assert_int_equal(desk_read(t.store, OFFICER, "columns", t.arena, &data), ERR_MISSING);
    snprintf(path, sizeof path, "%s/desk/0000000000000007.columns.damaged",
             store_folder(t.store));
    assert_int_equal(access(path, F_OK), 0);

    assert_int_equal(draft_write(t.store, OFFICER, &draft), ERR_OK);
    assert_int_equal(draft_write(t.store, OFFICER, &other), ERR_OK);
    spoil(&t, "0000000000000007.draft.one", 30);
    assert_int_equal(draft_list(t.store, OFFICER, t.arena, &found, &count), ERR_DAMAGED);
    assert_int_equal(draft_list(t.store, OFFICER, t.arena, &found, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].name, "two");
    temporary_remove(&t);
}

static void every_flip_and_every_cut_of_a_desk_file_is_noticed(void **state)
{
    struct temporary_store t;
    char path[256];
    struct bytes data;

    (void)state;
    temporary_make(&t);
    snprintf(path, sizeof path, "%s/desk/0000000000000007.columns", store_folder(t.store));
    for (long at = 0; at < 25; at++) {
        assert_int_equal(desk_write(t.store, OFFICER, "columns", typed("12 14")), ERR_OK);
        spoil(&t, "0000000000000007.columns", at);
        assert_int_equal(desk_read(t.store, OFFICER, "columns", t.arena, &data), ERR_DAMAGED);
        assert_int_equal(desk_write(t.store, OFFICER, "columns", typed("12 14")), ERR_OK);
        assert_int_equal(truncate(path, at), 0);
        assert_int_equal(desk_read(t.store, OFFICER, "columns", t.arena, &data), ERR_DAMAGED);
    }
    temporary_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_half_filled_form_comes_back_as_it_was),
        cmocka_unit_test(drafts_are_listed_newest_first_and_each_officer_sees_the_own),
        cmocka_unit_test(nobody_else_on_the_machine_reads_a_desk),
        cmocka_unit_test(a_name_cannot_leave_the_desk),
        cmocka_unit_test(what_was_never_put_there_is_missing),
        cmocka_unit_test(a_damaged_file_is_named_once_and_set_aside),
        cmocka_unit_test(every_flip_and_every_cut_of_a_desk_file_is_noticed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
