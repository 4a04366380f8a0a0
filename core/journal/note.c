#include "core/journal/note.h"

#include <assert.h>
#include <string.h>

#define SIGNATURE_START "\xe2\x80\x94 " /* em dash, space */
#define PROOF_START "c2sp.org/tlog-proof@v1\n"

enum { ID = 4, TIME = 8, SIGNATURE = 64 };

enum flaw {
    TOO_LONG,
    NOT_TEXT,
    NO_EMPTY_LINE,
    TOO_MANY,
    CUT_SHORT,
    UNSIGNED,
    NO_DASH,
    NO_NAME,
    NO_BASE64
};

static const struct label flaws[] = {
    [TOO_LONG] = L("it is too long", "內容過長"),
    [NOT_TEXT] = L("it holds bytes that are not plain text", "內含並非純文字的字節"),
    [NO_EMPTY_LINE] = L("no empty line stands before its signatures", "簽署之前沒有空行"),
    [TOO_MANY] = L("it has more than 32 signatures", "簽署多於32個"),
    [CUT_SHORT] = L("its last line is cut short", "最後一行不完整"),
    [UNSIGNED] = L("it has no signature", "沒有簽署"),
    [NO_DASH] = L("a signature line does not begin with a dash", "有簽署行並非以破折號開始"),
    [NO_NAME] = L("a signature has no proper name", "有簽署沒有正確名稱"),
    [NO_BASE64] = L("a signature is not base64", "有簽署並非base64格式"),
};

static enum err bad_note(enum flaw flaw)
{
    return fail(ERR_INVALID,
                N_("This is not a signed note: %p. Ask its sender for the unchanged file."),
                label_argument(&flaws[flaw]));
}

/* ---- names and keys ---- */

/* The code points of Unicode's White_Space above ASCII, as UTF-8. */
static bool starts_with_space(struct text t)
{
    static const char *const spaces[] = {
        "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81",
        "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86",
        "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8",
        "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80",
    };

    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
        if (text_starts(t, text_of(spaces[i])))
            return true;
    return false;
}

static bool name_valid(struct text name)
{
    if (text_empty(name) || !text_is_utf8(name))
        return false;
    for (size_t i = 0; i < name.len; i++)
        if ((uint8_t)name.data[i] <= ' ' || name.data[i] == '+' || name.data[i] == 0x7f ||
            starts_with_space((struct text){ name.data + i, name.len - i }))
            return false;
    return true;
}

static void key_id(uint8_t out[ID], const struct note_key *key)
{
    const uint8_t middle[] = { '\n', (uint8_t)key->algorithm };
    const struct bytes parts[] = {
        { (const uint8_t *)key->name, strlen(key->name) },
        { middle, sizeof middle },
        { key->key.byte, sizeof key->key.byte },
    };
    struct hash256 hash = sha256_of(parts, 3);

    memcpy(out, hash.byte, ID);
}

enum err note_key_make(struct note_key *out, struct text name, enum note_algorithm algorithm,
                       const struct public_key *key)
{
    assert(algorithm == NOTE_ED25519 || algorithm == NOTE_COSIGNATURE);
    if (!name_valid(name) || name.len >= NOTE_NAME)
        return fail(ERR_INVALID, N_("This name cannot stand for a key. Use up to 127 bytes "
                                    "without spaces and without a plus sign."));
    *out = (struct note_key){ .algorithm = algorithm, .key = *key };
    memcpy(out->name, name.data, name.len);
    key_id(out->id, out);
    return ERR_OK;
}

enum err note_key_parse(struct note_key *out, struct text vkey)
{
    AUTO_BUFFER struct buffer key = { 0 }, id = { 0 };
    struct text rest, name, hex = { 0 }, base64 = { 0 };
    struct public_key public_key;
    struct note_key made;

