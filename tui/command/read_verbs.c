/* Verbs that read: list, show, find, export. */
#include "tui/command/command_line.h"

#include <stdio.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/change/history.h"
#include "core/model/elements.h"
#include "core/query/query.h"
#include "i18n/text.h"

static enum err type_wanted(const struct command_line *line, const struct record_type **out)
{
    if (line->count < 1)
        return fail(ERR_USAGE,
                    N_("Say which records: case, exhibit, seizure, officer, commodity ..."));
    *out = type_named(text_of(line->words[0]));
    if (!*out || (*out)->family != 0)
        return fail(ERR_USAGE, N_("There are no records called \"%s\"."), line->words[0]);
    return ERR_OK;
}

enum { COLUMNS_MOST = 96, ROWS_AT_ONCE = 256 };

static size_t columns_of(const struct record_type *type, bool all, const struct field **out)
{
    size_t count = 0;

    for (size_t i = 0; i < type->count && count < COLUMNS_MOST; i++)
        if ((all || (type->fields[i].flags & LISTED)) && !(type->fields[i].flags & UNLISTED))
            out[count++] = &type->fields[i];
    return count;
}

/* The order asked for: an index by name; else the newest first where there is a date to sort by. */
static enum err order_of(struct query *query, const struct command_line *line)
{
    const struct record_type *type = query->type;

    query->direction = line->reverse ? BACKWARD : FORWARD;
    if (line->sort) {
        for (size_t i = 0; i < type->index_count; i++)
            if (!type->indexes[i].sparse && !type->indexes[i].only &&
                strcmp(type->indexes[i].name, line->sort) == 0)
                query->index = &type->indexes[i];
        if (!query->index)
            return fail(ERR_USAGE, N_("%p cannot be listed by \"%s\"."),
                        label_argument(&type->plural), line->sort);
    } else if (type->index_count > 0 && type->indexes[0].unique) {
        query->index = &type->indexes[0];
    }
    return ERR_OK;
}

/* What goes out in an export: what may be read, and nothing where no more than a number may. That sensitive records went
 * out stands in the journal, or they do not go. */
static enum err slice_export(struct seat *seat, struct query_slice *slice, size_t *left_out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct record_key *keys = arena_array(arena, slice->count, sizeof *keys);
    size_t count = 0;

    for (size_t i = 0; i < slice->count; i++) {
        struct query_row row = slice->rows[i];

        if (!row.damaged && row.record->access > ACCESS_READ)
            continue;
        keys[count] = row.key;
        slice->rows[count++] = row;
    }
    *left_out += slice->count - count;
    slice->count = count;
    return access_viewed(seat->reader, &seat->session, (struct access_views){ keys, count });
}

static enum err send_slice(struct sink *sink, const struct query_slice *slice)
{
    for (size_t i = 0; i < slice->count; i++)
        TRY(slice->rows[i].damaged ? sink_damaged(sink, &slice->rows[i].key)
                                   : sink_record(sink, slice->rows[i].record));
    return ERR_OK;
}

/* Long lists are read in slices, each from a snapshot of its own. */
static enum err send_query(struct seat *seat, struct sink *sink, const struct query *query,
                           int limit, size_t *left_out)
{
    AUTO_BUFFER struct buffer resume = { 0 };
    size_t sent = 0;
    bool more = true;

    while (more && (limit == 0 || sent < (size_t)limit)) {
        AUTO_ARENA struct arena *arena = arena_new();
        AUTO_TXN struct txn *txn = NULL;
        struct query_slice slice;
        size_t rows = limit > 0 && (size_t)limit - sent < 256 ? (size_t)limit - sent : 256;

        TRY(store_begin(&txn, seat->store));
        TRY(query_slice(txn, query, buffer_bytes(&resume), rows, 150, codes_lookup(seat->codes),
                        arena, &slice));
        txn_end(txn);
        txn = NULL;
        sent += slice.count;
        if (query->all_fields)
            TRY(slice_export(seat, &slice, left_out));
        TRY(send_slice(sink, &slice));
        more = slice.more;
        buffer_clear(&resume);
        buffer_put(&resume, slice.resume.data, slice.resume.len);
    }
    return ERR_OK;
}

