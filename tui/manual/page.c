#include "tui/manual/manual.h"

#include <stdlib.h>
#include <string.h>

#include "tui/play.h"

const struct exit_code exit_codes[] = {
    { 0, L("done", "完成") },
    { 64, L("a command line that cannot be understood", "指令行不能理解") },
    { 65, L("input that is not acceptable", "輸入的內容不獲接納") },
    { 66, L("a record, code, file or store that is not there",
            "沒有所指的紀錄、編碼、檔案或資料庫") },
    { 70, L("stored data fails its check", "所存資料未能通過核對") },
    { 71, L("the outcome of a commit is not known", "未能得知儲存結果") },
    { 73, L("no space left, or the store cannot be written", "空間不足，或資料庫不能寫入") },
    { 74, L("the system refused a file operation", "系統拒絕檔案操作") },
    { 75, L("another officer was quicker, or a lock is held: try again",
            "另一人員先行儲存，或資料庫正被鎖定：請再試") },
    { 76, L("the store is newer than this program, or its journal files are ahead of it",
            "資料庫版本較本程式新，或其操作紀錄檔案較資料庫為新") },
    { 77, L("not permitted to this officer", "此人員無權執行") },
    { 130, L("interrupted", "已中斷") },
    { -1, { NULL, NULL } },
};

/* A term and what is said of it. */
struct row {
    const char *term;
    struct label words;
};

static const struct row environment[] = {
    { "TERM", L("The terminal, as ncurses knows it. The locale must be a UTF-8 one.",
                "ncurses所認識的終端機類型。語言環境須為UTF-8。") },
    { "NO_COLOR",
      L("Where it is set and not empty, no colours.", "如已設定而並非空白，不用顏色。") },
    { NULL, { NULL, NULL } },
};

static const struct row files[] = {
    { "data.mdb", L("The database.", "資料庫。") },
    { "lock", L("Who is writing.", "正在寫入的人員。") },
    { "journal/",
      L("The journal beside the database: NNNNNN.leaf and NNNNNN.body hold its entries, "
        "head the newest signed checkpoint. A store is rebuilt from it.",
        "與資料庫並存的操作紀錄：NNNNNN.leaf及NNNNNN.body為各項紀錄，"
        "head為最新的已簽署檢查點。資料庫可由此重建。") },
    { "keys/",
      L("The key that signs the journal. It belongs into no backup of the store; keep a "
        "copy under lock elsewhere.",
        "簽署操作紀錄的密鑰。不可納入資料庫備份；副本須另行鎖存。") },
    { "files/", L("Attachments by their SHA-256.", "附件，以SHA-256值命名。") },
    { "desk/", L("Drafts and own settings of each officer.", "各人員的草稿及個人設定。") },
    { NULL, { NULL, NULL } },
};

static const struct row lines[] = {
    { "3", L("opens row 3; 3 history does something with it",
             "開啟第3列；3 history為就該列執行指令") },
    { "NAME", L("a command by its name, or the start of it, in either language; ? lists them",
                "以中英文名稱或其開首執行指令；?列出各指令") },
    { "/ WORDS",
      L("finds or filters; / alone shows everything again", "搜尋或篩選；單獨/則再顯示全部") },
    { ": WORDS", L("finds any command, screen or act", "找出任何指令、畫面或事項") },
    { "Enter",
      L("the next page; - the one before; = this one again", "下一頁；-上一頁；=再顯示本頁") },
    { "Tab, F8", L("keys by their names", "以名稱表示的按鍵") },
    { "^", L("back; quit leaves the program", "返回；quit離開程式") },
    { NULL, { NULL, NULL } },
};

static const char *const examples[] = {
    "tidewaiter demo demo-store",
    "tidewaiter --store demo-store --as desk",
    "tidewaiter list case --store demo-store --filter 'value:>100000000 state:C01' --format "
    "csv",
    "tidewaiter show APT/23/00001-J history --store demo-store --lang en",
    "tidewaiter act exhibit-shelve exhibits=E-2 location=KC-R1-02 --store demo-store --as "
    "clerk",
    "tidewaiter verify --store demo-store",
};

