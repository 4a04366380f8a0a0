#include "tui/screen/term.h"

#include <assert.h>
#include <errno.h>
#include <langinfo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

#define NCURSES_NOMACROS
#include <curses.h>

#include "core/base/crypto.h"
#include "core/base/seams.h"
#include "i18n/text.h"
#include "tui/screen/colour.h"
#include "tui/screen/input.h"
#include "tui/screen/tty.h"

/* Curses is only the one that finds the fewest bytes: it writes to a file in memory, from where
 * each frame goes to the terminal in one write. It never reads, and never touches the terminal
 * itself. */

enum { ESCAPE_MS = 25, ESCAPE_LONGEST_MS = 5000, PROBE_MS = 300, READ_SIZE = 4096 };
enum { CLICK_MS = 500 };

#define PASTE_ON "\x1b[?2004h"
#define PASTE_OFF "\x1b[?2004l"
#define MOUSE_ON "\x1b[?1000h\x1b[?1006h"
#define MOUSE_OFF "\x1b[?1006l\x1b[?1000l"
/* A line drawing character and "where is the cursor?" */
#define PROBE "\r─\x1b[6n"

struct term {
    SCREEN *screen;
    FILE *frames; /* what curses writes */
    struct buffer frame;
    struct canvas *last; /* what the terminal shows */
    cchar_t *line;       /* one row on its way to curses */
    struct look looks[ROLE_COUNT];
    bool mono;
    bool ascii;
    bool mouse; /* is on */
    bool whole; /* the next frame is sent whole */
    int rows;
    int columns;
    bool cursor; /* is seen */

    struct tty *tty;
    struct input *input;
    struct buffer bytes; /* on their way to the input */
    struct key ahead;    /* read by term_waiting() */
    bool has_ahead;
    bool resized;
    bool ending;
    bool gone;
    int escape_ms;
    struct key clicked; /* the last one, and when */
    int64_t clicked_ms;
    int64_t open_since;  /* when the unfinished bytes of the input were seen; 0: none */
    int64_t probe_since; /* 0: no answer is awaited */
};

/* The length of a sequence of colours and attributes (ESC [ ... m) that begins here; 0: it is another. */
static size_t look_length(const uint8_t *at, size_t left)
{
    size_t len = 2;

    if (left < 3 || at[0] != '\x1b' || at[1] != '[')
        return 0;
    while (len < left && ((at[len] >= '0' && at[len] <= '9') || at[len] == ';'))
        len++;
    return len < left && at[len] == 'm' ? len + 1 : 0;
}

/* Does all that is written of looks end here? With the ordinary character set, where the terminal's entry says both. */
static bool looks_end(const uint8_t *at, size_t left)
{
    size_t set = left > 3 && memcmp(at, "\x1b(B", 3) == 0 ? 3 : 0;

    return look_length(at + set, left - set) > 0 && (at[set + 2] == 'm' || at[set + 2] == '0');
}

/* Leaves out looks that end at once: each label of a screen has some. */
static void shorten(struct buffer *frame, size_t from)
{
    size_t to = from, looks = SIZE_MAX; /* where the looks before this place begin */

    for (size_t at = from; at < frame->len;) {
        const uint8_t *bytes = frame->data + at;
        size_t len = look_length(bytes, frame->len - at);

        if (looks != SIZE_MAX && looks_end(bytes, frame->len - at))
            to = looks;
        looks = len == 0 ? SIZE_MAX : looks == SIZE_MAX ? to : looks;
        memmove(frame->data + to, bytes, len > 0 ? len : 1);
        to += len > 0 ? len : 1;
        at += len > 0 ? len : 1;
    }
    frame->len = to;
}

