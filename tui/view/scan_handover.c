/* Hand-overs of the scanner's screen: opened by the first item, gone on with where they were broken off, closed at the end with
 * what is missing; and those that others released, ticked item by item and received or refused as a whole. */
#include "tui/view/scan_parts.h"

#include <stdio.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/model/case.h"
#include "core/model/elements.h"
#include "core/model/handover_line.h"
#include "core/model/location.h"
#include "core/model/questions.h"

enum { MISSING_SHOWN = 8, NAMES_LEN = 120 };

/* ---- open and close ---- */

static enum err open_new(struct scan *self, struct change_result *result)
{
    enum scan_sentence sentence = self->action->sentence;
    struct reference place = { .id = self->place.id }, none = { 0 };
    struct act_hand_over_open input = {
        .action = text_of(self->action->action),
        .location = sentence == SCAN_STORES ? place : none,
        .from = sentence == SCAN_TAKES ? place : none,
        .body = sentence == SCAN_GIVES ? place : none,
        .purpose = text_of(self->action->purpose ? self->action->purpose : "store"),
        .occurred = scan_now(),
    };

    if (sentence == SCAN_GIVES) {
        input.outside_person = text_of(self->person);
        input.outside_receipt = text_of(self->receipt);
        input.due = self->due;
    }
    TRY(scan_act(self, "hand-over-open", &input, NULL, result));
    for (size_t i = 0; i < result->count; i++)
        if (type_of_key(&result->keys[i]) == &handover_type)
            self->handover = result->keys[i];
    self->lines = 0;
    return ERR_OK;
}

bool scan_handover_close(struct scan *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };

    if (self->waiting_count > 0) {
        app_warn(self->view.app,
                 N_("%d items wait for the second officer. Scan the officer's card, or take "
                    "them back with Backspace."),
                 self->waiting_count);
        return false;
    }
    if (self->handover.id != 0 && !self->pending) {
        if (scan_act(self, "hand-over-close", NULL, &self->handover, &result) != ERR_OK) {
            app_fail(self->view.app);
            return false;
        }
        if (self->closed_count < SCAN_ALL_MOST)
            self->closed[self->closed_count++] = self->handover;
    }
    self->handover = (struct record_key){ 0 };
    self->pending = false;
    return true;
}

/* A full one is closed and the next opened by itself: nobody puts the scanner down for that. */
enum err scan_handover_ready(struct scan *self, struct change_result *result)
{
    if (self->handover.id != 0 && self->lines >= HANDOVER_ITEMS_MOST) {
        TRY(scan_act(self, "hand-over-close", NULL, &self->handover, result));
        if (self->closed_count < SCAN_ALL_MOST)
            self->closed[self->closed_count++] = self->handover;
        self->handover = (struct record_key){ 0 };
        app_say(self->view.app,
                N_("%d items are as many as one hand-over holds: it is closed, "
                   "and the next has begun."),
                HANDOVER_ITEMS_MOST);
    }
    return self->handover.id != 0 ? ERR_OK : open_new(self, result);
}

/* ---- what is expected ---- */

static void expect(struct scan *self, const struct record_key *keys, size_t count)
{
    self->expected = arena_array(self->view.arena, count, sizeof *self->expected);
    self->seen = arena_array(self->view.arena, count, sizeof *self->seen);
    self->expected_count = (int)count;
    for (size_t i = 0; i < count; i++) {
        self->expected[i] = keys[i];
        self->seen[i] = false;
    }
}

static int expected_place(const struct scan *self, const struct record_key *exhibit)
{
    for (int i = 0; i < self->expected_count; i++)
        if (self->expected[i].id == exhibit->id)
            return i;
    return -1;
}

bool scan_expected_seen(struct scan *self, const struct record_key *exhibit, bool seen)
{
    int place = expected_place(self, exhibit);

    if (place >= 0)
        self->seen[place] = seen;
    return place >= 0;
}

bool scan_expected_ticked(const struct scan *self, const struct record_key *exhibit)
{
    int place = expected_place(self, exhibit);

    return place >= 0 && self->seen[place];
}

