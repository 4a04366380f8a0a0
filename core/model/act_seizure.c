#include "core/model/custody.h"

#include "core/model/case.h"
#include "core/model/disposal_acts.h"
#include "core/model/number.h"
#include "core/model/place.h"
#include "core/model/relate.h"
#include "core/model/seizure.h"

/* What carried or held the goods is linked to the case of the seizure. */
static enum err things_link(struct change *change, const struct seizure_record *seizure)
{
    struct record_key key = key_of_reference(seizure->of_case);
    struct record *file;

    if (seizure->things.count == 0)
        return ERR_OK;
    TRY(change_get(change, &key, &file));
    return relate_things(change, file, &seizure->things, &seizure->head);
}

enum err build_seizure(struct change *change, const struct act_call *call)
{
    struct record *record;
    struct seizure_record *seizure;

    TRY(make_from_input(change, call, &record));
    seizure = (struct seizure_record *)record;
    TRY(number_serial(change, "S", &seizure->number));
    seizure->state = text_is(seizure->seizure_kind, "detained") ? TEXT("Z01") : TEXT("Z02");
    TRY(change_put(change, record));
    return things_link(change, seizure);
}

enum err build_seizure_amend(struct change *change, const struct act_call *call)
{
    struct record *record;

    TRY(build_amend(change, call));
    TRY(change_get(change, &call->subject, &record));
    return things_link(change, (const struct seizure_record *)record);
}

/* The place of a seizure is a code; where an exhibit is, is a reference to a record. */
static enum err place_reference(struct change *change, struct text place, struct reference *out)
{
    struct record *record;
    enum err err;

    *out = (struct reference){ 0 };
    if (!text_present(place))
        return ERR_OK;
    err = record_by_number(change_txn(change), &place_type, place, TAG_LIST_LAST,
                           change_arena(change), &record);
    if (err == ERR_OK)
        *out = reference_of(record);
    return err == ERR_MISSING ? ERR_OK : err;
}

static enum err exhibit_seizure(struct change *change, struct reference reference,
                                struct seizure_record **out)
{
    struct record_key key = key_of_reference(reference);
    struct record *record;
    enum err err = change_get(change, &key, &record);

    if (err == ERR_MISSING || (err == ERR_OK && record->type != &seizure_type)) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_exhibit_seizure,
                    N_("An exhibit belongs to a seizure. Record the seizure first."));
        return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
    }
    TRY(err);
    *out = (struct seizure_record *)record;
    return ERR_OK;
}

/* An exhibit exists from the moment it is seized: its first event is the seizure. */
enum err build_exhibit(struct change *change, const struct act_call *call)
{
    struct record *record;
    struct exhibit_record *exhibit;
    struct seizure_record *seizure = NULL;
    struct custody_step step = { .action = "seized", .state = "E01" };

    TRY(make_from_input(change, call, &record));
    exhibit = (struct exhibit_record *)record;
    TRY(exhibit_seizure(change, exhibit->seizure, &seizure));
    TRY(number_serial(change, "E", &exhibit->number));
    exhibit->of_case = seizure->of_case;
    exhibit->legal_status = TEXT("L01");
    exhibit->legal_since = seizure->occurred;
    exhibit->legal_cause = seizure->number;
    if (exhibit->review == 0)
        TRY(disposal_first_review(change, exhibit));
    if (!text_present(exhibit->hazard)) {
        struct commodity_demands demands;

        TRY(commodity_demands(change, exhibit->commodity, &demands));
        exhibit->hazard = demands.hazard;
    }
    step.occurred = seizure->occurred;
    step.holder = seizure->officer;
    step.weight = exhibit->gross;
    TRY(place_reference(change, seizure->place, &step.located));
    return custody_take(change, exhibit, &step);
}
