/* Digital copies of an exhibit: by which tool each was made, what it hashed to, and whether it still does. */
#include "core/model/custody.h"

#include "core/model/difference.h"
#include "core/model/elements.h"
#include "core/model/questions.h"

#include <string.h>

static enum err refuse_field(struct change *change, uint16_t tag, const char *id, long long n)
{
    finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag, id, n);
    return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
}

static bool same_algorithm(const struct hash_value *a, const struct hash_value *b)
{
    return text_equal(a->name, b->name);
}

static bool same_hash(const struct hash_value *a, const struct hash_value *b)
{
    return same_algorithm(a, b) && a->bytes.len == b->bytes.len &&
           memcmp(a->bytes.data, b->bytes.data, a->bytes.len) == 0;
}

/* "2 sha-256:…": which copy, and what it hashes to. */
static struct text hash_text(struct change *change, int64_t copy, const struct hash_value *hash)
{
    AUTO_BUFFER struct buffer out = { 0 };

    buffer_printf(&out, "%lld ", (long long)copy);
    buffer_text(&out, hash->name);
    buffer_byte(&out, ':');
    hex_encode(&out, hash->bytes);
    return arena_text(change_arena(change), buffer_as_text(&out));
}

/* Both values, the one on record first. */
static void put_difference(struct change *change, struct differences *all, int64_t copy,
                           const struct hash_value *recorded, const struct hash_value *found)
{
    difference_add(all, (struct difference_item){
                            .about = TEXT("hash"),
                            .recorded_words = hash_text(change, copy, recorded),
                            .found_words = hash_text(change, copy, found) });
}

/* ---- a copy is made ---- */

static struct digital_copy *copy_numbered(const struct exhibit_record *exhibit, int64_t number)
{
    struct digital_copy *copies = (struct digital_copy *)(uintptr_t)exhibit->copies.items;

    for (size_t i = 0; i < exhibit->copies.count; i++)
        if (copies[i].copy.value == number)
            return &copies[i];
    return NULL;
}

static int64_t next_copy(const struct exhibit_record *exhibit)
{
    const struct digital_copy *copies = exhibit->copies.items;
    int64_t last = 0;

    for (size_t i = 0; i < exhibit->copies.count; i++)
        if (copies[i].copy.value > last)
            last = copies[i].copy.value;
    return last + 1;
}

/* What the source and the copy hash to must be one value; the same source gave one before, too. */
static void compare_made(struct change *change, const struct exhibit_record *exhibit,
                         const struct act_acquire *input, int64_t copy, struct differences *out)
{
    const struct acquired_hash *made = input->hashes.items;
    const struct copy_hash *before = exhibit->hashes.items;

    for (size_t i = 0; i < input->hashes.count; i++) {
        for (size_t k = 0; k < i; k++)
            if (same_algorithm(&made[k].hash, &made[i].hash) &&
                !same_hash(&made[k].hash, &made[i].hash))
                put_difference(change, out, copy, &made[k].hash, &made[i].hash);
        for (size_t k = 0; text_is(made[i].of, "source") && k < exhibit->hashes.count; k++)
            if (text_is(before[k].of, "source") &&
                same_algorithm(&before[k].hash, &made[i].hash) &&
                !same_hash(&before[k].hash, &made[i].hash))
                put_difference(change, out, before[k].copy.value, &before[k].hash,
                               &made[i].hash);
    }
}

static bool has_sha256_of_copy(const struct act_acquire *input)
{
    const struct acquired_hash *made = input->hashes.items;

    for (size_t i = 0; i < input->hashes.count; i++)
        if (text_is(made[i].of, "copy") && text_is(made[i].hash.name, "sha-256"))
            return true;
    return false;
}

static struct text joined(struct change *change, struct text a, struct text b)
{
    if (!text_present(a) || !text_present(b))
        return text_present(a) ? a : b;
    return arena_printf(change_arena(change), "%.*s %.*s", (int)a.len, a.data, (int)b.len,
                        b.data);
}

static void copy_add(struct change *change, struct exhibit_record *exhibit,
                     const struct act_acquire *input, int64_t number, bool differs)
{
    const struct acquired_hash *made = input->hashes.items;
    size_t copies = exhibit->copies.count, hashes = exhibit->hashes.count;
    struct arena *arena = change_arena(change);
    struct digital_copy *copy = arena_array(arena, copies + 1, sizeof *copy);
    struct copy_hash *hash = arena_array(arena, hashes + input->hashes.count, sizeof *hash);

    if (copies > 0)
        memcpy(copy, exhibit->copies.items, copies * sizeof *copy);
    if (hashes > 0)
        memcpy(hash, exhibit->hashes.items, hashes * sizeof *hash);
    copy[copies] = (struct digital_copy){
        .copy = { true, number },
        .occurred = input->occurred,
        .tool = joined(change, input->tool, input->version),
        .write_blocker = input->write_blocker,
        .source = joined(change, input->source_make, input->source_serial),
        .officer = input->officer,
        .kept = input->kept,
        .differs = differs ? FLAG_YES : FLAG_ABSENT,
    };
    for (size_t i = 0; i < input->hashes.count; i++)
        hash[hashes + i] = (struct copy_hash){ .copy = { true, number },
                                               .of = made[i].of,
                                               .hash = made[i].hash };
    exhibit->copies = (struct list){ copy, copies + 1 };
    exhibit->hashes = (struct list){ hash, hashes + input->hashes.count };
}

