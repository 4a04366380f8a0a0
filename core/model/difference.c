#include "core/model/difference.h"

#include "core/model/choices.h"

void difference_add(struct differences *all, struct difference_item item)
{
    if (all->count < DIFFERENCES_MOST)
        all->items[all->count++] = item;
}

/* ---- in words ---- */

struct reading {
    struct arena *arena;
    const struct lookup *lookup;
    enum language language;
};

static const struct field *part(uint16_t tag)
{
    for (size_t i = 0; i < difference_item_type.count; i++)
        if (difference_item_type.fields[i].tag == tag)
            return &difference_item_type.fields[i];
    return NULL;
}

/* A state is kept as its code. */
static struct text words_of(const struct reading *reading, const struct difference_item *item,
                            struct text said)
{
    struct bitext names;

    if (!text_is(item->about, "state") || !reading->lookup->code ||
        !reading->lookup->code(reading->lookup->context, "status", said, &names))
        return said;
    return reading->language == LANGUAGE_ZH ? names.zh : names.en;
}

static const char *side(const struct reading *reading, const struct difference_item *item,
                        uint16_t reference, uint16_t amount, struct text said)
{
    const struct field *fields[] = { part(reference), part(amount) };

    for (size_t i = 0; i < 2; i++)
        if (field_present(fields[i], item))
            return arena_string(reading->arena, value_show(reading->arena, fields[i],
                                                           field_value(fields[i], item),
                                                           reading->lookup, reading->language));
    return text_present(said) ? arena_string(reading->arena, words_of(reading, item, said))
                              : NULL;
}

static const struct label *about(struct text code)
{
    for (const struct choice *choice = choices_difference; choice->code; choice++)
        if (text_is(code, choice->code))
            return &choice->label;
    return &part(tag_difference_item_about)->label;
}

static void put_row(struct buffer *out, const struct reading *reading,
                    const struct difference_item *item)
{
    const char *recorded = side(reading, item, tag_difference_item_recorded,
                                tag_difference_item_recorded_amount, item->recorded_words);
    const char *found = side(reading, item, tag_difference_item_found,
                             tag_difference_item_found_amount, item->found_words);
    const void *what = label_argument(about(item->about));
    struct message message;

    if (recorded && found && text_is(item->about, "second_count"))
        message_set(&message, N_("%p: first %s, then %s."), what, recorded, found);
    else if (recorded && found)
        message_set(&message, N_("%p: recorded %s, found %s."), what, recorded, found);
    else if (recorded)
        message_set(&message, N_("%p: recorded %s."), what, recorded);
    else if (found)
        message_set(&message, N_("%p: %s."), what, found);
    else
        message_set(&message, N_("%p."), what);
    if (out->len > 0)
        buffer_byte(out, ' ');
    buffer_text(out, sentence(reading->arena, &message, reading->language));
}

static void put_all(struct buffer *out, const struct reading *reading,
                    const struct custody_event_record *event)
{
    const struct difference_item *items = event->differences.items;

    for (size_t i = 0; i < event->differences.count; i++)
        put_row(out, reading, &items[i]);
}

struct text difference_account(struct arena *arena, const struct custody_event_record *event,
                               const struct lookup *lookup, enum language language)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct reading reading = { arena, lookup, language };

    if (language == LANGUAGE_BOTH) {
        reading.language = LANGUAGE_ZH;
        put_all(&out, &reading, event);
        reading.language = LANGUAGE_EN;
    }
    put_all(&out, &reading, event);
    if (text_present(event->account)) {
        if (out.len > 0)
            buffer_byte(&out, ' ');
        buffer_text(&out, event->account);
    }
    return arena_text(arena, buffer_as_text(&out));
}
