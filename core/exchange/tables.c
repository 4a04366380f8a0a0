#include "core/exchange/tables.h"

#include "core/exchange/assets.h"
#include "core/exchange/source.h"

#include <string.h>

/* A field of the record and the column it comes from; bilingual ones have a second column. */
struct column {
    const char *field;
    const char *from;
    const char *english;
};
enum { COLUMNS = 14 };

struct table {
    const char *asset;
    const char *act;
    const struct column columns[COLUMNS];
};

/* Parents stand before their children in every file; units before what is measured in them. */
static const struct table tables[] = {
    { "units",
      "unit-add",
      { { "code", "code", NULL },
        { "name", "name_zh", "name_en" },
        { "dimension", "dimension", NULL },
        { "base_unit", "base_unit", NULL },
        { "factor", "factor_to_base", NULL } } },
    { "ordinances",
      "ordinance-add",
      { { "code", "cap", NULL },
        { "name", "title_zh", "title_en" },
        { "short_name", "abbr_zh", "abbr_en" },
        { "relation", "relation", NULL },
        { "in_appendix", "in_appendix6", NULL },
        { "appendix_number", "appendix6_no", NULL },
        { "in_statistics", "in_stats_2023", NULL },
        { "review_days", "review_days", NULL },
        { "verified", "verified", NULL },
        { "source", "source", NULL },
        { "remark", "note", NULL } } },
    { "offences",
      "offence-add",
      { { "code", "offence_code", NULL },
        { "name", "title_zh", "title_en" },
        { "ordinance", "cap", NULL },
        { "section", "section", NULL },
        { "maximum_fine", "max_fine_hkd", NULL },
        { "maximum_months", "max_imprisonment_months", NULL },
        { "basis", "basis", NULL },
        { "penalty_verified", "verified", NULL },
        { "section_verified", "section_verified", NULL },
        { "remark", "note", NULL } } },
    { "commodities",
      "commodity-add",
      { { "code", "code", NULL },
        { "name", "name_zh", "name_en" },
        { "parent", "parent", NULL },
        { "unit", "default_unit", NULL },
        { "hazard", "hazard_class", NULL },
        { "ordinances", "main_caps", NULL },
        { "source", "source", NULL } } },
    { "modes",
      "mode-add",
      { { "code", "code", NULL },
        { "name", "name_zh", "name_en" },
        { "mode_kind", "kind", NULL },
        { "parent", "parent", NULL },
        { "source", "source", NULL } } },
    { "species",
      "species-add",
      { { "code", "code", NULL },
        { "name", "name_zh", "name_en" },
        { "scientific_name", "scientific_name", NULL },
        { "appendix", "cites_appendix", NULL },
        { "group", "taxon_group", NULL },
        { "verified", "verified", NULL },
        { "source", "source", NULL },
        { "remark", "note", NULL } } },
    { "statuses",
      "status-add",
      { { "code", "code", NULL },
        { "name", "name_zh", "name_en" },
        { "entity", "entity", NULL },
        { "order", "order", NULL },
        { "terminal", "terminal", NULL } } },
    { "outcomes",
      "outcome-add",
      { { "code", "code", NULL },
        { "name", "name_zh", "name_en" },
        { "outcome_kind", "kind", NULL },
        { "applies_to", "applies_to", NULL },
        { "source", "source", NULL } } },
    { "systems",
      "outside-system-add",
      { { "name", "name_zh", "name_en" },
        { "group", "group", NULL },
        { "purpose", "what", NULL },
        { "coverage", "coverage", NULL } } },
    { "ranks",
      "rank-add",
      { { "code", "code", NULL },
        { "name", "name_zh", "name_en" },
        { "grade", "grade", NULL },
        { "order", "order", NULL },
        { "verified", "verified", NULL } } },
    { "disposals",
      "disposal-route-add",
      { { "code", "code", NULL },
        { "name", "name_zh", "name_en" },
        { "applies_to", "applies_to", NULL },
        { "precondition", "precondition", NULL },
        { "gate", "gate", NULL },
        { "rank", "rank", NULL },
        { "final_state", "final_state", NULL },
        { "witnessed", "witnessed", NULL },
        { "source", "source", NULL } } },
    { "places",
      "place-add",
      { { "code", "code", NULL },
        { "name", "name_zh", "name_en" },
        { "place_kind", "kind", NULL },
        { "parent", "parent", NULL },
        { "source", "source", NULL },
        { "remark", "note", NULL } } },
    { "formations",
      "formation-add",
      { { "code", "code", NULL },
        { "name", "name_zh", "name_en" },
        { "formation_kind", "kind", NULL },
        { "parent", "parent", NULL },
        { "source", "source", NULL },
        { "remark", "note", NULL } } },
};

