/* A form on a desk: what the tests of forms open, press and look at. */
#ifndef TIDEWAITER_TESTS_FORM_DESK_H
#define TIDEWAITER_TESTS_FORM_DESK_H

#include "tests/check.h"

#include <string.h>

#include "core/base/cbor.h"
#include "core/model/case.h"
#include "core/model/elements.h"
#include "i18n/text.h"
#include "tui/widget/form.h"

struct desk {
    struct arena *arena;
    struct case_record *record;
    struct form form;
};

/* One formation, known by its code and its names. */
static inline bool code(void *context, const char *table, struct text t, struct bitext *names)
{
    (void)context;
    if (strcmp(table, "formation") != 0 || !text_is(t, "SIB"))
        return false;
    *names = (struct bitext){ TEXT("有組織罪案調查科"), TEXT("Syndicate Crimes") };
    return true;
}

static inline bool code_typed(void *context, const char *table, struct text t, struct text *out)
{
    (void)context, (void)table;
    if (!text_is(t, "sib") && !text_is(t, "SIB") && !text_is(t, "有組織罪案調查科"))
        return false;
    *out = TEXT("SIB");
    return true;
}

static const struct lookup lookup = { .code = code, .code_typed = code_typed };

static inline void open_form(struct desk *desk, const char *act_name, const struct record *base)
{
    const struct act *act = act_named(text_of(act_name));

    form_close(&desk->form);
    desk->record = act_input(act, base, &lookup, desk->arena);
    form_open(&desk->form, act, desk->record, &lookup, LANGUAGE_ZH, desk->arena);
}

static inline int begin(void **state)
{
    struct desk *desk = memory_new(sizeof *desk);

    desk->arena = arena_new();
    open_form(desk, "case-open", NULL);
    *state = desk;
    return 0;
}

static inline int end(void **state)
{
    struct desk *desk = *state;

    form_close(&desk->form);
    arena_free(desk->arena);
    free(desk);
    return 0;
}

static inline enum form_result press(struct desk *desk, enum key_code code_)
{
    return form_key(&desk->form, &(struct key){ .code = code_ });
}

static inline void type(struct desk *desk, const char *string)
{
    struct text t = text_of(string);

    for (size_t at = 0; at < t.len;) {
        struct key key = { .code = TKEY_CHARACTER };
        bool valid;

        at += text_decode(t.data + at, t.len - at, &key.point, &valid);
        assert_int_equal(form_key(&desk->form, &key), FORM_USED);
    }
}

static inline struct form_line *line_of(struct desk *desk, uint16_t tag, enum form_part part)
{
    for (int i = 0; i < desk->form.count; i++)
        if (desk->form.lines[i]->table == NO_TABLE && desk->form.lines[i]->field->tag == tag &&
            desk->form.lines[i]->part == part)
            return desk->form.lines[i];
    return NULL;
}

static inline void focus_on(struct desk *desk, uint16_t tag, enum form_part part)
{
    struct form_line *line = line_of(desk, tag, part);

    assert_non_null(line);
    for (int i = 0; i <= desk->form.count && form_focused(&desk->form) != line; i++)
        assert_int_equal(press(desk, TKEY_TAB), FORM_USED);
    assert_ptr_equal(form_focused(&desk->form), line);
}

static inline void assert_typed(struct desk *desk, const struct form_line *line,
                                const char *expected)
{
    assert_string_equal(arena_string(desk->arena, editor_text(&line->editor)), expected);
}

static inline const char *drawn(struct desk *desk, int rows, int columns)
{
    AUTO_BUFFER struct buffer text = { 0 };
    struct canvas *canvas = canvas_new(rows, columns);

    form_draw(&desk->form, canvas, (struct rect){ 0, 0, rows, columns });
    canvas_text(&text, canvas);
    canvas_free(canvas);
    return arena_text(desk->arena, buffer_as_text(&text)).data;
}

#endif
