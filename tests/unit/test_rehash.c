/* Attached files: names made harmless, hash values compared round by round, written out with an entry in the journal. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/change/history.h"
#include "core/change/verify.h"
#include "core/model/access.h"
#include "core/model/attachment.h"
#include "core/model/rehash.h"
#include "core/query/queue.h"
#include "tests/one_department.h"

static struct record_key files[3];
static struct buffer said;

/* ---- files ---- */

static struct bytes bytes_of_string(const char *string)
{
    return (struct bytes){ (const uint8_t *)string, strlen(string) };
}

static const char *beside(const char *name)
{
    return path_join(d.arena, d.t.parent, name);
}

static struct record_key attach(struct record_key about, const char *name, const char *content)
{
    struct kept_file kept;
    struct act_call call = { .act = act_named(TEXT("attachment-add")), .prepared = &kept };
    struct attachment_record *input = act_input(call.act, NULL, codes_lookup(d.codes), d.arena);

    assert_int_equal(attachment_keep(d.t.store, bytes_of_string(content), text_of(name),
                                     d.arena, &kept),
                     ERR_OK);
    input->about = (struct reference){ .id = about.id };
    input->title = (struct bitext){ .zh = TEXT("檔案") };
    call.input = input;
    d.result = (struct change_result){ .arena = d.arena };
    return done(&d, act_run(&d.desk, &call, &d.result));
}

static struct attachment_record *attachment_of(struct record_key key)
{
    return fetch(&d, key);
}

/* Where the store keeps the file of an attachment. */
static const char *kept_at(struct record_key key)
{
    AUTO_BUFFER struct buffer hex = { 0 };

    hex_encode(&hex, attachment_of(key)->hash.bytes);
    return arena_string(d.arena,
                        arena_printf(d.arena, "%s/files/%.2s/%.62s", store_folder(d.t.store),
                                     (const char *)hex.data, (const char *)hex.data + 2));
}

static void flip_a_byte(const char *path)
{
    struct bytes data;
    uint8_t *copy;

    assert_int_equal(file_read(d.arena, path, 1 << 20, &data), ERR_OK);
    copy = arena_copy(d.arena, data.data, data.len);
    copy[data.len / 2] ^= 1;
    assert_int_equal(file_replace(path, (struct bytes){ copy, data.len }, 0600), ERR_OK);
}

/* ---- rounds ---- */

static void note(const struct message *message, void *context)
{
    (void)context;
    buffer_text(&said, sentence(d.arena, message, LANGUAGE_EN));
    buffer_byte(&said, '\n');
}

static struct rehash_round round_of(size_t most)
{
    struct rehash_limits limits = { most, 1 << 20, 60 * 1000 };
    struct rehash_round round;

    buffer_clear(&said);
    assert_int_equal(rehash_some(&d.t.session, &limits, note, NULL, &round), ERR_OK);
    return round;
}

static bool was_said(const char *words)
{
    return contains(buffer_as_text(&said), words);
}

static size_t faulty(void)
{
    AUTO_TXN struct txn *txn = NULL;
    struct query_number number;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    for (const struct queue *queue = queues; queue->name; queue++)
        if (strcmp(queue->name, "attachments-faulty") == 0)
            assert_int_equal(queue_count(txn, queue, codes_lookup(d.codes), 100, &number),
                             ERR_OK);
    return number.count;
}

static void a_round_goes_on_where_the_last_one_ended(void **state)
{
    uint64_t before, after;
    struct rehash_round round;

    (void)state;
    assert_int_equal(store_size(d.t.store, &before), ERR_OK);
    round = round_of(2);
    assert_int_equal(round.files, 2);
    assert_false(round.complete);
    assert_int_equal(round.complete_ms, 0);
    round = round_of(2);
    assert_int_equal(round.files, 1);
    assert_true(round.complete);
    assert_int_equal(round.complete_ms, department_now);
    assert_int_equal(round_of(400).files, 3);
    assert_int_equal(said.len, 0);
    assert_int_equal(store_size(d.t.store, &after), ERR_OK);
    assert_int_equal(after, before); /* files that are as they were leave no entry */
}

static void a_byte_that_changed_is_found_and_named_by_the_round_that_reaches_it(void **state)
{
    struct rehash_round round;

    (void)state;
    flip_a_byte(kept_at(files[1]));
    round = round_of(1);
    assert_int_equal(round.faulty, 0);
    round = round_of(1);
    assert_int_equal(round.faulty, 1);
    assert_true(was_said(number_of(&d, files[1])));
    assert_true(was_said("damaged"));
    says("damaged", attachment_of(files[1])->file_state);
    assert_int_not_equal(attachment_of(files[1])->file_checked.date, 0);
    assert_int_equal(faulty(), 1);
    round_of(1);
}

