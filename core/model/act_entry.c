/* The entry log of stores: who may go in, with whom, and who is still inside. */
#include "core/model/act_table.h"

#include "core/base/seams.h"
#include "core/model/entry.h"
#include "core/model/location.h"
#include "core/model/number.h"
#include "core/model/officer.h"
#include "core/model/questions.h"
#include "core/model/rule.h"

enum { TREE_DEPTH = 16, AHEAD_MS = 5 * 60 * 1000 };

static enum err needs_attention(void)
{
    return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
}

/* ---- the way in ---- */

/* A room lies in its store: both are entered. `way` holds the location and all that it is part of. */
struct way {
    const struct location_record *at[TREE_DEPTH];
    size_t count;
};

static enum err way_in(struct change *change, struct reference location, struct way *way)
{
    way->count = 0;
    while (location.id != 0 && way->count < TREE_DEPTH) {
        struct record_key key = key_of_reference(location);
        struct record *record;

        TRY(change_get(change, &key, &record));
        way->at[way->count] = (const struct location_record *)record;
        location = way->at[way->count++]->parent;
    }
    return ERR_OK;
}

/* The first location on the way that does not let the officer in; NULL: all do. */
static const struct location_record *barred(const struct way *way, uint64_t officer)
{
    for (size_t i = 0; i < way->count; i++)
        if (!location_admits(way->at[i], officer))
            return way->at[i];
    return NULL;
}

static const struct location_record *for_two(const struct way *way)
{
    for (size_t i = 0; i < way->count; i++)
        if (way->at[i]->two_officers == FLAG_YES)
            return way->at[i];
    return NULL;
}

static const char *name_of(struct change *change, uint64_t officer)
{
    struct record_key key = { .id = officer };
    struct record *record;

    if (change_get(change, &key, &record) != ERR_OK)
        return "?";
    return arena_string(change_arena(change), ((const struct officer_record *)record)->number);
}

static const char *number_of(struct change *change, const struct location_record *location)
{
    return arena_string(change_arena(change), location->number);
}

/* ---- who goes in ---- */

/* Whoever answers for the entry: the officer where he or she may enter, else the escort. */
static enum err who_answers(struct change *change, const struct way *way,
                            const struct entry_record *entry, uint64_t *out)
{
    const struct location_record *shut =
        entry->officer.id != 0 ? barred(way, entry->officer.id) : NULL;

    *out = entry->officer.id;
    if (entry->escort.id == 0) {
        if (entry->officer.id != 0 && !shut)
            return ERR_OK;
        if (shut)
            return fail(ERR_REFUSED,
                        N_("%s is not among those who may enter %s. Name an escort who may."),
                        name_of(change, entry->officer.id), number_of(change, shut));
        return fail(ERR_REFUSED,
                    N_("A visitor does not enter %s alone. Name the officer who goes along."),
                    number_of(change, way->at[0]));
    }
    shut = barred(way, entry->escort.id);
    if (shut)
        return fail(ERR_REFUSED,
                    N_("%s is not among those who may enter %s, so cannot be the escort. Name "
                       "another officer."),
                    name_of(change, entry->escort.id), number_of(change, shut));
    *out = entry->escort.id;
    return ERR_OK;
}

/* Both are known to the program at this moment: you, and whoever confirms. One of them answers for the entry. */
static enum err two_go_in(struct change *change, const struct way *way, uint64_t answers,
                          struct entry_record *entry)
{
    struct session *session = change_session(change);
    const struct location_record *two = for_two(way), *shut;

    if (!two || session->officer == 0)
        return ERR_OK;
    if (!session->other.unlocked) {
        session->second_wanted = true;
        return fail(ERR_REFUSED,
                    N_("%s is entered by two officers. Let the second officer confirm."),
                    number_of(change, two));
    }
    entry->second.id = answers == session->officer ? session->other.officer : session->officer;
    if (answers != session->officer && answers != session->other.officer)
        return fail(ERR_REFUSED,
                    N_("%s is entered by two officers, you and the one who confirms, and %s "
                       "must be one of them."),
                    number_of(change, two), name_of(change, answers));
    shut = barred(way, entry->second.id);
    if (shut)
        return fail(ERR_REFUSED,
                    N_("%s is not among those who may enter %s, so cannot be the second "
                       "officer. Let another confirm."),
                    name_of(change, entry->second.id), number_of(change, shut));
    return ERR_OK;
}