static enum err list_with(struct seat *seat, struct command_line *line, bool all)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct field *columns[COLUMNS_MOST];
    struct query query = { 0 };
    struct filter *filter = NULL;
    struct message why;
    struct sink *sink;
    size_t count, left_out = 0;
    enum err err;

    TRY(type_wanted(line, &query.type));
    TRY(order_of(&query, line));
    if (line->filter)
        TRY(filter_parse(&filter, arena, query.type, text_of(line->filter),
                         codes_lookup(seat->codes), &why));
    query.filter = filter;
    query.all_fields = all;
    count = columns_of(query.type, all, columns);
    sink = sink_new(line->format, line->language, codes_lookup(seat->codes), out_write, NULL);
    err = sink_begin(sink, query.type, columns, count);
    if (err == ERR_OK)
        err = send_query(seat, sink, &query, line->limit, &left_out);
    if (err == ERR_OK)
        err = sink_end(sink);
    sink_free(sink);
    if (err == ERR_OK && left_out > 0)
        out_warning(line,
                    N_("%zu records are left out, because you are not permitted to read them."),
                    left_out);
    return err;
}

enum err run_list(struct command_line *line)
{
    struct seat seat;
    enum err err;

    TRY(seat_open(&seat, line, false));
    err = list_with(&seat, line, line->all_fields);
    seat_close(&seat);
    return err;
}

enum err run_export(struct command_line *line)
{
    struct seat seat;
    enum err err;

    TRY(seat_open(&seat, line, false));
    if (line->format == SINK_TEXT)
        line->format = SINK_TSV;
    err = list_with(&seat, line, true);
    seat_close(&seat);
    return err;
}

/* ---- show ---- */

static void put_safe(struct text t)
{
    AUTO_BUFFER struct buffer safe = { 0 };

    text_safe(&safe, t, TEXT_KEEP_LINES);
    fwrite(safe.data, 1, safe.len, stdout);
}

static void put_line(struct text label, struct text value)
{
    AUTO_BUFFER struct buffer padded = { 0 };

    text_pad_left(&padded, label, 30);
    fwrite(padded.data, 1, padded.len, stdout);
    fputs("  ", stdout);
    put_safe(value);
    fputc('\n', stdout);
}

static void put_heading(struct text label, uint32_t n)
{
    printf("\n%.*s %u\n", (int)label.len, label.data, n);
}

/* The names of the fields that the record calls approximate. */
static struct text approximate_fields(struct arena *arena, const struct record *record,
                                      const struct field *field, enum language language)
{
    const struct list *tags = field_value(field, record);
    AUTO_BUFFER struct buffer out = { 0 };

    for (size_t i = 0; i < tags->count; i++) {
        const struct field *named =
            field_find(record->type,
                       (uint16_t)((const struct tag_item *)tags->items)[i].tag.value);

        if (named && out.len > 0)
            buffer_string(&out, "; ");
        if (named)
            buffer_text(&out, label_text(arena, &named->label, language));
    }
    return arena_text(arena, buffer_as_text(&out));
}

static void show_fields(struct seat *seat, const struct record *record, enum language language)
{
    AUTO_ARENA struct arena *arena = arena_new();

    for (size_t i = 0; i < record->type->count; i++) {
        const struct field *field = &record->type->fields[i];

        if (field->tag == TAG_APPROXIMATE && field_present(field, record))
            put_line(label_text(arena, &field->label, language),
                     approximate_fields(arena, record, field, language));
        else if (field_present(field, record))
            put_line(label_text(arena, &field->label, language),
                     value_show(arena, field, field_value(field, record),
                                codes_lookup(seat->codes), language));
    }
}

static void show_page(struct seat *seat, const struct family_page *page, uint8_t family,
                      enum language language)
{
    AUTO_ARENA struct arena *arena = arena_new();

    for (size_t i = 0; i < page->count; i++) {
        if (page->damaged[i]) {
            put_line(TEXT("!"),
                     words(arena, N_("This entry is damaged and is not shown."), language));
            continue;
        }
        put_heading(label_text(arena, &type_of_family(family)->label, language),
                    page->records[i]->key.n);
        show_fields(seat, page->records[i], language);
    }
}

static enum err show_family(struct seat *seat, struct txn *txn, uint64_t owner, uint8_t family,
                            enum language language)
{
    uint32_t from = 0;
    bool more = true;

