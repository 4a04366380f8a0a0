#include "core/report/papers_parts.h"

#include "core/base/crypto.h"
#include "core/base/seams.h"
#include "core/index/records.h"
#include "core/model/case.h"
#include "core/model/custody_event.h"
#include "core/model/difference.h"
#include "core/model/disposal.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"
#include "core/model/officer.h"
#include "core/model/stocktake.h"

enum { EVENTS_PAGE = 64 };

/* ---- values ---- */

struct text paper_value_of(struct paper *paper, const struct paper_call *call,
                           const struct record *record, uint16_t tag)
{
    const struct field *field = field_find(record->type, tag);

    if (!field_present(field, record))
        return TEXT("");
    return value_show(call->arena, field, field_value(field, record), call->lookup,
                      paper_language(paper));
}

void paper_pair_of(struct paper *paper, const struct paper_call *call,
                   const struct record *record, uint16_t tag)
{
    struct text value = paper_value_of(paper, call, record, tag);

    if (value.len > 0)
        paper_pair(paper, &field_find(record->type, tag)->label, value);
}

void paper_pairs_of(struct paper *paper, const struct paper_call *call,
                    const struct record *record, const uint16_t *tags)
{
    for (; *tags != 0; tags++)
        paper_pair_of(paper, call, record, *tags);
}

struct text paper_name_of(struct paper *paper, const struct paper_call *call,
                          struct reference reference)
{
    AUTO_BUFFER struct buffer name = { 0 };

    if (reference.id == 0)
        return TEXT("");
    call->lookup->reference(call->lookup->context, reference, paper_language(paper), &name);
    return arena_text(call->arena, buffer_as_text(&name));
}

/* Which journal it is from and how far that had come, so that the paper can be proved later. */
enum err paper_foot(struct paper *paper, const struct paper_call *call)
{
    const struct store_identity *identity = store_identity(txn_store(call->txn));
    AUTO_BUFFER struct buffer head = { 0 };
    char time[40];
    struct hash256 root;
    struct message message;

    TRY(txn_root(call->txn, &root));
    hex_encode(&head, (struct bytes){ root.byte, sizeof root.byte });
    moment_print(time, moment_of_ms(now_ms(), OFFSET_HONG_KONG));
    message_set(&message,
                N_("Printed on %s from the journal %s at %llu entries; its head is %s. Whoever "
                   "holds this paper may ask for proof that each line stands in that journal."),
                time, arena_string(call->arena, identity->origin),
                (unsigned long long)txn_size(call->txn),
                arena_string(call->arena, buffer_as_text(&head)));
    paper_paragraph(paper, sentence(call->arena, &message, paper_language(paper)));
    return ERR_OK;
}

/* ---- chain ---- */

typedef enum err event_use(struct paper *paper, const struct paper_call *call,
                           const struct exhibit_record *exhibit,
                           const struct custody_event_record *event);

/* A damaged event is a line of its own: leaving it out would be a gap that nobody sees. */
static enum err each_event(struct paper *paper, const struct paper_call *call,
                           const struct exhibit_record *exhibit, event_use *use)
{
    struct family_page page = { .more = true };
    uint32_t from = 1;

    while (page.more) {
        TRY(family_page(call->txn, exhibit->head.key.id, custody_event_type.family, from,
                        FORWARD, EVENTS_PAGE, call->arena, &page));
        for (size_t i = 0; i < page.count; i++) {
            from = page.records[i]->key.n + 1;
            if (page.damaged[i])
                return fail(ERR_DAMAGED,
                            N_("Event %u of exhibit %s is damaged, so no paper of its chain "
                               "can be printed. Tell the system administrator."),
                            page.records[i]->key.n, arena_string(call->arena, exhibit->number));
            TRY(use(paper, call, exhibit,
                    (const struct custody_event_record *)page.records[i]));
        }
    }
    return ERR_OK;
}

