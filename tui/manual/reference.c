/* The reference: every key, act, field and filter, as Markdown. */
#include <string.h>

#include "core/model/choices.h"
#include "core/model/types.h"
#include "tui/manual/manual.h"
#include "tui/view/views.h"

const struct filter_example filter_examples[] = {
    { "case", "魚翅",
      L("the word stands in a listed or searched field", "清單或可搜尋欄位內有此字詞") },
    { "case", "ordinance:586", L("a field by its name", "以欄位名稱") },
    { "case", "條例:586", L("or by its label in either language", "或以其中英文標籤") },
    { "case", "state:C01 ordinance:586", L("both hold", "兩項均符合") },
    { "case", "value:>100000000",
      L("more than; >= and <= take the bound in", "多於此數；>=及<=包括界限") },
    { "case", "opened:2023-06..2023-09",
      L("from one to the other, both ends taken in", "由起至止，包括首尾") },
    { "case", "opened:2023-06",
      L("a day, month or year, and all in it", "某日、某月或某年內") },
    { "case", "opened:<today",
      L("also yesterday, tomorrow, t..+7", "亦可用yesterday、tomorrow、t..+7") },
    { "case", "officer:.", L("a full stop is yourself", "一點代表自己") },
    { "case", "ordinance:586,109", L("any of these codes", "其中任何一個編碼") },
    { "exhibit", "commodity:DRG", L("a code, with those below it", "某編碼及其下各編碼") },
    { "case", "-ordinance:60", L("not", "不包括") },
    { "case", "value:*", L("is filled in", "已填寫") },
    { "case", "value:", L("is empty", "空白") },
    { "case", "\"Dried sea\"",
      L("quotation marks keep blanks and colons", "引號內可有空格及冒號") },
    { "exhibit", "commodity:END.SHF holder:KC-R1-03",
      L("codes, and records by their number", "編碼，及以編號表示的紀錄") },
    { NULL, NULL, { NULL, NULL } },
};

struct writer {
    struct buffer *out;
    struct arena *arena;
    enum language language;
};

/* A cell of a table: a bar would end it. */
static void put(struct writer *to, const char *words)
{
    for (const char *at = words ? words : ""; *at; at++) {
        if (*at == '|' || *at == '<' || *at == '*' || *at == '_')
            buffer_byte(to->out, '\\');
        buffer_byte(to->out, (uint8_t)(*at == '\n' ? ' ' : *at));
    }
}

static const char *words_of(const struct writer *to, const struct label *label)
{
    return to->language == LANGUAGE_ZH ? label->zh : label->en;
}

static void put_label(struct writer *to, const struct label *label)
{
    put(to, words_of(to, label));
}

static void put_title(struct writer *to, const char *marks, const char *en, const char *zh)
{
    buffer_printf(to->out, "\n%s %s\n\n", marks, to->language == LANGUAGE_ZH ? zh : en);
}

