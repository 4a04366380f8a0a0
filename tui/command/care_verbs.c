/* Verbs that take care of a store: tend, verify, rebuild. */
#include "tui/command/command_line.h"

#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include "core/change/mirror.h"
#include "core/change/rebuild.h"
#include "core/change/verify.h"
#include "core/model/custody_verify.h"
#include "core/model/rehash.h"

static void put_fault(const struct message *message, void *context)
{
    const struct command_line *line = context;
    AUTO_ARENA struct arena *arena = arena_new();
    struct text words = sentence(arena, message, line->language);

    printf("%.*s\n", (int)words.len, words.data);
}

/* How far it is, where somebody looks. */
static bool show_progress(uint64_t done, uint64_t total, void *context)
{
    (void)context;
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%llu / %llu", (unsigned long long)done, (unsigned long long)total);
    return true;
}

enum err run_verify(struct command_line *line)
{
    struct verify_options options = { .depth = line->quick ? VERIFY_TREE : VERIFY_ALL,
                                      .meaning = custody_verify,
                                      .fault = put_fault,
                                      .progress = show_progress,
                                      .context = line };
    struct verify_report report = { 0 };
    AUTO_BUFFER struct buffer root = { 0 };
    enum err err;

    /* Not opened here: a damaged database may end whoever opens it. */
    err = verify_folder(line->store ? line->store : ".", &options, &report);
    if (isatty(STDERR_FILENO))
        fputc('\n', stderr);
    if (err != ERR_OK && err != ERR_DAMAGED)
        return err;
    base64_encode(&root, (struct bytes){ report.root.byte, sizeof report.root.byte });
    buffer_byte(&root, 0);
    out_sentence(line,
                 N_("Looked at %lu entries, %lu bodies, %lu signatures, %lu records and %lu "
                    "derived values; %lu bodies were lawfully dropped."),
                 (unsigned long)report.entries, (unsigned long)report.bodies,
                 (unsigned long)report.signatures, (unsigned long)report.records,
                 (unsigned long)report.derived, (unsigned long)report.dropped);
    out_sentence(line, N_("Head: %s"), (const char *)root.data);
    if (err == ERR_DAMAGED && report.contradictions == report.faults)
        return fail(
            ERR_DAMAGED,
            N_("%lu contradictions in custody stand in this store and are not marked as "
               "discrepancies. They were written past the acts, or by a program with a "
               "fault: keep a copy, and let a supervisor enter each as a discrepancy."),
            (unsigned long)report.contradictions);
    if (err == ERR_DAMAGED)
        return fail(ERR_DAMAGED,
                    N_("%lu faults were found. Write nothing more; keep a copy and rebuild "
                       "from the journal."),
                    (unsigned long)report.faults);
    out_sentence(line, N_("No fault was found."));
    return ERR_OK;
}

static bool show_replayed(uint64_t done, void *context)
{
    return show_progress(done, done, context);
}

enum err run_rebuild(struct command_line *line)
{
    uint64_t entries;

    if (line->count < 2)
        return fail(
            ERR_USAGE,
            N_("Say from which store, and into which new folder: tidewaiter rebuild FROM DIR"));
    TRY(rebuild_store(line->words[0], line->words[1], show_replayed, NULL, &entries));
    out_sentence(
        line,
        N_("%s was rebuilt from %lu entries. Compare it with: tidewaiter verify --store %s"),
        line->words[1], (unsigned long)entries, line->words[1]);
    return ERR_OK;
}

/* ---- upkeep ---- */

static void when_complete(const struct command_line *line, const struct rehash_round *round)
{
    char time[40];

    if (round->complete_ms == 0) {
        out_sentence(line, N_("Not all attached files have been looked at yet; the next round "
                              "goes on from here."));
        return;
    }
    moment_print(time, moment_of_ms(round->complete_ms, OFFSET_HONG_KONG));
    out_sentence(line, N_("All attached files were last gone through on %s."), time);
}

static enum err tend(struct store *store, const struct command_line *line)
{
    static const struct rehash_limits limits = { REHASH_FILES, 1 << 30, 30 * 1000 };
    struct rehash_round round;
    struct session session;
    enum err err;

    store_tidy(store);
    TRY(mirror_catch_up(store));
    session_start(&session, store, NULL);
    err = rehash_some(&session, &limits, put_fault, (void *)(uintptr_t)line, &round);
    session_end(&session);
    TRY(err);
    out_sentence(line, N_("Looked at %zu attached files, %llu bytes."), round.files,
                 (unsigned long long)round.bytes);
    when_complete(line, &round);
    if (round.faulty > 0)
        return fail(ERR_DAMAGED,
                    N_("%zu attached files are damaged or missing. They are marked in the list "
                       "of attachments; restore them from a backup."),
                    round.faulty);
    return ERR_OK;
}

/* Nobody signs in: a timer calls it. */
enum err run_tend(struct command_line *line)
{
    struct store *store;
    enum err err;

    TRY(store_open(&store, line->store ? line->store : ".", STORE_WRITABLE));
    store_set_holder(store, "tend");
    err = tend(store, line);
    store_close(store);
    return err;
}
