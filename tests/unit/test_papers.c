/* Attached files, inspections, notices and the numbers that others give. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "core/change/mirror.h"
#include "core/change/rebuild.h"
#include "core/change/verify.h"
#include "core/model/attachment.h"
#include "core/model/elements.h"
#include "core/model/inspection.h"
#include "core/model/notice.h"
#include "core/model/outside_reference.h"
#include "core/model/party.h"
#include "core/model/seizure.h"
#include "core/query/query.h"
#include "tests/one_department.h"

static struct record_key add_person(const char *name)
{
    return done(&d, does(&d, &d.desk, "party-add", NULL, TYPED("name", name)));
}

/* A file beside the store. */
static const char *write_file(const char *name, const void *data, size_t len)
{
    char *path = path_join(d.arena, d.t.parent, name);

    assert_int_equal(file_replace(path, (struct bytes){ data, len }, 0600), ERR_OK);
    return path;
}

static struct attachment_record *attach(struct record_key about, const char *path)
{
    return fetch(&d, done(&d, does(&d, &d.desk, "attachment-add", NULL,
                                   TYPED("about", number_of(&d, about), "title", "現場 | Scene",
                                         "path", path))));
}

/* ---- attachments ---- */

static void an_attached_file_comes_back_byte_for_byte(void **state)
{
    static const char jpeg[] = "\xFF\xD8\xFF\xE0 the picture";
    struct record_key seizure = record_seizure(&d, open_case(&d));
    struct attachment_record *attachment =
        attach(seizure, write_file("IMG 01.jpg", jpeg, sizeof jpeg));
    struct bytes data;

    (void)state;
    says("IMG 01.jpg", attachment->original_name);
    says("image/jpeg", attachment->media_type);
    assert_int_equal(attachment->bytes.value, sizeof jpeg);
    assert_false(text_present(attachment->path));
    assert_int_equal(attachment->of_case.id,
                     ((struct seizure_record *)fetch(&d, seizure))->of_case.id);
    assert_int_equal(attachment_read(d.t.store, attachment, d.arena, &data), ERR_OK);
    assert_memory_equal(data.data, jpeg, sizeof jpeg);
}

static void a_file_that_was_changed_beside_the_store_is_not_handed_out(void **state)
{
    static const char page[] = "%PDF-1.4 seven pages";
    struct attachment_record *attachment =
        attach(open_case(&d), write_file("report.pdf", page, sizeof page));
    AUTO_BUFFER struct buffer hex = { 0 };
    struct bytes data;
    const char *path;

    (void)state;
    says("application/pdf", attachment->media_type);
    hex_encode(&hex, attachment->hash.bytes);
    path = arena_string(d.arena,
                        arena_printf(d.arena, "%s/files/%.2s/%.62s", store_folder(d.t.store),
                                     (const char *)hex.data, (const char *)hex.data + 2));
    assert_int_equal(file_replace(path,
                                  (struct bytes){ (const uint8_t *)"%PDF-1.4 eight pages", 20 },
                                  0600),
                     ERR_OK);
    assert_int_equal(attachment_read(d.t.store, attachment, d.arena, &data), ERR_DAMAGED);
    assert_int_equal(file_remove(path), ERR_OK);
    assert_int_equal(attachment_read(d.t.store, attachment, d.arena, &data), ERR_MISSING);
}

static void count_fault(const struct message *message, void *context)
{
    *(unsigned *)context += contains(sentence(d.arena, message, LANGUAGE_EN), "is not there");
}