struct row {
    const struct table *table;
    struct table_reader *reader;
    struct text *cells;
    struct record *record;
    struct arena *arena;
    const struct lookup *lookup;
};

static struct text filled(struct text cell)
{
    return cell.len > 0 ? cell : (struct text){ 0 };
}

static enum err cell_fault(const struct row *row, const char *column, const struct message *why)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text sentence_en = sentence(arena, why, LANGUAGE_EN);

    return fail(ERR_INVALID, N_("Table %s, line %zu, column %s: %s"), row->table->asset,
                row->reader->line, column, arena_string(arena, sentence_en));
}

/* "unlimited" and "life" are flags of their own. */
static bool special_cell(const struct row *row, struct text cell)
{
    const char *flag = text_is(cell, "unlimited") ? "fine_unlimited"
                       : text_is(cell, "life")    ? "life"
                                                  : NULL;

    if (!flag || strcmp(row->table->asset, "offences") != 0)
        return false;
    *(enum flag *)field_place(field_named(row->record->type, text_of(flag)), row->record) =
        FLAG_YES;
    return true;
}

static enum err cell_take(struct row *row, const struct column *column)
{
    const struct field *field = field_named(row->record->type, text_of(column->field));
    struct text cell = table_cell(row->reader, row->cells, column->from);
    struct message why;

    if (column->english) {
        *(struct bitext *)field_place(field, row->record) =
            (struct bitext){ filled(cell),
                             filled(table_cell(row->reader, row->cells, column->english)) };
        return ERR_OK;
    }
    if (cell.len == 0 || special_cell(row, cell))
        return ERR_OK;
    if (field->kind == KIND_TEXT ||
        field->kind == KIND_CODE) { /* exactly as the table writes it */
        *(struct text *)field_place(field, row->record) = cell;
        return ERR_OK;
    }
    if (!value_parse(row->record, field, cell, row->lookup, row->arena, &why))
        return cell_fault(row, column->from, &why);
    return ERR_OK;
}

/* What the rules of custody need of a commodity follows from its hazard class. */
static void commodity_fill(struct record *record)
{
    struct text hazard =
        *(const struct text *)field_value(field_named(record->type, TEXT("hazard")), record);
    static const struct {
        const char *hazard, *flag;
    } demands[] = {
        { "drug", "two_officers" },       { "drug", "weighed" },
        { "cash", "two_officers" },       { "firearm", "two_officers" },
        { "high-value", "two_officers" }, { "bulky", "kept_in_place" },
        { "live", "kept_in_place" },      { "dried", "weighed" },
    };

    for (size_t i = 0; i < sizeof demands / sizeof *demands; i++)
        if (text_is(hazard, demands[i].hazard))
            *(enum flag *)field_place(field_named(record->type, text_of(demands[i].flag)),
                                      record) = FLAG_YES;
}

static enum err row_act(struct txn *txn, struct session *session, const struct table *table,
                        struct row *row, size_t number)
{
    struct act_call call = { .act = act_named(text_of(table->act)) };
    struct change_result result = { .arena = row->arena };

    row->record = record_new(row->arena, call.act->type);
    for (const struct column *column = table->columns;
         column < table->columns + COLUMNS && column->field; column++)
        TRY(cell_take(row, column));
    if (strcmp(table->asset, "commodities") == 0)
        commodity_fill(row->record);
    if (strcmp(table->asset, "systems") ==
        0) /* the file has no codes: they are given in its order */
        *(struct text *)field_place(&row->record->type->fields[0], row->record) =
            arena_printf(row->arena, "S%03zu", number);
    call.input = row->record;
    return act_in(txn, session, &call, &result);
}

struct load {
    struct session *session;
    const struct table *table;
    size_t rows;
};

/* A table is one commit. */
static enum err table_load(struct txn *txn, void *context)
{
    struct load *load = context;
    AUTO_ARENA struct arena *arena = arena_new();
    const struct asset *asset = asset_find(load->table->asset);
    struct table_reader reader;
    struct row row = {
        .table = load->table, .reader = &reader, .arena = arena, .lookup = load->session->lookup
    };
    bool more;

    TRY(table_open(&reader, (struct text){ (const char *)asset->data.data, asset->data.len },
                   '\t', arena));
    for (load->rows = 0;; load->rows++) {
        TRY(table_next(&reader, &row.cells, &more));
        if (!more)
            return ERR_OK;
        TRY(row_act(txn, load->session, load->table, &row, load->rows + 1));
    }
}

enum err tables_load(struct session *session, size_t *rows)
{
    *rows = 0;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct load load = { .session = session, .table = &tables[i] };

        TRY(store_write(session->store, table_load, &load));
        *rows += load.rows;
    }
    return ERR_OK;
}
