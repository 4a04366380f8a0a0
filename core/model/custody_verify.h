/* What `verify` says of custody: proves from the events alone that no gap and no contradiction stands unmarked.
 *
 * It reads the chain of each exhibit, the hand-overs, the seals and the journal's signatures again and by itself: nothing of the
 * acts that wrote them is asked. What people said against each other and marked as a discrepancy is no fault; what the events
 * say and no mark admits is one, named by the exhibit's number and the event. Handed to verify_folder() as its `meaning`.
 */
#ifndef TIDEWAITER_CORE_MODEL_CUSTODY_VERIFY_H
#define TIDEWAITER_CORE_MODEL_CUSTODY_VERIFY_H

#include "core/change/verify.h"

enum err custody_verify(struct verifier *v);

#endif
