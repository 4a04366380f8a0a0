/* Roles are sets of verbs. Nobody has "delete". */
#ifndef TIDEWAITER_CORE_MODEL_RIGHTS_H
#define TIDEWAITER_CORE_MODEL_RIGHTS_H

#include "core/change/session.h"
#include "core/model/officer.h"

unsigned rights_of_role(struct text role);
unsigned rights_of(const struct officer_record *officer); /* 0 where not in post or voided */
const struct label *right_label(enum right right);
/* The rights of the session's officer as the transaction sees them now. ERR_REFUSED: not in post. */
enum err rights_now(struct txn *txn, const struct session *session, unsigned *rights);

#endif
