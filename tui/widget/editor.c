#include "tui/widget/editor_parts.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/crypto.h"
#include "i18n/text.h"

enum {
    SECRET_BYTES = 1024, /* had at once, so that growing leaves no copies behind */
    UNDO_BYTES = 2 * 1024 * 1024,
};

struct text editor_text(const struct editor *editor)
{
    return buffer_as_text(&editor->text);
}

static size_t characters(struct text t)
{
    size_t count = 0;

    for (size_t i = 0; i < t.len; i++)
        count += ((uint8_t)t.data[i] & 0xC0) != 0x80;
    return count;
}

/* The offset itself, or the end of the cluster that it would divide. */
static size_t between_clusters(struct text t, size_t offset)
{
    size_t start, end;

    if (offset == 0 || offset >= t.len)
        return offset;
    start = offset - text_cluster_before(t, offset);
    end = start + text_cluster(t, start);
    return end > offset ? end : offset;
}

/* Undo: each change keeps what it took out and what it put in. */

static void change_drop(struct editor *editor, size_t i)
{
    editor->undo_bytes -= editor->changes[i].removed.len + editor->changes[i].inserted.len;
    buffer_free(&editor->changes[i].removed);
    buffer_free(&editor->changes[i].inserted);
}

static void undo_forget(struct editor *editor)
{
    for (size_t i = 0; i < editor->change_count; i++)
        change_drop(editor, i);
    editor->change_count = editor->changes_done = 0;
    editor->typing_run = false;
}

static void undo_free(struct editor *editor)
{
    undo_forget(editor);
    free(editor->changes);
    editor->changes = NULL;
    editor->change_room = 0;
}

/* The oldest go when there are too many, or when they hold too much. */
static void undo_trim(struct editor *editor)
{
    size_t drop = 0;

    while (editor->change_count - drop > EDITOR_UNDO ||
           (editor->undo_bytes > UNDO_BYTES && editor->change_count - drop > 1))
        change_drop(editor, drop++);
    if (drop == 0)
        return;
    memmove(editor->changes, editor->changes + drop,
            (editor->change_count - drop) * sizeof *editor->changes);
    editor->change_count -= drop;
    editor->changes_done -= drop;
}

static struct editor_change *undo_new(struct editor *editor)
{
    struct editor_change *change;

    while (editor->change_count > editor->changes_done)
        change_drop(editor, --editor->change_count);
    if (editor->change_count == editor->change_room) {
        editor->change_room = editor->change_room ? 2 * editor->change_room : 8;
        editor->changes =
            memory_grow(editor->changes, editor->change_room * sizeof *editor->changes);
    }
    change = &editor->changes[editor->change_count++];
    *change = (struct editor_change){ 0 };
    editor->changes_done = editor->change_count;
    return change;
}

/* A run of typed characters is one change. */
static void undo_record(struct editor *editor, size_t at, struct text removed,
                        struct text inserted, bool typed)
{
    size_t last = editor->change_count;
    struct editor_change *change;
    bool same_run = typed && editor->typing_run && removed.len == 0 && last > 0 &&
                    editor->changes_done == last &&
                    editor->changes[last - 1].at + editor->changes[last - 1].inserted.len == at;

    editor->typing_run = typed;
    if (editor->secret)
        return;
    change = same_run ? &editor->changes[last - 1] : undo_new(editor);
    if (!same_run) {
        change->at = at;
        change->before = editor->cursor;
        buffer_text(&change->removed, removed);
    }
    buffer_text(&change->inserted, inserted);
    editor->undo_bytes += removed.len + inserted.len;
    undo_trim(editor);
}

/* The text as it is from here on; `inserted` is none of it. */
static void splice(struct editor *editor, size_t at, size_t removed, struct text inserted)
{
    struct buffer *text = &editor->text;

    if (removed == 0 && inserted.len == 0)
        return;
    if (editor->secret && text->capacity == 0)
        buffer_reserve(text, SECRET_BYTES);
    buffer_reserve(text, inserted.len);
    if (at < editor->changed_from)
        editor->changed_from = at;
    if (text->len - at - removed < editor->unchanged_tail)
        editor->unchanged_tail = text->len - at - removed;
    if (text->len > at + removed)
        memmove(text->data + at + inserted.len, text->data + at + removed,
                text->len - at - removed);
    if (inserted.len > 0)
        memcpy(text->data + at, inserted.data, inserted.len);
    text->len = text->len - removed + inserted.len;
}

static void change(struct editor *editor, size_t at, size_t removed, struct text inserted,
                   bool typed)
{
    struct text old = { editor_text(editor).data + at, removed };

    undo_record(editor, at, old, inserted, typed);
    splice(editor, at, removed, inserted);
    editor->cursor = between_clusters(editor_text(editor), at + inserted.len);
}

static enum editor_result undo_go(struct editor *editor, bool back)
{
    struct editor_change *change;

