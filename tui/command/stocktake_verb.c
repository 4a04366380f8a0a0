/* The list of a stocktake, derived anew for an auditor. */
#include "tui/command/command_line.h"

#include "core/model/stocktake_check.h"

static enum err put_item(struct seat *seat, const struct drawn_item *item)
{
    AUTO_BUFFER struct buffer line = { 0 };
    AUTO_BUFFER struct buffer place = { 0 };
    const struct lookup *lookup = codes_lookup(seat->codes);

    lookup->number(lookup->context, (struct reference){ .id = item->place }, &place);
    buffer_string(&line, stratum_code(item->stratum));
    buffer_byte(&line, '\t');
    hex_encode(&line, (struct bytes){ item->digest.byte, sizeof item->digest.byte });
    buffer_byte(&line, '\t');
    buffer_text(&line, item->number);
    buffer_byte(&line, '\t');
    buffer_text(&line, buffer_as_text(&place));
    buffer_string(&line, item->drawn ? "\tdrawn\n" : "\t-\n");
    return out_write(NULL, buffer_bytes(&line));
}

static enum err derive(struct seat *seat, const struct command_line *line)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct stocktake_check check;
    struct record *record;

    TRY(store_begin(&txn, seat->store));
    TRY(seat_record(txn, line->words[0], arena, &record));
    if (record->type != &stocktake_type)
        return fail(ERR_INVALID,
                    N_("%s is no stocktake. Give the number of one, such as "
                       "ST-000003-U."),
                    line->words[0]);
    txn_end(txn);
    txn = NULL;
    TRY(stocktake_rederive(seat->store, (const struct stocktake_record *)record, arena,
                           &check));
    for (size_t i = 0; i < check.scope.count; i++)
        TRY(put_item(seat, &check.scope.items[i]));
    if (!check.scope_agrees || !check.list_agrees || !check.written_agrees)
        return fail(ERR_DAMAGED,
                    check.scope_agrees
                        ? N_("The list derived anew is not the one that was written down when "
                             "stocktake %s opened. Tell the system administrator.")
                        : N_("The exhibits in scope, as the journal has them at the opening, "
                             "are not those that stocktake %s recorded. Where locations have "
                             "been moved in the tree since, or goods may not be read by you, "
                             "that is why; else tell the system administrator."),
                    arena_string(arena, ((const struct stocktake_record *)record)->number));
    out_sentence(line,
                 N_("Derived anew from the journal and the recorded seed: %zu exhibits in "
                    "scope, and the list is the one written down before the count."),
                 check.scope.count);
    return ERR_OK;
}

enum err run_stocktake_sample(struct command_line *line)
{
    struct seat seat;
    enum err err;

    if (line->count != 1)
        return fail(ERR_USAGE, N_("Say which stocktake, by its number: ST-000003-U."));
    TRY(seat_open(&seat, line, false));
    err = derive(&seat, line);
    seat_close(&seat);
    return err;
}
