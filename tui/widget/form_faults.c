/* What is wrong with a form, and what of it is kept for later. */
#include "tui/widget/form.h"

#include <stdlib.h>

#include "core/base/cbor.h"

/* Faults */

static struct form_line *line_of(struct form *form, uint64_t tag)
{
    struct form_line *first = NULL;

    for (int i = 0; i < form->count; i++) {
        struct form_line *line = &form->lines[i];

        if (line->shown_only)
            continue;
        if (line->field->tag == tag)
            return line;
        if (!first)
            first = line;
    }
    return first;
}

/* The field that a finding is about; 0 where it is one of another table than the form's. */
static uint16_t tag_here(const struct form *form, const struct finding *finding)
{
    bool record = form->act->form == ACT_MAKES || form->act->form == ACT_AMENDS;

    return !finding->type || (record && finding->type == form->act->type) ? finding->tag : 0;
}

void form_findings(struct form *form, const struct findings *findings)
{
    struct form_line *first = NULL;

    for (int i = 0; i < form->count; i++)
        form->lines[i].fault.id = NULL;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = findings->items[i];
        struct form_line *line = line_of(form, tag_here(form, finding));
        bool warning = finding->severity == SEVERITY_WARNING;

        /* The worst that was found first is the one to read. */
        if (!line || (line->fault.id && (warning || !line->warning)))
            continue;
        message_copy(&line->fault, &finding->message);
        line->warning = warning;
        if (!warning && (!first || line < first))
            first = line;
    }
    if (first)
        form->focus = (int)(first - form->lines);
}

bool form_next_fault(struct form *form)
{
    for (int step = 1; step <= form->count; step++) {
        int i = (form->focus + step) % form->count;

        if (form->lines[i].fault.id && !form->lines[i].shown_only) {
            form->focus = i;
            return true;
        }
    }
    return false;
}

int form_faults(const struct form *form)
{
    int count = 0;

    for (int i = 0; i < form->count; i++)
        count += form->lines[i].fault.id != NULL;
    return count;
}

/* Drafts */

static uint64_t line_key(const struct form_line *line)
{
    return 4 * (uint64_t)line->field->tag + (uint64_t)line->part;
}

static int line_order(const void *a, const void *b)
{
    uint64_t x = line_key(*(const struct form_line *const *)a);
    uint64_t y = line_key(*(const struct form_line *const *)b);

    return (x > y) - (x < y);
}

void form_save(const struct form *form, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct form_line **touched =
        arena_array(arena, (size_t)form->count + 1, sizeof *touched);
    size_t count = 0;

    for (int i = 0; i < form->count; i++)
        if (form->lines[i].touched)
            touched[count++] = &form->lines[i];
    qsort(touched, count, sizeof *touched, line_order);
    cbor_put_map(out, count);
    for (size_t i = 0; i < count; i++) {
        cbor_put_uint(out, line_key(touched[i]));
        cbor_put_text(out, editor_text(&touched[i]->editor));
    }
}

static void line_restore(struct form *form, uint64_t key, struct text t)
{
    for (int i = 0; i < form->count; i++)
        if (line_key(&form->lines[i]) == key && !form->lines[i].shown_only)
            form_set(form, &form->lines[i], t);
}

/* Goes through the map; fills the lines only where `take`. */
static bool map_read(struct form *form, struct bytes raw, bool take)
{
    struct cbor_reader in = cbor_reader(raw);
    uint64_t key = 0, before = 0;
    struct text t;
    size_t count;

    if (!cbor_map(&in, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!cbor_uint(&in, &key) || (i > 0 && key <= before) || !cbor_text(&in, &t))
            return false;
        before = key;
        if (take)
            line_restore(form, key, t);
    }
    return cbor_done(&in);
}

bool form_restore(struct form *form, struct bytes raw)
{
    return map_read(form, raw, false) && map_read(form, raw, true);
}
