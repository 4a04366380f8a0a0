/* Verbs that write: init, demo, act, user. */
#include "tui/command/command_line.h"

#include <stdio.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/exchange/demo.h"
#include "core/model/elements.h"
#include "core/model/officer.h"
#include "i18n/text.h"

static const struct label new_password = L("New password", "新密碼"),
                          present_password = L("Present password", "現用密碼"),
                          second_password = L("The other person's password", "另一人員的密碼");

static enum err folder_missing(void)
{
    return fail(ERR_USAGE,
                N_("Say in which folder the store shall be made; it must not exist yet."));
}

/* One "name=value" among the words; NULL: not given. */
static const char *word_named(const struct command_line *line, const char *name)
{
    size_t len = strlen(name);

    for (int i = 1; i < line->count; i++)
        if (strncmp(line->words[i], name, len) == 0 && line->words[i][len] == '=')
            return line->words[i] + len + 1;
    return NULL;
}

enum err run_init(struct command_line *line)
{
    struct new_store wanted = { 0 };
    const char *folder = line->words[0], *origin, *number, *name;
    char password[256];
    enum err err;

    if (line->count < 1)
        return folder_missing();
    origin = word_named(line, "origin");
    number = word_named(line, "number");
    name = word_named(line, "name");
    if (!number || !name)
        return fail(
            ERR_USAGE,
            N_("A new store needs its first administrator: tidewaiter init DIR number=X-0001 "
               "name=\"陳大文 | CHAN Tai-man\" [origin=customs.example/cases]"));
    wanted.origin = text_of(origin ? origin : "tidewaiter.local/cases");
    wanted.number = text_of(number);
    wanted.name.zh = text_trim(text_split(text_of(name), '|', &wanted.name.en));
    wanted.name.en =
        text_present(wanted.name.en) ? text_trim(wanted.name.en) : (struct text){ 0 };
    TRY(password_read(line, &new_password, password));
    wanted.password = text_of(password);
    err = store_init(folder, &wanted);
    secret_clear(password, sizeof password);
    TRY(err);
    out_sentence(line, N_("The store %s is ready. Open it with: tidewaiter --store %s --as %s"),
                 folder, folder, number);
    return ERR_OK;
}

enum err run_demo(struct command_line *line)
{
    struct demo_report report;
    const char *folder = line->words[0];

    if (line->count < 1)
        return folder_missing();
    TRY(demo_make(folder, &report));
    out_sentence(line,
                 N_("The demonstration store %s holds %zu cases, %zu operations, %zu seizures, "
                    "%zu exhibits and %zu notes in %lu entries."),
                 folder, report.cases, report.operations, report.seizures, report.exhibits,
                 report.notes, (unsigned long)report.entries);
    out_sentence(line,
                 N_("Open it with: tidewaiter --store %s --as desk (or supervisor, clerk)"),
                 folder);
    return ERR_OK;
}

/* ---- act ---- */

static enum err acts_help(const struct command_line *line)
{
    AUTO_ARENA struct arena *arena = arena_new();

    for (const struct act *const *act = acts; *act; act++) {
        struct text label = label_text(arena, &(*act)->label, line->language);

        if (!(*act)->hidden)
            printf("%-24s %.*s\n", (*act)->name, (int)label.len, label.data);
    }
    return ERR_OK;
}

static const struct field *field_of(const struct act *act, struct text name)
{
    struct act_fields fields = act_fields(act);

    for (size_t i = 0; i < fields.count; i++)
        if (text_is(name, fields.fields[i].name) && act_takes(act, &fields.fields[i]))
            return &fields.fields[i];
    return NULL;
}

/* One "field=value": into the input, or the subject and the reason. */
static enum err word_take(struct seat *seat, struct act_call *call, void *input,
                          const char *word, struct arena *arena)
{
    struct text value, name = text_split(text_of(word), '=', &value);
    const struct field *field;
    struct message why;

    if (!text_present(value))
        return fail(ERR_USAGE, N_("\"%s\" is not of the form field=value."), word);
    field = input ? field_of(call->act, name) : NULL;
    if (!field && text_is(name, "reason")) {
        call->reason = value;
        return ERR_OK;
    }
    if (!field && text_is(name, "remark")) {
        call->remark = value;
        return ERR_OK;
    }
    if (!field)
        return fail(ERR_USAGE,
                    N_("%s has no field \"%s\". tidewaiter act %s --help lists them."),
                    call->act->name, arena_string(arena, name), call->act->name);
    if (!field_kind(field)->parse(field_place(field, input), field, value,
                                  codes_lookup(seat->codes), arena, &why)) {
        fprintf(stderr, "%s: ", field->name);
        return fail_message(ERR_INVALID, &why);
    }
    return ERR_OK;
}

/* The subject named by on=ID, as it stands now. */
static enum err subject_take(struct seat *seat, struct act_call *call,
                             const struct command_line *line, struct arena *arena,
                             struct record **base)
{
    AUTO_TXN struct txn *txn = NULL;
    const char *on = word_named(line, "on");
    struct reference reference;
    const struct lookup *lookup = codes_lookup(seat->codes);
    struct field field = { .targets = call->act->type && call->act->type->family == 0
                                          ? call->act->type->name
                                          : "case exhibit operation formation seizure" };

