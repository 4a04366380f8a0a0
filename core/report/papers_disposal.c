/* The papers of a disposal: the manifest that is approved and taken to the door, and the certificate of what was done. */
#include "core/report/papers_parts.h"

#include "core/index/records.h"
#include "core/model/disposal.h"
#include "core/model/disposal_line.h"
#include "core/model/exhibit.h"

enum { LINES_PAGE = 64 };

typedef void line_use(struct paper *paper, const struct paper_call *call, size_t number,
                      const struct disposal_line_record *line,
                      const struct exhibit_record *exhibit);

/* Lines with one of the two results; a damaged one is no paper: leaving it out would hide it. */
static enum err each_line(struct paper *paper, const struct paper_call *call,
                          const char *result, const char *other, line_use *use, size_t *number)
{
    const struct disposal_record *disposal = (const struct disposal_record *)call->record;
    struct family_page page = { .more = true };
    uint32_t from = 1;

    *number = 0;
    while (page.more) {
        TRY(family_page(call->txn, disposal->head.key.id, disposal_line_type.family, from,
                        FORWARD, LINES_PAGE, call->arena, &page));
        for (size_t i = 0; i < page.count; i++) {
            const struct disposal_line_record *line =
                (const struct disposal_line_record *)page.records[i];
            struct record_key key = key_of_reference(line->exhibit);
            struct record *exhibit;

            from = page.records[i]->key.n + 1;
            if (page.damaged[i])
                return fail(ERR_DAMAGED,
                            N_("A line of disposal %s is damaged, so it cannot go on. Tell the "
                               "system administrator."),
                            arena_string(call->arena, disposal->number));
            if (!text_is(line->result, result) && !text_is(line->result, other))
                continue;
            TRY(record_get(call->txn, &key, 0, call->arena, &exhibit));
            use(paper, call, ++*number, line, (const struct exhibit_record *)exhibit);
        }
    }
    return ERR_OK;
}

/* The number without the title. */
static struct text case_number(struct paper *paper, const struct paper_call *call,
                               const struct exhibit_record *exhibit)
{
    return text_split(paper_name_of(paper, call, exhibit->of_case), ' ', &(struct text){ 0 });
}

/* "1,000 stick, 2.1 kg": two amounts in one cell. */
static struct text both(struct paper *paper, const struct paper_call *call,
                        const struct disposal_line_record *line, uint16_t a, uint16_t b)
{
    struct text one = paper_value_of(paper, call, &line->head, a),
                two = paper_value_of(paper, call, &line->head, b);

    return arena_printf(call->arena, "%.*s%s%.*s", (int)one.len, one.len > 0 ? one.data : "",
                        one.len > 0 && two.len > 0 ? ", " : "", (int)two.len,
                        two.len > 0 ? two.data : "");
}

/* ---- manifest ---- */

static void manifest_row(struct paper *paper, const struct paper_call *call, size_t number,
                         const struct disposal_line_record *line,
                         const struct exhibit_record *exhibit)
{
    const struct text cells[PAPER_COLUMNS] = {
        arena_printf(call->arena, "%zu", number),
        exhibit->number,
        case_number(paper, call, exhibit),
        paper_value_of(paper, call, &exhibit->head, tag_exhibit_commodity),
        both(paper, call, line, tag_disposal_line_quantity, tag_disposal_line_gross),
        line->seal,
    };

    paper_row(paper, cells);
}

enum err paper_fill_manifest(struct paper *paper, const struct paper_call *call)
{
    static const uint16_t tags[] = {
        tag_disposal_number,    tag_disposal_route,
        tag_disposal_state,     tag_disposal_lot,
        tag_disposal_planned,   tag_disposal_place,
        tag_disposal_authority, tag_disposal_authority_date,
        tag_disposal_notified,  tag_disposal_notified_how,
        tag_disposal_no_sample, tag_disposal_receiver,
        tag_disposal_team,      tag_disposal_designated,
        tag_disposal_officer,   tag_disposal_submitted,
        tag_disposal_approver,  tag_disposal_approved,
        tag_disposal_remark,    0,
    };
    static const struct label heads[] = {
        L("No.", "序號"),      L("Exhibit", "證物編號"), L("Case", "案件"), L("Goods", "物品"),
        L("Quantity", "數量"), L("Seal", "封條"),        { NULL, NULL },
    };
    const struct disposal_record *disposal = (const struct disposal_record *)call->record;
    size_t count;

