/* The rows of an editor as they wrap, the places in them, and how they are drawn. */
#include "tui/widget/editor_parts.h"

#include <string.h>

#include "i18n/text.h"

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

/* Rows of what has not changed at the end of the text follow as they were. True: `start` begins them. */
static bool rows_follow(struct buffer *out, const struct editor *editor,
                        const struct buffer *old, size_t start)
{
    size_t count = old->len / sizeof(struct row);
    size_t before = start + editor->wrapped_len - editor->text.len, i;

    if (editor->text.len - start > editor->unchanged_tail || count == 0)
        return false;
    i = row_of_cursor(old, count, before);
    if (row_at(old, i).start != before)
        return false;
    for (; i < count; i++) {
        struct row row = row_at(old, i);

        row.start = row.start + editor->text.len - editor->wrapped_len;
        row.end = row.end + editor->text.len - editor->wrapped_len;
        buffer_put(out, &row, sizeof row);
    }
    return true;
}

/* From one row before the change on, until the rows are again where they were. */
static void wrap_again(struct editor *editor, int columns, const struct buffer *old)
{
    struct text whole = editor_text(editor), rest = whole, line;
    struct buffer *out = &editor->wrapped;
    size_t count = old->len / sizeof(struct row), kept = 0;

    if (count > 0 && editor->changed_from <= editor->wrapped_len) {
        kept = row_of_cursor(old, count, editor->changed_from);
        kept = kept > 0 ? kept - 1 : 0;
        buffer_put(out, old->data, kept * sizeof(struct row));
        rest.data += row_at(old, kept).start;
        rest.len -= row_at(old, kept).start;
    }
    while (text_wrap(&rest, columns - 1, &line)) {
        size_t start = (size_t)(line.data - whole.data);

        if (rows_follow(out, editor, old, start))
            return;
        buffer_put(out, &(struct row){ start, start + line.len }, sizeof(struct row));
    }
    if (whole.len == 0 || whole.data[whole.len - 1] == '\n')
        buffer_put(out, &(struct row){ whole.len, whole.len }, sizeof(struct row));
}

/* The rows as they wrap; the last column is the cursor's at the end of a row. Kept until the text or the place changes. */
static const struct buffer *rows_of(struct editor *editor, int columns, size_t *count)
{
    AUTO_BUFFER struct buffer old = { 0 };

    if (editor->wrapped_columns != columns || editor->changed_from != SIZE_MAX ||
        editor->wrapped.len == 0) {
        if (editor->wrapped_columns == columns) {
            old = editor->wrapped;
            editor->wrapped = (struct buffer){ 0 };
        }
        buffer_clear(&editor->wrapped);
        wrap_again(editor, columns, &old);
        editor->wrapped_columns = columns;
        editor->wrapped_len = editor->text.len;
        editor->changed_from = editor->unchanged_tail = SIZE_MAX;
    }
    *count = editor->wrapped.len / sizeof(struct row);
    return &editor->wrapped;
}

int editor_rows(struct editor *editor, int columns)
{
    size_t count = 1;

    if (editor->lines)
        rows_of(editor, columns, &count);
    return (int)count;
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

enum editor_result editor_move_rows(struct editor *editor, int step)
{
    size_t count;
    const struct buffer *rows =
        rows_of(editor, editor->columns > 0 ? editor->columns : 80, &count);
    size_t now = row_of_cursor(rows, count, editor->cursor);
    long to = (long)now + step;
    int goal = editor->goal;
    enum editor_result result;

    if (goal < 0)
        goal = columns_between(editor, row_at(rows, now).start, editor->cursor);
    to = to < 0 ? 0 : to >= (long)count ? (long)count - 1 : to;
    if (to == (long)now)
        return EDITOR_IGNORED;
    result = editor_move(editor, offset_in_row(editor, rows, count, (size_t)to, goal));
    editor->goal = goal;
    return result == EDITOR_IGNORED ? EDITOR_MOVED : result;
}

void editor_point(struct editor *editor, int row, int column)
{
    AUTO_BUFFER struct buffer one = { 0 };
    const struct buffer *rows = &one;
    size_t count = 1, to = (size_t)(row + editor->first);

    if (editor->lines) {
        rows = rows_of(editor, editor->columns > 0 ? editor->columns : 80, &count);
        to = to < count ? to : count - 1;
    } else {
        buffer_put(&one, &(struct row){ 0, editor->text.len }, sizeof(struct row));
        column += editor->first;
        to = 0;
    }
    editor_move(editor, offset_in_row(editor, rows, count, to, column));
    editor->goal = -1;
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
    size_t all;
    const struct buffer *rows = rows_of(editor, place.columns, &all);
    int count = (int)all, at = (int)row_of_cursor(rows, all, editor->cursor);
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
                  row_at(rows, (size_t)(first + i)), 0, role);
    if (!focused)
        return;
    column = columns_between(editor, row_at(rows, (size_t)at).start, editor->cursor);
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