/* The head of a table, its columns with a bar between. */
static void put_head(struct writer *to, const char *en, const char *zh)
{
    const char *columns = to->language == LANGUAGE_ZH ? zh : en;

    buffer_printf(to->out, "| %s |\n|", columns);
    for (const char *at = columns; at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
        buffer_string(to->out, "---|");
    buffer_byte(to->out, '\n');
}

/* ---- keys ---- */

static void put_commands(struct writer *to, const struct view_type *type,
                         const struct command *commands)
{
    put_head(to, "Key | Command | What it does", "按鍵 | 指令 | 用途");
    for (const struct command *command = commands; command && command->name; command++) {
        struct text keys = command_keys(to->arena, type, command);

        buffer_printf(to->out, "| %.*s | ", (int)keys.len, keys.data);
        put_label(to, &command->label);
        buffer_string(to->out, " | ");
        put_label(to, &command->help);
        buffer_string(to->out, " |\n");
    }
}

static void put_keys(struct writer *to)
{
    static const struct view_type any = { .name = "any" };

    put_title(to, "##", "Keys", "按鍵");
    put_title(to, "###", "Everywhere", "各畫面通用");
    put_commands(to, &any, app_commands);
    buffer_byte(to->out, '\n');
    for (const struct help_key *row = help_keys; row->keys; row++) {
        buffer_printf(to->out, "- %s: ", row->keys);
        put_label(to, &row->what);
        buffer_byte(to->out, '\n');
    }
    for (const struct view_type *const *type = view_types; *type; type++) {
        put_title(to, "###", (*type)->label.en, (*type)->label.zh);
        put_label(to, &(*type)->help);
        buffer_string(to->out, "\n");
        if (!(*type)->commands || !(*type)->commands->name)
            continue;
        buffer_string(to->out, "\n");
        put_commands(to, *type, (*type)->commands);
    }
}

/* ---- acts ---- */

static void put_roles(struct writer *to, enum right right)
{
    bool first = true;

    for (const struct choice *role = choices_role; role->code; role++) {
        if (!(rights_of_role(text_of(role->code)) & right))
            continue;
        buffer_string(to->out, first ? "" : ", ");
        put_label(to, &role->label);
        first = false;
    }
}

static void put_asked(struct writer *to, const struct act *act)
{
    struct act_fields fields = act_fields(act);
    bool first = true;

    for (size_t i = 0; act->asks && i < fields.count; i++) {
        if (!act_takes(act, &fields.fields[i]))
            continue;
        buffer_string(to->out, first ? "" : ", ");
        put_label(to, &fields.fields[i].label);
        buffer_string(to->out, fields.fields[i].flags & REQUIRED ? " \\*" : "");
        first = false;
    }
}

static void put_signers(struct writer *to, const struct act *act)
{
    static const struct label two = L("two persons", "兩人簽署"), one = L("signed", "簽署"),
                              perhaps = L("signed; a second person where the rules ask",
                                          "簽署；按規則或須第二人");

    if (act->second_role)
        put_label(to, act->second_always ? &two : &perhaps);
    else if (act->first_role)
        put_label(to, &one);
}

static void put_act(struct writer *to, const struct act *act)
{
    static const struct label yes = L("yes", "可"), no = L("no", "否");

    buffer_string(to->out, "| ");
    put_label(to, &act->label);
    buffer_printf(to->out, " | `%s` | ", act->name);
    put_label(to, &act->help);
    buffer_string(to->out, " | ");
    put_roles(to, act->right);
    buffer_string(to->out, " | ");
    put_asked(to, act);
    buffer_string(to->out, " | ");
    put_signers(to, act);
    buffer_string(to->out, " | ");
    put_label(to, act->undoable ? &yes : &no);
    buffer_string(to->out, " |\n");
}

static bool has_acts(const struct record_type *type)
{
    for (const struct act *const *act = acts; *act; act++)
        if (!(*act)->hidden && (*act)->type == type)
            return true;
    return false;
}

static void put_acts(struct writer *to)
{
    put_title(to, "##", "Acts", "事項");
    for (const struct record_type *const *type = record_types; *type; type++) {
        if (!has_acts(*type))
            continue;
        put_title(to, "###", (*type)->plural.en, (*type)->plural.zh);
        put_head(to, "Act | Name | What it does | Who | Asks | Signed | Undo",
                 "事項 | 名稱 | 用途 | 何人 | 填寫 | 簽署 | 復原");
        for (const struct act *const *act = acts; *act; act++)
            if (!(*act)->hidden && (*act)->type == *type)
                put_act(to, *act);
    }
}

/* ---- record types ---- */

static void put_rules(struct writer *to, const struct field *field)
{
    static const struct {
        unsigned flag;
        struct label words;
    } flags[] = {
        { REQUIRED, L("required", "必填") },     { ONCE, L("once", "只填一次") },
        { BY_ACT, L("by acts", "由事項設定") },  { LISTED, L("listed", "清單顯示") },
        { SEARCHED, L("searched", "可搜尋") },   { PRIVATE, L("need to know", "須知者") },
        { BLIND, L("never shown", "不予顯示") },
    };
    bool first = true;

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (!(field->flags & flags[i].flag))
            continue;
        buffer_string(to->out, first ? "" : ", ");
        put_label(to, &flags[i].words);
        first = false;
    }
}