    *base = NULL;
    if (!on)
        return call->act->form == ACT_AMENDS || call->act->form == ACT_ON
                   ? fail(ERR_USAGE, N_("Say upon which record: on=ID"))
                   : ERR_OK;
    if (!lookup->reference_typed(lookup->context, &field, text_of(on), &reference))
        return fail(ERR_MISSING, N_("Nothing is found under \"%s\"."), on);
    call->subject = key_of_reference(reference);
    TRY(store_begin(&txn, seat->store));
    return record_get(txn, &call->subject, 0, arena, base);
}

static void put_findings(const struct command_line *line, const struct act *act,
                         const struct findings *findings)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct act_fields fields = act_fields(act);

    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = findings->items[i];
        struct text text = sentence(arena, &finding->message, line->language);
        const char *name = "";

        for (size_t k = 0; k < fields.count; k++)
            if (fields.fields[k].tag == finding->tag)
                name = fields.fields[k].name;
        fprintf(stderr, "%s%s%.*s\n", name, *name ? ": " : "", (int)text.len, text.data);
    }
}

/* Another person of an act, by --second or --third; the demo needs no password. */
static enum err other_take(struct seat *seat, const struct command_line *line,
                           const char *number)
{
    char password[256];
    enum err err;

    if (!number)
        return ERR_OK;
    if (store_identity(seat->store)->demo)
        return account_second_demo(&seat->session, text_of(number));
    TRY(password_read(line, &second_password, password));
    err = account_second(&seat->session, text_of(number), text_of(password));
    secret_clear(password, sizeof password);
    return err;
}

static enum err others_take(struct seat *seat, const struct command_line *line)
{
    TRY(other_take(seat, line, line->second));
    seat->session.third_wanted = true;
    return other_take(seat, line, line->third);
}

static enum err act_do(struct seat *seat, struct command_line *line, const struct act *act)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct act_call call = { .act = act };
    struct change_result result = { .arena = arena };
    struct record *base;
    void *input;
    enum err err;

    TRY(subject_take(seat, &call, line, arena, &base));
    input = act_input(act, base, codes_lookup(seat->codes), arena);
    for (int i = 1; i < line->count; i++)
        if (strncmp(line->words[i], "on=", 3) != 0 || field_of(act, TEXT("on")))
            TRY(word_take(seat, &call, input, line->words[i], arena));
    call.input = input;
    call.base = act->form == ACT_AMENDS ? base : NULL;
    TRY(others_take(seat, line));
    err = act_run(&seat->session, &call, &result);
    if (err == ERR_OK && result.mirror != ERR_OK) {
        out_failure(line, result.mirror);
        fprintf(stderr, "%s\n",
                arena_string(arena,
                             words(arena,
                                   N_("The change is saved all the same; the journal's files "
                                      "follow with the next one that can write them."),
                                   line->language)));
    }
    put_findings(line, act, &result.findings);
    TRY(err);
    if (result.note.id)
        fprintf(stderr, "%s\n",
                arena_string(arena, sentence(arena, &result.note, line->language)));
    for (size_t i = 0; i < result.count; i++) {
        AUTO_BUFFER struct buffer id = { 0 };

        key_print(&id, &result.keys[i]);
        printf("%.*s\n", (int)id.len, (const char *)id.data);
    }
    return ERR_OK;
}

enum err run_act(struct command_line *line)
{
    const struct act *act = NULL;
    struct seat seat;
    enum err err;

    if (line->count > 0)
        act = act_named(text_of(line->words[0]));
    if (line->count == 0)
        return acts_help(line);
    if (!act || act->hidden)
        return fail(ERR_USAGE, N_("There is no act \"%s\". tidewaiter act --help lists them."),
                    line->words[0]);
    if (line->help)
        return act_help(line, act);
    TRY(seat_open(&seat, line, true));
    err = act_do(&seat, line, act);
    seat_close(&seat);
    return err;
}

static enum err password_set(struct seat *seat, struct command_line *line)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    char old[256] = "", new[256];
    struct record *record;
    enum err err;

    TRY(store_begin(&txn, seat->store));
    err = record_by_number(txn, &officer_type, text_of(line->words[0]), TAG_LIST_LAST, arena,
                           &record);
    txn_end(txn);
    txn = NULL;
    if (err == ERR_MISSING)
        return fail(ERR_MISSING, N_("There is no officer with the staff number \"%s\"."),
                    line->words[0]);
    TRY(err);
    if (record->key.id == seat->session.officer)
        TRY(password_read(line, &present_password, old));
    TRY(password_read(line, &new_password, new));
    err = account_set_password(&seat->session, record->key.id, text_of(old), text_of(new));
    secret_clear(old, sizeof old);
    secret_clear(new, sizeof new);
    TRY(err);
    out_sentence(line, N_("The password of %s is set."), line->words[0]);
    return ERR_OK;
}

enum err run_user(struct command_line *line)
{
    struct seat seat;
    enum err err;

    if (line->count < 1)
        return fail(ERR_USAGE, N_("Say whose password: a staff number. Accounts are made with: "
                                  "tidewaiter act officer-add"));
    TRY(seat_open(&seat, line, true));
    err = password_set(&seat, line);
    seat_close(&seat);
    return err;
}
