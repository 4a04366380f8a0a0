/* The one write path. Every change of data is an act: records made or amended, indexes, counters, terms, and
 * one journal entry with its bodies and signatures, in one commit; only then is it "saved".
 *
 *     change_run(session, act, build, context, &result)
 *
 * opens a write closure, starts a change and calls `build`, which reads current records (change_get), makes new ones
 * (change_make, change_event), edits their structs and stages them (change_put). Then revisions, the table's own checks,
 * the types' rules and the signatures are done, everything is written and the entry appended. A failure or an error among the
 * findings changes nothing. `build` may run again (another process was first), so it must not keep state.
 * Everything in a change lives in the closure's arena; the result lives in the caller's.
 */
#ifndef TIDEWAITER_CORE_CHANGE_CHANGE_H
#define TIDEWAITER_CORE_CHANGE_CHANGE_H

#include "core/change/session.h"
#include "core/index/index.h"

struct change;

/* The act's own body: no statement holds it. Tags are for ever; 10-13 belong to store.create. */
struct act_body {
    struct text reason;   /* 1 */
    struct text remark;   /* 2 */
    struct text terminal; /* 3: "D-1204 pts/3" */
    uint64_t undoes;      /* 4: sequence + 1 of the act that this one undoes */
    struct bytes extra;   /* further CBOR pairs with tags >= 10, ready encoded */
    size_t extra_count;
};

struct change_result {
    struct arena *arena; /* the caller's, set before the call: findings and keys live in it */
    struct findings findings; /* filled also where the act fails with ERR_INVALID */
    uint8_t request[16]; /* for txn_request() after ERR_UNKNOWN, when the store is open again */
    enum err
        mirror; /* not ERR_OK: it is saved, but the mirror is behind; last_failure() says why */
    uint64_t sequence; /* of the entry; also of the one that an equal request id made */
    uint64_t time_ms;
    struct record_key *keys; /* records made or amended, in order of change_put */
    size_t count;
    struct message note; /* what whoever did it is told besides; id NULL: nothing */
    struct record
        *conflict; /* ERR_CONFLICT: the record as it stands now; NULL: it was saved already */
};

typedef enum err change_builder(struct change *change, void *context);
enum err change_run(struct session *session, const char *act, change_builder *build,
                    void *context, struct change_result *result);

/* Many acts in one commit (import, demo maker): inside one write closure, which must fail where one of them fails. */
enum err change_in(struct txn *txn, struct session *session, const char *act,
                   change_builder *build, void *context, struct change_result *result);

/* For builders. */
struct session *change_session(struct change *change);
struct txn *change_txn(struct change *change);
struct arena *change_arena(struct change *change);
struct findings *change_findings(struct change *change);
struct act_body *change_body(struct change *change);
/* The request id of the act; equal to an earlier one: ERR_CONFLICT (it was done already). Random unless set. */
void change_request(struct change *change, const uint8_t request[16]);
/* A copy of the record as it stands (staged ones included), free to edit. */
enum err change_get(struct change *change, const struct record_key *key, struct record **out);
/* A new record with a new id; or, in a family, the owner's next n. */
enum err change_make(struct change *change, const struct record_type *type,
                     struct record **out);
enum err change_event(struct change *change, uint64_t owner, const struct record_type *type,
                      struct record **out);
/* Stages it; staged again it takes the first one's place. A head.revision other than the stored one is ERR_CONFLICT;
 * a further revision of a frozen type is ERR_REFUSED. */
enum err change_put(struct change *change, struct record *record);
/* A number of a series inside this commit: 1, 2, 3 … ("case/KCT/23"). Ids have series of their own: 'i' 'd' and the
 * type's number as one byte. */
enum err change_series(struct change *change, const char *series, uint64_t *number);
/* For checks inside the change: codes and references of this very commit too, behind the session's lookup. A reference must
 * always lead to a record; codes are looked up where the session can. */
struct lookup change_lookup(struct change *change);
/* Adds a signature with a signer's key, which must be unlocked; roles: actor, releaser, receiver, second, witness. */
void change_sign(struct change *change, const char *role, const struct signer *signer);

/* Merges what the officer changed (from `base` to `mine`) into `now`, field by field, a list as a whole. False: both
 * changed a field differently; those fields are handed to `clash`. Custody never merges: what acts set (BY_ACT) is one
 * whole. What is merged points where `mine` points. */
bool change_merge(struct record *now, const struct record *base, const struct record *mine,
                  void (*clash)(const struct field *field, void *context), void *context);

/* Undo by counter-entry (act "undo"): ERR_REFUSED where a later revision exists, a record can never change, or what
 * stood before was dropped. Which acts allow it is the caller's to know. */
enum err change_undo(struct session *session, uint64_t sequence, struct change_result *result);

#endif
