#include "tui/widget/grid.h"

#include <string.h>

enum {
    SLICE = 60,     /* rows read at a time */
    MARGIN = 80,    /* rows kept on both sides of the selected one: more than a screen has */
    BUDGET_MS = 30, /* of a slice with a filter */
    WHEEL = 3,
};
_Static_assert(2 * MARGIN + SLICE <= GRID_WINDOW, "reading one side must not empty the other");

void grid_init(struct grid *grid, struct store *store, const struct lookup *lookup,
               const struct record_type *type, enum language language)
{
    *grid = (struct grid){ .store = store,
                           .lookup = lookup,
                           .language = language,
                           .query = { .type = type },
                           .arena = arena_new(),
                           .selected = -1,
                           .total = -1 };
}

void grid_free(struct grid *grid)
{
    arena_free(grid->arena);
    grid->arena = NULL;
    grid->count = 0;
    grid->selected = -1;
}

/* Rows of any length that were let go fill the arena; what stays moves into a new one. */

static struct bytes bytes_copy(struct arena *arena, struct bytes bytes)
{
    if (bytes.len == 0)
        return (struct bytes){ 0 };
    return (struct bytes){ arena_copy(arena, bytes.data, bytes.len), bytes.len };
}

static void arena_renew(struct grid *grid)
{
    struct arena *arena = arena_new();

    for (int i = 0; i < grid->count; i++) {
        struct query_row *row = &grid->rows[i];

        row->entry = bytes_copy(arena, row->entry);
        if (row->record)
            row->record = record_copy(arena, row->record);
    }
    grid->before = bytes_copy(arena, grid->before);
    grid->after = bytes_copy(arena, grid->after);
    arena_free(grid->arena);
    grid->arena = arena;
}

/* Empties the window; reading goes on at `before` and `after`, which are copied. */
static void window_start(struct grid *grid, struct bytes before, bool more_before,
                         struct bytes after, bool more_after)
{
    grid->count = 0;
    grid->before = before;
    grid->after = after;
    grid->more_before = more_before;
    grid->more_after = more_after;
    grid->selected = -1;
    grid->top = 0;
    arena_renew(grid);
}

/* Takes the rows of a slice behind the last row; the first ones go where the window is full. */
static void rows_append(struct grid *grid, const struct query_slice *slice)
{
    int count = (int)slice->count, drop = grid->count + count - GRID_WINDOW;

    if (drop > 0) {
        grid->before = grid->rows[drop].entry;
        grid->more_before = true;
        grid->count -= drop;
        grid->selected -= drop;
        grid->top -= drop;
        memmove(grid->rows, grid->rows + drop, (size_t)grid->count * sizeof *grid->rows);
    }
    memcpy(grid->rows + grid->count, slice->rows, (size_t)count * sizeof *grid->rows);
    grid->count += count;
    grid->after = slice->resume;
    grid->more_after = slice->more;
    if (grid->selected < 0 && grid->count > 0)
        grid->selected = 0;
    if (drop > 0 || slice->looked_at > GRID_WINDOW) /* what a filter passed over goes too */
        arena_renew(grid);
}

/* Takes the rows of a slice, which came backwards, before the first row. */
static void rows_prepend(struct grid *grid, const struct query_slice *slice)
{
    int count = (int)slice->count, drop = grid->count + count - GRID_WINDOW;

    if (drop > 0) {
        grid->count -= drop;
        grid->after = grid->rows[grid->count - 1].entry;
        grid->more_after = true;
    }
    memmove(grid->rows + count, grid->rows, (size_t)grid->count * sizeof *grid->rows);
    for (int i = 0; i < count; i++)
        grid->rows[i] = slice->rows[count - 1 - i];
    grid->selected = grid->selected < 0 ? count - 1 : grid->selected + count;
    grid->top += count;
    grid->count += count;
    grid->before = slice->resume;
    grid->more_before = slice->more;
    if (drop > 0 || slice->looked_at > GRID_WINDOW)
        arena_renew(grid);
}

