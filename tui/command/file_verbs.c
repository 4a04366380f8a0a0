/* The verb that hands out attached files. */
#include "tui/command/command_line.h"

#include <stdio.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/model/attachment.h"

static enum err to_output(struct bytes data)
{
    if (fwrite(data.data, 1, data.len, stdout) != data.len || fflush(stdout) != 0)
        return fail(ERR_IO, N_("The file could not be written to the output."));
    return ERR_OK;
}

/* A file that is there already is let be: it may be another's evidence. */
static enum err to_file(const char *path, struct bytes data)
{
    if (file_exists(path))
        return fail(ERR_CONFLICT, N_("%s is there already. Name a new file."), path);
    return file_replace(path, data, 0600);
}

static enum err hand_out(struct seat *seat, const struct command_line *line)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;
    struct bytes data;

    TRY(store_begin(&txn, seat->store));
    TRY(seat_record(txn, line->words[0], arena, &record));
    if (record->type != &attachment_type)
        return fail(ERR_USAGE, N_("%s is no attachment. Files are attachments: AT-1."),
                    line->words[0]);
    TRY(attachment_read(seat->store, (const struct attachment_record *)record, arena, &data));
    return strcmp(line->words[1], "-") == 0 ? to_output(data) : to_file(line->words[1], data);
}

enum err run_fetch(struct command_line *line)
{
    struct seat seat;
    enum err err;

    if (line->count != 2)
        return fail(ERR_USAGE, N_("Say which attachment, and the file to write; - is the "
                                  "output."));
    TRY(seat_open(&seat, line, false));
    err = hand_out(&seat, line);
    seat_close(&seat);
    return err;
}
