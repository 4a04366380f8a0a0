/* What is done with an item that was scanned: moved in the open hand-over, kept in place, sealed, weighed, counted. */
#include "tui/view/scan_parts.h"

#include <stdio.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/model/elements.h"
#include "core/model/location.h"
#include "core/model/officer.h"
#include "core/model/questions.h"

static const int64_t DAY_MS = 24 * 60 * 60 * 1000;

struct moment scan_now(void)
{
    return moment_of_ms(now_ms(), OFFSET_HONG_KONG);
}

/* A week, as the form offers it. */
date scan_corrected_by(void)
{
    return moment_of_ms(now_ms() + 7 * DAY_MS, OFFSET_HONG_KONG).date;
}

/* The second officer confirms a sentence, which is many acts. */
enum err scan_act(struct scan *self, const char *name, const void *input,
                  const struct record_key *subject, struct change_result *result)
{
    struct app *app = self->view.app;
    struct act_call call = { .act = act_named(text_of(name)), .input = input };

    if (subject)
        call.subject = *subject;
    *result = (struct change_result){ .arena = result->arena };
    app->session.other = self->second;
    enum err err = act_run(&app->session, &call, result);

    secret_clear(&app->session.other, sizeof app->session.other);
    return err;
}

bool scan_exhibit_get(struct scan *self, const struct record_key *key, struct arena *arena,
                      struct exhibit_record **out)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    if (store_begin(&txn, self->view.app->store) != ERR_OK ||
        record_get(txn, key, 0, arena, &record) != ERR_OK)
        return false;
    *out = (struct exhibit_record *)record;
    return true;
}

/* ---- the acts ---- */

/* Sets a value of an act's questions from what was typed. */
static enum err answer(struct scan *self, const struct element_type *asks, uint16_t tag,
                       void *input, struct text typed, struct arena *arena)
{
    for (size_t i = 0; i < asks->count; i++) {
        const struct field *field = &asks->fields[i];
        struct message why = { .id = NULL };

        if (field->tag != tag ||
            field_kind(field)->parse(field_place(field, input), field, typed,
                                     app_lookup(self->view.app), arena, &why))
            continue;
        return why.id ? fail_message(ERR_INVALID, &why)
                      : fail(ERR_INVALID, N_("\"%s\" cannot be read here."),
                             arena_string(arena, typed));
    }
    return ERR_OK;
}

/* What was typed without a unit is in the record's own. */
static struct text with_unit(struct arena *arena, const char *typed, struct text unit)
{
    struct text amount = scan_amount(arena, text_of(typed));

    if (amount.len == 0)
        return text_of(typed);
    return memchr(amount.data, ' ', amount.len) || unit.len == 0
               ? amount
               : arena_printf(arena, "%.*s %.*s", (int)amount.len, amount.data, (int)unit.len,
                              unit.data);
}

/* What was not said is absent, which is another thing than empty. */
static struct text said(const char *typed)
{
    return typed[0] ? text_of(typed) : (struct text){ 0 };
}

static enum err move(struct scan *self, const struct scan_item *item,
                     const struct exhibit_record *exhibit, struct change_result *result)
{
    struct act_hand_over_item input = { .exhibit = { .id = item->exhibit.id },
                                        .seal_seen = said(item->seal),
                                        .condition = said(item->condition),
                                        .reading = said(item->reading),
                                        .keys = said(item->keys),
                                        .occurred = scan_now() };

    if (item->amount[0])
        TRY(answer(self, &act_hand_over_item_type, tag_act_hand_over_item_weight, &input,
                   with_unit(result->arena, item->amount, exhibit->gross.unit), result->arena));
    TRY(scan_handover_ready(self, result));
    TRY(scan_act(self, "hand-over-item", &input, &self->handover, result));
    self->lines++;
    return ERR_OK;
}

static enum err refuse(struct scan *self, const struct scan_item *item,
                       struct change_result *result)
{
    struct act_hand_over_refuse_item input = {
        .exhibit = { .id = item->exhibit.id },
        .refusal = label_text(result->arena, &self->refusing->label, LANGUAGE_BOTH),
        .correct_by = scan_corrected_by(),
        .occurred = scan_now(),
    };

    TRY(scan_handover_ready(self, result));
    return scan_act(self, "hand-over-refuse-item", &input, &self->handover, result);
}

static enum err keep(struct scan *self, const struct scan_item *item,
                     struct change_result *result)
{
    struct exhibit_item items[] = { { .exhibit = { .id = item->exhibit.id } } };
    struct act_keep_in_place input = { .exhibits = { items, 1 },
                                       .located = { .id = self->place.id },
                                       .holder = { .id = self->view.app->session.officer },
                                       .condition = said(item->condition),
                                       .reading = said(item->reading),
                                       .keys = said(item->keys),
                                       .occurred = scan_now() };