/* Seals, weights, condition and remarks: what an event says besides who and where. */
static struct text particulars(struct paper *paper, const struct paper_call *call,
                               const struct custody_event_record *event)
{
    static const uint16_t tags[] = {
        tag_custody_event_seal_on,      tag_custody_event_seal_off,
        tag_custody_event_weight,       tag_custody_event_counted,
        tag_custody_event_reading,      tag_custody_event_keys,
        tag_custody_event_amount,       tag_custody_event_fed,
        tag_custody_event_unloaded,     tag_custody_event_other_seals,
        tag_custody_event_condition,    tag_custody_event_second,
        tag_custody_event_paper_number, tag_custody_event_late,
        tag_custody_event_discrepancy,  tag_custody_event_sums,
        tag_custody_event_cash,         tag_custody_event_first_count,
        tag_custody_event_first_cash,   tag_custody_event_first_counter,
        tag_custody_event_refusal,      tag_custody_event_remark,
    };
    AUTO_BUFFER struct buffer out = { 0 };
    struct text account =
        difference_account(call->arena, event, call->lookup, paper_language(paper));

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        struct text value = paper_value_of(paper, call, &event->head, tags[i]);

        if (value.len == 0)
            continue;
        if (out.len > 0)
            buffer_string(&out, "; ");
        buffer_text(&out, label_text(call->arena, &field_find(event->head.type, tags[i])->label,
                                     paper_language(paper)));
        buffer_string(&out, ": ");
        buffer_text(&out, value);
    }
    if (event->packages.count > 0) {
        buffer_string(&out, out.len > 0 ? "; " : "");
        buffer_text(&out, exhibit_packages(call->arena, event->packages, call->lookup,
                                           paper_language(paper)));
    }
    if (account.len > 0) {
        buffer_string(&out, out.len > 0 ? "; " : "");
        buffer_text(&out, account);
    }
    return arena_text(call->arena, buffer_as_text(&out));
}

static enum err chain_row(struct paper *paper, const struct paper_call *call,
                          const struct exhibit_record *exhibit,
                          const struct custody_event_record *event)
{
    const struct text cells[PAPER_COLUMNS] = {
        arena_printf(call->arena, "%u", event->head.key.n),
        paper_value_of(paper, call, &event->head, tag_custody_event_occurred),
        paper_value_of(paper, call, &event->head, tag_custody_event_action),
        paper_name_of(paper, call, event->from_holder),
        paper_name_of(paper, call, event->holder),
        paper_value_of(paper, call, &event->head, tag_custody_event_located),
        particulars(paper, call, event),
    };

    (void)exhibit;
    paper_row(paper, cells);
    return ERR_OK;
}

static enum err chain(struct paper *paper, const struct paper_call *call,
                      const struct exhibit_record *exhibit, event_use *use)
{
    static const struct label heads[] = {
        L("No.", "序號"),         L("Time", "時間"),    L("Action", "事項"),
        L("Released by", "交出"), L("Held by", "接收"), L("Place", "位置"),
        L("Particulars", "詳情"), { NULL, NULL },
    };

    paper_heading(paper, &(const struct label)L("Chain of custody", "證物保管鏈"));
    paper_table(paper, heads);
    return each_event(paper, call, exhibit, use);
}

/* ---- custody form ---- */

enum err paper_bars(struct paper *paper, const struct paper_call *call, struct text code)
{
    struct symbol *symbol = arena_alloc(call->arena, sizeof *symbol);

    TRY(symbol_code128(symbol, call->arena, code));
    paper_symbol(paper, symbol);
    return ERR_OK;
}

static enum err fill_custody_form(struct paper *paper, const struct paper_call *call)
{
    static const uint16_t goods[] = {
        tag_exhibit_number,
        tag_exhibit_of_case,
        tag_exhibit_seizure,
        tag_exhibit_bag,
        tag_exhibit_register_number,
        tag_exhibit_court_mark,
        tag_exhibit_commodity,
        tag_exhibit_description,
        tag_exhibit_suspected,
        tag_exhibit_quantity,
        tag_exhibit_packages,
        tag_exhibit_gross,
        tag_exhibit_net,
        tag_exhibit_brand,
        tag_exhibit_model,
        tag_exhibit_serial,
        tag_exhibit_condition,
        tag_exhibit_value,
        tag_exhibit_hazard,
        tag_exhibit_seal,
        tag_exhibit_holder,
        tag_exhibit_located,
        tag_exhibit_state,
        tag_exhibit_legal_status,
        0,
    };
    const struct exhibit_record *exhibit = (const struct exhibit_record *)call->record;

    TRY(paper_bars(paper, call, exhibit->number));
    paper_heading(paper, &(const struct label)L("Exhibit", "證物"));
    paper_pairs_of(paper, call, call->record, goods);
    TRY(chain(paper, call, exhibit, chain_row));
    paper_heading(paper, &(const struct label)L("Final disposal", "最終處置"));
    paper_signature(paper, &(const struct label)L("Authorised by", "批准人員"), TEXT(""));
    paper_signature(paper, &(const struct label)L("Carried out by", "執行人員"), TEXT(""));
    paper_signature(paper, &(const struct label)L("Witness", "見證人"), TEXT(""));
    return paper_foot(paper, call);
}