    while (more) {
        AUTO_ARENA struct arena *arena = arena_new();
        struct family_page page;

        TRY(family_page(txn, owner, family, from, FORWARD, ROWS_AT_ONCE, arena, &page));
        show_page(seat, &page, family, language);
        more = page.more && page.count > 0;
        from = more ? page.records[page.count - 1]->key.n + 1 : 0;
    }
    return ERR_OK;
}

struct changes {
    struct seat *seat;
    struct arena *arena;
    enum language language;
};

static void show_change(const struct field *field, const void *a, const void *b, void *context)
{
    struct changes *changes = context;
    const struct lookup *lookup = codes_lookup(changes->seat->codes);
    enum language language = value_differs_in(field, a, b, lookup, changes->language);
    struct text before = a && field_kind(field)->present(a)
                             ? value_show(changes->arena, field, a, lookup, language)
                             : TEXT("—");
    struct text after = b && field_kind(field)->present(b)
                            ? value_show(changes->arena, field, b, lookup, language)
                            : TEXT("—");

    put_line(label_text(changes->arena, &field->label, changes->language),
             arena_printf(changes->arena, "%.*s → %.*s", (int)before.len, before.data,
                          (int)after.len, after.data));
}

/* What it changed in the one before; NULL: there is none. */
static void show_revision(struct changes *changes, const struct revision *revision,
                          const struct revision *before)
{
    struct moment when = moment_of_ms((int64_t)revision->time_ms, OFFSET_HONG_KONG);
    const struct lookup *lookup = codes_lookup(changes->seat->codes);
    const struct act *act = act_named(revision->act);
    enum language language = changes->language;
    struct arena *arena = changes->arena;
    AUTO_BUFFER struct buffer who = { 0 };
    char time[40];

    moment_print(time, when);
    lookup->reference(lookup->context, (struct reference){ .id = revision->officer }, language,
                      &who);
    printf("\n%u  %s  ", revision->revision, time);
    put_safe(buffer_as_text(&who));
    fputs("  ", stdout);
    put_safe(act ? label_text(arena, &act->label, language) : revision->act);
    printf("  #%llu\n", (unsigned long long)revision->sequence);
    if (revision->damaged)
        put_line(TEXT("!"),
                 words(arena, N_("This revision is damaged and is not shown."), language));
    else if (!revision->record)
        put_line(TEXT("!"),
                 words(arena,
                       N_("The text of this revision was lawfully erased; its proof stands."),
                       language));
    else
        record_diff(revision->record->type, before ? before->record : NULL, revision->record,
                    show_change, changes);
}

static enum err show_history(struct seat *seat, struct txn *txn, const struct record_key *key,
                             enum language language)
{
    uint32_t from = 0;

    do {
        AUTO_ARENA struct arena *arena = arena_new();
        struct changes changes = { seat, arena, language };
        struct revision *revisions;
        size_t count;

        TRY(history_read(txn, key, from, ROWS_AT_ONCE + 1, arena, &revisions, &count));
        for (size_t i = 0; i < count && i < ROWS_AT_ONCE; i++)
            show_revision(&changes, &revisions[i], i + 1 < count ? &revisions[i + 1] : NULL);
        from = count > ROWS_AT_ONCE ? revisions[ROWS_AT_ONCE].revision : 0;
    } while (from != 0);
    return ERR_OK;
}

enum err seat_record(struct txn *txn, const char *word, struct arena *arena,
                     struct record **out)
{
    struct record_key key, *keys;
    size_t count;
    enum err err = ERR_MISSING;

    if (key_parse(&key, text_of(word)))
        err = record_get(txn, &key, 0, arena, out);
    if (err == ERR_MISSING) { /* a staff number may look like the id of a case */
        TRY(search(txn, text_of(word), 1, arena, &keys, &count));
        err = count == 0 ? ERR_MISSING : record_get(txn, &keys[0], 0, arena, out);
    }
    if (err == ERR_MISSING)
        return fail(ERR_MISSING, N_("Nothing is found under \"%s\"."), word);
    return err;
}

/* As it is, or as it stood at the moment of --as-at. */
static enum err wanted_record(struct txn *txn, const struct command_line *line,
                              struct arena *arena, struct record **out)
{
    struct record_key key;
    struct moment at;
    int64_t now = now_ms();
    uint64_t time_ms;
    enum err err;

