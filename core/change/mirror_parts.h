/* What writing and reading a mirror's files share. Nothing else includes it. */
#ifndef TIDEWAITER_CORE_CHANGE_MIRROR_PARTS_H
#define TIDEWAITER_CORE_CHANGE_MIRROR_PARTS_H

#include "core/change/mirror.h"

char *mirror_segment(struct arena *arena, const char *folder, uint64_t segment,
                     const char *kind); /* its path */

/* A file that is read from its beginning. */
struct stream {
    int file; /* -1: none */
    bool end;
    enum err err;
    const char *path;
    struct buffer buffer;
    size_t offset;
};
enum err mirror_stream_open(struct stream *stream, const char *path); /* the path is borrowed */
void mirror_stream_close(struct stream *stream);
#define AUTO_STREAM __attribute__((cleanup(mirror_stream_close)))
bool mirror_stream_leaf(struct stream *stream, struct bytes *leaf); /* until the next call */
bool mirror_leaf_is(struct bytes data, uint64_t sequence);

#endif