int scan_expected_left(const struct scan *self)
{
    int left = 0;

    for (int i = 0; i < self->expected_count; i++)
        left += !self->seen[i];
    return left;
}

/* What whoever gives has of this case. */
void scan_expect_case(struct scan *self, const struct record *record)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct reference of_case = { .id = record->key.id };
    const void *values[] = { &of_case };
    const struct case_record *of = (const struct case_record *)record;
    struct record_key *keys = arena_array(arena, SCAN_EXPECTED_MOST, sizeof *keys);
    struct index_page page;
    size_t count = 0;

    index_prefix(&prefix, &exhibit_type, index_named(&exhibit_type, "by_case"), values, 1);
    if (store_begin(&txn, self->view.app->store) != ERR_OK ||
        index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, FORWARD,
                   4 * SCAN_EXPECTED_MOST, arena, &page) != ERR_OK) {
        app_fail(self->view.app);
        return;
    }
    for (size_t i = 0; i < page.count && count < SCAN_EXPECTED_MOST; i++) {
        struct record *exhibit;

        if (record_get(txn, &page.keys[i], TAG_LIST_LAST, arena, &exhibit) == ERR_OK &&
            ((struct exhibit_record *)exhibit)->holder.id == self->place.id)
            keys[count++] = page.keys[i];
    }
    expect(self, keys, count);
    message_set(&scan_add(self, TONE_SAID, of->number)->words, N_("%zu items expected"), count);
}

/* "K207, E-000007-2 ..": by the mark on the bag where there is one, as many as have room. */
static void missing_names(struct scan *self, char out[NAMES_LEN])
{
    size_t len = 0;
    int shown = 0;

    out[0] = '\0';
    for (int i = 0; i < self->expected_count; i++) {
        AUTO_ARENA struct arena *arena = arena_new();
        struct exhibit_record *exhibit;
        struct text mark;

        if (self->seen[i] || !scan_exhibit_get(self, &self->expected[i], arena, &exhibit))
            continue;
        mark = text_present(exhibit->bag) ? exhibit->bag : exhibit->number;
        if (shown++ == MISSING_SHOWN || len + mark.len + 6 > NAMES_LEN) {
            snprintf(out + len, NAMES_LEN - len, " ..");
            return;
        }
        len += (size_t)snprintf(out + len, NAMES_LEN - len, "%s%.*s", len > 0 ? ", " : "",
                                (int)mark.len, mark.data);
    }
}

/* "38 of 40: missing 7, 22." True: nothing is missing, or nothing was expected. */
static bool say_missing(struct scan *self)
{
    int left = scan_expected_left(self);
    char names[NAMES_LEN], scanned[32];
    struct scanned *row;

    if (self->expected_count == 0 || left == 0)
        return true;
    missing_names(self, names);
    snprintf(scanned, sizeof scanned, "%d / %d", self->expected_count - left,
             self->expected_count);
    row = scan_add(self, TONE_MISSING, text_of(scanned));
    message_set(&row->words, N_("%d of %d: missing %s"), self->expected_count - left,
                self->expected_count, names);
    return false;
}

/* ---- one that another released ---- */

void scan_handover_pending(struct scan *self, const struct record *record)
{
    const struct handover_record *handover = (const struct handover_record *)record;
    const struct exhibit_item *items = handover->exhibits.items;
    AUTO_ARENA struct arena *arena = arena_new();
    struct record_key *keys;

    if (!text_is(handover->state, "released") ||
        handover->received_by.id != self->view.app->session.officer) {
        message_set(&scan_add(self, TONE_REFUSED, handover->number)->words,
                    N_("this hand-over does not wait for you"));
        return;
    }
    keys = arena_array(arena, handover->exhibits.count, sizeof *keys);
    for (size_t i = 0; i < handover->exhibits.count; i++)
        keys[i] = (struct record_key){ .id = items[i].exhibit.id };
    self->handover = record->key;
    self->place = (struct record_key){ .id = handover->released_by.id };
    self->pending = true;
    expect(self, keys, handover->exhibits.count);
    if (self->action->sentence == SCAN_REFUSES)
        self->ask = ASK_REASON;
    message_set(&scan_add(self, TONE_SAID, handover->number)->words, N_("%zu items expected"),
                handover->exhibits.count);
}

