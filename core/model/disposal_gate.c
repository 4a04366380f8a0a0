#include "core/model/disposal_gate.h"

#include "core/model/attachment.h"
#include "core/model/custody_event.h"
#include "core/model/elements.h"
#include "core/model/notice.h"
#include "core/model/rule.h"
#include "core/model/seizure.h"

enum { EVENTS_PAGE = 64, UNDER_MOST = 200 };

enum gate { GATE_FINAL, GATE_EARLY, GATE_RETURN, GATE_TRANSFER };

struct asking {
    const struct gate_question *question;
    const struct exhibit_record *exhibit;
    struct findings *findings;
    enum gate gate;
};

/* The gate of a route; without one, and of a way that serves twice, as the legal status points. */
static enum gate gate_of(const struct disposal_route_record *route, struct text legal)
{
    if (route && text_is(route->gate, "early"))
        return GATE_EARLY;
    if (route && text_is(route->gate, "return"))
        return GATE_RETURN;
    if (route && text_is(route->gate, "transfer"))
        return GATE_TRANSFER;
    if (!route && (text_is(legal, "L06") || text_is(legal, "L08")))
        return GATE_RETURN;
    return (!route || text_is(route->gate, "either")) && text_is(legal, "L07") ? GATE_EARLY
                                                                               : GATE_FINAL;
}

static void against(struct asking *a, uint16_t tag, const char *sentence)
{
    finding_add(a->findings, SEVERITY_ERROR, &a->exhibit->head, tag, sentence, "");
}

/* The sentence of a code; NULL: none. */
struct word {
    const char *code, *sentence;
};

static const char *word_of(const struct word *words, size_t count, struct text code)
{
    for (size_t i = 0; i < count; i++)
        if (text_is(code, words[i].code))
            return words[i].sentence;
    return NULL;
}
#define WORD_OF(words, code) word_of(words, sizeof(words) / sizeof *(words), code)

/* ---- the goods themselves ---- */

static const char left[] =
    N_("It has left for good already, so there is nothing to dispose of.");
static const char not_stored[] =
    N_("It is not in the store. Have it received and shelved first.");

static const struct word not_there[] = {
    { "E01", not_stored },
    { "E02", not_stored },
    { "E04", N_("It is out for analysis, court or forensics. Take it back first.") },
    { "E05",
      N_("It was released to somebody who has not received it yet. Complete that first.") },
    { "E06", left },
    { "E07", N_("The court keeps it. Take it back from the court first.") },
    { "E10", left },
    { "E11", left },
    { "E12", N_("A discrepancy of it is under inquiry.") },
    { "E15", N_("The store refused it, to be corrected. Have it received and shelved first.") },
    { "E16", N_("It cannot be located. Find it, or write it off after the inquiry.") },
    { "E17", N_("It was split: its parts are disposed of, each by itself.") },
    { "E25", N_("It went back into its whole, which is disposed of instead.") },
    { "E18", left },
    { "E19", left },
    { "E20", N_("It was sold before the end of the case; the proceeds stand for it.") },
    { "E23", N_("It was released to its owner on security.") },
    { "E24", left },
};

static void ask_goods(struct asking *a)
{
    const struct exhibit_record *exhibit = a->exhibit;
    const char *sentence = WORD_OF(not_there, exhibit->state);
    const struct package_item *parts = exhibit->parts.items;

    if (exhibit->voided == FLAG_YES)
        against(a, tag_exhibit_voided, N_("It was voided: it was recorded by mistake."));
    /* What goes back to its owner may go from the hands of the officer who took it. */
    if (sentence && !(a->gate == GATE_RETURN && sentence == not_stored))
        against(a, tag_exhibit_state, sentence);
    for (size_t i = 0; i < exhibit->parts.count; i++)
        if (parts[i].located.id != exhibit->located.id) {
            against(a, tag_exhibit_parts,
                    N_("Its packages lie apart. Bring them to one place first."));
            break;
        }
}

/* ---- why we may keep it ---- */

static const struct word shut[] = {
    { "L01",
      N_("It is held as evidence. Its legal status must first say what becomes of it.") },
    { "L02", N_("The period for claims is running.") },
    { "L03", N_("Somebody claims it, and the claim is not decided.") },
    { "L04",
      N_("Its forfeiture is ordered but not final: time for appeal or claim is running.") },
    { "L05",
      N_("Its forfeiture is final: it neither goes back nor goes before the case ends.") },
    { "L06", N_("It is to be returned, so it goes by no other way.") },
    { "L07", N_("It may go before the case ends, by a way for that alone.") },
    { "L08", N_("It was never seized: such property is returned, not disposed of.") },
    { "L09", N_("Its legal status is: on hold, no disposal.") },
    { "L10", N_("Its matter is settled already.") },
};

