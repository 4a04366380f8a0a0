#include "core/change/last.h"

#include <stdio.h>
#include <string.h>

#include "core/base/cbor.h"

/* The file: [values (bytes) or null, chosen, [tags]]. */
enum { PARTS = 3, NAME = 64 };

static bool carried_decode(struct cbor_reader *in, struct last_input *last)
{
    uint64_t tag;
    size_t count;

    if (!cbor_array(in, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!cbor_uint(in, &tag) || tag > UINT16_MAX)
            return false;
        if (last->carried_count < LAST_CARRIED)
            last->carried[last->carried_count++] = (uint16_t)tag;
    }
    return true;
}

static bool file_decode(struct bytes file, struct bytes *values, struct last_input *last)
{
    struct cbor_reader in = cbor_reader(file);
    size_t parts;

    if (!cbor_array(&in, &parts) || parts != PARTS)
        return false;
    if (!cbor_null(&in) && !cbor_bytes(&in, values))
        return false;
    last->chosen = cbor_peek(&in) == CBOR_TRUE;
    if (!cbor_skip(&in, NULL) || !carried_decode(&in, last))
        return false;
    return cbor_done(&in);
}

void last_read(struct store *store, uint64_t officer, const char *act,
               const struct field *fields, size_t count, size_t size, struct arena *arena,
               struct last_input *out)
{
    struct bytes file, values = { 0 };
    char name[NAME];

    *out = (struct last_input){ .values = NULL };
    snprintf(name, sizeof name, "last.%s", act);
    if (desk_read(store, officer, name, arena, &file) != ERR_OK ||
        !file_decode(file, &values, out)) {
        *out = (struct last_input){ .values = NULL };
        return;
    }
    if (values.len == 0)
        return;
    out->values = arena_alloc(arena, size);
    if (fields_decode(out->values, fields, count, values, arena) != ERR_OK)
        out->values = NULL; /* of another version of the table */
}

enum err last_write(struct store *store, uint64_t officer, const char *act,
                    const struct field *fields, size_t count, const struct last_input *last)
{
    AUTO_BUFFER struct buffer values = { 0 }, file = { 0 };
    char name[NAME];

    snprintf(name, sizeof name, "last.%s", act);
    cbor_put_array(&file, PARTS);
    if (last->values) {
        fields_encode(&values, fields, count, last->values);
        cbor_put_bytes(&file, buffer_bytes(&values));
    } else {
        cbor_put_null(&file);
    }
    cbor_put_bool(&file, last->chosen);
    cbor_put_array(&file, last->carried_count);
    for (size_t i = 0; i < last->carried_count; i++)
        cbor_put_uint(&file, last->carried[i]);
    return desk_write(store, officer, name, buffer_bytes(&file));
}
