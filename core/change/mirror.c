#include "core/change/mirror_parts.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/seams.h"

enum {
    FILE_MODE = 0600,
    SLICE = 512,
    WAIT_MS = 1000,
    STEP_MS = 10,
    HINT = 96,
    SECTOR = 512,
    LOOKS = 20
};

/* ---- names ---- */

static char *journal_path(struct arena *arena, struct store *store, const char *name)
{
    return path_join(arena, path_join(arena, store_folder(store), "journal"), name);
}

/* ---- its head ---- */

struct mirror_head {
    bool present;
    struct note note;
    struct checkpoint checkpoint; /* size 0 where it is not present */
};

static enum err no_head(const char *path)
{
    return fail(ERR_DAMAGED,
                N_("%s is not a head of this store's journal. The journal files were "
                   "changed or belong to another store; nothing is written before they "
                   "are put right. Tell the system administrator."),
                path);
}

static enum err read_head(struct arena *arena, struct store *store, struct mirror_head *head)
{
    char *path = journal_path(arena, store, "head");
    struct bytes file;
    enum err err = file_read(arena, path, NOTE_LIMIT, &file);

    *head = (struct mirror_head){ .present = false };
    /* A power cut may leave the newest name on an empty file; it says nothing. */
    if (err == ERR_MISSING || (err == ERR_OK && file.len == 0))
        return ERR_OK;
    if (err != ERR_OK)
        return err;
    head->present = true;
    if (note_parse(&head->note, (struct text){ (const char *)file.data, file.len }) != ERR_OK ||
        checkpoint_parse(&head->checkpoint, head->note.text) != ERR_OK ||
        !text_equal(head->checkpoint.origin, store_identity(store)->origin))
        return no_head(path);
    return ERR_OK;
}

static const char *short_root(struct arena *arena, const struct hash256 *root)
{
    AUTO_BUFFER struct buffer hex = { 0 };

    if (!root)
        return "?";
    hex_encode(&hex, (struct bytes){ root->byte, 8 });
    return arena_string(arena, buffer_as_text(&hex));
}

/* A root may be NULL, where files have no head. */
static enum err rolled_back(struct arena *arena, uint64_t mirror,
                            const struct hash256 *mirror_root, uint64_t database,
                            const struct hash256 *database_root)
{
    return fail(
        ERR_ROLLED_BACK,
        N_("The database does not continue its journal files: they hold %llu entries (root "
           "%s), the database %llu (root %s). An older copy was put in its place, or a disk "
           "lost what was saved. Nothing is written; tell the system administrator, who can "
           "rebuild the store from the journal."),
        (unsigned long long)mirror, short_root(arena, mirror_root),
        (unsigned long long)database, short_root(arena, database_root));
}

static enum err compare_heads(struct arena *arena, struct txn *txn,
                              const struct checkpoint *mirror)
{
    uint64_t size = txn_size(txn);
    struct merkle_proof proof;
    struct hash256 root;

    TRY(txn_root(txn, &root));
    if (mirror->size > size)
        return rolled_back(arena, mirror->size, &mirror->root, size, &root);
    if (mirror->size == 0)
        return ERR_OK;
    TRY(merkle_consistency(&proof, mirror->size, size, txn_node, txn));
    if (!merkle_consistency_valid(&proof, mirror->size, size, &mirror->root, &root))
        return rolled_back(arena, mirror->size, &mirror->root, size, &root);
    return ERR_OK;
}

/* Another process may be writing it, and half of it be the new one: then it is looked at again. */
static enum err settled_head(struct arena *arena, struct store *store, struct mirror_head *head)
{
    enum err err = ERR_DAMAGED;

    for (int i = 0; i < LOOKS && err == ERR_DAMAGED; i++) {
        if (i > 0)
            nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
        err = read_head(arena, store, head);
        if (err == ERR_OK && head->present &&
            note_check(&head->note, &store_identity(store)->log, 1, NULL) != ERR_OK)
            err = no_head(journal_path(arena, store, "head"));
    }
    return err;
}

enum err mirror_check(struct store *store)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct mirror_head head;

    TRY(settled_head(arena, store, &head));
    if (!head.present)
        return ERR_OK;
    TRY(store_begin(&txn, store));
    return compare_heads(arena, txn, &head.checkpoint);
}

enum err mirror_size(struct store *store, uint64_t *size)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct mirror_head head;

    if (settled_head(arena, store, &head) != ERR_OK) /* what it counts, whoever signed it */
        TRY(read_head(arena, store, &head));
    *size = head.checkpoint.size;
    return ERR_OK;
}

/* ---- where its files end ---- */

