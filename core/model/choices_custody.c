/* Choices of the exhibit room: custody, seals, counts, stocktakes, disposals, examinations, entries. */
#include "core/model/choice_rows.h"
#include "core/model/choices.h"

CHOICES(counted){
    { "counted", L("Counted", "點算") },
    { "weighed", L("Weighed", "量重") },
    { "estimated", L("Estimated", "估計") },
    { "declared", L("Declared", "報稱") },
    { "stated", L("Stated by the source", "來源所述") },
    END,
};
CHOICES(seal_state){
    { "stock", L("In stock", "庫存") },
    { "issued", L("Issued", "已發出") },
    { "used", L("On an exhibit", "使用中") },
    { "broken", L("Broken", "已拆封") },
    { "spoiled", L("Spoiled", "損壞") },
    { "lost", L("Lost", "遺失") },
    END,
};
CHOICES(scanned){
    { "shelved", L("Shelve", "上架") },
    { "moved", L("Move", "轉移位置") },
    { "handed_over", L("Receive", "接收") },
    { "returned", L("Take back", "交還") },
    { "lent", L("Lend", "提取") },
    { "produced", L("Produce in court", "呈堂") },
    END,
};
CHOICES(seal_spoilt){
    { "spoiled", L("Spoiled", "損壞") },
    { "lost", L("Lost", "遺失") },
    END,
};
CHOICES(stocktake_state){
    { "open", L("Being counted", "盤點中") },  { "counted", L("To be signed", "待簽核") },
    { "signed", L("Signed", "已簽核") },       { "closed", L("Closed", "已結束") },
    { "abandoned", L("Abandoned", "已放棄") }, END,
};
CHOICES(stocktake_method){
    { "full", L("Full count", "全面盤點") },
    { "sample", L("Drawn sample", "抽樣盤點") },
    END,
};
CHOICES(stocktake_line){
    { "place", L("Shelf begun", "開始此位置") },
    { "found", L("In place", "相符") },
    { "moved", L("Elsewhere", "位置不符") },
    { "found_again", L("Found again", "尋回") },
    { "unknown", L("Unknown", "不明") },
    { "taken_back", L("Taken back", "已撤銷") },
    END,
};
CHOICES(stocktake_pass){
    { "first", L("First count", "首次點算") },
    { "second", L("Second count", "第二次點算") },
    END,
};
CHOICES(stratum){
    { "drug", L("Drugs", "毒品") },          { "cash", L("Cash", "現金") },
    { "arms", L("Arms", "槍械武器") },       { "high", L("High value", "高價值物品") },
    { "general", L("General", "一般物品") }, END,
};
CHOICES(handover_state){
    { "open", L("Going on, item by item", "逐項進行中") },
    { "released", L("Released, not yet received", "已交出，待接收") },
    { "done", L("Done", "已完成") },
    { "refused", L("Refused", "已拒收") },
    END,
};
CHOICES(custody){
    { "seized", L("Seized", "檢取") },
    { "sealed", L("Sealed", "加封") },
    { "resealed", L("Re-sealed", "重新加封") },
    { "handed_over", L("Handed over", "移交") },
    { "released", L("Released", "交出") },
    { "received", L("Received", "接收") },
    { "refused", L("Refused", "拒收") },
    { "shelved", L("Shelved", "上架") },
    { "counted_in", L("Counted in", "點算入倉") },
    { "firearm_checked", L("Firearm checked", "檢查槍械") },
    { "checked", L("Checked", "查看狀況") },
    { "born", L("Births", "出生") },
    { "died", L("Deaths", "死亡") },
    { "opened", L("Opened", "拆封點算") },
    { "opening_closed", L("Session closed", "結束點算") },
    { "moved", L("Moved", "轉移位置") },
    { "kept_in_place", L("Kept in place", "現場看管") },
    { "entrusted", L("Held by another body", "由外界機構代存") },
    { "weighed", L("Weighed", "量重") },
    { "counted_first", L("First count", "首次點算") },
    { "counted", L("Counted", "點算") },
    { "annotated", L("Annotated", "加註") },
    { "discrepancy", L("Discrepancy reported", "報告不符") },
    { "resolved", L("Discrepancy resolved", "不符事項已解決") },
    { "lent", L("Lent", "提取") },
    { "returned", L("Returned", "交還") },
    { "produced", L("Produced in court", "呈堂") },
    { "court_marked", L("Marked by the court", "法庭編號") },
    { "transferred", L("Transferred to another agency", "移交其他部門") },
    { "paid_in", L("Paid in", "存入庫房或銀行") },
    { "unable_to_locate", L("Unable to locate", "未能尋獲") },
    { "found", L("Found again", "尋回") },
    { "held", L("Put on hold", "設定保留") },
    { "hold_ended", L("Hold ended", "終止保留") },
    { "written_off", L("Written off", "註銷") },
    { "split", L("Split", "分拆") },
    { "split_from", L("Split from another", "由其他證物分拆") },
    { "sampled", L("Sample taken", "抽取樣本") },
    { "used_up", L("Used in testing", "化驗耗用") },
    { "joined", L("Joined to its parent", "併回母證物") },
    { "took_in", L("Took in a part", "併入分拆部分") },
    { "taken_back", L("Scan taken back", "撤銷掃描") },
    { "door_checked", L("Checked at the door", "處置前點驗") },
    { "door_refused", L("Refused at the door", "點驗拒收") },
    { "disposed", L("Disposed of", "處置") },
    { "given_back", L("Returned to owner", "發還物主") },
    { "examined", L("Examined", "化驗鑑定") },
    { "acquired", L("Digital copy made", "數碼取證") },
    { "copy_compared", L("Digital copy compared", "核對數碼複本") },
    END,
};
CHOICES(cash){
    { "note", L("Note", "紙幣") },
    { "coin", L("Coin", "硬幣") },
    END,
};
CHOICES(intact){
    { "whole", L("Whole", "完整") },
    { "cut", L("Cut", "已剪斷") },
    END,
};
CHOICES(opening_state){
    { "open", L("Under way", "進行中") },
    { "closed", L("Closed", "已結束") },
    END,
};
CHOICES(difference){
    { "holder", L("Holder", "現時保管人") },
    { "handover", L("Open hand-over", "未完成移交") },
    { "next_holder", L("Next holder", "其後保管人") },
    { "seal", L("Seal", "封條") },
    { "weight", L("Weight", "重量") },
    { "quantity", L("Quantity", "數量") },
    { "state", L("State", "狀態") },
    { "second_count", L("The two counts", "兩次點算") },
    { "paid_in", L("Counted and paid in", "點算及存入款額") },
    { "make", L("Make", "製造商") },
    { "model", L("Model", "型號") },
    { "calibre", L("Calibre", "口徑") },
    { "serial", L("Serial number", "序號") },
    { "loaded", L("Found loaded, or not known to be unloaded", "已上膛或未能確認沒有上膛") },
    { "opening", L("Session still open", "點算仍在進行") },
    { "officers", L("Officers of the session", "點算人員") },
    { "rule_unsealed", L("Not sealed again", "沒有重新加封") },
    { "rule_location", L("Put where the location is full or closed", "存於已滿或停用的位置") },
    { "rule_entry", L("Entered by somebody not permitted to", "由不獲准進入的人員進入") },
    { "rule_officers", L("Done without a second officer", "沒有第二名人員在場") },
    { "rule_capacity", L("More there than the location holds", "超出位置可存件數") },
    { "rule_hazard",
      L("Put where its hazard class is not allowed", "存於不容許該危險類別的位置") },
    { "rule_in_place", L("Shelved though it is kept in place", "應現場看管而上架") },
    { "rule_weight", L("Not weighed", "沒有量重") },
    { "rule_condition",
      L("No condition, reading or keys entered", "沒有記錄狀況、讀數或鎖匙") },
    { "rule_inquiry", L("Left while a discrepancy was under inquiry", "不符事項調查期間離倉") },
    { "rule_seal",
      L("Sealed with a seal that was not the officer's to use", "使用不屬該人員的封條") },
    { "hash", L("Hash value", "雜湊值") },
    END,
};
CHOICES(disposal_gate){
    { "final", L("Forfeited, all over", "充公已確定") },
    { "early", L("Before the case ends", "審結前處置") },
    { "either", L("Forfeited, or before the case ends", "充公後或審結前") },
    { "return", L("To be returned", "須發還") },
    { "transfer", L("To another department", "移交其他部門") },
    { "act", L("By an act of its own", "另有程序") },
    END,
};
CHOICES(disposal_result){
    { "waits", L("Not yet looked at", "待點驗") },
    { "passed", L("Passed", "相符") },
    { "refused", L("Refused", "拒收") },
    { "removed", L("Taken out", "已剔除") },
    END,
};
CHOICES(purpose){
    { "store", L("Storage", "入倉存放") },   { "transport", L("Transport", "運送") },
    { "laboratory", L("Analysis", "化驗") }, { "court", L("Court", "呈堂") },
    { "forensics", L("Forensics", "法證") }, { "photography", L("Photography", "拍照") },
    { "duty", L("Change of duty", "交更") }, { "return", L("Return", "交還") },
    { "other", L("Other", "其他") },         END,
};

