/* What the files of the reading of custody share. Nothing but them includes it.
 *
 * An exhibit and its events are read in one snapshot, and so is all that they are held against. What hand-overs and seals
 * say of many exhibits is added up in tallies, from entries that stood when verification began, and held against at the end. */
#ifndef TIDEWAITER_CORE_MODEL_CUSTODY_VERIFY_PARTS_H
#define TIDEWAITER_CORE_MODEL_CUSTODY_VERIFY_PARTS_H

#include "core/index/index.h"
#include "core/model/custody_event.h"
#include "core/model/custody_verify.h"
#include "core/model/exhibit.h"

/* ---- tallies: how many, and which, without keeping them ---- */

struct tally {
    uint64_t id;  /* of the hand-over or seal; 0: an empty place */
    uint64_t sum; /* of the exhibits' ids, each mixed */
    uint64_t count;
};
struct tallies {
    struct tally *items;
    size_t count, capacity;
};
void tallies_add(struct tallies *tallies, uint64_t id, uint64_t exhibit);
struct tally tallies_of(const struct tallies *tallies, uint64_t id);
void tally_add(struct tally *tally, uint64_t exhibit);
void tallies_free(struct tallies *tallies);

/* ---- what an entry of the journal says of who and when ---- */

struct entry_facts {
    uint64_t sequence;
    uint64_t time_ms;                       /* recorded */
    int64_t clock_ms;                       /* the clock of who recorded it */
    uint64_t officer;                       /* 0: the program itself, which makes and imports */
    uint64_t signers[STATEMENT_SIGNATURES]; /* each officer once */
    size_t count;
    bool read, damaged;
};
enum { ENTRIES_KEPT = 4096 };

struct custody_check {
    struct verifier *v;
    struct txn *txn;                  /* of this slice */
    struct arena *arena;              /* of this exhibit */
    struct entry_facts *entries;      /* kept by sequence: an entry never changes */
    struct tallies handovers, sealed; /* as the events say */
};
/* Never NULL; damaged: what is wrong with it was said by others. */
const struct entry_facts *entry_of(struct custody_check *check, uint64_t sequence);
bool entry_signed_by(const struct entry_facts *facts, uint64_t officer);

/* ---- a chain ---- */

struct chain {
    const struct exhibit_record *exhibit;
    const struct custody_event_record **events; /* by n, from 0; whole: none is damaged */
    const struct custody_event_record **order;  /* by true time, then by n */
    size_t count;
    const char *name; /* the exhibit's number */
    bool whole;
};
/* All events in order of n; gaps in n are said. */
enum err chain_read(struct custody_check *check, const struct exhibit_record *exhibit,
                    struct chain *out);

void chain_check(struct custody_check *check, const struct chain *chain);     /* _chain.c */
void terminal_check(struct custody_check *check, const struct chain *chain);  /* _terminal.c */
void packages_check(struct custody_check *check, const struct chain *chain);  /* _packages.c */
void disposals_check(struct custody_check *check, const struct chain *chain); /* _disposal.c */
enum err signatures_check(struct custody_check *check,
                          const struct chain *chain);                         /* _hands.c */
enum err seals_check(struct custody_check *check, const struct chain *chain); /* _seals.c */
enum err mass_check(struct custody_check *check, const struct chain *chain);  /* _mass.c */

/* An officer from whom or to whom it went has signed, here or under the same hand-over. */
void party_check(struct custody_check *check, const struct chain *chain,
                 const struct custody_event_record *event, struct reference party);

/* At the end, each hand-over and each seal by itself. */
enum err handover_check(struct custody_check *check, const struct record *record);
enum err seal_check(struct custody_check *check, const struct record *record);

static inline long long event_number(const struct custody_event_record *event)
{
    return (long long)event->head.key.n;
}
/* "C-0311", "KC-R1-02": as people quote it; else "O-5". For findings only. */
const char *who_is(struct custody_check *check, struct reference reference);

#endif
