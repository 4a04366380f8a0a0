#include "core/model/act.h"

#include "core/model/act_table.h"
#include "core/model/rights.h"

#include <assert.h>
#include <string.h>

const struct act *act_named(struct text name)
{
    for (const struct act *const *act = acts; *act; act++)
        if (text_is(name, (*act)->name))
            return *act;
    return NULL;
}

bool act_allowed(const struct session *session, const struct act *act)
{
    return (session->rights & act->right) != 0;
}

bool act_fits(const struct act *act, const struct record *record)
{
    const struct field *hazard = act->goods ? field_named(record->type, TEXT("hazard")) : NULL;
    const struct text *of = hazard ? field_value(hazard, record) : NULL;

    return !of || !text_present(*of) || text_is(*of, act->goods);
}

struct act_fields act_fields(const struct act *act)
{
    if (act->form == ACT_MAKES || act->form == ACT_AMENDS)
        return (struct act_fields){ act->type->fields, act->type->count, act->type->size };
    if (act->asks)
        return (struct act_fields){ act->asks->fields, act->asks->count, act->asks->size };
    return (struct act_fields){ NULL, 0, 0 };
}

bool act_takes(const struct act *act, const struct field *field)
{
    if (field->flags & BY_ACT)
        return false;
    return act->form != ACT_AMENDS || !(field->flags & ONCE);
}

/* Presets of an act's own questions; a preset that the lookup cannot find stays empty. */
static void questions_preset(const struct element_type *asks, void *input,
                             const struct lookup *lookup, struct arena *arena)
{
    for (size_t i = 0; i < asks->count; i++) {
        const struct field *field = &asks->fields[i];
        struct message why;

        if (field->preset)
            field_kind(field)->parse(field_place(field, input), field, text_of(field->preset),
                                     lookup, arena, &why);
    }
}

void *act_input(const struct act *act, const struct record *base, const struct lookup *lookup,
                struct arena *arena)
{
    void *input;

    if (act->form == ACT_AMENDS) {
        assert(base);
        return record_copy(arena, base);
    }
    if (act->form == ACT_MAKES) {
        struct record *record = record_new(arena, act->type);

        record_presets(record, lookup, arena);
        return record;
    }
    if (!act->asks)
        return NULL;
    input = arena_alloc(arena, act->asks->size);
    questions_preset(act->asks, input, lookup, arena);
    return input;
}

struct asked {
    struct findings *findings;
    const struct lookup *lookup;
    uint16_t tag; /* of the question; rows of its list are named apart */
    size_t row;
};

static void asked_add(const struct asked *asked, const struct field *field,
                      enum severity severity, const struct message *message)
{
    struct finding *finding;

    finding_add_message(asked->findings, severity, NULL, asked->tag, message);
    finding = asked->findings->items[asked->findings->count - 1];
    finding->row = asked->row;
    finding->row_tag = asked->row > 0 ? field->tag : 0;
}

static void value_asked(const struct asked *asked, const struct field *field,
                        const void *values)
{
    const void *value = field_value(field, values);
    struct message why;
    bool warning = false;

    if (!field_kind(field)->present(value)) {
        message_set(&why, N_("%p is missing. Fill it in."), label_argument(&field->label));
        if (field->flags & REQUIRED)
            asked_add(asked, field, SEVERITY_ERROR, &why);
    } else if (field_kind(field)->check &&
               !field_kind(field)->check(field, value, asked->lookup, &why, &warning)) {
        asked_add(asked, field, warning ? SEVERITY_WARNING : SEVERITY_ERROR, &why);
    }
}

static void rows_asked(struct asked asked, const struct field *field, const struct list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        asked.row = i + 1;
        for (size_t k = 0; k < field->element->count; k++)
            value_asked(&asked, &field->element->fields[k],
                        (const char *)list->items + i * field->element->size);
    }
}

/* What the questions' own table demands; records are checked where they are staged. */
static void questions_check(struct change *change, const struct act_call *call)
{
    const struct element_type *asks = call->act->asks;
    struct lookup lookup = change_lookup(change);

    assert(!asks || call->input);
    for (size_t i = 0; asks && i < asks->count; i++) {
        const struct field *field = &asks->fields[i];
        struct asked asked = { change_findings(change), &lookup, field->tag, 0 };

        value_asked(&asked, field, call->input);
        if (field->kind == KIND_LIST)
            rows_asked(asked, field, field_value(field, call->input));
    }
}

