#include "core/model/party.h"

#include "core/base/seams.h"
#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/involvement.h"
#include "core/model/known.h"
#include "core/model/number.h"
#include "core/model/rule.h"
#include "core/model/thing.h"

#define RECORD party
#define RECORD_DEF "core/model/party.def"
#include "core/schema/table.h"

enum { SEEN_MOST = 5, ADULT = 18, CODE_DIGITS = 4 };

/* What only a person has, and what only a company has. */
static const uint16_t of_persons[] = { tag_party_commercial_code,
                                       tag_party_sex,
                                       tag_party_birth,
                                       tag_party_nationality,
                                       tag_party_stay,
                                       tag_party_stay_until,
                                       tag_party_marital,
                                       tag_party_occupation,
                                       tag_party_guardian,
                                       0 };
static const uint16_t of_companies[] = { tag_party_br_number,
                                         tag_party_company_number,
                                         tag_party_uscc,
                                         tag_party_trade,
                                         tag_party_formed,
                                         tag_party_officers,
                                         0 };

static void check_kind(const struct party_record *party, struct findings *findings)
{
    bool company = text_is(party->party_kind, "company");

    for (const uint16_t *tag = company ? of_persons : of_companies; *tag != 0; tag++) {
        const struct field *field = field_find(&party_type, *tag);

        if (!field_present(field, party))
            continue;
        finding_add(findings, SEVERITY_ERROR, &party->head, *tag,
                    company ? N_("A company has no such thing as %p. Empty the field.")
                            : N_("%p is a company's. Empty the field."),
                    label_argument(&field->label));
    }
}

/* Groups of four digits, a character each. */
static bool is_commercial_code(struct text code)
{
    size_t digits = 0;

    for (size_t i = 0; i < code.len; i++) {
        bool blank = code.data[i] == ' ' || code.data[i] == '/';

        if (blank ? digits % CODE_DIGITS != 0 : code.data[i] < '0' || code.data[i] > '9')
            return false;
        digits += blank ? 0 : 1;
    }
    return digits % CODE_DIGITS == 0;
}

static void check_person(const struct party_record *party, struct findings *findings)
{
    date today = date_of_ms(now_ms(), OFFSET_HONG_KONG);

    if (text_present(party->commercial_code) && !is_commercial_code(party->commercial_code))
        finding_add(
            findings, SEVERITY_ERROR, &party->head, tag_party_commercial_code,
            N_("A commercial code has four digits for each character: 7115 1129 2429."));
    if (party->birth == 0)
        return;
    if (date_compare(party->birth, today) > 0)
        finding_add(findings, SEVERITY_ERROR, &party->head, tag_party_birth,
                    N_("A date of birth cannot be in the future."));
    else if (date_year(today) - date_year(party->birth) < ADULT && party->guardian.id == 0)
        finding_add(findings, SEVERITY_WARNING, &party->head, tag_party_guardian,
                    N_("A child or young person: name the parent or guardian."));
}

static void name_seen(struct change *change, const struct party_record *party,
                      struct text known, struct findings *findings)
{
    struct arena *arena = change_arena(change);
    struct record *seen[SEEN_MOST];
    size_t count;

    if (known_find(change_txn(change), &party_type, known, party->head.key.id, arena, seen,
                   SEEN_MOST, &count) != ERR_OK) {
        rule_failed(&party->head, tag_party_known, findings);
        return;
    }
    for (size_t i = 0; i < count; i++)
        finding_add(findings, SEVERITY_WARNING, &party->head, tag_party_known,
                    N_("%s stands also with %s. If it is the same, use that record."),
                    arena_string(arena, known),
                    arena_string(arena, ((struct party_record *)seen[i])->number));
}

static bool same_list(const struct record *old, const struct record *new)
{
    return old && !rule_changed(old, new, tag_party_known);
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_party_number, tag_party_party_kind, 0 };
    const struct party_record *party = (const struct party_record *)new;
    const struct known_item *known = party->known.items;

    rule_keep(old, new, for_ever, findings);
    check_kind(party, findings);
    check_person(party, findings);
    if (party->guardian.id != 0 && party->guardian.id == new->key.id)
        finding_add(findings, SEVERITY_ERROR, new, tag_party_guardian,
                    N_("Nobody is his or her own guardian. Choose another person."));
    for (size_t i = 0; !same_list(old, new) && i < party->known.count; i++)
        name_seen(change, party, known[i].known, findings);
    if (rule_voiding(old, new)) {
        rule_none_under(change, new, &involvement_type, "by_party", findings);
        rule_none_under(change, new, &thing_type, "by_owner", findings);
    }
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type party_type = {
    RECORD_TABLE(party),
    .number = 13,
    .name = "party",
    .letters = "PA",
    .label = L("Person or company", "人士或公司"),
    .plural = L("Persons and companies", "人士及公司"),
    .help = L("One record for each person or company, whatever cases it stands in.",
              "每人或每間公司一項紀錄，不論涉及多少案件。"),
    .rules = &rules,
    .title = { tag_party_name },
};