static void verify_misses_a_file_and_rebuild_takes_it_along(void **state)
{
    struct attachment_record *attachment =
        attach(open_case(&d), write_file("note.txt", "a note", 6));
    unsigned missing = 0;
    struct verify_options options = { .depth = VERIFY_ALL,
                                      .fault = count_fault,
                                      .context = &missing };
    struct verify_report report;
    struct store *store;
    struct bytes data;
    char *again = path_join(d.arena, d.t.parent, "again"), *path, *folder;
    uint64_t entries;
    AUTO_BUFFER struct buffer hex = { 0 };

    (void)state;
    temporary_finish(&d.t);
    assert_int_equal(mirror_catch_up(d.t.store), ERR_OK);
    assert_int_equal(rebuild_store(d.t.folder, again, NULL, NULL, &entries), ERR_OK);
    assert_int_equal(store_open(&store, again, STORE_READ_ONLY), ERR_OK);
    assert_int_equal(attachment_read(store, attachment, d.arena, &data), ERR_OK);
    assert_memory_equal(data.data, "a note", 6);
    store_close(store);
    verify_store(d.t.store, &options, &report);
    assert_int_equal(missing, 1); /* the report that another test removed */
    hex_encode(&hex, attachment->hash.bytes);
    folder = path_join(d.arena, path_join(d.arena, store_folder(d.t.store), "files"),
                       arena_string(d.arena, (struct text){ (const char *)hex.data, 2 }));
    path = path_join(d.arena, folder,
                     arena_string(d.arena, (struct text){ (const char *)hex.data + 2, 62 }));
    assert_int_equal(file_remove(path), ERR_OK);
    missing = 0;
    assert_int_equal(verify_store(d.t.store, &options, &report), ERR_DAMAGED);
    assert_int_equal(missing, 2);
}

static void what_cannot_be_attached_is_said_so(void **state)
{
    struct record_key file = open_case(&d);
    const char *number = number_of(&d, file);

    (void)state;
    refused(&d,
            does(&d, &d.desk, "attachment-add", NULL,
                 TYPED("about", number, "title", "x", "path", "/no/such/file")),
            ERR_MISSING, "/no/such/file");
    refused(&d,
            does(&d, &d.desk, "attachment-add", NULL,
                 TYPED("about", number, "title", "x", "path", "/dev/zero")),
            ERR_MISSING, "There is no file");
    refused(&d, does(&d, &d.desk, "attachment-add", NULL, TYPED("about", number, "title", "x")),
            ERR_INVALID, "Name the file");
    refused(&d,
            does(&d, &d.desk, "attachment-add", NULL,
                 TYPED("about", number, "title", "x", "path", write_file("empty", "", 0))),
            ERR_INVALID, "is empty");
    refused(&d,
            does(&d, &d.administrator, "attachment-add", NULL,
                 TYPED("about", number, "title", "x", "path", write_file("a.txt", "a", 1))),
            ERR_REFUSED, "work on files or exhibits");
}

static void the_name_of_a_file_cannot_harm_a_terminal(void **state)
{
    struct attachment_record *attachment =
        attach(open_case(&d), write_file("a\033[2Jb\n.txt", "words", 5));

    (void)state;
    says("a_[2Jb_.txt", attachment->original_name);
    says("text/plain", attachment->media_type);
}

/* ---- inspections ---- */

static void an_inspection_is_planned_and_then_has_a_result(void **state)
{
    struct record_key key =
        done(&d, does(&d, &d.desk, "inspection-add", NULL,
                      TYPED("regime", "tdo", "premises", "旺角金魚街1號 | 1 Tung Choi Street",
                            "trader", number_of(&d, add_person("某商戶")), "occurred",
                            "2023-06-22 10:00")));
    struct record_key file = open_case(&d);
    struct inspection_record *inspection;

    (void)state;
    refused(&d,
            does(&d, &d.desk, "inspection-result", &key,
                 TYPED("result", "case", "findings", "假藥")),
            ERR_INVALID, "Name the case that came of it");
    done(&d, does(&d, &d.desk, "inspection-result", &key,
                  TYPED("result", "case", "findings", "假藥", "samples", "3", "of_case",
                        number_of(&d, file))));
    inspection = fetch(&d, key);
    says("done", inspection->state);
    assert_int_equal(inspection->occurred.date, 20230621);
    refused(&d, does(&d, &d.desk, "inspection-cancel", &key, TYPED("reason", "rain")),
            ERR_INVALID, "is done or cancelled");
}

