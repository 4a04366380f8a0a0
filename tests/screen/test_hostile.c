/* Hostile and odd text in every text of every record type, past all our own checks, as a damaged or foreign store might hold it,
 * and then in every list, sheet, history, form, picker, title and message, in three languages and at two sizes, and on the
 * command line: every frame is sound, columns stay where they are, and nothing raw goes out. What the gate refuses to keep is
 * refused with a sentence. */
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/crypto.h"
#include "core/base/seams.h"
#include "core/exchange/demo.h"
#include "core/exchange/sink.h"
#include "core/model/case.h"
#include "core/model/note.h"
#include "core/query/query.h"
#include "core/store/envelope.h"
#include "i18n/text.h"
#include "tests/screen/soundness.h"
#include "tui/view/sheet_parts.h"
#include "tui/view/views.h"

#define TEN(x) x x x x x x x x x x
#define HUNDRED(x) TEN(TEN(x))

static const char *const hostile[] = {
    "\033[2J\033[31mred\033]0;title\007", /* escapes */
    "\302\233"
    "31m\302\235\302\220q\302\234",               /* C1 */
    "\b\b\b\b\r\n\v\f\x7f\x01\x1f",               /* C0 */
    "a\u202Eevil\u202C\u2066b\u2069\u200F\u061C", /* bidi */
    "a\u200Bb\u2060c\uFEFFd\u00ADe\u200D\u200Cf", /* zero width */
    "o" TEN("\u0301\u0302") TEN("\u20DD"),        /* a combining storm */
    "\u0301\u0302 no base",                       /* none to stand upon */
    "\U0001F468\u200D\U0001F469\u200D\U0001F467 \U0001F1ED\U0001F1F0 \u2764\uFE0F",
    "\U0001FAE8\U0001FADF\u2FFC\U00013430 \U0001D173",            /* widths that few know */
    "\U00020BB7\U0002A6D6\U0002F804\u6C61\u5643\u55BA\U00027752", /* HKSCS, plane 2 */
    "\uFDD0\uFFFE\uFFFF\U0001FFFE\U0010FFFF",                     /* noncharacters */
    "\uE000\uF8FF\U000F0000",                                     /* private use */
    "\U000E0041\U000E0042\U000E007F",                             /* tags */
    "\xC3\x28\xFF\xFE\xED\xA0\x80\xF5\x80\x80\x80\xC0\xAF",       /* no UTF-8 */
    "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627",    /* right to left letters */
    HUNDRED("\u8B66\u544A"),                                      /* long and wide */
    HUNDRED("unbrokenunbroken"), /* long without a place to break */
    "\u2028\u2029\302\205line\nfeeds\n\n\n",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE cases; --",
    "%s%n%p %x",
    "$(reboot) `id`",
    "<b>&amp;",
    "\\u001b[31m",
    "..",
    "",
    " ",
    "\t\t",
    "NULL",
    "中文 | English; 60 \\|",
};
enum { HOSTILE = sizeof hostile / sizeof *hostile, ROUNDS = 3 };

static char place[64];
static struct store *store;
static struct codes *codes;
static struct app app;

/* ---- the store ---- */