/* One slice in the list's direction or against it. */
static enum err read_slice(struct grid *grid, bool forward)
{
    AUTO_TXN struct txn *txn = NULL;
    struct query query = grid->query;
    struct query_slice slice;
    enum err err;

    if (!forward)
        query.direction = query.direction == FORWARD ? BACKWARD : FORWARD;
    err = store_begin(&txn, grid->store);
    if (err == ERR_OK)
        err = query_slice(txn, &query, forward ? grid->after : grid->before, SLICE,
                          filter_empty(query.filter) ? 0 : BUDGET_MS, grid->lookup, grid->arena,
                          &slice);
    if (err != ERR_OK) { /* asked again it would fail again */
        *(forward ? &grid->more_after : &grid->more_before) = false;
        return err;
    }
    if (forward)
        rows_append(grid, &slice);
    else
        rows_prepend(grid, &slice);
    return ERR_OK;
}

static bool needs_after(const struct grid *grid)
{
    return grid->more_after && grid->count - 1 - grid->selected < MARGIN;
}

static bool needs_before(const struct grid *grid)
{
    return grid->more_before && grid->selected < MARGIN;
}

/* Reads what the screen may show next: all of it without a filter, one slice with one. */
static enum err settle(struct grid *grid)
{
    bool filtered = !filter_empty(grid->query.filter);
    enum err err = ERR_OK;

    do {
        bool before = needs_before(grid), after = needs_after(grid);
        bool nearer = grid->count - 1 - grid->selected <= grid->selected;

        if (before || after)
            err = read_slice(grid, after && (!before || nearer));
    } while (err == ERR_OK && !filtered && (needs_after(grid) || needs_before(grid)));
    grid->searching = needs_after(grid) || needs_before(grid);
    grid->failed = err;
    if (grid->count > 0)
        grid->state = GRID_READY;
    else
        grid->state = grid->searching ? GRID_LOADING : GRID_EMPTY;
    return err;
}

static enum err load_start(struct grid *grid)
{
    window_start(grid, (struct bytes){ 0 }, false, (struct bytes){ 0 }, true);
    return settle(grid);
}

static enum err load_end(struct grid *grid)
{
    window_start(grid, (struct bytes){ 0 }, true, (struct bytes){ 0 }, false);
    return settle(grid);
}

/* Where the selected record stands now: its value in the list's order may have changed. */

struct entry_sought {
    const struct query *query;
    struct bytes seen; /* where it stood */
    struct buffer *out;
};

static void entry_found(enum tree tree, struct bytes key, int64_t delta, void *context)
{
    const struct entry_sought *sought = context;
    struct bytes prefix = sought->query->prefix;
    bool same =
        key.len == sought->seen.len && memcmp(key.data, sought->seen.data, key.len) == 0;

    (void)delta;
    if (tree != TREE_INDEXES || key.len <= 2 || key.data[0] != sought->query->type->number ||
        key.data[1] != sought->query->index->tag || key.len < prefix.len ||
        (prefix.len > 0 && memcmp(key.data, prefix.data, prefix.len) != 0))
        return;
    if (same || sought->out->len == 0) { /* of a list there are several */
        buffer_clear(sought->out);
        buffer_put(sought->out, key.data, key.len);
    }
}

static void entry_of(struct grid *grid, const struct query_row *row, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct entry_sought sought = { &grid->query, row->entry, out };
    struct record *record;

    if (grid->query.index && store_begin(&txn, grid->store) == ERR_OK &&
        record_get(txn, &row->key, 0, arena, &record) == ERR_OK)
        index_derive(record, arena, entry_found, &sought);
    if (out->len == 0)
        buffer_put(out, row->entry.data, row->entry.len);
}

/* Loads the window around an entry: the walk that goes down the keys begins with the entry itself, because the least key
 * above it is the entry with a zero behind it. */
static enum err load_around(struct grid *grid, struct bytes entry)
{
    AUTO_BUFFER struct buffer above = { 0 };
    bool down = grid->query.direction == BACKWARD;

    buffer_put(&above, entry.data, entry.len);
    buffer_byte(&above, 0);
    window_start(grid, down ? entry : buffer_bytes(&above), true,
                 down ? buffer_bytes(&above) : entry, true);
    TRY(read_slice(grid, down));
    return settle(grid);
}