static enum err right_check(struct change *change, const struct act *act)
{
    unsigned rights;

    TRY(rights_now(change_txn(change), change_session(change), &rights));
    if (!(rights & act->right))
        return fail(ERR_REFUSED,
                    N_("\"%p\" needs the right to %p, which your roles do not give. Ask a "
                       "supervisor or an administrator."),
                    label_argument(&act->label), label_argument(right_label(act->right)));
    return ERR_OK;
}

/* The others too must be in post now, not only when the password was given. */
static enum err others_check(struct change *change, const struct session *session)
{
    struct session other = { .store = session->store, .officer = session->other.officer };
    struct session third = { .store = session->store, .officer = session->third.officer };
    unsigned rights;

    if (other.officer != 0)
        TRY(rights_now(change_txn(change), &other, &rights));
    return third.officer == 0 ? ERR_OK : rights_now(change_txn(change), &third, &rights);
}

static enum err signatures_check(const struct session *session, const struct act *act)
{
    if (session->officer == 0)
        return ERR_OK;
    if (act->first_role && !session->signer.unlocked)
        return fail(ERR_REFUSED,
                    N_("\"%p\" must be signed, and your signing key is locked. Sign in again "
                       "with your password."),
                    label_argument(&act->label));
    if ((session->other.officer != 0 && session->other.officer == session->officer) ||
        (session->third.officer != 0 && (session->third.officer == session->officer ||
                                         session->third.officer == session->other.officer)))
        return fail(ERR_REFUSED, N_("The second person must be somebody else. Let the other "
                                    "officer confirm with his or her own password."));
    if (act->second_always && !session->other.unlocked)
        return fail(ERR_REFUSED,
                    N_("\"%p\" needs a second person. Let the other officer confirm with his "
                       "or her own password."),
                    label_argument(&act->label));
    return ERR_OK;
}

/* A second person confirms one act, never two. */
static void forget_others(struct session *session)
{
    secret_clear(&session->other, sizeof session->other);
    secret_clear(&session->third, sizeof session->third);
}

static enum err build_act(struct change *change, void *context)
{
    const struct act_call *call = context;
    const struct act *act = call->act;
    struct session *session = change_session(change);

    if (!act->second_role)
        forget_others(session); /* what nobody confirms names nobody who did */
    if (!act->third_role)
        secret_clear(&session->third, sizeof session->third);
    TRY(right_check(change, act));
    TRY(signatures_check(session, act));
    TRY(others_check(change, session));
    TRY(act_access_check(change, call));
    change_body(change)->reason = call->reason;
    change_body(change)->remark = call->remark;
    if (call->request)
        change_request(change, call->request);
    questions_check(change, call);
    if (findings_stop(change_findings(change)))
        return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
    TRY(act->build(change, call));
    if (act->first_role && session->signer.unlocked)
        change_sign(change, act->first_role, &session->signer);
    if (act->second_role && session->other.unlocked)
        change_sign(change, act->second_role, &session->other);
    if (act->third_role && session->third.unlocked)
        change_sign(change, act->third_role, &session->third);
    return ERR_OK;
}

/* Files are read and kept before the store waits for the act; who may not do the act keeps none. */
static enum err prepare(struct session *session, struct act_call *call, struct arena *arena)
{
    if (!call->act->prepare || call->prepared)
        return ERR_OK;
    if (session->officer != 0 && !act_allowed(session, call->act))
        return fail(ERR_REFUSED,
                    N_("\"%p\" needs the right to %p, which your roles do not give. Ask a "
                       "supervisor or an administrator."),
                    label_argument(&call->act->label),
                    label_argument(right_label(call->act->right)));
    return call->act->prepare(session, call, arena, &call->prepared);
}

/* What the other officer saved goes back to the form as far as this one may read it. */
static void conflict_withhold(struct session *session, struct change_result *result)
{
    AUTO_TXN struct txn *txn = NULL;
    struct message why;

    message_copy(&why, last_failure());
    if (store_begin(&txn, session->store) != ERR_OK ||
        record_admit(txn, result->conflict, result->arena) != ERR_OK)
        result->conflict = NULL;
    fail_message(ERR_CONFLICT, &why);
}

