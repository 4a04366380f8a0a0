#include "i18n/difference.h"

#include <string.h>

#include "i18n/text.h"

struct words {
    struct text *items;
    size_t count;
};

static bool is_letter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static struct words split(struct text t, struct arena *arena)
{
    struct words words = { arena_array(arena, t.len + 1, sizeof *words.items), 0 };
    size_t at = 0;

    while (at < t.len) {
        size_t len = text_cluster(t, at);

        while (is_letter(t.data[at]) && at + len < t.len && is_letter(t.data[at + len]))
            len++;
        words.items[words.count++] = (struct text){ t.data + at, len };
        at += len;
    }
    return words;
}

struct making {
    struct difference *parts;
    size_t count;
};

/* Parts of one kind that touch are one. */
static void put(struct making *m, enum difference_kind kind, struct text word)
{
    struct difference *last = m->count > 0 ? &m->parts[m->count - 1] : NULL;

    if (word.len == 0)
        return;
    if (last && last->kind == kind && last->text.data + last->text.len == word.data)
        last->text.len += word.len;
    else
        m->parts[m->count++] = (struct difference){ kind, word };
}

static void put_words(struct making *m, enum difference_kind kind, const struct text *words,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        put(m, kind, words[i]);
}

/* The longest common run of words, by the table of lengths from each pair of places to the ends. */
static void middle(struct making *m, const struct text *a, size_t na, const struct text *b,
                   size_t nb, struct arena *arena)
{
    size_t wide = nb + 1, i = 0, k = 0;
    uint16_t *common;

    if (na > DIFFERENCE_WORDS || nb > DIFFERENCE_WORDS) {
        put_words(m, DIFFERENCE_GONE, a, na);
        put_words(m, DIFFERENCE_NEW, b, nb);
        return;
    }
    common = arena_array(arena, (na + 1) * wide, sizeof *common);
    for (size_t x = na; x-- > 0;)
        for (size_t y = nb; y-- > 0;) {
            uint16_t down = common[(x + 1) * wide + y], right = common[x * wide + y + 1];

            common[x * wide + y] = text_equal(a[x], b[y])
                                       ? (uint16_t)(common[(x + 1) * wide + y + 1] + 1)
                                   : down > right ? down
                                                  : right;
        }
    while (i < na && k < nb) {
        if (text_equal(a[i], b[k])) {
            put(m, DIFFERENCE_SAME, a[i++]);
            k++;
        } else if (common[(i + 1) * wide + k] >= common[i * wide + k + 1]) {
            put(m, DIFFERENCE_GONE, a[i++]);
        } else {
            put(m, DIFFERENCE_NEW, b[k++]);
        }
    }
    put_words(m, DIFFERENCE_GONE, a + i, na - i);
    put_words(m, DIFFERENCE_NEW, b + k, nb - k);
}

void text_difference(struct text old, struct text new, struct arena *arena,
                     struct difference **out, size_t *count)
{
    struct words a = split(old, arena), b = split(new, arena);
    struct making m = { arena_array(arena, a.count + b.count + 1, sizeof *m.parts), 0 };
    size_t start = 0, end = 0;

    while (start < a.count && start < b.count && text_equal(a.items[start], b.items[start]))
        start++;
    while (end < a.count - start && end < b.count - start &&
           text_equal(a.items[a.count - 1 - end], b.items[b.count - 1 - end]))
        end++;
    put_words(&m, DIFFERENCE_SAME, a.items, start);
    middle(&m, a.items + start, a.count - start - end, b.items + start, b.count - start - end,
           arena);
    put_words(&m, DIFFERENCE_SAME, a.items + a.count - end, end);
    *out = m.parts;
    *count = m.count;
}

/* ---- for reading ---- */

/* The end of a text that takes at most so many columns. */
static struct text tail(struct text t, int columns)
{
    size_t at = t.len;
    int used = 0;

    while (at > 0) {
        size_t len = text_cluster_before(t, at);
        int width = text_cluster_width((struct text){ t.data + at - len, len });

        if (used + width > columns)
            break;
        used += width;
        at -= len;
    }
    return (struct text){ t.data + at, t.len - at };
}

static void put_same(struct buffer *out, struct text same, bool first, bool last, int around)
{
    int used;
    struct text begin = text_clip(same, last || !first ? around : 0, &used),
                end = tail(same, first || !last ? around : 0);

    if (first)
        begin.len = 0;
    if (last)
        end.len = 0;
    if (begin.len + end.len >= same.len) {
        buffer_text(out, same);
        return;
    }
    buffer_text(out, begin);
    buffer_string(out, first ? ".. " : last ? " .." : " .. ");
    buffer_text(out, end);
}

struct text difference_shown(const struct difference *parts, size_t count, int around,
                             struct arena *arena)
{
    AUTO_BUFFER struct buffer out = { 0 };

    for (size_t i = 0; i < count; i++) {
        if (parts[i].kind == DIFFERENCE_SAME) {
            put_same(&out, parts[i].text, i == 0, i + 1 == count, around);
            continue;
        }
        buffer_string(&out, parts[i].kind == DIFFERENCE_GONE ? "[-" : "{+");
        buffer_text(&out, parts[i].text);
        buffer_string(&out, parts[i].kind == DIFFERENCE_GONE ? "-]" : "+}");
    }
    return arena_text(arena, buffer_as_text(&out));
}
