/* The chain of custody: one step of one exhibit, and the rules that each step keeps (domain "Life of an exhibit").
 *
 * At every moment an exhibit has one holder and one place. Chain order is the order of events: a step that happened before
 * the newest one, or more than 24 hours ago, is entered as late. A contradiction with the record is entered too, as a
 * discrepancy with both accounts; nothing overwrites. Inside the model only.
 */
#ifndef TIDEWAITER_CORE_MODEL_CUSTODY_H
#define TIDEWAITER_CORE_MODEL_CUSTODY_H

#include "core/model/act_table.h"
#include "core/model/custody_event.h"
#include "core/model/difference.h"
#include "core/model/exhibit.h"

/* What acts of one build function differ in: the member `move` of their rows. */
struct custody_move {
    const char *action; /* of choices_custody */
    const char *state;  /* physical state afterwards; NULL: as it was */
    const char *from;   /* the only state in which it can be; NULL: any */
    bool due;           /* goes out: says when it is due back */
    bool weighed;       /* goods with a weight rule are weighed at it */
    bool discrepancy;   /* what happened is itself a contradiction */
    bool settled;       /* not while a discrepancy is open */
};
extern const struct custody_move move_entrust, move_lend, move_produce, move_transfer,
    move_pay_in, move_return, move_found, move_lost, move_write_off, move_discrepancy,
    move_hold, move_birth, move_death;

/* What a step says; absent parts leave the exhibit as it is. */
struct custody_step {
    const char *action; /* of choices_custody */
    struct moment occurred;
    struct reference holder;  /* afterwards */
    struct reference located; /* afterwards */
    const char *state;        /* physical state afterwards, "E03" */
    struct text seal_on;
    struct reference handover;
    struct reference released_by; /* who gives it up: compared with the recorded holder */
    struct moment count_due;      /* a locker for the night: to be counted in by then */
    date correct_by;              /* refused: to be corrected by */
    date due; /* what goes out is due back; 0 wherever else the exhibit then is */
    struct quantity weight;
    struct quantity counted;
    struct list cash, sums; /* of counted cash: cash_item, and money_item for each currency */
    struct quantity
        first_count; /* at the second count: what the first counter found, and who it was */
    struct list first_cash;
    struct reference first_counter;
    bool unsealed;            /* the seal is broken and none put on: a session opens it */
    struct reference opening; /* that session */
    bool opened;              /* the goods lie open at this step: some need two officers then */
    struct quantity amount;   /* born or died */
    enum flag fed, unloaded;
    struct list packages;    /* package_item: where these lie afterwards (custody_package.h) */
    bool apart;              /* the step is theirs alone, and the exhibit stays */
    struct list other_seals; /* of other bodies, on what comes back */
    struct text reading, keys, condition, paper_number, refusal, remark, seal_seen;
    struct reference examination;    /* for which it goes out, or which found something out */
    struct text result;              /* of the examination */
    const struct custody_move *move; /* NULL: none of those that share a build function */
    struct text account;             /* what somebody reports: a discrepancy by itself */
    struct differences breaches;     /* contradictions known before */
    int64_t annotates;
};
/* Makes the event and stages it and the exhibit (an editable copy from change_get). */
enum err custody_take(struct change *change, struct exhibit_record *exhibit,
                      const struct custody_step *step);
/* Done on paper an hour ago or more, and the number of the form is given. */
bool custody_after_the_fact(const struct custody_step *step);
/* What really happened is always entered: after the fact a step that breaks a
 * rule becomes a discrepancy of that name (choices_difference) at the exhibit (NULL: at each), and the answer is ERR_OK; else it
 * is the refusal. */
enum err custody_breach(struct custody_step *step, const char *rule,
                        const struct exhibit_record *exhibit, enum err refusal);
/* What the step's location demands of goods that go there and of whoever puts them there (act_store.c); a temporary locker sets by
 * when two officers count them in. */
enum err custody_admit(struct change *change, struct list exhibits, struct custody_step *step);

struct handover_record;
struct act_entrust;
/* Gives what was said a number and a place in the store; *out names it for the events. */
enum err custody_hand_over(struct change *change, const struct handover_record *said,
                           struct reference *out);
/* Out to another body, by its receipt; *out names the hand-over. `examination`: for which it goes out; id 0: none. */
enum err custody_entrust(struct change *change, const struct act_entrust *input,
                         const struct custody_move *move, struct reference examination,
                         struct reference *out);
/* What the laboratory's certificate says was used up; ERR_INVALID where more is said than is left. */
enum err custody_use_up(struct change *change, struct exhibit_record *exhibit,
                        struct quantity quantity);
/* What a hand-over says of each exhibit in it; its action must be a literal. */
struct custody_step custody_step_of(const struct handover_record *said, const char *state);
/* Puts a numbered seal on in the same step, where one is named (act_seal.c); a fault of its number is a finding at tag. */
enum err custody_put_seal(struct change *change, struct exhibit_record *exhibit,
                          struct text seal, struct custody_step *step, uint16_t tag);
/* The seal of our stock that was on this exhibit is whole no more; custody_take() does so with one that a step replaces. */
enum err custody_break_seal(struct change *change, struct text number, struct reference exhibit,
                            struct moment occurred);
/* What stands in the way of a move, for each exhibit in it (act_moves.c). */
enum err custody_move_check(struct change *change, struct list exhibits,
                            const struct custody_move *move, struct custody_step *step);
/* Refuses an exhibit that a list names twice. */
enum err custody_each_once(struct list exhibits);
/* Each exhibit of a list takes the same step; an exhibit named twice is refused. */
enum err custody_take_all(struct change *change, struct list exhibits,
                          struct custody_step step);
/* What an exhibit becomes by it stands for good: ERR_REFUSED where something has happened to it since. */
enum err custody_in_order(struct change *change, const struct exhibit_record *exhibit,
                          struct moment occurred);
/* ERR_REFUSED, and session->second_wanted, where the goods need a second officer and nobody has confirmed. */
enum err custody_two_officers(struct change *change, const struct exhibit_record *exhibit,
                              struct custody_step *step);
enum err custody_exhibit(struct change *change, struct reference reference,
                         struct exhibit_record **out);

/* What the commodity (or the nearest class above it that says so) demands. */
struct commodity_demands {
    bool two_officers, weighed, kept_in_place;
    bool driven; /* a vehicle or vessel: has a reading and keys */
    struct text hazard, tolerance;
};
enum err commodity_demands(struct change *change, struct text commodity,
                           struct commodity_demands *out);

#endif