    name = text_split(vkey, '+', &rest);
    if (text_present(rest))
        hex = text_split(rest, '+', &base64);
    if (!text_present(base64) || !base64_decode(&key, base64) ||
        key.len != 1 + sizeof public_key.byte ||
        (key.data[0] != NOTE_ED25519 && key.data[0] != NOTE_COSIGNATURE))
        return fail(ERR_INVALID, N_("This is not a verification key of a known kind. "
                                    "Copy the whole line, from the name to the last sign."));
    memcpy(public_key.byte, key.data + 1, sizeof public_key.byte);
    TRY(note_key_make(&made, name, (enum note_algorithm)key.data[0], &public_key));
    hex_encode(&id, (struct bytes){ made.id, ID });
    if (!text_equal(buffer_as_text(&id), hex))
        return fail(ERR_INVALID,
                    N_("The verification key of %s was miscopied: its parts do not "
                       "belong together. Copy the whole line again."),
                    made.name);
    *out = made;
    return ERR_OK;
}

void note_key_print(struct buffer *out, const struct note_key *key)
{
    uint8_t typed[1 + sizeof key->key.byte];

    typed[0] = (uint8_t)key->algorithm;
    memcpy(typed + 1, key->key.byte, sizeof key->key.byte);
    buffer_printf(out, "%s+", key->name);
    hex_encode(out, (struct bytes){ key->id, ID });
    buffer_byte(out, '+');
    base64_encode(out, (struct bytes){ typed, sizeof typed });
}

/* ---- notes ---- */

static bool text_form_valid(struct text t)
{
    if (!text_is_utf8(t))
        return false;
    for (size_t i = 0; i < t.len; i++)
        if ((uint8_t)t.data[i] < ' ' && t.data[i] != '\n')
            return false;
    return true;
}

/* One line without its line feed; false where no line feed follows. */
static bool next_line(struct text *line, struct text *rest)
{
    const char *end = rest->len > 0 ? memchr(rest->data, '\n', rest->len) : NULL;

    if (end == NULL)
        return false;
    *line = (struct text){ rest->data, (size_t)(end - rest->data) };
    *rest = (struct text){ end + 1, rest->len - line->len - 1 };
    return true;
}

static enum err signature_parse(struct note_signature *out, struct text line)
{
    AUTO_BUFFER struct buffer decoded = { 0 };
    struct text prefix = TEXT(SIGNATURE_START), name, base64;

    if (!text_starts(line, prefix))
        return bad_note(NO_DASH);
    line = (struct text){ line.data + prefix.len, line.len - prefix.len };
    name = text_split(line, ' ', &base64);
    if (!name_valid(name))
        return bad_note(NO_NAME);
    if (!text_present(base64) || !base64_decode(&decoded, base64) || decoded.len <= ID)
        return bad_note(NO_BASE64);
    *out = (struct note_signature){ .name = name, .size = decoded.len - ID };
    memcpy(out->id, decoded.data, ID);
    memcpy(out->blob, decoded.data + ID,
           out->size < sizeof out->blob ? out->size : sizeof out->blob);
    return ERR_OK;
}

enum err note_parse(struct note *out, struct text t)
{
    struct note note = { .count = 0 };
    struct text line, rest;
    size_t end;

    if (t.len > NOTE_LIMIT)
        return bad_note(TOO_LONG);
    if (!text_form_valid(t))
        return bad_note(NOT_TEXT);
    for (end = t.len; end >= 2; end--)
        if (t.data[end - 1] == '\n' && t.data[end - 2] == '\n')
            break;
    if (end < 2)
        return bad_note(NO_EMPTY_LINE);
    note.text = (struct text){ t.data, end - 1 };
    rest = (struct text){ t.data + end, t.len - end };
    while (next_line(&line, &rest)) {
        if (note.count == NOTE_SIGNATURES)
            return bad_note(TOO_MANY);
        TRY(signature_parse(&note.signatures[note.count++], line));
    }
    if (rest.len > 0)
        return bad_note(CUT_SHORT);
    if (note.count == 0)
        return bad_note(UNSIGNED);
    *out = note;
    return ERR_OK;
}

/* What a key signs: the text itself, or the text under a heading with the time. */
static void signed_message(struct buffer *out, enum note_algorithm algorithm, uint64_t time,
                           struct text t)
{
    if (algorithm == NOTE_COSIGNATURE)
        buffer_printf(out, "cosignature/v1\ntime %llu\n", (unsigned long long)time);
    buffer_text(out, t);
}