struct inside {
    const struct entry_record *entry;
    const struct entry_record *found;
};

static void is_inside(struct change *change, const struct record *record, void *context)
{
    struct inside *inside = context;
    const struct entry_record *other = (const struct entry_record *)record;

    (void)change;
    if (other->location.id == inside->entry->location.id)
        inside->found = other;
}

/* Who has not left cannot enter again: one of the two is a slip. */
static enum err not_inside(struct change *change, const struct entry_record *entry)
{
    struct text state = TEXT("inside");
    struct inside inside = { .entry = entry };

    if (entry->officer.id == 0)
        return ERR_OK;
    TRY(rule_each(change, &entry_type, "by_officer",
                  (const void *[]){ &entry->officer, &state }, 2, is_inside, &inside));
    if (!inside.found)
        return ERR_OK;
    return fail(ERR_REFUSED, N_("%s is inside already by entry %s. Log the leaving first."),
                name_of(change, entry->officer.id),
                arena_string(change_arena(change), inside.found->number));
}

static void check_typed(struct change *change, const struct entry_record *entry)
{
    struct findings *findings = change_findings(change);

    if ((entry->officer.id != 0) == text_present(entry->visitor))
        finding_add(findings, SEVERITY_ERROR, NULL, tag_entry_visitor,
                    N_("An entry is of one person: an officer of ours, or a visitor by name."));
    if (text_present(entry->visitor) && !text_present(entry->body) &&
        !text_present(entry->document))
        finding_add(
            findings, SEVERITY_ERROR, NULL, tag_entry_document,
            N_("Say of a visitor which body he or she comes from, or which document was "
               "seen."));
    if (entry->escort.id != 0 && entry->escort.id == entry->officer.id)
        finding_add(findings, SEVERITY_ERROR, NULL, tag_entry_escort,
                    N_("Nobody is his or her own escort. Name another officer."));
    if (moment_ms(entry->entered) > now_ms() + AHEAD_MS)
        finding_add(findings, SEVERITY_ERROR, NULL, tag_entry_entered,
                    N_("That time is still to come. An entry is logged when it happens."));
}

enum err build_entry_in(struct change *change, const struct act_call *call)
{
    struct record *record;
    struct entry_record *entry;
    struct way way;
    uint64_t answers;

    TRY(make_from_input(change, call, &record));
    entry = (struct entry_record *)record;
    check_typed(change, entry);
    if (findings_stop(change_findings(change)))
        return needs_attention();
    TRY(way_in(change, entry->location, &way));
    if (way.count > 0) {
        TRY(who_answers(change, &way, entry, &answers));
        TRY(two_go_in(change, &way, answers, entry));
    }
    TRY(not_inside(change, entry));
    TRY(number_serial(change, entry_type.letters, &entry->number));
    entry->state = TEXT("inside");
    entry->recorded_by = (struct reference){ .id = change_session(change)->officer };
    return change_put(change, record);
}

enum err build_entry_out(struct change *change, const struct act_call *call)
{
    const struct act_entry_out *input = call->input;
    struct record *record;
    struct entry_record *entry;

    TRY(get_subject(change, call, &record));
    entry = (struct entry_record *)record;
    if (!text_is(entry->state, "inside"))
        return fail(ERR_INVALID, N_("Entry %s is closed already: this person has left."),
                    arena_string(change_arena(change), entry->number));
    if (moment_compare(input->left, entry->entered) < 0) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_entry_out_left,
                    N_("Nobody leaves before he or she has entered. Check both times."));
        return needs_attention();
    }
    entry->state = TEXT("left");
    entry->left = input->left;
    entry->new_key_seal = input->new_key_seal;
    entry->left_remark = input->remark;
    return change_put(change, record);
}
