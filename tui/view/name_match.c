#include "tui/view/name_match.h"

#include "i18n/fold.h"

enum {
    BEGINNING = 9000,
    WORDS = 8000,
    PART = 7000,
    ANY_WORDS = 6000,
    SCATTERED = 4000,
    LENGTH_MOST = 200,
    GAPS_MOST = 30,
    GAP = 50
};

static bool is_break(char byte)
{
    return byte == ' ' || byte == '-' || byte == '_' || byte == '(' || byte == '/' ||
           byte == ',';
}

/* The next word and what follows it; a Chinese name is one word. */
static struct text next_word(struct text *rest)
{
    struct text word;

    while (rest->len > 0 && is_break(*rest->data)) {
        rest->data++;
        rest->len--;
    }
    word = (struct text){ rest->data, 0 };
    while (word.len < rest->len && !is_break(word.data[word.len]))
        word.len++;
    rest->data += word.len;
    rest->len -= word.len;
    return word;
}

static bool words_in_order(struct text name, struct text typed)
{
    for (struct text wanted = next_word(&typed); wanted.len > 0; wanted = next_word(&typed)) {
        struct text word = next_word(&name);

        while (word.len > 0 && !text_starts(word, wanted))
            word = next_word(&name);
        if (word.len == 0)
            return false;
    }
    return true;
}

static bool words_in_any_order(struct text name, struct text typed)
{
    for (struct text wanted = next_word(&typed); wanted.len > 0; wanted = next_word(&typed)) {
        struct text rest = name, word = next_word(&rest);

        while (word.len > 0 && !text_starts(word, wanted))
            word = next_word(&rest);
        if (word.len == 0)
            return false;
    }
    return true;
}

/* Bytes of the character that begins here. */
static size_t character(struct text t, size_t at)
{
    size_t len = 1;

    while (at + len < t.len && ((unsigned char)t.data[at + len] & 0xC0) == 0x80)
        len++;
    return len;
}

/* The characters in order, from the beginning of a word or from any Chinese character; how many are passed over, -1: no. */
static int gaps_from(struct text name, size_t at, struct text typed)
{
    size_t wanted = 0;
    int gaps = 0;

    while (wanted < typed.len) {
        struct text one = { typed.data + wanted, character(typed, wanted) };

        if (is_break(*one.data)) {
            wanted += one.len;
            continue;
        }
        while (at < name.len &&
               !text_equal((struct text){ name.data + at, character(name, at) }, one)) {
            at += character(name, at);
            gaps++;
        }
        if (at >= name.len)
            return -1;
        at += one.len;
        wanted += one.len;
    }
    return gaps;
}

static int scattered(struct text name, struct text typed)
{
    int fewest = -1;

    if (typed.len < 2)
        return 0;
    for (size_t at = 0; at < name.len; at += character(name, at)) {
        bool begins = at == 0 || is_break(name.data[at - 1]) || (name.data[at] & 0x80) != 0;
        int gaps = begins && name.data[at] == typed.data[0] ? gaps_from(name, at, typed) : -1;

        if (gaps >= 0 && (fewest < 0 || gaps < fewest))
            fewest = gaps;
    }
    return fewest < 0 || fewest > GAPS_MOST ? 0 : SCATTERED - fewest * GAP;
}

int name_match(struct text name, struct text typed)
{
    int shorter = name.len < LENGTH_MOST ? LENGTH_MOST - (int)name.len : 0;
    int score;

    if (text_equal(name, typed))
        return NAME_EXACT;
    if (text_starts(name, typed))
        return BEGINNING + shorter;
    if (words_in_order(name, typed))
        return WORDS + shorter;
    if (fold_contains(name, typed))
        return PART + shorter;
    if (words_in_any_order(name, typed))
        return ANY_WORDS + shorter;
    score = scattered(name, typed);
    return score > 0 ? score + shorter : 0;
}
