#include "core/change/rebuild.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/cbor.h"
#include "core/base/seams.h"
#include "core/change/latest.h"
#include "core/change/mirror.h"
#include "core/change/rules.h"

/* One commit's worth, of entries and of records. */
enum { ENTRIES_AT_ONCE = 512, BYTES_AT_ONCE = 1 << 22, RECORDS_AT_ONCE = 512 };
/* What store.create says of the store. */
enum { CREATE_SITE = 10, CREATE_DEMO = 12, CREATE_KEY = 13 };

struct rebuild {
    char *journal;
    char *key_path; /* NULL: the key is lost */
    const char *folder;
    bool (*progress)(uint64_t done, void *context);
    void *context;
    struct store *store; /* from entry 0 on */
    struct arena *batch;
    struct mirror_entry **entries;
    size_t count, bytes;
    struct latest_table latest;
    size_t next; /* of the latest */
    uint64_t replayed;
};

static enum err body_differs(uint64_t sequence, uint16_t n)
{
    return fail(ERR_DAMAGED,
                N_("The journal files are damaged: body %u of entry %llu is not what was "
                   "saved. Restore them from "
                   "a backup, then rebuild."),
                (unsigned)n, (unsigned long long)sequence);
}

/* ---- entry 0 ---- */

static bool read_identity(struct bytes payload, struct store_identity *out)
{
    struct cbor_reader in = cbor_reader(payload);
    uint64_t tag, site = UINT64_MAX;
    enum cbor_type demo = CBOR_BAD;
    struct text key = { NULL, 0 };
    size_t pairs;

    if (!cbor_map(&in, &pairs))
        return false;
    for (size_t i = 0; i < pairs && cbor_uint(&in, &tag); i++) {
        if (tag == CREATE_SITE)
            cbor_uint(&in, &site);
        else if (tag == CREATE_DEMO)
            demo = cbor_next(&in).type;
        else if (tag == CREATE_KEY)
            cbor_text(&in, &key);
        else
            cbor_skip(&in, NULL);
    }
    if (!cbor_done(&in) || site >= 1 << 12 || (demo != CBOR_TRUE && demo != CBOR_FALSE) ||
        note_key_parse(&out->log, key) != ERR_OK)
        return false;
    out->site = (uint16_t)site;
    out->demo = demo == CBOR_TRUE;
    return true;
}

static enum err begin_store(struct rebuild *r, const struct mirror_entry *entry)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct store_identity identity = { .format = STORE_FORMAT };
    struct statement statement;
    struct leaf leaf;
    struct body body;

    TRY(leaf_decode(&leaf, entry->leaf));
    TRY(statement_decode(&statement, arena, leaf.statement));
    identity.origin = statement.origin;
    if (entry->sequence != 0 || entry->body_count == 0 || entry->bodies[0].n != 0 ||
        body_decode(&body, entry->bodies[0].body) != ERR_OK ||
        !read_identity(body.payload, &identity))
        return fail(ERR_DAMAGED,
                    N_("The first entry of the journal in %s does not say what the store is. "
                       "Restore the "
                       "journal files from a backup, then rebuild."),
                    r->journal);
    TRY(r->key_path ? store_create_again(&r->store, r->folder, &identity, r->key_path)
                    : store_create(&r->store, r->folder, &identity));
    store_unsynced(r->store);
    return ERR_OK;
}

/* ---- entries ---- */

static enum err keep_latest(struct rebuild *r, const struct mirror_entry *entry,
                            struct arena *arena)
{
    struct statement statement;
    struct leaf leaf;

    TRY(leaf_decode(&leaf, entry->leaf));
    TRY(statement_decode(&statement, arena, leaf.statement));
    for (size_t i = 0; i < statement.item_count; i++)
        latest_put(&r->latest, &statement.items[i], (uint16_t)(i + 1), entry->sequence);
    return ERR_OK;
}

static enum err append_batch(struct txn *txn, void *context)
{
    struct rebuild *r = context;
    struct journal_body bodies[STATEMENT_ITEMS + 1];

    for (size_t i = 0; i < r->count; i++) {
        const struct mirror_entry *entry = r->entries[i];
        size_t count = 0;

        for (size_t k = 0; k < entry->body_count; k++)
            if (entry->bodies[k].body.len > 0)
                bodies[count++] =
                    (struct journal_body){ entry->bodies[k].n, entry->bodies[k].body };
        TRY(txn_append_again(txn, entry->leaf, bodies, count));
    }
    return ERR_OK;
}

