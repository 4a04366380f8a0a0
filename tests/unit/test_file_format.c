/* assets/doc/file-format.md promises bytes; each of its examples is made here again. */
#include "tests/check.h"

#include "core/base/checksum.h"
#include "core/base/seams.h"
#include "tests/journal_example.h"

static int start(void **state)
{
    (void)state;
    return crypto_start() == ERR_OK ? 0 : -1;
}

static bool same_bytes(const struct buffer *a, const struct buffer *b)
{
    return a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

static struct text paper(struct arena *arena)
{
    struct bytes bytes;

    assert_int_equal(file_read(arena, SRCDIR "/assets/doc/file-format.md", 1 << 20, &bytes),
                     ERR_OK);
    return (struct text){ (const char *)bytes.data, bytes.len };
}

/* What stands in the paper behind "```kind name". */
static struct text block(struct arena *arena, const char *kind, const char *name)
{
    struct text all = paper(arena);
    char *start =
        strstr(arena_string(arena, all), arena_printf(arena, "\n```%s %s\n", kind, name).data);
    char *end;

    if (start == NULL) {
        print_error("file-format.md has no example \"%s %s\"\n", kind, name);
        fail_here("an example is missing");
    }
    start = strchr(start + 1, '\n') + 1;
    end = strstr(start, "```");
    assert_non_null(end);
    return (struct text){ start, (size_t)(end - start) };
}

/* Hexadecimal digits in any grouping; a semicolon begins a remark. */
static void assert_paper_shows(const char *name, struct bytes expected)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer digits = { 0 }, shown = { 0 };
    struct text rest = block(arena, "hex", name), line;

    while (text_present(rest) && rest.len > 0) {
        line = text_split(rest, '\n', &rest);
        line = text_split(line, ';', &(struct text){ 0 });
        for (size_t i = 0; i < line.len; i++)
            if (line.data[i] != ' ')
                buffer_byte(&digits, (uint8_t)line.data[i]);
    }
    hex_encode(&shown, expected);
    if (!same_bytes(&digits, &shown)) {
        print_error("%s is\n%.*s\nand not\n%.*s\n", name, (int)shown.len,
                    (const char *)shown.data, (int)digits.len, (const char *)digits.data);
        fail_here("an example of file-format.md is wrong");
    }
}

static void assert_paper_says(const char *name, struct text expected)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text shown = block(arena, "text", name);

    if (!text_equal(shown, expected)) {
        print_error("%s is\n%.*s", name, (int)expected.len, expected.data);
        fail_here("an example of file-format.md is wrong");
    }
}

static void the_paper_shows_the_bytes_of_the_journal(void **state)
{
    struct example x;
    struct hash256 root;

    (void)state;
    example_build(&x, EXAMPLE_GOOD);
    root = merkle_root(&x.frontier);
    assert_paper_shows("payload-0", buffer_bytes(&x.payload[0]));
    assert_paper_shows("body-0", buffer_bytes(&x.body[0]));
    assert_paper_shows("commitment-0", (struct bytes){ x.commitment[0].byte, 32 });
    assert_paper_shows("statement-0", buffer_bytes(&x.statement[0]));
    assert_paper_shows("leaf-0", buffer_bytes(&x.leaf[0]));
    assert_paper_shows("payload-1", buffer_bytes(&x.payload[1]));
    assert_paper_shows("payload-2", buffer_bytes(&x.payload[2]));
    assert_paper_shows("commitment-2", (struct bytes){ x.commitment[2].byte, 32 });
    assert_paper_shows("statement-2", buffer_bytes(&x.statement[2]));
    assert_paper_says("signing-2", buffer_as_text(&x.signed_text[2]));
    assert_paper_shows("leaf-3", buffer_bytes(&x.leaf[3]));
    for (int i = 0; i < EXAMPLE_ENTRIES; i++) {
        char name[24];

        snprintf(name, sizeof name, "leaf-hash-%d", i);
        assert_paper_shows(name, (struct bytes){ x.leaf_hash[i].byte, 32 });
    }
    assert_paper_shows("root", (struct bytes){ root.byte, 32 });
    assert_paper_says("head", buffer_as_text(&x.head));
    assert_paper_shows("leaf-file", (struct bytes){ x.leaves.data, 24 });
    assert_paper_shows("body-file", (struct bytes){ x.bodies.data, 15 });
    example_free(&x);
}

static void put_three(struct buffer *out, int64_t a, int64_t b)
{
    cbor_put_array(out, 3);
    cbor_put_int(out, a);
    cbor_put_int(out, b);
}

static void the_paper_shows_the_forms_of_values(void **state)
{
    AUTO_BUFFER struct buffer out = { 0 };

    (void)state;
    cbor_put_text(&out, TEXT("KILO"));
    cbor_put_array(&out, 2);
    cbor_put_text(&out, TEXT("香煙"));
    cbor_put_null(&out);
    cbor_put_uint(&out, 20230600);
    put_three(&out, 20230621, 8 * 60 + 40);
    cbor_put_int(&out, 480);
    cbor_put_uint(&out, EXAMPLE_TIME);
    cbor_put_int(&out, 30000);
    cbor_put_array(&out, 2);
    cbor_put_int(&out, 2000);
    cbor_put_text(&out, TEXT("USD"));
    put_three(&out, 155, -1);
    cbor_put_text(&out, TEXT("kg"));
    cbor_put_uint(&out, EXAMPLE_EXHIBIT);
    put_three(&out, (int64_t)EXAMPLE_EXHIBIT, 1);
    cbor_put_uint(&out, 9);
    cbor_put_text(&out, TEXT("CSQU3054383"));
    cbor_put_bool(&out, true);
    cbor_put_int(&out, -1);
    cbor_put_array(&out, 2);
    cbor_put_int(&out, 223200000);
    cbor_put_int(&out, 1141600000);
    cbor_put_array(&out, 2);
    cbor_put_text(&out, TEXT("ed25519"));
    cbor_put_bytes(&out, (struct bytes){ (const uint8_t *)"\1\2", 2 });
    cbor_put_array(&out, 1);
    cbor_put_map(&out, 1);
    cbor_put_uint(&out, 10);
    cbor_put_uint(&out, 1);
    assert_paper_shows("values", buffer_bytes(&out));
}

/* tree R, the exhibit of the example at its second revision */
static void the_paper_shows_the_bytes_of_a_stored_record(void **state)
{
    AUTO_BUFFER struct buffer rest = { 0 }, value = { 0 };
    struct example x;
    uint8_t key[RECORD_KEY];
    struct checksum check;

    (void)state;
    example_build(&x, EXAMPLE_GOOD);
    example_key(key, EXAMPLE_EXHIBIT);
    buffer_byte(&rest, 1); /* format */
    buffer_byte(&rest, 0); /* flags */
    buffer_u32(&rest, 2);  /* revision */
    buffer_u64(&rest, 3);  /* sequence */
    buffer_put(&rest, x.payload[3].data, x.payload[3].len);
    check = checksum_of_value('R', (struct bytes){ key, RECORD_KEY }, buffer_bytes(&rest));
    buffer_put(&value, check.byte, sizeof check.byte);
    buffer_put(&value, rest.data, rest.len);
    assert_paper_shows("record-key", (struct bytes){ key, RECORD_KEY });
    assert_paper_shows("record-value", buffer_bytes(&value));
    example_free(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_paper_shows_the_bytes_of_the_journal),
        cmocka_unit_test(the_paper_shows_the_forms_of_values),
        cmocka_unit_test(the_paper_shows_the_bytes_of_a_stored_record),
    };

    return cmocka_run_group_tests(tests, start, NULL);
}