/* Moves what curses wrote since the last time into term->frame. */
static void take_frame(struct term *term)
{
    int memory = fileno(term->frames);
    off_t size = lseek(memory, 0, SEEK_CUR);
    size_t start = term->frame.len;

    assert(size >= 0);
    for (off_t at = 0; at < size;) {
        uint8_t piece[READ_SIZE];
        off_t rest = size - at;
        ssize_t got = pread(memory, piece, rest < READ_SIZE ? (size_t)rest : READ_SIZE, at);

        if (got <= 0)
            break;
        buffer_put(&term->frame, piece, (size_t)got);
        at += got;
    }
    assert(term->frame.len == start + (size_t)size);
    shorten(&term->frame, start);
    lseek(memory, 0, SEEK_SET);
}

static void send_frame(struct term *term)
{
    take_frame(term);
    tty_send(term->tty, term->frame.data, term->frame.len);
    buffer_clear(&term->frame);
}

/* Opening */

static const char *capability(const char *name)
{
    const char *value = tigetstr(name);

    return value == (const char *)-1 ? NULL : value;
}

static void add_capability(struct buffer *out, const char *name)
{
    const char *bytes = capability(name);

    while (bytes && *bytes != '\0') {
        size_t len = strcspn(bytes, "$");

        buffer_put(out, bytes, len);
        bytes += len;
        if (bytes[0] == '$' && bytes[1] == '<') /* a pause for terminals of old */
            bytes += strcspn(bytes, ">");
        else if (bytes[0] == '$')
            buffer_byte(out, '$');
        bytes += *bytes != '\0';
    }
}

/* What puts the terminal back, without curses. */
static void leave_bytes(struct buffer *out)
{
    if (capability("kmous")) {
        buffer_string(out, PASTE_OFF);
        buffer_string(out, MOUSE_OFF);
    }
    add_capability(out, "sgr0");
    add_capability(out, "op");
    add_capability(out, "cnorm");
    if (capability("rmcup"))
        add_capability(out, "rmcup");
    else
        buffer_string(out, "\x1b[999;1H\r\n");
}

static const char *terminal_name(void)
{
    const char *name = getenv("TERM");

    return name && *name != '\0' ? name : "dumb";
}

static void prepare_looks(struct term *term)
{
    enum palette palette = PALETTE_MONO;

    if (!term->mono && start_color() == OK && use_default_colors() == OK)
        palette = palette_of(COLORS);
    for (short role = 0; role < ROLE_COUNT; role++) {
        term->looks[role] = colour_look(palette, (enum role)role);
        if (palette != PALETTE_MONO)
            init_pair((short)(role + 1), term->looks[role].foreground,
                      term->looks[role].background);
    }
}

/* Curses for the terminal, or for the next likeness that it knows; signals stay ours. */
static enum err open_curses(struct term *term)
{
    static const int taken[] = { SIGINT, SIGTERM, SIGTSTP, SIGWINCH };
    const char *own = terminal_name();
    const char *const names[] = { own, "xterm-256color", "vt220" };
    struct sigaction kept[sizeof taken / sizeof taken[0]];
    int memory = memfd_create("frames", MFD_CLOEXEC);

    term->frames = memory < 0 ? NULL : fdopen(memory, "w+");
    if (!term->frames)
        return fail_errno(errno, "memfd");
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        sigaction(taken[i], NULL, &kept[i]);
    for (size_t i = 0; i < sizeof names / sizeof names[0] && !term->screen; i++)
        term->screen = newterm(names[i], term->frames, term->frames);
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        sigaction(taken[i], &kept[i], NULL);
    if (!term->screen)
        return fail(ERR_USAGE,
                    N_("This system describes no terminal type, not even vt220. Install "
                       "the package ncurses-base, or start with --plain to work in "
                       "lines."));
    if (strcmp(own, "dumb") == 0 || !capability("cup"))
        return fail(
            ERR_USAGE,
            N_("The terminal type \"%s\" cannot show a full screen. Set TERM to what your "
               "terminal is (often xterm-256color), or start with --plain to work in lines."),
            own);
    return ERR_OK;
}

/* Gives everything the terminal's size. */
static void fit(struct term *term)
{
    tty_size(&term->rows, &term->columns);
    resize_term(term->rows, term->columns);
    canvas_resize(term->last, term->rows, term->columns);
    term->line = memory_grow(term->line, (size_t)term->columns * sizeof *term->line);
    term->whole = true;
}

