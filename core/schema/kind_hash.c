/* HASH: a hash value or public key, with the name of what made it. */
#include "core/schema/parts.h"

#include <string.h>

enum { INDEX_BYTES = 32 };

static const struct {
    const char *name;
    size_t size;
} known[] = {
    { "md5", 16 },     { "sha-1", 20 },   { "sha-224", 28 },  { "sha-256", 32 },
    { "sha-384", 48 }, { "sha-512", 64 }, { "sha3-256", 32 }, { "ed25519", 32 },
};

static bool present(const void *value)
{
    return text_present(((const struct hash_value *)value)->name);
}

static struct text bytes_as_text(struct bytes bytes)
{
    return (struct text){ (const char *)bytes.data, bytes.len };
}

static int compare(const struct field *field, const void *a, const void *b)
{
    const struct hash_value *x = a, *y = b;
    int order = order_codes(x->name, y->name);

    (void)field;
    return order != 0 ? order : text_compare(bytes_as_text(x->bytes), bytes_as_text(y->bytes));
}

static void encode(struct buffer *out, const struct field *field, const void *value)
{
    const struct hash_value *hash = value;

    (void)field;
    cbor_put_array(out, 2);
    cbor_put_text(out, hash->name);
    cbor_put_bytes(out, hash->bytes);
}

static bool decode(struct cbor_reader *in, const struct field *field, void *value,
                   struct arena *arena)
{
    struct hash_value *hash = value;
    size_t count;

    (void)field;
    (void)arena;
    return cbor_array(in, &count) && count == 2 && cbor_text(in, &hash->name) &&
           cbor_bytes(in, &hash->bytes);
}

/* "sha-256:hex"; 64 hex digits alone are a SHA-256. */
static bool read_hash(struct hash_value *out, struct text typed, struct arena *arena)
{
    AUTO_BUFFER struct buffer bytes = { 0 };
    struct text hex;
    struct text name = text_split(typed, ':', &hex);

    if (!text_present(hex)) {
        hex = name;
        name = TEXT("sha-256");
        if (hex.len != 64)
            return false;
    }
    if (text_empty(name) || !hex_decode(&bytes, text_trim(hex)))
        return false;
    out->name = arena_text(arena, text_trim(name));
    out->bytes = (struct bytes){ arena_copy(arena, bytes.data, bytes.len), bytes.len };
    return true;
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    struct hash_value made = { { 0 }, { 0 } };
    struct quote room;

    (void)field;
    (void)lookup;
    if (!typed_utf8(typed, why))
        return false;
    if (!blank(typed) && !read_hash(&made, typed_narrow(arena, typed), arena)) {
        message_set(why,
                    N_("%s is not a hash value. Type its name, a colon and hexadecimal digits, "
                       "as in sha-256:09af..."),
                    quote(&room, typed));
        return false;
    }
    *(struct hash_value *)value = made;
    return true;
}

static void print(struct buffer *out, const struct field *field, const void *value)
{
    const struct hash_value *hash = value;

    (void)field;
    if (!present(value))
        return;
    buffer_text(out, hash->name);
    buffer_byte(out, ':');
    hex_encode(out, hash->bytes);
}

static void show(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language)
{
    (void)lookup;
    (void)language;
    print(out, field, value);
}

static bool check(const struct field *field, const void *value, const struct lookup *lookup,
                  struct message *why, bool *warning)
{
    const struct hash_value *hash = value;
    struct quote room;

    (void)lookup;
    *warning = false;
    if (!text_check(field, hash->name, TEXT_ONE_LINE, why))
        return false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!text_is(hash->name, known[i].name))
            continue;
        if (hash->bytes.len == known[i].size)
            return true;
        message_set(why,
                    N_("A value of %s has %zu bytes, but this one has %zu. Copy it again."),
                    known[i].name, known[i].size, hash->bytes.len);
        return false;
    }
    message_set(why, N_("%s is not a known hash function. Use sha-256, sha-512, sha-1 or md5."),
                quote(&room, hash->name));
    return false;
}

static void index_bytes(struct buffer *out, const struct field *field, const void *value)
{
    AUTO_BUFFER struct buffer hex = { 0 };
    const struct hash_value *hash = value;
    struct bytes start = hash->bytes;

    (void)field;
    if (!index_presence(out, present(value)))
        return;
    if (start.len > INDEX_BYTES)
        start.len = INDEX_BYTES;
    hex_encode(&hex, start);
    index_code(out, hash->name);
    index_code(out, buffer_as_text(&hex));
}

const struct kind kind_HASH = {
    .id = KIND_HASH,
    .name = "hash",
    .label = L("hash value", "雜湊值"),
    .how = L("sha-256: and hexadecimal digits", "sha-256: 後接十六進制數字"),
    .size = sizeof(struct hash_value),
    .written = WRITTEN_TEXT,
    .present = present,
    .compare = compare,
    .encode = encode,
    .decode = decode,
    .parse = parse,
    .print = print,
    .show = show,
    .check = check,
    .index = index_bytes,
};
