/* Making a store: identity, entry 0, code tables. Shared by `init` and the demo maker. */
#ifndef TIDEWAITER_CORE_EXCHANGE_MAKER_H
#define TIDEWAITER_CORE_EXCHANGE_MAKER_H

#include "core/model/accounts.h"

/* A store under its temporary name with entry 0 and all code tables; unsynced until store_finish(). On failure
 * nothing is left. `session` is started for the program itself (officer 0, no lookup). */
enum err maker_begin(struct store **out, struct session *session, const char *folder,
                     struct text origin, uint16_t site, bool demo, size_t *codes);

#endif