/* Terminals may give two columns to characters that the C library gives one. The answer comes
 * with the keys, whenever it comes; nobody waits for it. */
static void ask_width(struct term *term)
{
    if (!capability("kmous") || !capability("u7") || strncmp(terminal_name(), "linux", 5) == 0)
        return; /* the Linux console has few characters, and all of one column */
    buffer_string(&term->frame, PROBE);
    term->probe_since = monotonic_ms();
}

static void enter(struct term *term)
{
    /* Until its first suspension curses flushes at every movement of the cursor. */
    wrefresh(stdscr);
    endwin();
    lseek(fileno(term->frames), 0, SEEK_SET);
    wrefresh(stdscr);
    take_frame(term);
    if (capability("kmous"))
        buffer_string(&term->frame, PASTE_ON);
    if (term->mouse)
        buffer_string(&term->frame, MOUSE_ON);
    if (!term->ascii)
        ask_width(term);
    send_frame(term);
}

static enum err check_surroundings(void)
{
    if (!tty_present())
        return fail(ERR_USAGE,
                    N_("The full screen needs a terminal, and this is none. For scripts and "
                       "pipes use the commands: tidewaiter help."));
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        return fail(ERR_USAGE,
                    N_("The full screen needs the character set UTF-8, and this system offers "
                       "none. Install the locale C.UTF-8, or set LANG to one that ends in "
                       ".UTF-8."));
    return ERR_OK;
}

/* As curses programs are told: ESCDELAY, in milliseconds. */
static int escape_delay(const struct term_options *options)
{
    const char *set = getenv("ESCDELAY");
    int delay = options->escape_ms > 0 ? options->escape_ms : set ? atoi(set) : 0;

    return delay <= 0 ? ESCAPE_MS : delay < ESCAPE_LONGEST_MS ? delay : ESCAPE_LONGEST_MS;
}

enum err term_open(struct term **out, const struct term_options *options)
{
    AUTO_BUFFER struct buffer leave = { 0 };
    struct term *term;
    enum err code;

    TRY(check_surroundings());
    term = memory_new(sizeof *term);
    term->mono = options->mono;
    term->ascii = options->ascii;
    term->escape_ms = escape_delay(options);
    code = open_curses(term);
    if (code != ERR_OK) {
        term_close(term);
        return code;
    }
    term->mouse = !options->no_mouse && capability("kmous");
    term->input = input_new();
    term->last = canvas_new(1, 1);
    term->cursor = true;
    typeahead(-1);
    prepare_looks(term);
    fit(term);
    leave_bytes(&leave);
    term->tty = tty_open(buffer_bytes(&leave));
    enter(term);
    *out = term;
    return ERR_OK;
}

void term_size(const struct term *term, int *rows, int *columns)
{
    *rows = term->rows;
    *columns = term->columns;
}

bool term_ascii(const struct term *term)
{
    return term->ascii;
}

void term_bell(struct term *term)
{
    tty_send(term->tty, "\a", 1);
}

void term_mouse(struct term *term, bool on)
{
    if (on == term->mouse || !capability("kmous"))
        return;
    term->mouse = on;
    tty_send(term->tty, on ? MOUSE_ON : MOUSE_OFF,
             on ? sizeof MOUSE_ON - 1 : sizeof MOUSE_OFF - 1);
}

bool term_copy(struct term *term, struct text text)
{
    AUTO_BUFFER struct buffer sent = { 0 };

    if (text.len > COPY_LIMIT || !capability("Ms"))
        return false;
    buffer_string(&sent, "\x1b]52;c;");
    base64_encode(&sent, (struct bytes){ (const uint8_t *)text.data, text.len });
    buffer_byte(&sent, '\a');
    tty_send(term->tty, sent.data, sent.len);
    return true;
}

/* Drawing */

