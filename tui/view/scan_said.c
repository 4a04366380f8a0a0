/* What a scanned code means: a command, the answer to what was asked, or a record, in the sentence so far. */
#include "tui/view/scan_parts.h"

#include <stdio.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/model/case.h"
#include "core/model/formation.h"
#include "core/model/location.h"
#include "core/model/officer.h"
#include "core/model/place.h"
#include "core/model/seal.h"
#include "core/query/query.h"

enum { FOUND_MOST = 16 };
static const int64_t DAY_MS = 24 * 60 * 60 * 1000;

void scan_sentence_end(struct scan *self)
{
    self->handover = self->place = (struct record_key){ 0 };
    self->pending = self->told = false;
    self->refusing = NULL;
    self->ask = ASK_NOTHING;
    self->waiting_count = self->expected_count = 0;
    self->person[0] = self->receipt[0] = '\0';
    self->due = 0;
    secret_clear(&self->second, sizeof self->second);
}

/* `id`: a sentence without arguments. */
static void refuse(struct scan *self, struct text code, const char *id)
{
    scan_add(self, TONE_REFUSED, code)->words.id = id;
}

static void keep_code(char out[SCAN_CODE], struct text code)
{
    snprintf(out, SCAN_CODE, "%.*s", (int)code.len, code.data);
}

/* ---- the second officer ---- */

/* What was scanned while the password was asked for is done now, in its order. */
static void do_later(struct scan *self)
{
    AUTO_BUFFER struct buffer later = self->later;
    struct text rest = buffer_as_text(&later);

    self->later = (struct buffer){ 0 };
    while (rest.len > 0) {
        struct text line = text_split(rest, '\n', &rest);

        scan_take(self, line);
    }
}

static void second_answered(struct view *below, void *result)
{
    struct scan *self = (struct scan *)below;

    if (result) {
        self->second = below->app->session.other;
        secret_clear(&below->app->session.other, sizeof below->app->session.other);
        scan_waiting_do(self);
    } else {
        app_warn(below->app, N_("The second officer has not confirmed, so nothing was moved."));
    }
    do_later(self);
}

/* A code that came where a password was wanted. */
static bool code_later(struct view *below, struct text code)
{
    struct scan *self = (struct scan *)below;
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct record_key *keys;
    size_t count = 0;

    code = scan_clean(code);
    if (!scan_word_of(code) && (store_begin(&txn, below->app->store) != ERR_OK ||
                                search_code(txn, code, 1, arena, &keys, &count) != ERR_OK ||
                                count == 0 || type_of_key(&keys[0]) == &officer_type))
        return false;
    buffer_text(&self->later, code);
    buffer_byte(&self->later, '\n');
    return true;
}

void scan_ask_second(struct scan *self, uint64_t officer)
{
    static const struct label role = L("Second officer", "第二簽署人員");

    if (officer == self->view.app->session.officer) {
        app_warn(self->view.app, N_("The second officer is another person than the one who "
                                    "scans. Scan the other card."));
        self->view.app->bells = 3;
        return;
    }
    second_open_scanned(self->view.app, &role, officer, second_answered, code_later);
}

/* ---- places ---- */

static bool place_fits(enum scan_sentence sentence, const struct record_type *type)
{
    switch (sentence) {
    case SCAN_STORES:
        return type == &location_type;
    case SCAN_TAKES:
        return type == &officer_type || type == &formation_type;
    case SCAN_GIVES:
        return type == &formation_type;
    case SCAN_KEEPS:
        return type == &location_type || type == &place_type;
    default:
        return false;
    }
}

static bool due_wanted(const struct scan *self)
{
    return strcmp(self->action->action, "lent") == 0;
}

/* A new place begins a new hand-over of the same action. */
static void say_place(struct scan *self, const struct record *record, struct text code)
{
    if (!scan_handover_close(self))
        return;
    scan_sentence_end(self);
    self->place = record->key;
    scan_add(self, TONE_SAID, code)->about = record->key;
    if (self->action->sentence == SCAN_GIVES)
        self->ask = ASK_PERSON;
    if (record->type == &officer_type)
        scan_ask_second(self, record->key.id);
}

