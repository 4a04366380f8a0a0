#include "core/base/memory.h"

#include <assert.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/seams.h"

/* The end for want of memory */

enum { EXIT_NO_MEMORY = 71 };

static void (*exhaustion_hook)(void *context);
static void *exhaustion_context;

void memory_on_exhaustion(void (*hook)(void *context), void *context)
{
    exhaustion_hook = hook;
    exhaustion_context = context;
}

/* Both languages, because catalogues stand above this floor and nothing may be allocated. */
_Noreturn static void end_without_memory(void)
{
    static const char sentence[] =
        "tidewaiter: 記憶體不足，程式現在結束。已儲存的資料沒有遺失。\n"
        "tidewaiter: No memory is left, so the program ends now. What was saved is not lost.\n";

    if (exhaustion_hook)
        exhaustion_hook(exhaustion_context);
    if (write(STDERR_FILENO, sentence, sizeof(sentence) - 1) < 0)
        _exit(EXIT_NO_MEMORY);
    _exit(EXIT_NO_MEMORY);
}

void *memory_grow(void *data, size_t size)
{
    void *grown = seams()->allocate(data, size > 0 ? size : 1);

    if (!grown)
        end_without_memory();
    return grown;
}

void *memory_new(size_t size)
{
    return memset(memory_grow(NULL, size), 0, size);
}

char *memory_string(struct text t)
{
    if (!t.data)
        return NULL;
    if (t.len == SIZE_MAX)
        end_without_memory();
    char *string = memory_grow(NULL, t.len + 1);

    memcpy(string, t.data, t.len);
    string[t.len] = '\0';
    return string;
}

/* Text */

struct text text_of(const char *string)
{
    return (struct text){ string, string ? strlen(string) : 0 };
}

bool text_equal(struct text a, struct text b)
{
    if (!a.data || !b.data)
        return a.data == b.data;
    return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
}

bool text_is(struct text a, const char *string)
{
    return text_equal(a, text_of(string));
}

