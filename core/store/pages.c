/* The pages that the library below keeps the entries in, read without it (declared in store.h).
 *
 * File: pages of one size; 0 and 1 are the heads of the two newest commits. A page = number u64 | 2 unused |
 * kind u16 | end of the places u16 | begin of the nodes u16 | places u16 each … nodes; a node = 2 × u16 (length of
 * the value, or page number) | flags u16 | length of the key u16 | key | value or the first of the pages
 * that hold it. All in the machine's own order of bytes.
 */
#include "core/store/inside.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/seams.h"

enum { HEADER = 16, NODE = 8, PLACE = 2, FACTS = 48, META = 24 + 2 * FACTS + 16, LEVELS = 32 };
enum { KIND_BRANCH = 1, KIND_LEAF = 2, KIND_LONG = 4, KIND_HEAD = 8 };
enum { NODE_LONG = 1, NODE_TREE = 2 };
enum { FREE_TREE, KEYS_TREE, ALL_TREES };
enum { PAGE_LEAST = 512, PAGE_MOST = 65536, SLICE_MS = 100, ROUNDS = 3, TRIES = 5 };
static const uint32_t magic = 0xBEEFC0DE;
static const uint64_t no_page = UINT64_MAX;

/* What a head says of a tree. */
struct facts {
    uint32_t pad; /* of the first tree: the size of a page */
    uint16_t flags, depth;
    uint64_t branches, leaves, longs, entries, root;
};

struct checker {
    struct store *store;
    int file;
    void (*fault)(const struct message *message, void *context);
    void *context;
    uint64_t faults, pages;
    size_t size;     /* of a page */
    uint64_t commit; /* whose pages are read */
    uint64_t last;   /* page */
    struct facts trees[ALL_TREES];
    uint8_t *seen; /* a bit for each page */
    uint64_t seen_count;
    bool whole;      /* no commit came since this round began */
    uint8_t *levels; /* a page for each */
    int tree;        /* that is being checked */
    struct facts counted;
    struct buffer resume; /* the first key of the next slice; empty: the tree's first */
    int64_t until_ms;
    bool pause;
};

static uint16_t get16(const uint8_t *p)
{
    uint16_t number;

    memcpy(&number, p, sizeof number);
    return number;
}

static uint64_t get64(const uint8_t *p)
{
    uint64_t number;

    memcpy(&number, p, sizeof number);
    return number;
}

static void bad(struct checker *c, uint64_t page, const char *what)
{
    struct message message;

    message_set(
        &message,
        N_("The database file is damaged at page %llu (%s). Stop working with the store: "
           "restore it from a backup, or rebuild it from the journal."),
        (unsigned long long)page, what);
    c->faults++;
    c->fault(&message, c->context);
}

static bool read_at(const struct checker *c, void *out, size_t size, uint64_t at)
{
    return pread(c->file, out, size, (off_t)at) == (ssize_t)size;
}

/* Takes a page into account. False: it has another place already, or cannot be one. */
static bool take_page(struct checker *c, uint64_t number)
{
    uint8_t bit = (uint8_t)(1 << number % 8);

    if (number < 2 || number > c->last || c->seen[number / 8] & bit)
        return false;
    c->seen[number / 8] |= bit;
    c->seen_count++;
    return true;
}