static void a_fault_stays_and_is_recorded_once(void **state)
{
    uint32_t revision = attachment_of(files[1])->head.revision;

    (void)state;
    assert_int_equal(round_of(400).faulty, 1);
    assert_true(was_said("damaged")); /* said in every round ... */
    assert_int_equal(attachment_of(files[1])->head.revision, revision); /* ... recorded once */
    assert_int_equal(file_remove(kept_at(files[1])), ERR_OK);
    assert_int_equal(round_of(400).faulty, 1);
    assert_true(was_said("missing"));
    says("missing", attachment_of(files[1])->file_state);
}

static void a_file_that_was_restored_is_whole_again(void **state)
{
    struct kept_file kept;

    (void)state;
    assert_int_equal(attachment_keep(d.t.store, bytes_of_string("the second file"),
                                     TEXT("b.txt"), d.arena, &kept),
                     ERR_OK);
    assert_int_equal(round_of(400).faulty, 0);
    assert_true(was_said("whole again"));
    assert_false(text_present(attachment_of(files[1])->file_state));
    assert_int_equal(faulty(), 0);
    round_of(400);
    assert_int_equal(said.len, 0);
}

/* It may have been cut short, or hold a page of another store: that costs one pass, nothing else. */
static enum err spoil(struct txn *txn, void *context)
{
    (void)context;
    return txn_put(txn, TREE_LOCAL, bytes_of_string("rehash"), bytes_of_string("?"));
}

static void a_position_that_cannot_be_read_begins_anew(void **state)
{
    (void)state;
    round_of(1);
    assert_int_equal(store_write(d.t.store, spoil, NULL), ERR_OK);
    assert_int_equal(round_of(400).files, 3);
}

/* ---- names ---- */

static const char *named(const char *name)
{
    struct kept_file kept;

    assert_int_equal(attachment_keep(d.t.store, bytes_of_string("x"), text_of(name), d.arena,
                                     &kept),
                     ERR_OK);
    return arena_string(d.arena, kept.name);
}

