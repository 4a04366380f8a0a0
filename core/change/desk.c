#include "core/change/desk.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/cbor.h"
#include "core/base/checksum.h"
#include "core/base/seams.h"

/* A file: magic, check over the rest, data. */
enum {
    MAGIC = 4,
    CHECK = sizeof(struct checksum),
    NAME_LONGEST = 64,
    FILE_MODE = 0600,
    DATA_LIMIT = 1 << 20
};
static const uint8_t magic[MAGIC] = { 'T', 'W', 'D', 1 };
static const char draft_start[] = "draft.", aside_end[] = ".damaged";

/* ---- names ---- */

static bool name_is_good(const char *name)
{
    size_t len = strlen(name);

    return len > 0 && len <= NAME_LONGEST && name[0] != '.' &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") == len;
}

static char *desk_folder(struct arena *arena, struct store *store)
{
    return path_join(arena, store_folder(store), "desk");
}

static enum err path_of(char **out, struct arena *arena, struct store *store, uint64_t officer,
                        const char *name)
{
    if (!name_is_good(name))
        return fail(ERR_INVALID,
                    N_("\"%s\" cannot name a file on the desk. Use small letters, digits, "
                       "points and hyphens, at "
                       "most %d of them."),
                    name, NAME_LONGEST);
    *out = path_join(arena, desk_folder(arena, store),
                     arena_printf(arena, "%016" PRIx64 ".%s", officer, name).data);
    return ERR_OK;
}

/* ---- files ---- */

enum err desk_write(struct store *store, uint64_t officer, const char *name, struct bytes data)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer file = { 0 };
    struct checksum check = checksum(data);
    char *path;

    TRY(path_of(&path, arena, store, officer, name));
    if (data.len > DATA_LIMIT)
        return fail(ERR_INVALID,
                    N_("This is too long to be kept on the desk: %zu bytes, at most %d."),
                    data.len, DATA_LIMIT);
    buffer_put(&file, magic, MAGIC);
    buffer_put(&file, check.byte, CHECK);
    buffer_put(&file, data.data, data.len);
    return file_replace(path, buffer_bytes(&file), FILE_MODE);
}

static enum err set_aside(struct arena *arena, const char *path)
{
    const char *aside = arena_printf(arena, "%s%s", path, aside_end).data;

    if (rename(path, aside) != 0)
        return fail_errno(errno, path);
    return fail(ERR_DAMAGED,
                N_("The file %s on the desk is damaged and was set aside as %s. The rest of "
                   "the desk is whole; what was "
                   "saved in the store is not touched."),
                path, aside);
}

enum err desk_read(struct store *store, uint64_t officer, const char *name, struct arena *arena,
                   struct bytes *data)
{
    struct checksum check;
    struct bytes file;
    char *path;
    enum err err;

    TRY(path_of(&path, arena, store, officer, name));
    err = file_read(arena, path, MAGIC + CHECK + DATA_LIMIT, &file);
    if (err == ERR_INVALID)
        return set_aside(arena, path);
    TRY(err);
    if (file.len < MAGIC + CHECK || memcmp(file.data, magic, MAGIC) != 0)
        return set_aside(arena, path);
    struct bytes found = { file.data + MAGIC + CHECK, file.len - MAGIC - CHECK };

    check = checksum(found);
    if (memcmp(check.byte, file.data + MAGIC, CHECK) != 0)
        return set_aside(arena, path);
    *data = found;
    return ERR_OK;
}

enum err desk_remove(struct store *store, uint64_t officer, const char *name)
{
    AUTO_ARENA struct arena *arena = arena_new();
    char *path;

    TRY(path_of(&path, arena, store, officer, name));
    return file_remove(path);
}

/* ---- drafts ---- */

/* The numbers in a draft's map. */
enum {
    DRAFT_ACT = 1,
    DRAFT_KEY,
    DRAFT_REVISION,
    DRAFT_SAVED,
    DRAFT_REQUEST,
    DRAFT_RAW,
    DRAFT_PAIRS = 6
};

static const char *draft_file(char out[NAME_LONGEST * 2], const char *name)
{
    snprintf(out, NAME_LONGEST * 2, "%s%s", draft_start, name);
    return out;
}

static enum err draft_named(const char *name)
{
    size_t len = strnlen(name, DRAFT_NAME);

    if (len > 0 && len < DRAFT_NAME)
        return ERR_OK;
    return fail(ERR_INVALID, N_("A draft needs a name of 1 to %d characters."), DRAFT_NAME - 1);
}

enum err draft_write(struct store *store, uint64_t officer, const struct draft *draft)
{
    AUTO_BUFFER struct buffer out = { 0 };
    uint8_t key[RECORD_KEY];
    char name[NAME_LONGEST * 2];

