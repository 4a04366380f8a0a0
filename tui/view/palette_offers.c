/* What the palette offers, worked out when it opens, and what the officer used last. */
#include "tui/view/palette_offers.h"

#include <string.h>

#include "core/change/desk.h"
#include "i18n/fold.h"
#include "tui/view/act_way.h"
#include "tui/view/bulk.h"
#include "tui/view/list_shape.h"
#include "tui/view/sheet_parts.h"

enum { LAST_USED = 8, VIEWS = 60 };
#define DESK_FILE "palette"

/* ---- what there is ---- */

static struct text folded(struct arena *arena, const char *words)
{
    AUTO_BUFFER struct buffer out = { 0 };

    fold(&out, text_of(words));
    return arena_text(arena, buffer_as_text(&out));
}

static void add(struct palette *palette, struct arena *arena, const struct offer *row,
                const char *way)
{
    struct offer *offer = &palette->offers[palette->count++];
    struct text name = arena_printf(arena, "%s:%s", way, row->code);

    *offer = *row;
    memcpy(offer->name, name.data, name.len < OFFER_NAME_ROOM ? name.len : OFFER_NAME_ROOM - 1);
    offer->folded[0] = folded(arena, row->code);
    offer->folded[1] = folded(arena, row->label->en);
    offer->folded[2] = folded(arena, row->label->zh);
}

static void add_commands(struct palette *palette, struct arena *arena, struct view *view,
                         const struct command *commands, enum offer_kind kind)
{
    for (const struct command *command = commands; command && command->name; command++) {
        struct offer row = { .kind = kind,
                             .of = command,
                             .label = &command->label,
                             .help = &command->help,
                             .code = command->name,
                             .allowed = true };

        if (command_possible(view, command) && strcmp(command->name, "commands") != 0)
            add(palette, arena, &row, kind == OFFER_PROGRAM ? "program" : view->type->name);
    }
}

/* Upon one record by its form; upon several marked rows where the screen can do that. */
static bool is_about(const struct palette *palette, const struct app *app,
                     const struct act *act)
{
    const struct record_type *type =
        palette->subjects > 0 ? type_of_key(&palette->subject) : NULL;

    if (!type || palette->subjects == 1)
        return type && act_is_about(act, type);
    return palette->below->upon_marked && bulk_possible(app, act, type);
}

static void add_acts(struct palette *palette, struct arena *arena, const struct app *app)
{

    for (const struct act *const *act = acts; *act; act++) {
        struct offer row = { .kind = is_about(palette, app, *act) ? OFFER_ABOUT : OFFER_ACT,
                             .of = *act,
                             .label = &(*act)->label,
                             .help = &(*act)->help,
                             .code = (*act)->name,
                             .allowed = act_allowed(&app->session, *act) };

        if (!(*act)->hidden && (*act)->type)
            add(palette, arena, &row, "act");
    }
}

static void add_lists(struct palette *palette, struct arena *arena)
{
    for (const struct record_type *const *type = record_types; *type; type++) {
        struct offer row = { .kind = OFFER_LIST,
                             .of = *type,
                             .label = &(*type)->plural,
                             .help = &(*type)->help,
                             .code = (*type)->name,
                             .allowed = true };

        if ((*type)->family == 0)
            add(palette, arena, &row, "list");
    }
}

/* Their names are the officers' own, in one language or both. */
static void add_views(struct palette *palette, struct arena *arena, struct app *app)
{
    struct saved_view *views = arena_array(arena, VIEWS, sizeof *views);
    size_t count = saved_views(app, arena, views, VIEWS);

    for (size_t i = 0; i < count; i++) {
        struct label *label = arena_alloc(arena, sizeof *label);
        const char *name = arena_string(arena, views[i].name);

        *label = (struct label){ name, name };
        add(palette, arena,
            &(struct offer){ .kind = OFFER_VIEW,
                             .of = &views[i],
                             .label = label,
                             .help = &views[i].type->help,
                             .code = name,
                             .allowed = true },
            "view");
    }
}

