/* The request that goes to a laboratory with the goods. */
#include "core/index/records.h"
#include "core/model/elements.h"
#include "core/model/examination.h"
#include "core/model/exhibit.h"
#include "core/report/papers_parts.h"

static struct text joined(const struct paper_call *call, struct text a, struct text b)
{
    if (a.len == 0 || b.len == 0)
        return a.len == 0 ? b : a;
    return arena_printf(call->arena, "%.*s; %.*s", (int)a.len, a.data, (int)b.len, b.data);
}

static enum err item_row(struct paper *paper, const struct paper_call *call, size_t number,
                         const struct examined_item *item)
{
    struct record_key key = key_of_reference(item->exhibit);
    struct exhibit_record *exhibit;
    struct record *record;

    TRY(record_get(call->txn, &key, 0, call->arena, &record));
    exhibit = (struct exhibit_record *)record;

    const struct text cells[PAPER_COLUMNS] = {
        arena_printf(call->arena, "%zu", number),
        exhibit->number,
        paper_value_of(paper, call, record, tag_exhibit_commodity),
        joined(call, paper_value_of(paper, call, record, tag_exhibit_description), item->what),
        paper_value_of(paper, call, record, tag_exhibit_quantity),
        exhibit->bag,
        exhibit->seal,
    };

    paper_row(paper, cells);
    return ERR_OK;
}

static enum err items(struct paper *paper, const struct paper_call *call,
                      const struct examination_record *examination)
{
    static const struct label heads[] = {
        L("No.", "序號"),      L("Exhibit", "證物編號"),
        L("Goods", "物品"),    L("What is examined", "化驗部分"),
        L("Quantity", "數量"), L("Bag", "袋號"),
        L("Seal", "封條"),     { NULL, NULL },
    };
    const struct examined_item *rows = examination->exhibits.items;

    paper_heading(paper, &(const struct label)L("Exhibits", "證物"));
    paper_table(paper, heads);
    for (size_t i = 0; i < examination->exhibits.count; i++)
        TRY(item_row(paper, call, i + 1, &rows[i]));
    return ERR_OK;
}

/* Filled in by hand at the laboratory's counter. */
static void receipt(struct paper *paper)
{
    static const struct label blanks[] = {
        L("Laboratory's case number", "化驗機構檔號"),
        L("Seals whole", "封條完整"),
        L("Time of receipt", "接收時間"),
    };

    paper_heading(paper, &(const struct label)L("For the laboratory", "由化驗機構填寫"));
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        paper_signature(paper, &blanks[i], TEXT(""));
    paper_signature(paper,
                    &(const struct label)L("Received by (name and post)", "接收人員姓名及職位"),
                    TEXT(""));
}

enum err paper_fill_examination(struct paper *paper, const struct paper_call *call)
{
    static const uint16_t asked[] = {
        tag_examination_number,
        tag_examination_examination_kind,
        tag_examination_laboratory,
        tag_examination_of_case,
        tag_examination_requested,
        tag_examination_due,
        tag_examination_laboratory_number,
        0,
    };
    static const uint16_t sent[] = { tag_examination_sent, tag_examination_sent_by,
                                     tag_examination_receipt, tag_examination_remark, 0 };
    const struct examination_record *examination =
        (const struct examination_record *)call->record;

    TRY(paper_bars(paper, call, examination->number));
    paper_pairs_of(paper, call, call->record, asked);
    TRY(items(paper, call, examination));
    paper_heading(paper, &(const struct label)L("Question", "化驗要求"));
    paper_paragraph(paper, paper_value_of(paper, call, call->record, tag_examination_question));
    if (examination->sent.date != 0)
        paper_heading(paper, &(const struct label)L("Sent", "送驗"));
    paper_pairs_of(paper, call, call->record, sent);
    paper_signature(paper, &(const struct label)L("Requested by", "申請人員"),
                    paper_name_of(paper, call, examination->officer));
    receipt(paper);
    return paper_foot(paper, call);
}
