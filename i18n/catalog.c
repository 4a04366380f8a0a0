#include "i18n/catalog.h"

#include <string.h>

/* Made by embed.sh from i18n/po/zh_HK.po. */
extern const unsigned char catalog_image[];
extern const size_t catalog_image_size;

/* The head of a .mo file: magic, revision, number of strings, offsets of the two tables. A table
 * has a row of length and offset for each string, and ids are in the order of their bytes. */
enum { HEAD = 20, ROW = 8, AT_REVISION = 4, AT_COUNT = 8, AT_IDS = 12, AT_TEXTS = 16 };

struct catalog {
    struct bytes image;
    bool big_endian;
    uint32_t count;
    uint32_t ids;
    uint32_t texts;
};

static uint32_t number_at(const struct catalog *catalog, size_t offset)
{
    const uint8_t *p = catalog->image.data + offset;

    if (catalog->big_endian)
        return read_u32(p);
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static bool fits(const struct catalog *catalog, uint64_t offset, uint64_t size)
{
    return offset <= catalog->image.len && size <= catalog->image.len - offset;
}

static bool catalog_open(struct catalog *catalog, struct bytes image)
{
    static const uint8_t little[] = { 0xDE, 0x12, 0x04, 0x95 },
                         big[] = { 0x95, 0x04, 0x12, 0xDE };

    *catalog = (struct catalog){ .image = image };
    if (image.len < HEAD)
        return false;
    catalog->big_endian = memcmp(image.data, big, sizeof(big)) == 0;
    if (!catalog->big_endian && memcmp(image.data, little, sizeof(little)) != 0)
        return false;
    if (number_at(catalog, AT_REVISION) >> 16 > 1)
        return false;
    catalog->count = number_at(catalog, AT_COUNT);
    catalog->ids = number_at(catalog, AT_IDS);
    catalog->texts = number_at(catalog, AT_TEXTS);
    return fits(catalog, catalog->ids, (uint64_t)catalog->count * ROW) &&
           fits(catalog, catalog->texts, (uint64_t)catalog->count * ROW);
}

/* The string of a row, which a NUL inside the image must end; NULL where it does not. */
static const char *string_at(const struct catalog *catalog, uint32_t table, uint32_t row)
{
    size_t at = (size_t)table + (size_t)row * ROW;
    uint64_t len = number_at(catalog, at);
    uint64_t offset = number_at(catalog, at + 4);

    if (!fits(catalog, offset, len + 1) || catalog->image.data[offset + len] != '\0')
        return NULL;
    return (const char *)catalog->image.data + offset;
}

const char *catalog_find_in(struct bytes image, const char *id)
{
    struct catalog catalog;

    /* The empty id is the catalogue's own head. */
    if (*id == '\0' || !catalog_open(&catalog, image))
        return NULL;
    uint32_t low = 0, high = catalog.count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const char *each = string_at(&catalog, catalog.ids, middle);

        if (!each)
            return NULL;
        int order = strcmp(id, each);

        if (order == 0) {
            const char *text = string_at(&catalog, catalog.texts, middle);

            return text && *text ? text : NULL;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *catalog_find(const char *id)
{
    return catalog_find_in((struct bytes){ catalog_image, catalog_image_size }, id);
}
