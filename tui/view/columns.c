/* Which columns a list has, how wide and in which order: all fields of the type, those that are shown first. */
#include <string.h>

#include "i18n/text.h"
#include "tui/view/list_shape.h"
#include "tui/view/views.h"

enum { FIELDS_MOST = 128, WIDTH_COLUMNS = 6, NAME_COLUMN = 6, PAGE = 10 };

struct column_row {
    const struct field *field;
    bool shown;
    int width;
};

struct columns_view {
    struct view view;
    const struct record_type *type;
    struct column_row entries[FIELDS_MOST];
    int count, selected, top;
    struct columns_choice choice;
};

static int shown_count(const struct columns_view *self)
{
    int count = 0;

    for (int i = 0; i < self->count; i++)
        count += self->entries[i].shown;
    return count;
}

static void add(struct columns_view *self, const struct field *field, int width, bool shown)
{
    for (int i = 0; i < self->count; i++)
        if (self->entries[i].field == field)
            return;
    if (self->count < FIELDS_MOST)
        self->entries[self->count++] =
            (struct column_row){ field, shown, width > 0 ? width : grid_column_width(field) };
}

/* The type's own columns (standard), or those that the list has; then all other fields. */
static void fill(struct columns_view *self, const struct grid_column *columns, int count)
{
    const struct record_type *type = self->type;

    self->count = 0;
    for (int i = 0; i < count; i++)
        add(self, columns[i].field, columns[i].width, true);
    for (size_t i = 0; count == 0 && i < type->count; i++)
        if ((type->fields[i].flags & LISTED) && shape_column(&type->fields[i]))
            add(self, &type->fields[i], 0, true);
    for (size_t i = 0; i < type->count; i++)
        if (shape_column(&type->fields[i]))
            add(self, &type->fields[i], 0, false);
}

/* ---- drawing ---- */

static void draw_entry(struct columns_view *self, struct canvas *canvas, struct rect line,
                       int i)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct column_row *entry = &self->entries[i];
    enum role role = i == self->selected ? ROLE_SELECTED
                     : entry->shown      ? ROLE_NORMAL
                                         : ROLE_DIM;
    int names = line.columns - NAME_COLUMN - WIDTH_COLUMNS - 2;

    canvas_fill(canvas, line, role);
    canvas_put(canvas, line.row, line.column, 1, i == self->selected ? TEXT(">") : TEXT(" "),
               role);
    canvas_put(canvas, line.row, line.column + 2, 3, entry->shown ? TEXT("[x]") : TEXT("[ ]"),
               role);
    canvas_put_padded(canvas, line.row, line.column + NAME_COLUMN, names,
                      app_label(self->view.app, arena, &entry->field->label), role);
    if (entry->shown)
        canvas_put_right(canvas, line.row, line.column + NAME_COLUMN + names, WIDTH_COLUMNS,
                         arena_printf(arena, "%d", entry->width), role);
    if (i == self->selected)
        canvas_cursor(canvas, line.row, line.column);
}