static void scan_officer(struct scan *self, const struct record *record, struct text code)
{
    bool gives = self->action->sentence == SCAN_TAKES && self->place.id != record->key.id;

    if (gives)
        say_place(self, record, code);
    else
        scan_ask_second(self, record->key.id);
}

/* ---- items ---- */

static bool item_asks(struct scan *self, const struct scan_item *item)
{
    static const enum scan_ask asks[] = { [SCAN_SEALS] = ASK_SEAL,
                                          [SCAN_WEIGHS] = ASK_WEIGHT,
                                          [SCAN_COUNTS] = ASK_COUNT,
                                          [SCAN_REFUSES] = ASK_NOTHING };

    if (asks[self->action->sentence] == ASK_NOTHING)
        return false;
    self->asked = *item;
    self->ask = asks[self->action->sentence];
    scan_add(self, TONE_SAID, text_of(item->code))->about = item->exhibit;
    return true;
}

static void tick(struct scan *self, const struct scan_item *item)
{
    struct text code = text_of(item->code);

    if (scan_expected_ticked(self, &item->exhibit))
        message_set(&scan_add(self, TONE_TWICE, code)->words, N_("was scanned already"));
    else if (scan_expected_seen(self, &item->exhibit, true))
        scan_add(self, TONE_OK, code)->about = item->exhibit;
    else
        refuse(self, code,
               N_("this exhibit is not in the hand-over; put it aside and tell "
                  "whoever released it"));
}

static void look(struct scan *self, const struct record *record, struct text code)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct scanned *scanned = scan_add(self, TONE_SAID, code);

    scanned->about = record->key;
    if (record->type == &exhibit_type)
        message_set(&scanned->words, N_("stands at %s"),
                    arena_string(arena,
                                 scan_name(self, arena,
                                           (struct record_key){
                                               .id = ((const struct exhibit_record *)record)
                                                         ->located.id })));
    else
        message_set(&scanned->words, N_("this is %s"),
                    arena_string(arena, scan_name(self, arena, record->key)));
}

/* One of the items that were released to this officer names the hand-over as well as its number does. */
static void find_pending(struct scan *self, const struct exhibit_record *exhibit)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct record_key key = { .id = exhibit->handover.id };
    enum scan_sentence sentence = self->action->sentence;
    struct record *record;

    if (self->place.id != 0 || key.id == 0 ||
        (sentence != SCAN_TAKES && sentence != SCAN_REFUSES) ||
        store_begin(&txn, self->view.app->store) != ERR_OK ||
        record_get(txn, &key, 0, arena, &record) != ERR_OK)
        return;
    scan_handover_pending(self, record);
}

static void scan_exhibit(struct scan *self, const struct exhibit_record *exhibit,
                         struct text seal)
{
    struct scan_item item = { .exhibit = exhibit->head.key };
    enum scan_sentence sentence = self->action->sentence;

    keep_code(item.code, exhibit->number);
    keep_code(item.seal, seal);
    find_pending(self, exhibit);
    if (self->ask == ASK_REASON)
        return;
    if (self->pending)
        tick(self, &item);
    else if (sentence == SCAN_REFUSES)
        refuse(
            self, exhibit->number,
            N_("Scan the number of the hand-over that is refused. It is refused as a whole."));
    else if (sentence < SCAN_SEALS && self->place.id == 0)
        refuse(self, exhibit->number,
               N_("First the place: scan the label of the shelf, or the card of whoever "
                  "gives the goods."));
    else if (!item_asks(self, &item))
        scan_item_do(self, &item);
}

/* ---- records ---- */

/* What a code may name here, the likeliest first: a bag's mark may be a formation's code too. */
static const struct record_type *const scanned_types[] = {
    &exhibit_type, &location_type, &officer_type,   &handover_type,
    &case_type,    &seal_type,     &formation_type, &place_type,
};

/* The exhibit that a seal is on stands for the seal. */
static bool behind_seal(struct txn *txn, struct arena *arena, struct record **record)
{
    struct reference on = ((const struct seal_record *)*record)->used_on;
    struct record_key key = { .id = on.id };

    return text_is(((const struct seal_record *)*record)->state, "used") && on.id != 0 &&
           record_get(txn, &key, 0, arena, record) == ERR_OK;
}

