/* Reading a mirror's files (declared in mirror.h and mirror_parts.h). */
#include "core/change/mirror_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/seams.h"

enum { READ_STEP = 1 << 20 };

char *mirror_segment(struct arena *arena, const char *folder, uint64_t segment,
                     const char *kind)
{
    char name[32];

    snprintf(name, sizeof(name), "%06" PRIu64 ".%s", segment, kind);
    return path_join(arena, folder, name);
}

void mirror_stream_close(struct stream *stream)
{
    if (stream->file >= 0)
        close(stream->file);
    buffer_free(&stream->buffer);
    stream->file = -1;
}

enum err mirror_stream_open(struct stream *stream, const char *path)
{
    *stream = (struct stream){ .path = path };
    stream->file = open(path, O_RDONLY | O_CLOEXEC);
    return stream->file < 0 ? fail_errno(errno, path) : ERR_OK;
}

/* More behind what is not yet used, which moves to the front. False: nothing more. */
static bool stream_more(struct stream *stream)
{
    struct buffer *buffer = &stream->buffer;
    ssize_t got;

    if (stream->end)
        return false;
    if (stream->offset > 0)
        memmove(buffer->data, buffer->data + stream->offset, buffer->len - stream->offset);
    buffer->len -= stream->offset;
    stream->offset = 0;
    do
        got = read(stream->file, buffer_reserve(buffer, READ_STEP), READ_STEP);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        stream->err = fail_errno(errno, stream->path);
    stream->end = got <= 0;
    if (got > 0)
        buffer->len += (size_t)got;
    return got > 0;
}

bool mirror_stream_leaf(struct stream *stream, struct bytes *leaf)
{
    while (!mirror_next_leaf(buffer_bytes(&stream->buffer), &stream->offset, leaf))
        if (!stream_more(stream))
            return false;
    return true;
}

struct body_frame {
    bool present;
    uint64_t sequence;
    uint16_t n;
    struct bytes body;
};

static void stream_body(struct stream *stream, struct body_frame *frame)
{
    while (!mirror_next_body(buffer_bytes(&stream->buffer), &stream->offset, &frame->sequence,
                             &frame->n, &frame->body))
        if (!stream_more(stream)) {
            frame->present = false;
            return;
        }
    frame->present = true;
}

static enum err out_of_order(const char *path, uint64_t sequence)
{
    return fail(ERR_DAMAGED,
                N_("The journal file %s is damaged at entry %llu. Restore it from a "
                   "backup; the entries before it are whole."),
                path, (unsigned long long)sequence);
}

/* The bodies of an entry, copied, because reading on moves what was read. */
static enum err take_bodies(struct mirror_entry *entry, struct stream *bodies,
                            struct body_frame *next, struct arena *arena)
{
    entry->body_count = 0;
    while (next->present && next->sequence == entry->sequence) {
        if (entry->body_count > STATEMENT_ITEMS)
            return out_of_order(bodies->path, entry->sequence);
        entry->bodies[entry->body_count].n = next->n;
        entry->bodies[entry->body_count++].body =
            (struct bytes){ arena_copy(arena, next->body.data, next->body.len),
                            next->body.len };
        stream_body(bodies, next);
    }
    if (next->present && next->sequence < entry->sequence)
        return out_of_order(bodies->path, entry->sequence);
    return bodies->err;
}

bool mirror_leaf_is(struct bytes data, uint64_t sequence)
{
    struct leaf leaf;

    return leaf_decode(&leaf, data) == ERR_OK && leaf.sequence == sequence;
}

static enum err walk_segment(struct stream *leaves, struct stream *bodies, uint64_t *sequence,
                             enum err (*each)(const struct mirror_entry *entry, void *context),
                             void *context)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct mirror_entry *entry = memory_new(sizeof(*entry));
    struct body_frame next;
    enum err err = ERR_OK;

    stream_body(bodies, &next);
    while (err == ERR_OK && mirror_stream_leaf(leaves, &entry->leaf)) {
        entry->sequence = *sequence;
        if (!mirror_leaf_is(entry->leaf, *sequence))
            err = out_of_order(leaves->path, *sequence);
        else
            err = take_bodies(entry, bodies, &next, arena);
        if (err == ERR_OK)
            err = each(entry, context);
        arena_reset(arena);
        ++*sequence;
    }
    free(entry);
    return err == ERR_OK ? leaves->err : err;
}

enum err mirror_walk(const char *journal_folder,
                     enum err (*each)(const struct mirror_entry *entry, void *context),
                     void *context)
{
    uint64_t sequence = 0;

    for (uint64_t segment = 0;; segment++) {
        AUTO_ARENA struct arena *arena = arena_new();
        AUTO_STREAM struct stream leaves = { .file = -1 }, bodies = { .file = -1 };
        char *path = mirror_segment(arena, journal_folder, segment, "leaf");

        if (segment > 0 && !file_exists(path))
            return ERR_OK;
        if (sequence != segment * MIRROR_ENTRIES)
            return out_of_order(path, sequence);
        TRY(mirror_stream_open(&leaves, path));
        TRY(mirror_stream_open(&bodies,
                               mirror_segment(arena, journal_folder, segment, "body")));
        TRY(walk_segment(&leaves, &bodies, &sequence, each, context));
    }
}