static int make_place(void **state)
{
    struct demo_report report;
    char folder[96];

    (void)state;
    text_locale();
    snprintf(place, sizeof place, "%s/tidewaiter-hostile-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    snprintf(folder, sizeof folder, "%s/store", mkdtemp(place));
    assert_int_equal(crypto_start(), ERR_OK);
    random_repeat(20261121);
    assert_int_equal(demo_make(folder, &report), ERR_OK);
    assert_int_equal(store_open(&store, folder, STORE_WRITABLE), ERR_OK);
    codes = codes_new(store);
    assert_int_equal(codes_refresh(codes), ERR_OK);
    app_start(&app, store, codes, LANGUAGE_BOTH);
    assert_int_equal(account_sign_in_demo(&app.session, TEXT("S-0102")), ERR_OK);
    return 0;
}

static int remove_place(void **state)
{
    char *const command[] = { "rm", "-rf", place, NULL };
    pid_t child;
    int status;

    (void)state;
    app_end(&app);
    codes_free(codes);
    store_close(store);
    child = fork();
    if (child == 0) {
        execvp(command[0], command);
        _exit(127);
    }
    return waitpid(child, &status, 0) == child ? status : -1;
}

/* The first record of a type; false: the demo store has none. */
static bool first_of(const struct record_type *type, struct arena *arena, struct record **out)
{
    AUTO_TXN struct txn *txn = NULL;
    struct query query = { .type = type, .all_fields = true };
    struct query_slice slice;

    assert_int_equal(store_begin(&txn, store), ERR_OK);
    if (type->family != 0) {
        struct family_page page;
        struct record_key of = { .id = id_make(type->family == 1 ? 9 : 7, 0, 1) };

        assert_int_equal(family_page(txn, of.id, type->family, 0, FORWARD, 1, arena, &page),
                         ERR_OK);
        if (page.count > 0)
            *out = page.records[0];
        return page.count > 0;
    }
    assert_int_equal(query_slice(txn, &query, (struct bytes){ 0 }, 1, 0, codes_lookup(codes),
                                 arena, &slice),
                     ERR_OK);
    if (slice.count > 0)
        *out = slice.rows[0].record;
    return slice.count > 0;
}

/* ---- text into every place ---- */

struct filling {
    int next;
    int round;
    size_t room; /* bytes that the record may still take */
};

static struct text next_text(struct filling *f)
{
    struct text t = text_of(hostile[(size_t)(f->next * 7 + f->round * 11) % HOSTILE]);

    f->next++;
    if (t.len > f->room || !text_is_utf8(t)) /* what is no UTF-8 is damage before it is text */
        return TEXT("");
    f->room -= t.len;
    return t;
}

static void fill(struct filling *f, const struct field *field, void *value,
                 struct arena *arena);

static void fill_list(struct filling *f, const struct field *field, struct list *list,
                      struct arena *arena)
{
    size_t count = list->count > 0 ? list->count : 1;
    char *items = arena_alloc(arena, count * field->element->size);

    if (list->count > 0)
        memcpy(items, list->items, list->count * field->element->size);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < field->element->count; k++)
            fill(f, &field->element->fields[k],
                 items + i * field->element->size + field->element->fields[k].offset, arena);
    *list = (struct list){ items, count };
}

static void fill(struct filling *f, const struct field *field, void *value, struct arena *arena)
{
    switch (field->kind) {
    case KIND_TEXT:
        *(struct text *)value = next_text(f);
        break;
    case KIND_BITEXT:
        *(struct bitext *)value = (struct bitext){ next_text(f), next_text(f) };
        break;
    case KIND_CODE:
    case KIND_CHOICE:
        if ((f->next + f->round) % 5 == 0)
            *(struct text *)value = next_text(f);
        f->next++;
        break;
    case KIND_NUMBER:
        *(struct checked_number *)value = (struct checked_number){ next_text(f), next_text(f) };
        break;
    case KIND_LIST:
        fill_list(f, field, value, arena);
        break;
    default:
        break;
    }
}

struct raw {
    struct record *record;
};

/* Past all checks and indexes: the bytes as they would lie there. */
static enum err put_raw(struct txn *txn, void *context)
{
    struct record *record = ((struct raw *)context)->record;
    AUTO_BUFFER struct buffer payload = { 0 }, value = { 0 };
    uint8_t key[RECORD_KEY];
    struct envelope envelope = { .revision = record->revision, .sequence = record->sequence };

    record_encode(&payload, record);
    envelope.payload = buffer_bytes(&payload);
    envelope_encode(&value, &envelope);
    record_key_encode(key, &record->key);
    return txn_put(txn, TREE_RECORDS, (struct bytes){ key, sizeof key }, buffer_bytes(&value));
}

static void keep_raw(struct record *record)
{
    struct raw raw = { record };

    assert_int_equal(store_write(store, put_raw, &raw), ERR_OK);
}

/* ---- frames ---- */

