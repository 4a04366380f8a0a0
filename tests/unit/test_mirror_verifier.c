/* The second verifier, tests/verify_mirror.py, shares no code with ours: what this program writes it
 * must accept, and whatever is wrong in it it must name. */
#include "tests/check.h"

#include "core/base/seams.h"
#include "tests/journal_example.h"

#include <sys/wait.h>
#include <unistd.h>

#define VERIFIER "python3 -S '" SRCDIR "/tests/verify_mirror.py' "

static char folder[] = "/tmp/tidewaiter-mirror-XXXXXX";
static char said[8192];

static int run(const char *arguments)
{
    char command[1024];
    FILE *out;
    size_t len;
    int status;

    snprintf(command, sizeof command, VERIFIER "%s 2>&1", arguments);
    out = popen(command, "r");
    assert_non_null(out);
    len = fread(said, 1, sizeof said - 1, out);
    said[len] = 0;
    while (fgetc(out) != EOF)
        ;
    status = pclose(out);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int verify(const char *more)
{
    char arguments[512];

    snprintf(arguments, sizeof arguments, "'%s' %s", folder, more);
    return run(arguments);
}

static void write_file(const char *name, struct bytes data)
{
    char path[256];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data.data, 1, data.len, file), data.len);
    assert_int_equal(fclose(file), 0);
}

static void write_mirror(const struct example *x)
{
    write_file("000000.leaf", buffer_bytes(&x->leaves));
    write_file("000000.body", buffer_bytes(&x->bodies));
    write_file("head", buffer_bytes(&x->head));
}

static int start(void **state)
{
    (void)state;
    return crypto_start() != ERR_OK || mkdtemp(folder) == NULL;
}

static int finish(void **state)
{
    static const char *const names[] = { "000000.leaf", "000000.body", "000001.body", "head" };
    char path[256];

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)unlink(path);
    }
    return rmdir(folder);
}

static void need_python(void)
{
    if (system("python3 -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null") != 0)
        skip();
}

static void the_second_verifier_passes_the_published_vectors(void **state)
{
    (void)state;
    need_python();
    assert_int_equal(run("--self-test"), 0);
    assert_string_equal(said, "ok: self-test\n");
}

static void both_verifiers_agree_on_a_good_mirror(void **state)
{
    AUTO_BUFFER struct buffer expected = { 0 };
    struct example x;
    struct hash256 root;

    (void)state;
    need_python();
    example_build(&x, EXAMPLE_GOOD);
    write_mirror(&x);
    root = merkle_root(&x.frontier);
    buffer_string(&expected, "ok: 4 entries, 4 bodies, 0 dropped, 2 signatures, root ");
    base64_encode(&expected, (struct bytes){ root.byte, 32 });
    buffer_string(&expected, "\n");
    buffer_byte(&expected, 0);
    assert_int_equal(verify(""), 0);
    assert_string_equal(said, (const char *)expected.data);
    assert_int_equal(verify(
                         "--vkey example.org/cases+6203411c+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8"
                         "CGmj3B1Ea"),
                     0);
    assert_int_equal(verify(
                         "--vkey example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcr"
                         "nKv3U2k"),
                     1);
    example_free(&x);
}

static void a_lawfully_dropped_body_leaves_every_proof_standing(void **state)
{
    struct example x;

    (void)state;
    need_python();
    example_build(&x, EXAMPLE_BODY_DROPPED);
    write_mirror(&x);
    assert_int_equal(verify(""), 0);
    assert_non_null(strstr(said, "3 bodies, 1 dropped, 2 signatures"));
    example_free(&x);
}

