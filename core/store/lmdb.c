#include "core/store/engine.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <lmdb.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "core/base/seams.h"

enum {
    READERS = 2048,
    TRIES = 5,
    FREE_PAGES = 0,
    FREE_MANY = 256,
    PAGE = 4096,
    FILE_MODE = 0600
};

/* The map costs address space alone; a file that outgrows it is reopened with a larger one. */
static const size_t map_least = (size_t)64 << 30;
static const size_t map_times = 8;
/* With any of these a power cut loses commits or the whole file, or a full disk kills the program. */
static const unsigned never = MDB_NOSYNC | MDB_NOMETASYNC | MDB_MAPASYNC | MDB_WRITEMAP;
/* Below this much room a write that was cut short was cut for want of room. */
static const uint64_t little_room = 1 << 20;

struct engine_txn {
    struct engine *engine;
    MDB_txn *mdb;
    struct engine_txn *next; /* among the idle ones, whose reader slots are kept */
};

/* All trees share the one of the library that has no name, each behind a first byte of its keys: a commit copies the
 * whole path to each page that it touches, so that fewer paths are fewer pages. The bodies of an entry follow its leaf (key
 * sequence, and sequence | n), and behind the newest entry come the head, the series and the counters, which every commit
 * changes too. These numbers are for ever. */
static const uint8_t regions[TREE_COUNT] = {
    [TREE_INDEXES] = 1, [TREE_LOCAL] = 2,  [TREE_RECORDS] = 3,  [TREE_TERMS] = 4,
    [TREE_LEAVES] = 5,  [TREE_BODIES] = 5, [TREE_COUNTERS] = 6,
};

static bool stands_in(enum tree tree, size_t key_len)
{
    if (tree == TREE_LEAVES)
        return key_len == LEAF_KEY;
    return tree != TREE_BODIES || key_len == BODY_KEY;
}

struct engine {
    MDB_env *env;
    MDB_dbi keys;
    char *folder;
    enum engine_mode mode;
    bool failed;
    size_t live;
    struct engine_txn *idle;
    struct engine_txn writer;
    sigjmp_buf *guard; /* where a failed assertion of the library returns to */
    int counter;       /* /proc/self/io, or -1 */
    uint64_t begun_at; /* bytes written by this process when the write began */
    uint64_t pages;
};

/* ---- failures ---- */

static enum err damaged(const struct engine *engine, const char *what)
{
    return fail(
        ERR_DAMAGED,
        N_("The database in %s is damaged (%s). Stop working with it and tell the system "
           "administrator: it can be restored from a backup or rebuilt from the journal."),
        engine->folder, what);
}

static enum err engine_fail(const struct engine *engine, int rc)
{
    switch (rc) {
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_INVALID:
    case MDB_PAGE_FULL:
    case MDB_CURSOR_FULL:
    case MDB_INCOMPATIBLE:
    case MDB_BAD_DBI:
        return damaged(engine, mdb_strerror(rc));
    case MDB_VERSION_MISMATCH:
        return fail(ERR_NEWER,
                    N_("The database in %s was made by another version of its library. "
                       "Open it with the program that made it."),
                    engine->folder);
    case MDB_MAP_FULL:
        return fail(ERR_FULL,
                    N_("The database in %s has outgrown its room in this program. Nothing "
                       "was saved. Close the program, start it again and save again."),
                    engine->folder);
    case MDB_TXN_FULL:
        return fail(ERR_INVALID, N_("This change is too large to be saved at once. Nothing was "
                                    "saved. Divide it into smaller ones."));
    case MDB_READERS_FULL:
        return fail(ERR_BUSY,
                    N_("Too many sessions are reading the store. Wait until some of them "
                       "have ended, then try again."));
    default:
        if (rc > 0)
            return fail_errno(rc, engine->folder);
        return fail(ERR_IO,
                    N_("The database in %s refused an operation: %s. Close the program and "
                       "start it again; if it happens again, tell the system "
                       "administrator."),
                    engine->folder, mdb_strerror(rc));
    }
}

