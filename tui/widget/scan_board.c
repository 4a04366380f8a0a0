#include "tui/widget/scan_board.h"

#include <stdio.h>
#include <string.h>

#include "core/model/scan.h"
#include "i18n/text.h"

void scan_board_init(struct scan_board *board, const struct scan_tone *tones, int count,
                     int *bells)
{
    *board = (struct scan_board){ .tones = tones, .tone_count = count, .bells = bells };
    editor_init(&board->field);
    board->field.limit = SCAN_CODE - 1;
    board->field.half_width = true;
}

void scan_board_free(struct scan_board *board)
{
    editor_free(&board->field);
}

/* ---- results ---- */

/* The i-th before the newest. */
static struct scanned *before(struct scan_board *board, int i)
{
    return &board->last[(board->newest + SCAN_BOARD_LAST - i) % SCAN_BOARD_LAST];
}

struct scanned *scan_board_newest(struct scan_board *board)
{
    return board->shown > 0 ? before(board, 0) : NULL;
}

/* As much of the code as there is room for, no character cut in two. */
static void keep_code(struct scanned *scanned, struct text code)
{
    if (code.len >= sizeof scanned->code) {
        code.len = sizeof scanned->code - 1;
        while (code.len > 0 && ((uint8_t)code.data[code.len] & 0xC0) == 0x80)
            code.len--;
    }
    if (code.len > 0)
        memcpy(scanned->code, code.data, code.len);
    scanned->code[code.len] = '\0';
}

struct scanned *scan_board_add(struct scan_board *board, int tone, struct text code)
{
    struct scanned *scanned;

    board->newest = (board->newest + 1) % SCAN_BOARD_LAST;
    board->shown += board->shown < SCAN_BOARD_LAST;
    scanned = before(board, 0);
    *scanned = (struct scanned){ .tone = tone, .number = ++board->counts[tone] };
    keep_code(scanned, code);
    *board->bells = board->tones[tone].bells;
    return scanned;
}

struct scanned *scan_board_add_failure(struct scan_board *board, int tone, struct text code)
{
    struct scanned *scanned = scan_board_add(board, tone, code);

    message_copy(&scanned->words, last_failure());
    return scanned;
}

void scan_board_take_off(struct scan_board *board)
{
    if (board->shown == 0)
        return;
    board->counts[before(board, 0)->tone]--;
    board->newest = (board->newest + SCAN_BOARD_LAST - 1) % SCAN_BOARD_LAST;
    board->shown--;
}

void scan_board_clear_counts(struct scan_board *board)
{
    memset(board->counts, 0, sizeof board->counts);
}

/* ---- keys ---- */

/* A scanner types plain letters; anything else is a hand at a keyboard whose input method is on. */
static bool foreign(const struct key *key)
{
    return key->code == TKEY_CHARACTER && key->point > '~' &&
           !(key->point >= 0xFF01 && key->point <= 0xFF5E);
}

void scan_board_words(struct scan_board *board, bool words)
{
    board->words = words;
    board->field.half_width = !words;
}

enum scan_board_key scan_board_key(struct scan_board *board, const struct key *key)
{
    if (key->code == TKEY_ENTER)
        return SCAN_KEY_CODE;
    if (key->code == TKEY_BACKSPACE && board->field.text.len == 0)
        return SCAN_KEY_UNDO;
    if (!board->words && foreign(key)) {
        *board->bells = 1;
        return SCAN_KEY_FOREIGN;
    }
    if (editor_key(&board->field, key) != EDITOR_IGNORED || key->code == TKEY_CHARACTER ||
        key->code == TKEY_PASTE)
        return SCAN_KEY_TYPED;
    return SCAN_KEY_OTHER;
}

struct text scan_board_code(struct scan_board *board, struct arena *arena)
{
    struct text code = arena_text(arena, scan_clean(editor_text(&board->field)));

    editor_set(&board->field, TEXT(""));
    return code;
}

/* ---- drawing ---- */

