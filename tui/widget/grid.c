#include "tui/widget/grid.h"

#include <string.h>

#include "core/base/seams.h"

enum {
    SLICE = 60,  /* rows read at a time */
    MARGIN = 80, /* rows kept on both sides of the selected one: more than a screen has */
    KEY_MS = 4,  /* of reading before the answer to a key is shown */
    READ_ANEW_MS = 100, /* how often the window follows rows that come */
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
                           .head = -1,
                           .selected = -1,
                           .total = -1 };
}

void grid_free(struct grid *grid)
{
    listing_close(&grid->listing);
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
static enum err read_slice(struct grid *grid, bool forward, int budget_ms)
{
    AUTO_TXN struct txn *txn = NULL;
    struct query_slice slice;
    enum err err;

    err = store_begin(&txn, grid->store);
    if (err == ERR_OK)
        err = listing_slice(&grid->listing, txn, forward ? grid->after : grid->before, forward,
                            SLICE, budget_ms, grid->lookup, grid->arena, &slice);
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

/* Reads what the screen may show next, for one slice's time. What is still being sorted comes later. */
static enum err settle_for(struct grid *grid, int budget_ms)
{
    int64_t deadline = monotonic_ms() + budget_ms;
    enum err err = ERR_OK;
    int count = -1;

    while (err == ERR_OK && (needs_after(grid) || needs_before(grid)) &&
           !(listing_sorting(&grid->listing) && grid->count == count) &&
           monotonic_ms() <= deadline) {
        bool before = needs_before(grid), after = needs_after(grid);
        bool nearer = grid->count - 1 - grid->selected <= grid->selected;

        count = grid->count;
        err = read_slice(grid, after && (!before || nearer), budget_ms);
    }
    grid->searching =
        needs_after(grid) || needs_before(grid) || listing_sorting(&grid->listing);
    grid->failed = err;
    if (grid->count > 0)
        grid->state = GRID_READY;
    else
        grid->state = grid->searching ? GRID_LOADING : GRID_EMPTY;
    return err;
}

/* While a key is answered; what takes longer goes on in grid_more(). */
static enum err settle(struct grid *grid)
{
    return settle_for(grid, KEY_MS);
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

/* Where a record stands in the list now: its value in the list's order may have changed, or the order itself. */
static void entry_of(struct grid *grid, const struct record *record, struct bytes seen,
                     struct buffer *out)
{
    if (record)
        listing_entry(&grid->listing, record, seen, out);
    if (out->len == 0)
        buffer_put(out, seen.data, seen.len);
}

static enum err whole_record(struct grid *grid, const struct record_key *key,
                             struct arena *arena, struct record **out)
{
    AUTO_TXN struct txn *txn = NULL;
    enum err err;

    *out = NULL;
    TRY(store_begin(&txn, grid->store));
    err = record_get(txn, key, 0, arena, out);
    if (err != ERR_OK)
        *out = NULL;
    return err == ERR_DAMAGED || err == ERR_MISSING ? ERR_OK : err;
}

/* Loads the window around an entry: the walk that goes down the keys begins with the entry itself, because the least key
 * above it is the entry with a zero behind it. */
static enum err load_around(struct grid *grid, struct bytes entry)
{
    AUTO_BUFFER struct buffer above = { 0 };
    bool down = grid->listing.plan.direction == BACKWARD;

    buffer_put(&above, entry.data, entry.len);
    buffer_byte(&above, 0);
    window_start(grid, down ? entry : buffer_bytes(&above), true,
                 down ? buffer_bytes(&above) : entry, true);
    TRY(read_slice(grid, down, KEY_MS));
    return settle(grid);
}

static int row_of_key(const struct grid *grid, const struct record_key *key)
{
    for (int i = 0; i < grid->count; i++)
        if (record_key_compare(&grid->rows[i].key, key) == 0)
            return i;
    return -1;
}

/* Around a record, at the same height of the screen. While the list is being sorted it may not have been met yet. */
static enum err load_record(struct grid *grid, struct bytes seen)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer entry = { 0 };
    struct record *record;
    int row;

    TRY(whole_record(grid, &grid->kept, arena, &record));
    entry_of(grid, record, seen, &entry);
    TRY(load_around(grid, buffer_bytes(&entry)));
    row = row_of_key(grid, &grid->kept);
    if (row >= 0)
        grid->selected = row;
    grid->keeping = row < 0 && listing_sorting(&grid->listing);
    grid->top = grid->selected > grid->kept_offset ? grid->selected - grid->kept_offset : 0;
    return ERR_OK;
}

static enum err load_kept(struct grid *grid)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct bytes seen = { 0 };

    if (!grid->keeping) {
        seen = bytes_copy(arena, grid->rows[grid->selected].entry);
        grid->kept = grid->rows[grid->selected].key;
        grid->kept_offset = grid->selected - grid->top;
    }
    return load_record(grid, seen);
}

/* Is the selected record still a row, now that the filter is another? */
static bool still_row(struct grid *grid)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct record_key *key = grid->keeping ? &grid->kept : grid_key_of(grid);
    struct record *record;

    if (!key || whole_record(grid, key, arena, &record) != ERR_OK)
        return false;
    return !record || filter_match(grid->query.filter, record, grid->lookup);
}