static struct canvas *canvas;

static void look(const char *of)
{
    for (int i = 0; i < 50 && app_idle(&app); i++)
        continue;
    app_draw(&app, canvas);
    assert_sound(canvas, of);
}

static void close_all(void)
{
    while (app.count > 0)
        view_pop(&app, NULL);
}

/* Where a column begins, no row has anything just before. */
static void columns_stand(const struct record_type *type)
{
    AUTO_ARENA struct arena *arena = arena_new();

    for (size_t i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        struct text head = label_text(arena, field->brief.en ? &field->brief : &field->label,
                                      app_language(&app));
        int column = 0;

        if (!(field->flags & LISTED) ||
            (field->kind != KIND_TEXT && field->kind != KIND_BITEXT))
            continue;
        while (column < canvas->columns) { /* the row of heads is the second of the body */
            AUTO_BUFFER struct buffer rest = { 0 };

            for (int k = column; k < canvas->columns; k++)
                buffer_put(&rest, canvas_cell(canvas, 2, k)->text,
                           canvas_cell(canvas, 2, k)->len);
            if (text_starts(buffer_as_text(&rest), head) && column > 0 &&
                canvas_cell(canvas, 2, column - 1)->text[0] == ' ')
                break;
            column++;
        }
        for (int row = 3; column < canvas->columns && row < canvas->rows - 2; row++)
            assert_true(canvas_cell(canvas, row, column - 1)->len == 1 &&
                        (canvas_cell(canvas, row, column - 1)->text[0] == ' ' ||
                         canvas_cell(canvas, row, 3)->text[0] == '['));
    }
}

static void look_at_list(const struct record_type *type)
{
    list_open(&app, type, NULL, NULL);
    look(type->name);
    columns_stand(type);
    close_all();
}

static void press(enum key_code code)
{
    app_key(&app, &(struct key){ .code = code });
}

/* Every tab of the sheet, its history, its form. */
static void look_at_sheet(const struct record_type *type, const struct record_key *key)
{
    const struct act *amending = act_of_form(&app.session, type, ACT_AMENDS);
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    sheet_open(&app, key);
    for (int i = 0; i < 6; i++) {
        look(type->name);
        press(i % 2 ? TKEY_TAB : TKEY_PAGE_DOWN);
    }
    close_all();
    history_open(&app, key);
    look(type->name);
    close_all();
    assert_int_equal(store_begin(&txn, store), ERR_OK);
    if (record_get(txn, key, 0, arena, &record) != ERR_OK || !amending)
        return;
    txn_end(txn);
    txn = NULL;
    form_open_act(&app, amending, record, record);
    for (int i = 0; i < 8; i++) {
        look(type->name);
        press(i % 2 ? TKEY_PAGE_DOWN : TKEY_DOWN);
    }
    close_all();
}

/* The first field of any type that may name one of this. */
static const struct field *naming_field(const struct record_type *type)
{
    for (const struct record_type *const *each = record_types; *each; each++)
        for (size_t i = 0; i < (*each)->count; i++) {
            const struct field *field = &(*each)->fields[i];

            if ((field->kind == KIND_REFERENCE && field->targets &&
                 text_is(text_of(field->targets), type->name)) ||
                (field->kind == KIND_CODE && strcmp(field->codes, type->name) == 0))
                return field;
        }
    return NULL;
}

static void look_at_picker(const struct record_type *type, struct text typed)
{
    const struct field *field = naming_field(type);

    if (!field)
        return;
    home_open(&app);
    picker_open(&app, field, (struct text){ 0 }, (struct text){ 0 }, NULL);
    look(type->name);
    close_all();
    search_open_with(&app, typed);
    look("search");
    close_all();
}

/* A message that quotes what was typed. */
static void look_at_message(struct text quoted)
{
    AUTO_ARENA struct arena *arena = arena_new();

    home_open(&app);
    fail(ERR_INVALID, N_("There is no record %s. Check its number."),
         arena_string(arena, quoted));
    app_fail(&app);
    look("message");
    messages_open(&app);
    look("messages");
    close_all();
}

