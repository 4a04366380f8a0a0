/* What an act may touch: nobody acts on what he or she may not read (declared in act_table.h). */
#include "core/model/access.h"
#include "core/model/act_table.h"

#include "core/base/cbor.h"

struct asking {
    struct change *change;
    struct access_reader *reader;
    const struct act *act;
};

/* What those who keep goods may do needs what keeping them needs; all else needs reading. */
static enum access least_of(const struct act *act)
{
    return act->right & (RIGHT_MOVE | RIGHT_DISPOSE) ? ACCESS_CUSTODY : ACCESS_READ;
}

/* That the officer is the head of the formation, the write finds out. */
enum err act_permits(const struct act *act, const struct record_key *subject,
                     enum access access)
{
    return act->unread && access == ACCESS_NUMBER
               ? ERR_OK
               : record_suffices(subject, access, least_of(act));
}

static enum err key_check(const struct asking *asking, const struct record_key *key)
{
    enum access access;
    bool heads = false;
    enum err err = access_to(asking->reader, change_txn(asking->change), key, &access);

    if (err == ERR_MISSING)
        return ERR_OK; /* staged in this change, or the checks of the value say so */
    TRY(err);
    if (asking->act->unread)
        TRY(access_heads(asking->reader, change_txn(asking->change), key, &heads));
    return heads ? ERR_OK : record_suffices(key, access, least_of(asking->act));
}

static enum err value_check_access(const struct asking *asking, const struct field *field,
                                   const void *value)
{
    const struct list *list = value;

    if (field->kind == KIND_REFERENCE && field_kind(field)->present(value)) {
        struct record_key key = key_of_reference(*(const struct reference *)value);

        return key_check(asking, &key);
    }
    for (size_t i = 0; field->kind == KIND_LIST && i < list->count; i++)
        for (size_t k = 0; k < field->element->count; k++) {
            const struct field *inner = &field->element->fields[k];

            TRY(value_check_access(asking, inner,
                                   field_value(inner, (const char *)list->items +
                                                          i * field->element->size)));
        }
    return ERR_OK;
}

/* What an amendment leaves as it was is nobody's choice. */
static bool chosen(const struct act_call *call, const struct field *field)
{
    if (call->act->form != ACT_MAKES && call->act->form != ACT_AMENDS)
        return true;
    return act_takes(call->act, field) &&
           (!call->base || !value_equal(field, field_value(field, call->base),
                                        field_value(field, call->input)));
}

static enum err check_all(const struct asking *asking, const struct act_call *call)
{
    struct act_fields fields = act_fields(call->act);

    if (call->subject.id != 0)
        TRY(key_check(asking, &call->subject));
    for (size_t i = 0; call->input && i < fields.count; i++)
        if (chosen(call, &fields.fields[i]))
            TRY(value_check_access(asking, &fields.fields[i],
                                   field_value(&fields.fields[i], call->input)));
    return ERR_OK;
}

enum err act_access_check(struct change *change, const struct act_call *call)
{
    struct session *session = change_session(change);
    struct asking asking = { change, NULL, call->act };
    enum err err;

    if (session->officer == 0)
        return ERR_OK;
    asking.reader = access_reader_new(session);
    err = check_all(&asking, call);
    access_reader_free(asking.reader);
    return err;
}

/* The act's own body says which records were opened: their keys, one after the other. */
enum err build_view(struct change *change, const struct act_call *call)
{
    const struct access_views *views = call->input;
    AUTO_BUFFER struct buffer keys = { 0 };
    AUTO_BUFFER struct buffer pair = { 0 };
    uint8_t key[RECORD_KEY];

    for (size_t i = 0; i < views->count; i++) {
        record_key_encode(key, &views->keys[i]);
        buffer_put(&keys, key, sizeof key);
    }
    cbor_put_uint(&pair, BODY_VIEWED);
    cbor_put_bytes(&pair, buffer_bytes(&keys));
    change_body(change)->extra =
        (struct bytes){ arena_copy(change_arena(change), pair.data, pair.len), pair.len };
    change_body(change)->extra_count = 1;
    return ERR_OK;
}