/* How many records the code may mean; the likeliest in *out, read whole. */
static size_t find(struct scan *self, struct text code, struct arena *arena,
                   struct record **out)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record_key *keys;
    size_t count, same = 0;

    *out = NULL;
    if (store_begin(&txn, self->view.app->store) != ERR_OK ||
        search_code(txn, code, FOUND_MOST, arena, &keys, &count) != ERR_OK)
        return 0;
    for (size_t t = 0; t < sizeof scanned_types / sizeof *scanned_types && same == 0; t++)
        for (size_t i = 0; i < count; i++)
            if (type_of_key(&keys[i]) == scanned_types[t] && same++ == 0 &&
                record_get(txn, &keys[i], 0, arena, out) != ERR_OK)
                return 0;
    if (*out && (*out)->type == &seal_type && self->action)
        behind_seal(txn, arena, out);
    return same;
}

static void scan_in_action(struct scan *self, struct record *record, struct text code)
{
    const struct record_type *type = record->type;

    if (type == &exhibit_type) {
        const struct exhibit_record *exhibit = (const struct exhibit_record *)record;

        scan_exhibit(self, exhibit, text_equal(exhibit->seal, code) ? code : TEXT(""));
    } else if (type == &officer_type)
        scan_officer(self, record, code);
    else if (type == &handover_type &&
             (self->action->sentence == SCAN_REFUSES || self->action->sentence == SCAN_TAKES)) {
        if (scan_handover_close(self)) {
            scan_sentence_end(self);
            scan_handover_pending(self, record);
        }
    } else if (type == &case_type && self->action->sentence == SCAN_TAKES &&
               self->place.id != 0)
        scan_expect_case(self, record);
    else if (place_fits(self->action->sentence, type))
        say_place(self, record, code);
    else
        refuse(self, code,
               N_("this does not belong here: an exhibit, or the place or person "
                  "that the command asks for"));
}

static void scan_record(struct scan *self, struct text code)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct record *record;
    size_t meant = find(self, code, arena, &record);

    if (meant == 0 || !record)
        message_set(&scan_add(self, TONE_UNKNOWN, code)->words,
                    N_("nothing bears this number; the code is kept in this list"));
    else if (meant > 1)
        refuse(self, code,
               N_("several records bear this mark: scan the label with the number"));
    else if (self->action)
        scan_in_action(self, record, code);
    else if (record->type == &location_type)
        refuse(self, code, N_("First the action: scan a command card, such as SHELVE."));
    else
        look(self, record, code);
}

/* ---- answers ---- */

static void next_ask(struct scan *self)
{
    if (self->ask == ASK_PERSON)
        self->ask = ASK_RECEIPT;
    else if (self->ask == ASK_RECEIPT && due_wanted(self))
        self->ask = ASK_DUE;
    else
        self->ask = ASK_NOTHING;
}

static void answer_due(struct scan *self, struct text code, date due)
{
    date today = moment_of_ms(now_ms(), OFFSET_HONG_KONG).date;

    if (due == 0 && !date_parse(&due, code, today)) {
        refuse(self, code,
               N_("This is no date. Type it as on paper, or scan a card such as "
                  "DAYS14."));
        return;
    }
    if (due < today) {
        refuse(self, code, N_("This day is past. Say when it is due back."));
        return;
    }
    self->due = due;
    next_ask(self);
    scan_add(self, TONE_SAID, code);
}

/* Another exhibit where the answer for one was wanted: the first is left as it was. */
static bool given_up(struct scan *self, struct text code)
{
    AUTO_ARENA struct arena *arena = arena_new();
    bool number = code.data[0] >= '+' && code.data[0] <= '9';
    struct record *record;

    if (scan_word_of(code) == NULL &&
        (number || find(self, code, arena, &record) != 1 || record->type != &exhibit_type))
        return false;
    self->ask = ASK_NOTHING;
    refuse(self, text_of(self->asked.code), N_("left as it was: its answer did not come"));
    return true;
}

