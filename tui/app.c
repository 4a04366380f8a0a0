#include "tui/app.h"

#include <stdlib.h>

#include "core/base/seams.h"
#include "core/change/mirror.h"
#include "tui/plain/plain.h"
#include "tui/screen/term.h"
#include "tui/view/views.h"

enum { IDLE_MS = 3000, WORKING_MS = 0, TIDY_MS = 60000, BELLS_MS = 250 };

struct loop {
    struct term *term;
    struct canvas *canvas;
    struct app app;
    int64_t tidied_ms;
    bool rested; /* since the last key */
};

static void resize(struct loop *loop)
{
    int rows, columns;

    term_size(loop->term, &rows, &columns);
    if (rows != loop->canvas->rows || columns != loop->canvas->columns)
        canvas_resize(loop->canvas, rows, columns);
    loop->canvas->ascii = term_ascii(loop->term);
}

/* Others may have saved while nobody pressed a key; the screen follows when it is looked at next. */
static void look_around(struct loop *loop)
{
    if (monotonic_ms() - loop->tidied_ms > TIDY_MS) {
        store_tidy(loop->app.store);
        loop->tidied_ms = monotonic_ms();
    }
    app_look_around(&loop->app);
}

/* Nobody tells whether the terminal took it, and the message says so. */
static void copy(struct loop *loop)
{
    struct app *app = &loop->app;

    if (term_copy(loop->term, buffer_as_text(&app->copied)))
        app_say(app, N_("Sent to the terminal's clipboard. Where the terminal does not support "
                        "that, nothing happens."));
    else if (app->copied.len > COPY_LIMIT)
        app_warn(app, N_("This is too long for the terminal's clipboard; nothing was copied."));
    else
        app_warn(app,
                 N_("This type of terminal has no clipboard that can be reached from here. "
                    "Select the text with the mouse (Shift held down)."));
    buffer_clear(&app->copied);
}

static void show(struct loop *loop)
{
    if (loop->app.copied.len > 0)
        copy(loop);
    term_mouse(loop->term, !loop->app.mouse_off);
    if (loop->app.repaint)
        term_repaint(loop->term);
    loop->app.repaint = false;
    if (loop->app.bells > 0) {
        term_bell(loop->term);
        loop->app.bells--;
    }
    app_draw(&loop->app, loop->canvas);
    term_draw(loop->term, loop->canvas);
}

/* How long to wait for a key: until the next bell, which would be lost in the one before; until the top view has had its
 * rest, once after each key. */
static int patience(struct loop *loop)
{
    int rest = loop->rested ? -1 : app_rest_ms(&loop->app);

    if (loop->app.bells > 0)
        return BELLS_MS;
    return rest >= 0 && rest < IDLE_MS ? rest : IDLE_MS;
}

static void no_key(struct loop *loop)
{
    if (loop->app.bells > 0)
        return;
    if (!loop->rested && app_rest_ms(&loop->app) >= 0)
        app_rest(&loop->app);
    else
        look_around(loop);
    loop->rested = true;
}

/* Type-ahead is taken before the next frame is drawn; work in slices goes on while nobody types. */
static void run(struct loop *loop)
{
    bool working = false;

    while (!loop->app.quit && loop->app.count > 0) {
        struct key key;

        if (!term_waiting(loop->term))
            show(loop);
        term_read(loop->term, &key, working ? WORKING_MS : patience(loop));
        if (key.code != TKEY_NONE)
            loop->rested = false;
        if (key.code == TKEY_RESIZE)
            resize(loop);
        else if (key.code != TKEY_NONE)
            app_key(&loop->app, &key);
        else if (!working)
            no_key(loop);
        working = app_idle(&loop->app);
    }
}

/* The first screen: the door, or home where a demo store lets the officer in by name. */
static void begin(struct app *app, struct seat *seat, const struct command_line *line)
{
    app_start(app, seat->store, seat->codes, line->language);
    app->mouse_off = line->no_mouse;
    sign_in_open(app);
    if (line->as && store_identity(seat->store)->demo) {
        if (account_sign_in_demo(&app->session, text_of(line->as)) == ERR_OK)
            home_open(app);
        else
            app_fail(app);
        app->session.language = line->language;
    }
}

static void finish(struct app *app)
{
    if (app->session.officer != 0)
        account_sign_out(&app->session);
    app_end(app);
}

static void screen(struct loop *loop, struct seat *seat, const struct command_line *line)
{
    begin(&loop->app, seat, line);
    run(loop);
    finish(&loop->app);
}

static void lines(struct seat *seat, const struct command_line *line)
{
    struct app *app = memory_new(sizeof *app);

    begin(app, seat, line);
    plain_run(app, plain_terminal());
    finish(app);
    free(app);
}

static enum err seat_take(struct seat *seat, const struct command_line *line)
{
    enum err err = store_open(&seat->store, line->store ? line->store : ".", STORE_WRITABLE);

    if (err == ERR_READ_ONLY || err == ERR_NEWER)
        err = store_open(&seat->store, line->store ? line->store : ".", STORE_READ_ONLY);
    TRY(err);
    if (store_writable(seat->store))
        TRY(mirror_check(seat->store));
    seat->codes = codes_new(seat->store);
    return codes_refresh(seat->codes);
}

enum err app_run(struct command_line *line)
{
    const char *no_color = getenv("NO_COLOR");
    struct term_options options = { .mono = line->mono || (no_color && *no_color),
                                    .ascii = line->ascii,
                                    .no_mouse = line->no_mouse,
                                    .escape_ms = line->escape_ms };
    struct loop *loop;
    struct seat seat = { 0 };
    enum err err = seat_take(&seat, line);

    if (err != ERR_OK) {
        seat_close(&seat);
        return err;
    }
    if (line->plain) {
        lines(&seat, line);
        seat_close(&seat);
        return ERR_OK;
    }
    loop = memory_new(sizeof *loop);
    err = term_open(&loop->term, &options);
    if (err == ERR_OK) {
        loop->canvas = canvas_new(24, 80);
        resize(loop);
        screen(loop, &seat, line);
        canvas_free(loop->canvas);
        term_close(loop->term);
    }
    free(loop);
    seat_close(&seat);
    return err;
}
