#include "tests/screen/term_demo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/seams.h"
#include "i18n/text.h"
#include "tests/screen/hostile.h"
#include "tui/screen/term.h"

enum { LIST_ROW = 7, LIST_LENGTH = 1000 };

struct demo {
    struct term *term;
    struct canvas *canvas;
    struct buffer typed;
    struct buffer names; /* the last keys */
    int keys;
    int selected;
    int top;
    unsigned random;
    int frame; /* of the random ones; 0: the list is shown */
    bool over;
    bool mouse;
};

static unsigned draw_lot(struct demo *demo, unsigned below)
{
    demo->random = demo->random * 1664525u + 1013904223u;
    return (demo->random >> 8) % below;
}

static void draw_random(struct demo *demo)
{
    static const char *const words[] = {
        "Customs", "海關", "𠮷野家", "é",  "e\xCC\x81",         "─┼─",         "ｶﾅ", "ＡＢ",
        "a",       "  ",   "，",     "𨋢", "x\xCC\x80\xCC\x81", "~~~~~~~~~~~~"
    };
    enum { WORDS = sizeof words / sizeof words[0] };
    struct canvas *canvas = demo->canvas;

    if (draw_lot(demo, 4) == 0)
        canvas_clear(canvas);
    for (int i = 0; i < 40; i++) {
        int row = (int)draw_lot(demo, (unsigned)canvas->rows);
        int column = (int)draw_lot(demo, (unsigned)canvas->columns + 3) - 3;
        int columns = (int)draw_lot(demo, 30);
        enum role role = (enum role)draw_lot(demo, ROLE_COUNT);

        if (draw_lot(demo, 3) == 0)
            canvas_fill(canvas, (struct rect){ row, column, 1, columns }, role);
        for (int word = 0; word < 6; word++) {
            unsigned lot = draw_lot(demo, WORDS + (unsigned)hostile_count);

            column +=
                canvas_put(canvas, row, column, columns,
                           lot < WORDS ? text_of(words[lot]) : hostile[lot - WORDS], role);
        }
    }
    for (int row = 0; row < canvas->rows; row++) /* where libvterm loses marks */
        if (canvas_cell(canvas, row, canvas->columns - 1)->len > 1)
            canvas_put(canvas, row, canvas->columns - 1, 1, TEXT("|"), ROLE_NORMAL);
    canvas_cursor(canvas, (int)draw_lot(demo, (unsigned)canvas->rows),
                  (int)draw_lot(demo, (unsigned)canvas->columns));
}

static void draw_list(struct demo *demo)
{
    struct canvas *canvas = demo->canvas;
    int height = canvas->rows - LIST_ROW - 1;

    if (demo->selected < demo->top)
        demo->top = demo->selected;
    if (demo->selected >= demo->top + height)
        demo->top = demo->selected - height + 1;
    for (int i = 0; i < height && demo->top + i < LIST_LENGTH; i++) {
        int n = demo->top + i;
        char line[160];

        snprintf(line, sizeof line, "E-%05d  香煙 Cigarettes %d  待辦 open  2026-%02d-%02d", n,
                 n * 37 % 5000, n % 12 + 1, n % 28 + 1);
        canvas_put_padded(canvas, LIST_ROW + i, 0, canvas->columns, text_of(line),
                          n == demo->selected ? ROLE_SELECTED : ROLE_NORMAL);
    }
}

static void draw(struct demo *demo)
{
    struct canvas *canvas = demo->canvas;
    struct text typed = buffer_as_text(&demo->typed);
    int columns = canvas->columns;

    if (demo->frame > 0)
        return;
    canvas_clear(canvas);
    canvas->ascii = term_ascii(demo->term);
    canvas_put_padded(canvas, 0, 0, columns, TEXT("示範 Demo"), ROLE_TITLE);
    canvas_printf(canvas, 1, 0, columns, ROLE_NORMAL, "size %d x %d.", canvas->rows, columns);
    canvas_printf(canvas, 2, 0, columns, ROLE_NORMAL, "keys %d:", demo->keys);
    canvas_put(canvas, 2, 12, columns - 12, buffer_as_text(&demo->names), ROLE_NORMAL);
    canvas_put(canvas, 3, 0, 6, TEXT("typed "), ROLE_LABEL);
    canvas_put_padded(canvas, 3, 6, columns - 6, typed, ROLE_FIELD);
    canvas_rule(canvas, 5, 0, columns, TEXT("rule"), ROLE_BORDER);
    draw_list(demo);
    canvas_cursor(canvas, 3, 6 + text_width(typed));
}

static void leave_text(struct text t)
{
    const char *path = getenv("DEMO_FILE");

    if (path)
        file_replace(path, (struct bytes){ (const uint8_t *)t.data, t.len }, 0600);
}

