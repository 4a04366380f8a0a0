/* A store in a folder of its own for tests: made, filled with entries, copied, broken, taken away. */
#ifndef TIDEWAITER_TESTS_STORE_EXAMPLE_H
#define TIDEWAITER_TESTS_STORE_EXAMPLE_H

#include "core/base/seams.h"
#include "core/change/mirror.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define STORE_ORIGIN "customs.example/cases"

/* Where a test works: place.folder is empty, place.store and place.copy are names in it. */
struct place {
    char folder[64];
    char store[80];
    char copy[80];
};

static inline void place_make(struct place *place)
{
    const char *base = getenv("TMPDIR");

    snprintf(place->folder, sizeof(place->folder), "%.30s/tidewaiter-store-XXXXXX",
             base ? base : "/tmp");
    assert_non_null(mkdtemp(place->folder));
    snprintf(place->store, sizeof(place->store), "%s/store", place->folder);
    snprintf(place->copy, sizeof(place->copy), "%s/copy", place->folder);
}

static inline int place_remove_one(const char *path, const struct stat *status, int kind,
                                   struct FTW *at)
{
    (void)status;
    (void)kind;
    (void)at;
    return remove(path);
}

static inline void place_remove(struct place *place)
{
    nftw(place->folder, place_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* cp -a; the store must be closed or at rest. */
static inline void copy_folder(const char *from, const char *to)
{
    char command[400];

    snprintf(command, sizeof(command), "cp -a '%s' '%s'", from, to);
    assert_int_equal(system(command), 0);
}

static inline void assert_ok(enum err err)
{
    if (err != ERR_OK)
        print_error("%s: %s (%s; %s)\n", err_name(err),
                    last_failure()->id ? last_failure()->id : "",
                    last_failure()->count > 0 ? last_failure()->arguments[0].text : "",
                    last_failure()->count > 1 ? last_failure()->arguments[1].text : "");
    assert_int_equal(err, ERR_OK);
}

static inline struct bytes bytes_of_string(const char *string)
{
    return (struct bytes){ (const uint8_t *)string, strlen(string) };
}

static inline bool bytes_are(struct bytes bytes, const char *string)
{
    return bytes.len == strlen(string) && memcmp(bytes.data, string, bytes.len) == 0;
}

/* What one closure appends: `count` entries whose request ids are the numbers from `first` on, each with
 * an own body and one item. */
struct entries {
    uint64_t first;
    uint64_t count;
    uint64_t sequence; /* of the last one */
};

static inline void request_of(uint8_t out[16], uint64_t number)
{
    /* Numbers that differ in the last half alone begin alike. */
    memset(out, 0x5a, 16);
    write_u64(out, number >> 2);
    out[15] = (uint8_t)number;
}

static inline void make_statement(struct buffer *out, uint64_t number)
{
    struct statement_item item = { .revision = 1, .has_previous = false };
    struct statement statement = {
        .origin = TEXT(STORE_ORIGIN),
        .act = TEXT("exhibit.add"),
        .officer = 7,
        .clock_ms = 1,
        .item_count = 1,
        .items = &item,
        .has_body = true,
    };

    write_u64(item.key, number + 1);
    request_of(statement.request, number);
    statement_encode(out, &statement);
}

static inline enum err append_entries(struct txn *txn, void *context)
{
    struct entries *entries = context;

    for (uint64_t i = 0; i < entries->count; i++) {
        AUTO_BUFFER struct buffer statement = { 0 };
        char own[32], item[64];
        uint64_t time_ms, number = entries->first + i;
        struct journal_body bodies[2] = { { .n = 0 }, { .n = 1 } };

        snprintf(own, sizeof(own), "reason %llu", (unsigned long long)number);
        snprintf(item, sizeof(item), "exhibit %llu", (unsigned long long)number);
        bodies[0].body = bytes_of_string(own);
        bodies[1].body = bytes_of_string(item);
        make_statement(&statement, number);
        TRY(txn_append(txn, buffer_bytes(&statement), bodies, 2, &entries->sequence, &time_ms));
    }
    return ERR_OK;
}

static inline enum err append_to(struct store *store, uint64_t first, uint64_t count)
{
    struct entries entries = { first, count, 0 };

    return store_write(store, append_entries, &entries);
}

/* A finished store with `count` entries, open. */
static inline struct store *make_store(const char *folder, uint64_t count)
{
    struct store_identity identity = { .origin = TEXT(STORE_ORIGIN), .site = 3, .demo = true };
    struct store *store;

    assert_ok(crypto_start());
    assert_ok(store_create(&store, folder, &identity));
    for (uint64_t first = 0; first < count; first += 1000)
        assert_ok(append_to(store, first, count - first < 1000 ? count - first : 1000));
    assert_ok(store_finish(store));
    return store;
}

static inline struct store *open_store(const char *folder, enum store_mode mode)
{
    struct store *store;

    assert_ok(store_open(&store, folder, mode));
    return store;
}

/* Changes the last byte of `what` in each place where it stands in a file; returns in how many. */
static inline int spoil_file(const char *path, const void *what, size_t len)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct bytes file;
    int found = 0, descriptor = open(path, O_WRONLY | O_CLOEXEC);

    assert_true(descriptor >= 0);
    assert_ok(file_read(arena, path, (size_t)1 << 30, &file));
    for (size_t i = 0; i + len <= file.len; i++) {
        if (memcmp(file.data + i, what, len) != 0)
            continue;
        uint8_t byte = file.data[i + len - 1] ^ 1;

        assert_int_equal(pwrite(descriptor, &byte, 1, (off_t)(i + len - 1)), 1);
        found++;
    }
    close(descriptor);
    return found;
}

#endif