static void each_wrong_thing_is_named(void **state)
{
    static const struct {
        enum example_fault fault;
        const char *words;
    } cases[] = {
        { EXAMPLE_TIME_BACK, "000000.leaf: 3: its time is before" },
        { EXAMPLE_SEQUENCE_SKIPPED, "000000.leaf: 3: it states the sequence 4" },
        { EXAMPLE_REVISION_SKIPPED, "000000.leaf: 3: revision 3 of 09" },
        { EXAMPLE_OTHER_PREVIOUS, "000000.leaf: 3: revision 2 of 09" },
        { EXAMPLE_OTHER_ORIGIN, "000000.leaf: 3: it is of another log" },
        { EXAMPLE_OTHER_COMMITMENT, "000000.body: 3: body 1: it does not fit its commitment" },
        { EXAMPLE_BODY_MISSING, "000000.body: 3: body 1 is missing" },
        { EXAMPLE_BODY_TOO_MANY, "000000.body: 3: body 2 belongs to nothing" },
        { EXAMPLE_BODY_SEALED, "000000.body: 3: body 1: the body has algorithm 1" },
        { EXAMPLE_OTHER_ROLE, "000000.leaf: 2: the signature of officer" },
        { EXAMPLE_OTHER_OFFICER, "000000.leaf: 2: officer 72057594037927938 had no key" },
        { EXAMPLE_KEY_TOO_YOUNG, "000000.leaf: 2: officer 72057594037927937 had no key" },
        { EXAMPLE_KEY_ENDED, "000000.leaf: 2: officer 72057594037927937 had no key" },
        { EXAMPLE_KEY_DROPPED, "000000.body: 1: body 1 of a signing key may not be dropped" },
        { EXAMPLE_TRAILING_BYTE, "000000.leaf: 3: bytes follow" },
        { EXAMPLE_NOT_CREATED, "000000.leaf: 0: the first entry is not store.create" },
        { EXAMPLE_HEAD_BEHIND, "head: -: it is of 3 entries, the files hold 4" },
        { EXAMPLE_HEAD_OTHER_ROOT, "head: -: its root" },
        { EXAMPLE_HEAD_OTHER_KEY, "head: -: the log's key example.org/cases did not sign it" },
    };

    (void)state;
    need_python();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct example x;

        example_build(&x, cases[i].fault);
        write_mirror(&x);
        if (verify("") != 1 || strstr(said, cases[i].words) == NULL) {
            print_error("expected \"%s\" and got\n%s\n", cases[i].words, said);
            fail_here("a fault was not named");
        }
        example_free(&x);
    }
}

static void a_changed_byte_anywhere_is_found(void **state)
{
    struct example x;
    uint64_t seed;

    (void)state;
    need_python();
    random_bytes(&seed, sizeof seed);
    print_message("seed %llu\n", (unsigned long long)seed);
    random_repeat(seed);
    example_build(&x, EXAMPLE_GOOD);
    for (int round = 0; round < 30; round++) {
        struct buffer *files[] = { &x.leaves, &x.bodies, &x.head };
        struct buffer *file = files[round % 3];
        uint32_t pick;
        size_t bit;

        random_bytes(&pick, sizeof pick);
        bit = pick % (file->len * 8);
        file->data[bit / 8] ^= (uint8_t)(1 << bit % 8);
        write_mirror(&x);
        if (verify("") != 1) {
            print_error("file %d, bit %zu: %s\n", round % 3, bit, said);
            fail_here("a changed byte was not found");
        }
        file->data[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    example_free(&x);
}

static void a_torn_or_missing_file_is_named(void **state)
{
    struct example x;
    struct bytes leaves, bodies;

    (void)state;
    need_python();
    example_build(&x, EXAMPLE_GOOD);
    write_mirror(&x);
    leaves = buffer_bytes(&x.leaves);
    bodies = buffer_bytes(&x.bodies);
    leaves.len -= x.leaf[3].len + 4;
    write_file("000000.leaf", leaves);
    assert_int_equal(verify(""), 1);
    assert_non_null(strstr(said, "head: -: it is of 4 entries, the files hold 3"));
    leaves.len += 9;
    write_file("000000.leaf", leaves);
    assert_int_equal(verify(""), 1);
    assert_non_null(strstr(said, "000000.leaf: 3: the file is torn"));

    write_mirror(&x);
    bodies.len -= 5;
    write_file("000000.body", bodies);
    assert_int_equal(verify(""), 1);
    assert_non_null(strstr(said, "000000.body: -: the file is torn"));
    assert_non_null(strstr(said, "000000.body: 3: body 1 is missing"));

    write_mirror(&x);
    write_file("000001.body", bodies);
    assert_int_equal(verify(""), 1);
    assert_non_null(strstr(said, "000001.body: -: there is no file of leaves beside it"));
    example_free(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_verifier_passes_the_published_vectors),
        cmocka_unit_test(both_verifiers_agree_on_a_good_mirror),
        cmocka_unit_test(a_lawfully_dropped_body_leaves_every_proof_standing),
        cmocka_unit_test(each_wrong_thing_is_named),
        cmocka_unit_test(a_changed_byte_anywhere_is_found),
        cmocka_unit_test(a_torn_or_missing_file_is_named),
    };

    return cmocka_run_group_tests(tests, start, finish);
}