/* Without what a balance sends around it. */
static void keep_amount(struct scan_item *item, struct text code)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text amount = scan_amount(arena, code);

    keep_code(item->amount, amount.len > 0 ? amount : code);
}

static void answer(struct scan *self, struct text code)
{
    struct scan_item item = self->asked;

    switch (self->ask) {
    case ASK_PERSON:
        keep_code(self->person, code);
        next_ask(self);
        scan_add(self, TONE_SAID, code);
        return;
    case ASK_RECEIPT:
        keep_code(self->receipt, code);
        next_ask(self);
        scan_add(self, TONE_SAID, code);
        return;
    case ASK_DUE:
        answer_due(self, code, 0);
        return;
    case ASK_REASON:
        self->ask = ASK_NOTHING;
        scan_handover_refuse(self, code);
        return;
    case ASK_SEAL:
        keep_code(item.seal, code);
        break;
    case ASK_CONDITION:
        keep_code(item.condition, code);
        break;
    case ASK_READING:
        keep_code(self->asked.reading, code);
        self->ask = ASK_KEYS;
        return;
    case ASK_KEYS:
        keep_code(item.keys, code);
        break;
    default:
        keep_amount(&item, code);
    }
    self->ask = ASK_NOTHING;
    scan_item_do(self, &item);
}

/* ---- commands ---- */

static void begin_action(struct scan *self, const struct scan_word *word)
{
    if (!scan_handover_close(self))
        return;
    scan_sentence_end(self);
    self->action = word->command == SCAN_ACTION ? word : NULL;
    if (!self->action || self->action->sentence > SCAN_GIVES)
        self->closed_count = 0;
    scan_add(self, TONE_SAID, text_of(word->code));
}

static void resume(struct scan *self)
{
    if (!scan_handover_close(self))
        return;
    scan_sentence_end(self);
    if (!scan_resume(self))
        refuse(self, TEXT("*RESUME"), N_("no hand-over of yours is open"));
}

static void say_reason(struct scan *self, const struct scan_word *word)
{
    AUTO_ARENA struct arena *arena = arena_new();

    if (self->ask == ASK_NOTHING && self->action && !self->pending &&
        self->action->sentence == SCAN_TAKES && self->place.id != 0) {
        self->refusing = word;
        message_set(&scan_add(self, TONE_SAID, text_of(word->code))->words,
                    N_("scan the item that goes back"));
    } else if (self->ask != ASK_REASON)
        refuse(self, text_of(word->code),
               N_("First REFUSE and the number of the hand-over, or "
                  "RECEIVE and who gives the goods."));
    else
        answer(self, label_text(arena, &word->label, LANGUAGE_BOTH));
}

static void say_days(struct scan *self, const struct scan_word *word)
{
    if (self->ask != ASK_DUE)
        refuse(self, text_of(word->code), N_("No date is asked for just now."));
    else
        answer_due(self, text_of(word->code),
                   moment_of_ms(now_ms() + word->days * DAY_MS, OFFSET_HONG_KONG).date);
}

static void scan_command(struct scan *self, const struct scan_word *word)
{
    switch (word->command) {
    case SCAN_UNDO:
        scan_undo(self);
        return;
    case SCAN_DONE:
        scan_done(self);
        return;
    case SCAN_ALL:
        scan_all(self);
        return;
    case SCAN_RESUME:
        resume(self);
        return;
    case SCAN_DAYS:
        say_days(self, word);
        return;
    case SCAN_REASON:
        say_reason(self, word);
        return;
    case SCAN_LOOK:
    case SCAN_ACTION:
        begin_action(self, word);
    }
}

void scan_take(struct scan *self, struct text code)
{
    const struct scan_word *word = scan_word_of(code);

    codes_refresh(self->view.app->codes);
    if (code.len == 0)
        return;
    self->told = self->told && word && word->command == SCAN_DONE;
    if (self->ask >= ASK_SEAL && self->ask <= ASK_KEYS)
        given_up(self, code);
    if (word)
        scan_command(self, word);
    else if (self->ask != ASK_NOTHING)
        answer(self, code);
    else
        scan_record(self, code);
}
