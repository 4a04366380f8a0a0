#include "core/base/seams.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/crypto.h"

static int64_t clock_ms(clockid_t clock)
{
    struct timespec now;

    if (clock_gettime(clock, &now) != 0)
        abort(); /* these clocks exist on every system that runs us */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t real_now(void)
{
    return clock_ms(CLOCK_REALTIME);
}

static int64_t real_monotonic(void)
{
    return clock_ms(CLOCK_MONOTONIC);
}

static void real_random(void *out, size_t size)
{
    uint8_t *at = out;

    while (size > 0) {
        ssize_t got = getrandom(at, size, 0);

        if (got < 0 && errno != EINTR)
            abort(); /* keys must not be made from anything weaker */
        if (got > 0) {
            at += got;
            size -= (size_t)got;
        }
    }
}

static void *real_allocate(void *old, size_t size)
{
    return realloc(old, size);
}

static const struct seams real_seams = {
    .now_ms = real_now,
    .monotonic_ms = real_monotonic,
    .random = real_random,
    .allocate = real_allocate,
};

static const struct seams *current = &real_seams;
static int64_t forward_ms;

const struct seams *seams(void)
{
    return current;
}

void seams_set(const struct seams *table)
{
    current = table ? table : &real_seams;
    forward_ms = 0;
}

int64_t now_ms(void)
{
    return seams()->now_ms() + forward_ms;
}

int64_t monotonic_ms(void)
{
    return seams()->monotonic_ms() + forward_ms;
}

void clock_forward(int64_t ms)
{
    forward_ms += ms;
}

void random_bytes(void *out, size_t size)
{
    seams()->random(out, size);
}

static struct {
    struct seams table;
    uint8_t key[32];
    uint64_t calls;
} repeated;

static void repeated_random(void *out, size_t size)
{
    chacha20(out, size, repeated.key, repeated.calls++);
}

void random_repeat(uint64_t seed)
{
    repeated.table = *seams();
    repeated.table.random = repeated_random;
    memset(repeated.key, 0, sizeof(repeated.key));
    write_u64(repeated.key, seed);
    repeated.calls = 0;
    seams_set(&repeated.table);
}

/* Files */

/* True, with errno set, where a test wants this operation to fail. */
static bool broken(const char *operation, const char *path)
{
    if (!seams()->fail_file || !seams()->fail_file(operation, path))
        return false;
    errno = EIO;
    return true;
}

static int open_file(const char *path, int flags)
{
    return broken("open", path) ? -1 : open(path, flags | O_CLOEXEC);
}

/* Reads until the end or `limit` bytes; false with errno set. */
static bool read_all(int descriptor, const char *path, struct buffer *out, size_t limit)
{
    enum { STEP = 65536 };

    while (out->len < limit) {
        size_t step = limit - out->len < STEP ? limit - out->len : STEP;

        if (broken("read", path))
            return false;
        ssize_t got = read(descriptor, buffer_reserve(out, step), step);

        if (got == 0)
            return true;
        if (got < 0 && errno != EINTR)
            return false;
        if (got > 0)
            out->len += (size_t)got;
    }
    return true;
}

static bool write_all(int descriptor, const char *path, struct bytes data)
{
    while (data.len > 0) {
        if (broken("write", path))
            return false;
        ssize_t put = write(descriptor, data.data, data.len);

        if (put < 0 && errno != EINTR)
            return false;
        if (put > 0) {
            data.data += put;
            data.len -= (size_t)put;
        }
    }
    return true;
}

enum err file_read(struct arena *arena, const char *path, size_t limit, struct bytes *out)
{
    AUTO_BUFFER struct buffer read = { 0 };
    int descriptor = open_file(path, O_RDONLY);

    assert(limit < SIZE_MAX);
    if (descriptor < 0)
        return fail_errno(errno, path);
    bool good = read_all(descriptor, path, &read, limit + 1);
    int number = errno;

    close(descriptor);
    if (!good)
        return fail_errno(number, path);
    if (read.len > limit)
        return fail(ERR_INVALID,
                    N_("%s is too large: at most %zu bytes can be read. Check that "
                       "it is the right file."),
                    path, limit);
    *out = (struct bytes){ arena_copy(arena, read.data, read.len), read.len };
    return ERR_OK;
}

static char *path_with(struct arena *arena, const char *path, const char *then,
                       const char *last)
{
    return arena_string(arena, arena_printf(arena, "%s%s%s", path, then, last));
}

/* The folder of a path, as text that points into it or to ".". */
static struct text folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return TEXT(".");
    return (struct text){ path, slash == path ? 1 : (size_t)(slash - path) };
}

