/* The screens as a table, and how their keys are named. */
#include "tui/view/views.h"

#define VIEW_ROW(name) &name##_view,
const struct view_type *const view_types[] = { VIEW_TYPES(VIEW_ROW) NULL };
#undef VIEW_ROW

static bool works(const struct view_type *type, const struct key *key)
{
    return key->code != TKEY_NONE && !(key->code == TKEY_CHARACTER && type->typing);
}

struct text command_keys(struct arena *arena, const struct view_type *type,
                         const struct command *command)
{
    char first[16] = "", second[16] = "";

    if (works(type, &command->key))
        key_text(first, &command->key);
    if (works(type, &command->other))
        key_text(second, &command->other);
    return arena_printf(arena, "%s%s%s", first, *first && *second ? ", " : "", second);
}
