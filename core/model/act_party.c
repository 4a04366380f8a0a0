#include "core/model/act_table.h"

#include "core/model/elements.h"
#include "core/model/known.h"
#include "core/model/number.h"
#include "core/model/party.h"
#include "core/model/questions.h"
#include "core/model/relate.h"
#include "core/model/thing.h"

/* ---- persons and companies ---- */

static void party_known(struct party_record *party, struct arena *arena)
{
    const struct document_item *documents = party->documents.items;
    const struct phone_item *phones = party->phones.items;
    struct known_numbers numbers = { .arena = arena };

    for (size_t i = 0; i < party->documents.count; i++)
        known_add(&numbers, known_number(arena, documents[i].number.value));
    known_add(&numbers, known_number(arena, party->br_number));
    known_add(&numbers, known_number(arena, party->company_number));
    known_add(&numbers, known_number(arena, party->uscc.value));
    for (size_t i = 0; i < party->phones.count; i++)
        known_add(&numbers, known_phone(arena, phones[i].phone));
    party->known = numbers.list;
    party->main_document = party->documents.count > 0       ? documents[0].number.value
                           : text_present(party->br_number) ? party->br_number
                                                            : party->uscc.value;
}

enum err build_party(struct change *change, const struct act_call *call)
{
    struct record *record;
    struct party_record *party;

    TRY(make_from_input(change, call, &record));
    party = (struct party_record *)record;
    TRY(number_serial(change, party_type.letters, &party->number));
    party_known(party, change_arena(change));
    return change_put(change, record);
}

/* The subject as it has just been staged. */
static enum err amend(struct change *change, const struct act_call *call, struct record **out)
{
    TRY(build_amend(change, call));
    return change_get(change, &call->subject, out);
}

enum err build_party_amend(struct change *change, const struct act_call *call)
{
    struct record *record;

    TRY(amend(change, call, &record));
    party_known((struct party_record *)record, change_arena(change));
    return change_put(change, record);
}

/* ---- things ---- */

static void thing_known(struct thing_record *thing, struct arena *arena)
{
    struct known_numbers numbers = { .arena = arena };
    bool phone = text_is(thing->thing_kind, "phone");

    known_add(&numbers, phone ? known_phone(arena, thing->identifier.value)
                              : known_number(arena, thing->identifier.value));
    known_add(&numbers, known_number(arena, thing->vin.value));
    known_add(&numbers, known_number(arena, thing->imo.value));
    known_add(&numbers, known_number(arena, thing->imei.value));
    thing->known = numbers.list;
}

enum err build_thing(struct change *change, const struct act_call *call)
{
    struct record *record;
    struct thing_record *thing;

    TRY(make_from_input(change, call, &record));
    thing = (struct thing_record *)record;
    TRY(number_serial(change, thing_type.letters, &thing->number));
    thing_known(thing, change_arena(change));
    return change_put(change, record);
}

enum err build_thing_amend(struct change *change, const struct act_call *call)
{
    struct record *record;

    TRY(amend(change, call, &record));
    thing_known((struct thing_record *)record, change_arena(change));
    return change_put(change, record);
}

/* ---- what they have to do with a case ---- */

enum err build_involvement(struct change *change, const struct act_call *call)
{
    struct record *record;

    TRY(make_from_input(change, call, &record));
    return relate_begin(change, (struct involvement_record *)record);
}

enum err build_involvement_amend(struct change *change, const struct act_call *call)
{
    struct record *record;

    TRY(amend(change, call, &record));
    relate_protect((struct involvement_record *)record);
    return change_put(change, record);
}

enum err build_involvement_state(struct change *change, const struct act_call *call)
{
    const struct act_involvement_state *input = call->input;
    struct record *record;
    struct involvement_record *involvement;

    TRY(get_subject(change, call, &record));
    involvement = (struct involvement_record *)record;
    involvement->state = input->state;
    involvement->state_since = input->since;
    involvement->state_reason = input->reason;
    change_body(change)->reason = input->reason;
    return change_put(change, record);
}
