#include "core/query/complete.h"

#include "core/query/filter_parts.h"
#include "core/query/picks.h"
#include "i18n/fold.h"

#include <string.h>

struct completing {
    const struct complete_ask *ask;
    struct arena *arena;
    struct completions *out;
    struct token token; /* the word under the cursor */
};

static struct completion *add(struct completing *c)
{
    if (c->out->count == c->ask->limit)
        return NULL;
    return &c->out->items[c->out->count++];
}

static struct text both_names(struct arena *arena, struct text zh, struct text en,
                              enum language language)
{
    struct label label = { text_present(en) ? arena_string(arena, en) : "",
                           text_present(zh) ? arena_string(arena, zh) : "" };

    return label_text(arena, &label, language);
}

/* ---- fields ---- */

static bool offered(const struct field *field)
{
    return !(field->flags & UNLISTED) && field->tag != TAG_APPROXIMATE;
}

static bool contains(struct arena *arena, const char *words, struct text folded)
{
    return words && fold_contains(folded_in(arena, text_of(words)), folded);
}

/* 0: its name or a label begins so; 1: holds it; 2: no. */
static int field_rank(struct arena *arena, const struct field *field, struct text folded)
{
    if (text_starts(text_of(field->name), folded) ||
        text_starts(folded_in(arena, text_of(field->label.en)), folded) ||
        text_starts(folded_in(arena, text_of(field->label.zh)), folded))
        return 0;
    return contains(arena, field->label.en, folded) ||
                   contains(arena, field->label.zh, folded) ||
                   contains(arena, field->brief.zh, folded)
               ? 1
               : 2;
}

/* A Chinese label may be typed before the colon where it is one word. */
static struct text field_word(struct arena *arena, const struct field *field,
                              enum language language)
{
    struct text zh = text_of(field->label.zh);
    bool word = language == LANGUAGE_ZH;

    for (size_t i = 0; i < zh.len; i++)
        word = word && zh.data[i] != ' ' && zh.data[i] != ':' && zh.data[i] != '"' &&
               zh.data[i] != '(';
    return arena_printf(arena, "%s", word ? field->label.zh : field->name);
}

static void add_field(struct completing *c, const struct field *field)
{
    struct completion *item = add(c);
    struct text word = field_word(c->arena, field, c->ask->language);

    if (!item)
        return;
    *item = (struct completion){
        .insert = arena_printf(c->arena, "%s%.*s:", c->token.negated ? "-" : "", (int)word.len,
                               word.data),
        .name = word,
        .words = label_text(c->arena, &field->label, c->ask->language),
    };
}

/* What the list shows first, then all that the record has. */
static void complete_field(struct completing *c)
{
    const struct record_type *type = c->ask->type;
    struct text folded = folded_in(c->arena, c->token.value);

    for (int pass = 0; pass < 4; pass++)
        for (size_t i = 0; i < type->count; i++) {
            const struct field *field = &type->fields[i];

            if (offered(field) && field_rank(c->arena, field, folded) == pass / 2 &&
                ((field->flags & LISTED) != 0) == (pass % 2 == 0))
                add_field(c, field);
        }
}

/* ---- values ---- */

static bool needs_marks(struct text value)
{
    for (size_t i = 0; i < value.len; i++)
        if (value.data[i] == ' ' || value.data[i] == ',' || value.data[i] == '"')
            return true;
    return value.len == 0;
}

/* "-state:C02," before the value that is offered. */
static void add_value(struct completing *c, struct text earlier, struct text value,
                      struct text words)
{
    struct completion *item = add(c);
    const char *mark = needs_marks(value) ? "\"" : "";

    if (!item)
        return;
    *item = (struct completion){
        .insert = arena_printf(c->arena, "%s%.*s:%.*s%s%.*s%s", c->token.negated ? "-" : "",
                               (int)c->token.name.len, c->token.name.data, (int)earlier.len,
                               earlier.data, mark, (int)value.len, value.data, mark),
        .name = value,
        .words = words,
        .whole = true,
    };
}

