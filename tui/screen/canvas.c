#include "tui/screen/canvas.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "i18n/text.h"

static void cell_set(struct cell *cell, const char *data, size_t len, enum role role)
{
    memset(cell, 0, sizeof *cell); /* cells are compared as bytes */
    memcpy(cell->text, data, len);
    cell->len = (uint8_t)len;
    cell->role = (uint8_t)role;
}

static struct cell *cell_at(const struct canvas *canvas, int row, int column)
{
    assert(row >= 0 && row < canvas->rows && column >= 0 && column < canvas->columns);
    return &canvas->cells[(size_t)row * (size_t)canvas->columns + (size_t)column];
}

struct canvas *canvas_new(int rows, int columns)
{
    struct canvas *canvas = memory_new(sizeof *canvas);

    canvas_resize(canvas, rows, columns);
    return canvas;
}

void canvas_free(struct canvas *canvas)
{
    if (canvas == NULL)
        return;
    free(canvas->cells);
    free(canvas);
}

void canvas_resize(struct canvas *canvas, int rows, int columns)
{
    assert(rows > 0 && columns > 0);
    canvas->rows = rows;
    canvas->columns = columns;
    canvas->cells =
        memory_grow(canvas->cells, (size_t)rows * (size_t)columns * sizeof *canvas->cells);
    canvas_clear(canvas);
}

void canvas_clear(struct canvas *canvas)
{
    size_t count = (size_t)canvas->rows * (size_t)canvas->columns;

    for (size_t i = 0; i < count; i++)
        cell_set(&canvas->cells[i], " ", 1, ROLE_NORMAL);
    canvas->cursor_row = -1;
    canvas->cursor_column = 0;
    canvas_no_hits(canvas);
}

const struct cell *canvas_cell(const struct canvas *canvas, int row, int column)
{
    return cell_at(canvas, row, column);
}

/* Letters with a mark, U+00C0..U+00FF, without it. */
static const char latin_letters[] =
    "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty";

/* What stands in ASCII for a character of one column, on terminals that may give it two. */
static char ascii_of(uint32_t point)
{
    static const struct {
        uint32_t from, to;
        char ascii;
    } table[] = {
        { 0x00A0, 0x00A0, ' ' },  { 0x00AB, 0x00AB, '"' }, { 0x00AD, 0x00AD, '-' },
        { 0x00B7, 0x00B7, '.' },  { 0x00BB, 0x00BB, '"' }, { 0x2010, 0x2015, '-' },
        { 0x2018, 0x201B, '\'' }, { 0x201C, 0x201F, '"' }, { 0x2022, 0x2022, '*' },
        { 0x2024, 0x2027, '.' },  { 0x2190, 0x2190, '<' }, { 0x2191, 0x2191, '^' },
        { 0x2192, 0x2192, '>' },  { 0x2193, 0x2193, 'v' }, { 0x2212, 0x2212, '-' },
        { 0x2500, 0x2501, '-' },  { 0x2502, 0x2503, '|' }, { 0x2504, 0x254B, '+' },
        { 0x2550, 0x2550, '=' },  { 0x2551, 0x2551, '|' }, { 0x2552, 0x256C, '+' },
        { 0x2580, 0x2590, '#' },  { 0x25CF, 0x25CF, '*' },
    };

    if (point < 0x80)
        return (char)point;
    if (point >= 0xC0 && point <= 0xFF)
        return latin_letters[point - 0xC0];
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (point >= table[i].from && point <= table[i].to)
            return table[i].ascii;
    return '?';
}

/* The bytes of a cluster that fit in a cell; marks are left out whole, so that the terminal shows what the canvas says. */
static size_t fitting(struct text cluster)
{
    size_t len = 0;

    for (int points = 0; len < cluster.len && points < CELL_POINTS; points++) {
        uint32_t point;
        bool valid;
        size_t next = text_decode(cluster.data + len, cluster.len - len, &point, &valid);

        if (len + next > CELL_TEXT)
            break;
        len += next;
    }
    return len;
}

/* Before a cell is overwritten: the half of a wide character that stays becomes a space. */
static void part_halves(struct canvas *canvas, int row, int column)
{
    struct cell *cell = cell_at(canvas, row, column);

    if (cell->len == 0) {
        assert(column > 0);
        cell_set(cell - 1, " ", 1, (cell - 1)->role);
        cell_set(cell, " ", 1, cell->role);
    } else if (column + 1 < canvas->columns && cell[1].len == 0) {
        cell_set(cell + 1, " ", 1, cell[1].role);
    }
}

static void put_space(struct canvas *canvas, int row, int column, enum role role)
{
    if (row < 0 || row >= canvas->rows || column < 0 || column >= canvas->columns)
        return;
    part_halves(canvas, row, column);
    cell_set(cell_at(canvas, row, column), " ", 1, role);
}