static int row_of_key(const struct grid *grid, const struct record_key *key)
{
    for (int i = 0; i < grid->count; i++)
        if (record_key_compare(&grid->rows[i].key, key) == 0)
            return i;
    return -1;
}

static enum err load_kept(struct grid *grid)
{
    AUTO_BUFFER struct buffer entry = { 0 };
    struct record_key key = grid->rows[grid->selected].key;
    int offset = grid->selected - grid->top, row = -1;

    entry_of(grid, &grid->rows[grid->selected], &entry);
    TRY(load_around(grid, buffer_bytes(&entry)));
    if (grid->selected >= 0 && record_key_compare(&grid->rows[grid->selected].key, &key) != 0)
        row = row_of_key(grid, &key);
    if (row >= 0)
        grid->selected = row;
    grid->top = grid->selected > offset ? grid->selected - offset : 0;
    return ERR_OK;
}

enum err grid_load(struct grid *grid, bool keep)
{
    AUTO_TXN struct txn *txn = NULL;

    TRY(store_begin(&txn, grid->store));
    grid->total = query_count(txn, &grid->query);
    txn_end(txn);
    txn = NULL;
    if (keep && grid->selected >= 0)
        return load_kept(grid);
    return load_start(grid);
}

enum err grid_more(struct grid *grid)
{
    return settle(grid);
}

/* Moving */

static bool select_row(struct grid *grid, int row)
{
    if (grid->count == 0)
        return true;
    grid->selected = row < 0 ? 0 : row >= grid->count ? grid->count - 1 : row;
    settle(grid);
    return true;
}

static bool page(struct grid *grid, int rows)
{
    int step = rows > 1 || rows < -1 ? rows : rows < 0 ? -1 : 1;

    grid->top = grid->top + step < 0 ? 0 : grid->top + step;
    return select_row(grid, grid->selected + step);
}

static bool go_home(struct grid *grid)
{
    if (grid->more_before)
        load_start(grid);
    return select_row(grid, 0);
}

static bool go_end(struct grid *grid)
{
    if (grid->more_after)
        load_end(grid);
    return select_row(grid, grid->count - 1);
}

static bool toggle_mark(struct grid *grid)
{
    const struct record_key *key = grid_key_of(grid);

    if (!key)
        return false;
    for (int i = 0; i < grid->mark_count; i++)
        if (record_key_compare(&grid->marks[i], key) == 0) {
            grid->marks[i] = grid->marks[--grid->mark_count];
            return true;
        }
    if (grid->mark_count == GRID_MARKS)
        return false;
    grid->marks[grid->mark_count++] = *key;
    return true;
}

bool grid_key(struct grid *grid, const struct key *key, int rows)
{
    switch (key->code) {
    case TKEY_UP:
        return select_row(grid, grid->selected - 1);
    case TKEY_DOWN:
        return select_row(grid, grid->selected + 1);
    case TKEY_PAGE_UP:
        return page(grid, -rows);
    case TKEY_PAGE_DOWN:
        return page(grid, rows);
    case TKEY_HOME:
        return go_home(grid);
    case TKEY_END:
        return go_end(grid);
    case TKEY_MOUSE:
        if (key->button != 4 && key->button != 5)
            return false;
        return select_row(grid, grid->selected + (key->button == 4 ? -WHEEL : WHEEL));
    case TKEY_CHARACTER:
        if (key->point != ' ' || !toggle_mark(grid))
            return false;
        return select_row(grid, grid->selected + 1);
    default:
        return false;
    }
}

/* The selected row */

struct record *grid_record(struct grid *grid)
{
    return grid->selected < 0 ? NULL : grid->rows[grid->selected].record;
}

const struct record_key *grid_key_of(struct grid *grid)
{
    return grid->selected < 0 ? NULL : &grid->rows[grid->selected].key;
}

bool grid_marked(const struct grid *grid, const struct record_key *key)
{
    for (int i = 0; i < grid->mark_count; i++)
        if (record_key_compare(&grid->marks[i], key) == 0)
            return true;
    return false;
}
