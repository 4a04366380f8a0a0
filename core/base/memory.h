/* Memory: text and bytes as values, arenas that free by owner, buffers that grow.
 *
 * A `struct text` or `struct bytes` never owns what it points to. What an arena hands out lives
 * until the arena is freed or reset; records decoded into an arena point into it. A buffer owns
 * its bytes. Memory that cannot be had ends the program cleanly (exit 71, a sentence on
 * standard error, the terminal restored by the hook below): every commit is whole or absent and
 * drafts are files, so nothing that was called saved is lost.
 */
#ifndef TIDEWAITER_CORE_BASE_MEMORY_H
#define TIDEWAITER_CORE_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* UTF-8, not ended by NUL as a rule. data == NULL: absent; len == 0 with data: empty, a
 * value. */
struct text {
    const char *data;
    size_t len;
};

struct bytes {
    const uint8_t *data;
    size_t len;
};

#define TEXT(literal) ((struct text){ literal "", sizeof(literal) - 1 })
struct text text_of(const char *string); /* NULL gives absent */
static inline bool text_present(struct text t)
{
    return t.data != NULL;
}
static inline bool text_empty(struct text t)
{
    return t.len == 0;
}
bool text_equal(struct text a, struct text b); /* bytes; absent equals absent only */
bool text_is(struct text a, const char *string);
int text_compare(struct text a, struct text b); /* bytes, shorter first, absent first */
bool text_starts(struct text a, struct text prefix);
/* The part before the first `separator`; *rest becomes what follows it (absent at the end). */
struct text text_split(struct text t, char separator, struct text *rest);
struct text text_trim(struct text t); /* ASCII space and tab at both ends */
bool text_is_utf8(struct text t);     /* strict: no overlong, no surrogate */
/* Full-width forms (U+FF01..FF5E, U+3000) to ASCII for the parsers of dates and numbers,
 * trimmed; the rest as it is. False: longer than `room`. */
bool text_narrow(char *out, size_t room, struct text t, size_t *len);

struct arena;
struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is allowed */
void arena_reset(struct arena *arena);
void *arena_alloc(struct arena *arena, size_t size); /* zeroed, aligned for any type */
void *arena_array(struct arena *arena, size_t count,
                  size_t size); /* overflow ends the program */
void *arena_copy(struct arena *arena, const void *data, size_t size);
struct text arena_text(struct arena *arena, struct text t); /* copy, also ended by a NUL */
char *arena_string(struct arena *arena,
                   struct text t); /* the same as a C string; absent: NULL */
struct text arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

struct buffer {
    uint8_t *data;
    size_t len;
    size_t capacity;
};
void buffer_free(struct buffer *buffer);
void buffer_clear(struct buffer *buffer); /* keeps the memory */
/* Room for `size` more bytes at data[len]; len stays, the writer adds what it wrote. */
uint8_t *buffer_reserve(struct buffer *buffer, size_t size);
void buffer_put(struct buffer *buffer, const void *data, size_t size); /* not of itself */
void buffer_byte(struct buffer *buffer, uint8_t byte);
void buffer_u16(struct buffer *buffer, uint16_t number); /* big-endian, as all of ours */
void buffer_u24(struct buffer *buffer, uint32_t number);
void buffer_u32(struct buffer *buffer, uint32_t number);
void buffer_u64(struct buffer *buffer, uint64_t number);
void buffer_text(struct buffer *buffer, struct text t);
void buffer_string(struct buffer *buffer, const char *string);
void buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static inline struct bytes buffer_bytes(const struct buffer *b)
{
    return (struct bytes){ b->data, b->len };
}
static inline struct text buffer_as_text(const struct buffer *b)
{
    return (struct text){ b->data ? (const char *)b->data : "", b->len };
}

uint16_t read_u16(const uint8_t *p);
uint32_t read_u24(const uint8_t *p);
uint32_t read_u32(const uint8_t *p);
uint64_t read_u64(const uint8_t *p);
void write_u64(uint8_t *p, uint64_t number);
void write_u32(uint8_t *p, uint32_t number);

/* malloc, realloc and strdup that end the program when memory cannot be had. */
void *memory_new(size_t size); /* zeroed */
void *memory_grow(void *data, size_t size);
char *memory_string(struct text t); /* absent: NULL */
/* Called once before the program ends for want of memory; it must not allocate. */
void memory_on_exhaustion(void (*hook)(void *context), void *context);

#define AUTO_ARENA __attribute__((cleanup(arena_cleanup_)))
#define AUTO_BUFFER __attribute__((cleanup(buffer_free)))
static inline void arena_cleanup_(struct arena **arena)
{
    arena_free(*arena);
}

#endif