CHOICES(examination){
    { "laboratory", L("Chemical analysis", "化驗") },
    { "digital", L("Computer forensics", "電腦法證") },
    { "species", L("Species identification", "物種鑑定") },
    { "authenticity", L("Authenticity (right owner)", "真偽鑑證") },
    { "other", L("Other", "其他") },
    END,
};
CHOICES(examination_state){
    { "requested", L("Requested", "已申請") },
    { "sent", L("Sent", "已送驗") },
    { "received", L("At the laboratory", "化驗中") },
    { "result", L("Result received", "已有結果") },
    { "withdrawn", L("Withdrawn", "已撤回") },
    END,
};
CHOICES(examination_result){
    { "positive", L("As suspected", "證實") },
    { "negative", L("Not as suspected", "否定") },
    { "inconclusive", L("Inconclusive", "未能確定") },
    END,
};
CHOICES(hash_of){
    { "source", L("The source", "來源") },
    { "copy", L("The copy", "複本") },
    END,
};
CHOICES(file_state){
    { "damaged", L("Damaged", "已損壞") },
    { "missing", L("File missing", "檔案遺失") },
    END,
};
CHOICES(entry_state){
    { "inside", L("Inside", "在內") },
    { "left", L("Left", "已離開") },
    END,
};

/* Which check digits the numbers of a kind carry; the others carry none that we can test. */
const struct number_scheme schemes_document[] = {
    { "hkid", CHECK_HKID },
    { "resident_id", CHECK_RESIDENT_ID },
    { NULL, CHECK_NONE },
};
const struct number_scheme schemes_thing[] = {
    { "container", CHECK_CONTAINER },
    { "waybill", CHECK_AIR_WAYBILL },
    { "parcel", CHECK_PARCEL },
    { "device", CHECK_IMEI },
    { NULL, CHECK_NONE },
};