/* Goods of a case that another department leads go with it as evidence. */
static bool legal_fits(const struct asking *a, const struct case_record *file)
{
    static const char *const open[] = { "L05", "L07", "L06 L08", "L05 L06 L07 L08" };
    struct text rest = text_of(open[a->gate]), legal = a->exhibit->legal_status;

    while (text_present(rest))
        if (text_equal(text_split(rest, ' ', &rest), legal))
            return true;
    return a->gate == GATE_TRANSFER && text_is(legal, "L01") && file &&
           text_is(file->state, "C10");
}

static void ask_legal(struct asking *a, const struct case_record *file)
{
    const char *sentence = WORD_OF(shut, a->exhibit->legal_status);
    char last[16];

    if (!legal_fits(a, file))
        against(a, tag_exhibit_legal_status, sentence ? sentence : shut[0].sentence);
    if (a->exhibit->legal_last_day != 0 && a->gate != GATE_EARLY &&
        date_compare(a->question->today, a->exhibit->legal_last_day) <= 0) {
        date_print(last, a->exhibit->legal_last_day);
        finding_add(a->findings, SEVERITY_ERROR, &a->exhibit->head, tag_exhibit_legal_last_day,
                    N_("Time for appeal or claim runs until %s."), last);
    }
}

static void ask_holds(struct asking *a)
{
    const struct hold_item *holds = a->exhibit->holds.items;

    for (size_t i = 0; i < a->exhibit->holds.count; i++) {
        finding_add(a->findings, SEVERITY_ERROR, &a->exhibit->head, tag_exhibit_holds,
                    N_("It is on hold: %s"), arena_string(a->question->arena, holds[i].reason));
        a->findings->items[a->findings->count - 1]->row = i + 1;
    }
}

/* The date set at intake only calls for a look; one that somebody set after looking keeps it until then. */
static void ask_review(struct asking *a)
{
    char day[16];

    if (a->gate != GATE_FINAL || a->exhibit->review == 0 || a->exhibit->reviewed == 0 ||
        date_compare(a->question->today, a->exhibit->review) >= 0)
        return;
    date_print(day, a->exhibit->review);
    finding_add(a->findings, SEVERITY_ERROR, &a->exhibit->head, tag_exhibit_review,
                N_("It is kept until its review on %s. Review it earlier, or wait."), day);
}

/* ---- discrepancies ---- */

/* Those that no later event resolved, each by its event. */
static enum err ask_discrepancies(struct asking *a)
{
    const struct gate_question *q = a->question;
    struct family_page page = { .more = true };
    bool *resolved;
    uint32_t from = 1, last;

    if (!a->exhibit->discrepancies.present || a->exhibit->discrepancies.value <= 0)
        return ERR_OK;
    last = (uint32_t)a->exhibit->events.value;
    resolved = arena_array(q->arena, (size_t)last + 1, sizeof *resolved);
    from = last;
    while (page.more && from > 0) {
        TRY(family_page(q->txn, a->exhibit->head.key.id, custody_event_type.family, from,
                        BACKWARD, EVENTS_PAGE, q->arena, &page));
        for (size_t i = 0; i < page.count; i++) {
            const struct custody_event_record *event =
                (const struct custody_event_record *)page.records[i];
            uint32_t n = page.records[i]->key.n;

            from = n - 1;
            if (page.damaged[i] || n > last)
                continue;
            if (text_is(event->action, "resolved") && event->annotates.value > 0 &&
                event->annotates.value <= (int64_t)last)
                resolved[event->annotates.value] = true;
            if (event->discrepancy == FLAG_YES && !resolved[n])
                finding_add(a->findings, SEVERITY_ERROR, &event->head,
                            tag_custody_event_discrepancy,
                            N_("The discrepancy of event %u is under inquiry."), n);
        }
    }
    return ERR_OK;
}

/* ---- the case ---- */

static const char under_way[] = N_("Case %s is still under way.");
static const struct word case_words[] = {
    { "C08", N_("Case %s is on appeal.") },
    { "C13", N_("Case %s is kept in view, so its evidence is too.") },
    { "C14", N_("In case %s somebody is still wanted.") },
};

static enum err get(struct asking *a, struct reference to, const struct record_type *type,
                    struct record **out)
{
    struct record_key key = key_of_reference(to);