/* ---- notices ---- */

static struct record_key issue(struct record_key seizure)
{
    return done(&d,
                does(&d, &d.desk, "notice-issue", NULL,
                     TYPED("notice_kind", "seizure", "party", number_of(&d, add_person("物主")),
                           "seizure", number_of(&d, seizure), "issued", "2023-06-21",
                           "last_day", "2023-07-21")));
}

static void each_attempt_to_serve_a_notice_is_kept(void **state)
{
    struct record_key seizure = record_seizure(&d, open_case(&d)), key = issue(seizure);
    struct notice_record *notice;
    struct seizure_record *seized;

    (void)state;
    done(&d, does(&d, &d.desk, "notice-serve", &key,
                  TYPED("how", "personal", "served", "no", "upon", "nobody at home")));
    says("issued", ((struct notice_record *)fetch(&d, key))->state);
    done(&d, does(&d, &d.desk, "notice-serve", &key,
                  TYPED("how", "post", "upon", "RR123456785HK")));
    notice = fetch(&d, key);
    says("served", notice->state);
    assert_int_equal(notice->attempts.count, 2);
    assert_int_equal(notice->served, 20230621);
    seized = fetch(&d, seizure);
    says("Z03", seized->state);
    says("post", seized->notice_served);
    assert_int_equal(seized->claim_last_day, 20230721);
    refused(&d, does(&d, &d.desk, "notice-amend", &key, TYPED("terms", "otherwise")),
            ERR_INVALID, "is not changed once it is recorded");
}

static void a_notice_ends_once(void **state)
{
    struct record_key key = issue(record_seizure(&d, open_case(&d)));

    (void)state;
    done(&d, does(&d, &d.supervisor, "notice-withdraw", &key, TYPED("reason", "wrong owner")));
    refused(&d, does(&d, &d.desk, "notice-comply", &key, TYPED("how", "paid")), ERR_INVALID,
            "has ended already");
}

static void a_case_is_not_closed_over_a_notice_that_nobody_has(void **state)
{
    struct record_key file = open_case(&d), key = issue(record_seizure(&d, file));

    (void)state;
    refused(&d, does(&d, &d.desk, "case-state", &file, TYPED("state", "C11", "reason", "over")),
            ERR_INVALID, "has not been served");
    done(&d, does(&d, &d.desk, "notice-serve", &key, TYPED("how", "display")));
    done(&d, does(&d, &d.desk, "case-state", &file, TYPED("state", "C11", "reason", "over")));
}

/* ---- outside references ---- */

static void a_record_is_found_by_the_number_that_others_give_it(void **state)
{
    struct record_key key = done(&d, does(&d, &d.desk, "outside-reference-add", NULL,
                                          TYPED("about", number_of(&d, open_case(&d)),
                                                "outside_number", "GL/2023-04-0112")));
    struct record_key *found;
    AUTO_TXN struct txn *txn = NULL;
    size_t count;

    (void)state;
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(search(txn, TEXT("gl2023040112"), 9, d.arena, &found, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(found[0].id, key.id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_attached_file_comes_back_byte_for_byte),
        cmocka_unit_test(a_file_that_was_changed_beside_the_store_is_not_handed_out),
        cmocka_unit_test(what_cannot_be_attached_is_said_so),
        cmocka_unit_test(the_name_of_a_file_cannot_harm_a_terminal),
        cmocka_unit_test(an_inspection_is_planned_and_then_has_a_result),
        cmocka_unit_test(each_attempt_to_serve_a_notice_is_kept),
        cmocka_unit_test(a_notice_ends_once),
        cmocka_unit_test(a_case_is_not_closed_over_a_notice_that_nobody_has),
        cmocka_unit_test(a_record_is_found_by_the_number_that_others_give_it),
        cmocka_unit_test(verify_misses_a_file_and_rebuild_takes_it_along),
    };

    return cmocka_run_group_tests(tests, open_department, close_department);
}
