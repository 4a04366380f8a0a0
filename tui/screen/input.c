#include "tui/screen/input.h"

#include <stdlib.h>
#include <string.h>

#include "i18n/text.h"

enum { ESC = 0x1B, SEQUENCE_LIMIT = 64, PARAMETERS = 4 };

struct input {
    struct buffer bytes; /* from `start` on not yet taken */
    size_t start;
    bool pasting;
    struct buffer raw;   /* the paste so far */
    struct buffer paste; /* the last whole one, safe */
    int reported_column;
    bool after_return; /* the last byte was CR: a LF behind it is the same key */
};

/* A control sequence: ESC [ < 0 ; 3 ; 4 M */
struct sequence {
    char prefix; /* '<' or '?' before the numbers, or 0 */
    int numbers[PARAMETERS];
    int count;
    char final;
    size_t len;
};

struct input *input_new(void)
{
    return memory_new(sizeof(struct input));
}

void input_free(struct input *input)
{
    if (!input)
        return;
    buffer_free(&input->bytes);
    buffer_free(&input->raw);
    buffer_free(&input->paste);
    free(input);
}

void input_feed(struct input *input, const void *data, size_t size)
{
    if (input->start > 0) {
        input->bytes.len -= input->start;
        memmove(input->bytes.data, input->bytes.data + input->start, input->bytes.len);
        input->start = 0;
    }
    buffer_put(&input->bytes, data, size);
}

int input_reported_column(struct input *input)
{
    int column = input->reported_column;

    input->reported_column = 0;
    return column;
}

/* Every function below returns the bytes that it took; 0: their end has not come. What is known
 * but says nothing to us leaves TKEY_NONE. */

static enum key_code letter_key(char letter)
{
    switch (letter) {
    case 'A':
    case 'a': /* rxvt with Shift or Ctrl */
        return TKEY_UP;
    case 'B':
    case 'b':
        return TKEY_DOWN;
    case 'C':
    case 'c':
        return TKEY_RIGHT;
    case 'D':
    case 'd':
        return TKEY_LEFT;
    case 'H':
        return TKEY_HOME;
    case 'F':
        return TKEY_END;
    default:
        return TKEY_NONE;
    }
}

static enum key_code numbered_key(int number)
{
    static const enum key_code keys[] = {
        [1] = TKEY_HOME,    [2] = TKEY_INSERT,    [3] = TKEY_DELETE, [4] = TKEY_END,
        [5] = TKEY_PAGE_UP, [6] = TKEY_PAGE_DOWN, [7] = TKEY_HOME,   [8] = TKEY_END,
        [11] = TKEY_F1,     [12] = TKEY_F2,       [13] = TKEY_F3,    [14] = TKEY_F4,
        [15] = TKEY_F5,     [17] = TKEY_F6,       [18] = TKEY_F7,    [19] = TKEY_F8,
        [20] = TKEY_F9,     [21] = TKEY_F10,      [23] = TKEY_F11,   [24] = TKEY_F12,
        [28] = TKEY_F1, /* Help and Do of the vt220 */
        [29] = TKEY_F9,
    };

    return number > 0 && number < (int)(sizeof keys / sizeof keys[0]) ? keys[number]
                                                                      : TKEY_NONE;
}

static bool is_f_key(enum key_code code)
{
    return code >= TKEY_F1 && code <= TKEY_F12;
}

static bool read_sequence(struct sequence *sequence, const uint8_t *data, size_t len)
{
    size_t at = 2;

    *sequence = (struct sequence){ .count = 1 };
    if (at < len && data[at] >= '<' && data[at] <= '?')
        sequence->prefix = (char)data[at++];
    for (; at < len; at++) {
        int *number = &sequence->numbers[sequence->count - 1];

        if (data[at] >= '0' && data[at] <= '9') {
            *number = *number < 100000 ? *number * 10 + (data[at] - '0') : *number;
        } else if (data[at] == ';' || data[at] == ':') {
            sequence->count += sequence->count < PARAMETERS;
        } else if (data[at] == '$' || (data[at] >= 0x40 && data[at] <= 0x7E)) {
            sequence->final = (char)data[at]; /* '$': rxvt with Shift */
            sequence->len = at + 1;
            return true;
        } else if (data[at] < 0x20 || data[at] > 0x3F) {
            break; /* no sequence after all: what follows is read afresh */
        }
        if (at > SEQUENCE_LIMIT)
            break;
    }
    sequence->len = at;
    return at < len;
}

static void mouse_key(struct key *key, int state, int column, int row, bool pressed)
{
    enum { MODIFIERS = 4 | 8 | 16, MOVED = 32, WHEEL = 64 };
    int button = state & ~MODIFIERS;

    if (!pressed || (button & MOVED) != 0 || row < 1 || column < 1)
        return;
    if (button != 0 && button != WHEEL && button != WHEEL + 1)
        return;
    key->code = TKEY_MOUSE;
    key->button = button == 0 ? 1 : button - WHEEL + 4;
    key->row = row - 1;
    key->column = column - 1;
}