int text_compare(struct text a, struct text b)
{
    if (!a.data || !b.data)
        return (a.data != NULL) - (b.data != NULL);
    int order = memcmp(a.data, b.data, a.len < b.len ? a.len : b.len);

    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

bool text_starts(struct text a, struct text prefix)
{
    return prefix.len == 0 ||
           (a.len >= prefix.len && memcmp(a.data, prefix.data, prefix.len) == 0);
}

struct text text_split(struct text t, char separator, struct text *rest)
{
    const char *at = t.len > 0 ? memchr(t.data, separator, t.len) : NULL;

    if (!at) {
        *rest = (struct text){ 0 };
        return t;
    }
    size_t len = (size_t)(at - t.data);

    *rest = (struct text){ at + 1, t.len - len - 1 };
    return (struct text){ t.data, len };
}

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

struct text text_trim(struct text t)
{
    while (t.len > 0 && blank(t.data[0]))
        t = (struct text){ t.data + 1, t.len - 1 };
    while (t.len > 0 && blank(t.data[t.len - 1]))
        t.len--;
    return t;
}

/* Bytes of the character at p, 0 where it is not well formed (Unicode, table 3-7). */
static size_t utf8_character(const uint8_t *p, size_t len)
{
    uint8_t first = p[0], low = 0x80, high = 0xBF;
    size_t size;

    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        size = 2;
    else if (first >= 0xE0 && first <= 0xEF)
        size = 3;
    else if (first >= 0xF0 && first <= 0xF4)
        size = 4;
    else
        return 0;
    if (first == 0xE0)
        low = 0xA0;
    else if (first == 0xED)
        high = 0x9F;
    else if (first == 0xF0)
        low = 0x90;
    else if (first == 0xF4)
        high = 0x8F;
    if (len < size || p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < size; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return size;
}

bool text_is_utf8(struct text t)
{
    const uint8_t *p = (const uint8_t *)t.data;
    size_t left = t.len;

    while (left > 0) {
        uint64_t word;

        /* Most stored text is codes and numbers: eight ASCII bytes at once. */
        if (left >= sizeof(word)) {
            memcpy(&word, p, sizeof(word));
            if ((word & UINT64_C(0x8080808080808080)) == 0) {
                p += sizeof(word);
                left -= sizeof(word);
                continue;
            }
        }
        size_t size = utf8_character(p, left);

        if (size == 0)
            return false;
        p += size;
        left -= size;
    }
    return true;
}

/* The ASCII byte of a full-width form of three bytes, 0 where it is none. */
static char narrow_character(const char *data, size_t len)
{
    const uint8_t *p = (const uint8_t *)data;

    if (len < 3)
        return 0;
    if (p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80)
        return ' ';
    if (p[0] == 0xEF && p[1] == 0xBC && p[2] >= 0x81 && p[2] <= 0xBF)
        return (char)(p[2] - 0x81 + 0x21);
    if (p[0] == 0xEF && p[1] == 0xBD && p[2] >= 0x80 && p[2] <= 0x9E)
        return (char)(p[2] - 0x80 + 0x60);
    return 0;
}

bool text_narrow(char *out, size_t room, struct text t, size_t *len)
{
    size_t used = 0, skipped = 0;

    for (size_t i = 0; i < t.len;) {
        char narrow = narrow_character(t.data + i, t.len - i);

        if (used == room)
            return false;
        out[used++] = narrow ? narrow : t.data[i];
        i += narrow ? 3 : 1;
    }
    while (used > 0 && blank(out[used - 1]))
        used--;
    while (skipped < used && blank(out[skipped]))
        skipped++;
    if (used > 0)
        memmove(out, out + skipped, used - skipped);
    *len = used - skipped;
    return true;
}

/* Arenas: blocks that double, freed together; a reset keeps the newest, which is the
 * largest. */

enum { ARENA_FIRST = 4096 - 64, ARENA_LARGEST = 1 << 20 };

struct block {
    struct block *before;
    size_t size;
    size_t used;
    alignas(max_align_t) uint8_t data[];
};

struct arena {
    struct block *newest;
};

static void block_new(struct arena *arena, size_t needed)
{
    size_t size = arena->newest ? arena->newest->size * 2 : ARENA_FIRST;

    if (size > ARENA_LARGEST)
        size = ARENA_LARGEST;
    if (size < needed)
        size = needed;
    if (size > SIZE_MAX - sizeof(struct block))
        end_without_memory();
    struct block *block = memory_grow(NULL, sizeof(struct block) + size);

    block->before = arena->newest;
    block->size = size;
    block->used = 0;
    arena->newest = block;
}

static void blocks_free(struct block *block)
{
    while (block) {
        struct block *before = block->before;

        free(block);
        block = before;
    }
}

struct arena *arena_new(void)
{
    return memory_new(sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    blocks_free(arena->newest);
    free(arena);
}

void arena_reset(struct arena *arena)
{
    if (!arena->newest)
        return;
    blocks_free(arena->newest->before);
    arena->newest->before = NULL;
    arena->newest->used = 0;
}

static void *arena_take(struct arena *arena, size_t size)
{
    size_t mask = alignof(max_align_t) - 1;

    if (size > SIZE_MAX / 2)
        end_without_memory();
    size = (size + mask) & ~mask;
    if (!arena->newest || arena->newest->size - arena->newest->used < size)
        block_new(arena, size);
    void *data = arena->newest->data + arena->newest->used;

    arena->newest->used += size;
    return data;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return memset(arena_take(arena, size), 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size > 0 && count > SIZE_MAX / size)
        end_without_memory();
    return arena_alloc(arena, count * size);
}

void *arena_copy(struct arena *arena, const void *data, size_t size)
{
    void *copy = arena_take(arena, size);

    return size > 0 ? memcpy(copy, data, size) : copy;
}

struct text arena_text(struct arena *arena, struct text t)
{
    return (struct text){ arena_string(arena, t), t.len };
}

char *arena_string(struct arena *arena, struct text t)
{
    if (!t.data)
        return NULL;
    if (t.len == SIZE_MAX)
        end_without_memory();
    char *string = arena_take(arena, t.len + 1);

    memcpy(string, t.data, t.len);
    string[t.len] = '\0';
    return string;
}

struct text arena_printf(struct arena *arena, const char *format, ...)
{
    va_list list, again;

    va_start(list, format);
    va_copy(again, list);
    int len = vsnprintf(NULL, 0, format, list);

    va_end(list);
    assert(len >= 0);
    char *string = arena_take(arena, (size_t)len + 1);

    vsnprintf(string, (size_t)len + 1, format, again);
    va_end(again);
    return (struct text){ string, (size_t)len };
}

/* Buffers */

enum { BUFFER_FIRST = 128 };

void buffer_free(struct buffer *buffer)
{
    free(buffer->data);
    *buffer = (struct buffer){ 0 };
}

void buffer_clear(struct buffer *buffer)
{
    buffer->len = 0;
}

uint8_t *buffer_reserve(struct buffer *buffer, size_t size)
{
    if (buffer->capacity - buffer->len < size) {
        size_t capacity = buffer->capacity > 0 ? buffer->capacity : BUFFER_FIRST;

        if (size > SIZE_MAX / 2 - buffer->len)
            end_without_memory();
        while (capacity - buffer->len < size)
            capacity *= 2;
        buffer->data = memory_grow(buffer->data, capacity);
        buffer->capacity = capacity;
    }
    return buffer->data ? buffer->data + buffer->len : NULL;
}

void buffer_put(struct buffer *buffer, const void *data, size_t size)
{
    if (size == 0)
        return;
    memcpy(buffer_reserve(buffer, size), data, size);
    buffer->len += size;
}

void buffer_byte(struct buffer *buffer, uint8_t byte)
{
    *buffer_reserve(buffer, 1) = byte;
    buffer->len++;
}

/* The `size` low bytes of a number, the highest first. */
static void put_number(struct buffer *buffer, uint64_t number, size_t size)
{
    uint8_t bytes[8];

    write_u64(bytes, number);
    buffer_put(buffer, bytes + sizeof(bytes) - size, size);
}

void buffer_u16(struct buffer *buffer, uint16_t number)
{
    put_number(buffer, number, 2);
}

void buffer_u24(struct buffer *buffer, uint32_t number)
{
    assert(number < UINT32_C(1) << 24);
    put_number(buffer, number, 3);
}

void buffer_u32(struct buffer *buffer, uint32_t number)
{
    put_number(buffer, number, 4);
}

void buffer_u64(struct buffer *buffer, uint64_t number)
{
    put_number(buffer, number, 8);
}

void buffer_text(struct buffer *buffer, struct text t)
{
    buffer_put(buffer, t.data, t.len);
}

void buffer_string(struct buffer *buffer, const char *string)
{
    buffer_put(buffer, string, strlen(string));
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list list, again;

    va_start(list, format);
    va_copy(again, list);
    int len = vsnprintf(NULL, 0, format, list);

    va_end(list);
    assert(len >= 0);
    vsnprintf((char *)buffer_reserve(buffer, (size_t)len + 1), (size_t)len + 1, format, again);
    va_end(again);
    buffer->len += (size_t)len;
}

/* Big-endian numbers */

uint16_t read_u16(const uint8_t *p)
{
    return (uint16_t)(p[0] << 8 | p[1]);
}

uint32_t read_u24(const uint8_t *p)
{
    return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

uint32_t read_u32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | read_u24(p + 1);
}

uint64_t read_u64(const uint8_t *p)
{
    return (uint64_t)read_u32(p) << 32 | read_u32(p + 4);
}

void write_u32(uint8_t *p, uint32_t number)
{
    p[0] = (uint8_t)(number >> 24);
    p[1] = (uint8_t)(number >> 16);
    p[2] = (uint8_t)(number >> 8);
    p[3] = (uint8_t)number;
}

void write_u64(uint8_t *p, uint64_t number)
{
    write_u32(p, (uint32_t)(number >> 32));
    write_u32(p + 4, (uint32_t)number);
}