    TRY(draft_named(draft->name));
    assert(text_present(draft->act));
    record_key_encode(key, &draft->key);
    cbor_put_map(&out, DRAFT_PAIRS);
    cbor_put_uint(&out, DRAFT_ACT);
    cbor_put_text(&out, draft->act);
    cbor_put_uint(&out, DRAFT_KEY);
    cbor_put_bytes(&out, (struct bytes){ key, sizeof key });
    cbor_put_uint(&out, DRAFT_REVISION);
    cbor_put_uint(&out, draft->revision);
    cbor_put_uint(&out, DRAFT_SAVED);
    cbor_put_int(&out, now_ms());
    cbor_put_uint(&out, DRAFT_REQUEST);
    cbor_put_bytes(&out, draft->request);
    cbor_put_uint(&out, DRAFT_RAW);
    cbor_put_bytes(&out, draft->raw);
    return desk_write(store, officer, draft_file(name, draft->name), buffer_bytes(&out));
}

static bool take_tag(struct cbor_reader *in, uint64_t tag)
{
    uint64_t found;

    return cbor_uint(in, &found) && found == tag;
}

static bool draft_decode(struct draft *out, struct bytes data)
{
    struct cbor_reader in = cbor_reader(data);
    struct bytes key;
    uint64_t revision;
    size_t pairs;

    if (!cbor_map(&in, &pairs) || pairs != DRAFT_PAIRS || !take_tag(&in, DRAFT_ACT) ||
        !cbor_text(&in, &out->act) || !take_tag(&in, DRAFT_KEY) || !cbor_bytes(&in, &key) ||
        key.len != RECORD_KEY || !take_tag(&in, DRAFT_REVISION) || !cbor_uint(&in, &revision) ||
        revision > UINT32_MAX || !take_tag(&in, DRAFT_SAVED) ||
        !cbor_int(&in, &out->saved_ms) || !take_tag(&in, DRAFT_REQUEST) ||
        !cbor_bytes(&in, &out->request) || !take_tag(&in, DRAFT_RAW) ||
        !cbor_bytes(&in, &out->raw) || !cbor_done(&in))
        return false;
    out->key = record_key_decode(key.data);
    out->revision = (uint32_t)revision;
    return true;
}

/* The draft's name, where a file of the desk is one of this officer's; NULL: it is not. */
static const char *name_in(const char *file, const char *start)
{
    size_t len = strlen(start);
    const char *name = file + len;

    if (strncmp(file, start, len) != 0 || strlen(name) >= DRAFT_NAME || !name_is_good(name))
        return NULL;
    return strstr(name, aside_end) ? NULL : name;
}

enum err draft_read(struct store *store, uint64_t officer, const char *name,
                    struct arena *arena, struct draft *out)
{
    char file[NAME_LONGEST * 2];
    struct bytes data;
    char *path;

    TRY(draft_named(name));
    TRY(desk_read(store, officer, draft_file(file, name), arena, &data));
    *out = (struct draft){ .saved_ms = 0 };
    snprintf(out->name, sizeof out->name, "%s", name);
    if (draft_decode(out, data))
        return ERR_OK;
    TRY(path_of(&path, arena, store, officer, file));
    return set_aside(arena, path);
}

struct drafts {
    struct draft *items;
    size_t count, capacity;
};

static enum err add_draft(struct drafts *drafts, struct store *store, uint64_t officer,
                          const char *name, struct arena *arena)
{
    struct draft found;
    enum err err = draft_read(store, officer, name, arena, &found);

    if (err == ERR_MISSING) /* used or thrown away a moment ago */
        return ERR_OK;
    TRY(err);
    if (drafts->count == drafts->capacity) {
        drafts->capacity = drafts->capacity * 2 + 16;
        drafts->items = memory_grow(drafts->items, drafts->capacity * sizeof *drafts->items);
    }
    drafts->items[drafts->count++] = found;
    return ERR_OK;
}

static int newest_first(const void *a, const void *b)
{
    const struct draft *x = a, *y = b;

    return x->saved_ms != y->saved_ms
               ? (x->saved_ms < y->saved_ms) - (x->saved_ms > y->saved_ms)
               : strcmp(x->name, y->name);
}

enum err draft_list(struct store *store, uint64_t officer, struct arena *arena,
                    struct draft **out, size_t *count)
{
    const char *start = arena_printf(arena, "%016" PRIx64 ".%s", officer, draft_start).data;
    const char *path = desk_folder(arena, store);
    DIR *folder = opendir(path);
    struct drafts drafts = { 0 };
    const struct dirent *entry;
    enum err err = ERR_OK;

    if (!folder)
        return fail_errno(errno, path);
    while (err == ERR_OK && (entry = readdir(folder)) != NULL) {
        const char *name = name_in(entry->d_name, start);

        if (name)
            err = add_draft(&drafts, store, officer, name, arena);
    }
    closedir(folder);
    if (err == ERR_OK) {
        if (drafts.count > 1)
            qsort(drafts.items, drafts.count, sizeof *drafts.items, newest_first);
        *out = arena_copy(arena, drafts.items, drafts.count * sizeof *drafts.items);
        *count = drafts.count;
    }
    free(drafts.items);
    return err;
}

enum err draft_remove(struct store *store, uint64_t officer, const char *name)
{
    char file[NAME_LONGEST * 2];

    TRY(draft_named(name));
    return desk_remove(store, officer, draft_file(file, name));
}