/* Called by the library where a page cannot be right; it aborts when this returns. */
static void on_assertion(MDB_env *env, const char *what)
{
    struct engine *engine = mdb_env_get_userctx(env);

    (void)what;
    if (engine && engine->guard)
        siglongjmp(*engine->guard, 1);
}

/* ---- opening ---- */

static char *data_path(struct arena *arena, const char *folder)
{
    return path_join(arena, folder, "data.mdb");
}

static size_t map_size(const char *folder)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct stat status;
    size_t wanted = 0;

    if (stat(data_path(arena, folder), &status) == 0)
        wanted = (size_t)status.st_size * map_times;
    return wanted > map_least ? wanted : map_least;
}

static unsigned open_flags(const struct engine *engine)
{
    unsigned flags = MDB_NORDAHEAD | MDB_NOTLS;
    AUTO_ARENA struct arena *arena = arena_new();

    if (engine->mode != ENGINE_READ)
        return flags;
    /* A copy at rest in a folder that nobody may write: nothing can change under us there. */
    if (access(engine->folder, W_OK) != 0 &&
        !file_exists(path_join(arena, engine->folder, "lock.mdb")))
        flags |= MDB_NOLOCK;
    return flags | MDB_RDONLY;
}

static void wait_a_moment(void)
{
    nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
}

static int env_open_once(struct engine *engine)
{
    int rc = mdb_env_create(&engine->env);

    if (rc != MDB_SUCCESS) {
        engine->env = NULL;
        return rc;
    }
    if ((rc = mdb_env_set_userctx(engine->env, engine)) != MDB_SUCCESS ||
        (rc = mdb_env_set_assert(engine->env, on_assertion)) != MDB_SUCCESS ||
        (rc = mdb_env_set_maxreaders(engine->env, READERS)) != MDB_SUCCESS ||
        (rc = mdb_env_set_mapsize(engine->env, map_size(engine->folder))) != MDB_SUCCESS ||
        (rc = mdb_env_open(engine->env, engine->folder, open_flags(engine), FILE_MODE)) !=
            MDB_SUCCESS) {
        mdb_env_close(engine->env);
        engine->env = NULL;
    }
    return rc;
}

static enum err env_open(struct engine *engine)
{
    unsigned flags = 0, readers = 0;
    int dead, rc = EINVAL;

    /* Some versions answer EINVAL or EAGAIN while another process closes the same store. */
    for (int i = 0; i < TRIES && (rc == EINVAL || rc == EAGAIN); i++) {
        if (i > 0)
            wait_a_moment();
        rc = env_open_once(engine);
    }
    if (rc != MDB_SUCCESS)
        return engine_fail(engine, rc);
    rc = mdb_env_get_flags(engine->env, &flags);
    assert(rc == MDB_SUCCESS && !(flags & never));
    rc = mdb_env_get_maxreaders(engine->env, &readers);
    assert(rc == MDB_SUCCESS);
    if (readers < READERS && !(flags & MDB_NOLOCK))
        return fail(ERR_BUSY,
                    N_("Another tool holds the database in %s open with too little room "
                       "for readers. Close that tool and try again."),
                    engine->folder);
    /* Failing here leaves dead readers to the next round of upkeep. */
    (void)mdb_reader_check(engine->env, &dead);
    return ERR_OK;
}

static enum err open_keys(struct engine *engine)
{
    MDB_stat stat;
    MDB_txn *txn;
    int rc = mdb_txn_begin(engine->env, NULL, MDB_RDONLY, &txn);

    if (rc != MDB_SUCCESS)
        return engine_fail(engine, rc);
    rc = mdb_dbi_open(txn, NULL, 0, &engine->keys);
    if (rc == MDB_SUCCESS)
        rc = mdb_stat(txn, engine->keys, &stat);
    mdb_txn_abort(txn);
    if (rc != MDB_SUCCESS)
        return engine_fail(engine, rc);
    return engine->mode != ENGINE_CREATE && stat.ms_entries == 0 ? ERR_MISSING : ERR_OK;
}

/* ---- a file that is shorter than its head says ---- */

static sigjmp_buf *volatile bus_place;

static void on_bus(int number)
{
    (void)number;
    siglongjmp(*bus_place, 1);
}

