/* The verb that hands out attached files. */
#include "tui/command/command_line.h"

#include <stdio.h>
#include <string.h>

#include "core/model/attachment.h"
#include "core/model/questions.h"

static enum err to_output(struct bytes data)
{
    if (fwrite(data.data, 1, data.len, stdout) != data.len || fflush(stdout) != 0)
        return fail(ERR_IO, N_("The file could not be written to the output."));
    return ERR_OK;
}

static enum err find(struct seat *seat, const char *word, struct arena *arena,
                     struct attachment_record **out)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    TRY(store_begin(&txn, seat->store));
    TRY(seat_record(txn, word, arena, &record));
    if (record->type != &attachment_type)
        return fail(ERR_USAGE, N_("%s is no attachment. Files are attachments: AT-1."), word);
    *out = (struct attachment_record *)record;
    return ERR_OK;
}

/* What goes to the output was looked at: the journal says so first. */
static enum err show(struct seat *seat, const struct attachment_record *attachment,
                     struct arena *arena)
{
    struct bytes data;

    TRY(attachment_read(seat->store, attachment, arena, &data));
    TRY(attachment_viewed(&seat->session, &attachment->head.key));
    return to_output(data);
}

static enum err write_out(struct seat *seat, const struct command_line *line,
                          const struct attachment_record *attachment, struct arena *arena)
{
    struct act_attachment_export input = { .path = text_of(line->words[1]) };
    struct act_call call = { .act = act_named(TEXT("attachment-export")),
                             .input = &input,
                             .subject = attachment->head.key };
    struct change_result result = { .arena = arena };
    struct text note;

    TRY(act_run(&seat->session, &call, &result));
    note = sentence(arena, &result.note, line->language);
    fprintf(stderr, "%.*s\n", (int)note.len, note.data);
    return ERR_OK;
}

enum err run_fetch(struct command_line *line)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct attachment_record *attachment = NULL;
    struct seat seat;
    enum err err;

    if (line->count != 2)
        return fail(ERR_USAGE, N_("Say which attachment, and the file to write; - is the "
                                  "output."));
    TRY(seat_open(&seat, line, true));
    err = find(&seat, line->words[0], arena, &attachment);
    if (err == ERR_OK)
        err = strcmp(line->words[1], "-") == 0 ? show(&seat, attachment, arena)
                                               : write_out(&seat, line, attachment, arena);
    seat_close(&seat);
    return err;
}