static void look_everywhere(const struct record_type *type, const struct record_key *key,
                            struct text quoted)
{
    static const int sizes[][2] = { { 24, 80 }, { 43, 132 } };
    static const enum language languages[] = { LANGUAGE_ZH, LANGUAGE_EN, LANGUAGE_BOTH };

    for (size_t s = 0; s < 2; s++)
        for (size_t l = 0; l < 3; l++) {
            canvas_resize(canvas, sizes[s][0], sizes[s][1]);
            app.session.language = languages[l];
            if (type->family == 0) {
                look_at_list(type);
                look_at_sheet(type, key);
                look_at_picker(type, quoted);
            } else {
                sheet_open(&app, &(struct record_key){ .id = key->id });
                for (int i = 0; i < 10; i++) {
                    look(type->name);
                    press(TKEY_RIGHT);
                }
                close_all();
            }
            look_at_message(quoted);
        }
}

static void test_every_frame_is_sound(void **state)
{
    int types = 0;

    (void)state;
    canvas = canvas_new(24, 80);
    for (const struct record_type *const *type = record_types; *type; type++)
        for (int round = 0; round < ROUNDS; round++) {
            AUTO_ARENA struct arena *arena = arena_new();
            struct filling filling = { .round = round, .room = 40000 };
            struct record *record, *plain;

            if (!first_of(*type, arena, &plain))
                continue;
            record = record_copy(arena, plain);
            for (size_t i = 0; i < (*type)->count; i++)
                if ((*type)->fields[i].tag != TAG_SENSITIVITY)
                    fill(&filling, &(*type)->fields[i],
                         field_place(&(*type)->fields[i], record), arena);
            keep_raw(record);
            look_everywhere(*type, &record->key,
                            text_of(hostile[(types * ROUNDS + round) % HOSTILE]));
            keep_raw(plain);
            types += round == 0;
        }
    assert_true(types > 20);
    canvas_free(canvas);
}

/* ---- the command line ---- */

static enum err gather(void *context, struct bytes bytes)
{
    buffer_put(context, bytes.data, bytes.len);
    return ERR_OK;
}

static bool is_control(const uint8_t *at, size_t left)
{
    return (at[0] < 0x20 && at[0] != '\n') || at[0] == 0x7F ||
           (left > 1 && at[0] == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0);
}

/* Where one form keeps bytes as they are (a table for another program), what a terminal obeys is still not among them. */
static void no_raw(const struct buffer *out, enum sink_format format)
{
    for (size_t i = 0; i < out->len; i++) {
        bool between = (format == SINK_CSV && out->data[i] == '\r') ||
                       ((format == SINK_CSV || format == SINK_TSV) && out->data[i] == '\t');

        if (!between && is_control(out->data + i, out->len - i))
            print_error("byte %zu of form %d: %02x\n", i, (int)format, out->data[i]);
        assert_true(between || !is_control(out->data + i, out->len - i));
    }
}

static void test_nothing_raw_on_the_command_line(void **state)
{
    (void)state;
    for (const struct record_type *const *type = record_types; *type; type++)
        for (int round = 0; round < ROUNDS; round++) {
            static const enum sink_format formats[] = { SINK_TEXT, SINK_JSON, SINK_CSV,
                                                        SINK_TSV };
            AUTO_ARENA struct arena *arena = arena_new();
            struct filling filling = { .round = round, .room = 40000 };
            const struct field *columns[96];
            struct record *record;
            size_t count = 0;

            if (!first_of(*type, arena, &record))
                continue;
            record = record_copy(arena, record);
            for (; count < (*type)->count; count++) {
                columns[count] = &(*type)->fields[count];
                fill(&filling, columns[count], field_place(columns[count], record), arena);
            }
            for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
                AUTO_BUFFER struct buffer out = { 0 };
                struct sink *sink =
                    sink_new(formats[i], LANGUAGE_BOTH, codes_lookup(codes), gather, &out);

                assert_int_equal(sink_begin(sink, *type, columns, count), ERR_OK);
                assert_int_equal(sink_record(sink, record), ERR_OK);
                assert_int_equal(sink_end(sink), ERR_OK);
                sink_free(sink);
                no_raw(&out, formats[i]);
            }
        }
}

