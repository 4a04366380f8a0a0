/* What the files of acts need of each other: generic builders and the custody machinery. Inside the model only. */
#ifndef TIDEWAITER_CORE_MODEL_ACT_TABLE_H
#define TIDEWAITER_CORE_MODEL_ACT_TABLE_H

#include "core/change/history.h"
#include "core/model/act.h"

/* Records in general (act_record.c). */
enum err build_make(struct change *change,
                    const struct act_call *call); /* stages the input as it is */
enum err build_amend(struct change *change,
                     const struct act_call *call); /* merges what may be typed */
enum err build_void(struct change *change, const struct act_call *call); /* asks: act_reason */
enum err build_closed(struct change *change,
                      const struct act_call *call); /* closed tables: the store's maker alone */
/* A copy of the input with nothing in the fields that only acts set, as a new record with an id. */
enum err make_from_input(struct change *change, const struct act_call *call,
                         struct record **out);
/* The subject as it stands; ERR_INVALID: not of the act's type; ERR_CONFLICT where call->revision is another. */
enum err get_subject(struct change *change, const struct act_call *call, struct record **out);

/* One file per matter. */
enum err build_case_open(struct change *change, const struct act_call *call);
enum err build_case_state(struct change *change, const struct act_call *call);
enum err build_case_assign(struct change *change, const struct act_call *call);
enum err build_operation_open(struct change *change, const struct act_call *call);
enum err build_note(struct change *change, const struct act_call *call);
enum err build_seizure(struct change *change, const struct act_call *call);
enum err build_exhibit(struct change *change, const struct act_call *call);
enum err build_seal_issue(struct change *change, const struct act_call *call);
enum err build_seal_exhibit(struct change *change, const struct act_call *call);
enum err build_hand_over(struct change *change, const struct act_call *call);
enum err build_release(struct change *change, const struct act_call *call);
enum err build_receive(struct change *change, const struct act_call *call);
enum err build_refuse(struct change *change, const struct act_call *call);
enum err build_shelve(struct change *change, const struct act_call *call);
enum err build_keep_in_place(struct change *change, const struct act_call *call);
enum err build_entrust(struct change *change, const struct act_call *call);
enum err build_annotate(struct change *change, const struct act_call *call);
enum err build_weigh(struct change *change, const struct act_call *call);
enum err build_nothing(struct change *change,
                       const struct act_call *call); /* sign-in, sign-out */
enum err
build_never(struct change *change,
            const struct act_call *call); /* rows that only name what the program does: undo */

#endif
