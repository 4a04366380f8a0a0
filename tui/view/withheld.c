#include "tui/view/withheld.h"

#include "i18n/text.h"

struct rect withheld_draw(struct app *app, struct canvas *canvas, struct rect place,
                          const struct record *record)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const char *id = record->access == ACCESS_CUSTODY
                         ? N_("You see what keeping the goods needs. The rest of this record "
                              "is for those on the case.")
                         : N_("You are not permitted to read this record. Ask the officer in "
                              "charge or a supervisor to put you on its need-to-know list.");
    struct text rest = app_words(app, arena, id), line;

    if (record->access <= ACCESS_READ)
        return place;
    while (place.rows > 0 && text_wrap(&rest, place.columns - 2, &line)) {
        canvas_put(canvas, place.row++, place.column + 1, place.columns - 2, line,
                   ROLE_WARNING);
        place.rows--;
    }
    return place;
}
