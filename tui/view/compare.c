#include "tui/view/compare.h"

#include "i18n/text.h"

enum { MARK = 4, CAPTION = 16, LONG = 240, CONTEXT = 48 };

/* ---- long texts ---- */

static size_t common_start(struct text a, struct text b)
{
    size_t i = 0;

    while (i < a.len && i < b.len && a.data[i] == b.data[i])
        i++;
    return i;
}

void compare_cut(struct compare_row *row, int sides, struct arena *arena)
{
    size_t longest = 0, common = SIZE_MAX;

    for (int i = 0; i < sides; i++) {
        size_t alike = common_start(row->values[0], row->values[i]);

        longest = row->values[i].len > longest ? row->values[i].len : longest;
        common = i > 0 && alike < common ? alike : common;
    }
    if (sides < 2 || longest < LONG || common < 2 * CONTEXT)
        return;
    common -= CONTEXT;
    while (common > 0 && ((uint8_t)row->values[0].data[common] & 0xC0) == 0x80)
        common--;
    for (int i = 0; i < sides; i++)
        row->values[i] = arena_printf(arena, "..%.*s", (int)(row->values[i].len - common),
                                      row->values[i].data + common);
}

/* ---- heights ---- */

static int value_columns(const struct compare *compare, int columns)
{
    return columns - CAPTION - (compare->choosing ? MARK : 0) - 3;
}

/* The selected row shows more of long texts. */
static int most_lines(const struct compare *compare, bool selected, int rows)
{
    int most = selected ? (rows - 1) / compare->sides : 0;

    return most > COMPARE_LINES ? most : COMPARE_LINES;
}

static int value_rows(struct text value, int columns, int most)
{
    struct text rest = value, line;
    int rows = 0;

    while (rows < most && text_wrap(&rest, columns, &line))
        rows++;
    return rows > 0 ? rows : 1;
}

/* Its label and the lines of its sides. */
static int row_height(const struct compare *compare, int i, struct rect place)
{
    int height = 1, most = most_lines(compare, i == compare->selected, place.rows);

    for (int side = 0; side < compare->sides; side++)
        height += value_rows(compare->rows[i].values[side],
                             value_columns(compare, place.columns), most);
    return height;
}

static void bring_into_view(struct compare *compare, struct rect place)
{
    int height = 0;

    if (compare->selected < compare->top)
        compare->top = compare->selected;
    for (int i = compare->selected; i >= compare->top; i--) {
        height += row_height(compare, i, place);
        if (height > place.rows && i < compare->selected) {
            compare->top = i + 1;
            return;
        }
    }
}

/* ---- drawing ---- */

static void put_mark(const struct compare *compare, struct canvas *canvas, int row, int column,
                     const struct compare_row *of, int side, enum role role)
{
    if (compare->choosing && side > 0)
        canvas_put(canvas, row, column, MARK, of->chosen == side ? TEXT("(x)") : TEXT("( )"),
                   role);
}

/* One side's value; returns the rows it took. */
static int draw_side(const struct compare *compare, struct app *app, struct canvas *canvas,
                     struct rect place, const struct compare_row *row, int side, bool selected)
{
    int most = most_lines(compare, selected, compare->place.rows);
    AUTO_ARENA struct arena *arena = arena_new();
    int columns = value_columns(compare, place.columns), rows = 0;
    int column = place.column + 1;
    bool chosen = compare->choosing && side > 0 && row->chosen == side;
    enum role role = chosen ? ROLE_GOOD : side == 0 ? ROLE_DIM : ROLE_VALUE;
    struct text rest = row->values[side], line;

    put_mark(compare, canvas, place.row, column, row, side,
             selected ? ROLE_FIELD_FOCUS : ROLE_NORMAL);
    column += compare->choosing ? MARK : 0;
    canvas_put_padded(canvas, place.row, column, CAPTION,
                      label_text(arena, compare->captions[side],
                                 app_language(app) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH),
                      ROLE_LABEL);
    column += CAPTION + 1;
    if (rest.len == 0)
        canvas_put(canvas, place.row, column, columns, TEXT("-"), ROLE_DIM);
    while (rows < most && rows < place.rows && text_wrap(&rest, columns, &line)) {
        bool cut = rows == most - 1 && text_present(rest) && rest.len > 0;

        canvas_put(canvas, place.row + rows, column, cut ? columns - 2 : columns, line, role);
        if (cut)
            canvas_put(canvas, place.row + rows, column + columns - 2, 2, TEXT(".."), role);
        rows++;
    }
    return rows > 0 ? rows : 1;
}

