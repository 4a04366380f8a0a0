#include "core/exchange/demo_life.h"

#include "core/base/seams.h"
#include "core/index/records.h"
#include "core/model/accounts.h"
#include "core/model/act.h"
#include "core/model/attachment.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A file that somebody might have made at the scene. */
static const char scene[] =
    "示範資料，純屬虛構。 Invented for the demonstration.\n"
    "03:05 到達現場，輕型貨車尾門打開。 Arrived; the van's rear door was open.\n"
    "03:12 快艇一艘離開，向東。 A speedboat left, heading east.\n"
    "03:20 封鎖現場，拍照。 The scene was cordoned off and photographed.\n";

struct step {
    const char *officer, *act, *name, *subject;
    const char *const *typed; /* field, value ...; NULL ends it */
};

#define STEP(officer_, act_, name_, subject_, ...)                                             \
    { officer_, act_, name_, subject_, (const char *const[]){ __VA_ARGS__, NULL } },
static const struct step steps[] = {
#include "core/exchange/demo_life.def"
};

struct life {
    struct store *store;
    struct codes *codes;
    struct demo_people *people;
    struct demo_names *names;
    struct demo_report *report;
    struct arena *arena; /* of one step */
};

enum err demo_name_add(struct demo_names *names, struct store *store, struct text name,
                       const struct record_key *key)
{
    AUTO_TXN struct txn *txn = NULL;
    struct demo_name *item;
    struct record *record;

    assert(names->count < DEMO_NAMES);
    TRY(store_begin(&txn, store));
    TRY(record_get(txn, key, TAG_LIST_LAST, names->arena, &record));
    item = &names->items[names->count++];
    item->name = arena_text(names->arena, name);
    item->key = *key;
    item->number =
        *(const struct text *)field_value(field_find(record->type, TAG_NUMBER), record);
    return ERR_OK;
}

static const struct demo_name *named(const struct life *life, struct text name)
{
    for (size_t i = 0; i < life->names->count; i++)
        if (text_equal(life->names->items[i].name, name))
            return &life->names->items[i];
    return NULL;
}

static struct session *session_of(struct life *life, struct text number)
{
    static const char *const desks[] = { "D-1187", "D-1199", "D-1204", "D-1230", "D-1241" },
                             *const clerks[] = { "C-0297", "C-0311" };

    for (size_t i = 0; i < DEMO_DESKS; i++)
        if (text_is(number, desks[i]))
            return &life->people->desk[i];
    for (size_t i = 0; i < DEMO_CLERKS; i++)
        if (text_is(number, clerks[i]))
            return &life->people->clerk[i];
    return &life->people->lead;
}

/* "C-0297 C-0311": the first does it, the other confirms. */
static struct session *who_does(struct life *life, const char *officers)
{
    struct text other;
    struct session *who = session_of(life, text_split(text_of(officers), ' ', &other));

    if (text_present(other))
        who->other = session_of(life, other)->signer;
    return who;
}

/* "{t-3}": the day three days ago. */
static void put_day(struct buffer *out, struct text name)
{
    enum { DAY_MS = 24 * 60 * 60 * 1000 };
    char digits[8] = { 0 }, day[16];
    int64_t days;

    assert(text_starts(name, TEXT("t")) && name.len < sizeof digits);
    for (size_t i = 1; i < name.len; i++)
        digits[i - 1] = name.data[i];
    days = strtol(digits, NULL, 10);
    date_print(day, date_of_ms(now_ms() + days * DAY_MS, OFFSET_HONG_KONG));
    buffer_string(out, day);
}

/* What is typed, with numbers and days in place of their names. */
static struct text typed_text(struct life *life, const char *typed)
{
    AUTO_BUFFER struct buffer made = { 0 };
    struct text rest = text_of(typed);

