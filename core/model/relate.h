/* Parties and things that a report or a seizure names are related to its case in the same act; those that are already are
 * passed over. Inside the model only. */
#ifndef TIDEWAITER_CORE_MODEL_RELATE_H
#define TIDEWAITER_CORE_MODEL_RELATE_H

#include "core/change/change.h"
#include "core/model/involvement.h"

/* Numbers a new involvement, gives it the state that its role begins with, and stages it. */
enum err relate_begin(struct change *change, struct involvement_record *involvement);
/* An informer is confidential, whoever typed what. */
void relate_protect(struct involvement_record *involvement);

/* A list of party_item: an involvement each. */
enum err relate_parties(struct change *change, const struct record *file,
                        const struct list *parties);
/* A list of thing_item: a link each; `seizure` where they were found, or NULL. */
enum err relate_things(struct change *change, const struct record *file,
                       const struct list *things, const struct record *seizure);
/* The case that a record is or belongs to; id 0: none. */
enum err relate_case_of(struct change *change, struct reference about, struct reference *out);

#endif
