/* The verbs and options of the command line: help, manual page and completion are made from these rows. */
#include "tui/command/command_line.h"

#include <stddef.h>
#include <string.h>

const struct verb verbs[] = {
    { .name = "init",
      .arguments = "DIR number=NUMBER name='中文 | English' [origin=NAME]",
      .completes = "folder",
      .help = L("make an empty store and its first administrator",
                "建立空白資料庫及首個管理員帳戶"),
      .more =
          L("DIR is a new folder. The store gets the code tables and its first "
            "administrator, whose password is asked for. origin= is the name of the journal "
            "in proofs; it never changes.",
            "DIR為新資料夾。資料庫會載入編碼表，並建立首個管理員帳戶，其密碼會即時查詢。"
            "origin=為操作紀錄在證明中的名稱，其後不可更改。"),
      .run = run_init },
    { .name = "demo",
      .arguments = "DIR",
      .completes = "folder",
      .help = L("make a demonstration store from real cases", "以真實個案建立示範資料庫"),
      .more =
          L("It is made from published cases. In it anybody signs in without a password; it "
            "can never become a real store.",
            "以已公布的個案建立。示範資料庫無須密碼即可登入，亦不能轉為正式資料庫。"),
      .run = run_demo },
    { .name = "list",
      .arguments = "TYPE",
      .completes = "type",
      .help = L("list records", "列出紀錄"),
      .more = L("See --filter, --by, --reverse, --limit, --all-fields and --format.",
                "請參閱 --filter、--by、--reverse、--limit、--all-fields 及 --format。"),
      .run = run_list,
      .reads = true },
    { .name = "show",
      .arguments = "ID [history]",
      .completes = "history",
      .help = L("show a record, its chain or its history", "顯示紀錄、保管鏈或修訂紀錄"),
      .more =
          L("ID is the id (E-12) or the number as people quote it (APT/23/00001-J). With the "
            "word history every revision: who, when, by which act, what changed. See "
            "--as-at.",
            "ID為識別碼(E-12)或慣用編號(APT/23/00001-J)。加上history則列出歷次修訂："
            "何人、何時、以何事項、更改何內容。請參閱 --as-at。"),
      .run = run_show,
      .reads = true },
    { .name = "find",
      .arguments = "WORDS",
      .help = L("search numbers and words", "搜尋編號及字詞"),
      .more = L("A number of any kind, or words of titles and descriptions.",
                "任何編號，或標題及描述內的字詞。"),
      .run = run_find,
      .reads = true },
    { .name = "act",
      .arguments = "[NAME [on=ID] [FIELD=VALUE ...]]",
      .completes = "act",
      .help = L("do an act; without a name it lists them", "執行事項；不加名稱則列出各項"),
      .more =
          L("Prints the ids of the records that it made or changed. With a name and --help it "
            "lists the fields of that act and how each is typed. on= names the record that "
            "the act is done upon; reason= and remark= go into the journal with any act that "
            "does not ask for them itself.",
            "輸出所建立或更改的紀錄識別碼。名稱後加 --help 則列出該事項的欄位及輸入方法。"
            "on=為事項所涉的紀錄；如事項本身沒有查詢，reason=及remark=會一併記入操作紀錄。"),
      .run = run_act },
    { .name = "export",
      .arguments = "TYPE",
      .completes = "type",
      .help = L("write all fields of all records", "匯出所有紀錄的全部欄位"),
      .more = L("As TSV where no --format is given.", "如無指明 --format，以TSV格式匯出。"),
      .run = run_export,
      .reads = true },
    { .name = "label",
      .arguments = "FORM NUMBER ...",
      .completes = "text svg zpl escpos",
      .help = L("labels with bar codes", "列印條碼標籤"),
      .more =
          L("Labels with a bar code and a QR code for exhibits, store locations and officers. "
            "FORM is text, svg (100 by 62 mm), zpl (label printers) or escpos (receipt "
            "printers).",
            "證物、存放位置及人員的條碼及二維碼標籤。FORM為text、svg(100乘62毫米)、"
            "zpl(標籤打印機)或escpos(收據打印機)。"),
      .run = run_label,
      .reads = true },
    { .name = "paper",
      .arguments = "KIND FORM NUMBER",
      .completes = "custody-form continuity-statement receipt lending-note",
      .help = L("a paper of a record, to be printed", "列印紀錄文件"),
      .more = L("KIND is custody-form or continuity-statement (of an exhibit), receipt or "
                "lending-note (of a hand-over); FORM is text or html.",
                "KIND為custody-form或continuity-statement(證物)、receipt或lending-note(移交)；"
                "FORM為text或html。"),
      .run = run_paper,
      .reads = true },
    { .name = "fetch",
      .arguments = "NUMBER FILE",
      .completes = "file",
      .help = L("write an attached file", "取出附件檔案"),
      .more = L("The file of an attachment is compared with its hash value and written to "
                "FILE, which must not be there yet; - is the output. Files are attached with "
                "act attachment-add path=FILE.",
                "附件檔案會與雜湊值比對，然後寫入FILE；該檔案不得已存在；- 即輸出至標準輸出。"
                "加入附件：act attachment-add path=FILE。"),
      .run = run_fetch,
      .reads = true },
    { .name = "stocktake-sample",
      .arguments = "NUMBER",
      .help = L("derive the list of a stocktake anew", "重新推算盤點清單"),
      .more = L("Finds again what lay in the scope of a stocktake when it opened, draws the "
                "sample again from the recorded seed, and compares both with what was written "
                "down before the count. A line for each exhibit in scope: stratum, SHA-256 of "
                "\"SEED NUMBER\", number, place, and whether it was drawn.",
                "重新找出盤點開始時範圍內的證物，以已記錄的種子重新抽樣，並與盤點前的記錄"
                "比對。範圍內每件證物一行：分層、「種子 編號」的SHA-256、編號、位置，以及"
                "是否抽出。"),
      .run = run_stocktake_sample,
      .reads = true },
    { .name = "verify",
      .help = L("prove that the store is whole", "核實資料庫完整無缺"),
      .more =
          L("Every entry, body, signature, record, index entry and counter. Prints the head of "
            "the journal, to be compared with one kept elsewhere. See --quick.",
            "核實每項操作紀錄、內容、簽署、紀錄、索引及計數，並輸出操作紀錄的頭值，"
            "以便與另存的頭值比對。請參閱 --quick。"),
      .run = run_verify,
      .reads = true },
    { .name = "tend",
      .help = L("one round of upkeep, for a timer", "進行一輪保養，供定時執行"),
      .more =
          L("Compares attached files with their hash values, as many as half a minute allows, "
            "and goes on next time where it ended; clears what dead processes left. A file "
            "that is damaged or missing is printed, marked on its attachment, and ends the "
            "verb with the exit code of damage. Nobody need sign in.",
            "核對附件檔案與雜湊值，每次約半分鐘，下次由上次結束之處繼續；並清理已終止程序的"
            "遺留。損壞或遺失的檔案會輸出、於附件標示，並以損壞的結束碼結束。無須登入。"),
      .run = run_tend },
    { .name = "rebuild",
      .arguments = "FROM DIR",
      .completes = "folder",
      .help = L("make a store anew from a journal", "由操作紀錄重建資料庫"),
      .more = L("Makes a store in the folder DIR from the journal of the store FROM.",
                "以資料庫FROM的操作紀錄，在資料夾DIR重建資料庫。"),
      .run = run_rebuild },
    { .name = "play",
      .arguments = "SCRIPT",
      .completes = "file",
      .help = L("feed keys and print screens", "按腳本輸入按鍵並輸出畫面"),
      .more =
          L("Feeds keys from a script to the screen and prints screens as text, or writes "
            "them as SVG, without a terminal; - is standard input. A line of the script is a "
            "word and what follows it.",
            "按腳本向畫面輸入按鍵，並以文字輸出或以SVG儲存畫面，無須終端機；"
            "-即標準輸入。腳本每行為一個詞及其後的內容。"),
      .run = run_play },
    { .name = "user",
      .arguments = "NUMBER",
      .help = L("set an officer's password", "設定人員密碼"),
      .more = L("NUMBER is the staff number. The officer's signing key is made too.",
                "NUMBER為職員編號。人員的簽署密鑰會同時建立。"),
      .run = run_user },
    { .name = "help",
      .arguments = "[TOPIC]",
      .completes = "topic",
      .help = L("say all this", "顯示本說明"),
      .more = L(
          "TOPIC is a verb; an act; a type of record (its fields and orders); keys (a card of "
          "all keys, 80 columns), keys-svg (the "
          "same as a picture); reference (every key, act, field and filter, as Markdown); "
          "man and completion (this manual page and the completion of bash, which are "
          "made so).",
          "TOPIC為動詞、事項或紀錄類別(列出欄位及排序)；keys(按鍵一覽，80欄)、keys-svg(圖片)；"
          "reference(所有按鍵、事項、欄位及篩選方法，Markdown格式)；"
          "man及completion(本手冊及bash補全檔，均由此產生)。"),
      .run = run_help,
      .reads = true },
    { .name = NULL },
};