/* Makes, fills and syncs the new file; false with errno set. */
static bool write_beside(char *beside, const char *path, struct bytes data, unsigned mode)
{
    int descriptor = broken("open", path) ? -1 : mkostemp(beside, O_CLOEXEC);

    if (descriptor < 0)
        return false;
    bool good = fchmod(descriptor, (mode_t)mode) == 0 && write_all(descriptor, path, data) &&
                !broken("sync", path) && fsync(descriptor) == 0;
    int number = errno;

    /* Some file systems report a failed write only here. */
    if (close(descriptor) != 0 && good) {
        good = false;
        number = errno;
    }
    if (good && (broken("rename", path) || rename(beside, path) != 0)) {
        good = false;
        number = errno;
    }
    if (!good)
        unlink(beside);
    errno = number;
    return good;
}

enum err file_replace(const char *path, struct bytes data, unsigned mode)
{
    AUTO_ARENA struct arena *arena = arena_new();
    char *beside = path_with(arena, path, "", ".XXXXXX");

    if (!write_beside(beside, path, data, mode))
        return fail_errno(errno, path);
    return folder_sync(arena_string(arena, folder_of(path)));
}

enum err folder_make(const char *path, unsigned mode)
{
    struct stat status;

    if (!broken("make", path) && mkdir(path, (mode_t)mode) == 0)
        return ERR_OK;
    int number = errno;

    if (number == EEXIST && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return ERR_OK;
    return fail_errno(number, path);
}

enum err folder_sync(const char *path)
{
    int descriptor = open_file(path, O_RDONLY | O_DIRECTORY);

    if (descriptor < 0)
        return fail_errno(errno, path);
    bool good = !broken("sync", path) && fsync(descriptor) == 0;
    int number = errno;

    close(descriptor);
    return good ? ERR_OK : fail_errno(number, path);
}

enum err file_remove(const char *path)
{
    if (broken("remove", path) || (unlink(path) != 0 && errno != ENOENT))
        return fail_errno(errno, path);
    return ERR_OK;
}

bool file_exists(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}

enum err file_new(const char *path, unsigned mode)
{
    int descriptor =
        broken("open", path)
            ? -1
            : open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, (mode_t)mode);

    if (descriptor < 0 && errno == EEXIST)
        return fail(ERR_CONFLICT, N_("%s is there already. Name a new file."), path);
    if (descriptor < 0)
        return fail_errno(errno, path);
    close(descriptor);
    return ERR_OK;
}

bool file_is_within(const char *path, const char *folder)
{
    AUTO_ARENA struct arena *arena = arena_new();
    char *in = realpath(arena_string(arena, folder_of(path)), NULL),
         *whole = realpath(folder, NULL);
    size_t len = whole ? strlen(whole) : 0;
    bool within =
        !in || !whole || (strncmp(in, whole, len) == 0 && (in[len] == '\0' || in[len] == '/'));

    free(in);
    free(whole);
    return within;
}

bool file_is_plain(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

char *path_join(struct arena *arena, const char *folder, const char *name)
{
    size_t len = strlen(folder);
    const char *between = len > 0 && folder[len - 1] != '/' ? "/" : "";

    return path_with(arena, folder, between, name);
}