/* "C02,C0" is one code and the beginning of another. */
static struct text last_of_several(struct text value, struct text *earlier)
{
    size_t from = value.len;

    while (from > 0 && value.data[from - 1] != ',')
        from--;
    *earlier = (struct text){ value.data, from };
    return (struct text){ value.data + from, value.len - from };
}

static enum err complete_pick(struct completing *c, const struct field *field)
{
    const struct complete_ask *ask = c->ask;
    struct text earlier, begun = last_of_several(c->token.value, &earlier);
    const struct picks_ask pick = { .txn = ask->txn,
                                    .codes = ask->codes,
                                    .field = field,
                                    .typed = begun,
                                    .language = ask->language,
                                    .limit = ask->limit };
    struct picks picks;

    TRY(picks_read(&picks, &pick, c->arena));
    if (field->kind == KIND_REFERENCE && begun.len == 0 && strstr(field->targets, "officer")) {
        static const struct label me = L("yourself", "自己");

        add_value(c, earlier, TEXT("."), label_text(c->arena, &me, ask->language));
    }
    for (size_t i = 0; i < picks.count; i++)
        add_value(c, earlier, picks.items[i].code,
                  both_names(c->arena, picks.items[i].zh, picks.items[i].en, ask->language));
    return ERR_OK;
}

struct example {
    const char *typed;
    struct label means;
};

static void complete_examples(struct completing *c, const struct example *examples)
{
    for (; examples->typed; examples++)
        if (text_starts(text_of(examples->typed), c->token.value))
            add_value(c, (struct text){ "", 0 }, text_of(examples->typed),
                      label_text(c->arena, &examples->means, c->ask->language));
}

static void complete_date(struct completing *c)
{
    static const struct example days[] = {
        { "today", L("today", "今天") },
        { "<today", L("before today", "今天以前") },
        { "t..+7", L("from today for a week", "今天起七天內") },
        { "-30..t", L("the last thirty days", "最近三十天") },
        { NULL, L("", "") },
    };

    complete_examples(c, days);
}

static void complete_filled(struct completing *c)
{
    static const struct example filled[] = {
        { "*", L("is filled in", "已填寫") },
        { "", L("is empty", "空白") },
        { NULL, L("", "") },
    };

    if (c->token.value.len == 0)
        complete_examples(c, filled);
}

static enum err complete_value(struct completing *c)
{
    const struct field *field = field_meant(c->ask->type, c->token.name, c->arena);
    static const struct example answers[] = {
        { "yes", L("yes", "是") },
        { "no", L("no", "否") },
        { NULL, L("", "") },
    };

    if (!field)
        return ERR_OK;
    if (picks_offered(field_indexed(field)))
        TRY(complete_pick(c, field_indexed(field)));
    else if (field->kind == KIND_FLAG)
        complete_examples(c, answers);
    else if (field->kind == KIND_DATE || field->kind == KIND_MOMENT)
        complete_date(c);
    complete_filled(c);
    if (c->out->count == 0) {
        struct completion *item = add(c);

        if (item)
            *item = (struct completion){ .words = label_text(c->arena, &field_kind(field)->how,
                                                             c->ask->language) };
    }
    return ERR_OK;
}

enum err filter_complete(struct completions *out, const struct complete_ask *ask,
                         struct arena *arena)
{
    struct completing c = { .ask = ask, .arena = arena, .out = out };
    struct text narrow = filter_narrow(arena, ask->typed);
    struct token token;
    size_t at = 0;

    *out = (struct completions){ .items = arena_array(arena, ask->limit, sizeof *out->items) };
    c.token = (struct token){ .at = narrow.len, .value = { "", 0 } };
    while (filter_token(narrow, &at, arena, &token))
        if (at == narrow.len)
            c.token = token;
    out->before = (struct text){ narrow.data, c.token.at };
    if (text_present(c.token.name))
        return complete_value(&c);
    complete_field(&c);
    return ERR_OK;
}
