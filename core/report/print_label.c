#include "core/report/print_label.h"

#include "core/model/case.h"
#include "core/model/exhibit.h"
#include "core/model/formation.h"
#include "core/model/handover.h"
#include "core/model/location.h"
#include "core/model/officer.h"
#include "i18n/text.h"

static void add_line(struct print_label *label, struct arena *arena, struct text line)
{
    line = text_safe_in(arena, line, TEXT_ONE_LINE);
    if (line.len > 0 && label->count < LABEL_LINES)
        label->lines[label->count++] = line;
}

/* A field's value as people read it; nothing where it is absent. */
static struct text shown(struct arena *arena, const struct record *record, uint16_t tag,
                         const struct lookup *lookup, enum language language)
{
    const struct field *field = field_find(record->type, tag);

    return field_present(field, record)
               ? value_show(arena, field, field_value(field, record), lookup, language)
               : (struct text){ 0 };
}

struct label_row {
    const struct record_type *type;
    uint16_t code,
        other_code; /* what the bar code holds, where there is a better one than the number */
    uint16_t lines[LABEL_LINES];
};

/* What stands on each kind of label. */
static const struct label_row rows[] = {
    { &exhibit_type,
      tag_exhibit_number,
      0,
      { tag_exhibit_of_case, tag_exhibit_commodity, tag_exhibit_quantity, tag_exhibit_bag,
        tag_exhibit_register_number, tag_exhibit_hazard } },
    { &location_type,
      tag_location_number,
      tag_location_barcode,
      { tag_location_name, tag_location_location_kind, tag_location_parent } },
    { &officer_type,
      tag_officer_number,
      tag_officer_card,
      { tag_officer_name, tag_officer_rank, tag_officer_formation } },
    { &formation_type, tag_formation_code, 0, { tag_formation_name } },
    { &case_type, tag_case_number, 0, { tag_case_title, tag_case_officer } },
    { &handover_type,
      tag_handover_number,
      0,
      { tag_handover_action, tag_handover_occurred, tag_handover_released_by,
        tag_handover_received_by, tag_handover_item_count } },
};

static enum err symbols_make(struct print_label *label, struct arena *arena)
{
    TRY(symbol_code128(&label->bars, arena, label->code));
    return symbol_qr(&label->square, arena, label->code);
}

static enum err fill(struct print_label *label, const struct label_row *row,
                     const struct record *record, const struct lookup *lookup,
                     enum language language, struct arena *arena)
{
    label->heading = shown(arena, record, row->code, lookup, language);
    label->code =
        row->other_code ? shown(arena, record, row->other_code, lookup, language) : label->code;
    if (label->code.len == 0)
        label->code = label->heading;
    label->heading = text_safe_in(arena, label->heading, TEXT_ONE_LINE);
    for (size_t i = 0; i < LABEL_LINES && row->lines[i] != 0; i++)
        add_line(label, arena, shown(arena, record, row->lines[i], lookup, language));
    return symbols_make(label, arena);
}

bool print_label_for(const struct record_type *type)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].type == type)
            return true;
    return false;
}

enum err print_label_of(struct print_label *out, const struct record *record,
                        const struct lookup *lookup, enum language language,
                        struct arena *arena)
{
    struct print_label label = { .count = 0 };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].type != record->type)
            continue;
        TRY(fill(&label, &rows[i], record, lookup, language, arena));
        *out = label;
        return ERR_OK;
    }
    return fail(ERR_INVALID,
                N_("Labels are printed for exhibits, store locations, officers, formations, "
                   "cases and hand-overs, not for a record of the kind %p."),
                label_argument(&record->type->label));
}

enum err print_label_command(struct print_label *out, struct text word,
                             const struct label *words, enum language language,
                             struct arena *arena)
{
    struct print_label label = { .code = word, .heading = word };

    add_line(&label, arena, label_text(arena, words, language));
    TRY(symbols_make(&label, arena));
    *out = label;
    return ERR_OK;
}
