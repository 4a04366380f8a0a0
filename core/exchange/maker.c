#include "core/exchange/maker.h"

#include "core/change/mirror.h"
#include "core/exchange/tables.h"

/* Entry 0: what the store is, in its act's own body (design "Journal"). */
static enum err build_create(struct change *change, void *context)
{
    const struct store_identity *identity = context;
    AUTO_BUFFER struct buffer pairs = { 0 }, vkey = { 0 };
    struct act_body *body = change_body(change);

    note_key_print(&vkey, &identity->log);
    cbor_put_uint(&pairs, 10);
    cbor_put_uint(&pairs, identity->site);
    cbor_put_uint(&pairs, 11);
    cbor_put_uint(&pairs, identity->format);
    cbor_put_uint(&pairs, 12);
    cbor_put_bool(&pairs, identity->demo);
    cbor_put_uint(&pairs, 13);
    cbor_put_text(&pairs, buffer_as_text(&vkey));
    body->extra =
        (struct bytes){ arena_copy(change_arena(change), pairs.data, pairs.len), pairs.len };
    body->extra_count = 4;
    return ERR_OK;
}

static enum err fill(struct store *store, struct session *session, size_t *codes)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct store_identity identity = *store_identity(store);

    store_unsynced(store);
    TRY(change_run(session, "store.create", build_create, &identity, &result));
    return tables_load(session, codes);
}

enum err maker_begin(struct store **out, struct session *session, const char *folder,
                     struct text origin, uint16_t site, bool demo, size_t *codes)
{
    struct store_identity identity = {
        .origin = origin, .site = site, .format = STORE_FORMAT, .demo = demo
    };
    struct store *store;
    enum err err;

    TRY(store_create(&store, folder, &identity));
    session_start(session, store, NULL);
    err = fill(store, session, codes);
    if (err != ERR_OK) {
        store_abandon(store);
        return err;
    }
    *out = store;
    return ERR_OK;
}