enum err act_run(struct session *session, const struct act_call *call,
                 struct change_result *result)
{
    struct act_call copy = *call;
    enum err err;

    if (!store_writable(session->store))
        return fail(ERR_READ_ONLY,
                    N_("This store is open for reading only, so nothing can be saved."));
    session->second_wanted = session->third_wanted = false;
    session->weight_wanted = session->condition_wanted = false;
    TRY(prepare(session, &copy, result->arena));
    err = change_run(session, call->act->name, build_act, &copy, result);
    if (call->act->finish)
        err = call->act->finish(session, &copy, err, result);
    if (err == ERR_OK)
        forget_others(session);
    if (err == ERR_CONFLICT && result->conflict)
        conflict_withhold(session, result);
    return err;
}

struct rehearsal {
    struct session *session;
    const struct act_call *call;
    struct change_result *result;
    bool ran;
    enum err err;
    struct message why;
};

/* It fails on purpose, so that nothing is kept; what the act itself says is handed on. */
static enum err rehearse(struct txn *txn, void *context)
{
    struct rehearsal *r = context;

    r->ran = true;
    r->why.id = NULL;
    r->err = act_in(txn, r->session, r->call, r->result);
    if (r->err != ERR_OK && last_failure()->id)
        message_copy(&r->why, last_failure());
    return ERR_REFUSED;
}

enum err act_rehearse(struct session *session, const struct act_call *call,
                      struct change_result *result)
{
    struct rehearsal r = { .session = session, .call = call, .result = result };
    uint64_t last_act = session->last_act;
    enum err err;

    if (!store_writable(session->store))
        return fail(ERR_READ_ONLY,
                    N_("This store is open for reading only, so nothing can be saved."));
    session->second_wanted = session->third_wanted = false;
    session->weight_wanted = session->condition_wanted = false;
    err = store_write(session->store, rehearse, &r);
    session->last_act = last_act;
    if (!r.ran)
        return err;
    return r.err != ERR_OK && r.why.id ? fail_message(r.err, &r.why) : r.err;
}

enum err act_in(struct txn *txn, struct session *session, const struct act_call *call,
                struct change_result *result)
{
    struct act_call copy = *call;

    if (copy.act->prepare && !copy.prepared)
        return fail(ERR_REFUSED, N_("\"%p\" is done by itself, not among many acts at once."),
                    label_argument(&copy.act->label));
    return change_in(txn, session, call->act->name, build_act, &copy, result);
}

/* Refused where a record was changed again, as the undoing itself would refuse it. */
static enum err stands_since(struct txn *txn, const struct statement_item *item)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct record_key key = record_key_decode(item->key);
    struct envelope envelope;

    TRY(record_envelope(txn, &key, arena, &envelope));
    if (envelope.revision != item->revision)
        return fail(ERR_REFUSED,
                    N_("%s was changed again since then, so this cannot be undone. "
                       "Amend it by hand."),
                    key_name(arena, &key));
    return ERR_OK;
}

enum err act_undo_asked(struct session *session, struct undo_asked *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct journal_entry entry;
    unsigned rights;

    if (session->last_act == 0)
        return fail(ERR_MISSING, N_("There is nothing of yours to undo since you signed in."));
    TRY(store_begin(&txn, session->store));
    TRY(rights_now(txn, session, &rights));
    TRY(entry_read(txn, session->last_act - 1, arena, &entry));
    *out = (struct undo_asked){ .act = act_named(entry.statement.act),
                                .time_ms = entry.time_ms,
                                .records = entry.statement.item_count };
    if (!out->act || !out->act->undoable || !(rights & out->act->right))
        return fail(ERR_REFUSED, N_("Your last act cannot be undone. Custody is corrected by a "
                                    "further event, other acts by amending."));
    for (size_t i = 0; i < entry.statement.item_count; i++)
        TRY(stands_since(txn, &entry.statement.items[i]));
    if (out->records > 0)
        out->of = record_key_decode(entry.statement.items[0].key);
    return ERR_OK;
}

enum err act_undo(struct session *session, struct change_result *result)
{
    struct undo_asked asked;

    TRY(act_undo_asked(session, &asked));
    TRY(change_undo(session, session->last_act - 1, result));
    session->last_act = 0;
    return ERR_OK;
}
