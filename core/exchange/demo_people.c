#include "core/exchange/demo_people.h"

#include "core/base/seams.h"
#include "core/model/elements.h"
#include "core/model/location.h"
#include "core/model/questions.h"

#include <string.h>

struct person {
    const char *number, *role, *zh, *en, *rank, *formation;
};

static const struct person persons[] = {
    { "S-0102", "supervisor", "示範督導甲", "Demo Supervisor A", "ASUPT", "SCI" },
    { "S-0117", "supervisor", "示範督導乙", "Demo Supervisor B", "ASUPT", "CDI" },
    { "D-1187", "desk", "示範調查員甲", "Demo Desk Officer A", "INSP", "SCI" },
    { "D-1199", "desk", "示範調查員乙", "Demo Desk Officer B", "INSP", "CDI" },
    { "D-1204", "desk", "示範調查員丙", "Demo Desk Officer C", "SINSP", "IPI" },
    { "D-1230", "desk", "示範調查員丁", "Demo Desk Officer D", "SCO", "RGI" },
    { "D-1241", "desk", "示範調查員戊", "Demo Desk Officer E", "INSP", "FIB" },
    { "C-0297", "clerk", "示範證物員甲", "Demo Exhibit Clerk A", "SCO", "BII" },
    { "C-0311", "clerk", "示範證物員乙", "Demo Exhibit Clerk B", "CO", "BII" },
    { "P-0021", "prosecutor", "示範檢控員", "Demo Prosecutor", "SINSP", "OPR" },
    { "A-0007", "auditor", "示範審計員", "Demo Auditor", "ASUPT", "IAG" },
    { "X-0001", "administrator", "示範系統管理員", "Demo Administrator", "SINSP", "ODA" },
};

enum { RACK_HOLDS = 60 };

/* Stores with their rooms and racks; parents stand before their children. */
static const struct shelf {
    const char *number, *kind, *zh, *en, *parent, *place, *hazards;
} shelves[] = {
    { "KC", "store", "示範葵涌政府倉庫", "Demo Government Store Kwai Chung", NULL, "SG", NULL },
    { "KC-R1", "room", "一號房(一般物品)", "Room 1, general goods", "KC", "SX",
      "general; dried; digital; bulky" },
    { "KC-R1-01", "rack", "一號房貨架01", "Room 1 rack 01", "KC-R1", "SX",
      "general; dried; digital" },
    { "KC-R1-02", "rack", "一號房貨架02", "Room 1 rack 02", "KC-R1", "SX",
      "general; dried; digital" },
    { "KC-R1-03", "rack", "一號房貨架03", "Room 1 rack 03", "KC-R1", "SX",
      "general; dried; digital" },
    { "KC-R2", "room", "二號房(毒品)", "Room 2, drug vault", "KC", "SD", "drug" },
    { "KC-R2-01", "rack", "毒品庫貨架01", "Drug vault rack 01", "KC-R2", "SD", "drug" },
    { "KC-R2-02", "rack", "毒品庫貨架02", "Drug vault rack 02", "KC-R2", "SD", "drug" },
    { "KC-R3", "room", "三號房(現金及貴重物品)", "Room 3, cash and valuables", "KC", "SC",
      "cash; high-value" },
    { "KC-R3-01", "bin", "保險庫格位01", "Safe bin 01", "KC-R3", "SC", "cash; high-value" },
    { "KC-R4", "room", "四號房(危險品)", "Room 4, dangerous goods", "KC", "SH",
      "hazardous; fuel; explosive" },
    { "KC-R4-01", "rack", "危險品庫貨架01", "Dangerous goods rack 01", "KC-R4", "SH",
      "hazardous; fuel; explosive" },
    { "KC-R5", "room", "五號房(槍械)", "Room 5, firearms", "KC", "SF", "firearm" },
    { "KC-R5-01", "bin", "槍械庫格位01", "Firearms bin 01", "KC-R5", "SF", "firearm" },
    { "KC-R6", "room", "六號房(凍倉)", "Room 6, cold store", "KC", "SZ", "perishable" },
    { "KC-R6-01", "rack", "凍倉貨架01", "Cold store rack 01", "KC-R6", "SZ", "perishable" },
    { "KC-L1", "locker", "臨時儲物櫃一", "Temporary locker 1", "KC", "ST", NULL },
};

static enum err set(struct session *session, struct record *record, const char *name,
                    const char *typed, struct arena *arena)
{
    struct message why;

    if (typed && !value_parse(record, field_named(record->type, text_of(name)), text_of(typed),
                              session->lookup, arena, &why))
        return fail_message(ERR_INVALID, &why);
    return ERR_OK;
}

static enum err make(struct session *session, const char *act, const struct record *record,
                     struct arena *arena, uint64_t *id)
{
    struct change_result result = { .arena = arena };
    struct act_call call = { .act = act_named(text_of(act)), .input = record };