    while (text_present(rest)) {
        struct text plain = text_split(rest, '{', &rest), name;
        const struct demo_name *item;

        buffer_text(&made, plain);
        if (!rest.data)
            break;
        name = text_split(rest, '}', &rest);
        item = named(life, name);
        if (item)
            buffer_text(&made, item->number);
        else
            put_day(&made, name);
    }
    return arena_text(life->arena, buffer_as_text(&made));
}

static enum err fill(struct life *life, const struct step *step, const struct act *act,
                     void *input)
{
    struct act_fields fields = act_fields(act);

    for (const char *const *typed = step->typed; *typed; typed += 2) {
        const struct field *field = fields.fields;
        struct message why;

        if (*typed[0] == '@')
            continue; /* who else signs */
        while (strcmp(field->name, typed[0]) != 0)
            field++;
        assert(field < fields.fields + fields.count);
        if (!field_kind(field)->parse(field_place(field, input), field,
                                      typed_text(life, typed[1]), codes_lookup(life->codes),
                                      life->arena, &why))
            return fail_message(ERR_INVALID, &why);
    }
    return ERR_OK;
}

/* Whom "@second" and "@third" name sign beside the officer. */
static enum err others_sign(struct session *who, const struct step *step)
{
    for (const char *const *typed = step->typed; *typed; typed += 2) {
        if (strcmp(typed[0], "@second") != 0 && strcmp(typed[0], "@third") != 0)
            continue;
        who->third_wanted = strcmp(typed[0], "@third") == 0;
        TRY(account_second_demo(who, text_of(typed[1])));
    }
    return ERR_OK;
}

/* A record by the name it was given here, or by its number. */
static enum err subject_of(struct life *life, const char *name, struct record_key *out)
{
    const struct demo_name *item = named(life, text_of(name));
    const struct lookup *lookup = codes_lookup(life->codes);
    const struct field field = { .targets = "exhibit" };
    struct reference found;

    if (!item && !lookup->reference_typed(lookup->context, &field, text_of(name), &found))
        return fail(ERR_MISSING, N_("Nothing is found under \"%s\"."), name);
    *out = item ? item->key : key_of_reference(found);
    return ERR_OK;
}

static enum err step_make(struct life *life, const struct step *step)
{
    const struct act *act = act_named(text_of(step->act));
    struct session *who = who_does(life, step->officer);
    struct change_result result = { .arena = life->arena };
    struct act_call call = { .act = act };
    struct kept_file file;
    void *input;

    if (step->subject)
        TRY(subject_of(life, step->subject, &call.subject));
    codes_officer(life->codes, who->officer);
    input = act_input(act, NULL, codes_lookup(life->codes), life->arena);
    TRY(fill(life, step, act, input));
    call.input = input;
    if (act->prepare) {
        struct text name = ((const struct attachment_record *)input)->path;

        TRY(attachment_keep(life->store,
                            (struct bytes){ (const uint8_t *)scene, sizeof scene - 1 }, name,
                            life->arena, &file));
        call.prepared = &file;
    }
    TRY(others_sign(who, step));
    TRY(act_run(who, &call, &result));
    for (size_t i = 0; i < result.count; i++) {
        const struct record_type *made = type_of_key(&result.keys[i]);

        life->report->exhibits += made == &exhibit_type && act->form == ACT_MAKES;
        life->report->handovers += made == &handover_type && act->form == ACT_FREE;
    }
    if (!step->name)
        return ERR_OK;
    return demo_name_add(life->names, life->store, text_of(step->name), &result.keys[0]);
}

enum err demo_life_make(struct store *store, struct codes *codes, struct demo_people *people,
                        struct demo_names *names, struct demo_report *report)
{
    struct life life = { store, codes, people, names, report, NULL };
    enum err err = ERR_OK;

    for (size_t i = 0; err == ERR_OK && i < sizeof steps / sizeof *steps; i++) {
        life.arena = arena_new();
        err = step_make(&life, &steps[i]);
        arena_free(life.arena);
    }
    codes_officer(codes, 0);
    report->steps = sizeof steps / sizeof *steps;
    return err;
}