/* ---- what may be kept ---- */

/* The title of a case as typed; ERR_INVALID comes with a sentence at the field. */
static enum err amend_title(struct text typed, struct arena *arena, struct text *why)
{
    struct record_key key = { .id = id_make(case_type.number, 0, 1) };
    struct act_call call = { .act = act_named(TEXT("case-amend")), .subject = key };
    struct change_result result = { .arena = arena };
    AUTO_TXN struct txn *txn = NULL;
    struct record *base, *mine;
    enum err err;

    assert_int_equal(store_begin(&txn, store), ERR_OK);
    assert_int_equal(record_get(txn, &key, 0, arena, &base), ERR_OK);
    txn_end(txn);
    txn = NULL;
    mine = record_copy(arena, base);
    ((struct case_record *)mine)->title = (struct bitext){ TEXT("標題"), typed };
    call.base = base;
    call.input = mine;
    err = act_run(&app.session, &call, &result);
    *why = TEXT("");
    for (size_t i = 0; i < result.findings.count; i++)
        if (result.findings.items[i]->tag == tag_case_title)
            *why = sentence(arena, &result.findings.items[i]->message, LANGUAGE_EN);
    return err;
}

static struct text title_now(struct arena *arena)
{
    struct record_key key = { .id = id_make(case_type.number, 0, 1) };
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    assert_int_equal(store_begin(&txn, store), ERR_OK);
    assert_int_equal(record_get(txn, &key, 0, arena, &record), ERR_OK);
    return ((struct case_record *)record)->title.en;
}

static void test_what_is_refused_is_refused_in_words(void **state)
{
    int kept = 0, refused = 0;

    (void)state;
    for (size_t i = 0; i < HOSTILE; i++) {
        AUTO_ARENA struct arena *arena = arena_new();
        struct text typed = text_of(hostile[i]), why;
        bool fits = text_acceptable(typed, TEXT_ONE_LINE) && typed.len < 300;
        enum err err = amend_title(typed, arena, &why);

        assert_int_equal(err, fits ? ERR_OK : ERR_INVALID);
        assert_true(fits || why.len > 20);
        if (fits && typed.len > 0)
            assert_true(text_equal(title_now(arena), typed));
        kept += fits;
        refused += !fits;
    }
    assert_true(kept > 5 && refused > 5);
}

/* Ten million bytes in one field, by an act and by a paste into its form. */
static void test_ten_megabytes(void **state)
{
    enum { MANY = 10 * 1000 * 1000 };
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer many = { 0 };
    struct key key = { .code = TKEY_PASTE };
    struct text why;

    (void)state;
    for (size_t i = 0; i < MANY / 4; i++)
        buffer_string(&many, i % 40 == 39 ? "\n字" : "a字");
    assert_int_equal(amend_title(buffer_as_text(&many), arena, &why), ERR_INVALID);
    assert_true(why.len > 20);
    canvas = canvas_new(24, 80);
    form_open_act(&app, act_named(TEXT("case-open")), NULL, NULL);
    key.paste = buffer_as_text(&many);
    for (int i = 0; i < 3; i++) {
        app_key(&app, &key);
        look("form");
        press(TKEY_DOWN);
    }
    close_all();
    search_open(&app);
    app_key(&app, &key);
    look("search");
    close_all();
    canvas_free(canvas);
}

/* ---- labels ---- */

/* At any width: whole characters, and no more columns than there are. */
static void cut_everywhere(const struct label *label)
{
    const char *const texts[] = { label->en, label->zh };

    for (size_t i = 0; i < 2; i++)
        for (int columns = 1; texts[i] && columns <= 24; columns++) {
            canvas_clear(canvas);
            assert_true(canvas_put(canvas, 0, 1, columns, text_of(texts[i]), ROLE_LABEL) <=
                        columns);
            canvas_put_padded(canvas, 1, 1, columns, text_of(texts[i]), ROLE_LABEL);
            canvas_put_right(canvas, 2, 1, columns, text_of(texts[i]), ROLE_LABEL);
            assert_sound(canvas, texts[i]);
            for (int row = 0; row < 3; row++)
                assert_true(canvas_cell(canvas, row, columns + 1)->text[0] == ' ');
        }
}

