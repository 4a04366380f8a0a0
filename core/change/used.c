#include "core/change/used.h"

#include "core/base/cbor.h"

/* The file: an array of [what of, [values, the newest first]], the one used last first. */
enum { USED_KEYS = 100, VALUE_LONGEST = 120 };
static const char used_file[] = "used";

struct used {
    struct text of;
    struct text values[USED_VALUES];
    size_t count;
};
struct used_list {
    struct used items[USED_KEYS + 1];
    size_t count;
};

struct text used_of(const struct field *field, struct arena *arena)
{
    switch (field->kind) {
    case KIND_CODE:
        return field->entity ? arena_printf(arena, "%s.%s", field->codes, field->entity)
                             : text_of(field->codes);
    case KIND_CHOICE:
        return arena_printf(arena, "=%s", field->name);
    case KIND_REFERENCE:
        return arena_printf(arena, "@%s", field->targets);
    default:
        return (struct text){ 0 };
    }
}

static bool take_values(struct cbor_reader *in, struct used *used)
{
    struct text value;
    size_t count;

    if (!cbor_array(in, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!cbor_text(in, &value))
            return false;
        if (used->count < USED_VALUES)
            used->values[used->count++] = value;
    }
    return true;
}

static bool list_decode(struct used_list *list, struct bytes data)
{
    struct cbor_reader in = cbor_reader(data);
    size_t count, pair;

    if (!cbor_array(&in, &count))
        return false;
    for (size_t i = 0; i < count && i < USED_KEYS; i++) {
        struct used *used = &list->items[list->count];

        if (!cbor_array(&in, &pair) || pair != 2 || !cbor_text(&in, &used->of) ||
            !take_values(&in, used))
            return false;
        list->count++;
    }
    return cbor_done(&in);
}

/* An unreadable file is begun anew: it holds nothing that was called saved. */
static void list_read(struct used_list *list, struct store *store, uint64_t officer,
                      struct arena *arena)
{
    struct bytes data;

    *list = (struct used_list){ .count = 0 };
    if (desk_read(store, officer, used_file, arena, &data) == ERR_OK &&
        !list_decode(list, data))
        *list = (struct used_list){ .count = 0 };
}

static enum err list_write(const struct used_list *list, struct store *store, uint64_t officer)
{
    AUTO_BUFFER struct buffer out = { 0 };

    cbor_put_array(&out, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const struct used *used = &list->items[i];

        cbor_put_array(&out, 2);
        cbor_put_text(&out, used->of);
        cbor_put_array(&out, used->count);
        for (size_t k = 0; k < used->count; k++)
            cbor_put_text(&out, used->values[k]);
    }
    return desk_write(store, officer, used_file, buffer_bytes(&out));
}

/* Moves what these are values of to the front, where it is known or begins. */
static struct used *list_front(struct used_list *list, struct text of)
{
    struct used used = { .of = of };
    size_t at = 0;

    while (at < list->count && !text_equal(list->items[at].of, of))
        at++;
    if (at < list->count)
        used = list->items[at];
    else if (list->count < USED_KEYS)
        list->count++;
    else
        at = USED_KEYS - 1; /* what was used longest ago makes room */
    for (; at > 0; at--)
        list->items[at] = list->items[at - 1];
    list->items[0] = used;
    return &list->items[0];
}

static void value_front(struct used *used, struct text value)
{
    size_t at = 0;

    while (at < used->count && !text_equal(used->values[at], value))
        at++;
    if (at == used->count) {
        if (used->count < USED_VALUES)
            used->count++;
        at = used->count - 1;
    }
    for (; at > 0; at--)
        used->values[at] = used->values[at - 1];
    used->values[0] = value;
}

size_t used_read(struct store *store, uint64_t officer, struct text of, struct arena *arena,
                 struct text **out)
{
    struct used_list *list = arena_alloc(arena, sizeof *list);

    list_read(list, store, officer, arena);
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->items[i].of, of)) {
            *out = list->items[i].values;
            return list->items[i].count;
        }
    *out = NULL;
    return 0;
}

enum err used_note(struct store *store, uint64_t officer, const struct used_value *values,
                   size_t count)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct used_list *list = arena_alloc(arena, sizeof *list);

    list_read(list, store, officer, arena);
    for (size_t i = 0; i < count; i++)
        if (values[i].of.len > 0 && values[i].value.len > 0 &&
            values[i].value.len <= VALUE_LONGEST && text_is_utf8(values[i].value))
            value_front(list_front(list, values[i].of), values[i].value);
    return list_write(list, store, officer);
}
