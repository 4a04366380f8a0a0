#include "tui/widget/editor.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/crypto.h"
#include "i18n/text.h"

enum { SECRET_BYTES = 1024 }; /* had at once, so that growing leaves no copies behind */

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

/* Undo: the states are whole texts; undo[undo_at] is the one on the screen. */

static void state_drop(struct editor_state *state)
{
    free(state->text);
    *state = (struct editor_state){ 0 };
}

static void state_take(struct editor_state *state, const struct editor *editor)
{
    state_drop(state);
    state->len = editor->text.len;
    state->cursor = editor->cursor;
    state->text = memory_new(state->len + 1);
    if (state->len > 0)
        memcpy(state->text, editor->text.data, state->len);
}

static void undo_forget(struct editor *editor)
{
    for (int i = 0; i < editor->undo_count; i++)
        state_drop(&editor->undo[i]);
    editor->undo_count = 0;
    editor->undo_at = 0;
    editor->typing_run = false;
}

static void undo_start(struct editor *editor)
{
    undo_forget(editor);
    state_take(&editor->undo[0], editor);
    editor->undo_count = 1;
}

/* After a change. A run of typed characters is one state. */
static void undo_record(struct editor *editor, bool typed)
{
    bool same_run = typed && editor->typing_run && editor->undo_at == editor->undo_count - 1;

    editor->typing_run = typed;
    if (editor->secret)
        return;
    if (!same_run) {
        while (editor->undo_count > editor->undo_at + 1)
            state_drop(&editor->undo[--editor->undo_count]);
        if (editor->undo_count == EDITOR_UNDO) {
            state_drop(&editor->undo[0]);
            memmove(editor->undo, editor->undo + 1, (EDITOR_UNDO - 1) * sizeof *editor->undo);
            editor->undo[EDITOR_UNDO - 1] = (struct editor_state){ 0 };
            editor->undo_count--;
        }
        editor->undo_at = editor->undo_count++;
    }
    state_take(&editor->undo[editor->undo_at], editor);
}

static enum editor_result undo_go(struct editor *editor, int step)
{
    int at = editor->undo_at + step;
    const struct editor_state *state;

    if (editor->secret || at < 0 || at >= editor->undo_count)
        return EDITOR_IGNORED;
    editor->undo_at = at;
    editor->typing_run = false;
    state = &editor->undo[at];
    buffer_clear(&editor->text);
    buffer_put(&editor->text, state->text, state->len);
    editor->cursor = state->cursor;
    return EDITOR_CHANGED;
}

/* The text as a whole */

void editor_init(struct editor *editor)
{
    *editor = (struct editor){ .goal = -1 };
    undo_start(editor);
}

static void wipe(struct editor *editor)
{
    if (editor->secret && editor->text.data)
        secret_clear(editor->text.data, editor->text.capacity);
}

void editor_free(struct editor *editor)
{
    undo_forget(editor);
    wipe(editor);
    buffer_free(&editor->text);
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
    undo_start(editor);
}

void editor_replace(struct editor *editor, struct text text)
{
    if (text_equal(text, editor_text(editor)))
        return;
    buffer_clear(&editor->text);
    buffer_text(&editor->text, text);
    editor->cursor = text.len;
    editor->first = 0;
    editor->goal = -1;
    undo_record(editor, false);
}

static void erase(struct editor *editor, size_t from, size_t to)
{
    struct buffer *text = &editor->text;

    memmove(text->data + from, text->data + to, text->len - to);
    text->len -= to - from;
    editor->cursor = between_clusters(editor_text(editor), from);
}

static enum editor_result erase_between(struct editor *editor, size_t from, size_t to)
{
    if (from >= to)
        return EDITOR_IGNORED;
    erase(editor, from, to);
    undo_record(editor, false);
    return EDITOR_CHANGED;
}

