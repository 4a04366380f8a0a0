#include "core/base/crypto.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/seams.h"
#include "tests/check.h"

static int start(void **state)
{
    (void)state;
    return crypto_start() == ERR_OK ? 0 : -1;
}

static struct bytes from_hex(struct buffer *out, const char *hex)
{
    buffer_clear(out);
    assert_true(hex_decode(out, text_of(hex)));
    return buffer_bytes(out);
}

static void assert_hex(const uint8_t *data, size_t size, const char *hex)
{
    AUTO_BUFFER struct buffer out = { 0 };

    hex_encode(&out, (struct bytes){ data, size });
    buffer_byte(&out, '\0');
    assert_string_equal((char *)out.data, hex);
}

static struct bytes bytes_of(const char *string)
{
    return (struct bytes){ (const uint8_t *)string, strlen(string) };
}

/* FIPS 180-4 examples */
static void sha256_gives_the_published_hashes(void **state)
{
    static const struct {
        const char *text, *hash;
    } vectors[] = {
        { "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        struct hash256 hash = sha256(bytes_of(vectors[i].text));

        assert_hex(hash.byte, sizeof(hash.byte), vectors[i].hash);
    }
    assert_hex(sha256((struct bytes){ 0 }).byte, 32, vectors[0].hash);
}

static void a_hash_of_parts_is_the_hash_of_the_whole(void **state)
{
    char million[1000];
    struct sha256 *stream = sha256_new();
    struct bytes parts[] = { bytes_of("a"), { 0 }, bytes_of("bc") };
    struct hash256 whole = sha256(bytes_of("abc")), of_parts = sha256_of(parts, 3);

    (void)state;
    assert_true(hash_equal(&whole, &of_parts));
    whole.byte[31] ^= 1;
    assert_false(hash_equal(&whole, &of_parts));
    memset(million, 'a', sizeof(million));
    for (int i = 0; i < 1000; i++)
        sha256_add(stream, million, sizeof(million));
    sha256_add(stream, NULL, 0);
    assert_hex(sha256_end(stream).byte, 32,
               "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* RFC 4231, cases 1, 2, 3, 6 */
static void hmac_gives_the_published_codes(void **state)
{
    uint8_t key[131], data[50];

    (void)state;
    memset(key, 0x0B, 20);
    assert_hex(hmac_sha256((struct bytes){ key, 20 }, bytes_of("Hi There")).byte, 32,
               "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    assert_hex(hmac_sha256(bytes_of("Jefe"), bytes_of("what do ya want for nothing?")).byte, 32,
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xAA, sizeof(key));
    memset(data, 0xDD, sizeof(data));
    assert_hex(hmac_sha256((struct bytes){ key, 20 }, (struct bytes){ data, 50 }).byte, 32,
               "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
    assert_hex(hmac_sha256((struct bytes){ key, 131 },
                           bytes_of("Test Using Larger Than Block-Size Key - Hash Key First"))
                   .byte,
               32, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

/* RFC 8032, section 7.1, tests 1, 2, 3 and SHA(abc) */
static const struct {
    const char *seed, *key, *message, *signature;
} signatures[] = {
    { "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
      "1cf9"
      "b46bd25bf5f0595bbe24655141438e7a100b" },
    { "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
      "d0f1"
      "1d8c387b2eaeb4302aeeb00d291612bb0c00" },
    { "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760"
      "984d"
      "c6594a7c15e9716ed28dc027beceea1ec40a" },
    { "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
      "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23"
      "a3fe"
      "ebbd454d4423643ce80e2a9ac94fa54ca49f",
      "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c6"
      "6431"
      "e0303dca179c138ac17ad9bef1177331a704" },
};

static void signatures_are_those_of_the_standard(void **state)
{
    AUTO_BUFFER struct buffer seed = { 0 }, message = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++) {
        struct public_key public_key;
        struct secret_key secret_key;
        struct bytes data = from_hex(&message, signatures[i].message);

        key_pair_from_seed(from_hex(&seed, signatures[i].seed).data, &public_key, &secret_key);
        assert_hex(public_key.byte, sizeof(public_key.byte), signatures[i].key);
        struct signature signature = sign(&secret_key, data);

        assert_hex(signature.byte, sizeof(signature.byte), signatures[i].signature);
        assert_true(signature_valid(&public_key, data, &signature));
        signature.byte[i * 16] ^= 1;
        assert_false(signature_valid(&public_key, data, &signature));
        secret_clear(&secret_key, sizeof(secret_key));
        assert_int_equal(secret_key.byte[0], 0);
    }
}

static void a_signature_holds_for_one_key_and_one_text_only(void **state)
{
    struct public_key first, second;
    struct secret_key secret, other;

    (void)state;
    key_pair(&first, &secret);
    key_pair(&second, &other);
    struct signature signature = sign(&secret, bytes_of("release"));

    assert_true(signature_valid(&first, bytes_of("release"), &signature));
    assert_false(signature_valid(&first, bytes_of("receive"), &signature));
    assert_false(signature_valid(&second, bytes_of("release"), &signature));
}

static void a_password_matches_its_hash_only(void **state)
{
    char hash[PASSWORD_HASH], again[PASSWORD_HASH];

    (void)state;
    memset(hash, 'x', sizeof(hash));
    assert_int_equal(password_hash(hash, TEXT("海關 customs"), PASSWORD_CHEAP), ERR_OK);
    assert_int_equal(password_hash(again, TEXT("海關 customs"), PASSWORD_CHEAP), ERR_OK);
    assert_int_equal(strncmp(hash, "$argon2id$v=19$", 15), 0);
    assert_string_not_equal(hash, again);
    assert_true(password_matches(hash, TEXT("海關 customs")));
    assert_false(password_matches(hash, TEXT("海關 custom")));
    assert_false(password_matches(hash, TEXT("")));
    memset(hash, 'x', sizeof(hash));
    assert_false(password_matches(hash, TEXT("海關 customs")));
    assert_int_equal(password_hash(hash, TEXT("p"), PASSWORD_COST), ERR_OK);
    assert_non_null(strstr(hash, "m=65536,t=3,p=1"));
    assert_true(password_matches(hash, TEXT("p")));
}

static void a_wrapped_key_opens_with_its_password_only(void **state)
{
    uint8_t wrapped[WRAPPED_KEY];
    struct public_key public_key;
    struct secret_key secret, out = { 0 }, untouched = { 0 };

    (void)state;
    key_pair(&public_key, &secret);
    assert_int_equal(key_wrap(wrapped, &secret, TEXT("pass"), PASSWORD_CHEAP), ERR_OK);
    assert_false(key_unwrap(&out, wrapped, TEXT("Pass")));
    assert_memory_equal(&out, &untouched, sizeof(out));
    for (size_t i = 0; i < WRAPPED_KEY; i++) {
        if (i == 16)
            continue; /* the cost: below, because the other one takes its time */
        wrapped[i] ^= 1;
        assert_false(key_unwrap(&out, wrapped, TEXT("pass")));
        wrapped[i] ^= 1;
    }
    wrapped[16] ^= 1;
    assert_false(key_unwrap(&out, wrapped, TEXT("pass")));
    wrapped[16] = 9;
    assert_false(key_unwrap(&out, wrapped, TEXT("pass")));
    wrapped[16] = PASSWORD_CHEAP;
    assert_true(key_unwrap(&out, wrapped, TEXT("pass")));
    assert_memory_equal(&out, &secret, sizeof(out));
}

static void repeated_random_bytes_repeat_keys_and_passwords(void **state)
{
    char first[PASSWORD_HASH], second[PASSWORD_HASH];
    struct public_key one, two;
    struct secret_key secret;

    (void)state;
    random_repeat(42);
    key_pair(&one, &secret);
    assert_int_equal(password_hash(first, TEXT("demo"), PASSWORD_CHEAP), ERR_OK);
    random_repeat(42);
    key_pair(&two, &secret);
    assert_int_equal(password_hash(second, TEXT("demo"), PASSWORD_CHEAP), ERR_OK);
    seams_set(NULL);
    assert_memory_equal(&one, &two, sizeof(one));
    assert_string_equal(first, second);
}

/* RFC 4648, section 10 */
static void base64_is_padded_and_strict(void **state)
{
    static const struct {
        const char *plain, *coded;
    } vectors[] = { { "", "" },
                    { "f", "Zg==" },
                    { "fo", "Zm8=" },
                    { "foo", "Zm9v" },
                    { "foob", "Zm9vYg==" },
                    { "fooba", "Zm9vYmE=" },
                    { "foobar", "Zm9vYmFy" } };
    static const char *const wrong[] = { "Z",     "Zg",   "Zg=",   "Zh==", "Zm9=",  "Zg==Zg==",
                                         "Zm9v ", "Zm-v", "Zm_v",  "=Zg=", "Zg===", "Zm9v\n",
                                         "Zm 9v", "====", "Zm9v=", "證" };
    AUTO_BUFFER struct buffer out = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
        buffer_clear(&out);
        base64_encode(&out, bytes_of(vectors[i].plain));
        assert_true(text_is(buffer_as_text(&out), vectors[i].coded));
        buffer_clear(&out);
        assert_true(base64_decode(&out, text_of(vectors[i].coded)));
        assert_true(text_is(buffer_as_text(&out), vectors[i].plain));
    }
    buffer_clear(&out);
    buffer_string(&out, "kept");
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        if (base64_decode(&out, text_of(wrong[i])))
            print_error("decoded: \"%s\"\n", wrong[i]);
        assert_true(text_is(buffer_as_text(&out), "kept"));
    }
}

static void hex_takes_digits_and_nothing_else(void **state)
{
    static const char *const wrong[] = { "0", "0g", "00 11", "00:11", "0x00", "000" };
    AUTO_BUFFER struct buffer out = { 0 };

    (void)state;
    hex_encode(&out, (struct bytes){ (const uint8_t *)"\x00\xAF\xFF", 3 });
    assert_true(text_is(buffer_as_text(&out), "00afff"));
    buffer_clear(&out);
    assert_true(hex_decode(&out, TEXT("00AfFf")));
    assert_int_equal(out.len, 3);
    assert_memory_equal(out.data, "\x00\xAF\xFF", 3);
    buffer_clear(&out);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_false(hex_decode(&out, text_of(wrong[i])));
    assert_int_equal(out.len, 0);
}

/* The key stream of djb's ChaCha20 for a key and nonce of zeroes */
static void the_repeatable_stream_is_chacha20(void **state)
{
    static const uint8_t key[32];
    uint8_t out[32];

    (void)state;
    chacha20(out, sizeof(out), key, 0);
    assert_hex(out, sizeof(out),
               "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_gives_the_published_hashes),
        cmocka_unit_test(a_hash_of_parts_is_the_hash_of_the_whole),
        cmocka_unit_test(hmac_gives_the_published_codes),
        cmocka_unit_test(signatures_are_those_of_the_standard),
        cmocka_unit_test(a_signature_holds_for_one_key_and_one_text_only),
        cmocka_unit_test(a_password_matches_its_hash_only),
        cmocka_unit_test(a_wrapped_key_opens_with_its_password_only),
        cmocka_unit_test(repeated_random_bytes_repeat_keys_and_passwords),
        cmocka_unit_test(base64_is_padded_and_strict),
        cmocka_unit_test(hex_takes_digits_and_nothing_else),
        cmocka_unit_test(the_repeatable_stream_is_chacha20),
    };

    return cmocka_run_group_tests(tests, start, NULL);
}