const struct verb *verb_named(const char *name)
{
    for (const struct verb *verb = verbs; verb->name; verb++)
        if (strcmp(verb->name, name) == 0)
            return verb;
    return NULL;
}

#define OPTION(text, member, type)                                                             \
    .name = text, .offset = offsetof(struct command_line, member), .kind = OPTION_##type
const struct option program_options[] = {
    { OPTION("--store", store, TEXT), .value = "DIR", .completes = "folder",
      .help =
          L("The folder of the store; where it is not given, the folder where the program is "
            "started.",
            "資料庫的資料夾；如無指明，即啟動程式時所在的資料夾。") },
    { OPTION("--as", as, TEXT), .value = "NUMBER",
      .completes = "desk supervisor clerk administrator",
      .help =
          L("Who you are: your staff number; in a demonstration store also desk, supervisor, "
            "clerk, administrator.",
            "你的職員編號；示範資料庫亦可用desk、supervisor、clerk、administrator。") },
    { OPTION("--second", second, TEXT), .value = "NUMBER",
      .completes = "desk supervisor clerk administrator",
      .help = L("The other person of an act that needs two.", "須兩人執行的事項的另一人員。") },
    { OPTION("--third", third, TEXT), .value = "NUMBER",
      .completes = "desk supervisor clerk administrator",
      .help = L("The second witness of an act that two others witness.",
                "須兩人見證的事項的第二見證人員。") },
    { OPTION("--password-fd", password_fd, NUMBER), .value = "N",
      .help = L("Reads the password from this open file; otherwise it is asked for at the "
                "terminal.",
                "由此已開啟的檔案讀取密碼；如無指明，於終端機查詢。") },
    { OPTION("--lang", language, LANGUAGE), .value = "zh|en|both", .completes = "zh en both",
      .help = L("The language of labels and sentences; both where this is not given.",
                "標籤及訊息的語文；如無指明，中英對照。") },
    { OPTION("--format", format, FORMAT), .value = "text|tsv|csv|json",
      .completes = "text tsv csv json",
      .help = L("The form of list, show and export.", "list、show及export的輸出格式。") },
    { OPTION("--filter", filter, TEXT), .value = "TEXT",
      .help =
          L("Only records in which every part holds: field:value, value:>1000000, "
            "opened:2023-06..2023-09, or a bare word. Fields go by their names or labels in "
            "either language, which may be cut short. > and < leave the bound out, >= and "
            "<= take it in, as a range does its ends; amounts of another currency or unit "
            "never match. tidewaiter help reference has them all.",
            "只包括完全符合各部分的紀錄：「欄位:值」、value:>1000000、"
            "opened:2023-06..2023-09，或單獨字詞。欄位可用名稱或中英文標籤，並可只寫開首。"
            ">及<不包括界限，>=、<=及範圍則包括；其他貨幣或單位的數額不會相符。"
            "詳見tidewaiter help reference。") },
    { OPTION("--by", sort, TEXT), .value = "INDEX",
      .help = L("The order of a list, by the name of an index, such as by_number.",
                "清單的排序，以索引名稱表示，例如by_number。") },
    { OPTION("--reverse", reverse, FLAG), .help = L("The other way round.", "倒轉次序。") },
    { OPTION("--limit", limit, NUMBER), .value = "N",
      .help = L("At most so many records; 0: all.", "最多列出的紀錄數目；0即全部。") },
    { OPTION("--all-fields", all_fields, FLAG),
      .help = L("All fields, not only those that lists show.",
                "列出全部欄位，而不限於清單所示者。") },
    { OPTION("--as-at", as_at, TEXT), .value = "MOMENT",
      .help = L("With show: the record as it stood then, such as '2026-06-21 08:40'.",
                "與show並用：當時的紀錄內容，例如'2026-06-21 08:40'。") },
    { OPTION("--quick", quick, FLAG),
      .help =
          L("With verify: the pages of the database, the entries and the signed head alone, "
            "without bodies and records.",
            "與verify並用：只核實資料庫頁面、操作紀錄及已簽署的頭值，不包括內容及紀錄。") },
    { OPTION("--mono", mono, FLAG),
      .help = L("No colours, as with NO_COLOR in the environment.",
                "不用顏色，與設定環境變數NO_COLOR相同。") },
    { OPTION("--ascii", ascii, FLAG),
      .help = L("Lines and marks of the screen in ASCII.", "畫面的線條及記號以ASCII顯示。") },
    { OPTION("--no-mouse", no_mouse, FLAG),
      .help = L("Leaves the mouse to the terminal, which then selects text with it.",
                "滑鼠留給終端機，用以選取文字。") },
    { OPTION("--plain", plain, FLAG),
      .help =
          L("Prompts and lines in place of the screen, for screen readers, braille lines and "
            "terminals that cannot place a cursor.",
            "以提示及文字行代替畫面，供螢幕閱讀器、點字顯示器及不能定位游標的終端機使用。") },
    { OPTION("--escape-ms", escape_ms, NUMBER), .value = "N",
      .help = L("How long Esc waits for the rest of a key, on slow lines; 0: as usual.",
                "線路緩慢時，按Esc後等候其餘按鍵訊號的毫秒數；0即如常。") },
    { OPTION("--help", help, FLAG),
      .help =
          L("Lists verbs and options; after a verb what it does, after act NAME its fields.",
            "列出動詞及選項；置於動詞後說明其用途，置於act NAME後列出其欄位。") },
    { OPTION("-h", help, FLAG), .help = L("The same as --help.", "與--help相同。") },
    { OPTION("--version", version, FLAG), .help = L("Prints the version.", "顯示版本。") },
    { .name = NULL },
};

const struct option *option_named(const char *word)
{
    for (const struct option *option = program_options; option->name; option++)
        if (strcmp(option->name, word) == 0)
            return option;
    return NULL;
}
