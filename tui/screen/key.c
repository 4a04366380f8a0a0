#include "tui/screen/key.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "i18n/text.h"

#define KEY_ROW(symbol, name) { TKEY_##symbol, name },
static const struct named_key {
    enum key_code code;
    const char *name;
} named_keys[] = { KEYS(KEY_ROW) };
#undef KEY_ROW

/* Keys that a terminal cannot tell from these. */
static enum key_code without_alias(enum key_code code)
{
    switch (code) {
    case TKEY_CTRL('H'):
        return TKEY_BACKSPACE;
    case TKEY_CTRL('I'):
        return TKEY_TAB;
    case TKEY_CTRL('J'):
    case TKEY_CTRL('M'):
        return TKEY_ENTER;
    default:
        return code;
    }
}

static const char *code_name(enum key_code code)
{
    for (size_t i = 0; i < sizeof named_keys / sizeof named_keys[0]; i++)
        if (named_keys[i].code == code)
            return named_keys[i].name;
    switch (code) {
    case TKEY_PASTE:
        return "Paste";
    case TKEY_MOUSE:
        return "Mouse";
    case TKEY_RESIZE:
        return "Resize";
    case TKEY_HANGUP:
        return "Hangup";
    default:
        return "";
    }
}

void key_text(char out[16], const struct key *key)
{
    if (key->code == TKEY_CHARACTER && key->point != ' ') {
        out[text_encode(key->point, out)] = '\0';
    } else if (key->code == TKEY_CHARACTER) {
        snprintf(out, 16, "Space");
    } else if (key->code >= TKEY_CTRL_A && key->code <= TKEY_CTRL_Z) {
        snprintf(out, 16, "Ctrl+%c", 'A' + (char)(key->code - TKEY_CTRL_A));
    } else {
        snprintf(out, 16, "%s", code_name(key->code));
    }
}

static bool same_name(struct text t, const char *name)
{
    return t.len == strlen(name) && strncasecmp(t.data, name, t.len) == 0;
}

static bool key_of_name(struct key *out, struct text name)
{
    static const struct {
        const char *name;
        uint32_t point;
    } characters[] = { { "Space", ' ' }, { "lt", '<' } };
    char letter;

    *out = (struct key){ 0 };
    for (size_t i = 0; i < sizeof named_keys / sizeof named_keys[0]; i++)
        if (same_name(name, named_keys[i].name)) {
            out->code = named_keys[i].code;
            return true;
        }
    for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++)
        if (same_name(name, characters[i].name)) {
            out->code = TKEY_CHARACTER;
            out->point = characters[i].point;
            return true;
        }
    if (name.len != 6 || strncasecmp(name.data, "Ctrl+", 5) != 0)
        return false;
    letter = (char)(name.data[5] & ~0x20);
    if (letter < 'A' || letter > 'Z')
        return false;
    out->code = without_alias(TKEY_CTRL(letter));
    return true;
}

/* "*3" at the end of a name; without it once. False: a count that is none. */
static bool take_count(struct text *name, int *count)
{
    const char *star = memrchr(name->data, '*', name->len);
    int number = 0;

    *count = 1;
    if (!star)
        return true;
    for (const char *digit = star + 1; digit < name->data + name->len; digit++) {
        if (*digit < '0' || *digit > '9' || number > 9999)
            return false;
        number = number * 10 + (*digit - '0');
    }
    name->len = (size_t)(star - name->data);
    *count = number;
    return number > 0 && number <= 9999;
}

bool key_script(struct key *out, int *count, struct text *rest)
{
    struct text name = *rest;
    const char *end;

    if (rest->len == 0)
        return false;
    if (rest->data[0] != '<') {
        bool valid;
        uint32_t point;
        size_t len = text_decode(rest->data, rest->len, &point, &valid);

        if (!valid || point < 0x20 || (point >= 0x7F && point < 0xA0))
            return false;
        *out = (struct key){ .code = TKEY_CHARACTER, .point = point };
        *count = 1;
        rest->data += len;
        rest->len -= len;
        return true;
    }
    end = memchr(rest->data, '>', rest->len);
    if (!end)
        return false;
    name.data = rest->data + 1;
    name.len = (size_t)(end - name.data);
    if (!take_count(&name, count) || !key_of_name(out, name))
        return false;
    rest->len -= (size_t)(end + 1 - rest->data);
    rest->data = end + 1;
    return true;
}

bool key_moves(const struct key *key, int count, int page, int *at)
{
    int to = *at;

    switch (key->code) {
    case TKEY_UP:
        to--;
        break;
    case TKEY_DOWN:
        to++;
        break;
    case TKEY_PAGE_UP:
        to -= page;
        break;
    case TKEY_PAGE_DOWN:
        to += page;
        break;
    case TKEY_HOME:
        to = 0;
        break;
    case TKEY_END:
        to = count - 1;
        break;
    default:
        return false;
    }
    to = to < count ? to : count - 1;
    *at = to < 0 ? 0 : to;
    return true;
}
