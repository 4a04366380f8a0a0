/* The record types of the program: the one list. A new type is a .def, a short .c, and a line here. */
#ifndef TIDEWAITER_CORE_MODEL_TYPES_H
#define TIDEWAITER_CORE_MODEL_TYPES_H

#include "core/schema/record.h"

#define RECORD_TYPES(X)                                                                        \
    X(officer)                                                                                 \
    X(signing_key)                                                                             \
    X(saved_search)                                                                            \
    X(formation)                                                                               \
    X(place)                                                                                   \
    X(location)                                                                                \
    X(operation)                                                                               \
    X(case)                                                                                    \
    X(seizure)                                                                                 \
    X(exhibit)                                                                                 \
    X(party)                                                                                   \
    X(thing)                                                                                   \
    X(involvement)                                                                             \
    X(link)                                                                                    \
    X(task)                                                                                    \
    X(attachment)                                                                              \
    X(notice)                                                                                  \
    X(inspection)                                                                              \
    X(report)                                                                                  \
    X(outside_reference)                                                                       \
    X(examination)                                                                             \
    X(entry)                                                                                   \
    X(seal)                                                                                    \
    X(handover)                                                                                \
    X(stocktake)                                                                               \
    X(disposal)                                                                                \
    X(ordinance)                                                                               \
    X(offence)                                                                                 \
    X(commodity)                                                                               \
    X(unit)                                                                                    \
    X(mode)                                                                                    \
    X(species)                                                                                 \
    X(status)                                                                                  \
    X(outcome)                                                                                 \
    X(disposal_route)                                                                          \
    X(outside_system)                                                                          \
    X(rank)                                                                                    \
    X(opening)                                                                                 \
    X(handover_line)                                                                           \
    X(stocktake_line)                                                                          \
    X(stocktake_list)                                                                          \
    X(disposal_line)                                                                           \
    X(custody_event)                                                                           \
    X(note)

#define TYPE_DECLARE(name) extern const struct record_type name##_type;
RECORD_TYPES(TYPE_DECLARE)
#undef TYPE_DECLARE

#endif
