/* Packages of an exhibit that lie apart: a row of exhibit.parts says of each who holds it and where; all others lie with the
 * exhibit itself. A step of some packages leaves the exhibit where it is; its one event names them. Inside the model only. */
#ifndef TIDEWAITER_CORE_MODEL_CUSTODY_PACKAGE_H
#define TIDEWAITER_CORE_MODEL_CUSTODY_PACKAGE_H

#include "core/model/custody.h"

/* The packages that the rows of this exhibit name take the step; refused where the exhibit has no such package. */
enum err custody_take_packages(struct change *change, struct exhibit_record *exhibit,
                               const struct custody_step *step, struct list rows);
/* Those packages stay where they lie while the exhibit goes: step->packages of a step that is then taken. */
enum err custody_leave_packages(struct change *change, const struct exhibit_record *exhibit,
                                struct custody_step *step, struct list rows);
/* After a step: exhibit.parts as step->packages says; what lies again with the exhibit lies apart no more. */
void custody_packages_put(struct arena *arena, struct exhibit_record *exhibit,
                          struct list packages);

#endif
