#include "core/exchange/source.h"

#include <string.h>

/* ---- TSV ---- */

static struct text next_line(struct table_reader *reader)
{
    struct text line = text_split(reader->rest, '\n', &reader->rest);

    reader->line = reader->next++;
    if (line.len > 0 && line.data[line.len - 1] == '\r')
        line.len--;
    return line;
}

static size_t count_cells(struct text line, char separator)
{
    size_t count = 1;

    for (size_t i = 0; i < line.len; i++)
        count += line.data[i] == separator;
    return count;
}

/* What a sink wrote as \t \n \r \\. */
static enum err unescape(struct table_reader *reader, struct text *cell)
{
    static const char letters[] = "tnr\\", meant[] = "\t\n\r\\";
    AUTO_BUFFER struct buffer out = { 0 };

    if (!memchr(cell->data, '\\', cell->len))
        return ERR_OK;
    for (size_t i = 0; i < cell->len; i++) {
        char c = cell->data[i];

        if (c == '\\') {
            const char *letter =
                i + 1 < cell->len ? memchr(letters, cell->data[i + 1], 4) : NULL;

            if (!letter)
                return fail(ERR_INVALID,
                            N_("Line %zu: a backslash stands before neither t, n, r nor "
                               "another backslash. Write a backslash itself twice."),
                            reader->line);
            c = meant[letter - letters];
            i++;
        }
        buffer_byte(&out, (uint8_t)c);
    }
    *cell = arena_text(reader->arena, buffer_as_text(&out));
    return ERR_OK;
}

static enum err split_plain(struct table_reader *reader, struct text line, struct text *cells,
                            size_t count)
{
    struct text rest = line;

    for (size_t i = 0; i < count; i++) {
        if (!text_present(rest))
            return ERR_OK;
        cells[i] = text_split(rest, reader->separator, &rest);
        TRY(unescape(reader, &cells[i]));
    }
    return ERR_OK;
}

/* ---- CSV ---- */

static bool ends_line(struct text content, size_t at)
{
    return at >= content.len || content.data[at] == '\n' || content.data[at] == '\r';
}

/* Passes over an end of line: CR LF, LF or CR. */
static void pass_line_end(struct table_reader *reader, struct text content, size_t at)
{
    if (at < content.len)
        at += content.data[at] == '\r' && at + 1 < content.len && content.data[at + 1] == '\n'
                  ? 2
                  : 1;
    reader->next++;
    reader->rest = at < content.len ? (struct text){ content.data + at, content.len - at }
                                    : (struct text){ 0 };
}

/* One quoted cell of RFC 4180 at *at: doubled quotes become one; it may span lines. */
static enum err quoted_cell(struct table_reader *reader, struct text content, size_t *at,
                            struct text *cell)
{
    AUTO_BUFFER struct buffer out = { 0 };
    size_t i = *at + 1, opened = reader->next;

    for (;; i++) {
        if (i >= content.len)
            return fail(ERR_INVALID,
                        N_("Line %zu: a quotation mark is opened and never closed."), opened);
        if (content.data[i] == '"' && i + 1 < content.len && content.data[i + 1] == '"')
            i++;
        else if (content.data[i] == '"')
            break;
        else if (content.data[i] == '\n')
            reader->next++;
        buffer_byte(&out, (uint8_t)content.data[i]);
    }
    *cell = arena_text(reader->arena, buffer_as_text(&out));
    *at = i + 1;
    return ERR_OK;
}

static void plain_cell(const struct table_reader *reader, struct text content, size_t *at,
                       struct text *cell)
{
    size_t start = *at;

    while (!ends_line(content, *at) && content.data[*at] != reader->separator &&
           content.data[*at] != '"')
        ++*at;
    *cell = (struct text){ content.data + start, *at - start };
}

