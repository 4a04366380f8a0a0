#include "tui/view/home.h"

#include "core/base/seams.h"
#include "core/model/elements.h"
#include "core/model/officer.h"

enum { DRAFTS_MOST = 4, COUNT_MS = 10, NOTED_ROLES = 6 };

static struct home_item *add(struct home *home, enum block block)
{
    struct home_item *item =
        &home->items[home->count < HOME_ITEMS ? home->count++ : HOME_ITEMS - 1];

    *item = (struct home_item){ .block = block, .row = -1 };
    return item;
}

static enum err roles_read(struct home *home, struct txn *txn)
{
    struct record_key me = { .id = home->view.app->session.officer };
    const struct role_item *roles;
    struct record *record;
    struct list list;

    home->role_count = 0;
    TRY(record_get(txn, &me, TAG_LIST_LAST, home->arena, &record));
    list = ((struct officer_record *)record)->roles;
    roles = list.items;
    for (size_t i = 0; i < list.count && home->role_count < HOME_ROLES; i++)
        home->roles[home->role_count++] = roles[i].role;
    return ERR_OK;
}

static bool has_role(const struct home *home, const char *role)
{
    for (size_t i = 0; i < home->role_count; i++)
        if (text_is(home->roles[i], role))
            return true;
    return false;
}

static enum block block_of(const struct queue *queue)
{
    return queue->part == QUEUE_LIST  ? BLOCK_LISTS
           : queue->part == QUEUE_HAS ? BLOCK_HAS
                                      : BLOCK_WAITS;
}

static bool is_mine(const struct home *home, const struct queue *queue)
{
    for (size_t i = 0; i < home->role_count; i++)
        if (queue_of_role(queue, home->roles[i]))
            return true;
    return false;
}

static void add_queues(struct home *home, enum block block)
{
    for (size_t i = 0; queues[i].name && i < HOME_QUEUES; i++)
        if (block_of(&queues[i]) == block && is_mine(home, &queues[i]))
            add(home, block)->queue = i;
}

static enum err add_drafts(struct home *home)
{
    struct app *app = home->view.app;
    struct draft *drafts;
    size_t count = 0;
    enum err err = draft_list(app->store, app->session.officer, home->arena, &drafts, &count);

    for (size_t i = 0; i < count && i < DRAFTS_MOST; i++)
        add(home, BLOCK_DRAFTS)->draft = &drafts[i];
    return err; /* a damaged draft is named and set aside; the others are there */
}

static enum err add_team(struct home *home, struct txn *txn)
{
    struct load team[HOME_TEAM];
    struct age ages[AGES];
    size_t count;

    TRY(team_load(txn, home->view.app->session.officer, team, HOME_TEAM, &count));
    for (size_t i = 0; i < count; i++)
        add(home, BLOCK_LOAD)->load = team[i];
    TRY(case_ages(txn, date_of_ms(now_ms(), OFFSET_HONG_KONG), ages));
    for (int i = 0; i < AGES; i++)
        add(home, BLOCK_AGE)->age = ages[i];
    return ERR_OK;
}

static void add_recent(struct home *home)
{
    struct app *app = home->view.app;

    for (int i = 0; i < app->recent_count; i++)
        add(home, BLOCK_RECENT)->key = app->recent[i];
}

enum err home_read(struct home *home)
{
    AUTO_TXN struct txn *txn = NULL;
    enum err err, drafts;

    arena_reset(home->arena);
    home->count = home->next = 0;
    err = store_begin(&txn, home->view.app->store);
    if (err == ERR_OK)
        err = roles_read(home, txn);
    drafts = add_drafts(home);
    for (enum block block = BLOCK_WAITS; block <= BLOCK_LISTS; block++)
        add_queues(home, block);
    if (err == ERR_OK && has_role(home, "supervisor"))
        err = add_team(home, txn);
    add_recent(home);
    return err != ERR_OK ? err : drafts;
}

static bool counts(const struct home_item *item)
{
    return item->block >= BLOCK_WAITS && item->block <= BLOCK_LISTS;
}

bool home_count(struct home *home, int budget_ms)
{
    int64_t until = monotonic_ms() + budget_ms;
    struct app *app = home->view.app;
    AUTO_TXN struct txn *txn = NULL;

    if (store_begin(&txn, app->store) != ERR_OK)
        return false;
    while (home->next < home->count) {
        size_t queue = home->items[home->next].queue;

        if (!counts(&home->items[home->next++]))
            continue;
        home->known[queue] = queue_count(txn, &queues[queue], app_lookup(app), COUNT_MS,
                                         &home->numbers[queue]) == ERR_OK;
        home->longest[queue] = 0;
        if (home->known[queue] && queues[queue].part == QUEUE_LATE &&
            home->numbers[queue].count > 0 &&
            queue_longest(txn, &queues[queue], app_lookup(app),
                          date_of_ms(now_ms(), OFFSET_HONG_KONG),
                          &home->longest[queue]) != ERR_OK)
            home->known[queue] = false;
        if (monotonic_ms() >= until)
            break;
    }
    return home->next < home->count;
}

/* ---- opening ---- */

static void open_queue(struct app *app, const struct queue *queue)
{
    if (*queue->filter == '\0')
        list_open(app, queue->type, NULL, NULL);
    else
        list_open_filtered(app, queue->type, text_of(queue->filter), queue->order,
                           queue->backward);
}

static void open_cases(struct app *app, struct text filter)
{
    AUTO_ARENA struct arena *arena = arena_new();

    list_open_filtered(app, &case_type,
                       arena_printf(arena, "%.*s %s", (int)filter.len, filter.data,
                                    queue_open_cases),
                       "by_opened", false);
}

static void open_load(struct app *app, uint64_t officer)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer id = { 0 };
    struct record_key key = { .id = officer };

    key_print(&id, &key);
    open_cases(app, arena_printf(arena, "officer:%.*s", (int)id.len, (const char *)id.data));
}

void home_open_item(struct home *home, const struct home_item *item)
{
    struct app *app = home->view.app;
    struct record_key key = item->key;

    switch (item->block) {
    case BLOCK_DRAFTS:
        form_open_draft(app, item->draft);
        break;
    case BLOCK_LOAD:
        open_load(app, item->load.officer);
        break;
    case BLOCK_AGE:
        open_cases(app, text_of(item->age.filter));
        break;
    case BLOCK_RECENT:
        sheet_open(app, &key);
        break;
    default:
        open_queue(app, &queues[item->queue]);
        break;
    }
}
