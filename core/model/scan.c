#include "core/model/scan.h"

#include <strings.h>

/* clang-format off */
const struct scan_word scan_words[] = {
    { "*SHELVE", SCAN_ACTION, L("Shelve", "上架"), SCAN_STORES, "shelved", NULL, 0 },
    { "*MOVE", SCAN_ACTION, L("Move", "轉移位置"), SCAN_STORES, "moved", NULL, 0 },
    { "*RECEIVE", SCAN_ACTION, L("Receive", "接收"), SCAN_TAKES, "handed_over", NULL, 0 },
    { "*RETURN", SCAN_ACTION, L("Take back", "交還"), SCAN_TAKES, "returned", "return", 0 },
    { "*LEND", SCAN_ACTION, L("Lend to laboratory", "提取化驗"), SCAN_GIVES, "lent", "laboratory", 0 },
    { "*LENDCOURT", SCAN_ACTION, L("Lend to court", "提取到庭"), SCAN_GIVES, "lent", "court", 0 },
    { "*LENDFORENSIC", SCAN_ACTION, L("Lend to forensics", "提取法證"), SCAN_GIVES, "lent", "forensics", 0 },
    { "*LENDPHOTO", SCAN_ACTION, L("Lend for photographs", "提取拍照"), SCAN_GIVES, "lent", "photography", 0 },
    { "*PRODUCE", SCAN_ACTION, L("Produce in court", "呈堂"), SCAN_GIVES, "produced", "court", 0 },
    { "*KEEP", SCAN_ACTION, L("Keep in place", "現場看管"), SCAN_KEEPS, NULL, NULL, 0 },
    { "*SEAL", SCAN_ACTION, L("Seal", "加封"), SCAN_SEALS, NULL, NULL, 0 },
    { "*WEIGH", SCAN_ACTION, L("Weigh", "量重"), SCAN_WEIGHS, NULL, NULL, 0 },
    { "*COUNT", SCAN_ACTION, L("Count", "點算"), SCAN_COUNTS, NULL, NULL, 0 },
    { "*REFUSE", SCAN_ACTION, L("Refuse", "拒收"), SCAN_REFUSES, NULL, NULL, 0 },
    { "*LOOK", SCAN_LOOK, L("Look up", "查看"), SCAN_STORES, NULL, NULL, 0 },
    { "*ALL", SCAN_ALL, L("All of the last hand-over", "上一移交全部"), SCAN_STORES, NULL, NULL, 0 },
    { "*UNDO", SCAN_UNDO, L("Undo last scan", "撤銷上一項"), SCAN_STORES, NULL, NULL, 0 },
    { "*RESUME", SCAN_RESUME, L("Go on with open hand-over", "繼續未完移交"), SCAN_STORES, NULL, NULL, 0 },
    { "*DONE", SCAN_DONE, L("Done", "完成"), SCAN_STORES, NULL, NULL, 0 },
    { "*DAYS7", SCAN_DAYS, L("Due back in 7 days", "7天後歸還"), SCAN_GIVES, NULL, NULL, 7 },
    { "*DAYS14", SCAN_DAYS, L("Due back in 14 days", "14天後歸還"), SCAN_GIVES, NULL, NULL, 14 },
    { "*DAYS30", SCAN_DAYS, L("Due back in 30 days", "30天後歸還"), SCAN_GIVES, NULL, NULL, 30 },
    { "*DAYS90", SCAN_DAYS, L("Due back in 90 days", "90天後歸還"), SCAN_GIVES, NULL, NULL, 90 },
    { "*BADPACK", SCAN_REASON, L("Badly packed", "包裝不妥"), SCAN_REFUSES, NULL, NULL, 0 },
    { "*BADSEAL", SCAN_REASON, L("Seal broken, missing or another one", "封條破損、欠缺或不符"), SCAN_REFUSES, NULL, NULL, 0 },
    { "*BADCOUNT", SCAN_REASON, L("Number or weight differs", "數目或重量不符"), SCAN_REFUSES, NULL, NULL, 0 },
    { "*BADLABEL", SCAN_REASON, L("Label missing or wrong", "標籤欠缺或有誤"), SCAN_REFUSES, NULL, NULL, 0 },
    { "*NOPAPER", SCAN_REASON, L("Papers incomplete", "文件不齊"), SCAN_REFUSES, NULL, NULL, 0 },
    { NULL, SCAN_DONE, { NULL, NULL }, SCAN_STORES, NULL, NULL, 0 },
};
/* clang-format on */

const struct scan_word *scan_word_of(struct text code)
{
    for (const struct scan_word *word = scan_words; word->code; word++)
        if (text_of(word->code).len == code.len &&
            strncasecmp(word->code, code.data, code.len) == 0)
            return word;
    return NULL;
}

const struct scan_word *scan_word_of_action(struct text action)
{
    for (const struct scan_word *word = scan_words; word->code; word++)
        if (word->action && text_is(action, word->action))
            return word;
    return NULL;
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* AIM identifiers (ISO/IEC 15424) are "]", a letter and a sign. */
struct text scan_clean(struct text scanned)
{
    while (scanned.len > 0 && (uint8_t)scanned.data[0] <= ' ') {
        scanned.data++;
        scanned.len--;
    }
    while (scanned.len > 0 && (uint8_t)scanned.data[scanned.len - 1] <= ' ')
        scanned.len--;
    if (scanned.len > 3 && scanned.data[0] == ']' && is_letter(scanned.data[1])) {
        scanned.data += 3;
        scanned.len -= 3;
    }
    return scanned;
}

/* Balances send what is weighed between marks of their own: stable or not, gross or net, a sign, blanks. */
struct text scan_amount(struct arena *arena, struct text scanned)
{
    size_t from = 0, to, unit, end;
    const char *sign = "";

    while (from < scanned.len && !is_digit(scanned.data[from]))
        from++;
    if (from == scanned.len)
        return TEXT("");
    for (size_t i = 0; i < from; i++)
        sign = scanned.data[i] == '-' ? "-" : sign;
    for (to = from; to < scanned.len && (is_digit(scanned.data[to]) ||
                                         scanned.data[to] == '.' || scanned.data[to] == ',');)
        to++;
    for (unit = to; unit < scanned.len && scanned.data[unit] == ' ';)
        unit++;
    for (end = unit; end < scanned.len && scanned.data[end] != ' ';)
        end++;
    return arena_printf(arena, "%s%.*s%s%.*s", sign, (int)(to - from), scanned.data + from,
                        end > unit ? " " : "", (int)(end - unit), scanned.data + unit);
}
