/* Verbs that print: labels with bar codes, and papers. */
#include "tui/command/command_line.h"

#include <string.h>

#include "core/model/scan.h"
#include "core/report/papers.h"
#include "core/report/print_label.h"

/* The cards with commands of the scanner's screen. */
static enum err print_commands(const struct command_line *line, enum label_form form)
{
    for (const struct scan_word *word = scan_words; word->code; word++) {
        AUTO_ARENA struct arena *arena = arena_new();
        AUTO_BUFFER struct buffer out = { 0 };
        struct print_label label;

        TRY(print_label_command(&label, text_of(word->code), &word->label, line->language,
                                arena));
        print_label_write(&out, &label, form);
        TRY(out_write(NULL, buffer_bytes(&out)));
    }
    return ERR_OK;
}

static enum err print_labels(struct seat *seat, struct command_line *line, enum label_form form)
{
    AUTO_TXN struct txn *txn = NULL;

    TRY(store_begin(&txn, seat->store));
    for (int i = 1; i < line->count; i++) {
        AUTO_ARENA struct arena *arena = arena_new();
        AUTO_BUFFER struct buffer out = { 0 };
        struct print_label label;
        struct record *record;

        TRY(seat_record(txn, line->words[i], arena, &record));
        TRY(print_label_of(&label, record, codes_lookup(seat->codes), line->language, arena));
        print_label_write(&out, &label, form);
        TRY(out_write(NULL, buffer_bytes(&out)));
    }
    return ERR_OK;
}

enum err run_label(struct command_line *line)
{
    enum label_form form;
    struct seat seat;
    enum err err;

    if (line->count < 2 || !label_form_parse(&form, text_of(line->words[0])))
        return fail(ERR_USAGE, N_("Say in which form and for which numbers: text, svg, zpl or "
                                  "escpos, then for example E-4 KC-R1-02."));
    if (line->count == 2 && strcmp(line->words[1], "commands") == 0)
        return print_commands(line, form);
    TRY(seat_open(&seat, line, false));
    err = print_labels(&seat, line, form);
    seat_close(&seat);
    return err;
}

static enum err print_paper(struct seat *seat, const struct command_line *line,
                            const struct paper_kind *kind, enum paper_form form)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer out = { 0 };
    AUTO_TXN struct txn *txn = NULL;
    struct paper_call call = { .officer = seat->session.officer,
                               .lookup = codes_lookup(seat->codes),
                               .arena = arena };
    struct record *record;
    struct paper *paper;

    TRY(store_begin(&txn, seat->store));
    TRY(seat_record(txn, line->words[2], arena, &record));
    call.txn = txn;
    call.record = record;
    TRY(paper_make(&paper, kind, &call, line->language));
    paper_write(&out, paper, form);
    return out_write(NULL, buffer_bytes(&out));
}

/* The kinds of paper, as the sentence of a mistake names them. */
static struct text kinds(struct arena *arena)
{
    AUTO_BUFFER struct buffer out = { 0 };

    for (const struct paper_kind *kind = paper_kinds; kind->name; kind++)
        buffer_printf(&out, "%s%s", out.len > 0 ? ", " : "", kind->name);
    return arena_text(arena, buffer_as_text(&out));
}

enum err run_paper(struct command_line *line)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct paper_kind *kind =
        line->count > 0 ? paper_kind_named(text_of(line->words[0])) : NULL;
    enum paper_form form;
    struct seat seat;
    enum err err;

    if (!kind || line->count != 3 || !paper_form_parse(&form, text_of(line->words[1])))
        return fail(ERR_USAGE,
                    N_("Say which paper, in which form (text or html) and of which record, for "
                       "example: custody-form html E-4. There are: %s."),
                    arena_string(arena, kinds(arena)));
    TRY(seat_open(&seat, line, false));
    err = print_paper(&seat, line, kind, form);
    seat_close(&seat);
    return err;
}