struct mirror {
    struct store *store;
    struct arena *arena;
    char *folder;
    int lock;
    int leaf;
    int body;
    char *leaf_path;
    char *body_path;
    uint64_t size;     /* entries in the files */
    uint64_t leaf_len; /* bytes of the files that belong to them */
    uint64_t body_len;
};

static void close_files(struct mirror *mirror)
{
    if (mirror->leaf >= 0)
        close(mirror->leaf);
    if (mirror->body >= 0)
        close(mirror->body);
    mirror->leaf = mirror->body = -1;
}

static enum err open_segment(struct mirror *mirror, uint64_t segment)
{
    int flags = O_RDWR | O_CREAT | O_CLOEXEC;

    close_files(mirror);
    mirror->leaf_path = mirror_segment(mirror->arena, mirror->folder, segment, "leaf");
    mirror->body_path = mirror_segment(mirror->arena, mirror->folder, segment, "body");
    mirror->leaf = open(mirror->leaf_path, flags, FILE_MODE);
    if (mirror->leaf < 0)
        return fail_errno(errno, mirror->leaf_path);
    mirror->body = open(mirror->body_path, flags, FILE_MODE);
    return mirror->body < 0 ? fail_errno(errno, mirror->body_path) : ERR_OK;
}

static bool file_is(int file, uint64_t len)
{
    struct stat status;

    return fstat(file, &status) == 0 && (uint64_t)status.st_size == len;
}

/* True where the hint in journal/lock fits head and files. */
static enum err follow_hint(struct mirror *mirror, const struct mirror_head *head, bool *fits)
{
    char text[HINT] = "";
    ssize_t len = pread(mirror->lock, text, sizeof(text) - 1, 0);

    *fits = len > 0 &&
            sscanf(text, "%" SCNu64 " %" SCNu64 " %" SCNu64, &mirror->size, &mirror->leaf_len,
                   &mirror->body_len) == 3 &&
            mirror->size == head->checkpoint.size;
    if (!*fits)
        return ERR_OK;
    TRY(open_segment(mirror, mirror->size / MIRROR_ENTRIES));
    *fits = file_is(mirror->leaf, mirror->leaf_len) && file_is(mirror->body, mirror->body_len);
    return ERR_OK;
}

static enum err write_hint(struct mirror *mirror)
{
    char text[HINT];
    int len = snprintf(text, sizeof(text), "%20" PRIu64 " %20" PRIu64 " %20" PRIu64 "\n",
                       mirror->size, mirror->leaf_len, mirror->body_len);

    if (pwrite(mirror->lock, text, (size_t)len, 0) != len)
        return fail_errno(errno, mirror->folder);
    return ERR_OK;
}

static uint64_t last_segment(struct mirror *mirror, uint64_t segment)
{
    while (file_exists(mirror_segment(mirror->arena, mirror->folder, segment + 1, "leaf")))
        segment++;
    while (segment > 0 &&
           !file_exists(mirror_segment(mirror->arena, mirror->folder, segment, "leaf")))
        segment--;
    return segment;
}

/* Counts the whole leaves of a segment, and compares the last one with the database: it must be of
 * this journal, and what the database does not hold was lost there. */
static enum err read_segment(struct mirror *mirror, struct txn *txn, uint64_t segment)
{
    AUTO_STREAM struct stream leaves = { .file = -1 };
    AUTO_BUFFER struct buffer last = { 0 };
    struct bytes leaf, stored;
    struct hash256 root;
    enum err err;

    mirror->size = segment * MIRROR_ENTRIES;
    mirror->leaf_len = 0;
    TRY(mirror_stream_open(&leaves,
                           mirror_segment(mirror->arena, mirror->folder, segment, "leaf")));
    while (mirror_stream_leaf(&leaves, &leaf) && mirror_leaf_is(leaf, mirror->size)) {
        mirror->size++;
        mirror->leaf_len += 4 + leaf.len;
        buffer_clear(&last);
        buffer_put(&last, leaf.data, leaf.len);
    }
    if (leaves.err != ERR_OK || last.len == 0)
        return leaves.err;
    err = txn_leaf(txn, mirror->size - 1, mirror->arena, &stored);
    if (err == ERR_OK && stored.len == last.len &&
        memcmp(stored.data, last.data, last.len) == 0)
        return ERR_OK;
    if (err != ERR_OK && err != ERR_MISSING)
        return err;
    TRY(txn_root(txn, &root));
    return rolled_back(mirror->arena, mirror->size, NULL, txn_size(txn), &root);
}

static enum err cut(int file, const char *path, uint64_t len)
{
    return ftruncate(file, (off_t)len) == 0 ? ERR_OK : fail_errno(errno, path);
}

