/* A record that a field wants and that is not there yet: the form that makes it, upon the form that wants it. What was typed
 * stands in its name already; what it made comes back into the field, and leaving it loses nothing. */
#include "tui/view/form_parts.h"

#include <stdint.h>

#include "i18n/text.h"
#include "tui/view/menu.h"

enum { MAKERS_MOST = 8, DEEPEST = 8 };

/* The acts of this officer that make what the field may refer to. */
static size_t makers_of(const struct session *session, const struct field *field,
                        const struct act **out)
{
    size_t count = 0;

    if (field->kind != KIND_REFERENCE)
        return 0;
    for (const struct act *const *act = acts; *act && count < MAKERS_MOST; act++) {
        struct text rest = text_of(field->targets);
        bool wanted = false;

        if ((*act)->form != ACT_MAKES || (*act)->hidden || (*act)->type->family != 0 ||
            !act_allowed(session, *act))
            continue;
        while (text_present(rest) && !wanted)
            wanted = text_is(text_split(rest, ' ', &rest), (*act)->type->name);
        if (wanted)
            out[count++] = *act;
    }
    return count;
}

/* A form upon a form upon a form: each waits for the one above, so none may make room. */
static bool too_deep(const struct app *app)
{
    int waiting = 0;

    for (int i = 0; i < app->count; i++)
        waiting += app->views[i]->answered != NULL;
    return waiting >= DEEPEST;
}

bool new_possible(const struct app *app, const struct field *field)
{
    const struct act *makers[MAKERS_MOST];

    return makers_of(&app->session, field, makers) > 0 && !too_deep(app);
}

/* ---- what was typed ---- */

static bool is_number(struct text typed)
{
    bool digits = false;

    for (size_t i = 0; i < typed.len; i++) {
        if ((uint8_t)typed.data[i] > 0x7F || typed.data[i] == ' ')
            return false;
        digits |= typed.data[i] >= '0' && typed.data[i] <= '9';
    }
    return digits;
}

static bool has_wide(struct text typed)
{
    for (size_t i = 0; i < typed.len; i++)
        if ((uint8_t)typed.data[i] >= 0xE0)
            return true;
    return false;
}

/* How well a line takes what was typed: its number, its name in that script, any text that is searched. 0: not at all. */
static int fits(const struct form_line *line, struct text typed)
{
    const struct field *field = line->field;
    bool number = is_number(typed);

    if (line->shown_only || line->hidden || !(field->flags & SEARCHED) ||
        (field->kind != KIND_TEXT && field->kind != KIND_BITEXT && field->kind != KIND_NUMBER))
        return 0;
    if (line->part == PART_REASON || editor_text(&line->editor).len > 0)
        return 0;
    if (field->kind == KIND_BITEXT)
        return number ? 1 : line->part == (has_wide(typed) ? PART_ZH : PART_EN) ? 4 : 2;
    return number ? 3 : 1;
}

/* The first line that it fits best; what the officer typed into the field below. */
static void preset_typed(struct form *form, struct text typed)
{
    struct form_line *best = NULL;

    for (int i = 0; i < form->count && typed.len > 0; i++) {
        struct form_line *line = form_line_at(form, i);

        if (fits(line, typed) > (best ? fits(best, typed) : 0))
            best = line;
    }
    if (!best)
        return;
    form_focus(form, best);
    form_set(form, best, typed);
}

static void push_maker(struct app *app, const struct act *act, struct text typed,
                       void (*answered)(struct view *below, void *result))
{
    struct form_view *self = form_push(app, act, NULL, NULL, NULL);

    if (!self)
        return;
    self->view.answered = answered;
    preset_typed(&self->form, typed);
}

/* ---- which kind ---- */

struct wanted {
    const struct field *field;
    struct text typed;
    void (*answered)(struct view *below, void *result);
};

static size_t fill_makers(struct menu *menu, struct text typed, struct menu_item *items,
                          size_t room)
{
    const struct wanted *wanted = menu->about;
    const struct act *makers[MAKERS_MOST];
    struct app *app = menu->view.app;
    size_t count = wanted ? makers_of(&app->session, wanted->field, makers) : 0, shown = 0;

    for (size_t i = 0; i < count && shown < room; i++)
        if (menu_matches(label_text(menu->arena, &makers[i]->label, LANGUAGE_BOTH), typed))
            items[shown++] =
                (struct menu_item){ .name = app_label(app, menu->arena, &makers[i]->label),
                                    .words = app_label(app, menu->arena, &makers[i]->help),
                                    .data = makers[i] };
    return shown;
}

static void choose_maker(struct menu *menu, const struct menu_item *item)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct app *app = menu->view.app;
    struct wanted wanted = *(const struct wanted *)menu->about;
    const struct act *act = item->data;

    wanted.typed = arena_text(arena, wanted.typed);
    view_pop(app, NULL);
    push_maker(app, act, wanted.typed, wanted.answered);
}

static const struct menu_type makers_type = { .title = L("New", "新增"),
                                              .help = L("Of which kind the new record is.",
                                                        "新增紀錄的類別。"),
                                              .fill = fill_makers,
                                              .choose = choose_maker,
                                              .name_columns = 26 };

void new_open(struct app *app, const struct field *field, struct text typed,
              void (*answered)(struct view *below, void *result))
{
    const struct act *makers[MAKERS_MOST];
    struct menu *menu;
    struct wanted *wanted;

    if (makers_of(&app->session, field, makers) == 1) {
        push_maker(app, makers[0], typed, answered);
        return;
    }
    menu = menu_open(app, &makers_type, NULL);
    wanted = arena_alloc(menu->view.arena, sizeof *wanted);
    *wanted = (struct wanted){ field, arena_text(menu->view.arena, typed), answered };
    menu->about = wanted;
    menu_fill(menu);
}
