/* What stands behind a disposal: approved by another, looked at at the door, witnessed or receipted (declared in
 * custody_verify_parts.h). */
#include "core/model/custody_verify_parts.h"

#include "core/model/disposal.h"
#include "core/model/handover.h"

static void fault(struct custody_check *check, const struct chain *chain,
                  const struct custody_event_record *event, const char *id)
{
    verify_contradiction(check->v, id, chain->name, event_number(event));
}

static const struct record *get(struct custody_check *check, struct reference reference,
                                const struct record_type *type)
{
    struct record_key key = key_of_reference(reference);
    struct record *record;

    return key.id != 0 && record_get(check->txn, &key, 0, check->arena, &record) == ERR_OK &&
                   record->type == type
               ? record
               : NULL;
}

/* Recounted at the door of this very disposal, and found as recorded. */
static bool passed_door(const struct chain *chain, size_t at)
{
    for (size_t i = at; i-- > 0;) {
        const struct custody_event_record *before = chain->events[i];

        if (before->disposal.id == chain->events[at]->disposal.id)
            return text_is(before->action, "door_checked") && before->discrepancy != FLAG_YES;
    }
    return false;
}

static int64_t open_before(const struct chain *chain, size_t at)
{
    int64_t open = 0;

    for (size_t i = 0; i < at; i++) {
        open += chain->events[i]->discrepancy == FLAG_YES;
        open -= text_is(chain->events[i]->action, "resolved");
    }
    return open;
}

static bool is_witnessed(const struct disposal_record *disposal,
                         const struct entry_facts *facts)
{
    uint64_t a = disposal->witness.id, b = disposal->second_witness.id;

    return a != 0 && b != 0 && a != b && a != disposal->approver.id &&
           b != disposal->approver.id && a != facts->officer && b != facts->officer &&
           entry_signed_by(facts, a) && entry_signed_by(facts, b);
}

static bool is_receipted(struct custody_check *check, const struct custody_event_record *event,
                         const struct entry_facts *facts)
{
    const struct handover_record *handover =
        (const struct handover_record *)get(check, event->handover, &handover_type);

    return facts->count >= 2 || (handover && text_present(handover->outside_receipt));
}

static void check_batch(struct custody_check *check, const struct chain *chain, size_t at,
                        const struct disposal_record *disposal)
{
    const struct custody_event_record *event = chain->events[at];
    const struct entry_facts *facts = entry_of(check, event->head.sequence);

    if (facts->damaged || facts->officer == 0)
        return;
    if (disposal->approver.id == 0 || disposal->approver.id == disposal->officer.id ||
        disposal->approver.id == disposal->submitted_by.id)
        fault(check, chain, event,
              N_("Exhibit %s, event %lld: it was disposed of, and nobody but who prepared it "
                 "approved."));
    if (disposal->destroyed.date != 0 && !is_witnessed(disposal, facts))
        fault(check, chain, event,
              N_("Exhibit %s, event %lld: it was destroyed, and two witnesses did not sign."));
    if (disposal->destroyed.date == 0 && !is_receipted(check, event, facts))
        fault(check, chain, event,
              N_("Exhibit %s, event %lld: it was disposed of without a receipt and without a "
                 "second signature."));
    if (!passed_door(chain, at))
        fault(check, chain, event,
              N_("Exhibit %s, event %lld: it was disposed of and had not passed the door."));
}

static void check_one(struct custody_check *check, const struct chain *chain, size_t at)
{
    const struct custody_event_record *event = chain->events[at];
    bool disposed = text_is(event->action, "disposed");
    const struct record *disposal;

    if (!disposed && !text_is(event->action, "given_back"))
        return;
    if (open_before(chain, at) > 0)
        fault(check, chain, event,
              N_("Exhibit %s, event %lld: it left for good while a discrepancy was open."));
    if (!disposed)
        return;
    disposal = get(check, event->disposal, &disposal_type);
    if (disposal)
        check_batch(check, chain, at, (const struct disposal_record *)disposal);
    else
        fault(check, chain, event,
              N_("Exhibit %s, event %lld: it was disposed of, and no disposal says so."));
}

void disposals_check(struct custody_check *check, const struct chain *chain)
{
    for (size_t i = 0; i < chain->count; i++)
        check_one(check, chain, i);
}
