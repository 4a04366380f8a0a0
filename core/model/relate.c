#include "core/model/relate.h"

#include "core/base/seams.h"
#include "core/model/elements.h"
#include "core/model/link.h"
#include "core/model/number.h"
#include "core/model/rule.h"

/* How it stands with a person at first, by role. */
static struct text first_state(struct text role)
{
    static const struct {
        const char *role, *state;
    } states[] = {
        { "suspect", "P15" }, { "arrested", "P02" },    { "defendant", "P07" },
        { "witness", "P06" }, { "complainant", "P06" }, { "expert", "P06" },
        { "victim", "P06" },  { "traveller", "P01" },
    };

    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (text_is(role, states[i].role))
            return text_of(states[i].state);
    return (struct text){ 0 };
}

void relate_protect(struct involvement_record *involvement)
{
    if (text_is(involvement->role, "informer"))
        involvement->sensitivity = TEXT("confidential");
}

enum err relate_begin(struct change *change, struct involvement_record *involvement)
{
    TRY(number_serial(change, involvement_type.letters, &involvement->number));
    involvement->state = first_state(involvement->role);
    if (text_present(involvement->state))
        involvement->state_since = involvement->since.date != 0
                                       ? involvement->since.date
                                       : date_of_ms(now_ms(), OFFSET_HONG_KONG);
    relate_protect(involvement);
    return change_put(change, &involvement->head);
}

static void is_there(struct change *change, const struct record *record, void *context)
{
    (void)change, (void)record;
    *(bool *)context = true;
}

enum err relate_parties(struct change *change, const struct record *file,
                        const struct list *parties)
{
    const struct party_item *items = parties->items;
    struct reference of = reference_of(file);

    for (size_t i = 0; i < parties->count; i++) {
        const void *values[] = { &items[i].party, &of, &items[i].role };
        struct record *record;
        struct involvement_record *involvement;
        bool there = false;

        TRY(rule_each(change, &involvement_type, "by_party", values, 3, is_there, &there));
        if (there)
            continue;
        TRY(change_make(change, &involvement_type, &record));
        involvement = (struct involvement_record *)record;
        involvement->of_case = of;
        involvement->party = items[i].party;
        involvement->role = items[i].role;
        TRY(relate_begin(change, involvement));
    }
    return ERR_OK;
}

enum err relate_things(struct change *change, const struct record *file,
                       const struct list *things, const struct record *seizure)
{
    const struct thing_item *items = things->items;
    struct reference of = reference_of(file);

    for (size_t i = 0; i < things->count; i++) {
        const void *values[] = { &items[i].thing, &of, &items[i].how };
        struct record *record;
        struct link_record *link;
        bool there = false;

        TRY(rule_each(change, &link_type, "by_thing", values, 3, is_there, &there));
        if (there)
            continue;
        TRY(change_make(change, &link_type, &record));
        link = (struct link_record *)record;
        TRY(number_serial(change, link_type.letters, &link->number));
        link->of_case = of;
        link->thing = items[i].thing;
        link->how = items[i].how;
        if (seizure)
            link->seizure = reference_of(seizure);
        TRY(change_put(change, record));
    }
    return ERR_OK;
}

enum err relate_case_of(struct change *change, struct reference about, struct reference *out)
{
    struct record_key key = key_of_reference(about);
    const struct field *field;
    struct record *record;

    *out = (struct reference){ 0 };
    if (about.id == 0)
        return ERR_OK;
    TRY(change_get(change, &key, &record));
    field = field_named(record->type, TEXT("of_case"));
    if (record->type == &case_type)
        *out = about;
    else if (field && field->kind == KIND_REFERENCE)
        *out = *(const struct reference *)field_value(field, record);
    return ERR_OK;
}
