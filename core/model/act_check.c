/* Clocks of what does not keep by itself: cold rooms and places of live animals are checked every so many hours, an animal or
 * perishable goods by a time that the last check set. */
#include "core/base/seams.h"
#include "core/model/custody.h"
#include "core/model/location.h"
#include "core/model/questions.h"

enum { HOUR_MS = 60 * 60 * 1000 };

static struct moment hours_after(struct moment from, struct integer hours)
{
    return hours.present && hours.value > 0
               ? moment_of_ms(moment_ms(from) + hours.value * HOUR_MS, from.offset)
               : (struct moment){ 0 };
}

/* A place with hours is to be checked from when it has them. */
static void start_clock(struct location_record *location)
{
    if (!location->check_every.present || location->check_every.value < 1)
        location->next_check = (struct moment){ 0 };
    else if (location->next_check.date == 0)
        location->next_check =
            hours_after(moment_of_ms(now_ms(), OFFSET_HONG_KONG), location->check_every);
}

enum err build_location_add(struct change *change, const struct act_call *call)
{
    struct record *record;

    TRY(make_from_input(change, call, &record));
    start_clock((struct location_record *)record);
    return change_put(change, record);
}

enum err build_location_amend(struct change *change, const struct act_call *call)
{
    struct record *record;

    TRY(build_amend(change, call));
    TRY(change_get(change, &call->subject, &record));
    start_clock((struct location_record *)record);
    return change_put(change, record);
}

enum err build_location_check(struct change *change, const struct act_call *call)
{
    const struct act_location_check *input = call->input;
    bool faulty = input->in_order != FLAG_YES;
    struct record *record;
    struct location_record *location;

    TRY(get_subject(change, call, &record));
    location = (struct location_record *)record;
    if (faulty && !text_present(input->remark)) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL,
                    tag_act_location_check_remark,
                    N_("Say what is not in order, and what was done."));
        return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
    }
    if (location->last_check.date != 0 &&
        moment_compare(input->occurred, location->last_check) < 0)
        return fail(ERR_REFUSED,
                    N_("A later check of %s stands already. Enter this one as a remark of the "
                       "next."),
                    arena_string(change_arena(change), location->number));
    location->last_check = input->occurred;
    location->last_reading = input->reading;
    location->last_remark = input->remark;
    location->fed = input->fed;
    location->checked_by = (struct reference){ .id = change_session(change)->officer };
    location->faulty = faulty ? FLAG_YES : FLAG_ABSENT;
    location->next_check = hours_after(input->occurred, location->check_every);
    change_body(change)->remark = input->remark;
    return change_put(change, record);
}

enum err build_exhibit_check(struct change *change, const struct act_call *call)
{
    const struct act_exhibit_check *input = call->input;
    struct record *record;
    struct exhibit_record *exhibit;

    TRY(get_subject(change, call, &record));
    exhibit = (struct exhibit_record *)record;
    if (input->next_check.date != 0 &&
        moment_compare(input->next_check, input->occurred) <= 0) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL,
                    tag_act_exhibit_check_next_check,
                    N_("The next check comes after this one. Enter a later time."));
        return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
    }
    if (exhibit->last_event.date == 0 ||
        moment_compare(input->occurred, exhibit->last_event) >= 0)
        exhibit->next_check = input->next_check;
    return custody_take(change, exhibit,
                        &(struct custody_step){ .action = "checked",
                                                .occurred = input->occurred,
                                                .condition = input->condition,
                                                .reading = input->reading,
                                                .fed = input->fed,
                                                .remark = input->remark });
}