void scan_handover_refuse(struct scan *self, struct text reason)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct act_refuse input = { .occurred = scan_now(),
                                .refusal = reason,
                                .correct_by = scan_corrected_by() };
    AUTO_BUFFER struct buffer name = { 0 };
    const struct lookup *lookup = app_lookup(self->view.app);
    struct text number;

    lookup->number(lookup->context, (struct reference){ .id = self->handover.id }, &name);
    number = arena_text(arena, buffer_as_text(&name));
    if (scan_act(self, "hand-over-refuse", &input, &self->handover, &result) != ERR_OK)
        scan_add_fault(self, TONE_REFUSED, number, &result);
    else
        message_set(&scan_add(self, TONE_OK, number)->words,
                    N_("refused: the items stay with whoever offered them"));
    scan_sentence_end(self);
}

/* Received when all were seen. What is missing keeps it waiting; a second DONE leaves it so. */
static void done_pending(struct scan *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct act_receive input = { .occurred = scan_now() };

    if (!say_missing(self)) {
        if (self->told) {
            scan_sentence_end(self);
            app_say(self->view.app,
                    N_("Nothing was received: the hand-over waits until all its items are "
                       "here, or is refused."));
            return;
        }
        self->told = true;
        app_warn(self->view.app, N_("Scan what is missing. DONE once more leaves the hand-over "
                                    "waiting; REFUSE gives it back."));
        return;
    }
    if (scan_act(self, "hand-over-receive", &input, &self->handover, &result) != ERR_OK) {
        app_fail(self->view.app);
        return;
    }
    app_say(self->view.app, N_("The hand-over is received: %d items."), self->expected_count);
    self->closed[0] = self->handover;
    self->closed_count = 1;
    scan_sentence_end(self);
    scan_board_clear_counts(&self->board);
}

void scan_done(struct scan *self)
{
    const int *counts = self->board.counts;
    bool open = self->handover.id != 0;

    if (self->pending) {
        done_pending(self);
        return;
    }
    if (!scan_handover_close(self))
        return;
    if (open)
        app_say(self->view.app, N_("The hand-over is closed: %d items."),
                counts[TONE_OK] + counts[TONE_PLACE] + counts[TONE_DIFFERS]);
    say_missing(self);
    scan_sentence_end(self);
    scan_board_clear_counts(&self->board);
}

/* ---- all of the last one ---- */

static bool all_of(struct scan *self, const struct record_key *key)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;
    const struct exhibit_item *items;

    if (store_begin(&txn, self->view.app->store) != ERR_OK ||
        record_get(txn, key, 0, arena, &record) != ERR_OK)
        return false;
    txn_end(txn);
    txn = NULL; /* each item is a write of its own */
    items = ((struct handover_record *)record)->exhibits.items;
    for (size_t i = 0; i < ((struct handover_record *)record)->exhibits.count; i++) {
        struct scan_item item = { .exhibit = { .id = items[i].exhibit.id } };
        struct exhibit_record *exhibit;

        if (!scan_exhibit_get(self, &item.exhibit, arena, &exhibit))
            continue;
        snprintf(item.code, sizeof item.code, "%.*s", (int)exhibit->number.len,
                 exhibit->number.data);
        scan_item_do(self, &item);
    }
    return true;
}

void scan_all(struct scan *self)
{
    int count = self->closed_count;

    if (!self->action || self->action->sentence > SCAN_GIVES || self->place.id == 0 ||
        self->pending) {
        message_set(&scan_add(self, TONE_REFUSED, TEXT("*ALL"))->words,
                    N_("First the action and the place."));
        return;
    }
    if (count == 0)
        message_set(&scan_add(self, TONE_REFUSED, TEXT("*ALL"))->words,
                    N_("No hand-over was closed here before, so that ALL means nothing. Scan "
                       "the items."));
    self->closed_count = 0;
    for (int i = 0; i < count; i++)
        if (!all_of(self, &self->closed[i]))
            app_fail(self->view.app);
}