    TRY(seat_record(txn, line->words[0], arena, out));
    if (!line->as_at)
        return ERR_OK;
    if (!moment_parse(&at, text_of(line->as_at), now))
        return fail(ERR_USAGE,
                    N_("\"%s\" is not a date and time, such as \"2026-06-21 08:40\"."),
                    line->as_at);
    if (!journal_time(at, now, &time_ms))
        return fail(
            ERR_USAGE,
            N_("\"%s\" is no moment of the past: it is still to come, not a whole date, "
               "or before anything could be recorded."),
            line->as_at);
    key = (*out)->key;
    err = record_as_at(txn, &key, time_ms, arena, out);
    if (err == ERR_MISSING)
        return fail(ERR_MISSING, N_("Nothing is found under \"%s\"."), line->words[0]);
    return err;
}

static enum err show_record(struct seat *seat, struct txn *txn, struct command_line *line)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct record *record;
    const char *part = line->count > 1 ? line->words[1] : "";
    enum err err = ERR_OK;

    TRY(wanted_record(txn, line, arena, &record));
    if (strcmp(part, "history") == 0)
        return show_history(seat, txn, &record->key, line->language);
    if (line->format != SINK_TEXT) {
        const struct field *columns[COLUMNS_MOST];
        size_t count = columns_of(record->type, true, columns);
        struct sink *sink =
            sink_new(line->format, line->language, codes_lookup(seat->codes), out_write, NULL);

        err = sink_begin(sink, record->type, columns, count);
        if (err == ERR_OK)
            err = sink_record(sink, record);
        if (err == ERR_OK)
            err = sink_end(sink);
        sink_free(sink);
        return err;
    }
    if (record->access > ACCESS_READ)
        out_warning(line,
                    N_("A part of this record is withheld: you are not permitted to read it."));
    show_fields(seat, record, line->language);
    TRY(show_family(seat, txn, record->key.id, 1, line->language));
    return show_family(seat, txn, record->key.id, 2, line->language);
}

/* Opening a sensitive record stands in the journal; from a store that cannot be written it is shown all the same. */
static enum err show_opened(struct seat *seat, struct command_line *line)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    TRY(store_begin(&txn, seat->store));
    if (wanted_record(txn, line, arena, &record) != ERR_OK)
        return ERR_OK; /* showing it says why */
    txn_end(txn);
    txn = NULL;
    return store_writable(seat->store) ? access_viewed(seat->reader, &seat->session,
                                                       (struct access_views){ &record->key, 1 })
                                       : ERR_OK;
}

enum err run_show(struct command_line *line)
{
    struct seat seat;
    struct txn *txn = NULL;
    enum err err;

    if (line->count < 1)
        return fail(ERR_USAGE, N_("Say which record: its id (E-12) or its number."));
    TRY(seat_open(&seat, line, false));
    err = show_opened(&seat, line);
    if (err == ERR_OK)
        err = store_begin(&txn, seat.store);
    if (err == ERR_OK)
        err = show_record(&seat, txn, line);
    txn_end(txn);
    seat_close(&seat);
    return err;
}

static enum err find_words(struct seat *seat, struct command_line *line)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer typed = { 0 };
    const struct lookup *lookup = codes_lookup(seat->codes);
    struct record_key *keys;
    size_t count;

    for (int i = 0; i < line->count; i++)
        buffer_printf(&typed, "%s%s", i > 0 ? " " : "", line->words[i]);
    TRY(store_begin(&txn, seat->store));
    TRY(search(txn, buffer_as_text(&typed), line->limit > 0 ? (size_t)line->limit : 50, arena,
               &keys, &count));
    for (size_t i = 0; i < count; i++) {
        AUTO_BUFFER struct buffer out = { 0 };

        key_print(&out, &keys[i]);
        buffer_byte(&out, '\t');
        lookup->reference(lookup->context,
                          (struct reference){ keys[i].id, keys[i].family, keys[i].n },
                          line->language, &out);
        put_safe(buffer_as_text(&out));
        fputc('\n', stdout);
    }
    if (count == 0)
        return fail(ERR_MISSING, N_("Nothing is found under \"%s\"."),
                    arena_string(arena, buffer_as_text(&typed)));
    return ERR_OK;
}

enum err run_find(struct command_line *line)
{
    struct seat seat;
    enum err err;

    if (line->count < 1)
        return fail(ERR_USAGE,
                    N_("Say what to find: a number, or words of a title or description."));
    TRY(seat_open(&seat, line, false));
    err = find_words(&seat, line);
    seat_close(&seat);
    return err;
}