/* Has the officer the rights of a role that the queue waits for? */
static bool is_concerned(const struct app *app, const struct queue *queue)
{
    struct text rest = text_of(queue->roles);

    while (text_present(rest)) {
        unsigned rights = rights_of_role(text_split(rest, ' ', &rest));

        if (rights != 0 && (rights & ~app->session.rights) == 0)
            return true;
    }
    return false;
}

static void add_queues(struct palette *palette, struct arena *arena, const struct app *app)
{
    for (const struct queue *queue = queues; queue->name; queue++) {
        struct offer row = { .kind = OFFER_QUEUE,
                             .of = queue,
                             .label = &queue->label,
                             .help = &queue->type->help,
                             .code = queue->name,
                             .allowed = true };

        if (queue->part != QUEUE_LIST && is_concerned(app, queue))
            add(palette, arena, &row, "queue");
    }
}

static size_t most_offers(struct view *view)
{
    size_t count = VIEWS;

    for (const struct command *command = view->type->commands; command && command->name;
         command++)
        count++;
    for (const struct command *command = app_commands; command->name; command++)
        count++;
    for (const struct act *const *act = acts; *act; act++)
        count++;
    for (const struct record_type *const *type = record_types; *type; type++)
        count++;
    for (const struct queue *queue = queues; queue->name; queue++)
        count++;
    return count;
}

/* ---- what was used last: names in a file of the desk, the newest first ---- */

static void last_read(struct palette *palette, struct app *app, struct arena *arena)
{
    struct bytes file;
    struct text rest;

    if (desk_read(app->store, app->session.officer, DESK_FILE, arena, &file) != ERR_OK)
        return; /* a comfort: without it the order is the tables' */
    rest = (struct text){ (const char *)file.data, file.len };
    for (int place = 1; rest.len > 0 && place <= LAST_USED; place++) {
        struct text name = text_split(rest, '\n', &rest);

        for (size_t i = 0; i < palette->count; i++)
            if (text_is(name, palette->offers[i].name))
                palette->offers[i].used = place;
    }
}

struct palette *palette_new(struct arena *arena, struct view *view)
{
    struct palette *palette = arena_alloc(arena, sizeof *palette);
    struct record_key subjects[OFFER_SUBJECTS];

    palette->offers = arena_array(arena, most_offers(view), sizeof *palette->offers);
    palette->below = view->type;
    if (view->type->records)
        palette->subjects = view->type->records(view, subjects, OFFER_SUBJECTS);
    if (palette->subjects > 0)
        palette->subject = subjects[0];
    add_commands(palette, arena, view, view->type->commands, OFFER_COMMAND);
    add_acts(palette, arena, view->app);
    add_views(palette, arena, view->app);
    add_queues(palette, arena, view->app);
    add_lists(palette, arena);
    add_commands(palette, arena, view, app_commands, OFFER_PROGRAM);
    last_read(palette, view->app, arena);
    return palette;
}

void palette_used(struct app *app, const struct offer *used)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer out = { 0 };
    struct bytes file = { 0 };
    struct text rest;

    if (desk_read(app->store, app->session.officer, DESK_FILE, arena, &file) != ERR_OK)
        file = (struct bytes){ 0 };
    buffer_printf(&out, "%s\n", used->name);
    rest = (struct text){ (const char *)file.data, file.len };
    for (int place = 1; rest.len > 0 && place < LAST_USED; place++) {
        struct text name = text_split(rest, '\n', &rest);

        if (!text_is(name, used->name) && name.len > 0 && name.len < OFFER_NAME_ROOM)
            buffer_printf(&out, "%.*s\n", (int)name.len, name.data);
    }
    (void)desk_write(app->store, app->session.officer, DESK_FILE, buffer_bytes(&out));
}