    TRY(paper_bars(paper, call, disposal->number));
    paper_pairs_of(paper, call, call->record, tags);
    paper_heading(paper, &(const struct label)L("Exhibits", "證物"));
    paper_table(paper, heads);
    TRY(each_line(paper, call, "waits", "passed", manifest_row, &count));
    paper_signature(paper, &(const struct label)L("Prepared by", "擬備人員"),
                    paper_name_of(paper, call, disposal->officer));
    paper_signature(paper, &(const struct label)L("Approved by", "批准人員"),
                    paper_name_of(paper, call, disposal->approver));
    return paper_foot(paper, call);
}

/* ---- certificate ---- */

static void done_row(struct paper *paper, const struct paper_call *call, size_t number,
                     const struct disposal_line_record *line,
                     const struct exhibit_record *exhibit)
{
    const struct text cells[PAPER_COLUMNS] = {
        arena_printf(call->arena, "%zu", number),
        exhibit->number,
        case_number(paper, call, exhibit),
        paper_value_of(paper, call, &exhibit->head, tag_exhibit_commodity),
        paper_value_of(paper, call, &line->head, tag_disposal_line_quantity),
        both(paper, call, line, tag_disposal_line_counted, tag_disposal_line_weight),
        line->seal_seen,
    };

    paper_row(paper, cells);
}

static void refused_row(struct paper *paper, const struct paper_call *call, size_t number,
                        const struct disposal_line_record *line,
                        const struct exhibit_record *exhibit)
{
    const struct text cells[PAPER_COLUMNS] = {
        arena_printf(call->arena, "%zu", number),
        exhibit->number,
        both(paper, call, line, tag_disposal_line_counted, tag_disposal_line_weight),
        line->seal_seen,
        paper_value_of(paper, call, &line->head, tag_disposal_line_why),
    };

    paper_row(paper, cells);
}

static enum err refused_table(struct paper *paper, const struct paper_call *call)
{
    static const struct label heads[] = {
        L("No.", "序號"),           L("Exhibit", "證物編號"), L("Found", "所見"),
        L("Seal seen", "所見封條"), L("Why", "理由"),         { NULL, NULL },
    };
    size_t count;

    paper_heading(paper,
                  &(const struct label)L("Refused at the door and kept", "點驗拒收並保留"));
    paper_table(paper, heads);
    return each_line(paper, call, "refused", "refused", refused_row, &count);
}

enum err paper_fill_certificate(struct paper *paper, const struct paper_call *call)
{
    static const uint16_t tags[] = {
        tag_disposal_certificate,
        tag_disposal_number,
        tag_disposal_route,
        tag_disposal_lot,
        tag_disposal_done,
        tag_disposal_place,
        tag_disposal_method,
        tag_disposal_authority,
        tag_disposal_authority_date,
        tag_disposal_approver,
        tag_disposal_approved,
        tag_disposal_outside_person,
        tag_disposal_outside_document,
        tag_disposal_outside_receipt,
        tag_disposal_pair_allowed_by,
        tag_disposal_pair_reason,
        tag_disposal_proceeds,
        tag_disposal_receipt,
        tag_disposal_cost,
        0,
    };
    static const struct label heads[] = {
        L("No.", "序號"),           L("Exhibit", "證物編號"), L("Case", "案件"),
        L("Goods", "物品"),         L("Quantity", "數量"),    L("Found", "所見"),
        L("Seal seen", "所見封條"), { NULL, NULL },
    };
    const struct disposal_record *disposal = (const struct disposal_record *)call->record;
    size_t count;

    if (!text_present(disposal->certificate))
        return fail(ERR_INVALID,
                    N_("Disposal %s has not been carried out, so there is nothing to certify. "
                       "Print its manifest instead."),
                    arena_string(call->arena, disposal->number));
    TRY(paper_bars(paper, call, disposal->number));
    paper_pairs_of(paper, call, call->record, tags);
    paper_heading(paper, &(const struct label)L("Disposed of", "已處置證物"));
    paper_table(paper, heads);
    TRY(each_line(paper, call, "passed", "passed", done_row, &count));
    if (disposal->refused.value > 0)
        TRY(refused_table(paper, call));
    paper_signature(paper, &(const struct label)L("Carried out by", "執行人員"),
                    paper_name_of(paper, call, disposal->done_by));
    if (disposal->witness.id != 0)
        paper_signature(paper, &(const struct label)L("Witness", "見證人"),
                        paper_name_of(paper, call, disposal->witness));
    if (disposal->second_witness.id != 0)
        paper_signature(paper, &(const struct label)L("Witness", "見證人"),
                        paper_name_of(paper, call, disposal->second_witness));
    return paper_foot(paper, call);
}