/* Reads one record of CSV from the rest; cells beyond `room` are counted, not kept. */
static enum err split_quoted(struct table_reader *reader, struct text *cells, size_t room,
                             size_t *count)
{
    struct text content = reader->rest;

    reader->line = reader->next;
    *count = 0;
    for (size_t at = 0;; at++) {
        struct text cell;

        if (at < content.len && content.data[at] == '"')
            TRY(quoted_cell(reader, content, &at, &cell));
        else
            plain_cell(reader, content, &at, &cell);
        if (*count < room)
            cells[*count] = cell;
        (*count)++;
        if (ends_line(content, at)) {
            pass_line_end(reader, content, at);
            return ERR_OK;
        }
        if (content.data[at] != reader->separator)
            return fail(
                ERR_INVALID,
                N_("Line %zu: a quotation mark stands inside a cell. Put the whole cell "
                   "in quotation marks and write those inside it twice."),
                reader->next);
    }
}

/* ---- both ---- */

enum { MOST_COLUMNS = 256 };

enum err table_open(struct table_reader *out, struct text content, char separator,
                    struct arena *arena)
{
    const struct text mark = TEXT("\xEF\xBB\xBF");
    size_t count;

    *out = (struct table_reader){
        .rest = content, .separator = separator, .next = 1, .arena = arena
    };
    if (!text_is_utf8(content))
        return fail(
            ERR_INVALID,
            N_("The file is not in UTF-8. Convert it first, or name its character set."));
    if (text_starts(content, mark))
        out->rest = (struct text){ content.data + mark.len, content.len - mark.len };
    if (ends_line(out->rest, 0))
        return fail(ERR_INVALID,
                    N_("The file is empty; its first line should name the columns."));
    if (separator == ',') {
        out->names = arena_array(arena, MOST_COLUMNS, sizeof *out->names);
        TRY(split_quoted(out, out->names, MOST_COLUMNS, &count));
        if (count > MOST_COLUMNS)
            return fail(ERR_INVALID, N_("The file has more than %d columns."),
                        (int)MOST_COLUMNS);
        out->columns = count;
    } else {
        struct text line = next_line(out);

        out->columns = count_cells(line, separator);
        out->names = arena_array(arena, out->columns, sizeof *out->names);
        TRY(split_plain(out, line, out->names, out->columns));
    }
    for (size_t i = 0; i < out->columns; i++)
        for (size_t k = 0; k < i; k++)
            if (text_equal(out->names[i], out->names[k]))
                return fail(ERR_INVALID, N_("Two columns are both named \"%s\"."),
                            arena_string(arena, out->names[i]));
    return ERR_OK;
}

enum err table_next(struct table_reader *reader, struct text **cells, bool *more)
{
    *more = false;
    *cells = arena_array(reader->arena, reader->columns, sizeof **cells);
    for (size_t i = 0; i < reader->columns; i++)
        (*cells)[i] = TEXT("");
    while (text_present(reader->rest) && reader->rest.len > 0) {
        size_t count = 0;

        if (reader->separator == ',') {
            if (ends_line(reader->rest, 0)) {
                pass_line_end(reader, reader->rest, 0);
                continue;
            }
            TRY(split_quoted(reader, *cells, reader->columns, &count));
        } else {
            struct text line = next_line(reader);

            if (line.len == 0)
                continue;
            count = count_cells(line, reader->separator);
            if (count <= reader->columns)
                TRY(split_plain(reader, line, *cells, reader->columns));
        }
        if (count > reader->columns)
            return fail(ERR_INVALID, N_("Line %zu has %zu cells, but there are %zu columns."),
                        reader->line, count, reader->columns);
        *more = true;
        return ERR_OK;
    }
    return ERR_OK;
}

struct text table_cell(const struct table_reader *reader, struct text *cells, const char *name)
{
    for (size_t i = 0; i < reader->columns; i++)
        if (text_is(reader->names[i], name))
            return cells[i];
    return (struct text){ 0 };
}
