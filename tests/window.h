/* A window of an officer upon the one department: keys in, the screen out as words. */
#ifndef TIDEWAITER_TESTS_WINDOW_H
#define TIDEWAITER_TESTS_WINDOW_H

#include <stdio.h>

#include "tests/one_department.h"
#include "tui/view/views.h"

struct window {
    struct app app;
    struct canvas *canvas;
};

/* The first screen of an officer; a program stays at its address once it is started. */
static inline void begin(struct window *w, const char *number)
{
    app_start(&w->app, d.t.store, d.codes, LANGUAGE_EN);
    if (account_sign_in(&w->app.session, text_of(number), TEXT(PASSWORD)) != ERR_OK)
        fail_here(last_failure()->id);
    w->app.session.language = LANGUAGE_EN;
    w->canvas = canvas_new(24, 80);
    home_open(&w->app);
}

/* The terminal is gone from one moment to the next: nothing is told to the program. */
static inline void kill_window(struct window *w)
{
    app_end(&w->app);
    canvas_free(w->canvas);
}

static inline void begin_again(struct window *w)
{
    kill_window(w);
    begin(w, "D-1204");
}

/* For a test of one officer at one window. */
static inline int open_one(void **state)
{
    static struct window w;

    begin(&w, "D-1204");
    *state = &w;
    return 0;
}

static inline int close_one(void **state)
{
    kill_window(*state);
    return 0;
}

#define IN_WINDOW(test) cmocka_unit_test_setup_teardown(test, open_one, close_one)

static inline void press(struct window *w, const char *keys)
{
    struct text rest = text_of(keys);

    while (rest.len > 0) {
        struct key key;
        int count = 1;

        assert_true(key_script(&key, &count, &rest));
        for (int i = 0; i < count; i++) {
            app_draw(&w->app, w->canvas);
            app_key(&w->app, &key);
        }
    }
    app_draw(&w->app, w->canvas);
}

static inline bool shows(struct window *w, const char *words)
{
    AUTO_BUFFER struct buffer out = { 0 };

    app_draw(&w->app, w->canvas);
    canvas_text(&out, w->canvas);
    return contains(buffer_as_text(&out), words);
}

static inline void expect(struct window *w, const char *words)
{
    AUTO_BUFFER struct buffer out = { 0 };

    if (shows(w, words))
        return;
    canvas_text(&out, w->canvas);
    fprintf(stderr, "the screen does not show \"%s\":\n%.*s\n", words, (int)out.len,
            (const char *)out.data);
    assert_true(false);
}

#endif
