#include "core/change/verify_parts.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- what the two processes say to each other ---- */

enum packet_kind { PACKET_FAULT, PACKET_PROGRESS, PACKET_END };

/* Sent as it is: both are the same program, so constants stand at the same address in both. */
struct packet {
    enum packet_kind kind;
    enum err err; /* END */
    uint64_t done, total;
    struct message message; /* FAULT; END where err is a failure */
    const char *text;       /* where message.text stood, to which its arguments point */
    struct verify_report report;
};

static void send(struct verifier *v, struct packet *packet)
{
    const uint8_t *data = (const uint8_t *)packet;
    size_t left = sizeof *packet;

    packet->text = packet->message.text;
    packet->report = v->report;
    while (left > 0) {
        ssize_t put = write(v->out, data, left);

        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            _exit(1); /* nobody listens any more */
        data += put;
        left -= (size_t)put;
    }
}

static bool receive(int in, struct packet *packet)
{
    uint8_t *data = (uint8_t *)packet;
    size_t left = sizeof *packet;

    while (left > 0) {
        ssize_t got = read(in, data, left);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        data += got;
        left -= (size_t)got;
    }
    for (size_t i = 0; packet->message.id && i < packet->message.count; i++) {
        struct argument *argument = &packet->message.arguments[i];

        if (argument->kind == ARGUMENT_TEXT)
            argument->text = packet->message.text + (argument->text - packet->text);
    }
    return true;
}

/* ---- in the process that verifies ---- */

static void send_fault(const struct message *message, void *context)
{
    struct verifier *v = context;
    struct packet packet = { .kind = PACKET_FAULT };

    v->report.faults++;
    message_copy(&packet.message, message);
    send(v, &packet);
}

void verify_message(struct verifier *v, const struct message *message)
{
    send_fault(message, v);
}

void verify_fault(struct verifier *v, const char *id, ...)
{
    struct message message;
    va_list list;

    va_start(list, id);
    message_vset(&message, id, list);
    va_end(list);
    send_fault(&message, v);
}

void verify_contradiction(struct verifier *v, const char *id, ...)
{
    struct message message;
    va_list list;

    va_start(list, id);
    message_vset(&message, id, list);
    va_end(list);
    v->report.contradictions++;
    send_fault(&message, v);
}

struct store *verify_reads(const struct verifier *v)
{
    return v->store;
}

uint64_t verify_size(const struct verifier *v)
{
    return v->size;
}

/* ERR_DAMAGED, ERR_MISSING and the like become the fault that the last failure says; others come back. */
enum err verify_failure(struct verifier *v, enum err code)
{
    if (code != ERR_DAMAGED && code != ERR_MISSING && code != ERR_NEWER &&
        code != ERR_INVALID && code != ERR_ROLLED_BACK)
        return code;
    send_fault(last_failure(), v);
    return ERR_OK;
}

void verify_step(struct verifier *v, uint64_t steps)
{
    struct packet packet = { .kind = PACKET_PROGRESS, .total = v->total };

    v->done += steps;
    if (v->done > v->total)
        v->done = v->total;
    packet.done = v->done;
    send(v, &packet);
}

static enum err verify_parts(struct verifier *v)
{
    TRY(store_check_pages(v->store, send_fault, v, &v->report.pages));
    /* Whatever is read through damaged pages says nothing, and may never end. */
    if (v->report.faults > 0)
        return ERR_OK;
    TRY(verify_journal(v));
    if (v->depth < VERIFY_ALL)
        return ERR_OK;
    TRY(verify_records(v));
    TRY(verify_outside(v));
    return v->meaning ? verify_failure(v, v->meaning(v)) : ERR_OK;
}

static enum err open_and_verify(struct verifier *v, const char *folder)
{
    enum err err = store_open(&v->store, folder, STORE_READ_ONLY);

    if (err == ERR_DAMAGED)
        return verify_failure(v, err);
    TRY(err);
    err = verify_parts(v);
    latest_free(&v->latest);
    store_close(v->store);
    return err;
}

static void default_signals(void)
{
    static const int numbers[] = { SIGSEGV, SIGBUS,  SIGABRT, SIGFPE,
                                   SIGILL,  SIGPIPE, SIGTERM, SIGINT };

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        signal(numbers[i], SIG_DFL);
}

static void child(int out, const char *folder, const struct verify_options *options)
{
    struct verifier v = { .depth = options->depth, .meaning = options->meaning, .out = out };
    struct packet packet = { .kind = PACKET_END };
    struct rlimit no_core = { 0, 0 };

    default_signals();
    setrlimit(RLIMIT_CORE, &no_core);
    packet.err = open_and_verify(&v, folder);
    if (packet.err != ERR_OK && last_failure()->id)
        message_copy(&packet.message, last_failure());
    send(&v, &packet);
    _exit(0);
}

/* ---- in the process that asked ---- */

static void tell(const struct verify_options *options, const struct message *message)
{
    if (options->fault)
        options->fault(message, options->context);
}

/* True: the end came. */
static bool listen_to(int in, pid_t process, const struct verify_options *options,
                      struct verify_report *report, struct packet *packet)
{
    while (receive(in, packet)) {
        *report = packet->report;
        if (packet->kind == PACKET_END)
            return true;
        if (packet->kind == PACKET_FAULT)
            tell(options, &packet->message);
        else if (options->progress &&
                 !options->progress(packet->done, packet->total, options->context)) {
            kill(process, SIGKILL);
            packet->kind = PACKET_END;
            packet->err = ERR_INTERRUPTED;
            message_set(
                &packet->message,
                N_("Verification was interrupted. Nothing is known of what it did not reach."));
            return true;
        }
    }
    return false;
}

static void process_died(const char *folder, const struct verify_options *options,
                         struct verify_report *report)
{
    struct message message;

    message_set(
        &message,
        N_("The database file in %s is damaged so that it cannot be read through. Stop working "
           "with the store: restore it from a backup, or rebuild it from the journal."),
        folder);
    report->faults++;
    tell(options, &message);
}

enum err verify_folder(const char *folder, const struct verify_options *options,
                       struct verify_report *report)
{
    struct packet packet = { .kind = PACKET_END };
    int ends[2], status;
    pid_t process;

    *report = (struct verify_report){ 0 };
    if (pipe(ends) != 0)
        return fail_errno(errno, folder);
    process = fork();
    if (process < 0) {
        close(ends[0]);
        close(ends[1]);
        return fail_errno(errno, folder);
    }
    if (process == 0) {
        close(ends[0]);
        child(ends[1], folder, options);
    }
    close(ends[1]);
    if (!listen_to(ends[0], process, options, report, &packet)) {
        process_died(folder, options, report);
        packet.err = ERR_OK;
    }
    close(ends[0]);
    while (waitpid(process, &status, 0) < 0 && errno == EINTR)
        continue;
    if (packet.err != ERR_OK)
        return packet.message.id ? fail_message(packet.err, &packet.message) : packet.err;
    return report->faults == 0
               ? ERR_OK
               : fail(ERR_DAMAGED,
                      N_("%llu faults were found in %s. Write nothing more there; keep a "
                         "copy, and rebuild the store from its journal."),
                      (unsigned long long)report->faults, folder);
}

enum err verify_store(struct store *store, const struct verify_options *options,
                      struct verify_report *report)
{
    enum err err = verify_folder(store_folder(store), options, report);

    store_tidy(store); /* a process that died may have left its snapshot */
    return err;
}