    return scan_act(self, "exhibit-keep-in-place", &input, NULL, result);
}

static enum err seal(struct scan *self, const struct scan_item *item,
                     struct change_result *result)
{
    struct act_seal_exhibit input = { .occurred = scan_now() };

    TRY(answer(self, &act_seal_exhibit_type, tag_act_seal_exhibit_seal, &input,
               text_of(item->seal), result->arena));
    return scan_act(self, "exhibit-seal", &input, &item->exhibit, result);
}

static enum err weigh(struct scan *self, const struct scan_item *item,
                      const struct exhibit_record *exhibit, struct change_result *result)
{
    struct act_weigh input = { .occurred = scan_now() };

    TRY(answer(self, &act_weigh_type, tag_act_weigh_weight, &input,
               with_unit(result->arena, item->amount, exhibit->gross.unit), result->arena));
    return scan_act(self, "exhibit-weigh", &input, &item->exhibit, result);
}

static enum err count(struct scan *self, const struct scan_item *item,
                      const struct exhibit_record *exhibit, struct change_result *result)
{
    struct act_count input = { .occurred = scan_now() };

    TRY(answer(self, &act_count_type, tag_act_count_counted, &input,
               with_unit(result->arena, item->amount, exhibit->quantity.unit), result->arena));
    return scan_act(self, "exhibit-count", &input, &item->exhibit, result);
}

static enum err item_act(struct scan *self, const struct scan_item *item,
                         const struct exhibit_record *exhibit, struct change_result *result)
{
    if (self->refusing)
        return refuse(self, item, result);
    switch (self->action->sentence) {
    case SCAN_KEEPS:
        return keep(self, item, result);
    case SCAN_SEALS:
        return seal(self, item, result);
    case SCAN_WEIGHS:
        return weigh(self, item, exhibit, result);
    case SCAN_COUNTS:
        return count(self, item, exhibit, result);
    default:
        return move(self, item, exhibit, result);
    }
}

/* ---- what came of it ---- */

/* Where the record said that it was, if that is another shelf than the one it goes to. */
static bool stood_elsewhere(const struct scan *self, const struct exhibit_record *exhibit)
{
    return self->action->sentence == SCAN_STORES && exhibit->located.id != 0 &&
           exhibit->located.id != self->place.id &&
           id_kind(exhibit->located.id) == location_type.number;
}

static bool differs(struct scan *self, const struct exhibit_record *was, struct arena *arena)
{
    struct exhibit_record *now;

    return scan_exhibit_get(self, &was->head.key, arena, &now) &&
           now->discrepancies.value > was->discrepancies.value;
}

static void say_refused(struct scan *self, const struct scan_item *item)
{
    struct scanned *scanned = scan_add(self, TONE_BACK, text_of(item->code));

    scanned->about = item->exhibit;
    message_set(&scanned->words, N_("goes back: %p"), label_argument(&self->refusing->label));
    scan_expected_seen(self, &item->exhibit, true);
    self->refusing = NULL;
}

static void say_done(struct scan *self, const struct scan_item *item,
                     const struct exhibit_record *was, struct arena *arena)
{
    bool elsewhere = stood_elsewhere(self, was), different = differs(self, was, arena);
    bool moving = text_is(text_of(self->action->action), "moved");
    bool expected = scan_expected_seen(self, &item->exhibit, true);
    struct scanned *scanned = scan_add(self,
                                       different              ? TONE_DIFFERS
                                       : elsewhere && !moving ? TONE_PLACE
                                                              : TONE_OK,
                                       text_of(item->code));

    scanned->about = item->exhibit;
    if (different)
        message_set(&scanned->words, N_("saved; the record says something else, so that it is "
                                        "a discrepancy now"));
    else if (elsewhere)
        message_set(&scanned->words, N_("recorded at %s until now"),
                    arena_string(arena,
                                 scan_name(self, arena,
                                           (struct record_key){ .id = was->located.id })));
    else if (item->amount[0] || self->action->sentence == SCAN_SEALS)
        message_set(&scanned->words, N_("%s recorded"),
                    item->amount[0] ? item->amount : item->seal);
    else if (self->expected_count > 0 && !expected)
        message_set(&scanned->words, N_("not among those expected"));
}

/* It waits for the second officer; true: it does, and nothing was moved. */
static bool wait_for_second(struct scan *self, const struct scan_item *item)
{
    struct scanned *scanned;

    if (!self->view.app->session.second_wanted || self->second.unlocked ||
        self->waiting_count == SCAN_WAITING_MOST)
        return false;
    for (int i = 0; i < self->waiting_count; i++)
        if (self->waiting[i].exhibit.id == item->exhibit.id) {
            message_set(&scan_add(self, TONE_TWICE, text_of(item->code))->words,
                        N_("waits for the second officer already"));
            return true;
        }
    if (!self->waiting)
        self->waiting = arena_array(self->view.arena, SCAN_WAITING_MOST, sizeof *self->waiting);
    self->waiting[self->waiting_count++] = *item;
    scanned = scan_add(self, TONE_WAITS, text_of(item->code));
    scanned->about = item->exhibit;
    message_set(&scanned->words, N_("needs two officers: scan the second officer's card"));
    return true;
}