static void scroll(struct columns_view *self, int rows)
{
    if (self->top > self->selected)
        self->top = self->selected;
    if (self->top < self->selected - rows + 1)
        self->top = self->selected - rows + 1;
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct columns_view *self = (struct columns_view *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    static const struct label head = L("Field", "欄位"), width = L("Width", "欄寬");
    struct rect line = { body.row + 2, 1, 1, body.columns > 82 ? 80 : body.columns - 2 };
    int rows = body.rows - 2;

    canvas_put(
        canvas, body.row, 1, body.columns - 2,
        app_words(view->app, arena,
                  N_("Space shows or hides, Left and Right set the width, - and + move.")),
        ROLE_DIM);
    canvas_fill(canvas, (struct rect){ body.row + 1, line.column, 1, line.columns },
                ROLE_HEADER);
    canvas_put(canvas, body.row + 1, line.column + NAME_COLUMN, 40,
               app_label(view->app, arena, &head), ROLE_HEADER);
    canvas_put_right(canvas, body.row + 1, line.column + NAME_COLUMN,
                     line.columns - NAME_COLUMN - 2, app_label(view->app, arena, &width),
                     ROLE_HEADER);
    scroll(self, rows);
    for (int i = 0; i < rows && self->top + i < self->count; i++, line.row++)
        draw_entry(self, canvas, line, self->top + i);
}

/* ---- keys ---- */

static void move_entry(struct columns_view *self, int by)
{
    int to = self->selected + by;
    struct column_row entry = self->entries[self->selected];

    if (to < 0 || to >= self->count || !entry.shown || !self->entries[to].shown)
        return;
    self->entries[self->selected] = self->entries[to];
    self->entries[to] = entry;
    self->selected = to;
}

/* What is hidden stands behind what is shown, so that a shown one goes to the end of those. */
static void toggle(struct columns_view *self)
{
    struct column_row entry = self->entries[self->selected];
    int shown = shown_count(self), to = entry.shown ? shown - 1 : shown;

    if (entry.shown && shown == 1) {
        app_warn(self->view.app, N_("A list needs at least one column."));
        return;
    }
    if (!entry.shown && shown == GRID_COLUMNS) {
        app_warn(self->view.app, N_("A list has at most %d columns. Hide another one first."),
                 (int)GRID_COLUMNS);
        return;
    }
    if (to > self->selected)
        memmove(&self->entries[self->selected], &self->entries[self->selected + 1],
                (size_t)(to - self->selected) * sizeof entry);
    else
        memmove(&self->entries[to + 1], &self->entries[to],
                (size_t)(self->selected - to) * sizeof entry);
    entry.shown = !entry.shown;
    self->entries[to] = entry;
}

static void widen(struct columns_view *self, int by)
{
    struct column_row *entry = &self->entries[self->selected];
    int width = entry->width + by;

    if (entry->shown && width >= COLUMN_LEAST && width <= COLUMN_MOST)
        entry->width = width;
}

static bool character(struct columns_view *self, uint32_t point)
{
    switch (point) {
    case ' ':
        toggle(self);
        return true;
    case '+':
    case '=':
        move_entry(self, 1);
        return true;
    case '-':
        move_entry(self, -1);
        return true;
    default:
        return false;
    }
}

static bool key(struct view *view, const struct key *key)
{
    struct columns_view *self = (struct columns_view *)view;

    if (key_moves(key, self->count, PAGE, &self->selected))
        return true;
    switch (key->code) {
    case TKEY_LEFT:
        widen(self, -1);
        return true;
    case TKEY_RIGHT:
        widen(self, 1);
        return true;
    case TKEY_INSERT:
        toggle(self);
        return true;
    case TKEY_CHARACTER:
        return character(self, key->point);
    default:
        return false;
    }
}

static void run_accept(struct view *view)
{
    struct columns_view *self = (struct columns_view *)view;

    self->choice.count = 0;
    for (int i = 0; i < self->count; i++)
        if (self->entries[i].shown)
            self->choice.columns[self->choice.count++] =
                (struct grid_column){ self->entries[i].field, self->entries[i].width };
    view_pop(view->app, &self->choice);
}

static void run_standard(struct view *view)
{
    struct columns_view *self = (struct columns_view *)view;

    self->choice.count = 0;
    view_pop(view->app, &self->choice);
}

static void title(struct view *view, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_label(view->app, arena, &columns_view.label));
}

static const struct command commands[] = {
    { .name = "accept",
      .key = KEY(ENTER),
      .other = KEY(F10),
      .label = L("Use them", "採用"),
      .flags = COMMAND_BAR,
      .run = run_accept,
      .help = L("The list has these columns from now on, in all your sessions.",
                "此後你的清單一律採用這些欄位。") },
    { .name = "standard",
      .key = KEY(F5),
      .label = L("Standard", "還原標準"),
      .flags = COMMAND_BAR,
      .run = run_standard,
      .help = L("The columns that this list has for everybody.", "還原此清單的標準欄位。") },
    { .name = NULL },
};

const struct view_type columns_view = {
    .name = "columns",
    .label = L("Columns", "欄目"),
    .help = L("Which fields of the records the list shows, how wide and in which order.",
              "選擇清單顯示的欄位、欄寬及先後次序。"),
    .commands = commands,
    .size = sizeof(struct columns_view),
    .draw = draw,
    .key = key,
    .title = title,
};

void columns_open(struct app *app, const struct record_type *type,
                  const struct grid_column *columns, int count,
                  void (*answered)(struct view *below, void *result))
{
    struct columns_view *self = (struct columns_view *)view_push(app, &columns_view);

    self->type = type;
    self->view.answered = answered;
    fill(self, columns, count);
}
