/* Reports from their receipt to a case or an end without one, and follow-ups from the day they are given to the day they
 * are done. */
#include "core/model/report.h"

#include "core/model/case.h"
#include "core/model/task.h"
#include "tests/one_department.h"

static struct record_key receive_report(void)
{
    return done(&d, does(&d, &d.desk, "report-add", NULL,
                         TYPED("report_kind", "tip", "subject", "私煙 | Illicit cigarettes",
                               "details", "深水埗街頭兜售 | Sold in the street", "ordinances",
                               "109", "urgency", "immediate", "received", "2023-06-20 22:15",
                               "informant_name", "陳先生", "place", "KCT")));
}

static struct report_record *report_of(struct record_key key)
{
    return fetch(&d, key);
}

static struct record_key give_task(struct record_key about, const char *due)
{
    return done(&d, does(&d, &d.desk, "task-add", NULL,
                         TYPED("what", "索取閉路電視片段 | Get the camera footage", "due", due,
                               "about", number_of(&d, about))));
}

static struct task_record *task_of(struct record_key key)
{
    return fetch(&d, key);
}

/* ---- reports ---- */

static void a_report_is_assessed_and_handed_on(void **state)
{
    struct record_key key = receive_report();

    (void)state;
    says("new", report_of(key)->state);
    done(&d, does(&d, &d.desk, "report-assess", &key,
                  TYPED("source_grade", "B", "information_grade", "3", "assessment",
                        "Same street as last week", "officer", "D-1205")));
    says("assessed", report_of(key)->state);
    says("B", report_of(key)->source_grade);
    assert_int_equal(report_of(key)->assessed_on, 20230621);
    assert_int_equal(report_of(key)->officer.id, d.desk2.officer);
    says("immediate", report_of(key)->urgency);
}

static void a_case_opened_from_a_report_says_what_the_report_said(void **state)
{
    struct record_key key = receive_report();
    struct record_key file =
        done(&d, does(&d, &d.desk, "report-open-case", &key, TYPED("opened", "2023-06-21")));
    struct case_record *opened = fetch(&d, file);

    (void)state;
    assert_ptr_equal(type_of_key(&file), &case_type);
    says("私煙", opened->title.zh);
    says("Sold in the street", opened->summary.en);
    says("KCT", opened->place);
    says("urgent", opened->priority);
    assert_int_equal(opened->ordinances.count, 1);
    assert_int_equal(opened->discovered, 20230620);
    assert_int_equal(opened->officer.id, d.desk.officer);
    says("attached", report_of(key)->state);
    assert_int_equal(report_of(key)->of_case.id, file.id);
}

static void many_reports_are_grouped_into_one_open_case(void **state)
{
    struct record_key file = open_case(&d), first = receive_report(), second = receive_report();

    (void)state;
    done(&d, does(&d, &d.desk, "report-attach", &first, TYPED("of_case", number_of(&d, file))));
    done(&d, does(&d, &d.desk, "case-state", &file,
                  TYPED("state", "C11", "reason", "nobody found")));
    refused(&d,
            does(&d, &d.desk, "report-attach", &second, TYPED("of_case", number_of(&d, file))),
            ERR_INVALID, "is closed and takes no further facts");
    says("new", report_of(second)->state);
}

static void a_report_is_dealt_with_once_until_an_approver_reopens_it(void **state)
{
    struct record_key key = receive_report();

    (void)state;
    refused(&d,
            does(&d, &d.desk, "report-close", &key,
                 TYPED("close_reason", "unfounded", "reason", "no such shop")),
            ERR_REFUSED, "approve");
    done(&d, does(&d, &d.supervisor, "report-close", &key,
                  TYPED("close_reason", "unfounded", "reason", "no such shop")));
    assert_int_equal(report_of(key)->closed, 20230621);
    refused(&d,
            does(&d, &d.desk, "report-refer", &key,
                 TYPED("referred_to", "XMC", "reason", "theirs")),
            ERR_INVALID, "has been dealt with already");
    refused(&d, does(&d, &d.desk, "report-amend", &key, TYPED("premises", "Elsewhere")),
            ERR_INVALID, "is not changed once it is recorded");
    done(&d, does(&d, &d.desk, "report-amend", &key, TYPED("replied", "2023-06-22")));
    done(&d, does(&d, &d.supervisor, "report-reopen", &key, TYPED("reason", "a second call")));
    says("new", report_of(key)->state);
    assert_int_equal(report_of(key)->closed, 0);
    done(&d, does(&d, &d.desk, "report-refer", &key,
                  TYPED("referred_to", "XMC", "reason", "theirs")));
    says("referred", report_of(key)->state);
}