/* ---- going on ---- */

static bool newest_open(struct scan *self, struct txn *txn, struct arena *arena,
                        struct handover_record **out)
{
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct reference officer = { .id = self->view.app->session.officer };
    const void *values[] = { &officer };
    struct index_page page;
    struct record *record;

    index_prefix(&prefix, &handover_type, index_named(&handover_type, "by_open"), values, 1);
    if (index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, BACKWARD, 1, arena,
                   &page) != ERR_OK ||
        page.count == 0 || record_get(txn, &page.keys[0], 0, arena, &record) != ERR_OK)
        return false;
    *out = (struct handover_record *)record;
    return text_is((*out)->state, "open");
}

static void keep_text(char out[SCAN_CODE], struct text t)
{
    size_t len = t.len < SCAN_CODE - 1 ? t.len : SCAN_CODE - 1;

    if (len > 0)
        memcpy(out, t.data, len);
    out[len] = '\0';
}

static void take_up(struct scan *self, const struct handover_record *handover,
                    const struct scan_word *word)
{
    self->action = word;
    self->handover = handover->head.key;
    self->place.id = word->sentence == SCAN_STORES  ? handover->destination.id
                     : word->sentence == SCAN_TAKES ? handover->released_by.id
                                                    : handover->received_by.id;
    keep_text(self->person, handover->outside_person);
    keep_text(self->receipt, handover->outside_receipt);
    self->due = handover->due;
}

/* The items that are through, in their order: a line that takes one back takes out the earlier one. */
static size_t through(const struct family_page *lines, struct record_key *out)
{
    size_t count = 0;

    for (size_t i = 0; i < lines->count; i++) {
        const struct handover_line_record *line =
            (const struct handover_line_record *)lines->records[i];
        size_t at = count;

        if (lines->damaged[i])
            continue;
        while (line->taken_back == FLAG_YES && at > 0 && out[at - 1].id != line->exhibit.id)
            at--;
        if (line->taken_back != FLAG_YES)
            out[count++] = (struct record_key){ .id = line->exhibit.id };
        else if (at > 0)
            memmove(&out[at - 1], &out[at], (count-- - at) * sizeof *out);
    }
    return count;
}

/* What the lines say is read back: how many are through, and the last of them. */
static void show_lines(struct scan *self, struct txn *txn, struct arena *arena)
{
    struct family_page lines;
    struct record_key *items;
    size_t count, from;

    if (family_page(txn, self->handover.id, handover_line_type.family, 0, FORWARD,
                    2 * HANDOVER_ITEMS_MOST, arena, &lines) != ERR_OK) {
        app_fail(self->view.app);
        return;
    }
    items = arena_array(arena, lines.count + 1, sizeof *items);
    count = through(&lines, items);
    from = count > SCAN_BOARD_LAST ? count - SCAN_BOARD_LAST : 0;
    self->lines = (uint32_t)lines.count;
    self->board.counts[TONE_OK] = (int)from;
    for (size_t i = from; i < count; i++) {
        struct record *exhibit;
        struct text number = TEXT("-");

        if (record_get(txn, &items[i], TAG_LIST_LAST, arena, &exhibit) == ERR_OK)
            number = ((struct exhibit_record *)exhibit)->number;
        scan_add(self, TONE_OK, number)->about = items[i];
    }
    self->view.app->bells = 0;
}

bool scan_resume(struct scan *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct handover_record *handover;
    const struct scan_word *word;

    if (store_begin(&txn, self->view.app->store) != ERR_OK ||
        !newest_open(self, txn, arena, &handover))
        return false;
    word = scan_word_of_action(handover->action);
    if (!word)
        return false;
    scan_board_clear_counts(&self->board);
    take_up(self, handover, word);
    show_lines(self, txn, arena);
    app_say(self->view.app, N_("Hand-over %s goes on: %d items so far."),
            arena_string(arena, handover->number), self->board.counts[TONE_OK]);
    return true;
}