static void set_cell(const struct term *term, cchar_t *out, const struct cell *cell)
{
    wchar_t points[CCHARW_MAX + 1];
    struct look look = term->looks[cell->role];
    attr_t attributes = A_NORMAL;
    int count = 0;
    bool coloured = look.foreground != COLOUR_DEFAULT || look.background != COLOUR_DEFAULT;

    for (size_t at = 0; at < cell->len && count < CELL_POINTS; count++) {
        uint32_t point;
        bool valid;

        at += text_decode(cell->text + at, cell->len - at, &point, &valid);
        points[count] = (wchar_t)point;
    }
    points[count] = L'\0';
    if (look.attributes & LOOK_BOLD)
        attributes |= A_BOLD;
    if (look.attributes & LOOK_REVERSE)
        attributes |= A_REVERSE;
    if (look.attributes & LOOK_UNDERLINE)
        attributes |= A_UNDERLINE;
    setcchar(out, points, attributes, coloured ? (short)(cell->role + 1) : 0, NULL);
}

/* A row is given to curses as a whole: overwriting half of a wide character would shift the
 * rest of the line. Curses finds the cells that differ. */
static void draw_row(struct term *term, int row)
{
    int count = 0;

    for (int column = 0; column < term->columns; column++) {
        const struct cell *cell = canvas_cell(term->last, row, column);

        if (cell->len > 0)
            set_cell(term, &term->line[count++], cell);
    }
    wmove(stdscr, row, 0);
    wclrtoeol(stdscr);
    mvwadd_wchnstr(stdscr, row, 0, term->line, count);
}

/* Copies the row into the last frame; true where it differs. A wide character that the edge of
 * the terminal would cut becomes a space. */
static bool take_row(struct term *term, const struct canvas *canvas, int row)
{
    int columns = canvas->columns < term->columns ? canvas->columns : term->columns;
    const struct cell *from = canvas_cell(canvas, row, 0);
    struct cell *to = &term->last->cells[(size_t)row * (size_t)term->columns];
    struct cell edge = { " ", 1, from[columns - 1].role };
    bool cut = columns < canvas->columns && from[columns].len == 0;
    size_t same = (size_t)columns - (cut ? 1 : 0);

    if (memcmp(to, from, same * sizeof *to) == 0 &&
        (!cut || memcmp(&to[same], &edge, sizeof edge) == 0))
        return false;
    memcpy(to, from, same * sizeof *to);
    if (cut)
        to[same] = edge;
    return true;
}

static void draw_cursor(struct term *term, const struct canvas *canvas)
{
    bool visible = canvas->cursor_row >= 0 && canvas->cursor_row < term->rows;

    if (visible)
        wmove(stdscr, canvas->cursor_row,
              canvas->cursor_column < term->columns ? canvas->cursor_column
                                                    : term->columns - 1);
    if (term->cursor != visible) {
        term->cursor = visible;
        curs_set(visible);
    }
}

void term_draw(struct term *term, const struct canvas *canvas)
{
    int rows = canvas->rows < term->rows ? canvas->rows : term->rows;

    if (term->whole)
        clearok(stdscr, TRUE);
    for (int row = 0; row < term->rows; row++)
        if ((row < rows && take_row(term, canvas, row)) || term->whole)
            draw_row(term, row);
    draw_cursor(term, canvas);
    wrefresh(stdscr);
    term->whole = false;
    send_frame(term);
}

void term_repaint(struct term *term)
{
    term->whole = true;
}

/* Reading */

static void resize(struct term *term)
{
    fit(term);
    term->resized = true;
}

static void take_answer(struct term *term)
{
    int column = input_reported_column(term->input);

    if (column == 0 || term->probe_since == 0)
        return;
    term->probe_since = 0;
    if (column > 2) {
        term->ascii = true;
        resize(term); /* everything must be drawn again, with other lines */
    }
}

static void read_bytes(struct term *term, int timeout_ms)
{
    unsigned events;

    buffer_clear(&term->bytes);
    events = tty_wait(term->tty, timeout_ms, &term->bytes);
    if (events & TTY_INPUT) {
        input_feed(term->input, term->bytes.data, term->bytes.len);
        term->open_since = 0;
    }
    if (events & TTY_RESIZED)
        resize(term);
    term->ending = term->ending || (events & TTY_ENDING);
    term->gone = term->gone || (events & TTY_GONE);
}