    if (editor->secret ||
        (back ? editor->changes_done == 0 : editor->changes_done == editor->change_count))
        return EDITOR_IGNORED;
    editor->typing_run = false;
    if (back) {
        change = &editor->changes[--editor->changes_done];
        splice(editor, change->at, change->inserted.len, buffer_as_text(&change->removed));
        editor->cursor = change->before;
    } else {
        change = &editor->changes[editor->changes_done++];
        splice(editor, change->at, change->removed.len, buffer_as_text(&change->inserted));
        editor->cursor =
            between_clusters(editor_text(editor), change->at + change->inserted.len);
    }
    return EDITOR_CHANGED;
}

/* The text as a whole */

void editor_init(struct editor *editor)
{
    *editor = (struct editor){ .goal = -1, .limit = EDITOR_LINE };
}

static void wipe(struct editor *editor)
{
    if (editor->secret && editor->text.data)
        secret_clear(editor->text.data, editor->text.capacity);
}

void editor_free(struct editor *editor)
{
    undo_free(editor);
    wipe(editor);
    buffer_free(&editor->text);
    buffer_free(&editor->wrapped);
    editor->cursor = 0;
}

void editor_set(struct editor *editor, struct text text)
{
    wipe(editor);
    buffer_clear(&editor->text);
    buffer_text(&editor->text, text);
    editor->cursor = text.len;
    editor->first = 0;
    editor->goal = -1;
    editor->wrapped_columns = 0;
    undo_forget(editor);
}

void editor_replace(struct editor *editor, struct text text)
{
    if (text_equal(text, editor_text(editor)) || (text.len == 0 && editor->text.len == 0))
        return;
    change(editor, 0, editor->text.len, text, false);
    editor->first = 0;
    editor->goal = -1;
}

static enum editor_result erase_between(struct editor *editor, size_t from, size_t to)
{
    if (from >= to)
        return EDITOR_IGNORED;
    change(editor, from, to - from, (struct text){ 0 }, false);
    return EDITOR_CHANGED;
}

/* Taking what is typed */

/* Appends one character as the field wants it, or nothing where no field may keep it. */
static void take_point(struct buffer *out, const struct editor *editor, uint32_t point)
{
    enum text_lines lines = editor->lines ? TEXT_KEEP_LINES : TEXT_ONE_LINE;
    size_t start = out->len;
    char bytes[4];
    struct text t;

    if (point == '\t' || (point == '\n' && !editor->lines))
        point = ' ';
    t = (struct text){ bytes, text_encode(point, bytes) };
    if (t.len == 0 || !text_acceptable(t, lines))
        return;
    if (!editor->half_width && !editor->upper) {
        buffer_text(out, t);
        return;
    }
    text_to_halfwidth(out, t);
    if (editor->upper && out->data[start] >= 'a' && out->data[start] <= 'z')
        out->data[start] = (uint8_t)(out->data[start] - 'a' + 'A');
}

/* The part of `t` that the limit leaves room for, cut between clusters. */
static struct text within_limit(const struct editor *editor, struct text t)
{
    size_t held = characters(editor_text(editor)), room, at = 0;

    if (editor->limit == 0)
        return t;
    room = held < editor->limit ? editor->limit - held : 0;
    while (at < t.len) {
        size_t bytes = text_cluster(t, at);
        size_t count = characters((struct text){ t.data + at, bytes });

        if (count > room)
            break;
        room -= count;
        at += bytes;
    }
    return (struct text){ t.data, at };
}

static enum editor_result take(struct editor *editor, struct text t, bool typed)
{
    struct text fits = within_limit(editor, t);

    if (t.len == 0)
        return EDITOR_IGNORED;
    if (fits.len > 0)
        change(editor, editor->cursor, 0, fits, typed);
    return fits.len < t.len ? EDITOR_FULL : EDITOR_CHANGED;
}

static enum editor_result take_character(struct editor *editor, uint32_t point)
{
    AUTO_BUFFER struct buffer taken = { 0 };
    enum editor_result result;

    take_point(&taken, editor, point);
    result = take(editor, buffer_as_text(&taken), true);
    if (point == ' ' || point == '\n')
        editor->typing_run = false; /* a word is undone at a time */
    return result;
}

/* What is far over the limit is not even looked at: ten megabytes must not be felt. */
static enum editor_result take_paste(struct editor *editor, struct text paste)
{
    AUTO_BUFFER struct buffer taken = { 0 };
    size_t most = editor->limit > 0 ? 8 * (editor->limit + 1) : SIZE_MAX;

    if (!editor->lines)
        while (paste.len > 0 && paste.data[paste.len - 1] == '\n')
            paste.len--;
    for (size_t at = 0; at < paste.len && taken.len < most;) {
        uint32_t point;
        bool valid;

        at += text_decode(paste.data + at, paste.len - at, &point, &valid);
        if (valid)
            take_point(&taken, editor, point);
    }
    return take(editor, buffer_as_text(&taken), false);
}

/* Moving */

