#include "core/schema/record.h"

#include <string.h>

static struct finding *finding_new(struct findings *findings, enum severity severity,
                                   const struct record *record, uint16_t tag)
{
    struct finding *finding = arena_alloc(findings->arena, sizeof *finding);

    if (findings->count == findings->capacity) {
        size_t capacity = findings->capacity > 0 ? findings->capacity * 2 : 8;
        struct finding **items =
            arena_array(findings->arena, capacity, sizeof(struct finding *));

        if (findings->count > 0)
            memcpy(items, findings->items, findings->count * sizeof(struct finding *));
        findings->items = items;
        findings->capacity = capacity;
    }
    findings->items[findings->count++] = finding;
    finding->severity = severity;
    finding->tag = tag;
    if (record) {
        finding->record = record->key;
        finding->type = record->type;
    }
    return finding;
}

void finding_add(struct findings *findings, enum severity severity, const struct record *record,
                 uint16_t tag, const char *id, ...)
{
    struct finding *finding = finding_new(findings, severity, record, tag);
    va_list list;

    va_start(list, id);
    message_vset(&finding->message, id, list);
    va_end(list);
}

void finding_add_message(struct findings *findings, enum severity severity,
                         const struct record *record, uint16_t tag,
                         const struct message *message)
{
    message_copy(&finding_new(findings, severity, record, tag)->message, message);
}

bool findings_stop(const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i]->severity == SEVERITY_ERROR)
            return true;
    return false;
}