/* Its help, then the values of a short table of choices. */
static void put_meaning(struct writer *to, const struct field *field)
{
    bool first = true;

    if (field->help.en)
        put_label(to, &field->help);
    for (const struct choice *choice = field->choices; choice && choice->code; choice++) {
        buffer_printf(to->out, "%s`%s` ",
                      first && !field->help.en ? ""
                      : first                  ? " "
                                               : "; ",
                      choice->code);
        put_label(to, &choice->label);
        first = false;
    }
}

static void put_field(struct writer *to, const struct field *field)
{
    buffer_string(to->out, "| ");
    put_label(to, &field->label);
    buffer_printf(to->out, " | `%s` | ", field->name);
    put_label(to, &field_kind(field)->label);
    if (field->codes)
        buffer_printf(to->out, " (`%s`)", field->codes);
    if (field->targets)
        buffer_printf(to->out, " (`%s`)", field->targets);
    buffer_string(to->out, " | ");
    put_rules(to, field);
    buffer_string(to->out, " | ");
    put_meaning(to, field);
    buffer_string(to->out, " |\n");
}

static void put_types(struct writer *to)
{
    put_title(to, "##", "Records and their fields", "紀錄及欄位");
    for (const struct record_type *const *type = record_types; *type; type++) {
        put_title(to, "###", (*type)->plural.en, (*type)->plural.zh);
        put_label(to, &(*type)->help);
        buffer_printf(to->out, " (`%s`%s%s%s)\n\n", (*type)->name,
                      *(*type)->letters ? ", `" : "", (*type)->letters,
                      *(*type)->letters ? "-1`" : "");
        put_head(to, "Field | Name | Kind | Rules | What it holds",
                 "欄位 | 名稱 | 類別 | 規則 | 內容");
        for (size_t i = 0; i < (*type)->count; i++)
            put_field(to, &(*type)->fields[i]);
    }
}

static void put_kinds(struct writer *to)
{
    put_title(to, "##", "How values are typed", "輸入方法");
    put_head(to, "Kind | How", "類別 | 方法");
    for (int id = 0; id < KIND_COUNT; id++) {
        const struct kind *kind = kind_of((enum kind_id)id);

        buffer_string(to->out, "| ");
        put_label(to, &kind->label);
        buffer_string(to->out, " | ");
        put_label(to, &kind->how);
        buffer_string(to->out, " |\n");
    }
}

static void put_filters(struct writer *to)
{
    put_title(to, "##", "Filters", "篩選");
    put_head(to, "List | Typed | What it finds", "清單 | 輸入 | 找出");
    for (const struct filter_example *row = filter_examples; row->type; row++) {
        buffer_string(to->out, "| ");
        put_label(to, &type_named(text_of(row->type))->plural);
        buffer_printf(to->out, " | `%s` | ", row->filter);
        put_label(to, &row->finds);
        buffer_string(to->out, " |\n");
    }
}

void manual_reference(struct buffer *out, enum language language)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct writer to = { out, arena, language };

    buffer_string(
        out, language == LANGUAGE_ZH
                 ? "# 參考資料\n\n本文件由`tidewaiter help reference`按程式的資料表產生。\n"
                 : "# Reference\n\nWritten by `tidewaiter help reference` from the "
                   "tables of the program.\n");
    put_keys(&to);
    put_filters(&to);
    put_kinds(&to);
    put_acts(&to);
    put_types(&to);
}
