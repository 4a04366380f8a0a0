/* May an exhibit be disposed of? All that stands against it, at once, each with the record that blocks it, so that the screen,
 * the acts and the papers say the same (domain "Life of an exhibit", rules 7 and 12).
 *
 * Five gates: `final` (cases over, forfeiture final, all periods past), `early` (before the case ends, where law or court allow
 * it), `return` (property that goes back), `transfer` (to another department) and `either` (final or early, as its legal status
 * says). Errors among the findings keep the gate shut; a warning is the step that comes next. What is read to decide by is read
 * whole, whoever asks: the findings name records by number and nothing else of them.
 */
#ifndef TIDEWAITER_CORE_MODEL_DISPOSAL_GATE_H
#define TIDEWAITER_CORE_MODEL_DISPOSAL_GATE_H

#include "core/index/records.h"
#include "core/model/disposal.h"
#include "core/model/disposal_route.h"
#include "core/model/exhibit.h"

struct gate_question {
    struct txn *txn;
    struct arena *arena;
    const struct exhibit_record *exhibit;
    const struct disposal_route_record
        *route; /* NULL: the way that its legal status points to */
    const struct disposal_record
        *disposal; /* the batch that it is in, or is to be put in; NULL: none */
    date today;
};
/* An error where it could not be found out; findings->arena must be set. */
enum err disposal_gate(const struct gate_question *question, struct findings *findings);
/* What keeps an exhibit from leaving by any other act (write-off, transfer of a whole case): holds, and a batch under way. */
enum err disposal_bars(const struct gate_question *question, struct findings *findings);
/* What an early disposal must say: power or order, and that claimants and defence were told. */
void disposal_papers(const struct disposal_record *disposal,
                     const struct disposal_route_record *route, struct findings *findings);

#endif
