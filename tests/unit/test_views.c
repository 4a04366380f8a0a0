/* What every screen owes the officer, held against the tables of the screens and their commands. */
#include <stdio.h>
#include <string.h>

#include "tests/check.h"
#include "tui/view/views.h"

static bool said_in_both(const struct label *label)
{
    return label->en && label->zh && *label->en && *label->zh;
}

static void every_screen_says_what_it_is_for(void **state)
{
    (void)state;
    for (const struct view_type *const *type = view_types; *type; type++)
        if (!(*type)->name || !said_in_both(&(*type)->label) || !said_in_both(&(*type)->help))
            fail_here((*type)->name ? (*type)->name : "a screen without a name");
}

static bool is_command_said(const struct command *command)
{
    return said_in_both(&command->label) && said_in_both(&command->help) && command->run &&
           command->key.code != TKEY_NONE;
}

static void every_command_has_a_key_and_says_what_it_does(void **state)
{
    (void)state;
    for (const struct view_type *const *type = view_types; *type; type++)
        for (const struct command *c = (*type)->commands; c && c->name; c++)
            if (!is_command_said(c))
                fail_here(c->name);
    for (const struct command *c = app_commands; c->name; c++)
        if (!is_command_said(c))
            fail_here(c->name);
}

static bool same_key(const struct key *a, const struct key *b)
{
    return a->code != TKEY_NONE && a->code == b->code &&
           (a->code != TKEY_CHARACTER || a->point == b->point);
}

static bool keys_meet(const struct command *a, const struct command *b)
{
    return same_key(&a->key, &b->key) || same_key(&a->key, &b->other) ||
           same_key(&a->other, &b->key) || same_key(&a->other, &b->other);
}

/* Two commands may share a key where they are never possible at once; then both ask. */
static void no_key_does_two_things_on_one_screen(void **state)
{
    (void)state;
    for (const struct view_type *const *type = view_types; *type; type++)
        for (const struct command *a = (*type)->commands; a && a->name; a++)
            for (const struct command *b = a + 1; b->name; b++) {
                char words[128];

                snprintf(words, sizeof words, "%s: %s and %s", (*type)->name, a->name, b->name);
                if (strcmp(a->name, b->name) == 0 ||
                    (keys_meet(a, b) && !(a->possible && b->possible)))
                    fail_here(words);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_says_what_it_is_for),
        cmocka_unit_test(every_command_has_a_key_and_says_what_it_does),
        cmocka_unit_test(no_key_does_two_things_on_one_screen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
