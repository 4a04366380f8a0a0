#include "core/change/mirror.h"
#include "core/exchange/demo.h"
#include "core/exchange/maker.h"
#include "core/model/elements.h"

/* The first administrator of a real store. */
static enum err first_officer(struct session *session, const struct new_store *wanted)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct act_call call = { .act = act_named(TEXT("officer-add")) };
    struct record *record = record_new(arena, &officer_type);
    struct officer_record *officer = (struct officer_record *)record;
    struct role_item role = { .role = TEXT("administrator") };

    officer->number = wanted->number;
    officer->name = wanted->name;
    officer->state = TEXT("active");
    officer->roles = (struct list){ &role, 1 };
    call.input = record;
    TRY(act_run(session, &call, &result));
    return account_set_password(session, result.keys[0].id, (struct text){ 0 },
                                wanted->password);
}

enum err store_init(const char *folder, const struct new_store *wanted)
{
    struct store *store;
    struct session session;
    size_t codes;
    enum err err;

    TRY(maker_begin(&store, &session, folder, wanted->origin, wanted->site, false, &codes));
    err = first_officer(&session, wanted);
    if (err == ERR_OK)
        err = mirror_catch_up(store);
    if (err == ERR_OK)
        err = store_finish(store);
    if (err == ERR_OK)
        store_close(store);
    else
        store_abandon(store);
    return err;
}