static void put_cluster(struct canvas *canvas, int row, int column, struct text cluster,
                        int width, enum role role)
{
    char ascii;

    if (column < 0 || column + width > canvas->columns) {
        for (int i = 0; i < width; i++) /* the half that is seen */
            put_space(canvas, row, column + i, role);
        return;
    }
    if (canvas->ascii && width == 1) {
        uint32_t point;
        bool valid;

        text_decode(cluster.data, cluster.len, &point, &valid);
        if (point >= 0x80) {
            ascii = ascii_of(point);
            cluster = (struct text){ &ascii, 1 };
        }
    }
    part_halves(canvas, row, column);
    part_halves(canvas, row, column + width - 1);
    cell_set(cell_at(canvas, row, column), cluster.data, fitting(cluster), role);
    if (width == 2)
        cell_set(cell_at(canvas, row, column + 1), "", 0, role);
}

/* Most of what is drawn is plain ASCII, which needs no gate and no copy. */
static struct text gated(struct buffer *buffer, struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if ((uint8_t)t.data[i] < 0x20 || (uint8_t)t.data[i] > 0x7E) {
            text_safe(buffer, t, TEXT_ONE_LINE);
            return buffer_as_text(buffer);
        }
    return t;
}

static int put_safe(struct canvas *canvas, int row, int column, int columns, struct text safe,
                    enum role role)
{
    int used = 0;

    for (size_t offset = 0; offset < safe.len;) {
        struct text cluster = { safe.data + offset, text_cluster(safe, offset) };
        int width = text_cluster_width(cluster);

        if (used + width > columns)
            break;
        if (width > 0 && row >= 0 && row < canvas->rows)
            put_cluster(canvas, row, column + used, cluster, width, role);
        used += width;
        offset += cluster.len;
    }
    return used;
}

static void put_spaces(struct canvas *canvas, int row, int column, int columns, enum role role)
{
    canvas_fill(canvas, (struct rect){ row, column, 1, columns }, role);
}

/* Puts all of it, or what fits beside ".."; returns the columns used. */
static int put_cut(struct canvas *canvas, int row, int column, int columns, struct text safe,
                   enum role role)
{
    int dots = columns < 2 ? columns : 2;
    int used;

    if (text_width(safe) <= columns)
        return put_safe(canvas, row, column, columns, safe, role);
    used = put_safe(canvas, row, column, columns - dots, safe, role);
    return used + put_safe(canvas, row, column + used, dots, TEXT(".."), role);
}

int canvas_put(struct canvas *canvas, int row, int column, int columns, struct text t,
               enum role role)
{
    AUTO_BUFFER struct buffer buffer = { 0 };

    return put_safe(canvas, row, column, columns, gated(&buffer, t), role);
}

void canvas_put_padded(struct canvas *canvas, int row, int column, int columns, struct text t,
                       enum role role)
{
    AUTO_BUFFER struct buffer buffer = { 0 };
    int used;

    if (columns <= 0)
        return;
    used = put_cut(canvas, row, column, columns, gated(&buffer, t), role);
    put_spaces(canvas, row, column + used, columns - used, role);
}

void canvas_put_right(struct canvas *canvas, int row, int column, int columns, struct text t,
                      enum role role)
{
    AUTO_BUFFER struct buffer buffer = { 0 };
    struct text safe = gated(&buffer, t);
    int width = text_width(safe);

    if (columns <= 0)
        return;
    if (width >= columns) {
        int used = put_cut(canvas, row, column, columns, safe, role);

        put_spaces(canvas, row, column + used, columns - used, role);
        return;
    }
    put_spaces(canvas, row, column, columns - width, role);
    put_safe(canvas, row, column + columns - width, width, safe, role);
}

void canvas_printf(struct canvas *canvas, int row, int column, int columns, enum role role,
                   const char *format, ...)
{
    va_list arguments;
    va_list again;
    char *line;
    int len;

    va_start(arguments, format);
    va_copy(again, arguments);
    len = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    assert(len >= 0);
    line = memory_new((size_t)len + 1);
    vsnprintf(line, (size_t)len + 1, format, again);
    va_end(again);
    canvas_put(canvas, row, column, columns, (struct text){ line, (size_t)len }, role);
    free(line);
}

/* The part of an area that lies on the canvas. */
static struct rect visible(const struct canvas *canvas, struct rect area)
{
    int end_row = area.row + area.rows < canvas->rows ? area.row + area.rows : canvas->rows;
    int end_column = area.column + area.columns < canvas->columns ? area.column + area.columns
                                                                  : canvas->columns;

    area.row = area.row < 0 ? 0 : area.row;
    area.column = area.column < 0 ? 0 : area.column;
    area.rows = end_row - area.row;
    area.columns = end_column - area.column;
    return area;
}