static struct text words_of(struct arena *arena, const struct scanned *scanned,
                            enum language language)
{
    return scanned->words.id ? sentence(arena, &scanned->words, language) : TEXT("");
}

static void draw_newest(struct scan_board *board, struct canvas *canvas, struct rect body,
                        struct arena *arena, enum language language)
{
    const struct scanned *scanned = scan_board_newest(board);
    enum role role;
    struct text rest, line;
    int column = 6;

    if (!scanned)
        return;
    role = board->tones[scanned->tone].role;
    canvas_fill(canvas, (struct rect){ body.row + 3, 2, 3, body.columns - 4 }, role);
    column += canvas_put(canvas, body.row + 4, column, 24,
                         label_text(arena, &board->tones[scanned->tone].label, language), role);
    column += 3;
    column += canvas_put(canvas, body.row + 4, column, 24, text_of(scanned->code), role) + 2;
    rest = words_of(arena, scanned, language);
    for (int row = 4; row < 6 && text_wrap(&rest, body.columns - 3 - column, &line); row++)
        canvas_put(canvas, body.row + row, column, body.columns - 3 - column, line, role);
}

static struct text counts_text(const struct scan_board *board, struct arena *arena,
                               enum language language)
{
    AUTO_BUFFER struct buffer out = { 0 };

    for (int tone = 0; tone < board->tone_count; tone++) {
        if (!board->tones[tone].counted)
            continue;
        buffer_text(&out, label_text(arena, &board->tones[tone].label, language));
        buffer_printf(&out, " %d  ", board->counts[tone]);
    }
    return arena_text(arena, text_trim(buffer_as_text(&out)));
}

/* Whole in one language rather than cut in two. */
static void draw_counts(const struct scan_board *board, struct canvas *canvas, struct rect body,
                        struct arena *arena, enum language language)
{
    struct text counts = counts_text(board, arena, language);

    if (text_width(counts) > body.columns - 2)
        counts = counts_text(board, arena, LANGUAGE_ZH);
    canvas_put(canvas, body.row, 2, body.columns - 2, counts, ROLE_LABEL);
}

static void draw_last(struct scan_board *board, struct canvas *canvas, struct rect place,
                      struct arena *arena, enum language language)
{
    for (int i = 0; i < board->shown && i < place.rows; i++) {
        const struct scanned *scanned = before(board, i);
        const struct scan_tone *tone = &board->tones[scanned->tone];
        int row = place.row + i;

        if (tone->counted)
            canvas_put_right(canvas, row, 2, 4, arena_printf(arena, "%d", scanned->number),
                             ROLE_DIM);
        canvas_put(canvas, row, 8, 16, text_of(scanned->code), ROLE_VALUE);
        canvas_put(canvas, row, 26, 16, label_text(arena, &tone->label, language), tone->role);
        canvas_put_padded(canvas, row, 44, place.columns - 46,
                          words_of(arena, scanned, language), ROLE_NORMAL);
    }
}

void scan_board_draw(struct scan_board *board, struct canvas *canvas, struct rect body,
                     struct text said, const struct label *name, enum language language)
{
    AUTO_ARENA struct arena *arena = arena_new();
    /* Counts and list have room for one language; the newest stands between them in both. */
    enum language one = language == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH;
    int column = 2;

    canvas_put(canvas, body.row, 2, body.columns - 4, said, ROLE_HEADER);
    draw_newest(board, canvas, body, arena, language);
    draw_counts(board, canvas, (struct rect){ body.row + 7, 0, 1, body.columns }, arena, one);
    draw_last(board, canvas, (struct rect){ body.row + 9, 0, body.rows - 9, body.columns },
              arena, one);
    column += canvas_put(canvas, body.row + 1, column, 34, label_text(arena, name, language),
                         ROLE_LABEL) +
              1;
    editor_draw(&board->field, canvas, (struct rect){ body.row + 1, column, 1, 40 },
                ROLE_FIELD_FOCUS, true);
}
