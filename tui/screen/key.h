/* Keys: what a person pressed, by the names that help, key bar, scripts and manual use. */
#ifndef TIDEWAITER_TUI_SCREEN_KEY_H
#define TIDEWAITER_TUI_SCREEN_KEY_H

#include "core/base/memory.h"

/* name in scripts and help ("<F10>", "F10"); KEY_CTRL_A + n are Ctrl+A.. SCAN is the prefix (GS, Ctrl+]) that our scanners are set to send before a code. */
/* clang-format off */
#define KEYS(X) \
    X(ENTER, "Enter") X(ESCAPE, "Esc") X(TAB, "Tab") X(BACKTAB, "Shift+Tab") \
    X(BACKSPACE, "Backspace") X(DELETE, "Delete") X(INSERT, "Insert") X(UP, "Up") \
    X(DOWN, "Down") X(LEFT, "Left") X(RIGHT, "Right") X(PAGE_UP, "PgUp") \
    X(PAGE_DOWN, "PgDn") X(HOME, "Home") X(END, "End") X(F1, "F1") X(F2, "F2") \
    X(F3, "F3") X(F4, "F4") X(F5, "F5") X(F6, "F6") X(F7, "F7") X(F8, "F8") \
    X(F9, "F9") X(F10, "F10") X(F11, "F11") X(F12, "F12") X(SCAN, "Scan")
/* clang-format on */

#define KEY_ENUM(symbol, name) TKEY_##symbol,
enum key_code {
    TKEY_NONE,      /* nothing came in the time given */
    TKEY_CHARACTER, /* `point` */
    TKEY_PASTE, /* `paste`: line feeds as LF, tabs, no other controls; valid until the next read */
    TKEY_MOUSE,  /* `row`, `column`, `button` (1 left, 4 wheel up, 5 wheel down) */
    TKEY_RESIZE, /* `rows`, `columns` are in row and column */
    TKEY_HANGUP, /* the line is gone, or the program is asked to end: save drafts now */
    KEYS(KEY_ENUM)
    /* Aliases (H I J M) come as their own keys. */
    TKEY_CTRL_A,
    TKEY_CTRL_B,
    TKEY_CTRL_C,
    TKEY_CTRL_D,
    TKEY_CTRL_E,
    TKEY_CTRL_F,
    TKEY_CTRL_G,
    TKEY_CTRL_H,
    TKEY_CTRL_I,
    TKEY_CTRL_J,
    TKEY_CTRL_K,
    TKEY_CTRL_L,
    TKEY_CTRL_M,
    TKEY_CTRL_N,
    TKEY_CTRL_O,
    TKEY_CTRL_P,
    TKEY_CTRL_Q,
    TKEY_CTRL_R,
    TKEY_CTRL_S,
    TKEY_CTRL_T,
    TKEY_CTRL_U,
    TKEY_CTRL_V,
    TKEY_CTRL_W,
    TKEY_CTRL_X,
    TKEY_CTRL_Y,
    TKEY_CTRL_Z,
};
#undef KEY_ENUM
#define TKEY_CTRL(letter) ((enum key_code)(TKEY_CTRL_A + ((letter) - 'A')))

struct key {
    enum key_code code;
    uint32_t point;
    struct text paste;
    int row;
    int column;
    int button;
    int clicks; /* of the mouse: 2 where it was clicked twice in one place */
};

/* "F10", "Ctrl+S", "Enter", "a", "Space". */
void key_text(char out[16], const struct key *key); /* (curses has a key_name of its own) */
/* The next key of a script line: a character, or a name in angle brackets: <F10>, <Ctrl+S>, <Enter>,
 * <Space>, <lt>; <Down*3> repeats (*count). False: no such key; *rest stays before it. */
bool key_script(struct key *out, int *count, struct text *rest);
/* Up, Down, PgUp, PgDn, Home and End move *at among `count` rows, a page being `page` of them; it stays within them (0 where
 * there are none). False: another key. */
bool key_moves(const struct key *key, int count, int page, int *at);

#endif