/* ---- receipt and lending note: both of a hand-over ---- */

static enum err item_row(struct paper *paper, const struct paper_call *call, size_t number,
                         const struct exhibit_item *item)
{
    struct record_key key = key_of_reference(item->exhibit);
    struct record *record;
    struct exhibit_record *exhibit;

    TRY(record_get(call->txn, &key, 0, call->arena, &record));
    exhibit = (struct exhibit_record *)record;

    const struct text cells[PAPER_COLUMNS] = {
        arena_printf(call->arena, "%zu", number),
        exhibit->number,
        paper_value_of(paper, call, record, tag_exhibit_commodity),
        paper_value_of(paper, call, record, tag_exhibit_quantity),
        exhibit->bag,
        exhibit->seal,
    };

    paper_row(paper, cells);
    return ERR_OK;
}

static enum err items(struct paper *paper, const struct paper_call *call,
                      const struct handover_record *handover)
{
    static const struct label heads[] = {
        L("No.", "序號"), L("Exhibit", "證物編號"), L("Goods", "物品"), L("Quantity", "數量"),
        L("Bag", "袋號"), L("Seal", "封條"),        { NULL, NULL },
    };
    const struct exhibit_item *rows = handover->exhibits.items;

    paper_heading(paper, &(const struct label)L("Exhibits", "證物"));
    paper_table(paper, heads);
    for (size_t i = 0; i < handover->exhibits.count; i++)
        TRY(item_row(paper, call, i + 1, &rows[i]));
    return ERR_OK;
}

static enum err fill_hand_over(struct paper *paper, const struct paper_call *call,
                               const uint16_t *tags)
{
    const struct handover_record *handover = (const struct handover_record *)call->record;
    struct text outside =
        paper_value_of(paper, call, call->record, tag_handover_outside_person);

    TRY(paper_bars(paper, call, handover->number));
    paper_pairs_of(paper, call, call->record, tags);
    TRY(items(paper, call, handover));
    paper_signature(paper, &(const struct label)L("Released by", "交出人員"),
                    paper_name_of(paper, call, handover->released_by));
    paper_signature(paper, &(const struct label)L("Received by", "接收人員"),
                    outside.len > 0 ? outside
                                    : paper_name_of(paper, call, handover->received_by));
    return paper_foot(paper, call);
}

static enum err fill_receipt(struct paper *paper, const struct paper_call *call)
{
    static const uint16_t tags[] = {
        tag_handover_number,
        tag_handover_action,
        tag_handover_state,
        tag_handover_occurred,
        tag_handover_released_by,
        tag_handover_received_by,
        tag_handover_destination,
        tag_handover_purpose,
        tag_handover_witness,
        tag_handover_second,
        tag_handover_paper_number,
        tag_handover_outside_person,
        tag_handover_outside_document,
        tag_handover_outside_receipt,
        tag_handover_vehicle,
        tag_handover_van_seal,
        tag_handover_refusal,
        tag_handover_remark,
        0,
    };

    return fill_hand_over(paper, call, tags);
}

static enum err fill_lending_note(struct paper *paper, const struct paper_call *call)
{
    static const uint16_t tags[] = {
        tag_handover_number,
        tag_handover_occurred,
        tag_handover_purpose,
        tag_handover_due,
        tag_handover_released_by,
        tag_handover_received_by,
        tag_handover_outside_person,
        tag_handover_outside_document,
        tag_handover_outside_receipt,
        tag_handover_remark,
        0,
    };
    const struct handover_record *handover = (const struct handover_record *)call->record;

    if (handover->due == 0)
        return fail(ERR_INVALID,
                    N_("Hand-over %s has no date on which the exhibits are due back, so it is "
                       "no lending. Print its receipt instead."),
                    arena_string(call->arena, handover->number));
    TRY(fill_hand_over(paper, call, tags));
    paper_signature(paper, &(const struct label)L("Returned to", "收回人員"), TEXT(""));
    return ERR_OK;
}

/* ---- draft of a continuity statement ---- */

static bool took_part(const struct custody_event_record *event, uint64_t officer)
{
    return event->actor.id == officer || event->holder.id == officer ||
           event->from_holder.id == officer || event->second.id == officer;
}

