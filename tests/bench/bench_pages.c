#include "tests/bench/bench_pages.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/memory.h"

/* As pages.c of the store has it: 16 bytes before the places of the nodes, 8 before a node's key. */
enum { PAGE = 4096, HEADER = 16, NODE = 8, FACTS = 48, BRANCH = 1 };
/* The regions of the file (lmdb.c), from 1. */
static const char letters[] = "IPRTLC";

struct pages {
    char path[512];
    uint8_t *kept; /* one byte for each page: it has a place */
    size_t room;
    uint8_t *now;
    const uint8_t *map;
    size_t len;
};

static uint64_t get(const uint8_t *at, size_t size)
{
    uint64_t number = 0;

    memcpy(&number, at, size); /* little-endian, as the machine that measures */
    return number;
}

static bool is_new(struct pages *pages, uint64_t page)
{
    pages->now[page] = 1;
    return page >= pages->room || pages->kept[page] == 0;
}

static void take_leaf(struct pages *pages, uint64_t page, bool free_list,
                      double taken[BENCH_PAGES])
{
    const uint8_t *at = pages->map + page * PAGE, *node = at + get(at + HEADER, 2);
    size_t region = node[NODE];

    if (is_new(pages, page) && (free_list || (region >= 1 && region <= BENCH_TREES)))
        taken[free_list ? BENCH_FREE : region - 1]++;
}

/* Leaves that are not new are not looked into: they are read from the disk only where they must be. */
static void take(struct pages *pages, uint64_t page, unsigned levels, bool free_list,
                 double taken[BENCH_PAGES])
{
    const uint8_t *at = pages->map + page * PAGE;

    if (page == UINT64_MAX || levels == 0 || (page + 1) * PAGE > pages->len)
        return;
    if (levels == 1) {
        if (page < pages->room && pages->kept[page] == 1)
            pages->now[page] = 1;
        else
            take_leaf(pages, page, free_list, taken);
        return;
    }
    if (is_new(pages, page))
        taken[free_list ? BENCH_FREE : BENCH_ABOVE]++;
    for (size_t i = 0; i < (get(at + 12, 2) - HEADER) / 2; i++) {
        const uint8_t *node = at + get(at + HEADER + 2 * i, 2);

        take(pages, get(node, 2) | get(node + 2, 2) << 16 | get(node + 4, 2) << 32, levels - 1,
             free_list, taken);
    }
}

static void take_tree(struct pages *pages, const uint8_t *facts, bool free_list,
                      double taken[BENCH_PAGES])
{
    take(pages, get(facts + 40, 8), (unsigned)get(facts + 6, 2), free_list, taken);
}

void pages_look(struct pages *pages, double taken[BENCH_PAGES])
{
    int file = open(pages->path, O_RDONLY);
    struct stat status;

    if (file < 0 || fstat(file, &status) != 0)
        abort();
    pages->len = (size_t)status.st_size;
    pages->map = mmap(NULL, pages->len, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (pages->map == MAP_FAILED)
        abort();
    const uint8_t *first = pages->map + HEADER, *second = first + PAGE;
    const uint8_t *head = get(first + 128, 8) > get(second + 128, 8) ? first : second;

    pages->now = memory_new(pages->len / PAGE);
    take_tree(pages, head + 24, true, taken);
    take_tree(pages, head + 24 + FACTS, false, taken);
    free(pages->kept);
    pages->kept = pages->now;
    pages->room = pages->len / PAGE;
    munmap((void *)(uintptr_t)pages->map, pages->len);
}

struct pages *pages_open(const char *folder)
{
    struct pages *pages = memory_new(sizeof *pages);
    double none[BENCH_PAGES] = { 0 };

    snprintf(pages->path, sizeof pages->path, "%s/data.mdb", folder);
    pages_look(pages, none);
    return pages;
}

void pages_free(struct pages *pages)
{
    free(pages->kept);
    free(pages);
}

void pages_print(char *out, size_t room, const double taken[BENCH_PAGES], double times)
{
    size_t len = 0;

    for (size_t i = 0; i < BENCH_TREES; i++)
        if (taken[i] > 0)
            len += (size_t)snprintf(out + len, room - len, "%c %.1f, ", letters[i],
                                    taken[i] / times);
    snprintf(out + len, room - len, "above them %.1f, free %.1f", taken[BENCH_ABOVE] / times,
             taken[BENCH_FREE] / times);
}