static bool signature_good(const struct note_signature *line, const struct note_key *key,
                           struct text t, uint64_t *time)
{
    AUTO_BUFFER struct buffer message = { 0 };
    size_t before = key->algorithm == NOTE_COSIGNATURE ? TIME : 0;
    struct signature signature;

    if (line->size != before + SIGNATURE)
        return false;
    *time = before > 0 ? read_u64(line->blob) : 0;
    if (before > 0 && (*time == 0 || *time > INT64_MAX))
        return false;
    memcpy(signature.byte, line->blob + before, SIGNATURE);
    signed_message(&message, key->algorithm, *time, t);
    return signature_valid(&key->key, buffer_bytes(&message), &signature);
}

enum err note_check(const struct note *note, const struct note_key *keys, size_t count,
                    uint64_t *times)
{
    bool signed_by_known = false;

    for (size_t k = 0; times != NULL && k < count; k++)
        times[k] = 0;
    for (size_t s = 0; s < note->count; s++) {
        const struct note_signature *line = &note->signatures[s];

        for (size_t k = 0; k < count; k++) {
            uint64_t time;

            if (!text_is(line->name, keys[k].name) || memcmp(line->id, keys[k].id, ID) != 0)
                continue;
            if (!signature_good(line, &keys[k], note->text, &time))
                return fail(ERR_DAMAGED,
                            N_("The signature of %s does not fit this text. Do not "
                               "rely on it; compare it with another copy."),
                            keys[k].name);
            if (times != NULL && time > times[k])
                times[k] = time;
            signed_by_known = true;
        }
    }
    if (!signed_by_known)
        return fail(ERR_DAMAGED, N_("None of the keys that are known here signed this text. Do "
                                    "not rely on it; ask for the signer's verification key."));
    return ERR_OK;
}

static enum err signature_line(struct buffer *out, struct text t, const struct note_key *key,
                               const struct secret_key *secret, uint64_t time)
{
    AUTO_BUFFER struct buffer message = { 0 }, blob = { 0 };
    struct signature signature;

    /* An Ed25519 secret key ends in its public key. */
    if (memcmp(secret->byte + 32, key->key.byte, sizeof key->key.byte) != 0)
        return fail(ERR_INVALID,
                    N_("The signing key is not the one that belongs to %s. Put the "
                       "right key file in its place."),
                    key->name);
    signed_message(&message, key->algorithm, time, t);
    signature = sign(secret, buffer_bytes(&message));
    buffer_put(&blob, key->id, ID);
    if (key->algorithm == NOTE_COSIGNATURE)
        buffer_u64(&blob, time);
    buffer_put(&blob, signature.byte, SIGNATURE);
    buffer_printf(out, SIGNATURE_START "%s ", key->name);
    base64_encode(out, buffer_bytes(&blob));
    buffer_byte(out, '\n');
    return ERR_OK;
}

enum err note_sign(struct buffer *out, struct text t, const struct note_key *key,
                   const struct secret_key *secret)
{
    AUTO_BUFFER struct buffer line = { 0 };

    assert(key->algorithm == NOTE_ED25519);
    if (text_empty(t) || t.data[t.len - 1] != '\n' || !text_form_valid(t) || t.len > NOTE_LIMIT)
        return fail(ERR_INVALID, N_("A text with control characters, without an end of line or "
                                    "over 64 KiB cannot be signed as a note."));
    TRY(signature_line(&line, t, key, secret, 0));
    if (t.len + 1 + line.len > NOTE_LIMIT)
        return bad_note(TOO_LONG);
    buffer_text(out, t);
    buffer_byte(out, '\n');
    buffer_put(out, line.data, line.len);
    return ERR_OK;
}

enum err note_cosign(struct buffer *note, const struct note_key *key,
                     const struct secret_key *secret, uint64_t time)
{
    AUTO_BUFFER struct buffer line = { 0 };
    struct note parsed;

    assert(key->algorithm != NOTE_COSIGNATURE || (time > 0 && time <= INT64_MAX));
    TRY(note_parse(&parsed, buffer_as_text(note)));
    TRY(signature_line(&line, parsed.text, key, secret, time));
    if (parsed.count == NOTE_SIGNATURES || note->len + line.len > NOTE_LIMIT)
        return fail(ERR_FULL, N_("This note has no room for a further signature. Sign a newer "
                                 "head instead."));
    buffer_put(note, line.data, line.len);
    return ERR_OK;
}

