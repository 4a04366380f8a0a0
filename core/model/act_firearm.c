/* A firearm is read anew by whoever takes it into keeping: make, model, calibre, serial number, and that it is not loaded. */
#include "core/model/custody.h"
#include "core/model/questions.h"
#include "i18n/fold.h"

static bool alike(struct text a, struct text b)
{
    AUTO_BUFFER struct buffer x = { 0 }, y = { 0 };

    fold(&x, a);
    fold(&y, b);
    return text_equal(buffer_as_text(&x), buffer_as_text(&y));
}

/* What nobody had recorded is recorded now; what differs stays as it was, with both accounts. */
static void hold_against(struct custody_step *step, const char *about, struct text *recorded,
                         struct text read)
{
    if (!text_present(*recorded))
        *recorded = read;
    else if (!alike(*recorded, read))
        difference_add(&step->breaches, (struct difference_item){ .about = text_of(about),
                                                                  .recorded_words = *recorded,
                                                                  .found_words = read });
}

enum err build_check_firearm(struct change *change, const struct act_call *call)
{
    const struct act_check_firearm *input = call->input;
    struct custody_step step = { .action = "firearm_checked",
                                 .occurred = input->occurred,
                                 .opened = true,
                                 .unloaded = input->unloaded,
                                 .reading = input->serial,
                                 .remark = input->remark };
    struct record *record;
    struct exhibit_record *exhibit;
    struct commodity_demands demands;

    TRY(get_subject(change, call, &record));
    exhibit = (struct exhibit_record *)record;
    TRY(commodity_demands(change, exhibit->commodity, &demands));
    if (!text_is(demands.hazard, "firearm"))
        return fail(ERR_REFUSED,
                    N_("Exhibit %s is no firearm or weapon, so it has no such check."),
                    arena_string(change_arena(change), exhibit->number));
    hold_against(&step, "make", &exhibit->brand, input->make);
    hold_against(&step, "model", &exhibit->model, input->model);
    hold_against(&step, "calibre", &exhibit->calibre, input->calibre);
    hold_against(&step, "serial", &exhibit->serial, input->serial);
    if (input->unloaded != FLAG_YES)
        difference_add(&step.breaches, (struct difference_item){ .about = TEXT("loaded") });
    exhibit->unloaded_at = input->unloaded == FLAG_YES ? input->occurred : (struct moment){ 0 };
    exhibit->unloaded_by = (struct reference){ .id = change_session(change)->officer };
    if (text_present(input->trace))
        exhibit->trace = input->trace;
    return custody_take(change, exhibit, &step);
}