static enum err count_all(struct grid *grid, struct txn *txn)
{
    struct query all = grid->query;

    all.filter = NULL;
    grid->total = query_count(txn, &all);
    grid->stale = false;
    grid->read_ms = monotonic_ms();
    return ERR_OK;
}

enum err grid_load(struct grid *grid, bool keep)
{
    AUTO_TXN struct txn *txn = NULL;

    TRY(store_begin(&txn, grid->store));
    TRY(count_all(grid, txn));
    TRY(listing_open(&grid->listing, txn, &grid->query, grid->by, grid->lookup));
    txn_end(txn);
    txn = NULL;
    if (keep && still_row(grid))
        return load_kept(grid);
    grid->anchor = GRID_AT_TOP;
    grid->keeping = false;
    return load_start(grid);
}

static enum err window_anew(struct grid *grid)
{
    grid->stale = false;
    grid->read_ms = monotonic_ms();
    if (grid->anchor == GRID_AT_END)
        return load_end(grid);
    return grid->selected >= 0 || grid->keeping ? load_kept(grid) : load_start(grid);
}

enum err grid_refresh(struct grid *grid)
{
    AUTO_TXN struct txn *txn = NULL;
    bool changed;

    if (!grid->listing.arena) /* it could not be opened */
        return grid_load(grid, true);
    TRY(store_begin(&txn, grid->store));
    TRY(count_all(grid, txn));
    TRY(listing_step(&grid->listing, txn, 0, grid->lookup, &changed));
    txn_end(txn);
    txn = NULL;
    return window_anew(grid);
}

static enum err more(struct grid *grid)
{
    AUTO_TXN struct txn *txn = NULL;
    bool changed = false;

    if (!listing_sorting(&grid->listing))
        return settle_for(grid, GRID_SLICE_MS);
    TRY(store_begin(&txn, grid->store));
    TRY(listing_step(&grid->listing, txn, GRID_SLICE_MS, grid->lookup, &changed));
    txn_end(txn);
    txn = NULL;
    grid->stale |= changed;
    grid->searching = true;
    if (listing_sorting(&grid->listing) &&
        (!grid->stale || monotonic_ms() - grid->read_ms < READ_ANEW_MS))
        return ERR_OK;
    if (grid->anchor == GRID_AT_TOP) {
        grid->read_ms = monotonic_ms();
        grid->stale = false;
        return load_start(grid);
    }
    return window_anew(grid);
}

/* What fails would fail again and again: it goes on with the next key. */
enum err grid_more(struct grid *grid)
{
    enum err err = more(grid);

    if (err != ERR_OK) {
        grid->searching = false;
        grid->failed = err;
    }
    return err;
}

int64_t grid_number(const struct grid *grid)
{
    if (grid->listing.sorted)
        return sorted_total(grid->listing.sorted);
    if (filter_empty(grid->query.filter) && grid->total >= 0)
        return grid->total;
    return grid->more_before || grid->more_after || grid->searching ? -1 : grid->count;
}