static void a_hostile_name_is_made_harmless(void **state)
{
    static const char *const names[][2] = {
        { "../../etc/passwd", "passwd" },
        { "C:\\temp\\報告.pdf", "報告.pdf" },
        { "..", "_" },
        { "...", "_" },
        { "", "_" },
        { "folder/", "_" },
        { ".bashrc", "_bashrc" },
        { "-rf", "_rf" },
        { "a\nb\x1b[2J", "a_b_[2J" },
        { "photo\xE2\x80\xAEgpj.exe", "photo_gpj.exe" }, /* right-to-left override */
        { "x\xC2\x9By", "x_y" },                         /* CSI as one character */
        { "\xFF\xFE.jpg", "__.jpg" },
        { "a|b;c$d`e", "a_b_c_d_e" },
        { "name. . ", "name" },
        { "相片 (1).jpg", "相片 (1).jpg" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(named(names[i][0]), names[i][1]);
    assert_true(strlen(named(arena_printf(d.arena, "%0300d", 1).data)) <= 120);
}

/* ---- writing out ---- */

static enum err written(struct session *who, struct record_key key, const char *path)
{
    return does(&d, who, "attachment-export", &key, TYPED("path", path));
}

static bool holds(const char *path, const char *content)
{
    struct bytes data;

    return file_read(d.arena, path, 1 << 20, &data) == ERR_OK &&
           text_is((struct text){ (const char *)data.data, data.len }, content);
}

static void what_is_written_out_is_in_the_journal_with_its_hash(void **state)
{
    const char *path = beside("out.txt");
    struct text note_said;
    struct stat status;

    (void)state;
    done(&d, written(&d.desk, files[0], path));
    note_said = sentence(d.arena, &d.result.note, LANGUAGE_EN);
    assert_true(contains(note_said, path));
    assert_true(contains(note_said, number_of(&d, files[0])));
    assert_true(holds(path, "the first file"));
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(attachment_of(files[0])->exports.value, 1);
    assert_int_not_equal(attachment_of(files[0])->exported.date, 0);
    assert_int_equal(file_remove(path), ERR_OK);
}

static void nothing_that_is_there_is_written_over(void **state)
{
    const char *path = beside("mine.txt"), *link = beside("link.txt"), *aim = beside("aim.txt");

    (void)state;
    assert_int_equal(file_replace(path, bytes_of_string("mine"), 0600), ERR_OK);
    refused(&d, written(&d.desk, files[0], path), ERR_CONFLICT, "there already");
    assert_true(holds(path, "mine"));
    assert_int_equal(symlink(aim, link), 0);
    refused(&d, written(&d.desk, files[0], link), ERR_CONFLICT, "there already");
    assert_false(file_exists(aim));
    refused(&d,
            written(&d.desk, files[0], path_join(d.arena, store_folder(d.t.store), "data.new")),
            ERR_REFUSED, "store's own");
    refused(&d, written(&d.desk, files[0], beside("nowhere/out.txt")), ERR_REFUSED,
            "folder is not there");
    assert_int_equal(attachment_of(files[0])->exports.value, 1);
}

static void what_is_not_recorded_is_not_written(void **state)
{
    const char *path = beside("never.txt");
    struct session nobody = d.desk;

    (void)state;
    nobody.officer = d.administrator.officer + 1000; /* an account that is gone */
    assert_int_not_equal(written(&nobody, files[0], path), ERR_OK);
    assert_false(file_exists(path));
    flip_a_byte(kept_at(files[2]));
    refused(&d, written(&d.desk, files[2], path), ERR_DAMAGED, "damaged");
    assert_false(file_exists(path));
    flip_a_byte(kept_at(files[2]));
}

/* The folder's file system is full when the content comes: the empty file goes again. */
static bool nothing_is_written(const char *operation, const char *path)
{
    return strcmp(operation, "write") == 0 && strstr(path, "full.txt") != NULL;
}

static void a_full_disk_leaves_no_half_of_a_file(void **state)
{
    struct seams table = *seams();
    const char *path = beside("full.txt");

    (void)state;
    table.fail_file = nothing_is_written;
    seams_set(&table);
    assert_int_not_equal(written(&d.desk, files[0], path), ERR_OK);
    department_stop_clock();
    assert_false(file_exists(path));
}

static void whoever_looks_at_a_file_is_in_the_journal_each_time(void **state)
{
    uint64_t before, after;

    (void)state;
    assert_int_equal(store_size(d.t.store, &before), ERR_OK);
    assert_int_equal(attachment_viewed(&d.clerk, &files[0]), ERR_OK);
    assert_int_equal(attachment_viewed(&d.clerk, &files[0]), ERR_OK);
    assert_int_equal(store_size(d.t.store, &after), ERR_OK);
    assert_int_equal(after, before + 2);
}

static void count_fault(const struct message *message, void *context)
{
    note(message, NULL);
    *(unsigned *)context += 1;
}

static void verify_finds_no_fault_in_all_this(void **state)
{
    unsigned faults = 0;
    struct verify_options options = { .depth = VERIFY_ALL,
                                      .fault = count_fault,
                                      .context = &faults };
    struct verify_report report;

    (void)state;
    temporary_finish(&d.t);
    verify_store(d.t.store, &options, &report);
    if (faults > 0)
        print_error("%.*s\n", (int)said.len, (const char *)said.data);
    assert_int_equal(faults, 0);
}

static int open_with_files(void **state)
{
    struct record_key file;

    open_department(state);
    file = open_case(&d);
    files[0] = attach(file, "a.txt", "the first file");
    files[1] = attach(file, "b.txt", "the second file");
    files[2] = attach(file, "c.txt", "the third file");
    return 0;
}

static int close_all(void **state)
{
    buffer_free(&said);
    return close_department(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_round_goes_on_where_the_last_one_ended),
        cmocka_unit_test(a_byte_that_changed_is_found_and_named_by_the_round_that_reaches_it),
        cmocka_unit_test(a_fault_stays_and_is_recorded_once),
        cmocka_unit_test(a_file_that_was_restored_is_whole_again),
        cmocka_unit_test(a_position_that_cannot_be_read_begins_anew),
        cmocka_unit_test(a_hostile_name_is_made_harmless),
        cmocka_unit_test(what_is_written_out_is_in_the_journal_with_its_hash),
        cmocka_unit_test(nothing_that_is_there_is_written_over),
        cmocka_unit_test(what_is_not_recorded_is_not_written),
        cmocka_unit_test(a_full_disk_leaves_no_half_of_a_file),
        cmocka_unit_test(whoever_looks_at_a_file_is_in_the_journal_each_time),
        cmocka_unit_test(verify_finds_no_fault_in_all_this),
    };

    return cmocka_run_group_tests(tests, open_with_files, close_all);
}