/* ---- copying ---- */

/* Writes at a known place, so that what a failure left there is written over or cut. */
static enum err write_at(int file, const char *path, uint64_t at, struct bytes data)
{
    while (data.len > 0) {
        ssize_t put = pwrite(file, data.data, data.len, (off_t)at);

        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return fail_errno(put < 0 ? errno : EIO, path);
        data.data += put;
        data.len -= (size_t)put;
        at += (uint64_t)put;
    }
    return ERR_OK;
}

static enum err put_body_frame(struct txn *txn, uint64_t sequence, uint16_t n,
                               struct arena *arena, struct buffer *out)
{
    struct bytes body = { 0 };
    enum err err = txn_body(txn, sequence, n, arena, &body);

    if (err != ERR_OK && err != ERR_MISSING)
        return err;
    mirror_put_body(out, sequence, n, body);
    return ERR_OK;
}

/* The statement says which bodies there were; those that are gone get empty frames. */
static enum err put_frames(struct txn *txn, uint64_t sequence, struct arena *arena,
                           struct buffer *leaves, struct buffer *bodies)
{
    struct statement statement;
    struct bytes data;
    struct leaf leaf;

    TRY(txn_leaf(txn, sequence, arena, &data));
    TRY(leaf_decode(&leaf, data));
    TRY(statement_decode(&statement, arena, leaf.statement));
    mirror_put_leaf(leaves, data);
    if (statement.has_body)
        TRY(put_body_frame(txn, sequence, 0, arena, bodies));
    for (size_t i = 0; i < statement.item_count; i++)
        TRY(put_body_frame(txn, sequence, (uint16_t)(i + 1), arena, bodies));
    return ERR_OK;
}

static enum err collect(struct txn *txn, uint64_t from, uint64_t to, struct buffer *leaves,
                        struct buffer *bodies)
{
    AUTO_ARENA struct arena *arena = arena_new();

    for (uint64_t i = from; i < to; i++) {
        TRY(put_frames(txn, i, arena, leaves, bodies));
        arena_reset(arena);
    }
    return ERR_OK;
}

static enum err complete_segment(struct mirror *mirror)
{
    if (fdatasync(mirror->body) != 0)
        return fail_errno(errno, mirror->body_path);
    if (fdatasync(mirror->leaf) != 0)
        return fail_errno(errno, mirror->leaf_path);
    TRY(folder_sync(mirror->folder));
    mirror->leaf_len = mirror->body_len = 0;
    return open_segment(mirror, mirror->size / MIRROR_ENTRIES);
}

/* Appends entries up to `to` of one segment: bodies first, so that each leaf there has them. */
static enum err copy_entries(struct mirror *mirror, struct txn *txn, uint64_t to)
{
    AUTO_BUFFER struct buffer leaves = { 0 }, bodies = { 0 };

    TRY(collect(txn, mirror->size, to, &leaves, &bodies));
    TRY(write_at(mirror->body, mirror->body_path, mirror->body_len, buffer_bytes(&bodies)));
    TRY(write_at(mirror->leaf, mirror->leaf_path, mirror->leaf_len, buffer_bytes(&leaves)));
    mirror->body_len += bodies.len;
    mirror->leaf_len += leaves.len;
    mirror->size = to;
    return to % MIRROR_ENTRIES == 0 ? complete_segment(mirror) : ERR_OK;
}

static uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* The bodies of the whole leaves of a segment, once more: after a crash less may be there. */
static enum err copy_bodies_again(struct mirror *mirror, uint64_t next)
{
    mirror->body_len = 0;
    TRY(cut(mirror->body, mirror->body_path, 0));
    while (next < mirror->size) {
        AUTO_TXN struct txn *txn = NULL;
        AUTO_BUFFER struct buffer leaves = { 0 }, bodies = { 0 };
        uint64_t to = least(next + SLICE, mirror->size);

        TRY(store_begin(&txn, mirror->store));
        TRY(collect(txn, next, to, &leaves, &bodies));
        TRY(write_at(mirror->body, mirror->body_path, mirror->body_len, buffer_bytes(&bodies)));
        mirror->body_len += bodies.len;
        next = to;
    }
    return ERR_OK;
}

/* Where no hint says where the files end, they are read. */
static enum err find_end(struct mirror *mirror, uint64_t segment)
{
    uint64_t first = segment * MIRROR_ENTRIES;