    *out = NULL;
    if (key.id == 0)
        return ERR_OK;
    TRY(record_stored(a->question->txn, &key, 0, a->question->arena, out));
    if ((*out)->type != type)
        *out = NULL;
    return ERR_OK;
}

static void ask_case(struct asking *a, const struct case_record *file)
{
    const char *sentence;

    if (a->gate == GATE_EARLY || a->gate == GATE_RETURN || !file ||
        case_is_closed(file->state) || text_is(file->state, "C17"))
        return;
    sentence = WORD_OF(case_words, file->state);
    finding_add(a->findings, SEVERITY_ERROR, &file->head, tag_case_state,
                sentence ? sentence : under_way,
                arena_string(a->question->arena, file->number));
}

/* ---- the seizure: notice, claim, moral claim ---- */

static const struct word seizure_words[] = {
    { "Z01", N_("The goods of seizure %s are detained and not seized.") },
    { "Z04", N_("A claim to the goods of seizure %s is not decided.") },
    { "Z05", N_("Forfeiture proceedings on seizure %s are under way.") },
    { "Z06", N_("The forfeiture order on seizure %s is not final.") },
    { "Z07", N_("The goods of seizure %s were restored.") },
    { "Z09",
      N_("The goods of seizure %s were released on security, and the claim is not decided.") },
    { "Z10", N_("A moral claim to the goods of seizure %s is being considered.") },
};

static bool is_over(struct text state)
{
    return text_is(state, "Z08") || text_is(state, "Z11") || text_is(state, "Z12") ||
           text_is(state, "Z13");
}

static enum err ask_notices(struct asking *a, const struct seizure_record *seizure)
{
    struct reference of = reference_of(&seizure->head);
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct index_page page;

    index_prefix(&prefix, &notice_type, index_named(&notice_type, "by_seizure"),
                 (const void *[]){ &of }, 1);
    TRY(index_page(a->question->txn, buffer_bytes(&prefix), (struct bytes){ 0 }, FORWARD,
                   UNDER_MOST, a->question->arena, &page));
    for (size_t i = 0; i < page.count; i++) {
        struct record *record;
        const struct notice_record *notice;

        TRY(record_stored(a->question->txn, &page.keys[i], 0, a->question->arena, &record));
        notice = (const struct notice_record *)record;
        if (notice->voided != FLAG_YES && text_is(notice->state, "issued"))
            finding_add(a->findings, SEVERITY_ERROR, record, tag_notice_state,
                        N_("Notice %s has not been served, so no period has begun."),
                        arena_string(a->question->arena, notice->number));
    }
    return ERR_OK;
}

static enum err ask_seizure(struct asking *a, const struct seizure_record *seizure)
{
    const char *sentence = seizure ? WORD_OF(seizure_words, seizure->state) : NULL;
    const char *number;
    char last[16];

    if (!seizure || a->gate == GATE_EARLY || a->gate == GATE_RETURN)
        return ERR_OK;
    number = arena_string(a->question->arena, seizure->number);
    if (sentence)
        finding_add(a->findings, SEVERITY_ERROR, &seizure->head, tag_seizure_state, sentence,
                    number);
    if (seizure->claim_last_day != 0 && !is_over(seizure->state) &&
        date_compare(a->question->today, seizure->claim_last_day) <= 0) {
        date_print(last, seizure->claim_last_day);
        finding_add(a->findings, SEVERITY_ERROR, &seizure->head, tag_seizure_claim_last_day,
                    N_("The goods of seizure %s can be claimed until %s."), number, last);
    }
    if (seizure->notice_required == FLAG_YES && seizure->notice_date == 0 &&
        !is_over(seizure->state))
        finding_add(a->findings, SEVERITY_ERROR, &seizure->head, tag_seizure_notice_date,
                    N_("Seizure %s needs a notice, and none was served."), number);
    return ask_notices(a, seizure);
}

/* ---- before the case ends ---- */

/* Records of a type that name the exhibit and are not voided. */
static enum err any_under(struct asking *a, const struct record_type *type, const char *index,
                          bool (*counts)(const struct record *record), bool *out)
{
    struct reference of = reference_of(&a->exhibit->head);
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct index_page page;

    *out = false;
    index_prefix(&prefix, type, index_named(type, index), (const void *[]){ &of }, 1);
    TRY(index_page(a->question->txn, buffer_bytes(&prefix), (struct bytes){ 0 }, FORWARD,
                   UNDER_MOST, a->question->arena, &page));
    for (size_t i = 0; i < page.count && !*out; i++) {
        struct record *record;

        TRY(record_stored(a->question->txn, &page.keys[i], 0, a->question->arena, &record));
        *out = counts(record);
    }
    return ERR_OK;
}