static size_t take_old_mouse(const uint8_t *data, size_t len, struct key *key)
{
    if (len < 6)
        return 0;
    /* Buttons are numbered from 32 and a release is button 3, which mouse_key() drops. */
    mouse_key(key, data[3] - 32, data[4] - 32, data[5] - 32, true);
    return 6;
}

static void sequence_key(struct input *input, const struct sequence *sequence, struct key *key)
{
    bool modified = sequence->count > 1 && sequence->numbers[1] > 1;

    switch (sequence->final) {
    case '~':
    case '^':
    case '$':
    case '@':
        if (sequence->numbers[0] == 200 && sequence->final == '~') {
            input->pasting = true;
            return;
        }
        key->code = numbered_key(sequence->numbers[0]);
        modified = modified || sequence->final != '~';
        break;
    case 'Z':
        key->code = TKEY_BACKTAB;
        break;
    case 'R':
        if (sequence->count == 2)
            input->reported_column = sequence->numbers[1];
        break;
    case 'P':
    case 'Q':
    case 'S':
        key->code = (enum key_code)(TKEY_F1 + (sequence->final - 'P'));
        break;
    default:
        key->code = letter_key(sequence->final);
    }
    /* Ctrl+Right may well go right, but Shift+F8 must not do what F8 does. */
    if (modified && is_f_key(key->code))
        key->code = TKEY_NONE;
}

/* ESC [ ... */
static size_t take_sequence(struct input *input, const uint8_t *data, size_t len,
                            struct key *key)
{
    struct sequence sequence;

    if (len < 3)
        return 0;
    if (data[2] == '[') { /* the Linux console: ESC [ [ A is F1 */
        if (len < 4)
            return 0;
        if (data[3] >= 'A' && data[3] <= 'E')
            key->code = (enum key_code)(TKEY_F1 + (data[3] - 'A'));
        return 4;
    }
    if (data[2] == 'M')
        return take_old_mouse(data, len, key);
    if (!read_sequence(&sequence, data, len))
        return 0;
    if (sequence.prefix == '<' && (sequence.final == 'M' || sequence.final == 'm'))
        mouse_key(key, sequence.numbers[0], sequence.numbers[1], sequence.numbers[2],
                  sequence.final == 'M');
    else if (sequence.prefix == 0 && sequence.final != 0)
        sequence_key(input, &sequence, key);
    return sequence.len;
}

/* ESC O x: F1 to F4, in PuTTY's VT100+ mode the others too, and the number pad of terminals that tell it apart. */
static size_t take_application_key(const uint8_t *data, size_t len, struct key *key)
{
    size_t at = 2;
    bool modified;

    while (at < len && data[at] >= '0' && data[at] <= '9')
        at++; /* ESC O 2 P: with Shift */
    if (at == len)
        return 0;
    modified = at > 2;
    if (data[at] >= 'P' && data[at] <= '[' && !modified)
        key->code = (enum key_code)(TKEY_F1 + (data[at] - 'P'));
    else if (data[at] == 'M')
        key->code = TKEY_ENTER;
    else if (data[at] == 'I')
        key->code = TKEY_TAB;
    else if (data[at] >= 'j' && data[at] <= 'y') {
        key->code = TKEY_CHARACTER;
        key->point = (uint32_t)(data[at] - 'j' + '*');
    } else
        key->code = letter_key((char)data[at]);
    return at + 1;
}

static size_t take_escape(struct input *input, const uint8_t *data, size_t len, bool over,
                          struct key *key)
{
    size_t taken = 0;

    if (len >= 2 && data[1] >= '0' && data[1] <= '9') {
        /* Alt+1, or Esc and 1: for keyboards without F-keys and terminals that keep them. */
        key->code = data[1] == '0' ? TKEY_F10 : (enum key_code)(TKEY_F1 + (data[1] - '1'));
        return 2;
    }
    if (len >= 2 && data[1] == '[')
        taken = take_sequence(input, data, len, key);
    else if (len >= 2 && data[1] == 'O')
        taken = take_application_key(data, len, key);
    else if (len >= 2)
        over = true; /* Esc, and a key typed right after it */
    if (taken > 0 || !over)
        return taken;
    if (len > 2 && data[1] == '[')
        return len; /* broken off on the line: nobody typed that */
    key->code = TKEY_ESCAPE;
    return 1;
}

/* Scanners that end a code by CR and LF mean one Enter. */
static bool same_return(struct input *input, uint8_t byte)
{
    bool same = byte == '\n' && input->after_return;

    input->after_return = byte == '\r';
    return same;
}

/* The AIM identifier that a scanner may be set to send before a code ("]C1"). It comes at once, with what it is of; nobody
 * types three such characters within one read. */
static bool is_aim(const uint8_t *data, size_t len)
{
    static const char symbologies[] = "ACEFGHIKLQRSXZdez";

    return len > 4 && data[0] == ']' && memchr(symbologies, data[1], sizeof symbologies - 1) &&
           data[2] >= '0' && data[2] <= '9' && data[3] > ' ';
}

