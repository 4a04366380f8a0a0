#include "core/store/inside.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/seams.h"

enum { FOLDER_MODE = 0700, KEY_MODE = 0600, KEY_TEXT = 1024, SEED = 32, DEPTH = 16 };

static const char *const folders[] = { "keys", "journal", "desk", "files" };

static char *part_of(struct arena *arena, const struct store *store, const char *name)
{
    return path_join(arena, store->folder, name);
}

/* ---- the log's key ---- */

static enum err log_key_write(const struct store *store)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer text = { 0 };
    const struct note_key *key = &store->identity.log;
    uint8_t typed[1 + SEED] = { NOTE_ED25519 };
    enum err err;

    memcpy(typed + 1, store->key.byte, SEED);
    buffer_printf(&text, "PRIVATE+KEY+%s+", key->name);
    hex_encode(&text, (struct bytes){ key->id, sizeof(key->id) });
    buffer_byte(&text, '+');
    base64_encode(&text, (struct bytes){ typed, sizeof(typed) });
    buffer_byte(&text, '\n');
    err = file_replace(part_of(arena, store, "keys/log"), buffer_bytes(&text), KEY_MODE);
    secret_clear(typed, sizeof(typed));
    secret_clear(text.data, text.len);
    return err;
}

static enum err wrong_key(const char *path)
{
    return fail(ERR_READ_ONLY,
                N_("%s is not the signing key of this store, so the store can be opened "
                   "for reading only. Put the right key back."),
                path);
}

/* The last of the five parts between plus signs, without the line feed. */
static bool seed_decode(struct buffer *out, struct bytes file)
{
    struct text rest = { (const char *)file.data, file.len };

    if (!text_starts(rest, TEXT("PRIVATE+KEY+")) || rest.data[rest.len - 1] != '\n')
        return false;
    rest.len--;
    for (int plus = 0; plus < 4 && text_present(rest); plus++)
        text_split(rest, '+', &rest);
    return text_present(rest) && base64_decode(out, rest) && out->len == 1 + SEED &&
           out->data[0] == NOTE_ED25519;
}

enum err log_key_read(struct store *store, const char *path)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer seed = { 0 };
    struct public_key public_key;
    struct bytes file;
    bool good;

    TRY(file_read(arena, path, KEY_TEXT, &file));
    good = seed_decode(&seed, file);
    if (good)
        key_pair_from_seed(seed.data + 1, &public_key, &store->key);
    if (seed.data)
        secret_clear(seed.data, seed.capacity);
    secret_clear((void *)file.data, file.len);
    if (!good ||
        memcmp(public_key.byte, store->identity.log.key.byte, sizeof(public_key.byte)) != 0)
        return wrong_key(path);
    store->has_key = true;
    return ERR_OK;
}

/* ---- making ---- */

static enum err exists(const char *folder)
{
    return fail(ERR_CONFLICT,
                N_("%s is there already and is left as it is. Choose another folder."), folder);
}

static char *without_slash(const char *folder)
{
    size_t len = strlen(folder);

    while (len > 1 && folder[len - 1] == '/')
        len--;
    return memory_string((struct text){ folder, len });
}

/* Beside the folder, so that the rename stays on one disk. */
static enum err make_temporary(struct store **out, const char *folder)
{
    AUTO_ARENA struct arena *arena = arena_new();
    char *final = without_slash(folder);
    char *temporary = arena_string(arena, arena_printf(arena, "%s.new.XXXXXX", final));
    struct store *store;

    if (file_exists(final)) {
        free(final);
        return exists(folder);
    }
    if (!mkdtemp(temporary)) {
        free(final);
        return fail_errno(errno, folder);
    }
    store = store_new(temporary);
    store->final_folder = final;
    *out = store;
    return ERR_OK;
}

/* With a new key, or with the one at key_path, which must be identity->log's. */
static enum err fill_identity(struct store *store, const struct store_identity *identity,
                              const char *key_path)
{
    struct public_key public_key;

    if (identity->origin.len >= sizeof(store->origin))
        return fail(ERR_INVALID, N_("The name of the store is too long. Use at most %d bytes."),
                    NOTE_NAME - 1);
    memcpy(store->origin, identity->origin.data, identity->origin.len);
    store->identity = (struct store_identity){
        .origin = { store->origin, identity->origin.len },
        .site = identity->site,
        .format = STORE_FORMAT,
        .demo = identity->demo,
        .log = identity->log,
    };
    if (key_path)
        return log_key_read(store, key_path);
    key_pair(&public_key, &store->key);
    store->has_key = true;
    return note_key_make(&store->identity.log, identity->origin, NOTE_ED25519, &public_key);
}

