/* Seals: each was issued, is used once, and stands where the chain says (declared in custody_verify_parts.h). */
#include "core/model/custody_verify_parts.h"

#include "core/model/seal.h"

static const struct seal_record *seal_of(struct custody_check *check, struct text number)
{
    struct record *record;

    return record_by_number(check->txn, &seal_type, number, 0, check->arena, &record) == ERR_OK
               ? (const struct seal_record *)record
               : NULL;
}

static void say(struct custody_check *check, const struct chain *chain,
                const struct custody_event_record *event, const char *id)
{
    verify_contradiction(check->v, id, chain->name, event_number(event),
                         arena_string(check->arena, event->seal_on));
}

static bool put_on_before(const struct chain *chain, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (text_equal(chain->events[i]->seal_on, chain->events[at]->seal_on))
            return true;
    return false;
}

static void check_seal(struct custody_check *check, const struct chain *chain, size_t at)
{
    const struct custody_event_record *event = chain->events[at];
    const struct entry_facts *facts = entry_of(check, event->head.sequence);
    const struct seal_record *seal = seal_of(check, event->seal_on);

    if (!seal || seal->issued_to.id == 0) {
        say(check, chain, event,
            N_("Exhibit %s, event %lld: seal %s was put on and was never issued."));
        return;
    }
    if (event->head.sequence < verify_size(check->v))
        tallies_add(&check->sealed, seal->head.key.id, chain->exhibit->head.key.id);
    if (put_on_before(chain, at) || seal->used_on.id != chain->exhibit->head.key.id)
        say(check, chain, event,
            N_("Exhibit %s, event %lld: seal %s was put on and is used elsewhere or twice."));
    else if (event->discrepancy != FLAG_YES && !facts->damaged && facts->officer != 0 &&
             seal->issued_to.id != event->actor.id)
        say(check, chain, event,
            N_("Exhibit %s, event %lld: seal %s was issued to another officer."));
    else if (text_equal(chain->exhibit->seal, event->seal_on) && !text_is(seal->state, "used"))
        say(check, chain, event,
            N_("Exhibit %s, event %lld: seal %s is on it by its chain, and broken or unused by "
               "the stock of seals."));
}

enum err seals_check(struct custody_check *check, const struct chain *chain)
{
    for (size_t i = 0; i < chain->count; i++)
        if (text_present(chain->events[i]->seal_on))
            check_seal(check, chain, i);
    return ERR_OK;
}

/* A seal that is said to be used stands in the chain of what it is on. */
enum err seal_check(struct custody_check *check, const struct record *record)
{
    const struct seal_record *seal = (const struct seal_record *)record;

    verify_step(check->v, 1);
    if (record->sequence < verify_size(check->v) && seal->used_on.id != 0 &&
        id_kind(seal->used_on.id) == exhibit_type.number &&
        tallies_of(&check->sealed, record->key.id).count == 0)
        verify_contradiction(
            check->v,
            N_("Seal %s is said to be on exhibit %s, whose chain says nothing of "
               "it."),
            arena_string(check->arena, seal->number), who_is(check, seal->used_on));
    return ERR_OK;
}
