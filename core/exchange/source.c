#include "core/exchange/source.h"

#include <string.h>

static struct text next_line(struct table_reader *reader)
{
    struct text line = text_split(reader->rest, '\n', &reader->rest);

    reader->line++;
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

static void split_plain(struct table_reader *reader, struct text line, struct text *cells, size_t count)
{
    struct text rest = line;

    for (size_t i = 0; i < count; i++) {
        cells[i] = text_present(rest) ? text_split(rest, reader->separator, &rest) : TEXT("");
    }
}

/* One quoted cell of RFC 4180 at *at: doubled quotes become one; it may span lines. */
static enum err quoted_cell(struct table_reader *reader, struct text content, size_t *at, struct text *cell)
{
    AUTO_BUFFER struct buffer out = { 0 };
    size_t i = *at + 1;

    for (;; i++) {
        if (i >= content.len)
            return fail(ERR_INVALID, N_("Line %zu: a quotation mark is opened and never closed."), reader->line);
        if (content.data[i] == '"' && i + 1 < content.len && content.data[i + 1] == '"')
            i++;
        else if (content.data[i] == '"')
            break;
        buffer_byte(&out, (uint8_t)content.data[i]);
    }
    *cell = arena_text(reader->arena, buffer_as_text(&out));
    *at = i + 1;
    return ERR_OK;
}

/* Reads one record of CSV from the rest; cells beyond `room` are counted, not kept. */
static enum err split_quoted(struct table_reader *reader, struct text *cells, size_t room, size_t *count)
{
    struct text content = reader->rest;
    size_t at = 0;

    reader->line++;
    *count = 0;
    for (;;) {
        struct text cell;

        if (at < content.len && content.data[at] == '"') {
            TRY(quoted_cell(reader, content, &at, &cell));
        } else {
            size_t start = at;

            while (at < content.len && content.data[at] != reader->separator && content.data[at] != '\n' && content.data[at] != '\r')
                at++;
            cell = (struct text){ content.data + start, at - start };
        }
        if (*count < room)
            cells[*count] = cell;
        (*count)++;
        if (at >= content.len) {
            reader->rest = (struct text){ 0 };
            return ERR_OK;
        }
        if (content.data[at] == reader->separator) {
            at++;
            continue;
        }
        at += content.data[at] == '\r' && at + 1 < content.len && content.data[at + 1] == '\n' ? 2 : 1;
        reader->rest = at < content.len ? (struct text){ content.data + at, content.len - at } : (struct text){ 0 };
        return ERR_OK;
    }
}

enum { MOST_COLUMNS = 256 };

enum err table_open(struct table_reader *out, struct text content, char separator, struct arena *arena)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t count;

    *out = (struct table_reader){ .rest = content, .separator = separator, .arena = arena };
    if (!text_is_utf8(content))
        return fail(ERR_INVALID, N_("The file is not in UTF-8. Convert it first, or name its character set."));
    if (text_starts(content, TEXT("\xEF\xBB\xBF")))
        out->rest = (struct text){ content.data + sizeof mark - 1, content.len - (sizeof mark - 1) };
    if (out->rest.len == 0)
        return fail(ERR_INVALID, N_("The file is empty; its first line should name the columns."));
    if (separator == ',') {
        out->names = arena_array(arena, MOST_COLUMNS, sizeof *out->names);
        TRY(split_quoted(out, out->names, MOST_COLUMNS, &count));
        if (count > MOST_COLUMNS)
            return fail(ERR_INVALID, N_("The file has more than %d columns."), (int)MOST_COLUMNS);
        out->columns = count;
    } else {
        struct text line = next_line(out);

        out->columns = count_cells(line, separator);
        out->names = arena_array(arena, out->columns, sizeof *out->names);
        split_plain(out, line, out->names, out->columns);
    }
    for (size_t i = 0; i < out->columns; i++)
        for (size_t k = 0; k < i; k++)
            if (text_equal(out->names[i], out->names[k]))
                return fail(ERR_INVALID, N_("Two columns are both named \"%s\"."), arena_string(arena, out->names[i]));
    return ERR_OK;
}

enum err table_next(struct table_reader *reader, struct text **cells, bool *more)
{
    *more = false;
    while (text_present(reader->rest) && reader->rest.len > 0) {
        size_t count = 0;

        *cells = arena_array(reader->arena, reader->columns, sizeof **cells);
        if (reader->separator == ',') {
            TRY(split_quoted(reader, *cells, reader->columns, &count));
        } else {
            struct text line = next_line(reader);

            if (line.len == 0)
                continue;
            count = count_cells(line, reader->separator);
            if (count <= reader->columns)
                split_plain(reader, line, *cells, reader->columns);
        }
        if (count > reader->columns)
            return fail(ERR_INVALID, N_("Line %zu has %zu cells, but there are %zu columns."), reader->line, count, reader->columns);
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
