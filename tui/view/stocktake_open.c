/* Ways to the screens of a stocktake: from its sheet, from an act, from the scanner. */
#include "core/model/stocktake_count.h"
#include "tui/view/stocktake.h"

bool stocktake_is(const struct record *record)
{
    return record && record->type == &stocktake_type;
}

void stocktake_open(struct app *app, const struct record *record)
{
    const struct stocktake_record *stocktake = (const struct stocktake_record *)record;
    struct record_key key = record->key;

    if (text_is(stocktake->state, "open") &&
        stocktake_pass_of(stocktake, app->session.officer) >= 0)
        counting_open(app, &key);
    else
        results_open(app, &key);
}

struct record_key stocktake_begun(const struct act *act, const struct change_result *result)
{
    bool begins = text_is(text_of(act->name), "stocktake-open") ||
                  text_is(text_of(act->name), "stocktake-join");

    for (size_t i = 0; begins && i < result->count; i++)
        if (type_of_key(&result->keys[i]) == &stocktake_type)
            return result->keys[i];
    return (struct record_key){ 0 };
}

/* The open stocktake in which this officer counts; id 0: none, or it cannot be read, which was said. */
static struct record_key own_open(struct app *app)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record_key key = { 0 };

    if (store_begin(&txn, app->store) != ERR_OK ||
        stocktake_of_officer(txn, app->session.officer, &key) != ERR_OK)
        app_fail(app);
    return key;
}

void counting_open_own(struct app *app)
{
    struct record_key key = own_open(app);

    if (key.id != 0)
        counting_open(app, &key);
    else
        app_warn(app,
                 N_("You count in no open stocktake. Open one, or join one from the list of "
                    "stocktakes."));
}

void stocktake_remind(struct app *app)
{
    AUTO_BUFFER struct buffer number = { 0 };
    struct record_key key = own_open(app);
    const struct lookup *lookup = app_lookup(app);

    if (key.id == 0 ||
        !lookup->number(lookup->context, (struct reference){ .id = key.id }, &number))
        return;
    buffer_byte(&number, 0);
    app_say(app, N_("You count in stocktake %s: Ctrl+R once more goes on with it."),
            (const char *)number.data);
}