enum editor_result editor_move(struct editor *editor, size_t offset)
{
    if (offset == editor->cursor)
        return EDITOR_IGNORED;
    editor->cursor = offset;
    editor->typing_run = false;
    return EDITOR_MOVED;
}

static size_t line_start(const struct editor *editor)
{
    size_t at = editor->cursor;

    while (editor->lines && at > 0 && editor->text.data[at - 1] != '\n')
        at--;
    return editor->lines ? at : 0;
}

static size_t line_end(const struct editor *editor)
{
    size_t at = editor->cursor;

    while (editor->lines && at < editor->text.len && editor->text.data[at] != '\n')
        at++;
    return editor->lines ? at : editor->text.len;
}

/* Where the word before the cursor begins: blanks, then clusters of one width (so that Latin
 * letters between Chinese go alone). */
static size_t word_start(const struct editor *editor)
{
    struct text t = editor_text(editor);
    size_t at = editor->cursor;
    int width = -1;

    while (at > 0 && (t.data[at - 1] == ' ' || t.data[at - 1] == '\n'))
        at--;
    while (at > 0) {
        size_t bytes = text_cluster_before(t, at);
        struct text cluster = { t.data + at - bytes, bytes };

        if (cluster.data[0] == ' ' || cluster.data[0] == '\n' ||
            (width >= 0 && text_cluster_width(cluster) != width))
            break;
        width = text_cluster_width(cluster);
        at -= bytes;
    }
    return at;
}

enum editor_result editor_erase_rest(struct editor *editor)
{
    return erase_between(editor, editor->cursor, line_end(editor));
}

/* ---- finding ---- */

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool stands_at(struct text t, size_t at, struct text words)
{
    for (size_t i = 0; i < words.len; i++)
        if (small(t.data[at + i]) != small(words.data[i]))
            return false;
    return true;
}

bool editor_find(struct editor *editor, struct text words, bool here)
{
    struct text t = editor_text(editor);
    size_t start = editor->cursor + (here ? 0 : 1);

    if (words.len == 0 || words.len > t.len)
        return false;
    for (size_t i = 0; i <= t.len; i++) {
        size_t at = (start + i) % (t.len + 1);

        if (at + words.len <= t.len && stands_at(t, at, words)) {
            editor_move(editor, at);
            editor->goal = -1;
            return true;
        }
    }
    return false;
}

/* Keys */

static enum editor_result key_in_lines(struct editor *editor, const struct key *key)
{
    int page = editor->rows > 1 ? editor->rows - 1 : 1;

    switch (key->code) {
    case TKEY_UP:
        return editor_move_rows(editor, -1);
    case TKEY_DOWN:
        return editor_move_rows(editor, 1);
    case TKEY_PAGE_UP:
        return editor_move_rows(editor, -page);
    case TKEY_PAGE_DOWN:
        return editor_move_rows(editor, page);
    case TKEY_ENTER:
        return take_character(editor, '\n');
    default:
        return EDITOR_IGNORED;
    }
}

static enum editor_result key_erases(struct editor *editor, const struct key *key)
{
    struct text t = editor_text(editor);
    size_t at = editor->cursor;

    switch (key->code) {
    case TKEY_BACKSPACE:
        return erase_between(editor, at - text_cluster_before(t, at), at);
    case TKEY_DELETE:
        return erase_between(editor, at, at + text_cluster(t, at));
    case TKEY_CTRL_W:
        return erase_between(editor, word_start(editor), at);
    case TKEY_CTRL_U:
        return erase_between(editor, 0, t.len);
    case TKEY_CTRL_K:
        return editor_erase_rest(editor);
    case TKEY_CTRL_Z:
        return undo_go(editor, true);
    case TKEY_CTRL_Y:
        return undo_go(editor, false);
    default:
        return editor->lines ? key_in_lines(editor, key) : EDITOR_IGNORED;
    }
}

static enum editor_result key_taken(struct editor *editor, const struct key *key)
{
    struct text t = editor_text(editor);
    size_t at = editor->cursor;

    switch (key->code) {
    case TKEY_CHARACTER:
        return take_character(editor, key->point);
    case TKEY_PASTE:
        return take_paste(editor, key->paste);
    case TKEY_LEFT:
        return editor_move(editor, at - text_cluster_before(t, at));
    case TKEY_RIGHT:
        return editor_move(editor, at + text_cluster(t, at));
    case TKEY_HOME:
        return editor_move(editor, line_start(editor));
    case TKEY_END:
        return editor_move(editor, line_end(editor));
    default:
        return key_erases(editor, key);
    }
}

enum editor_result editor_key(struct editor *editor, const struct key *key)
{
    bool vertical = key->code == TKEY_UP || key->code == TKEY_DOWN ||
                    key->code == TKEY_PAGE_UP || key->code == TKEY_PAGE_DOWN;

    if (!vertical)
        editor->goal = -1;
    return key_taken(editor, key);
}
