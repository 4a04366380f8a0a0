#include "tui/view/list_shape.h"

bool shape_column(const struct field *field)
{
    return !(field->flags & UNLISTED) && field->tag != TAG_APPROXIMATE;
}

static int width_read(struct text written, const struct field *field)
{
    int width = 0;

    for (size_t i = 0; i < written.len && width <= COLUMN_MOST; i++) {
        if (written.data[i] < '0' || written.data[i] > '9')
            return grid_column_width(field);
        width = width * 10 + (written.data[i] - '0');
    }
    return width < COLUMN_LEAST || width > COLUMN_MOST ? grid_column_width(field) : width;
}

int shape_columns(struct grid_column out[GRID_COLUMNS], const struct record_type *type,
                  struct text written)
{
    int count = 0;

    while (text_present(written) && count < GRID_COLUMNS) {
        struct text width, word = text_split(written, ' ', &written);
        struct text name = text_split(word, ':', &width);
        const struct field *field = name.len > 0 ? field_named(type, name) : NULL;

        for (int i = 0; field && i < count; i++)
            if (out[i].field == field)
                field = NULL;
        if (field && shape_column(field))
            out[count++] = (struct grid_column){ field, width_read(width, field) };
    }
    return count;
}

void shape_write(struct buffer *out, const struct grid_column *columns, int count)
{
    for (int i = 0; i < count; i++)
        buffer_printf(out, "%s%s:%d", i > 0 ? " " : "", columns[i].field->name,
                      columns[i].width > 0 ? columns[i].width
                                           : grid_column_width(columns[i].field));
}

const struct field *shape_order(const struct record_type *type, struct text written,
                                bool *backward)
{
    bool reversed = written.len > 0 && written.data[0] == '-';
    struct text name = { written.data + reversed, written.len - reversed };
    const struct field *field = name.len > 0 ? field_named(type, name) : NULL;

    if (!field || !shape_column(field))
        return NULL;
    *backward = reversed;
    return field;
}