    TRY(open_segment(mirror, segment));
    {
        AUTO_TXN struct txn *txn = NULL;

        TRY(store_begin(&txn, mirror->store));
        TRY(read_segment(mirror, txn, segment));
    }
    TRY(cut(mirror->leaf, mirror->leaf_path, mirror->leaf_len));
    TRY(copy_bodies_again(mirror, first));
    return mirror->size == first + MIRROR_ENTRIES ? complete_segment(mirror) : ERR_OK;
}

/* Over the head that is there, where none of it would remain: a new file and a new name make the disk's own journal longer
 * at every commit. What fits into one sector is there whole or not at all. */
static enum err head_over(const char *path, struct bytes note, bool *written)
{
    int file = note.len > SECTOR ? -1 : open(path, O_WRONLY | O_CLOEXEC);
    struct stat status;
    enum err err = ERR_OK;

    *written = file >= 0 && fstat(file, &status) == 0 && status.st_size > 0 &&
               (uint64_t)status.st_size <= note.len;
    if (*written)
        err = write_at(file, path, 0, note);
    if (file >= 0 && close(file) != 0 && err == ERR_OK)
        err = fail_errno(errno, path);
    return err;
}

static enum err head_new(const char *path, const char *beside, struct bytes note)
{
    int file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, FILE_MODE);
    enum err err;

    if (file < 0)
        return fail_errno(errno, beside);
    err = write_at(file, beside, 0, note);
    if (close(file) != 0 && err == ERR_OK)
        err = fail_errno(errno, beside);
    if (err != ERR_OK)
        return err;
    return rename(beside, path) == 0 ? ERR_OK : fail_errno(errno, path);
}

static enum err write_head(struct mirror *mirror, struct txn *txn)
{
    char *path = path_join(mirror->arena, mirror->folder, "head");
    struct text note;
    bool written;

    TRY(txn_checkpoint(txn, mirror->arena, &note));
    struct bytes bytes = { (const uint8_t *)note.data, note.len };

    TRY(head_over(path, bytes, &written));
    if (!written)
        TRY(head_new(path, path_join(mirror->arena, mirror->folder, "head.new"), bytes));
    return write_hint(mirror);
}

/* ---- catching up ---- */

static enum err check_size(struct mirror *mirror, const struct mirror_head *head)
{
    AUTO_TXN struct txn *txn = NULL;

    TRY(store_begin(&txn, mirror->store));
    return head->checkpoint.size > txn_size(txn)
               ? compare_heads(mirror->arena, txn, &head->checkpoint)
               : ERR_OK;
}

static enum err bring_up(struct mirror *mirror)
{
    struct mirror_head head;
    bool fits, done = false;

    TRY(read_head(mirror->arena, mirror->store, &head));
    TRY(check_size(mirror, &head));
    TRY(follow_hint(mirror, &head, &fits));
    if (!fits)
        TRY(find_end(mirror, last_segment(mirror, head.checkpoint.size / MIRROR_ENTRIES)));
    while (!done) {
        AUTO_TXN struct txn *txn = NULL;
        uint64_t size, end = (mirror->size / MIRROR_ENTRIES + 1) * MIRROR_ENTRIES;

        TRY(store_begin(&txn, mirror->store));
        size = txn_size(txn);
        if (mirror->size < size)
            TRY(copy_entries(mirror, txn, least(least(mirror->size + SLICE, end), size)));
        done = mirror->size >= size;
        if (done && (!fits || head.checkpoint.size != size))
            TRY(write_head(mirror, txn));
    }
    return ERR_OK;
}

/* Another process may be at it; it copies what is ours too. */
static enum err take_lock(struct mirror *mirror)
{
    char *path = path_join(mirror->arena, mirror->folder, "lock");

    mirror->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, FILE_MODE);
    if (mirror->lock < 0)
        return fail_errno(errno, path);
    for (int waited = 0; flock(mirror->lock, LOCK_EX | LOCK_NB) != 0; waited += STEP_MS) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return fail_errno(errno, path);
        if (waited >= WAIT_MS)
            return fail(ERR_BUSY,
                        N_("Another session is copying the journal into its files. The change "
                           "is saved; the files follow with the next one."));
        nanosleep(&(struct timespec){ .tv_nsec = STEP_MS * 1000000L }, NULL);
    }
    return ERR_OK;
}

enum err mirror_catch_up(struct store *store)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct mirror mirror = {
        .store = store, .arena = arena, .lock = -1, .leaf = -1, .body = -1
    };
    enum err err;

    mirror.folder = path_join(arena, store_folder(store), "journal");
    err = take_lock(&mirror);
    if (err == ERR_OK)
        err = bring_up(&mirror);
    close_files(&mirror);
    if (mirror.lock >= 0)
        close(mirror.lock);
    return err;
}