static void opening_a_case_from_a_report_can_be_taken_back_whole(void **state)
{
    struct record_key key = receive_report();
    struct record_key file =
        done(&d, does(&d, &d.desk, "report-open-case", &key, TYPED("opened", "2023-06-21")));

    (void)state;
    d.result = (struct change_result){ .arena = d.arena };
    done(&d, act_undo(&d.desk, &d.result));
    says("new", report_of(key)->state);
    assert_int_equal(report_of(key)->of_case.id, 0);
    assert_int_equal(((struct case_record *)fetch(&d, file))->voided, FLAG_YES);
}

/* ---- follow-ups ---- */

static void a_task_about_goods_belongs_to_their_case(void **state)
{
    struct record_key file = open_case(&d), seizure = record_seizure(&d, file);

    (void)state;
    assert_int_equal(task_of(give_task(seizure, "+7"))->of_case.id, file.id);
    assert_int_equal(task_of(give_task(file, "+7"))->of_case.id, file.id);
    assert_int_equal(task_of(give_task(receive_report(), "+7"))->of_case.id, 0);
}

static void a_task_is_postponed_given_on_and_done(void **state)
{
    struct record_key key = give_task(open_case(&d), "2023-06-23");

    (void)state;
    done(&d, does(&d, &d.desk, "task-postpone", &key, TYPED("reason", "office closed")));
    assert_int_equal(task_of(key)->due,
                     20230628); /* a week from today, unless another is typed */
    assert_int_equal(task_of(key)->first_due, 20230623);
    assert_int_equal(task_of(key)->postponed.value, 1);
    done(&d, does(&d, &d.supervisor, "task-assign", &key, TYPED("officer", "D-1205")));
    assert_int_equal(task_of(key)->officer.id, d.desk2.officer);
    done(&d, does(&d, &d.desk2, "task-done", &key, TYPED("result", "Two disks received")));
    says("done", task_of(key)->state);
    assert_int_equal(task_of(key)->done_on, 20230621);
    assert_int_equal(task_of(key)->done_by.id, d.desk2.officer);
    refused(&d, does(&d, &d.desk, "task-cancel", &key, TYPED("reason", "not needed")),
            ERR_INVALID, "has ended already");
    refused(&d, does(&d, &d.desk, "task-amend", &key, TYPED("detail", "another camera")),
            ERR_INVALID, "is not changed");
    done(&d, does(&d, &d.desk, "task-reopen", &key, TYPED("reason", "one disk is empty")));
    says("open", task_of(key)->state);
    assert_int_equal(task_of(key)->done_on, 0);
}

static void a_clerk_has_follow_ups_too(void **state)
{
    struct record_key key = give_task(open_case(&d), "+7");

    (void)state;
    done(&d, does(&d, &d.desk, "task-assign", &key, TYPED("officer", "C-0311")));
    done(&d, does(&d, &d.clerk, "task-done", &key, TYPED("result", "Counted again")));
    refused(&d, does(&d, &d.administrator, "task-reopen", &key, TYPED("reason", "x")),
            ERR_REFUSED, "work on files or exhibits");
}

static void nothing_is_done_tomorrow(void **state)
{
    struct record_key key = give_task(open_case(&d), "+7");

    (void)state;
    refused(&d,
            does(&d, &d.desk, "task-done", &key,
                 TYPED("result", "soon", "done_on", "2023-06-22")),
            ERR_INVALID, "need your attention");
    says("open", task_of(key)->state);
}

static void a_case_is_not_closed_while_a_follow_up_is_open(void **state)
{
    struct record_key file = open_case(&d), other = open_case(&d);
    struct record_key key = give_task(file, "+7");

    (void)state;
    (void)give_task(other, "+7");
    refused(&d, does(&d, &d.desk, "case-state", &file, TYPED("state", "C09", "reason", "over")),
            ERR_INVALID, "is still to be done");
    assert_int_equal(d.result.findings.count, 1);
    assert_int_equal(d.result.findings.items[0]->record.id, key.id);
    done(&d, does(&d, &d.desk, "task-cancel", &key, TYPED("reason", "not needed")));
    done(&d, does(&d, &d.desk, "case-state", &file, TYPED("state", "C09", "reason", "over")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_is_assessed_and_handed_on),
        cmocka_unit_test(a_case_opened_from_a_report_says_what_the_report_said),
        cmocka_unit_test(many_reports_are_grouped_into_one_open_case),
        cmocka_unit_test(a_report_is_dealt_with_once_until_an_approver_reopens_it),
        cmocka_unit_test(opening_a_case_from_a_report_can_be_taken_back_whole),
        cmocka_unit_test(a_task_about_goods_belongs_to_their_case),
        cmocka_unit_test(a_task_is_postponed_given_on_and_done),
        cmocka_unit_test(a_clerk_has_follow_ups_too),
        cmocka_unit_test(nothing_is_done_tomorrow),
        cmocka_unit_test(a_case_is_not_closed_while_a_follow_up_is_open),
    };

    return cmocka_run_group_tests(tests, open_department, close_department);
}
