#include "core/model/scan.h"

#include <strings.h>

const struct scan_word scan_words[] = {
    { "*SHELVE", SCAN_ACTION, "shelved", L("Shelve", "上架") },
    { "*MOVE", SCAN_ACTION, "moved", L("Move", "轉移位置") },
    { "*RECEIVE", SCAN_ACTION, "handed_over", L("Receive", "接收") },
    { "*RETURN", SCAN_ACTION, "returned", L("Take back", "交還") },
    { "*LOOK", SCAN_LOOK, NULL, L("Look up", "查看") },
    { "*UNDO", SCAN_UNDO, NULL, L("Undo last scan", "撤銷上一項") },
    { "*DONE", SCAN_DONE, NULL, L("Done", "完成") },
    { NULL, SCAN_DONE, NULL, { NULL, NULL } },
};

const struct scan_word *scan_word_of(struct text code)
{
    for (const struct scan_word *word = scan_words; word->code; word++)
        if (text_of(word->code).len == code.len &&
            strncasecmp(word->code, code.data, code.len) == 0)
            return word;
    return NULL;
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
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
