/* What the files of acts need of each other: generic builders and the custody machinery. Inside the model only. */
#ifndef TIDEWAITER_CORE_MODEL_ACT_TABLE_H
#define TIDEWAITER_CORE_MODEL_ACT_TABLE_H

#include "core/change/history.h"
#include "core/model/act.h"

/* What builds each act, one file per matter: declared by the acts' rows themselves. In general (act_record.c):
 *   build_make     stages the input as it is
 *   build_numbered the same with a number of its own: letters, serial, check character
 *   build_amend    merges what may be typed with what others saved
 *   build_void     asks for a reason (act_reason)
 *   build_closed   as build_make, for the store's maker alone
 *   build_nothing  an entry that changes no record: sign-in, sign-out
 *   build_never    rows that only name what the program does: undo */
#define ACT(name_, form_, type_, right_, build_, ...)                                          \
    enum err build_(struct change *change, const struct act_call *call);
#define HOUSE(name_, build_, ...)                                                              \
    enum err build_(struct change *change, const struct act_call *call);
#include "core/model/acts.def"
/* Files, before the write and after it (act_attachment.c). */
enum err attachment_prepare(struct session *session, const struct act_call *call,
                            struct arena *arena, const void **prepared);
enum err attachment_export_prepare(struct session *session, const struct act_call *call,
                                   struct arena *arena, const void **prepared);
enum err attachment_export_finish(struct session *session, const struct act_call *call,
                                  enum err outcome, struct change_result *result);

/* A copy of the input with nothing in the fields that only acts set, as a new record with an id. */
enum err make_from_input(struct change *change, const struct act_call *call,
                         struct record **out);
/* The subject as it stands; ERR_INVALID: not of the act's type; ERR_CONFLICT where call->revision is another. */
enum err get_subject(struct change *change, const struct act_call *call, struct record **out);

/* Who may not read a record does nothing with it, and names it nowhere (act_access.c). */
enum err act_access_check(struct change *change, const struct act_call *call);
enum {
    BODY_VIEWED = 14
}; /* in the own body of record.view: the keys of what was opened, 12 bytes each */

#endif