static void insert(struct editor *editor, struct text t)
{
    struct buffer *text = &editor->text;

    if (editor->secret && text->capacity == 0)
        buffer_reserve(text, SECRET_BYTES);
    buffer_reserve(text, t.len);
    memmove(text->data + editor->cursor + t.len, text->data + editor->cursor,
            text->len - editor->cursor);
    memcpy(text->data + editor->cursor, t.data, t.len);
    text->len += t.len;
    editor->cursor = between_clusters(editor_text(editor), editor->cursor + t.len);
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
    if (fits.len > 0) {
        insert(editor, fits);
        undo_record(editor, typed);
    }
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

static enum editor_result take_paste(struct editor *editor, struct text paste)
{
    AUTO_BUFFER struct buffer taken = { 0 };

    if (!editor->lines)
        while (paste.len > 0 && paste.data[paste.len - 1] == '\n')
            paste.len--;
    for (size_t at = 0; at < paste.len;) {
        uint32_t point;
        bool valid;

        at += text_decode(paste.data + at, paste.len - at, &point, &valid);
        if (valid)
            take_point(&taken, editor, point);
    }
    return take(editor, buffer_as_text(&taken), false);
}

/* Moving */

static enum editor_result move_to(struct editor *editor, size_t offset)
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

/* Columns and rows */

/* As the gate shows it: a mark without a base takes a column. */
static int cluster_columns(const struct editor *editor, struct text cluster)
{
    AUTO_BUFFER struct buffer safe = { 0 };
    int width = text_cluster_width(cluster);

    if (editor->secret)
        return 1;
    if (width > 0)
        return width;
    text_safe(&safe, cluster, TEXT_ONE_LINE);
    return text_width(buffer_as_text(&safe));
}

static int columns_between(const struct editor *editor, size_t from, size_t to)
{
    struct text t = { editor_text(editor).data, to };
    int columns = 0;

    while (from < to) {
        size_t bytes = text_cluster(t, from);

        columns += cluster_columns(editor, (struct text){ t.data + from, bytes });
        from += bytes;
    }
    return columns;
}

struct row {
    size_t start, end;
}; /* what is shown; blanks at the end of a row are not */

/* The rows as they wrap; the last column is the cursor's at the end of a row. */
static size_t rows_of(struct buffer *out, const struct editor *editor, int columns)
{
    struct text whole = editor_text(editor), rest = whole, line;

    while (text_wrap(&rest, columns - 1, &line)) {
        size_t start = (size_t)(line.data - whole.data);

        buffer_put(out, &(struct row){ start, start + line.len }, sizeof(struct row));
    }
    if (whole.len == 0 || whole.data[whole.len - 1] == '\n')
        buffer_put(out, &(struct row){ whole.len, whole.len }, sizeof(struct row));
    return out->len / sizeof(struct row);
}

static struct row row_at(const struct buffer *rows, size_t i)
{
    struct row row;

    memcpy(&row, rows->data + i * sizeof row, sizeof row);
    return row;
}

static size_t row_of_cursor(const struct buffer *rows, size_t count, size_t cursor)
{
    size_t i = count - 1;

    while (i > 0 && row_at(rows, i).start > cursor)
        i--;
    return i;
}

int editor_rows(const struct editor *editor, int columns)
{
    AUTO_BUFFER struct buffer rows = { 0 };

    return editor->lines ? (int)rows_of(&rows, editor, columns) : 1;
}

/* The place in a row that is nearest to a column. */
static size_t offset_in_row(const struct editor *editor, const struct buffer *rows,
                            size_t count, size_t i, int column)
{
    struct text t = editor_text(editor);
    struct row row = row_at(rows, i);
    size_t at = row.start, last = row.start;
    int used = 0;

    while (at < row.end && used < column) {
        size_t bytes = text_cluster(t, at);

        used += cluster_columns(editor, (struct text){ t.data + at, bytes });
        last = at;
        at += bytes;
    }
    /* The end of a row that goes on without a blank is the start of the next one. */
    return i + 1 < count && at > row.start && row_at(rows, i + 1).start == at ? last : at;
}

/* Up and down by rows; ignored where there is no further one. */
static enum editor_result move_rows(struct editor *editor, int step)
{
    AUTO_BUFFER struct buffer rows = { 0 };
    size_t count = rows_of(&rows, editor, editor->columns > 0 ? editor->columns : 80);
    size_t now = row_of_cursor(&rows, count, editor->cursor);
    long to = (long)now + step;
    int goal = editor->goal;
    enum editor_result result;

    if (goal < 0)
        goal = columns_between(editor, row_at(&rows, now).start, editor->cursor);
    to = to < 0 ? 0 : to >= (long)count ? (long)count - 1 : to;
    if (to == (long)now)
        return EDITOR_IGNORED;
    result = move_to(editor, offset_in_row(editor, &rows, count, (size_t)to, goal));
    editor->goal = goal;
    return result == EDITOR_IGNORED ? EDITOR_MOVED : result;
}

void editor_point(struct editor *editor, int row, int column)
{
    AUTO_BUFFER struct buffer rows = { 0 };
    size_t count, to;

    if (!editor->lines) {
        struct row whole = { 0, editor->text.len };

        buffer_put(&rows, &whole, sizeof whole);
        move_to(editor, offset_in_row(editor, &rows, 1, 0, column + editor->first));
        return;
    }
    count = rows_of(&rows, editor, editor->columns > 0 ? editor->columns : 80);
    to = (size_t)(row + editor->first);
    move_to(editor, offset_in_row(editor, &rows, count, to < count ? to : count - 1, column));
    editor->goal = -1;
}

/* Keys */

static enum editor_result key_in_lines(struct editor *editor, const struct key *key)
{
    int page = editor->rows > 1 ? editor->rows - 1 : 1;

    switch (key->code) {
    case TKEY_UP:
        return move_rows(editor, -1);
    case TKEY_DOWN:
        return move_rows(editor, 1);
    case TKEY_PAGE_UP:
        return move_rows(editor, -page);
    case TKEY_PAGE_DOWN:
        return move_rows(editor, page);
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
        return undo_go(editor, -1);
    case TKEY_CTRL_Y:
        return undo_go(editor, 1);
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
        return move_to(editor, at - text_cluster_before(t, at));
    case TKEY_RIGHT:
        return move_to(editor, at + text_cluster(t, at));
    case TKEY_HOME:
        return move_to(editor, line_start(editor));
    case TKEY_END:
        return move_to(editor, line_end(editor));
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
    /* Undo leads back to where the person was, not to where the last change ended. */
    if (!editor->typing_run && key->code != TKEY_CTRL_Z && key->code != TKEY_CTRL_Y &&
        editor->undo_count > 0)
        editor->undo[editor->undo_at].cursor = editor->cursor;
    return key_taken(editor, key);
}

/* Drawing */

/* The part of one row of text from column `first` on; half of a wide character is a space. */
static void draw_from(const struct editor *editor, struct canvas *canvas, struct rect place,
                      struct row row, int first, enum role role)
{
    struct text t = editor_text(editor);
    int column = 0, end = first + place.columns;

    for (size_t at = row.start; at < row.end && column < end;) {
        struct text cluster = { t.data + at, text_cluster(t, at) };
        int width = cluster_columns(editor, cluster);

        if (column >= first && column + width <= end)
            canvas_put(canvas, place.row, place.column + column - first, width,
                       editor->secret ? TEXT("*") : cluster, role);
        column += width;
        at += cluster.len;
    }
}

/* Scrolls by a third of the place, so that not every key moves the whole line. */
static void scroll_line(struct editor *editor, int columns)
{
    struct text t = editor_text(editor);
    size_t next = text_cluster(t, editor->cursor);
    int cursor = columns_between(editor, 0, editor->cursor);
    int under = columns_between(editor, editor->cursor, editor->cursor + next);
    int whole = cursor + columns_between(editor, editor->cursor, t.len) + 1;

    under = under < 1 ? 1 : under; /* the end of the text, too, takes a column */
    if (cursor < editor->first)
        editor->first = cursor - columns / 3;
    if (cursor + under > editor->first + columns)
        editor->first = cursor + under - columns + columns / 3;
    if (editor->first > whole - columns)
        editor->first = whole - columns;
    if (editor->first < 0)
        editor->first = 0;
}

static void draw_line(struct editor *editor, struct canvas *canvas, struct rect place,
                      enum role role, bool focused)
{
    if (focused)
        scroll_line(editor, place.columns);
    draw_from(editor, canvas, place, (struct row){ 0, editor->text.len },
              focused ? editor->first : 0, role);
    if (focused)
        canvas_cursor(canvas, place.row,
                      place.column + columns_between(editor, 0, editor->cursor) -
                          editor->first);
}

static void draw_lines(struct editor *editor, struct canvas *canvas, struct rect place,
                       enum role role, bool focused)
{
    AUTO_BUFFER struct buffer rows = { 0 };
    int count = (int)rows_of(&rows, editor, place.columns);
    int at = (int)row_of_cursor(&rows, (size_t)count, editor->cursor);
    int first = 0, column;

    if (focused) {
        if (at < editor->first)
            editor->first = at;
        if (at >= editor->first + place.rows)
            editor->first = at - place.rows + 1;
        if (editor->first > count - place.rows)
            editor->first = count > place.rows ? count - place.rows : 0;
        first = editor->first;
    }
    for (int i = 0; i < place.rows && first + i < count; i++)
        draw_from(editor, canvas,
                  (struct rect){ place.row + i, place.column, 1, place.columns },
                  row_at(&rows, (size_t)(first + i)), 0, role);
    if (!focused)
        return;
    column = columns_between(editor, row_at(&rows, (size_t)at).start, editor->cursor);
    canvas_cursor(canvas, place.row + at - first,
                  place.column + (column < place.columns ? column : place.columns - 1));
}

void editor_draw(struct editor *editor, struct canvas *canvas, struct rect place,
                 enum role role, bool focused)
{
    if (place.rows < 1 || place.columns < 1)
        return;
    editor->columns = place.columns;
    editor->rows = place.rows;
    canvas_fill(canvas, place, role);
    if (editor->lines)
        draw_lines(editor, canvas, place, role, focused);
    else
        draw_line(editor, canvas, place, role, focused);
}