/* Moving */

static bool select_row(struct grid *grid, int row)
{
    if (grid->count == 0)
        return true;
    grid->selected = row < 0 ? 0 : row >= grid->count ? grid->count - 1 : row;
    grid->anchor = GRID_AT_ROW;
    grid->keeping = false;
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
    enum err err = grid->more_before ? load_start(grid) : ERR_OK;

    select_row(grid, 0);
    grid->failed = err != ERR_OK ? err : grid->failed;
    grid->anchor = GRID_AT_TOP;
    return true;
}

static bool go_end(struct grid *grid)
{
    enum err err = grid->more_after ? load_end(grid) : ERR_OK;

    select_row(grid, grid->count - 1);
    grid->failed = err != ERR_OK ? err : grid->failed;
    grid->anchor = GRID_AT_END;
    return true;
}

bool grid_mark(struct grid *grid, const struct record_key *key, bool marked)
{
    for (int i = 0; i < grid->mark_count; i++)
        if (record_key_compare(&grid->marks[i], key) == 0) {
            if (!marked)
                grid->marks[i] = grid->marks[--grid->mark_count];
            return true;
        }
    if (!marked)
        return true;
    if (grid->mark_count == GRID_MARKS)
        return false;
    grid->marks[grid->mark_count++] = *key;
    return true;
}

static bool toggle_mark(struct grid *grid)
{
    const struct record_key *key = grid_key_of(grid);

    if (!key || !grid_mark(grid, key, !grid_marked(grid, key)))
        return false;
    return select_row(grid, grid->selected + 1);
}

/* The first column stays; those behind it go out to the left. */
static bool push_columns(struct grid *grid, int by)
{
    if (by > 0 ? !grid->cut : grid->skipped == 0)
        return false;
    grid->skipped += by;
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
    case TKEY_LEFT:
        return push_columns(grid, -1);
    case TKEY_RIGHT:
        return push_columns(grid, 1);
    case TKEY_INSERT:
        return toggle_mark(grid);
    case TKEY_MOUSE:
        if (key->button != 4 && key->button != 5)
            return false;
        return select_row(grid, grid->selected + (key->button == 4 ? -WHEEL : WHEEL));
    case TKEY_CHARACTER:
        return key->point == ' ' && toggle_mark(grid);
    default:
        return false;
    }
}

enum grid_click grid_click(struct grid *grid, const struct key *key, int *column)
{
    int row = grid->top + key->row - grid->place.row - 1, edge = grid->place.column + 3;

    if (key->code != TKEY_MOUSE || key->button != 1 || key->row < grid->place.row ||
        key->row >= grid->place.row + grid->place.rows || key->column < grid->place.column ||
        key->column >= grid->place.column + grid->place.columns)
        return GRID_CLICK_NOWHERE;
    if (key->row == grid->place.row) {
        for (*column = 0; *column < grid->column_count; ++*column) {
            edge += grid->columns[*column].width + 1;
            if (key->column < edge)
                return GRID_CLICK_HEAD;
        }
        return GRID_CLICK_NOWHERE;
    }
    if (row >= grid->count)
        return GRID_CLICK_NOWHERE;
    if (row == grid->selected)
        return GRID_CLICK_AGAIN;
    select_row(grid, row);
    return key->clicks > 1 ? GRID_CLICK_AGAIN : GRID_CLICK_ROW;
}

/* Order */

const struct field *grid_order(const struct grid *grid)
{
    const struct index_row *index = grid->query.index;
    size_t fixed = grid->query.prefix.len > 0; /* its leading value is one and the same */

    if (grid->by)
        return grid->by;
    return index && index->fields[fixed] != 0
               ? field_find(grid->query.type, index->fields[fixed])
               : NULL;
}

enum err grid_sort(struct grid *grid, const struct field *field)
{
    if (field == grid_order(grid))
        grid->query.direction = grid->query.direction == FORWARD ? BACKWARD : FORWARD;
    else
        grid->query.direction = FORWARD;
    grid->by = field;
    return grid_load(grid, grid->anchor == GRID_AT_ROW);
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
