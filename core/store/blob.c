#include "core/store/store.h"

#include <dirent.h>
#include <string.h>

#include "core/base/seams.h"

enum { BLOB_LIMIT = 256 << 20, HEX_FOLDER = 2 };

/* files/ab/cdef…: the folder, and the file in it. */
static char *blob_path(struct arena *arena, const struct store *store,
                       const struct hash256 *hash, char **folder)
{
    AUTO_BUFFER struct buffer hex = { 0 };
    struct text name;

    hex_encode(&hex, (struct bytes){ hash->byte, sizeof(hash->byte) });
    name = buffer_as_text(&hex);
    *folder = path_join(arena, path_join(arena, store_folder(store), "files"),
                        arena_string(arena, (struct text){ name.data, HEX_FOLDER }));
    return path_join(arena, *folder,
                     arena_string(arena, (struct text){ name.data + HEX_FOLDER,
                                                        name.len - HEX_FOLDER }));
}

static bool blob_is_there(struct store *store, const struct hash256 *hash)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct bytes data;
    char *folder;

    return file_exists(blob_path(arena, store, hash, &folder)) &&
           blob_get(store, hash, arena, &data) == ERR_OK;
}

enum err blob_put(struct store *store, struct bytes data, struct hash256 *hash)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct hash256 found = sha256(data);
    char *folder, *path = blob_path(arena, store, &found, &folder);

    if (!store_writable(store))
        return fail(ERR_READ_ONLY,
                    N_("The store in %s is open for reading only, so the file was not "
                       "kept."),
                    store_folder(store));
    if (data.len > BLOB_LIMIT)
        return fail(ERR_INVALID, N_("This file is too large: %zu bytes; at most %d are kept."),
                    data.len, BLOB_LIMIT);
    if (!blob_is_there(store, &found)) {
        TRY(folder_make(folder, 0700));
        TRY(folder_sync(path_join(arena, store_folder(store), "files")));
        TRY(file_replace(path, data, 0600));
    }
    *hash = found;
    return ERR_OK;
}

enum err blob_get(struct store *store, const struct hash256 *hash, struct arena *arena,
                  struct bytes *data)
{
    struct hash256 found;
    struct bytes read;
    char *folder, *path = blob_path(arena, store, hash, &folder);

    TRY(file_read(arena, path, BLOB_LIMIT, &read));
    found = sha256(read);
    if (!hash_equal(&found, hash))
        return fail(ERR_DAMAGED,
                    N_("The attached file %s is damaged and is not shown: it is not "
                       "what was put in. Restore it from a backup."),
                    path);
    *data = read;
    return ERR_OK;
}

bool blob_kept(const struct store *store, const struct hash256 *hash)
{
    AUTO_ARENA struct arena *arena = arena_new();
    char *folder;

    return file_exists(blob_path(arena, store, hash, &folder));
}

/* A file of files/ab, where its content is what its name says. */
static enum err carry_file(struct store *store, const char *path, struct text hex)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer named = { 0 };
    struct hash256 found;
    struct bytes data;

    if (!hex_decode(&named, hex) || named.len != sizeof found.byte || !file_is_plain(path) ||
        file_read(arena, path, BLOB_LIMIT, &data) != ERR_OK)
        return ERR_OK;
    found = sha256(data);
    return memcmp(found.byte, named.data, named.len) == 0 ? blob_put(store, data, &found)
                                                          : ERR_OK;
}

static enum err carry_folder(struct store *store, const char *path, const char *above)
{
    AUTO_ARENA struct arena *arena = arena_new();
    DIR *folder = opendir(path);
    const struct dirent *entry;
    enum err err = ERR_OK;

    while (folder && err == ERR_OK && (entry = readdir(folder)) != NULL) {
        const char *inner = path_join(arena, path, entry->d_name);

        if (entry->d_name[0] == '.')
            continue;
        err = above
                  ? carry_file(store, inner, arena_printf(arena, "%s%s", above, entry->d_name))
                  : carry_folder(store, inner, entry->d_name);
    }
    if (folder)
        closedir(folder);
    return err;
}

enum err blobs_carry(struct store *store, const char *from)
{
    AUTO_ARENA struct arena *arena = arena_new();

    return carry_folder(store, path_join(arena, from, "files"), NULL);
}
