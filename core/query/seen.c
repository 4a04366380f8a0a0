#include "core/query/seen.h"

#include "core/model/known.h"
#include "core/query/picks.h"
#include "i18n/text.h"

enum { HAN_LEAST = 2, LETTERS_LEAST = 3 };

/* ---- which fields ---- */

/* Has it a list of the numbers that it is known by? */
static bool is_met_again(const struct record_type *type)
{
    for (size_t i = 0; i < type->index_count; i++) {
        const struct field *field = field_find(type, type->indexes[i].fields[0]);

        if (field && field->kind == KIND_LIST && (field->flags & BY_ACT) &&
            (field->flags & SEARCHED))
            return true;
    }
    return false;
}

static bool is_text(const struct field *field)
{
    return field->kind == KIND_TEXT || field->kind == KIND_BITEXT || field->kind == KIND_NUMBER;
}

static bool leads(const struct record_type *type, const struct field *field, bool unique)
{
    for (size_t i = 0; i < type->index_count; i++)
        if (type->indexes[i].fields[0] == field->tag && (!unique || type->indexes[i].unique))
            return true;
    return false;
}

/* A name or a number, not what is said about it. */
static bool names(const struct record_type *type, const struct field *field)
{
    if (field->kind == KIND_NUMBER || leads(type, field, false))
        return true;
    return field->kind == KIND_TEXT ? (field->flags & (UPPERCASE | LISTED)) != 0
                                    : field->tag == type->title[0];
}

bool seen_tells(const struct record_type *type, const struct field *field,
                const struct field *cell)
{
    if (type->family != 0 || (field->flags & (BY_ACT | MULTILINE)))
        return false;
    if (cell && cell != field)
        return is_met_again(type) && (field->flags & SEARCHED) && (cell->flags & SEARCHED) &&
               is_text(cell);
    if (!is_text(field))
        return false;
    return leads(type, field, true) ||
           (is_met_again(type) && (field->flags & SEARCHED) && names(type, field));
}

/* ---- looking ---- */

bool seen_enough(struct text typed)
{
    int han = 0, letters = 0;

    for (size_t at = 0; at < typed.len;) {
        uint32_t point;
        bool valid;

        at += text_decode(typed.data + at, typed.len - at, &point, &valid);
        han += point >= 0x2E80 && text_point_width(point) == 2;
        letters += (point >= '0' && point <= '9') || (point >= 'A' && point <= 'Z') ||
                   (point >= 'a' && point <= 'z') || (point >= 0xC0 && point < 0x2E80);
    }
    return han >= HAN_LEAST || letters >= LETTERS_LEAST;
}

static bool is_number(struct text typed)
{
    bool digit = false;

    for (size_t i = 0; i < typed.len; i++) {
        if ((uint8_t)typed.data[i] > 0x7F)
            return false;
        digit |= typed.data[i] >= '0' && typed.data[i] <= '9';
    }
    return digit;
}

static void merge(struct record **into, size_t *count, struct record **from, size_t found)
{
    for (size_t i = 0; i < found && *count < SEEN_MOST; i++) {
        bool there = false;

        for (size_t k = 0; k < *count && !there; k++)
            there = record_key_compare(&into[k]->key, &from[i]->key) == 0;
        if (!there)
            into[(*count)++] = from[i];
    }
}

static enum err look(struct txn *txn, const struct record_type *type, struct text typed,
                     struct arena *arena, struct record **into, size_t *count)
{
    struct record **found;
    size_t found_count;
    bool more;

    if (!seen_enough(typed) || *count == SEEN_MOST)
        return ERR_OK;
    TRY(records_meant(txn, type, typed, NULL, SEEN_MOST, arena, &found, &found_count, &more));
    merge(into, count, found, found_count);
    return ERR_OK;
}

enum err seen_find(struct txn *txn, const struct record_type *type, struct text typed,
                   struct arena *arena, struct record ***out, size_t *count)
{
    AUTO_BUFFER struct buffer half = { 0 };

    *out = arena_array(arena, SEEN_MOST, sizeof **out);
    *count = 0;
    text_to_halfwidth(&half, typed);
    typed = text_trim(buffer_as_text(&half));
    if (is_number(typed)) { /* as they are kept to be found: without blanks and points */
        TRY(look(txn, type, known_number(arena, typed), arena, *out, count));
        TRY(look(txn, type, known_phone(arena, typed), arena, *out, count));
    }
    return look(txn, type, typed, arena, *out, count);
}