static enum err flush(struct rebuild *r)
{
    if (r->count == 0)
        return ERR_OK;
    TRY(store_write(r->store, append_batch, r));
    r->replayed += r->count;
    r->count = r->bytes = 0;
    arena_reset(r->batch);
    if (r->progress && !r->progress(r->replayed, r->context))
        return fail(ERR_INTERRUPTED, N_("Rebuilding was interrupted. Nothing was made."));
    return ERR_OK;
}

static struct bytes copied(struct rebuild *r, struct bytes bytes)
{
    r->bytes += bytes.len;
    return (struct bytes){ arena_copy(r->batch, bytes.data, bytes.len), bytes.len };
}

static enum err take_entry(const struct mirror_entry *entry, void *context)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct rebuild *r = context;
    struct mirror_entry *copy;

    if (!r->store)
        TRY(begin_store(r, entry));
    TRY(keep_latest(r, entry, arena));
    /* Only as many bodies as there are: the whole struct has room for all that an entry may have. */
    copy = arena_alloc(r->batch, offsetof(struct mirror_entry, bodies) +
                                     entry->body_count * sizeof entry->bodies[0]);
    copy->sequence = entry->sequence;
    copy->leaf = copied(r, entry->leaf);
    copy->body_count = entry->body_count;
    for (size_t i = 0; i < entry->body_count; i++) {
        copy->bodies[i].n = entry->bodies[i].n;
        copy->bodies[i].body = copied(r, entry->bodies[i].body);
    }
    r->entries[r->count++] = copy;
    return r->count == ENTRIES_AT_ONCE || r->bytes > BYTES_AT_ONCE ? flush(r) : ERR_OK;
}

/* ---- records ---- */

static enum err reach_series(struct txn *txn, const struct record *record, struct arena *arena)
{
    const struct record_type *type = record->type;
    const uint8_t series[] = { 'i', 'd', type->number };
    struct text name;
    uint64_t number;

    if (type->family == 0 && id_site(record->key.id) == store_identity(txn_store(txn))->site)
        TRY(txn_series_reach(txn, (struct bytes){ series, sizeof series },
                             id_number(record->key.id)));
    if (!type->rules || !type->rules->series ||
        !type->rules->series(record, arena, &name, &number))
        return ERR_OK;
    return txn_series_reach(txn, (struct bytes){ (const uint8_t *)name.data, name.len },
                            number);
}

static enum err read_latest(struct txn *txn, const struct latest *latest, struct arena *arena,
                            struct bytes *payload)
{
    struct statement statement;
    struct bytes data, stored;
    struct leaf leaf;
    struct body body;
    struct hash256 hash;
    enum err err = txn_body(txn, latest->sequence, latest->n, arena, &stored);

    if (err == ERR_MISSING)
        return ERR_OK;
    TRY(err);
    TRY(txn_leaf(txn, latest->sequence, arena, &data));
    TRY(leaf_decode(&leaf, data));
    TRY(statement_decode(&statement, arena, leaf.statement));
    if (body_decode(&body, stored) != ERR_OK || body.algorithm != 0 ||
        body_commitment(&hash, latest->key, latest->revision, body.nonce, body.payload) !=
            ERR_OK ||
        !hash_equal(&hash, &statement.items[latest->n - 1].commitment))
        return body_differs(latest->sequence, latest->n);
    *payload = body.payload;
    return ERR_OK;
}

static enum err put_latest(struct txn *txn, const struct latest *latest, struct arena *arena)
{
    AUTO_BUFFER struct buffer value = { 0 };
    struct record_key key = record_key_decode(latest->key);
    const struct record_type *type = type_of_key(&key);
    struct envelope envelope = { .revision = latest->revision, .sequence = latest->sequence };
    struct record *record;

    TRY(read_latest(txn, latest, arena, &envelope.payload));
    if (!envelope.payload.data)
        return ERR_OK;
    if (!type)
        return fail(
            ERR_NEWER,
            N_("%s is of a kind that this program does not know. Rebuild with the version that "
               "wrote the journal."),
            key_name(arena, &key));
    record = record_new(arena, type);
    TRY(record_decode(record, envelope.payload, 0, arena));
    record->key = key;
    record->revision = latest->revision;
    record->sequence = latest->sequence;
    envelope_encode(&value, &envelope);
    TRY(txn_put(txn, TREE_RECORDS, (struct bytes){ latest->key, RECORD_KEY },
                buffer_bytes(&value)));
    enum err err = index_update(txn, type, NULL, record, arena, NULL);

