/* The help of an act on the command line: what it asks, how each field is typed, and how the whole is written. */
#include <stdio.h>

#include "i18n/text.h"
#include "tui/command/command_line.h"

/* A value of the kind, as one might type it. */
static const char *sample_of(const struct field *field)
{
    switch (field->kind) {
    case KIND_TEXT:
        return "'...'";
    case KIND_BITEXT:
        return "'中文 | English'";
    case KIND_DATE:
        return "2023-06-21";
    case KIND_MOMENT:
        return "'2023-06-21 08:40'";
    case KIND_MONEY:
        return "1000";
    case KIND_QUANTITY:
        return "'15 carton'";
    case KIND_WEIGHT:
        return "'1.27 kg'";
    case KIND_CHOICE:
        return field->choices[0].code;
    case KIND_FLAG:
        return "yes";
    case KIND_INTEGER:
        return "1";
    case KIND_COORDINATES:
        return "'22.30, 114.17'";
    case KIND_LIST:
        return sample_of(&field->element->fields[0]);
    default:
        return NULL;
    }
}

static void put_sample(const struct field *field)
{
    const char *sample = sample_of(field);
    const struct field *one = field->kind == KIND_LIST ? &field->element->fields[0] : field;
    struct text rest;
    const struct record_type *type =
        one->targets ? type_named(text_split(text_of(one->targets), ' ', &rest)) : NULL;

    printf(" %s=", field->name);
    if (type)
        printf("%s-1", type->letters);
    else
        printf("%s", sample ? sample : "CODE");
}

static bool needs_subject(const struct act *act)
{
    return act->form == ACT_AMENDS || act->form == ACT_ON || act->type == type_of_family(2);
}

static const char *subject_letters(const struct act *act)
{
    return act->type && act->type->family == 0 ? act->type->letters : "C";
}

static void put_example(const struct act *act)
{
    struct act_fields fields = act_fields(act);

    printf("tidewaiter act %s", act->name);
    if (needs_subject(act))
        printf(" on=%s-1", subject_letters(act));
    for (size_t i = 0; i < fields.count; i++)
        if ((fields.fields[i].flags & REQUIRED) && act_takes(act, &fields.fields[i]))
            put_sample(&fields.fields[i]);
    printf("%s --as NUMBER\n", act->second_always ? " --second NUMBER" : "");
}

enum err act_help(const struct command_line *line, const struct act *act)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct act_fields fields = act_fields(act);
    struct text help = label_text(arena, &act->help, line->language);

    printf("%s: %.*s\n", act->name, (int)help.len, help.data);
    if (needs_subject(act))
        printf("  on=ID\n");
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.fields[i];
        struct text label = label_text(arena, &field->label, line->language);
        struct text how = label_text(arena, &field_kind(field)->how, line->language);

        if (act_takes(act, field))
            printf("  %s=%s  %.*s (%.*s)\n", field->name, field->flags & REQUIRED ? " *" : "",
                   (int)label.len, label.data, (int)how.len, how.data);
    }
    putchar('\n');
    put_example(act);
    return ERR_OK;
}
