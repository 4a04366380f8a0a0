#include "core/model/access_plan.h"

#include <string.h>

#include "core/model/elements.h"

/* Fields by which an officer stands inside a record. */
static const char *const insiders[] = { "officer", "supervisor",   "author",      "taken_by",
                                        "handler", "lead_officer", "reported_by", "done_by" };
/* What hides a record from all but those who read everything of what it belongs to. */
static const char hidden_choice[] = "informer";

static bool is_insider(const struct field *field)
{
    for (size_t i = 0; i < sizeof insiders / sizeof *insiders; i++)
        if (field->kind == KIND_REFERENCE && strcmp(field->name, insiders[i]) == 0)
            return strstr(field->targets, "officer") != NULL;
    return false;
}

static bool may_hide(const struct field *field)
{
    for (const struct choice *choice = field->choices; choice && choice->code; choice++)
        if (strcmp(choice->code, hidden_choice) == 0)
            return true;
    return false;
}

/* The case before all else. */
static void plan_owner(struct plan *plan, const struct field *field)
{
    if (plan->owner_count == OWNERS)
        return;
    plan->owners[plan->owner_count++] = field;
    if (strcmp(field->name, "of_case") != 0)
        return;
    plan->owners[plan->owner_count - 1] = plan->owners[0];
    plan->owners[0] = field;
}

static void plan_field(struct plan *plan, const struct field *field)
{
    bool reference = field->kind == KIND_REFERENCE;

    plan->has_private |= (field->flags & PRIVATE) != 0;
    if (field->tag == TAG_SENSITIVITY && field->kind == KIND_CHOICE)
        plan->sensitivity = field;
    else if (field->tag == TAG_FORMATION && field->kind == KIND_CODE)
        plan->formation = field;
    else if (field->kind == KIND_LIST && field->element == &officer_item_type &&
             strcmp(field->name, "access") == 0)
        plan->list = field;
    else if (reference &&
             (strncmp(field->name, "of_", 3) == 0 || strcmp(field->name, "about") == 0))
        plan_owner(plan, field);
    else if (reference && strcmp(field->name, "holder") == 0)
        plan->holder = field;
    else if (reference && strcmp(field->name, "handover") == 0)
        plan->handover = field;
    else if (may_hide(field))
        plan->source = field;
    if (is_insider(field) && plan->insider_count < INSIDERS)
        plan->insiders[plan->insider_count++] = field;
}

static uint16_t later(uint16_t least, const struct field *field)
{
    return field && field->tag > least ? field->tag : least;
}

struct plan access_plan_make(const struct record_type *type)
{
    struct plan made = { .least = TAG_NUMBER }, *plan = &made;

    for (size_t i = 0; i < type->count; i++)
        plan_field(plan, &type->fields[i]);
    if (type->family != 0) { /* it stands beside its owner */
        plan->owner_count = 0;
        plan->holder = plan->handover = NULL;
    }
    plan->least = later(plan->least, plan->sensitivity);
    for (size_t i = 0; i < plan->owner_count; i++)
        plan->least = later(plan->least, plan->owners[i]);
    plan->least = later(plan->least, plan->source);
    plan->nobody = plan->insider_count == 0 && !plan->list && !plan->formation &&
                   plan->owner_count == 0 && type->family == 0;
    plan->open =
        type->family == 0 && !plan->sensitivity && plan->owner_count == 0 && !plan->has_private;
    return made;
}

bool access_plan_hides(const struct plan *plan, const struct record *record)
{
    return plan->source &&
           text_is(*(const struct text *)field_value(plan->source, record), hidden_choice);
}