void canvas_place(struct canvas *canvas, int row, int column, const struct canvas *from)
{
    int rows = from->rows < canvas->rows - row ? from->rows : canvas->rows - row;
    int columns =
        from->columns < canvas->columns - column ? from->columns : canvas->columns - column;

    for (int i = 0; i < rows && columns > 0; i++)
        memcpy(&canvas->cells[(row + i) * canvas->columns + column],
               &from->cells[i * from->columns], (size_t)columns * sizeof *from->cells);
}

void canvas_fill(struct canvas *canvas, struct rect area, enum role role)
{
    area = visible(canvas, area);
    for (int row = 0; row < area.rows; row++)
        for (int column = 0; column < area.columns; column++)
            put_space(canvas, area.row + row, area.column + column, role);
}

static void put_glyph(struct canvas *canvas, int row, int column, const char *glyph,
                      enum role role)
{
    put_safe(canvas, row, column, 1, text_of(glyph), role);
}

void canvas_rule(struct canvas *canvas, int row, int column, int columns, struct text caption,
                 enum role role)
{
    AUTO_BUFFER struct buffer buffer = { 0 };
    struct text safe = gated(&buffer, caption);

    for (int i = 0; i < columns; i++)
        put_glyph(canvas, row, column + i, "─", role);
    if (safe.len > 0 && columns >= 6) {
        int used = put_cut(canvas, row, column + 2, columns - 4, safe, role);

        put_glyph(canvas, row, column + 1, " ", role);
        put_glyph(canvas, row, column + 2 + used, " ", role);
    }
}

void canvas_box(struct canvas *canvas, struct rect area, struct text caption, enum role role)
{
    int right = area.column + area.columns - 1;
    int bottom = area.row + area.rows - 1;

    if (area.rows < 2 || area.columns < 2)
        return;
    canvas_rule(canvas, area.row, area.column + 1, area.columns - 2, caption, role);
    canvas_rule(canvas, bottom, area.column + 1, area.columns - 2, (struct text){ 0 }, role);
    for (int row = area.row + 1; row < bottom; row++) {
        put_glyph(canvas, row, area.column, "│", role);
        put_glyph(canvas, row, right, "│", role);
    }
    put_glyph(canvas, area.row, area.column, "┌", role);
    put_glyph(canvas, area.row, right, "┐", role);
    put_glyph(canvas, bottom, area.column, "└", role);
    put_glyph(canvas, bottom, right, "┘", role);
}

void canvas_bar(struct canvas *canvas, int row, int column, int columns, int64_t value,
                int64_t full, enum role role)
{
    static const char *const eighths[] = { " ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█" };
    int step = canvas->ascii ? 1 : 8;
    int64_t steps = (int64_t)columns * step;
    int64_t filled;
    bool some = value > 0;

    if (columns <= 0)
        return;
    value = value < 0 ? 0 : value > full ? full : value;
    while (full > INT64_MAX / steps) { /* only the ratio counts */
        full /= 2;
        value /= 2;
    }
    filled = full > 0 ? value * steps / full : 0;
    if (filled == 0 && some && full > 0)
        filled = 1; /* little is not nothing */
    for (int i = 0; i < columns; i++) {
        int64_t part = filled - (int64_t)i * step;

        part = part < 0 ? 0 : part > step ? step : part;
        put_glyph(canvas, row, column + i,
                  canvas->ascii ? (part > 0 ? "#" : " ") : eighths[part], role);
    }
}

void canvas_cursor(struct canvas *canvas, int row, int column)
{
    canvas->cursor_row = row >= 0 && row < canvas->rows ? row : -1;
    canvas->cursor_column = column < 0                 ? 0
                            : column < canvas->columns ? column
                                                       : canvas->columns - 1;
}

void canvas_hit(struct canvas *canvas, struct rect place, const struct key *key)
{
    if (canvas->hit_count < CANVAS_HITS && key->code != TKEY_NONE)
        canvas->hits[canvas->hit_count++] = (struct hit){ place, *key };
}

void canvas_no_hits(struct canvas *canvas)
{
    canvas->hit_count = 0;
}

const struct key *canvas_hit_at(const struct canvas *canvas, int row, int column)
{
    for (int i = canvas->hit_count - 1; i >= 0; i--) {
        const struct rect *place = &canvas->hits[i].place;

        if (row >= place->row && row < place->row + place->rows && column >= place->column &&
            column < place->column + place->columns)
            return &canvas->hits[i].key;
    }
    return NULL;
}

void canvas_text(struct buffer *out, const struct canvas *canvas)
{
    for (int row = 0; row < canvas->rows; row++) {
        size_t end = out->len;

        for (int column = 0; column < canvas->columns; column++) {
            const struct cell *cell = cell_at(canvas, row, column);

            buffer_put(out, cell->text, cell->len);
            if (cell->len != 1 || cell->text[0] != ' ')
                end = out->len;
        }
        out->len = end;
        buffer_byte(out, '\n');
    }
}