static int count_free(MDB_cursor *cursor, size_t first, size_t *count)
{
    MDB_val key, value;
    int rc;

    while ((rc = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == MDB_SUCCESS) {
        size_t ids = value.mv_size / sizeof(size_t);

        for (size_t i = 1; i < ids; i++) { /* the first is their number */
            size_t page;

            memcpy(&page, (const uint8_t *)value.mv_data + i * sizeof(page), sizeof(page));
            *count += page >= first;
        }
    }
    return rc;
}

/* Pages from `first` on that the newest commit lists as free; 0 where that cannot be read. */
static size_t free_from(struct engine *engine, size_t first)
{
    struct sigaction before, ours = { .sa_handler = on_bus };
    sigjmp_buf place;
    MDB_cursor *volatile opened = NULL;
    MDB_txn *txn;
    volatile size_t result = 0;

    if (mdb_txn_begin(engine->env, NULL, MDB_RDONLY, &txn) != MDB_SUCCESS)
        return 0;
    sigemptyset(&ours.sa_mask);
    sigaction(SIGBUS, &ours, &before);
    if (sigsetjmp(place, 1) == 0) {
        MDB_cursor *cursor;
        size_t count = 0;

        bus_place = engine->guard = &place;
        if (mdb_cursor_open(txn, FREE_PAGES, &cursor) == MDB_SUCCESS) {
            opened = cursor;
            if (count_free(cursor, first, &count) == MDB_NOTFOUND)
                result = count;
        }
    }
    bus_place = engine->guard = NULL;
    sigaction(SIGBUS, &before, NULL);
    if (opened)
        mdb_cursor_close(opened);
    mdb_txn_abort(txn);
    return result;
}

/* Reading beyond the end of a mapped file kills the process, so a truncated one is refused at once.
 * Pages at the end that a commit took and gave back are never written: where all that is missing is
 * free, the file is whole. */
static enum err check_length(struct engine *engine)
{
    MDB_envinfo info;
    MDB_stat stat;
    struct stat status;
    int descriptor;

    if (mdb_env_info(engine->env, &info) != MDB_SUCCESS ||
        mdb_env_stat(engine->env, &stat) != MDB_SUCCESS ||
        mdb_env_get_fd(engine->env, &descriptor) != MDB_SUCCESS)
        return damaged(engine, "info");
    if (fstat(descriptor, &status) != 0)
        return fail_errno(errno, engine->folder);
    size_t pages = (size_t)status.st_size / stat.ms_psize;

    if (pages > info.me_last_pgno)
        return ERR_OK;
    if (free_from(engine, pages) == info.me_last_pgno + 1 - pages)
        return ERR_OK;
    return fail(
        ERR_DAMAGED,
        N_("The database in %s is cut short: %zu of %zu pages are there. Restore it from a "
           "backup or rebuild it from the journal."),
        engine->folder, pages, info.me_last_pgno + 1);
}

enum err engine_open(struct engine **out, const char *folder, enum engine_mode mode)
{
    struct engine *engine = memory_new(sizeof(*engine));
    enum err err;

    engine->folder = memory_string(text_of(folder));
    engine->mode = mode;
    engine->writer.engine = engine;
    engine->counter = open("/proc/self/io", O_RDONLY | O_CLOEXEC);
    err = env_open(engine);
    if (err == ERR_OK && mode != ENGINE_CREATE)
        err = check_length(engine);
    if (err == ERR_OK)
        err = open_keys(engine);
    if (err != ERR_OK) {
        engine_close(engine);
        return err;
    }
    *out = engine;
    return ERR_OK;
}

static void free_idle(struct engine *engine)
{
    while (engine->idle) {
        struct engine_txn *txn = engine->idle;

        engine->idle = txn->next;
        mdb_txn_abort(txn->mdb);
        free(txn);
    }
}

void engine_close(struct engine *engine)
{
    if (!engine)
        return;
    assert(engine->live == 0 && !engine->writer.mdb);
    free_idle(engine);
    if (engine->env)
        mdb_env_close(engine->env);
    if (engine->counter >= 0)
        close(engine->counter);
    free(engine->folder);
    free(engine);
}

/* After a failed write of its head the library lets nobody read until the file is opened anew. */
static enum err reopen_for_reading(struct engine *engine)
{
    engine->failed = true;
    if (engine->live > 0 || engine->mode == ENGINE_READ)
        return engine_fail(engine, MDB_PANIC);
    free_idle(engine);
    mdb_env_close(engine->env);
    engine->env = NULL;
    engine->mode = ENGINE_READ;
    TRY(env_open(engine));
    return open_keys(engine);
}

/* ---- housekeeping ---- */

void engine_moved(struct engine *engine, const char *folder)
{
    free(engine->folder);
    engine->folder = memory_string(text_of(folder));
}

bool engine_writable(const struct engine *engine)
{
    return engine->mode != ENGINE_READ && !engine->failed;
}

void engine_unsynced(struct engine *engine, bool unsynced)
{
    int rc;

    assert(engine->mode == ENGINE_CREATE);
    rc = mdb_env_set_flags(engine->env, MDB_NOSYNC, unsynced);
    assert(rc == MDB_SUCCESS);
    (void)rc;
}

enum err engine_sync(struct engine *engine)
{
    int rc = mdb_env_sync(engine->env, 1);

    return rc == MDB_SUCCESS ? ERR_OK : engine_fail(engine, rc);
}

/* A durable copy beside it. */
static bool copy_made(struct engine *engine, const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
    bool made;

    if (file < 0)
        return false;
    made =
        mdb_env_copyfd2(engine->env, file, MDB_CP_COMPACT) == MDB_SUCCESS && fsync(file) == 0;
    if (close(file) != 0)
        made = false;
    if (!made)
        (void)unlink(path); /* it is in a folder that is no store yet */
    return made;
}

enum err engine_compact(struct engine *engine)
{
    AUTO_ARENA struct arena *arena = arena_new();
    char *path = data_path(arena, engine->folder);
    char *copy = path_join(arena, engine->folder, "data.new");

    assert(engine->mode == ENGINE_CREATE && engine->live == 0 && !engine->writer.mdb);
    if (free_from(engine, 0) < FREE_MANY || !copy_made(engine, copy))
        return ERR_OK;
    free_idle(engine);
    mdb_env_close(engine->env);
    engine->env = NULL;
    if (rename(copy, path) != 0)
        return fail_errno(errno, path);
    TRY(folder_sync(engine->folder));
    TRY(env_open(engine));
    return open_keys(engine);
}

void engine_tidy(struct engine *engine)
{
    int dead;

    if (engine->env)
        (void)mdb_reader_check(engine->env, &dead); /* the next round may do better */
}

/* Bytes that this process has handed to write calls so far. */
static uint64_t bytes_written(const struct engine *engine)
{
    char text[512];
    const char *at;
    ssize_t len = engine->counter < 0 ? -1 : pread(engine->counter, text, sizeof(text) - 1, 0);

    if (len <= 0)
        return 0;
    text[len] = '\0';
    at = strstr(text, "wchar: ");
    return at ? strtoull(at + strlen("wchar: "), NULL, 10) : 0;
}

uint64_t engine_pages_written(const struct engine *engine)
{
    return engine->pages;
}

uint64_t engine_newest(const struct engine *engine)
{
    MDB_envinfo info;

    if (!engine->env || mdb_env_info(engine->env, &info) != MDB_SUCCESS)
        return 0;
    return info.me_last_txnid;
}

uint64_t engine_id(const struct engine_txn *txn)
{
    return mdb_txn_id(txn->mdb);
}

int engine_file(const struct engine *engine, size_t *page_size)
{
    MDB_stat stat;
    int descriptor;

    if (!engine->env || mdb_env_stat(engine->env, &stat) != MDB_SUCCESS ||
        mdb_env_get_fd(engine->env, &descriptor) != MDB_SUCCESS)
        return -1;
    *page_size = stat.ms_psize;
    return descriptor;
}

/* ---- transactions ---- */

/* What a failed begin asks for; true: try again. */
static bool begin_cured(struct engine *engine, int rc)
{
    int dead = 0;

    switch (rc) {
    case EINVAL:
        wait_a_moment();
        return true;
    case MDB_READERS_FULL:
        return mdb_reader_check(engine->env, &dead) == MDB_SUCCESS && dead > 0;
    case MDB_MAP_RESIZED:
        /* The map moves, so nothing may point into it. */
        return engine->live == 0 && mdb_env_set_mapsize(engine->env, 0) == MDB_SUCCESS;
    case MDB_PANIC:
        return reopen_for_reading(engine) == ERR_OK;
    default:
        return false;
    }
}

static struct engine_txn *idle_txn(struct engine *engine)
{
    struct engine_txn *txn = engine->idle;

    if (txn) {
        engine->idle = txn->next;
        return txn;
    }
    txn = memory_new(sizeof(*txn));
    txn->engine = engine;
    return txn;
}

static int read_begin(struct engine_txn *txn)
{
    if (txn->mdb)
        return mdb_txn_renew(txn->mdb);
    return mdb_txn_begin(txn->engine->env, NULL, MDB_RDONLY, &txn->mdb);
}

enum err engine_read_begin(struct engine_txn **out, struct engine *engine)
{
    int rc = MDB_SUCCESS;

    if (!engine->env)
        return engine_fail(engine, MDB_PANIC);
    for (int i = 0; i < TRIES; i++) {
        struct engine_txn *txn = idle_txn(engine);

        rc = read_begin(txn);
        if (rc == MDB_SUCCESS) {
            engine->live++;
            *out = txn;
            return ERR_OK;
        }
        if (txn->mdb)
            mdb_txn_abort(txn->mdb);
        free(txn);
        if (!begin_cured(engine, rc))
            break;
    }
    return engine_fail(engine, rc);
}

void engine_read_end(struct engine_txn *txn)
{
    struct engine *engine = txn->engine;

    assert(txn != &engine->writer && engine->live > 0);
    mdb_txn_reset(txn->mdb);
    txn->next = engine->idle;
    engine->idle = txn;
    engine->live--;
}

enum err engine_write_begin(struct engine_txn **out, struct engine *engine)
{
    int rc = MDB_SUCCESS;

    assert(!engine->writer.mdb);
    for (int i = 0; i < TRIES && engine_writable(engine); i++) {
        engine->begun_at = bytes_written(engine);
        rc = mdb_txn_begin(engine->env, NULL, 0, &engine->writer.mdb);
        if (rc == MDB_SUCCESS) {
            engine->live++;
            *out = &engine->writer;
            return ERR_OK;
        }
        engine->writer.mdb = NULL;
        if (!begin_cured(engine, rc))
            break;
    }
    return engine_fail(engine, engine_writable(engine) ? rc : MDB_PANIC);
}

static void write_ended(struct engine *engine)
{
    uint64_t now = bytes_written(engine);

    engine->writer.mdb = NULL;
    engine->live--;
    /* The head is one short write into a page of its own. */
    if (now > engine->begun_at)
        engine->pages += (now - engine->begun_at + PAGE - 1) / PAGE;
}

void engine_abort(struct engine_txn *txn)
{
    mdb_txn_abort(txn->mdb);
    write_ended(txn->engine);
}

/* A write that was cut short is reported as EIO, though the disk is well. */
static bool out_of_room(const struct engine *engine)
{
    struct statvfs room;
    struct rlimit limit;
    struct stat status;
    int descriptor;

    if (mdb_env_get_fd(engine->env, &descriptor) != MDB_SUCCESS)
        return false;
    if (fstatvfs(descriptor, &room) == 0 &&
        (uint64_t)room.f_bavail * room.f_frsize < little_room)
        return true;
    return getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
           fstat(descriptor, &status) == 0 &&
           (uint64_t)status.st_size + little_room > limit.rlim_cur;
}

static bool head_write_failed(struct engine *engine)
{
    MDB_txn *txn;
    int rc = mdb_txn_begin(engine->env, NULL, MDB_RDONLY, &txn);

    if (rc == MDB_SUCCESS)
        mdb_txn_abort(txn);
    return rc == MDB_PANIC;
}

static enum err commit_failed(struct engine *engine, int rc, uint64_t id)
{
    bool full =
        rc == ENOSPC || rc == EDQUOT || rc == EFBIG || (rc == EIO && out_of_room(engine));
    bool open_end = head_write_failed(engine) || engine_newest(engine) >= id;

    if (open_end || (rc == EIO && !full)) {
        engine->failed = true;
        return fail(
            ERR_UNKNOWN,
            N_("The disk failed while saving in %s (%s), and it is not known whether the "
               "change was saved. Nothing more is written by this program. Start it again "
               "and look whether the change is there; tell the system administrator."),
            engine->folder, mdb_strerror(rc));
    }
    if (full)
        return fail(ERR_FULL,
                    N_("No space is left in %s. Nothing was saved, and nothing that was "
                       "saved before is lost. Free some space, then save again."),
                    engine->folder);
    return engine_fail(engine, rc);
}

enum err engine_commit(struct engine_txn *txn)
{
    struct engine *engine = txn->engine;
    uint64_t id = mdb_txn_id(txn->mdb);
    int rc = mdb_txn_commit(txn->mdb);

    write_ended(engine);
    return rc == MDB_SUCCESS ? ERR_OK : commit_failed(engine, rc, id);
}

/* ---- keys and values ---- */

static struct bytes bytes_of(MDB_val value)
{
    return (struct bytes){ value.mv_data, value.mv_size };
}

/* A key as the library has it, behind the number of its tree's region; or a bound, which may be longer than any key and is
 * cut where that makes no difference. */
struct placed {
    size_t len;
    uint8_t bytes[1 + KEY_LIMIT + 1];
};

static MDB_val place(struct placed *placed, enum tree tree, struct bytes key)
{
    size_t len = key.len <= KEY_LIMIT ? key.len : KEY_LIMIT + 1;

    placed->bytes[0] = regions[tree];
    if (len > 0)
        memcpy(placed->bytes + 1, key.data, len);
    return (MDB_val){ placed->len = 1 + len, placed->bytes };
}

static struct bytes key_of(MDB_val placed)
{
    return (struct bytes){ (const uint8_t *)placed.mv_data + 1, placed.mv_size - 1 };
}

static int guarded_get(struct engine_txn *txn, MDB_val *key, MDB_val *value)
{
    sigjmp_buf place;
    int rc;

    txn->engine->guard = &place;
    rc = sigsetjmp(place, 0) == 0 ? mdb_get(txn->mdb, txn->engine->keys, key, value)
                                  : MDB_CORRUPTED;
    txn->engine->guard = NULL;
    return rc;
}

enum err engine_get(struct engine_txn *txn, enum tree tree, struct bytes key, struct bytes *raw)
{
    struct placed placed;
    MDB_val k = place(&placed, tree, key), value;

    if (!stands_in(tree, key.len) || key.len > KEY_LIMIT)
        return ERR_MISSING;
    int rc = guarded_get(txn, &k, &value);

    if (rc == MDB_NOTFOUND)
        return ERR_MISSING;
    if (rc != MDB_SUCCESS)
        return engine_fail(txn->engine, rc);
    *raw = bytes_of(value);
    return ERR_OK;
}

enum err engine_put(struct engine_txn *txn, enum tree tree, struct bytes key,
                    const struct checksum *check, struct bytes rest, bool is_new)
{
    size_t before = check ? sizeof(check->byte) : 0;
    struct placed placed;
    MDB_val k = place(&placed, tree, key), value = { before + rest.len, (void *)"" };
    unsigned flags = is_new ? MDB_NOOVERWRITE : 0;
    int rc;

    assert(stands_in(tree, key.len) && key.len <= KEY_LIMIT);
    if (value.mv_size > 0)
        flags |= MDB_RESERVE;
    rc = mdb_put(txn->mdb, txn->engine->keys, &k, &value, flags);
    if (rc == MDB_KEYEXIST)
        return damaged(txn->engine, "order");
    if (rc != MDB_SUCCESS)
        return engine_fail(txn->engine, rc);
    if (check)
        memcpy(value.mv_data, check->byte, before);
    if (rest.len > 0)
        memcpy((uint8_t *)value.mv_data + before, rest.data, rest.len);
    return ERR_OK;
}

enum err engine_delete(struct engine_txn *txn, enum tree tree, struct bytes key)
{
    struct placed placed;
    MDB_val k = place(&placed, tree, key);

    assert(stands_in(tree, key.len) && key.len <= KEY_LIMIT);
    int rc = mdb_del(txn->mdb, txn->engine->keys, &k, NULL);

    return rc == MDB_SUCCESS || rc == MDB_NOTFOUND ? ERR_OK : engine_fail(txn->engine, rc);
}

/* ---- ranges ---- */

struct walk {
    struct engine *engine;
    enum tree tree;
    MDB_cursor *cursor;
    MDB_val key;
    MDB_val value;
};

static int step(struct walk *walk, MDB_cursor_op operation)
{
    sigjmp_buf place;
    int rc;

    walk->engine->guard = &place;
    rc = sigsetjmp(place, 0) == 0
             ? mdb_cursor_get(walk->cursor, &walk->key, &walk->value, operation)
             : MDB_CORRUPTED;
    walk->engine->guard = NULL;
    return rc;
}

static int compare(MDB_val key, const struct placed *bound)
{
    size_t len = key.mv_size < bound->len ? key.mv_size : bound->len;
    int order = memcmp(key.mv_data, bound->bytes, len);

    return order != 0 ? order : (key.mv_size > bound->len) - (key.mv_size < bound->len);
}

static void bound_place(struct placed *bound, enum tree tree, struct bytes key, bool end)
{
    place(bound, tree, key);
    if (end && key.len == 0)
        bound->bytes[0]++; /* the end of its region */
}

/* The first key that is not below `bound`. */
static int seek(struct walk *walk, const struct placed *bound)
{
    size_t longest = 1 + KEY_LIMIT;
    int rc;

    walk->key = (MDB_val){ bound->len < longest ? bound->len : longest,
                           (void *)(uintptr_t)bound->bytes };
    rc = step(walk, MDB_SET_RANGE);
    if (rc == MDB_SUCCESS && compare(walk->key, bound) < 0)
        rc = step(walk, MDB_NEXT);
    return rc;
}

static int seek_below(struct walk *walk, const struct placed *bound)
{
    int rc = seek(walk, bound);

    return rc == MDB_NOTFOUND  ? step(walk, MDB_LAST)
           : rc == MDB_SUCCESS ? step(walk, MDB_PREV)
                               : rc;
}

static int visit_all(struct walk *walk, const struct placed *from, const struct placed *to,
                     enum direction direction, engine_visit *visit, void *context)
{
    bool forward = direction == FORWARD;
    int rc = forward ? seek(walk, from) : seek_below(walk, to);

    while (rc == MDB_SUCCESS) {
        bool inside = walk->key.mv_size > 0 &&
                      (forward ? compare(walk->key, to) < 0 : compare(walk->key, from) >= 0);

        if (!inside)
            break;
        if (stands_in(walk->tree, walk->key.mv_size - 1) &&
            !visit(key_of(walk->key), bytes_of(walk->value), context))
            break;
        rc = step(walk, forward ? MDB_NEXT : MDB_PREV);
    }
    return rc;
}

enum err engine_scan(struct engine_txn *txn, enum tree tree, struct bytes from, struct bytes to,
                     enum direction direction, engine_visit *visit, void *context)
{
    struct walk walk = { .engine = txn->engine, .tree = tree };
    struct placed first, end;
    int rc = mdb_cursor_open(txn->mdb, txn->engine->keys, &walk.cursor);

    if (rc != MDB_SUCCESS)
        return engine_fail(txn->engine, rc);
    bound_place(&first, tree, from, false);
    bound_place(&end, tree, to, true);
    rc = visit_all(&walk, &first, &end, direction, visit, context);
    mdb_cursor_close(walk.cursor);
    return rc == MDB_SUCCESS || rc == MDB_NOTFOUND ? ERR_OK : engine_fail(txn->engine, rc);
}