static void cut_fields(const struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cut_everywhere(&fields[i].label);
        cut_everywhere(&fields[i].brief);
        for (const struct choice *choice = fields[i].choices; choice && choice->code; choice++)
            cut_everywhere(&choice->label);
    }
}

static void test_no_label_is_cut_within_a_character(void **state)
{
    (void)state;
    canvas = canvas_new(3, 40);
    for (const struct record_type *const *type = record_types; *type; type++) {
        cut_everywhere(&(*type)->label);
        cut_everywhere(&(*type)->plural);
        cut_fields((*type)->fields, (*type)->count);
        for (size_t i = 0; i < (*type)->section_count; i++)
            cut_everywhere(&(*type)->sections[i].label);
    }
    for (const struct act *const *act = acts; *act; act++) {
        cut_everywhere(&(*act)->label);
        if ((*act)->asks)
            cut_fields((*act)->asks->fields, (*act)->asks->count);
    }
    for (const struct view_type *const *view = view_types; *view; view++)
        for (const struct command *command = (*view)->commands; command && command->name;
             command++)
            cut_everywhere(&command->label);
    for (const struct command *command = app_commands; command->name; command++)
        cut_everywhere(&command->label);
    canvas_free(canvas);
}

static bool shows_two_windows(const char *path, struct arena *arena)
{
    const char *name = strrchr(path, '/') + 1;
    struct bytes script;
    struct text file = arena_printf(arena, SRCDIR "/tests/screen/scripts/%.*s.script",
                                    (int)strcspn(name, "."), name);

    assert_int_equal(file_read(arena, file.data, 1 << 20, &script), ERR_OK);
    return memmem(script.data, script.len, "screen-all", strlen("screen-all")) != NULL;
}

/* "case.zh.80x24.txt": no line is wider than its screen, and all that stands there passed the gate. */
static void look_at_golden(const char *path)
{
    AUTO_ARENA struct arena *arena = arena_new();
    int columns = strstr(path, ".80x24.") ? 80 : strstr(path, ".132x43.") ? 132 : 0;
    struct bytes content;

    if (columns == 0) /* of lines, not of screens */
        return;
    if (shows_two_windows(path, arena))
        columns = columns * 2 + 2;
    assert_int_equal(file_read(arena, path, 1 << 22, &content), ERR_OK);
    struct text rest = { (const char *)content.data, content.len };

    assert_true(text_is_utf8(rest));
    while (text_present(rest)) {
        struct text line = text_split(rest, '\n', &rest);
        AUTO_BUFFER struct buffer safe = { 0 };

        if (text_starts(line, TEXT("=="))) /* the name of the screen */
            continue;
        text_safe(&safe, line, TEXT_ONE_LINE);
        assert_true(text_equal(buffer_as_text(&safe), line));
        if (text_width(line) > columns)
            print_error("%s: %.*s\n", path, (int)line.len, line.data);
        assert_true(text_width(line) <= columns);
    }
}

static void test_golden_screens_keep_their_width(void **state)
{
    glob_t files;

    (void)state;
    assert_int_equal(glob(SRCDIR "/tests/screen/golden/*.txt", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++)
        look_at_golden(files.gl_pathv[i]);
    globfree(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_frame_is_sound),
        cmocka_unit_test(test_nothing_raw_on_the_command_line),
        cmocka_unit_test(test_what_is_refused_is_refused_in_words),
        cmocka_unit_test(test_ten_megabytes),
        cmocka_unit_test(test_no_label_is_cut_within_a_character),
        cmocka_unit_test(test_golden_screens_keep_their_width),
    };

    return cmocka_run_group_tests(tests, make_place, remove_place);
}