/* ---- checkpoints and proofs ---- */

static bool decimal_parse(uint64_t *out, struct text t)
{
    uint64_t number = 0;

    if (text_empty(t) || (t.data[0] == '0' && t.len > 1))
        return false;
    for (size_t i = 0; i < t.len; i++) {
        uint8_t digit = (uint8_t)(t.data[i] - '0');

        if (digit > 9 || number > (UINT64_MAX - digit) / 10)
            return false;
        number = number * 10 + digit;
    }
    *out = number;
    return true;
}

static bool hash_parse(struct hash256 *out, struct text t)
{
    AUTO_BUFFER struct buffer decoded = { 0 };

    if (!base64_decode(&decoded, t) || decoded.len != sizeof out->byte)
        return false;
    memcpy(out->byte, decoded.data, sizeof out->byte);
    return true;
}

static void hash_print(struct buffer *out, const struct hash256 *hash)
{
    base64_encode(out, (struct bytes){ hash->byte, sizeof hash->byte });
    buffer_byte(out, '\n');
}

void checkpoint_print(struct buffer *out, const struct checkpoint *checkpoint)
{
    buffer_text(out, checkpoint->origin);
    buffer_printf(out, "\n%llu\n", (unsigned long long)checkpoint->size);
    hash_print(out, &checkpoint->root);
}

enum err checkpoint_parse(struct checkpoint *out, struct text body)
{
    struct checkpoint checkpoint;
    struct text line, rest = body;

    if (!next_line(&checkpoint.origin, &rest) || text_empty(checkpoint.origin) ||
        !next_line(&line, &rest) || !decimal_parse(&checkpoint.size, line) ||
        !next_line(&line, &rest) || !hash_parse(&checkpoint.root, line))
        return fail(ERR_INVALID, N_("This is not a journal head: name, number of entries and "
                                    "root were expected, a line each."));
    while (next_line(&line, &rest))
        if (text_empty(line))
            return fail(ERR_INVALID, N_("This is not a journal head: it holds an empty line."));
    if (rest.len > 0)
        return fail(ERR_INVALID, N_("This is not a journal head: its last line is cut short."));
    *out = checkpoint;
    return ERR_OK;
}

void note_proof_print(struct buffer *out, const struct note_proof *proof)
{
    buffer_printf(out, PROOF_START "index %llu\n", (unsigned long long)proof->index);
    for (size_t i = 0; i < proof->proof.count; i++)
        hash_print(out, &proof->proof.hash[i]);
    buffer_byte(out, '\n');
    buffer_text(out, proof->checkpoint);
}

/* What the format lets a log add unsigned; nothing here relies on it. */
static bool pass_extra(struct text *line, struct text *rest)
{
    AUTO_BUFFER struct buffer decoded = { 0 };
    struct text prefix = TEXT("extra ");

    if (!text_starts(*line, prefix))
        return true;
    return base64_decode(&decoded,
                         (struct text){ line->data + prefix.len, line->len - prefix.len }) &&
           next_line(line, rest);
}

enum err note_proof_parse(struct note_proof *out, struct text t)
{
    struct note_proof proof = { .index = 0 };
    struct text prefix = TEXT("index "), line, rest = t;
    bool good = text_starts(t, TEXT(PROOF_START)) && next_line(&line, &rest) &&
                next_line(&line, &rest) && pass_extra(&line, &rest) &&
                text_starts(line, prefix) &&
                decimal_parse(&proof.index,
                              (struct text){ line.data + prefix.len, line.len - prefix.len });

    while (good && (good = next_line(&line, &rest)) && !text_empty(line))
        good = proof.proof.count < MERKLE_LEVELS &&
               hash_parse(&proof.proof.hash[proof.proof.count++], line);
    if (!good || text_empty(rest))
        return fail(ERR_INVALID,
                    N_("This is not a proof of a journal entry: a line of it is "
                       "missing or changed. Ask its sender for the unchanged file."));
    proof.checkpoint = rest;
    *out = proof;
    return ERR_OK;
}