static int compare(const struct checker *c, struct bytes a, struct bytes b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order;

    if (c->tree == FREE_TREE && a.len == 8 && b.len == 8)
        return (get64(a.data) > get64(b.data)) - (get64(a.data) < get64(b.data));
    order = len > 0 ? memcmp(a.data, b.data, len) : 0;
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* ---- nodes ---- */

struct node {
    uint16_t flags;
    struct bytes key;
    uint64_t child; /* of a branch */
    uint64_t len;   /* of the value */
    const uint8_t *value;
    size_t size;
};

static bool read_node(const struct checker *c, const uint8_t *page, bool leaf, size_t i,
                      struct node *node)
{
    size_t at = get16(page + HEADER + PLACE * i), begin = get16(page + 14), inside;

    if (at < begin || at % 2 != 0 || at + NODE > c->size)
        return false;
    uint64_t low = get16(page + at), high = get16(page + at + 2), flags = get16(page + at + 4);

    node->flags = leaf ? (uint16_t)flags : 0;
    node->key = (struct bytes){ page + at + NODE, get16(page + at + 6) };
    node->len = low | high << 16;
    node->child = low | high << 16 | flags << 32;
    node->value = node->key.data + node->key.len;
    inside = !leaf ? 0 : node->flags & NODE_LONG ? sizeof(uint64_t) : (size_t)node->len;
    node->size = (NODE + node->key.len + inside + 1) & ~(size_t)1;
    return inside <= c->size && at + node->size <= c->size && node->key.len <= KEY_LIMIT &&
           !(node->flags & ~(NODE_LONG | NODE_TREE));
}

/* Nodes fill what they say that they fill, and none lies over another. */
static bool nodes_fit(const struct checker *c, const uint8_t *page, bool leaf, size_t count)
{
    uint8_t taken[PAGE_MOST / 2]; /* nodes lie at even places */
    size_t sum = 0;
    struct node node;

    memset(taken, 0, c->size / 2);
    for (size_t i = 0; i < count; i++) {
        if (!read_node(c, page, leaf, i, &node))
            return false;
        uint8_t *first = taken + get16(page + HEADER + PLACE * i) / 2;

        if (memchr(first, 1, node.size / 2))
            return false;
        memset(first, 1, node.size / 2);
        sum += node.size;
    }
    return sum == c->size - get16(page + 14);
}

static bool keys_fit(const struct checker *c, const uint8_t *page, bool leaf, size_t count,
                     struct bytes low, struct bytes high)
{
    struct bytes before = low;
    struct node node;

    for (size_t i = leaf ? 0 : 1; i < count; i++) {
        read_node(c, page, leaf, i, &node);
        int order = compare(c, before, node.key);

        if (node.key.len == 0 || (c->tree == FREE_TREE && node.key.len != 8) || order > 0 ||
            (order == 0 && !(leaf && i == 0 && low.len > 0)) ||
            (high.len > 0 && compare(c, node.key, high) >= 0))
            return false;
        before = node.key;
    }
    return true;
}

/* ---- values ---- */

static bool take_long_value(struct checker *c, const struct node *node, uint64_t *at)
{
    uint64_t number = get64(node->value), need = (HEADER + node->len + c->size - 1) / c->size;
    uint8_t header[HEADER];
    uint32_t pages;

    if (number < 2 || number > c->last || !read_at(c, header, sizeof header, number * c->size))
        return false;
    memcpy(&pages, header + 12, sizeof pages);
    if (get64(header) != number || get16(header + 10) != KIND_LONG || pages < need ||
        number + pages - 1 > c->last)
        return false;
    for (uint64_t i = 0; i < pages; i++)
        if (!take_page(c, number + i))
            return false;
    c->counted.longs += pages;
    *at = number * c->size + HEADER;
    return true;
}

/* Pages listed as free have no other place. */
static bool take_free(struct checker *c, const uint8_t *ids, uint64_t len)
{
    uint64_t count = len >= 8 ? get64(ids) : 0;

    if (len < 8 || count > len / 8 - 1)
        return false;
    for (uint64_t i = 1; i <= count; i++) {
        if (i > 1 && get64(ids + 8 * i) >= get64(ids + 8 * (i - 1)))
            return false;
        if (!take_page(c, get64(ids + 8 * i)))
            return false;
    }
    return true;
}

static bool value_fits(struct checker *c, const struct node *node)
{
    uint64_t at = 0;
    bool good;

    if (node->flags & NODE_TREE)
        return false;
    if (node->flags & NODE_LONG && !take_long_value(c, node, &at))
        return false;
    if (c->tree != FREE_TREE)
        return true;
    if (!(node->flags & NODE_LONG)) {
        uint8_t *copy =
            memory_new((size_t)node->len + 1); /* nodes are even, numbers want more */

        memcpy(copy, node->value, (size_t)node->len);
        good = take_free(c, copy, node->len);
        free(copy);
        return good;
    }
    uint8_t *ids = memory_new((size_t)node->len);

    good = read_at(c, ids, (size_t)node->len, at) && take_free(c, ids, node->len);
    free(ids);
    return good;
}

/* ---- pages ---- */

static struct bytes resume_key(const struct checker *c)
{
    return buffer_bytes(&c->resume);
}

/* True: an earlier slice was in this page, whose keys are in low <= key < high. */
static bool on_the_way(const struct checker *c, struct bytes low, struct bytes high)
{
    return c->resume.len > 0 && compare(c, low, resume_key(c)) < 0 &&
           (high.len == 0 || compare(c, resume_key(c), high) < 0);
}

static void check_leaf(struct checker *c, uint64_t number, const uint8_t *page, size_t count,
                       struct bytes high)
{
    struct node node;

    c->counted.leaves++;
    c->counted.entries += count;
    for (size_t i = 0; i < count; i++) {
        read_node(c, page, true, i, &node);
        if (!value_fits(c, &node))
            bad(c, number, "value");
    }
    if (c->tree == FREE_TREE || monotonic_ms() < c->until_ms)
        return;
    /* The next slice begins behind this page; at the end of the tree there is none. */
    buffer_clear(&c->resume);
    buffer_put(&c->resume, high.data, high.len);
    c->pause = high.len > 0;
}

static bool page_is(const struct checker *c, uint64_t number, unsigned level,
                    const uint8_t *page)
{
    bool leaf = level + 1 == c->trees[c->tree].depth;
    size_t end = get16(page + 12), begin = get16(page + 14), least = leaf ? 1 : 2;

    return get64(page) == number && get16(page + 10) == (leaf ? KIND_LEAF : KIND_BRANCH) &&
           end >= HEADER + PLACE * least && end % 2 == 0 && end <= begin && begin <= c->size;
}

static void check_page(struct checker *c, unsigned level, uint64_t number, struct bytes low,
                       struct bytes high)
{
    bool leaf = level + 1 == c->trees[c->tree].depth, again = on_the_way(c, low, high);
    uint8_t *page = c->levels + level * c->size;
    struct node node, next;

    if (number < 2 || number > c->last || (!again && !take_page(c, number))) {
        bad(c, number, "place");
        return;
    }
    c->pages += !again;
    if (!read_at(c, page, c->size, number * c->size) || !page_is(c, number, level, page)) {
        bad(c, number, "head of the page");
        return;
    }
    size_t count = ((size_t)get16(page + 12) - HEADER) / PLACE;

    if (!nodes_fit(c, page, leaf, count) || !keys_fit(c, page, leaf, count, low, high)) {
        bad(c, number, "order of keys");
        return;
    }
    if (leaf) {
        check_leaf(c, number, page, count, high);
        return;
    }
    c->counted.branches += !again;
    for (size_t i = 0; i < count && !c->pause; i++) {
        struct bytes first = low, end = high;

        read_node(c, page, false, i, &node);
        if (i > 0)
            first = node.key;
        if (i + 1 < count && read_node(c, page, false, i + 1, &next))
            end = next.key;
        if (c->resume.len == 0 || end.len == 0 || compare(c, end, resume_key(c)) > 0)
            check_page(c, level + 1, node.child, first, end);
    }
}

static bool counts_fit(const struct checker *c)
{
    const struct facts *said = &c->trees[c->tree], *found = &c->counted;

    return said->branches == found->branches && said->leaves == found->leaves &&
           said->longs == found->longs && said->entries == found->entries;
}

/* The rest of a tree, or as much as the slice has time for. */
static void check_tree(struct checker *c)
{
    const struct facts *tree = &c->trees[c->tree];

    c->pause = false;
    if (tree->root == no_page ? tree->depth != 0 : tree->depth == 0 || tree->depth > LEVELS)
        bad(c, tree->root, "depth");
    else if (tree->root != no_page)
        check_page(c, 0, tree->root, (struct bytes){ 0 }, (struct bytes){ 0 });
    if (c->pause)
        return;
    if (c->whole && c->faults == 0 && !counts_fit(c))
        bad(c, tree->root, "counts");
    c->counted = (struct facts){ 0 };
    buffer_clear(&c->resume);
}

/* ---- heads ---- */

static bool read_head(struct checker *c, uint64_t page, uint64_t *commit)
{
    uint8_t head[HEADER + META];
    uint32_t number, version;

    if (!read_at(c, head, sizeof head, page * c->size))
        return false;
    memcpy(&number, head + HEADER, sizeof number);
    memcpy(&version, head + HEADER + 4, sizeof version);
    if (get64(head) != page || get16(head + 10) != KIND_HEAD || number != magic || version != 1)
        return false;
    memcpy(&c->trees[FREE_TREE], head + HEADER + 24, FACTS);
    memcpy(&c->trees[KEYS_TREE], head + HEADER + 24 + FACTS, FACTS);
    c->last = get64(head + HEADER + 24 + 2 * FACTS);
    *commit = get64(head + HEADER + 24 + 2 * FACTS + 8);
    return c->trees[FREE_TREE].pad == c->size && c->trees[KEYS_TREE].flags == 0;
}

/* The trees of a commit, from its head. False: the head is not there (any more). */
static bool enter_commit(struct checker *c, uint64_t commit)
{
    enum { MOST = 1 << 30 };
    uint64_t found[2];

    /* The one that is wanted is read last. */
    if (!read_head(c, commit % 2 == 0, &found[0]) || !read_head(c, commit % 2, &found[1])) {
        bad(c, commit % 2, "head");
        return false;
    }
    if (found[1] != commit && (!read_head(c, commit % 2 == 0, &found[1]) || found[1] != commit))
        return false;
    if (c->last < 1 || c->last > MOST) {
        bad(c, commit % 2, "last page");
        return false;
    }
    free(c->seen);
    c->seen = memory_new((size_t)c->last / 8 + 1);
    c->seen_count = 0;
    c->whole = c->commit == 0;
    c->commit = commit;
    c->counted = (struct facts){ 0 };
    return true;
}

/* ---- the whole file ---- */

/* A snapshot's worth. */
static enum err slice(struct checker *c, bool *late)
{
    struct engine_txn *txn;

    *late = false;
    TRY(engine_read_begin(&txn, c->store->engine));
    c->until_ms = monotonic_ms() + SLICE_MS;
    if (engine_id(txn) != c->commit && !enter_commit(c, engine_id(txn)))
        *late = true;
    while (!*late && c->tree < ALL_TREES && monotonic_ms() < c->until_ms) {
        check_tree(c);
        if (c->pause)
            break;
        c->tree++;
    }
    engine_read_end(txn);
    return ERR_OK;
}

static enum err run_round(struct checker *c)
{
    int tries = 0;
    bool late;

    c->commit = 0;
    c->tree = FREE_TREE;
    buffer_clear(&c->resume);
    while (c->tree < ALL_TREES) {
        TRY(slice(c, &late));
        if (c->faults > 0)
            return ERR_OK;
        tries = late ? tries + 1 : 0;
        if (tries == TRIES) {
            bad(c, 0, "head");
            return ERR_OK;
        }
    }
    if (c->whole && c->seen_count != c->last - 1)
        bad(c, c->last, "pages without a place");
    return ERR_OK;
}

enum err store_check_pages(struct store *store,
                           void (*fault)(const struct message *message, void *context),
                           void *context, uint64_t *pages)
{
    struct checker c = { .store = store, .fault = fault, .context = context };
    enum err err = ERR_OK;

    c.file = engine_file(store->engine, &c.size);
    if (c.file < 0 || c.size < PAGE_LEAST || c.size > PAGE_MOST) {
        bad(&c, 0, "size of pages");
        return ERR_OK;
    }
    c.levels = memory_new(LEVELS * c.size);
    for (int i = 0; i < ROUNDS && err == ERR_OK && c.faults == 0 && !c.whole; i++) {
        c.pages = 0;
        err = run_round(&c);
    }
    *pages = c.pages;
    buffer_free(&c.resume);
    free(c.levels);
    free(c.seen);
    return err;
}