static enum err own_row(struct paper *paper, const struct paper_call *call,
                        const struct exhibit_record *exhibit,
                        const struct custody_event_record *event)
{
    return took_part(event, call->officer) ? chain_row(paper, call, exhibit, event) : ERR_OK;
}

static enum err fill_statement(struct paper *paper, const struct paper_call *call)
{
    const struct exhibit_record *exhibit = (const struct exhibit_record *)call->record;
    struct reference me = { .id = call->officer };
    struct text name = paper_name_of(paper, call, me);
    struct message message;

    message_set(
        &message,
        N_("I, %s, state that I dealt with exhibit %s as follows, and that it was in my "
           "charge at no other time. (Draft from the records: read, correct, then "
           "sign.)"),
        arena_string(call->arena, name), arena_string(call->arena, exhibit->number));
    paper_pair_of(paper, call, call->record, tag_exhibit_of_case);
    paper_pair_of(paper, call, call->record, tag_exhibit_commodity);
    paper_pair_of(paper, call, call->record, tag_exhibit_description);
    paper_paragraph(paper, sentence(call->arena, &message, paper_language(paper)));
    TRY(chain(paper, call, exhibit, own_row));
    paper_signature(paper, &(const struct label)L("Signature and date", "簽署及日期"), name);
    return paper_foot(paper, call);
}

/* ---- all of them ---- */

const struct paper_kind paper_kinds[] = {
    { .name = "custody-form",
      .title = L("Custody form", "證物保管表"),
      .help = L("An exhibit and its whole chain.", "證物及其完整保管鏈。"),
      .type = &exhibit_type,
      .fill = fill_custody_form },
    { .name = "stocktake",
      .title = L("Report of a stocktake", "盤點報告"),
      .help = L("Its list and how to derive it again; when it is counted, what it came to.",
                "盤點清單及重新推算方法；完成盤點後並列結果。"),
      .type = &stocktake_type,
      .fill = paper_fill_stocktake },
    { .name = "continuity-statement",
      .title = L("Continuity statement (draft)", "證物保管連續性陳述書(草稿)"),
      .help = L("What the officer who prints it did with the exhibit.",
                "列印人員曾對證物所作的事項。"),
      .type = &exhibit_type,
      .fill = fill_statement },
    { .name = "examination-request",
      .title = L("Request for analysis", "化驗申請表"),
      .help = L("What a laboratory is asked; it goes with the goods.",
                "向化驗機構提出的化驗要求，隨證物送交。"),
      .type = &examination_type,
      .fill = paper_fill_examination },
    { .name = "receipt",
      .title = L("Receipt for exhibits", "證物收據"),
      .help = L("A hand-over: what went from whom to whom.", "移交紀錄：物品由何人交予何人。"),
      .type = &handover_type,
      .fill = fill_receipt },
    { .name = "lending-note",
      .title = L("Lending note", "證物提取通知"),
      .help = L("Exhibits that are lent, with the date on which they are due back.",
                "提取的證物及應歸還日期。"),
      .type = &handover_type,
      .fill = fill_lending_note },
    { .name = "disposal-manifest",
      .title = L("Disposal manifest", "處置清單"),
      .help = L("The exhibits of a disposal, for approval and for the door.",
                "處置所列證物，供審批及點驗用。"),
      .type = &disposal_type,
      .fill = paper_fill_manifest },
    { .name = "disposal-certificate",
      .title = L("Certificate of disposal", "處置證明書"),
      .help = L("What was disposed of, how, and before whom.", "處置物品、方式及見證人員。"),
      .type = &disposal_type,
      .fill = paper_fill_certificate },
    { .name = NULL },
};

const struct paper_kind *paper_kind_named(struct text name)
{
    for (const struct paper_kind *kind = paper_kinds; kind->name; kind++)
        if (text_is(name, kind->name))
            return kind;
    return NULL;
}

enum err paper_make(struct paper **out, const struct paper_kind *kind,
                    const struct paper_call *call, enum language language)
{
    struct paper *paper;

    if (call->record->type != kind->type)
        return fail(ERR_INVALID, N_("%p is printed of a record of the kind %p, not %p."),
                    label_argument(&kind->title), label_argument(&kind->type->label),
                    label_argument(&call->record->type->label));
    paper = paper_new(call->arena, language, &kind->title);
    TRY(kind->fill(paper, call));
    *out = paper;
    return ERR_OK;
}
