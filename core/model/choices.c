#include "core/model/choices.h"

#include "core/model/choice_rows.h"

CHOICES(relation){
    { "enforced", L("Enforced by the department", "由本署執行") },
    { "stats_only", L("Counted in its tables only", "只列入統計") },
    { "related", L("Used in its prosecutions", "檢控時引用") },
    END,
};
CHOICES(basis){
    { "indictment", L("On indictment", "循公訴程序") },
    { "summary", L("Summarily", "循簡易程序") },
    { "first", L("First conviction", "首次定罪") },
    { "max", L("Greatest of several", "多項中之最高") },
    END,
};
CHOICES(hazard){
    { "general", L("General", "一般") },
    { "drug", L("Drugs", "毒品") },
    { "cash", L("Cash", "現金") },
    { "firearm", L("Firearms and weapons", "槍械武器") },
    { "high-value", L("Valuables", "貴重物品") },
    { "digital", L("Digital devices", "數碼裝置") },
    { "explosive", L("Explosives", "爆炸品") },
    { "fuel", L("Fuel", "燃料") },
    { "hazardous", L("Hazardous substances", "有害物質") },
    { "bulky", L("Bulky", "大型物件") },
    { "dried", L("Dried goods, kept dry", "乾貨(防潮)") },
    { "perishable", L("Perishable", "易腐") },
    { "live", L("Live animals", "活動物") },
    END,
};
CHOICES(dimension){
    { "mass", L("Mass", "質量") },     { "volume", L("Volume", "容量") },
    { "length", L("Length", "長度") }, { "area", L("Area", "面積") },
    { "count", L("Number", "數目") },  { "currency", L("Currency", "貨幣") },
    { "time", L("Time", "時間") },     END,
};
CHOICES(mode){
    { "channel", L("Channel", "渠道") },
    { "transport", L("Transport", "運輸方式") },
    { "location", L("Premises", "場所") },
    { "method", L("Method", "手法") },
    { "concealment", L("Concealment", "收藏方法") },
    { "detection", L("Detection", "偵破方法") },
    { "canine", L("Detector dog", "搜查犬") },
    END,
};
CHOICES(appendix){
    { "I", L("Appendix I", "附錄I") },       { "II", L("Appendix II", "附錄II") },
    { "III", L("Appendix III", "附錄III") }, { "I/II", L("Appendix I or II", "附錄I或II") },
    { "varies", L("Varies", "視乎品種") },   END,
};
CHOICES(entity){
    { "case", L("Case", "案件") },
    { "exhibit", L("Exhibit (where it is)", "證物(實物)") },
    { "exhibit_law", L("Exhibit (legal status)", "證物(法律)") },
    { "charge", L("Charge", "控罪") },
    { "person", L("Person", "人士") },
    { "disposal", L("Disposal", "處置") },
    { "seizure", L("Seizure", "檢取") },
    END,
};
CHOICES(officer_state){
    { "active", L("In post", "在職") },
    { "suspended", L("Barred from custody work", "暫停處理證物") },
    { "left", L("Left", "已離任") },
    END,
};
CHOICES(role){
    { "desk", L("Desk officer", "調查人員") },
    { "supervisor", L("Supervisor", "督導人員") },
    { "clerk", L("Exhibit clerk", "證物管理員") },
    { "prosecutor", L("Prosecutor", "檢控人員") },
    { "auditor", L("Auditor", "審計人員") },
    { "administrator", L("System administrator", "系統管理員") },
    END,
};
CHOICES(location){
    { "store", L("Store", "倉庫") },
    { "room", L("Room", "房間") },
    { "rack", L("Rack", "貨架") },
    { "bin", L("Bin", "格位") },
    { "counter", L("Counter", "櫃位") },
    { "locker", L("Locker", "儲物櫃") },
    { "yard", L("Yard", "露天場地") },
    { "mooring", L("Mooring", "泊位") },
    { "outside", L("Outside our stores", "本署倉庫以外") },
    END,
};
CHOICES(location_state){
    { "open", L("In use", "使用中") },
    { "full", L("Full", "已滿") },
    { "closed", L("Closed", "停用") },
    END,
};
CHOICES(operation){
    { "own", L("Own operation", "本署行動") },
    { "joint", L("Joint operation", "聯合行動") },
    { "programme", L("Programme", "計劃") },
    END,
};
CHOICES(operation_state){
    { "planned", L("Planned", "籌劃中") },
    { "running", L("Running", "進行中") },
    { "ended", L("Ended", "已完結") },
    END,
};
CHOICES(sensitivity){
    { "open", L("Unrestricted", "一般") },
    { "restricted", L("Restricted", "限閱") },
    { "confidential", L("Confidential", "機密") },
    { "secret", L("Secret", "高度機密") },
    END,
};
CHOICES(value_basis){
    { "market", L("Market", "市值") },
    { "retail", L("Retail", "零售") },
    { "declared", L("Declared", "報稱") },
    { "street", L("Street", "黑市") },
    { "seized", L("As seized", "檢獲估值") },
    { "laundered", L("Sum laundered", "清洗款額") },
    { "goods", L("Goods", "貨值") },
    { "prosecuted", L("Goods prosecuted", "檢控貨值") },
    { "restrained", L("Restrained", "受限制財產") },
    END,
};
CHOICES(case_kind){
    { "smuggling", L("Smuggling", "走私") },
    { "drugs", L("Dangerous drugs", "危險藥物") },
    { "revenue", L("Dutiable goods and revenue", "應課稅品及稅收") },
    { "property", L("Intellectual property", "知識產權") },
    { "consumer", L("Consumer protection", "保障消費者權益") },
    { "species", L("Endangered species", "瀕危物種") },
    { "laundering", L("Money laundering", "清洗黑錢") },
    { "strategic", L("Strategic trade", "戰略貿易") },
    { "other", L("Other", "其他") },
    END,
};
CHOICES(priority){
    { "urgent", L("Urgent", "緊急") },
    { "high", L("High", "優先") },
    { "normal", L("Normal", "一般") },
    END,
};
CHOICES(leg){
    { "from", L("From", "由") },
    { "through", L("Through", "經") },
    { "to", L("To", "至") },
    END,
};
CHOICES(seizure){
    { "detained", L("Detained", "扣留") },
    { "seized", L("Seized", "檢取") },
    END,
};
CHOICES(service){
    { "personal", L("Personally", "面交") },
    { "post", L("Registered post", "掛號郵遞") },
    { "display", L("Displayed", "張貼") },
    { "not_required", L("Not required", "無須發出") },
    END,
};
CHOICES(direction){
    { "import", L("Importation", "進口") }, { "export", L("Exportation", "出口") },
    { "transit", L("Transit", "過境") },    { "transhipment", L("Transhipment", "轉運") },
    { "internal", L("Local", "本地") },     END,
};
CHOICES(note){
    { "action", L("Action taken", "行動") },
    { "information", L("Information", "資料") },
    { "decision", L("Decision", "決定") },
    { "contact", L("Contact", "聯絡") },
    { "correction", L("Correction", "更正") },
    { "source", L("From the source", "資料來源") },
    END,
};
CHOICES(report_state){
    { "new", L("Not yet assessed", "待評估") },
    { "assessed", L("Assessed", "已評估") },
    { "attached", L("Grouped into a case", "已併入案件") },
    { "referred", L("Referred", "已轉介") },
    { "closed", L("Closed", "已終結") },
    END,
};
CHOICES(report){
    { "complaint", L("Complaint", "投訴") },
    { "tip", L("Tip", "舉報") },
    { "referral", L("Referral", "轉介") },
    { "risk", L("Risk hit", "風險提示") },
    { "partner", L("From a partner agency", "伙伴機關情報") },
    { "own", L("Found by ourselves", "自行發掘") },
    END,
};
CHOICES(urgency){
    { "immediate", L("At once", "即時") },
    { "urgent", L("Urgent", "緊急") },
    { "routine", L("Routine", "一般") },
    END,
};
CHOICES(received){
    { "hotline", L("Hotline", "熱線") },
    { "online", L("Online form", "網上表格") },
    { "email", L("E-mail", "電郵") },
    { "letter", L("Letter", "郵遞") },
    { "person", L("In person", "親身") },
    { "duty", L("By an officer on duty", "當值人員") },
    { "liaison", L("Liaison channel", "聯絡渠道") },
    { "system", L("From a system", "系統") },
    END,
};
CHOICES(source_grade){
    { "A", L("A completely reliable", "A 完全可靠") },
    { "B", L("B usually reliable", "B 通常可靠") },
    { "C", L("C fairly reliable", "C 頗為可靠") },
    { "D", L("D not usually reliable", "D 通常不可靠") },
    { "E", L("E unreliable", "E 不可靠") },
    { "F", L("F cannot be judged", "F 無法判斷") },
    END,
};
CHOICES(information_grade){
    { "1", L("1 confirmed by others", "1 經其他來源證實") },
    { "2", L("2 probably true", "2 很可能屬實") },
    { "3", L("3 possibly true", "3 可能屬實") },
    { "4", L("4 doubtful", "4 存疑") },
    { "5", L("5 improbable", "5 不大可能") },
    { "6", L("6 cannot be judged", "6 無法判斷") },
    END,
};
CHOICES(report_close){
    { "unfounded", L("Unfounded", "不成立") },
    { "insufficient", L("Too little to act on", "資料不足") },
    { "no_offence", L("No offence", "不涉及罪行") },
    { "duplicate", L("Reported before", "重複舉報") },
    { "withdrawn", L("Withdrawn", "已撤回") },
    { "advised", L("Answered with advice", "已給予意見") },
    { "other", L("Other", "其他") },
    END,
};
CHOICES(task_state){
    { "open", L("To be done", "待辦") },
    { "done", L("Done", "已完成") },
    { "cancelled", L("Cancelled", "已取消") },
    END,
};
CHOICES(task){
    { "enquiry", L("Enquiry", "查詢") },
    { "statement", L("Statement", "供詞") },
    { "exhibit", L("Exhibits", "證物") },
    { "analysis", L("Analysis", "化驗") },
    { "advice", L("Legal advice", "法律指引") },
    { "court", L("Court", "法庭") },
    { "paper", L("Paperwork", "文書") },
    { "review", L("Review", "覆檢") },
    { "other", L("Other", "其他") },
    END,
};
CHOICES(party){
    { "person", L("Person", "人士") },
    { "company", L("Company", "公司") },
    END,
};
CHOICES(sex){
    { "M", L("Male", "男") },
    { "F", L("Female", "女") },
    { "X", L("Not known", "不詳") },
    END,
};
CHOICES(alias){
    { "alias", L("Alias", "別名") },
    { "former", L("Former name", "曾用名") },
    { "nickname", L("Nickname", "綽號") },
    { "married", L("Married name", "夫姓姓名") },
    { "religious", L("Religious name", "教名") },
    { "online", L("Name used online", "網名") },
    END,
};
CHOICES(document){
    { "hkid", L("Hong Kong identity card", "香港身份證") },
    { "passport", L("Passport", "護照") },
    { "two_way", L("Exit-entry permit (Mainland)", "往來港澳通行證") },
    { "one_way", L("One-way permit", "前往港澳通行證") },
    { "home_return", L("Home return permit", "港澳居民來往內地通行證") },
    { "resident_id", L("Mainland identity card", "居民身份證") },
    { "macao_id", L("Macao identity card", "澳門居民身份證") },
    { "taiwan", L("Taiwan travel document", "台灣旅行證件") },
    { "doc_identity", L("Document of identity", "簽證身份書") },
    { "recognizance", L("Recognizance form", "擔保書(行街紙)") },
    { "seaman", L("Seaman's book", "海員證") },
    { "licence", L("Driving licence", "駕駛執照") },
    { "birth", L("Birth certificate", "出生證明書") },
    { "other", L("Other", "其他") },
    END,
};
CHOICES(address){
    { "home", L("Residential", "住址") },
    { "mail", L("Correspondence", "通訊地址") },
    { "work", L("Place of work", "工作地址") },
    { "registered", L("Registered office", "註冊辦事處") },
    { "premises", L("Business premises", "營業地址") },
    { "other", L("Other", "其他") },
    END,
};
CHOICES(phone){
    { "mobile", L("Mobile", "流動電話") }, { "home", L("Residence", "住宅") },
    { "work", L("Office", "辦公室") },     { "fax", L("Fax", "傳真") },
    { "other", L("Other", "其他") },       END,
};
CHOICES(stay){
    { "permanent", L("Permanent resident", "永久性居民") },
    { "resident", L("Resident", "居民") },
    { "visitor", L("Visitor", "訪客") },
    { "two_way", L("Two-way permit holder", "雙程證持有人") },
    { "worker", L("Imported worker", "輸入勞工") },
    { "helper", L("Domestic helper", "外籍家庭傭工") },
    { "student", L("Student", "學生") },
    { "recognizance", L("On recognizance", "持擔保書人士") },
    { "overstayer", L("Overstayer", "逾期逗留人士") },
    { "illegal", L("Illegal immigrant", "非法入境者") },
    { "transit", L("In transit", "過境旅客") },
    { "unknown", L("Not known", "不詳") },
    END,
};
CHOICES(marital){
    { "single", L("Single", "未婚") },
    { "married", L("Married", "已婚") },
    { "divorced", L("Divorced", "離婚") },
    { "widowed", L("Widowed", "喪偶") },
    END,
};
CHOICES(language){
    { "cantonese", L("Cantonese", "廣東話") },
    { "putonghua", L("Putonghua", "普通話") },
    { "english", L("English", "英語") },
    { "other", L("Other", "其他") },
    END,
};
CHOICES(company_post){
    { "director", L("Director", "董事") },
    { "shareholder", L("Shareholder", "股東") },
    { "partner", L("Partner", "合夥人") },
    { "proprietor", L("Sole proprietor", "獨資經營者") },
    { "secretary", L("Company secretary", "公司秘書") },
    { "manager", L("Manager", "經理") },
    { "responsible", L("Responsible person", "負責人") },
    { "employee", L("Employee", "僱員") },
    END,
};
CHOICES(involvement){
    { "suspect", L("Suspect", "涉嫌人") },
    { "arrested", L("Arrested person", "被捕人") },
    { "defendant", L("Defendant", "被告人") },
    { "witness", L("Witness", "證人") },
    { "expert", L("Expert witness", "專家證人") },
    { "complainant", L("Complainant", "投訴人") },
    { "informer", L("Informer", "線人") },
    { "traveller", L("Traveller", "旅客") },
    { "consignee", L("Consignee", "收貨人") },
    { "consignor", L("Consignor", "發貨人") },
    { "shipper", L("Shipper / carrier", "付運人/承運人") },
    { "owner", L("Owner", "物主") },
    { "claimant", L("Claimant", "申索人") },
    { "driver", L("Driver", "司機") },
    { "master", L("Master of vessel", "船長") },
    { "right_holder", L("Right holder", "權利持有人") },
    { "victim", L("Victim", "受害人") },
    { "surety", L("Surety", "擔保人") },
    { "guardian", L("Parent or guardian", "父母或監護人") },
    { "counsel", L("Counsel", "大律師") },
    { "solicitor", L("Solicitor", "律師") },
    { "prosecutor", L("Prosecuting counsel", "檢控官") },
    { "interpreter", L("Interpreter", "傳譯員") },
    { "other", L("Other", "其他") },
    END,
};
CHOICES(thing){
    { "vehicle", L("Vehicle", "車輛") },
    { "vessel", L("Vessel", "船隻") },
    { "aircraft", L("Aircraft", "飛機") },
    { "flight", L("Flight or voyage", "航班或航次") },
    { "container", L("Container", "貨櫃") },
    { "waybill", L("Air waybill", "空運提單") },
    { "bill", L("Bill of lading", "海運提單") },
    { "parcel", L("Parcel", "郵包") },
    { "phone", L("Telephone", "電話號碼") },
    { "sim", L("SIM card", "電話卡") },
    { "device", L("Device", "電子裝置") },
    { "account", L("Bank account", "銀行帳戶") },
    { "wallet", L("Crypto wallet", "加密錢包") },
    { "online", L("Online account", "網上帳戶") },
    { "address", L("Address", "地址") },
    { "declaration", L("Declaration", "報關單") },
    { "lock", L("Electronic lock", "電子鎖") },
    { "other", L("Other", "其他") },
    END,
};
CHOICES(link){
    { "carried", L("Carried the goods", "運載物品") },
    { "hidden", L("Goods hidden in it", "藏有物品") },
    { "consigned", L("Goods consigned under it", "付運物品") },
    { "declared", L("Declared under it", "報關所用") },
    { "contact", L("Used to keep in touch", "聯絡所用") },
    { "paid", L("Used for payment", "付款所用") },
    { "place", L("Scene or premises", "現場或處所") },
    { "escaped", L("Used to escape", "逃走所用") },
    { "seized", L("Seized", "被檢取") },
    { "mentioned", L("Mentioned", "被提及") },
    { "other", L("Other", "其他") },
    END,
};
CHOICES(attachment){
    { "photograph", L("Picture", "照片") }, { "scan", L("Scan", "掃描本") },
    { "document", L("Document", "文件") },  { "video", L("Video", "影片") },
    { "audio", L("Sound", "錄音") },        { "data", L("Data", "數據") },
    { "other", L("Other", "其他") },        END,
};
CHOICES(acquired){
    { "taken", L("Made by an officer", "人員攝製") },
    { "supplied", L("Supplied", "由他人提供") },
    { "extracted", L("Taken from a device", "由裝置提取") },
    { "downloaded", L("Downloaded", "下載") },
    { "generated", L("Made by a system", "系統產生") },
    END,
};
CHOICES(inspection_state){
    { "planned", L("Planned", "已安排") },
    { "done", L("Done", "已完成") },
    { "cancelled", L("Cancelled", "已取消") },
    END,
};
CHOICES(inspection_result){
    { "nothing", L("Nothing amiss", "沒有發現") },
    { "advice", L("Advice given", "口頭勸諭") },
    { "warning", L("Warning", "警告") },
    { "notice", L("Notice issued", "發出通知書") },
    { "case", L("Case opened", "立案") },
    END,
};
CHOICES(inspection_why){
    { "routine", L("Routine", "例行") },
    { "risk", L("Risk", "風險") },
    { "complaint", L("Complaint", "投訴") },
    { "again", L("Looking again", "覆查") },
    { "campaign", L("Operation", "行動") },
    { "random", L("Drawn at random", "隨機抽選") },
    END,
};
CHOICES(regime){
    { "tdo", L("Trade descriptions", "商品說明") },
    { "weights", L("Weights and measures", "度量衡") },
    { "safety", L("Toys and consumer goods safety", "玩具及消費品安全") },
    { "ipr", L("Intellectual property", "知識產權") },
    { "dutiable", L("Dutiable commodities", "應課稅品") },
    { "mso", L("Money service operators", "金錢服務經營者") },
    { "dpms", L("Precious metals and stones dealers", "貴金屬及寶石交易商") },
    { "strategic", L("Strategic commodities", "戰略物品") },
    { "precursor", L("Controlled chemicals", "受管制化學品") },
    { "cites", L("Endangered species", "瀕危物種") },
    { "other", L("Other", "其他") },
    END,
};
CHOICES(notice){
    { "warning", L("Warning letter", "警告信") },
    { "prohibition", L("Prohibition notice", "禁制通知書") },
    { "seizure", L("Notice of seizure", "檢取通知書") },
    { "fixed_penalty", L("Fixed penalty notice", "定額罰款通知書") },
    { "production", L("Notice to produce information", "提交資料通知書") },
    { "recall", L("Recall notice", "收回通知書") },
    { "undertaking", L("Undertaking", "承諾書") },
    { "other", L("Other", "其他") },
    END,
};
CHOICES(notice_state){
    { "issued", L("Not served", "待送達") },
    { "served", L("Served", "已送達") },
    { "complied", L("Complied with", "已遵辦") },
    { "withdrawn", L("Withdrawn", "已撤回") },
    END,
};
CHOICES(serving){
    { "personal", L("Personally", "面交") }, { "post", L("Registered post", "掛號郵遞") },
    { "display", L("Displayed", "張貼") },   { "left", L("Left at the address", "留置於地址") },
    { "email", L("E-mail", "電郵") },        END,
};