/* What the goods' own rule wants to know besides; true: it was asked for, and the item comes again with the answer. */
static bool ask_more(struct scan *self, const struct scan_item *item)
{
    const struct session *session = &self->view.app->session;
    struct scanned *scanned;

    if (session->weight_wanted && !item->amount[0])
        self->ask = ASK_WEIGHT;
    else if (session->condition_wanted && !item->condition[0])
        self->ask = ASK_CONDITION;
    else if (session->condition_wanted && !item->keys[0])
        self->ask = ASK_READING;
    else
        return false;
    self->asked = *item;
    scanned = scan_add(self, TONE_WAITS, text_of(item->code));
    scanned->about = item->exhibit;
    message_set(&scanned->words,
                self->ask == ASK_WEIGHT
                    ? N_("is weighed whenever it leaves or comes back: weigh it")
                : self->ask == ASK_CONDITION
                    ? N_("is not sealed: type in what condition it is")
                    : N_("of a vehicle or vessel the reading and the keys too"));
    return true;
}

static void say_not_done(struct scan *self, const struct scan_item *item, enum err err,
                         const struct change_result *result)
{
    bool twice = err == ERR_CONFLICT && !result->conflict;

    if (!wait_for_second(self, item) && !ask_more(self, item))
        scan_add_fault(self, twice ? TONE_TWICE : TONE_REFUSED, text_of(item->code), result);
}

void scan_item_do(struct scan *self, struct scan_item *item)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct session *session = &self->view.app->session;
    struct exhibit_record *exhibit;
    enum err err;

    if (!scan_exhibit_get(self, &item->exhibit, arena, &exhibit)) {
        scan_add_fault(self, TONE_REFUSED, text_of(item->code), &result);
        return;
    }
    session->second_wanted = session->weight_wanted = session->condition_wanted = false;
    err = item_act(self, item, exhibit, &result);
    if (err == ERR_OK && self->refusing)
        say_refused(self, item);
    else if (err == ERR_OK)
        say_done(self, item, exhibit, arena);
    else
        say_not_done(self, item, err, &result);
}

void scan_waiting_do(struct scan *self)
{
    int count = self->waiting_count;

    self->waiting_count = 0;
    for (int i = 0; i < count; i++) {
        struct scan_item item = self->waiting[i]; /* what asks for more comes behind */

        scan_item_do(self, &item);
    }
}

/* ---- undo ---- */

static bool unwait(struct scan *self, const struct record_key *exhibit)
{
    if (self->waiting_count == 0 ||
        self->waiting[self->waiting_count - 1].exhibit.id != exhibit->id)
        return false;
    self->waiting_count--;
    return true;
}

static enum err take_back(struct scan *self, const struct record_key *exhibit,
                          struct change_result *result)
{
    struct act_hand_over_take_back input = { .exhibit = { .id = exhibit->id },
                                             .occurred = scan_now() };

    TRY(scan_act(self, "hand-over-take-back", &input, &self->handover, result));
    self->lines++;
    return ERR_OK;
}

/* Takes back what the newest scan did; false: it did nothing that can be taken back. */
static bool undo_newest(struct scan *self, const struct scanned *newest)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    bool moved = newest && (newest->tone == TONE_OK || newest->tone == TONE_PLACE ||
                            newest->tone == TONE_DIFFERS);

    if (newest && newest->tone == TONE_WAITS && unwait(self, &newest->about))
        return true;
    if (newest && newest->tone == TONE_WAITS && self->ask != ASK_NOTHING) {
        self->ask = ASK_NOTHING;
        return true;
    }
    if (!moved || self->handover.id == 0) {
        app_warn(self->view.app,
                 self->action && self->action->sentence >= SCAN_KEEPS
                     ? N_("A seal, a weight or a count is corrected by a further entry, not "
                          "undone.")
                     : N_("The last scan moved nothing, so there is nothing to undo."));
        return false;
    }
    if (!self->pending && take_back(self, &newest->about, &result) != ERR_OK) {
        app_fail(self->view.app);
        return false;
    }
    scan_expected_seen(self, &newest->about, false);
    return true;
}

void scan_undo(struct scan *self)
{
    const struct scanned *newest = scan_board_newest(&self->board);

    if (!undo_newest(self, newest))
        return;
    app_say(self->view.app, N_("Taken back: %s is where it was before."), newest->code);
    scan_board_take_off(&self->board);
}