static bool is_photograph(const struct record *record)
{
    const struct attachment_record *attachment = (const struct attachment_record *)record;

    return attachment->voided != FLAG_YES && text_is(attachment->attachment_kind, "photograph");
}

static bool is_sample(const struct record *record)
{
    return ((const struct exhibit_record *)record)->voided != FLAG_YES;
}

static enum err ask_early(struct asking *a)
{
    const struct disposal_record *disposal = a->question->disposal;
    bool photographed, sampled;

    if (a->gate != GATE_EARLY)
        return ERR_OK;
    TRY(any_under(a, &attachment_type, "by_about", is_photograph, &photographed));
    TRY(any_under(a, &exhibit_type, "by_parent", is_sample, &sampled));
    if (!photographed)
        against(a, 0,
                N_("Before the case ends it goes only with a photograph: attach one to it."));
    if (!sampled && !(disposal && text_present(disposal->no_sample)))
        against(a, 0,
                N_("Before the case ends it goes only where a sample is kept: take one, or say "
                   "in the disposal why there is none."));
    return ERR_OK;
}

void disposal_papers(const struct disposal_record *disposal,
                     const struct disposal_route_record *route, struct findings *findings)
{
    if (!text_is(route->gate, "early"))
        return;
    if (!text_present(disposal->authority) || disposal->authority_date == 0)
        finding_add(
            findings, SEVERITY_ERROR, &disposal->head, tag_disposal_authority,
            N_("Before the case ends goods go only under a power of the law or an order "
               "of a court: enter it with its date."));
    if (disposal->notified == 0)
        finding_add(findings, SEVERITY_ERROR, &disposal->head, tag_disposal_notified,
                    N_("Claimants and defence must be told before goods go: enter when that "
                       "was done."));
}

/* ---- the batch ---- */

static const struct word batch_words[] = {
    { "S01", N_("Next: submit disposal %s for approval.") },
    { "S02", N_("Next: disposal %s waits for approval.") },
    { "S03", N_("Next: disposal %s is approved; start at the door.") },
    { "S04", N_("Disposal %s is being carried out.") },
    { "S07", N_("Next: disposal %s was sent back; change it and submit it again.") },
};

static enum err ask_batch(struct asking *a, bool next)
{
    struct record *record;
    const struct disposal_record *batch;
    const char *sentence, *number;

    TRY(get(a, a->exhibit->disposal, &disposal_type, &record));
    batch = (const struct disposal_record *)record;
    sentence = batch ? WORD_OF(batch_words, batch->state) : NULL;
    if (!sentence) {
        if (next && !findings_stop(a->findings) && a->gate != GATE_RETURN)
            finding_add(a->findings, SEVERITY_WARNING, &a->exhibit->head, tag_exhibit_disposal,
                        N_("Next: put it into a disposal and have that approved."));
        return ERR_OK;
    }
    number = arena_string(a->question->arena, batch->number);
    if (!next &&
        (!a->question->disposal || a->question->disposal->head.key.id != batch->head.key.id))
        finding_add(a->findings, SEVERITY_ERROR, record, tag_disposal_state,
                    N_("It is in disposal %s, which is under way."), number);
    else if (next)
        finding_add(a->findings, SEVERITY_WARNING, record, tag_disposal_state, sentence,
                    number);
    return ERR_OK;
}

enum err disposal_gate(const struct gate_question *question, struct findings *findings)
{
    struct asking a = { question, question->exhibit, findings, GATE_FINAL };
    struct record *file, *seizure;

    a.gate = gate_of(question->route, a.exhibit->legal_status);
    TRY(get(&a, a.exhibit->of_case, &case_type, &file));
    TRY(get(&a, a.exhibit->seizure, &seizure_type, &seizure));
    if (question->route && text_is(question->route->gate, "act"))
        against(&a, 0, N_("This way has an act of its own: write-off, or use in testing."));
    ask_goods(&a);
    ask_legal(&a, (const struct case_record *)file);
    ask_holds(&a);
    TRY(ask_discrepancies(&a));
    ask_case(&a, (const struct case_record *)file);
    TRY(ask_seizure(&a, (const struct seizure_record *)seizure));
    ask_review(&a);
    TRY(ask_early(&a));
    return ask_batch(&a, !question->route);
}

enum err disposal_bars(const struct gate_question *question, struct findings *findings)
{
    struct asking a = { question, question->exhibit, findings, GATE_TRANSFER };

    ask_holds(&a);
    return ask_batch(&a, false);
}