struct paper {
    struct buffer *out;
    enum language language;
};

/* Text of the page: what roff would take for its own is taken its meaning away. */
static void put_text(struct paper *page, const char *text)
{
    for (const char *at = text; *at; at++) {
        if (at == text && (*at == '.' || *at == '\''))
            buffer_string(page->out, "\\&");
        if (*at == '\\')
            buffer_string(page->out, "\\e");
        else if (*at == '-')
            buffer_string(page->out, "\\-");
        else
            buffer_byte(page->out, (uint8_t)*at);
    }
}

static const char *words_of(const struct paper *page, const struct label *label)
{
    return page->language == LANGUAGE_ZH ? label->zh : label->en;
}

static void put_label(struct paper *page, const struct label *label)
{
    put_text(page, words_of(page, label));
    buffer_byte(page->out, '\n');
}

static void put_section(struct paper *page, const char *en, const char *zh)
{
    buffer_printf(page->out, ".SH %s\n", page->language == LANGUAGE_ZH ? zh : en);
}

/* A term in bold with its arguments in italics, then what follows is set in. */
static void put_term(struct paper *page, const char *term, const char *arguments)
{
    buffer_string(page->out, ".TP\n\\fB");
    put_text(page, term);
    buffer_string(page->out, "\\fP");
    if (arguments) {
        buffer_string(page->out, " \\fI");
        put_text(page, arguments);
        buffer_string(page->out, "\\fP");
    }
    buffer_byte(page->out, '\n');
}

/* "make an empty store": as a sentence. */
static void put_sentence(struct paper *page, const struct label *label)
{
    const char *words = words_of(page, label);

    if (page->language == LANGUAGE_ZH) {
        put_text(page, words);
        buffer_string(page->out, "。\n");
        return;
    }
    buffer_byte(page->out,
                (uint8_t)(words[0] >= 'a' && words[0] <= 'z' ? words[0] - 32 : words[0]));
    put_text(page, words + 1);
    buffer_string(page->out, ".\n");
}

static void put_head(struct paper *page)
{
    static const struct label
        name = L("customs cases, exhibits and their custody, in Chinese and English",
                 "海關案件、證物及其保管，中英雙語"),
        what =
            L("keeps the files of customs investigations: cases, seizures, exhibits and who "
              "holds them, in a store that is one folder. Every change is an act by an "
              "officer, checked against the same rules and rights wherever it comes from, and "
              "an entry of a journal that is never rewritten.",
              "管理海關調查檔案：案件、檢取、證物及其保管人，資料庫為單一資料夾。"
              "每項更改均為人員執行的事項，不論從何處執行，均按相同規則及權限核對，"
              "並記入不可改寫的操作紀錄。"),
        how = L(
            "Without a verb the screen opens. F1 explains it, Ctrl+T changes the language, F9 "
            "finds any act or screen by name; tidewaiter help keys prints all keys. With a "
            "verb the program works without a screen, for scripts. Results go to standard "
            "output, sentences about what went wrong to standard error. Options may stand "
            "anywhere after the name of the program.",
            "不加動詞則開啟畫面。F1顯示說明，Ctrl+T轉換語文，F9以名稱找出任何事項或畫面；"
            "tidewaiter help keys列出所有按鍵。加動詞則無須畫面，可供腳本使用。"
            "結果寫於標準輸出，錯誤訊息寫於標準錯誤輸出。選項可置於程式名稱後任何位置。");

    buffer_string(page->out, ".TH TIDEWAITER 1 \"\" \"Tidewaiter " PACKAGE_VERSION
                             "\" \"User Commands\"\n");
    if (page->language == LANGUAGE_ZH)
        buffer_string(page->out, ".nh\n.ad l\n"); /* no gaps between Chinese characters */
    put_section(page, "NAME", "名稱");
    buffer_string(page->out, "tidewaiter \\- ");
    put_label(page, &name);
    put_section(page, "SYNOPSIS", "用法");
    buffer_string(page->out, ".B tidewaiter\n.RI [ options ]\n.br\n.B tidewaiter\n.I verb\n"
                             ".RI [ arguments ]\n.RI [ options ]\n");
    put_section(page, "DESCRIPTION", "說明");
    buffer_string(page->out, ".B tidewaiter\n");
    put_label(page, &what);
    buffer_string(page->out, ".PP\n");
    put_label(page, &how);
}