static int draw_row(const struct compare *compare, struct app *app, struct canvas *canvas,
                    struct rect place, int i)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct compare_row *row = &compare->rows[i];
    bool selected = i == compare->selected;
    struct text caption =
        !text_present(row->note)
            ? row->label
            : arena_printf(arena, "%.*s (%.*s)", (int)row->label.len, row->label.data,
                           (int)row->note.len, row->note.data);
    int used = 1;

    canvas_rule(canvas, place.row, place.column, place.columns, caption,
                selected ? ROLE_SELECTED : ROLE_BORDER);
    if (selected)
        canvas_cursor(canvas, place.row + (place.rows > 1), place.column + 2);
    for (int side = 0; side < compare->sides && used < place.rows; side++)
        used += draw_side(compare, app, canvas,
                          (struct rect){ place.row + used, place.column, place.rows - used,
                                         place.columns },
                          row, side, selected);
    return used;
}

void compare_draw(struct compare *compare, struct app *app, struct canvas *canvas,
                  struct rect place)
{
    int used = 0;

    compare->place = place;
    if (compare->count == 0)
        return;
    bring_into_view(compare, place);
    for (int i = compare->top; i < compare->count && used < place.rows; i++)
        used += draw_row(compare, app, canvas,
                         (struct rect){ place.row + used, place.column, place.rows - used,
                                        place.columns },
                         i);
}

/* ---- keys ---- */

static bool go_to(struct compare *compare, int wanted)
{
    int last = compare->count - 1;

    compare->selected = wanted < 0 ? 0 : wanted > last ? last < 0 ? 0 : last : wanted;
    return true;
}

/* As many rows as fill the place, at least one. */
static int page(const struct compare *compare)
{
    int height = 0, rows = 0;

    for (int i = compare->selected; i < compare->count; i++) {
        height += row_height(compare, i, compare->place);
        if (height > compare->place.rows)
            break;
        rows++;
    }
    return rows > 0 ? rows : 1;
}

static bool choose(struct compare *compare, int side)
{
    if (!compare->choosing || compare->count == 0 || side >= compare->sides)
        return false;
    compare->rows[compare->selected].chosen = side;
    return true;
}

/* A click selects the row under it, and chooses the side that it hits. */
static bool click(struct compare *compare, const struct key *key)
{
    int row = compare->place.row;

    if (key->button == 4 || key->button == 5)
        return go_to(compare, compare->selected + (key->button == 4 ? -1 : 1));
    for (int i = compare->top; i < compare->count && key->button == 1; i++) {
        const struct compare_row *of = &compare->rows[i];
        int height = row_height(compare, i, compare->place), at = row + 1;
        int most = most_lines(compare, i == compare->selected, compare->place.rows);

        for (int side = 0; key->row >= row && key->row < row + height; side++) {
            at += side < compare->sides
                      ? value_rows(of->values[side],
                                   value_columns(compare, compare->place.columns), most)
                      : 0;
            if (key->row < at || side >= compare->sides) {
                go_to(compare, i);
                if (key->row > row && side > 0)
                    choose(compare, side);
                return true;
            }
        }
        row += height;
    }
    return false;
}

static bool character(struct compare *compare, uint32_t point)
{
    int chosen = compare->count > 0 ? compare->rows[compare->selected].chosen : 0;

    switch (point) {
    case '1':
    case '2':
        return choose(compare, (int)(point - '0'));
    case ' ':
        return choose(compare, chosen == 1 ? 2 : 1);
    default:
        return false;
    }
}

bool compare_key(struct compare *compare, const struct key *key)
{
    if (key_moves(key, compare->count, page(compare), &compare->selected))
        return true;
    switch (key->code) {
    case TKEY_TAB:
        return go_to(compare, compare->selected + 1);
    case TKEY_BACKTAB:
        return go_to(compare, compare->selected - 1);
    case TKEY_LEFT:
        return choose(compare, 1);
    case TKEY_RIGHT:
        return choose(compare, 2);
    case TKEY_MOUSE:
        return click(compare, key);
    case TKEY_CHARACTER:
        return character(compare, key->point);
    default:
        return false;
    }
}

int compare_open(const struct compare *compare)
{
    int open = 0;

    for (int i = 0; i < compare->count; i++)
        open += compare->rows[i].chosen == 0;
    return open;
}

void compare_choose_all(struct compare *compare, int side)
{
    for (int i = 0; i < compare->count; i++)
        compare->rows[i].chosen = side;
}

static enum language language_of(struct app *app, const struct field *field,
                                 const void *const *values, int count)
{
    for (int i = 0; i < count; i++)
        for (int k = 0; k < i; k++)
            if (values[i] && values[k] && !value_equal(field, values[i], values[k]) &&
                value_differs_in(field, values[i], values[k], app_lookup(app),
                                 app_language(app)) == LANGUAGE_BOTH)
                return LANGUAGE_BOTH;
    return app_language(app);
}

void compare_values(struct app *app, struct arena *arena, const struct field *field,
                    const void *const *values, int count, struct text *out)
{
    enum language language = language_of(app, field, values, count);

    for (int i = 0; i < count; i++)
        out[i] =
            values[i] && field_kind(field)->present(values[i])
                ? text_safe_in(arena,
                               value_show(arena, field, values[i], app_lookup(app), language),
                               TEXT_ONE_LINE)
                : TEXT("");
}