/* "Copy 2, FTK Imager 4.7 (…)": what the chain says of it. */
static struct text copy_words(struct change *change, int64_t copy, struct text remark)
{
    return joined(change, arena_printf(change_arena(change), "複本 Copy %lld", (long long)copy),
                  remark);
}

enum err build_acquire(struct change *change, const struct act_call *call)
{
    const struct act_acquire *input = call->input;
    struct exhibit_record *exhibit;
    struct record *record;
    struct differences differences = { 0 };
    int64_t number;

    TRY(get_subject(change, call, &record));
    exhibit = (struct exhibit_record *)record;
    number = input->copy.present ? input->copy.value : next_copy(exhibit);
    if (number < 1 || copy_numbered(exhibit, number))
        return refuse_field(
            change, tag_act_acquire_copy,
            N_("Copy %lld is recorded already, or is no number of a copy. Leave "
               "it empty for the next one."),
            (long long)number);
    if (!has_sha256_of_copy(input))
        return refuse_field(change, tag_act_acquire_hashes,
                            N_("The SHA-256 of copy %lld is missing. Work it out and enter it; "
                               "MD5 and SHA-1 may stand beside it."),
                            (long long)number);
    compare_made(change, exhibit, input, number, &differences);
    copy_add(change, exhibit, input, number, differences.count > 0);
    return custody_take(change, exhibit,
                        &(struct custody_step){
                            .action = "acquired",
                            .occurred = input->occurred,
                            .opened = true,
                            .examination = input->examination,
                            .breaches = differences,
                            .remark = copy_words(change, number, input->remark) });
}

/* ---- a copy is compared ---- */

/* The value of the same algorithm on record: of the copy, else of its source. */
static const struct hash_value *hash_on_record(const struct exhibit_record *exhibit,
                                               int64_t copy, const struct hash_value *found)
{
    const struct copy_hash *hashes = exhibit->hashes.items;
    const struct hash_value *of_source = NULL;

    for (size_t i = 0; i < exhibit->hashes.count; i++) {
        if (hashes[i].copy.value != copy || !same_algorithm(&hashes[i].hash, found))
            continue;
        if (text_is(hashes[i].of, "copy"))
            return &hashes[i].hash;
        of_source = &hashes[i].hash;
    }
    return of_source;
}

static enum err compare_found(struct change *change, const struct exhibit_record *exhibit,
                              const struct act_verify_copy *input, struct differences *out)
{
    const struct found_hash *found = input->hashes.items;

    for (size_t i = 0; i < input->hashes.count; i++) {
        const struct hash_value *recorded =
            hash_on_record(exhibit, input->copy.value, &found[i].hash);

        if (!recorded)
            return refuse_field(
                change, tag_act_verify_copy_hashes,
                N_("Row %lld names an algorithm of which this copy has no value "
                   "on record. Use one that its record shows."),
                (long long)i + 1);
        if (!same_hash(recorded, &found[i].hash))
            put_difference(change, out, input->copy.value, recorded, &found[i].hash);
    }
    return ERR_OK;
}

enum err build_verify_copy(struct change *change, const struct act_call *call)
{
    const struct act_verify_copy *input = call->input;
    struct exhibit_record *exhibit;
    struct digital_copy *copy;
    struct record *record;
    struct differences differences = { 0 };

    TRY(get_subject(change, call, &record));
    exhibit = (struct exhibit_record *)record;
    copy = copy_numbered(exhibit, input->copy.value);
    if (!copy)
        return refuse_field(change, tag_act_verify_copy_copy,
                            N_("This exhibit has no copy %lld. Its sheet lists its copies."),
                            (long long)input->copy.value);
    TRY(compare_found(change, exhibit, input, &differences));
    copy->verified = input->occurred;
    copy->differs = differences.count > 0 ? FLAG_YES : FLAG_ABSENT;
    return custody_take(change, exhibit,
                        &(struct custody_step){
                            .action = "copy_compared",
                            .occurred = input->occurred,
                            .breaches = differences,
                            .remark = copy_words(change, input->copy.value, input->remark) });
}