/* Of the empty tree, and at the end the same head, finished. */
static enum err put_head(struct store *store, bool finished)
{
    struct txn *txn = &store->writer;
    enum err err = ERR_OK;

    *txn = (struct txn){ .store = store };
    TRY(engine_write_begin(&txn->engine, store->engine));
    if (finished)
        err = head_read(txn->engine, &store->draft, NULL, NULL);
    else
        txn->appended = true; /* so that it is signed */
    store->draft.finished = finished;
    if (err == ERR_OK)
        err = head_write(txn);
    if (err != ERR_OK) {
        engine_abort(txn->engine);
        return err;
    }
    return engine_commit(txn->engine);
}

static enum err make_parts(struct store *store, const struct store_identity *identity,
                           const char *key_path)
{
    AUTO_ARENA struct arena *arena = arena_new();

    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
        TRY(folder_make(part_of(arena, store, folders[i]), FOLDER_MODE));
    TRY(fill_identity(store, identity, key_path));
    TRY(log_key_write(store));
    TRY(lock_open(&store->lock, part_of(arena, store, "lock")));
    TRY(engine_open(&store->engine, store->folder, ENGINE_CREATE));
    return put_head(store, false);
}

enum err store_create_again(struct store **out, const char *folder,
                            const struct store_identity *identity, const char *key_path)
{
    struct store *store = NULL;
    enum err err;

    TRY(make_temporary(&store, folder));
    err = make_parts(store, identity, key_path);
    if (err != ERR_OK) {
        store_abandon(store);
        return err;
    }
    *out = store;
    return ERR_OK;
}

enum err store_create(struct store **out, const char *folder,
                      const struct store_identity *identity)
{
    return store_create_again(out, folder, identity, NULL);
}

/* ---- finishing ---- */

/* The key was synced when it was written, the database through its own descriptor (to open its file once
 * more in this process would give up its locks on closing); `lock` holds nothing that is kept. */
static enum err sync_folders(const struct store *store)
{
    AUTO_ARENA struct arena *arena = arena_new();

    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
        TRY(folder_sync(part_of(arena, store, folders[i])));
    return folder_sync(store->folder);
}

static enum err move_in_place(struct store *store)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const char *slash = strrchr(store->final_folder, '/');
    size_t len = !slash                         ? 0
                 : slash == store->final_folder ? 1
                                                : (size_t)(slash - store->final_folder);
    struct text parent = slash ? (struct text){ store->final_folder, len } : TEXT(".");

    if (renameat2(AT_FDCWD, store->folder, AT_FDCWD, store->final_folder, RENAME_NOREPLACE) !=
        0) {
        if (errno == EEXIST || file_exists(store->final_folder))
            return exists(store->final_folder);
        /* Not every file system can refuse to replace; there was nothing a moment ago. */
        if (errno != EINVAL || rename(store->folder, store->final_folder) != 0)
            return fail_errno(errno, store->final_folder);
    }
    free(store->folder);
    store->folder = store->final_folder;
    store->final_folder = NULL;
    engine_moved(store->engine, store->folder);
    return folder_sync(arena_string(arena, parent));
}

enum err store_finish(struct store *store)
{
    assert(store->final_folder && !store->in_write);
    TRY(put_head(store, true));
    if (store->unsynced)
        engine_unsynced(store->engine, false);
    store->unsynced = false;
    TRY(engine_compact(store->engine));
    store->head.id = 0; /* of a commit that has another number now */
    TRY(engine_sync(store->engine));
    TRY(sync_folders(store));
    return move_in_place(store);
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

void store_abandon(struct store *store)
{
    AUTO_ARENA struct arena *arena = arena_new();
    char *folder = arena_string(arena, text_of(store->folder));

    assert(store->final_folder);
    store_close(store);
    /* What cannot be removed stays under its temporary name and is no store. */
    (void)nftw(folder, remove_one, DEPTH, FTW_DEPTH | FTW_PHYS);
}
