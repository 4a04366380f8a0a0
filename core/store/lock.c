#include "core/store/lock.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/seams.h"

enum { LOCK_SIZE = 4096, STEP_MS = 200, ENTER_STEP_MS = 10, MAGIC = 16 };

static const char magic[MAGIC] = "tidewaiter lock";

struct holder {
    int64_t since_ms;
    int32_t process; /* 0: nobody */
    char who[LOCK_HOLDER];
};

/* What is in the file. Who waits reads `holder` without the mutex: it is words for people, and may at
 * worst be torn. */
struct shared {
    char magic[MAGIC];
    pthread_mutex_t mutex;
    volatile struct holder holder;
};

struct lock {
    int descriptor;
    struct shared *shared;
    char *path;
};

static bool mutex_make(pthread_mutex_t *mutex)
{
    pthread_mutexattr_t kind;
    bool good;

    if (pthread_mutexattr_init(&kind) != 0)
        return false;
    good = pthread_mutexattr_setpshared(&kind, PTHREAD_PROCESS_SHARED) == 0 &&
           pthread_mutexattr_setrobust(&kind, PTHREAD_MUTEX_ROBUST) == 0 &&
           pthread_mutex_init(mutex, &kind) == 0;
    pthread_mutexattr_destroy(&kind);
    return good;
}

/* Written whole, so that no page of it needs room on the disk later. */
static bool file_make(int descriptor)
{
    static const uint8_t zero[LOCK_SIZE];

    return pwrite(descriptor, zero, sizeof(zero), 0) == (ssize_t)sizeof(zero);
}

static bool file_map(struct lock *lock)
{
    void *map = mmap(NULL, LOCK_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, lock->descriptor, 0);

    lock->shared = map == MAP_FAILED ? NULL : map;
    return lock->shared != NULL;
}

static bool make_anew(struct lock *lock)
{
    if (!file_make(lock->descriptor) || !file_map(lock) || !mutex_make(&lock->shared->mutex))
        return false;
    memcpy(lock->shared->magic, magic, MAGIC);
    return flock(lock->descriptor, LOCK_SH) == 0;
}

static bool is_made(struct lock *lock)
{
    struct stat status;

    return fstat(lock->descriptor, &status) == 0 && status.st_size >= LOCK_SIZE &&
           file_map(lock) && memcmp(lock->shared->magic, magic, MAGIC) == 0;
}

/* Alone: makes the mutex. Otherwise joins those who use it, unless one has just begun to make it and
 * must be waited for. */
static bool lock_enter(struct lock *lock)
{
    for (int waited = 0; waited < LOCK_WAIT_MS; waited += ENTER_STEP_MS) {
        if (flock(lock->descriptor, LOCK_EX | LOCK_NB) == 0)
            return make_anew(lock);
        if (flock(lock->descriptor, LOCK_SH | LOCK_NB) == 0) {
            if (is_made(lock))
                return true;
            if (lock->shared)
                munmap(lock->shared, LOCK_SIZE);
            lock->shared = NULL;
            flock(lock->descriptor, LOCK_UN);
        }
        if (errno == EBADF || errno == ENOLCK)
            return false;
        nanosleep(&(struct timespec){ .tv_nsec = ENTER_STEP_MS * 1000000L }, NULL);
    }
    errno = EAGAIN;
    return false;
}

enum err lock_open(struct lock **out, const char *path)
{
    struct lock *lock = memory_new(sizeof(*lock));

    lock->path = memory_string(text_of(path));
    lock->descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock->descriptor < 0 || !lock_enter(lock)) {
        int number = errno;

        lock_close(lock);
        return fail_errno(number, path);
    }
    *out = lock;
    return ERR_OK;
}

void lock_close(struct lock *lock)
{
    if (!lock)
        return;
    if (lock->shared)
        munmap(lock->shared, LOCK_SIZE);
    if (lock->descriptor >= 0)
        close(lock->descriptor);
    free(lock->path);
    free(lock);
}

static struct timespec deadline(int64_t wait_ms)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += wait_ms / 1000;
    at.tv_nsec += wait_ms % 1000 * 1000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

static enum err busy(const struct lock *lock)
{
    const volatile struct holder *holder = &lock->shared->holder;
    int32_t process = holder->process;
    int64_t seconds = (now_ms() - holder->since_ms) / 1000;
    char who[LOCK_HOLDER];

    for (size_t i = 0; i < sizeof(who); i++)
        who[i] = holder->who[i];
    who[sizeof(who) - 1] = '\0';
    if (process == 0 || !text_is_utf8(text_of(who)))
        return fail(ERR_BUSY,
                    N_("Another session is saving and has not finished. Nothing was saved "
                       "here; what you typed is kept. Try again."));
    return fail(
        ERR_BUSY,
        N_("%s (process %d) has been saving for %lld seconds and has not finished. Nothing "
           "was saved here; what you typed is kept. Try again, or ask the system "
           "administrator to end that process."),
        who, process, (long long)(seconds > 0 ? seconds : 0));
}

/* In steps, so that a wake-up that was lost costs one step. */
static int wait_for(pthread_mutex_t *mutex, int64_t wait_ms)
{
    int rc = ETIMEDOUT;

    do {
        struct timespec until = deadline(wait_ms < STEP_MS ? wait_ms : STEP_MS);

        rc = pthread_mutex_clocklock(mutex, CLOCK_MONOTONIC, &until);
        wait_ms -= STEP_MS;
    } while (rc == ETIMEDOUT && wait_ms > 0);
    return rc;
}

enum err lock_take(struct lock *lock, const char *who, int64_t wait_ms)
{
    volatile struct holder *holder = &lock->shared->holder;
    int rc = wait_for(&lock->shared->mutex, wait_ms);
    size_t i = 0;

    /* Its holder died; the database undoes by itself what that one had not committed. */
    if (rc == EOWNERDEAD)
        rc = pthread_mutex_consistent(&lock->shared->mutex);
    if (rc == ETIMEDOUT)
        return busy(lock);
    if (rc != 0)
        return fail_errno(rc, lock->path);
    holder->process = (int32_t)getpid();
    holder->since_ms = now_ms();
    for (; i + 1 < LOCK_HOLDER && who[i] != '\0'; i++)
        holder->who[i] = who[i];
    holder->who[i] = '\0';
    return ERR_OK;
}

void lock_give(struct lock *lock)
{
    int rc;

    lock->shared->holder.process = 0;
    rc = pthread_mutex_unlock(&lock->shared->mutex);
    assert(rc == 0);
    (void)rc;
}