    if (err == ERR_CONFLICT)
        return fail(
            ERR_DAMAGED,
            N_("%s has a number that another record has already. The journal files are not "
               "those of one store."),
            key_name(arena, &key));
    TRY(err);
    return reach_series(txn, record, arena);
}

static enum err put_records(struct txn *txn, void *context)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct rebuild *r = context;

    for (size_t i = r->next; i < r->latest.count && i < r->next + RECORDS_AT_ONCE; i++) {
        TRY(put_latest(txn, &r->latest.items[i], arena));
        arena_reset(arena);
    }
    return ERR_OK;
}

/* ---- what no journal holds ---- */

/* Three rows an officer: far above any department. A damaged database may lead round in circles. */
enum { LOCAL_AT_ONCE = 20000, LOCAL_SECONDS = 30 };

/* In a process of its own, because the old database may be so damaged that its library ends the process. What is
 * written to the pipe passed its check: lengths of key and value (u32 each), key, value. */
static void send_local(const char *from, int out)
{
    struct arena *arena = arena_new();
    struct buffer rows = { 0 };
    struct store *store;
    struct txn *txn;
    struct page page;

    signal(SIGSEGV, SIG_DFL);
    signal(SIGBUS, SIG_DFL);
    signal(SIGABRT, SIG_DFL);
    signal(SIGALRM, SIG_DFL);
    setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    alarm(LOCAL_SECONDS);
    if (store_open(&store, from, STORE_READ_ONLY) != ERR_OK ||
        store_begin(&txn, store) != ERR_OK ||
        txn_page(txn, TREE_LOCAL, (struct bytes){ 0 }, (struct bytes){ 0 }, FORWARD,
                 LOCAL_AT_ONCE, arena, &page) != ERR_OK)
        _exit(1);
    for (size_t i = 0; i < page.count; i++) {
        const struct entry *entry = &page.entries[i];

        if (entry->damaged)
            continue;
        buffer_u32(&rows, (uint32_t)entry->key.len);
        buffer_u32(&rows, (uint32_t)entry->value.len);
        buffer_put(&rows, entry->key.data, entry->key.len);
        buffer_put(&rows, entry->value.data, entry->value.len);
    }
    txn_end(txn);
    store_close(store);
    for (size_t at = 0; at < rows.len;) {
        ssize_t put = write(out, rows.data + at, rows.len - at);

        if (put <= 0 && errno != EINTR)
            break;
        at += put > 0 ? (size_t)put : 0;
    }
    _exit(0);
}

static void receive_local(int in, struct buffer *rows)
{
    enum { STEP = 65536 };
    ssize_t got;

    do {
        got = read(in, buffer_reserve(rows, STEP), STEP);
        rows->len += got > 0 ? (size_t)got : 0;
    } while (got > 0 || (got < 0 && errno == EINTR));
}

static enum err put_local(struct txn *txn, void *context)
{
    const struct buffer *rows = context;

    for (size_t at = 0; at + 8 <= rows->len;) {
        size_t key = read_u32(rows->data + at), value = read_u32(rows->data + at + 4);

        at += 8;
        if (key > rows->len - at || value > rows->len - at - key)
            break;
        TRY(txn_put(txn, TREE_LOCAL, (struct bytes){ rows->data + at, key },
                    (struct bytes){ rows->data + at + key, value }));
        at += key + value;
    }
    return ERR_OK;
}

/* Passwords and wrapped keys come from the old database as far as it can still be read, so that officers sign in as before.
 * Where it cannot, an administrator is let in anew by whoever keeps the machine. */
static enum err carry_local(struct rebuild *r, const char *from)
{
    AUTO_BUFFER struct buffer rows = { 0 };
    int ends[2], status;
    pid_t process;

    if (pipe(ends) != 0)
        return fail_errno(errno, from);
    process = fork();
    if (process == 0) {
        close(ends[0]);
        send_local(from, ends[1]);
    }
    close(ends[1]);
    if (process > 0)
        receive_local(ends[0], &rows);
    close(ends[0]);
    if (process < 0)
        return fail_errno(errno, from);
    while (waitpid(process, &status, 0) < 0 && errno == EINTR)
        continue;
    enum err err = rows.len > 0 ? store_write(r->store, put_local, &rows) : ERR_OK;

    secret_clear(rows.data, rows.len);
    return err;
}

/* ---- the whole ---- */

/* What the files' head counts must be there. */
static enum err check_head(struct rebuild *r, struct arena *arena)
{
    AUTO_TXN struct txn *txn = NULL;
    const char *path = path_join(arena, r->journal, "head");
    struct checkpoint checkpoint;
    struct hash256 root;
    struct note note;
    struct bytes file;
    enum err err = file_read(arena, path, NOTE_LIMIT, &file);

