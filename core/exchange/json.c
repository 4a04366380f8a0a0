#include "core/exchange/json.h"

#include <jansson.h>
#include <stdlib.h>

#include "i18n/text.h"

static json_t *text_json(struct text t)
{
    json_t *value = json_stringn(t.data, t.len);

    return value ? value : json_string("");
}

static json_t *value_json(const struct field *field, const void *value);

static json_t *list_json(const struct field *field, const struct list *list)
{
    const struct element_type *element = field->element;
    json_t *array = json_array();

    for (size_t i = 0; i < list->count; i++) {
        const char *item = (const char *)list->items + i * element->size;
        json_t *object = json_object();

        for (size_t k = 0; k < element->count; k++) {
            const struct field *part = &element->fields[k];

            if (field_kind(part)->present(item + part->offset))
                json_object_set_new(object, part->name, value_json(part, item + part->offset));
        }
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *bitext_json(const struct bitext *value)
{
    json_t *object = json_object();

    if (text_present(value->zh))
        json_object_set_new(object, "zh", text_json(value->zh));
    if (text_present(value->en))
        json_object_set_new(object, "en", text_json(value->en));
    return object;
}

static json_t *value_json(const struct field *field, const void *value)
{
    AUTO_BUFFER struct buffer printed = { 0 };

    switch (field_kind(field)->written) {
    case WRITTEN_NUMBER:
        return json_integer(((const struct integer *)value)->value);
    case WRITTEN_FLAG:
        return json_boolean(*(const enum flag *)value == FLAG_YES);
    case WRITTEN_OBJECT:
        return bitext_json(value);
    case WRITTEN_LIST:
        return list_json(field, value);
    case WRITTEN_TEXT:
        break;
    }
    field_kind(field)->print(&printed, field, value);
    return text_json(buffer_as_text(&printed));
}

/* What no field may keep (C1, bidi marks) and a damaged store may hold all the same: a terminal would obey it. Such points
 * stand only inside strings. */
static void put_escaped(struct buffer *out, struct text dumped)
{
    size_t at = 0;

    while (at < dumped.len) {
        uint32_t point;
        bool valid;
        size_t used = text_decode(dumped.data + at, dumped.len - at, &point, &valid);

        if (point < 0x7F ||
            text_acceptable((struct text){ dumped.data + at, used }, TEXT_ONE_LINE))
            buffer_put(out, dumped.data + at, used);
        else if (point <= 0xFFFF)
            buffer_printf(out, "\\u%04x", (unsigned)point);
        else
            buffer_printf(out, "\\u%04x\\u%04x", (unsigned)(0xD7C0 + (point >> 10)),
                          (unsigned)(0xDC00 + (point & 0x3FF)));
        at += used;
    }
}

static void object_append(struct buffer *out, json_t *object)
{
    char *dumped = json_dumps(object, JSON_COMPACT);

    if (dumped)
        put_escaped(out, text_of(dumped));
    free(dumped);
    json_decref(object);
}

static json_t *object_of(const struct record_key *key)
{
    AUTO_BUFFER struct buffer id = { 0 };
    json_t *object = json_object();

    key_print(&id, key);
    json_object_set_new(object, "id", text_json(buffer_as_text(&id)));
    return object;
}

void json_record(struct buffer *out, const struct record *record,
                 const struct field *const *fields, size_t count)
{
    json_t *object = object_of(&record->key);

    for (size_t i = 0; i < count; i++)
        if (field_present(fields[i], record))
            json_object_set_new(object, fields[i]->name,
                                value_json(fields[i], field_value(fields[i], record)));
    object_append(out, object);
}

void json_damaged(struct buffer *out, const struct record_key *key)
{
    json_t *object = object_of(key);

    json_object_set_new(object, "damaged", json_true());
    object_append(out, object);
}