static void put_verbs(struct paper *page)
{
    put_section(page, "VERBS", "動詞");
    for (const struct verb *verb = verbs; verb->name; verb++) {
        put_term(page, verb->name, verb->arguments);
        put_sentence(page, &verb->help);
        put_label(page, &verb->more);
    }
    put_section(page, "SCRIPTS OF PLAY", "PLAY的腳本");
    for (const struct play_word *word = play_words; word->word; word++) {
        put_term(page, word->word, word->arguments);
        put_sentence(page, &word->help);
    }
}

static void put_options(struct paper *page)
{
    put_section(page, "OPTIONS", "選項");
    for (const struct option *option = program_options; option->name; option++) {
        put_term(page, option->name, option->value);
        put_label(page, &option->help);
    }
}

static void put_rows(struct paper *page, const struct row *rows)
{
    for (; rows->term; rows++) {
        put_term(page, rows->term, NULL);
        put_label(page, &rows->words);
    }
}

static void put_lines(struct paper *page)
{
    static const struct label
        what =
            L("With --plain each screen is told as lines, once, and what stands in it has "
              "numbers. Nothing moves, nothing is drawn over, and input may come from a pipe.",
              "以--plain啟動時，各畫面以文字行列出一次，各項附有編號。內容不會移動或覆蓋，"
              "並可經管道輸入。"),
        form =
            L("A form asks its fields one after the other, with what stands in them after //. "
              "Enter keeps that, @ empties it, ? explains the field, ?? also lists what may "
              "stand in it, / and words choose, = tells all fields, ^name goes to a field, "
              "^save saves, and ^ leaves and keeps a draft. A backslash before an answer takes "
              "the meaning of such signs away.",
              "表格逐欄查詢，//後為現有內容。按Enter保留，@清空，?解釋該欄，??並列出可填的值，"
              "/加字詞揀選，=列出所有欄位，^欄位名稱跳至該欄，^save儲存，^離開並保留草稿。"
              "答案前加反斜線，則上述符號只作文字。");

    put_section(page, "LINES", "文字行");
    put_label(page, &what);
    put_rows(page, lines);
    buffer_string(page->out, ".PP\n");
    put_label(page, &form);
}

void manual_page(struct buffer *out, enum language language)
{
    static const struct label see = L(
                                  "The card of keys: tidewaiter help keys. The manual and the "
                                  "paper of the bytes on disk, manual.md and file-format.md, "
                                  "in the folder of documents.",
                                  "按鍵一覽：tidewaiter help keys。使用手冊manual.zh-HK.md及"
                                  "檔案格式說明file-format.md存於文件資料夾。"),
                              folder = L("In the folder of the store:", "於資料庫的資料夾內：");
    AUTO_ARENA struct arena *arena = arena_new();
    struct paper page = { out, language };

    put_head(&page);
    put_verbs(&page);
    put_options(&page);
    put_lines(&page);
    put_section(&page, "EXIT STATUS", "結束碼");
    for (const struct exit_code *row = exit_codes; row->code >= 0; row++) {
        put_term(&page, arena_printf(arena, "%d", row->code).data, NULL);
        put_label(&page, &row->meaning);
    }
    put_section(&page, "ENVIRONMENT", "環境變數");
    put_rows(&page, environment);
    put_section(&page, "FILES", "檔案");
    put_label(&page, &folder);
    put_rows(&page, files);
    put_section(&page, "EXAMPLES", "例子");
    buffer_string(out, ".nf\n");
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        put_text(&page, examples[i]);
        buffer_byte(out, '\n');
    }
    buffer_string(out, ".fi\n");
    put_section(&page, "SEE ALSO", "另見");
    put_label(&page, &see);
}