    TRY(act_run(session, &call, &result));
    *id = result.keys[0].id;
    return ERR_OK;
}

/* Supervisors stand before those whom they supervise. */
static enum err person_make(struct session *session, const struct person *person,
                            uint64_t supervisor, uint64_t *id)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct record *record = record_new(arena, &officer_type);
    struct officer_record *officer = (struct officer_record *)record;
    struct role_item role = { .role = text_of(person->role) };

    officer->number = text_of(person->number);
    officer->name = (struct bitext){ text_of(person->zh), text_of(person->en) };
    officer->rank = text_of(person->rank);
    officer->formation = text_of(person->formation);
    officer->state = TEXT("active");
    officer->roles = (struct list){ &role, 1 };
    officer->demo = FLAG_YES;
    if (strcmp(person->role, "desk") == 0)
        officer->supervisor = (struct reference){ .id = supervisor };
    TRY(make(session, "officer-add", record, arena, id));
    return account_set_password(session, *id, (struct text){ 0 }, TEXT(ACCOUNT_DEMO_PASSWORD));
}

static enum err shelf_make(struct session *session, const struct shelf *shelf)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct record *record = record_new(arena, &location_type);
    struct location_record *location = (struct location_record *)record;
    uint64_t id;

    location->number = text_of(shelf->number);
    location->name = (struct bitext){ text_of(shelf->zh), text_of(shelf->en) };
    location->location_kind = text_of(shelf->kind);
    location->state = TEXT("open");
    location->place = text_of(shelf->place);
    location->barcode = arena_printf(arena, "LOC%s", shelf->number);
    if (strcmp(shelf->kind, "rack") == 0)
        location->capacity = (struct integer){ true, RACK_HOLDS };
    location->temporary = strcmp(shelf->kind, "locker") == 0 ? FLAG_YES : FLAG_ABSENT;
    TRY(set(session, record, "parent", shelf->parent, arena));
    TRY(set(session, record, "hazards", shelf->hazards, arena));
    if (strcmp(shelf->number, "KC-R6") == 0)
        location->check_every = (struct integer){ true, 12 };
    if (strcmp(shelf->number, "KC-R5") == 0) { /* the armoury */
        TRY(set(session, record, "two_officers", "yes", arena));
        TRY(set(session, record, "may_enter", "C-0297; C-0311; S-0102", arena));
    }
    return make(session, "location-add", record, arena, &id);
}

enum { SEALS_EACH = 60 };

/* Each desk officer has a range of seals; the numbers of officer k begin at 48001 + 100 k. */
static enum err seals_issue(struct session *session, uint64_t officer, size_t k)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct act_seal_issue input = {
        .first = arena_printf(arena, "%07zu", 48001 + 100 * k),
        .last = arena_printf(arena, "%07zu", 48001 + 100 * k + SEALS_EACH - 1),
        .officer = { .id = officer },
        .issued_on = date_of_ms(now_ms(), OFFSET_HONG_KONG),
    };
    struct act_call call = { .act = act_named(TEXT("seal-issue")), .input = &input };

    return act_run(session, &call, &result);
}

static enum err enter(struct session *session, struct session *maker, struct codes *codes,
                      const char *number)
{
    session_start(session, maker->store, codes_lookup(codes));
    return account_sign_in(session, text_of(number), TEXT(ACCOUNT_DEMO_PASSWORD));
}

enum err demo_people_make(struct session *maker, struct codes *codes, struct demo_people *out,
                          struct demo_report *report)
{
    size_t desks = 0, clerks = 0;

    for (size_t i = 0; i < sizeof persons / sizeof *persons; i++) {
        uint64_t id;

        TRY(person_make(maker, &persons[i], out->lead.officer, &id));
        report->officers++;
        if (strcmp(persons[i].role, "desk") == 0) {
            TRY(seals_issue(maker, id, desks));
            report->seals += SEALS_EACH;
            TRY(enter(&out->desk[desks++], maker, codes, persons[i].number));
        } else if (strcmp(persons[i].role, "clerk") == 0) {
            TRY(enter(&out->clerk[clerks++], maker, codes, persons[i].number));
        } else if (strcmp(persons[i].role, "supervisor") == 0 && out->lead.officer == 0) {
            TRY(enter(&out->lead, maker, codes, persons[i].number));
        }
    }
    for (size_t i = 0; i < sizeof shelves / sizeof *shelves; i++) {
        TRY(shelf_make(maker, &shelves[i]));
        report->locations++;
    }
    return ERR_OK;
}

void demo_people_leave(struct demo_people *people)
{
    for (size_t i = 0; i < DEMO_DESKS; i++)
        session_end(&people->desk[i]);
    for (size_t i = 0; i < DEMO_CLERKS; i++)
        session_end(&people->clerk[i]);
    session_end(&people->lead);
}