static void control_key(uint8_t byte, struct key *key)
{
    switch (byte) {
    case 0x08:
    case 0x7F:
        key->code = TKEY_BACKSPACE;
        break;
    case '\t':
        key->code = TKEY_TAB;
        break;
    case '\r':
    case '\n':
        key->code = TKEY_ENTER;
        break;
    case 0x1D:
        key->code = TKEY_SCAN;
        break;
    default:
        if (byte >= 1 && byte <= 26)
            key->code = (enum key_code)(TKEY_CTRL_A + (byte - 1));
    }
}

static bool is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0);
}

/* Whether more bytes could still make a character of these. */
static bool is_begun(const uint8_t *data, size_t len)
{
    size_t need = data[0] >= 0xF0 && data[0] <= 0xF4 ? 4
                  : data[0] >= 0xE0                  ? 3
                  : data[0] >= 0xC2                  ? 2
                                                     : 1;

    if (data[0] > 0xF4 || len >= need)
        return false;
    for (size_t i = 1; i < len; i++)
        if ((data[i] & 0xC0) != 0x80)
            return false;
    return true;
}

static size_t take_character(const uint8_t *data, size_t len, struct key *key)
{
    uint32_t point;
    bool valid;
    size_t taken;

    if (is_begun(data, len))
        return 0;
    taken = text_decode((const char *)data, len, &point, &valid);
    if (!is_control(point)) {
        key->code = TKEY_CHARACTER;
        key->point = point;
    }
    return taken;
}

/* Without the character that the limit cut. */
static struct text whole_characters(struct text t)
{
    for (size_t at = t.len > 3 ? t.len - 3 : 0; t.len == PASTE_LIMIT && at < t.len; at++)
        if (is_begun((const uint8_t *)t.data + at, t.len - at))
            t.len = at;
    return t;
}

static void clean_paste(struct buffer *out, const struct buffer *raw)
{
    struct text rest = whole_characters(buffer_as_text(raw));

    buffer_clear(out);
    while (rest.len > 0) {
        uint32_t point;
        bool valid;
        char character[4];
        size_t len = text_decode(rest.data, rest.len, &point, &valid);

        if (point == '\r' && rest.len > 1 && rest.data[1] == '\n')
            len = 2;
        if (point == '\r' || point == '\n')
            buffer_byte(out, '\n');
        else if (point == '\t' || !is_control(point))
            buffer_put(out, character, text_encode(point, character));
        rest.data += len;
        rest.len -= len;
    }
}

/* Moves what came into the paste; true at its end. */
static bool take_paste(struct input *input, struct key *key)
{
    static const char mark[] = "\x1b[201~";
    const uint8_t *data = input->bytes.data + input->start;
    size_t len = input->bytes.len - input->start;
    const uint8_t *end = memmem(data, len, mark, sizeof mark - 1);
    size_t part = end ? (size_t)(end - data) : len;
    size_t room = PASTE_LIMIT - input->raw.len;

    if (!end) { /* the mark may have begun */
        const uint8_t *escape = part > 0 ? memrchr(data, ESC, part) : NULL;

        if (escape && data + len - escape < (ptrdiff_t)(sizeof mark - 1))
            part = (size_t)(escape - data);
    }
    if (part > 0)
        buffer_put(&input->raw, data, part < room ? part : room);
    input->start += part + (end ? sizeof mark - 1 : 0);
    if (!end)
        return false;
    clean_paste(&input->paste, &input->raw);
    buffer_free(&input->raw);
    input->pasting = false;
    key->code = TKEY_PASTE;
    key->paste = buffer_as_text(&input->paste);
    return true;
}

bool input_next(struct input *input, struct key *out, bool over)
{
    while (input->start < input->bytes.len) {
        const uint8_t *data = input->bytes.data + input->start;
        size_t len = input->bytes.len - input->start;
        struct key key = { 0 };
        size_t taken = 1;

        if (input->pasting) {
            if (!take_paste(input, &key))
                return false;
        } else {
            if (data[0] == ESC)
                taken = take_escape(input, data, len, over, &key);
            else if (data[0] < 0x20 || data[0] == 0x7F)
                control_key(same_return(input, data[0]) ? 0 : data[0], &key);
            else if (is_aim(data, len)) {
                key.code = TKEY_SCAN;
                taken = 3;
            } else
                taken = take_character(data, len, &key);
            if (data[0] >= 0x20)
                input->after_return = false;
            input->start += taken;
        }
        if (taken == 0)
            return false;
        if (key.code != TKEY_NONE) {
            *out = key;
            return true;
        }
    }
    return false;
}

enum input_open input_open(const struct input *input)
{
    size_t len = input->bytes.len - input->start;

    if (input->pasting)
        return INPUT_UNENDED;
    if (len == 0)
        return INPUT_COMPLETE;
    if (input->bytes.data[input->start] != ESC)
        return INPUT_UNENDED;
    return len == 1 ? INPUT_ESCAPE : INPUT_SEQUENCE;
}