    if (err == ERR_MISSING || (err == ERR_OK && file.len == 0))
        return ERR_OK;
    TRY(err);
    TRY(store_begin(&txn, r->store));
    if (note_parse(&note, (struct text){ (const char *)file.data, file.len }) != ERR_OK ||
        checkpoint_parse(&checkpoint, note.text) != ERR_OK || checkpoint.size > txn_size(txn) ||
        merkle_root_at(&root, checkpoint.size, txn_node, txn) != ERR_OK ||
        !hash_equal(&root, &checkpoint.root))
        return fail(
            ERR_DAMAGED,
            N_("The journal files do not fit their head %s: entries are missing or were "
               "changed. Restore "
               "them from a backup; to rebuild from what is there, move the head away first."),
            path);
    return ERR_OK;
}

static enum err fill(struct rebuild *r, const char *from, struct arena *arena)
{
    TRY(mirror_walk(r->journal, take_entry, r));
    if (!r->store)
        return fail(ERR_MISSING, N_("There is no journal entry in %s. Check the folder."),
                    r->journal);
    TRY(flush(r));
    TRY(check_head(r, arena));
    latest_sort(&r->latest);
    for (r->next = 0; r->next < r->latest.count; r->next += RECORDS_AT_ONCE) {
        TRY(store_write(r->store, put_records, r));
        if (r->progress && !r->progress(r->replayed, r->context))
            return fail(ERR_INTERRUPTED, N_("Rebuilding was interrupted. Nothing was made."));
    }
    TRY(carry_local(r, from));
    TRY(blobs_carry(r->store, from));
    return mirror_catch_up(r->store);
}

static enum err finish(struct rebuild *r, enum err err)
{
    if (err == ERR_OK)
        err = store_finish(r->store);
    if (err == ERR_OK) {
        store_close(r->store);
        return ERR_OK;
    }
    struct message why = { .id = NULL };

    message_copy(&why, last_failure());
    if (r->store)
        store_abandon(r->store);
    return why.id ? fail_message(err, &why) : err;
}

enum err rebuild_store(const char *from, const char *folder,
                       bool (*progress)(uint64_t done, void *context), void *context,
                       uint64_t *entries)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct rebuild r = { .folder = folder, .progress = progress, .context = context };
    char *key_path = path_join(arena, path_join(arena, from, "keys"), "log");

    r.journal = path_join(arena, from, "journal");
    r.key_path = file_exists(key_path) ? key_path : NULL;
    r.batch = arena_new();
    r.entries = arena_array(arena, ENTRIES_AT_ONCE, sizeof *r.entries);
    enum err err = finish(&r, fill(&r, from, arena));

    arena_free(r.batch);
    latest_free(&r.latest);
    if (err == ERR_OK)
        *entries = r.replayed;
    return err;
}

/* ---- dump ---- */

struct dump {
    enum tree tree;
    struct buffer line;
    void (*each)(struct text line, void *context);
    void *context;
    bool damaged;
};

static void dump_entry(const struct entry *entry, void *context)
{
    struct dump *dump = context;

    dump->damaged = dump->damaged || entry->damaged;
    if (dump->tree == TREE_COUNTERS && entry->key.len > 0 &&
        (entry->key.data[0] == 0 || entry->key.data[0] == 0xFF))
        return;
    buffer_clear(&dump->line);
    buffer_byte(&dump->line, (uint8_t)tree_letter(dump->tree));
    buffer_byte(&dump->line, ' ');
    hex_encode(&dump->line, entry->key);
    buffer_byte(&dump->line, ' ');
    if (entry->damaged)
        buffer_string(&dump->line, "damaged");
    else
        hex_encode(&dump->line, entry->value);
    dump->each(buffer_as_text(&dump->line), dump->context);
}

enum err dump_store(struct store *store, void (*line)(struct text line, void *context),
                    void *context)
{
    static const enum tree trees[] = { TREE_RECORDS, TREE_INDEXES, TREE_TERMS, TREE_COUNTERS };
    struct dump dump = { .each = line, .context = context };
    enum err err = ERR_OK;

    for (size_t i = 0; i < sizeof trees / sizeof *trees && err == ERR_OK; i++) {
        dump.tree = trees[i];
        err = store_walk(store, trees[i], dump_entry, &dump);
    }
    buffer_free(&dump.line);
    if (err == ERR_OK && dump.damaged)
        return fail(ERR_DAMAGED,
                    N_("The dump of %s names values that are damaged. Run verify."),
                    store_folder(store));
    return err;
}