/* How long the rest of a begun sequence may still take; -1: for ever, or none has begun. Two
 * bytes of one are no accident, so that slow lines may take their time over the others. */
static int open_ms(struct term *term)
{
    enum input_open open = input_open(term->input);
    int64_t left;

    if (open != INPUT_ESCAPE && open != INPUT_SEQUENCE)
        return -1;
    if (term->open_since == 0)
        term->open_since = monotonic_ms();
    left = term->open_since - monotonic_ms();
    left += open == INPUT_ESCAPE ? term->escape_ms : 10 * term->escape_ms;
    return left > 0 ? (int)left : 0;
}

/* Two clicks in one place, soon after each other, are one double click; a third begins anew. */
static void count_clicks(struct term *term, struct key *key)
{
    int64_t now = monotonic_ms();
    bool again = term->clicked.clicks == 1 && key->button == 1 &&
                 term->clicked.row == key->row && term->clicked.column == key->column &&
                 now - term->clicked_ms <= CLICK_MS;

    key->clicks = again ? 2 : 1;
    term->clicked = *key;
    term->clicked_ms = now;
}

/* What is there without waiting. */
static bool take_key(struct term *term, struct key *out, bool over)
{
    bool found;

    if (term->has_ahead) {
        *out = term->ahead;
        term->has_ahead = false;
        return true;
    }
    found = input_next(term->input, out, over);
    take_answer(term);
    if (found && out->code == TKEY_MOUSE)
        count_clicks(term, out);
    if (found)
        return true;
    *out = (struct key){ .code = TKEY_NONE };
    if (term->ending || term->gone) {
        term->ending = false;
        out->code = TKEY_HANGUP;
    } else if (term->resized) {
        term->resized = false;
        *out = (struct key){ .code = TKEY_RESIZE, .row = term->rows, .column = term->columns };
    }
    return out->code != TKEY_NONE;
}

void term_read(struct term *term, struct key *out, int timeout_ms)
{
    int64_t until = timeout_ms < 0 ? 0 : monotonic_ms() + timeout_ms;

    while (!take_key(term, out, false)) {
        int open = open_ms(term);
        int64_t left = timeout_ms < 0 ? -1 : until - monotonic_ms();

        if (timeout_ms >= 0 && left < 0)
            left = 0;
        if (open == 0) {
            read_bytes(term, 0); /* the rest may have come while we drew */
            if (take_key(term, out, term->open_since != 0))
                return;
            continue;
        }
        read_bytes(term, (int)(open > 0 && (left < 0 || open < left) ? open : left));
        if (left == 0) {
            take_key(term, out, false);
            return;
        }
    }
}

bool term_waiting(struct term *term)
{
    if (!term->has_ahead) {
        struct key key;

        read_bytes(term, 0);
        if (take_key(term, &key, false)) {
            term->ahead = key;
            term->has_ahead = true;
        }
    }
    return term->has_ahead;
}

/* Closing */

/* An answer that is still under way would be typed into the shell. */
static void await_answer(struct term *term)
{
    while (term->probe_since != 0 && !term->gone) {
        int64_t left = term->probe_since + PROBE_MS - monotonic_ms();
        struct key key;

        if (left <= 0)
            break;
        read_bytes(term, (int)left);
        while (take_key(term, &key, false) && key.code != TKEY_HANGUP)
            continue; /* nobody is left to read it */
    }
}

void term_close(struct term *term)
{
    if (!term)
        return;
    if (term->tty)
        await_answer(term);
    tty_close(term->tty);
    if (term->screen) {
        endwin();
        delscreen(term->screen);
    }
    if (term->frames)
        fclose(term->frames);
    input_free(term->input);
    canvas_free(term->last);
    buffer_free(&term->frame);
    buffer_free(&term->bytes);
    free(term->line);
    free(term);
}