static void next_random(struct demo *demo)
{
    AUTO_BUFFER struct buffer text = { 0 };

    draw_random(demo);
    demo->frame++;
    canvas_text(&text, demo->canvas);
    buffer_printf(&text, "frame %d cursor %d %d\n", demo->frame, demo->canvas->cursor_row,
                  demo->canvas->cursor_column);
    term_draw(demo->term, demo->canvas);
    leave_text(buffer_as_text(&text));
}

static void move(struct demo *demo, int rows)
{
    demo->selected += rows;
    demo->selected = demo->selected < 0 ? 0 : demo->selected;
    demo->selected = demo->selected >= LIST_LENGTH ? LIST_LENGTH - 1 : demo->selected;
}

static void note_key(struct demo *demo, const struct key *key)
{
    char name[16];

    demo->keys++;
    key_text(name, key);
    if (demo->names.len > 40)
        buffer_clear(&demo->names);
    buffer_printf(&demo->names, "[%s", name);
    if (key->code == TKEY_MOUSE)
        buffer_printf(&demo->names, " %d at %d %d%s", key->button, key->row, key->column,
                      key->clicks == 2 ? " twice" : "");
    if (key->code == TKEY_PASTE)
        buffer_printf(&demo->names, " %zu", key->paste.len);
    buffer_string(&demo->names, "]");
}

static void *refuse(void *old, size_t size)
{
    (void)old;
    (void)size;
    return NULL;
}

static void run_out_of_memory(void)
{
    struct seams poor = *seams();

    poor.allocate = refuse;
    seams_set(&poor);
    memory_new(1);
}

static void take(struct demo *demo, const struct key *key)
{
    char bytes[4];

    note_key(demo, key);
    switch (key->code) {
    case TKEY_CHARACTER:
        buffer_put(&demo->typed, bytes, text_encode(key->point, bytes));
        break;
    case TKEY_PASTE:
        buffer_put(&demo->typed, key->paste.data, key->paste.len < 60 ? key->paste.len : 60);
        break;
    case TKEY_CTRL_U:
        buffer_clear(&demo->typed);
        break;
    case TKEY_UP:
        move(demo, -1);
        break;
    case TKEY_DOWN:
        move(demo, 1);
        break;
    case TKEY_PAGE_DOWN:
        move(demo, demo->canvas->rows - LIST_ROW - 1);
        break;
    case TKEY_RESIZE:
        canvas_resize(demo->canvas, key->row, key->column);
        if (demo->frame > 0)
            next_random(demo);
        break;
    case TKEY_HANGUP:
        leave_text(TEXT("saved"));
        demo->over = true;
        break;
    case TKEY_CTRL_Q:
        demo->over = true;
        break;
    case TKEY_CTRL_E:
        abort();
    case TKEY_CTRL_X:
        run_out_of_memory();
        break;
    case TKEY_CTRL_W:
        exit(3);
    case TKEY_CTRL_R:
        next_random(demo);
        break;
    case TKEY_CTRL_L:
        demo->frame = 0;
        term_repaint(demo->term);
        break;
    case TKEY_CTRL_C:
        if (!term_copy(demo->term, buffer_as_text(&demo->typed)))
            buffer_string(&demo->names, "[not copied]");
        break;
    case TKEY_CTRL_O:
        demo->mouse = !demo->mouse;
        term_mouse(demo->term, demo->mouse);
        break;
    case TKEY_CTRL_G:
        term_bell(demo->term);
        break;
    default:
        break;
    }
}

int term_demo(void)
{
    struct term_options options = { .mono = getenv("DEMO_MONO") != NULL };
    struct demo demo = { .random = 1, .mouse = true };
    const char *escape = getenv("DEMO_ESCAPE_MS");
    const char *seed = getenv("DEMO_SEED");
    int rows;
    int columns;

    options.escape_ms = escape ? atoi(escape) : 0;
    demo.random = seed ? (unsigned)atoi(seed) : 1;
    printf("before\n");
    fflush(stdout);
    text_locale();
    if (term_open(&demo.term, &options) != ERR_OK) {
        printf("%s\n", last_failure()->id);
        return err_exit_code(last_failure_code());
    }
    term_size(demo.term, &rows, &columns);
    demo.canvas = canvas_new(rows, columns);
    while (!demo.over) {
        struct key key;

        if (demo.frame == 0 && !term_waiting(demo.term)) {
            draw(&demo);
            term_draw(demo.term, demo.canvas);
        }
        term_read(demo.term, &key, -1);
        take(&demo, &key);
    }
    term_close(demo.term);
    canvas_free(demo.canvas);
    buffer_free(&demo.typed);
    buffer_free(&demo.names);
    printf("after\n");
    return 0;
}
