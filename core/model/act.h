/* Acts: what people do. One row says an act's permanent name, words, right, what it asks for, who must sign and whether it
 * can be undone; screen, palette, command line, import, journal and manual read the same rows.
 *
 * An act's input is either a record of its type (ACT_MAKES, ACT_AMENDS) or a struct of its own table of
 * questions (core/model/acts/NAME.def, `asks`). Fields that only acts set (BY_ACT) are never taken from input.
 */
#ifndef TIDEWAITER_CORE_MODEL_ACT_H
#define TIDEWAITER_CORE_MODEL_ACT_H

#include "core/change/change.h"

enum act_form {
    ACT_MAKES, /* makes a record of `type` from an input of that type */
    ACT_AMENDS, /* amends the subject; input: the record as it shall be, base: as the person saw it */
    ACT_ON,   /* does something with the subject; input: `asks` (may be NULL) */
    ACT_FREE, /* has no single subject; input: `asks` */
};

struct act_call;
struct custody_move; /* core/model/custody.h */
struct act {
    const char *name; /* "case-open": for ever, in the journal */
    struct label label;
    struct label help;
    const struct record_type *type; /* of the subject, or what is made; NULL: none */
    enum act_form form;
    const struct element_type *asks;
    enum right right;
    const char *first_role; /* the officer's signature: "actor", "releaser"; NULL: none */
    const char
        *second_role; /* another person at the same screen: "receiver", "second"; NULL: none */
    bool second_always;     /* else the rules say when (two officers for drugs ...) */
    const char *third_role; /* a third person where the rules say so: "witness"; NULL: none */
    bool undoable;
    const struct custody_move *move; /* custody: what acts of one build function differ in */
    const char *goods; /* the only hazard class of exhibits that it is for; NULL: any */
    bool unread;       /* the head of the formation does it without reading the record */
    bool hidden;       /* not offered in palette or help (sign-in) */
    /* Work on files that comes before the write, for which the store waits: what it gives is call->prepared. NULL: none. */
    enum err (*prepare)(struct session *session, const struct act_call *call,
                        struct arena *arena, const void **prepared);
    enum err (*build)(struct change *change, const struct act_call *call);
    /* Work on files that comes after it was saved, or after it was not: the outcome is handed on. What it says in result->note is
     * shown. NULL: none. */
    enum err (*finish)(struct session *session, const struct act_call *call, enum err outcome,
                       struct change_result *result);
};

struct act_call {
    const struct act *act;
    const void *input; /* see enum act_form; NULL where nothing is asked */
    const struct record
        *base; /* ACT_AMENDS: what the person saw (for merging); NULL: no merging */
    struct record_key subject; /* ACT_AMENDS, ACT_ON, notes: the owner */
    uint32_t revision;         /* of the subject as seen; 0: whatever stands */
    const void *prepared; /* by act->prepare, which is not called again; NULL: it is called */
    struct text reason;
    struct text remark;
    const uint8_t *request; /* 16 bytes, or NULL: random */
};

extern const struct act *const acts[];         /* ended by NULL */
const struct act *act_named(struct text name); /* or NULL */
/* Does this session's officer have the right now (for offering; the write checks again)? */
bool act_allowed(const struct session *session, const struct act *act);
/* Is the record of the goods that the act is for (for offering)? A hazard class that is not known may be any. */
bool act_fits(const struct act *act, const struct record *record);
/* ERR_REFUSED or ERR_MISSING, in words: the act needs to read more of its subject (the write checks again). */
enum err act_permits(const struct act *act, const struct record_key *subject,
                     enum access access);
/* The table of an act's input, whichever form it has. NULL fields: it asks nothing. */
struct act_fields {
    const struct field *fields;
    size_t count;
    size_t size;
};
struct act_fields act_fields(const struct act *act);
/* May this field be typed in this act? (BY_ACT never, ONCE not when amending) */
bool act_takes(const struct act *act, const struct field *field);
/* An empty input with presets; for ACT_AMENDS a copy of `base`. */
void *act_input(const struct act *act, const struct record *base, const struct lookup *lookup,
                struct arena *arena);

/* Does it: right, rules, signatures, write path. ERR_REFUSED names right and role; ERR_INVALID: result->findings;
 * ERR_CONFLICT: result->conflict. Needs session->signer unlocked where first_role is set, and session->other where a second is
 * needed (ERR_REFUSED says so). */
enum err act_run(struct session *session, const struct act_call *call,
                 struct change_result *result);
/* What act_run() would answer now, and nothing is kept: the act is built, checked and written in a closure that fails on purpose. A
 * preview of many acts asks so for each. A second person who is unlocked stays so. */
enum err act_rehearse(struct session *session, const struct act_call *call,
                      struct change_result *result);
/* The same inside a bulk closure (demo maker, import). */
enum err act_in(struct txn *txn, struct session *session, const struct act_call *call,
                struct change_result *result);
/* What act_undo() would undo; fails as it does, in the same words: nothing was done yet, the act is none that can be undone
 * (custody), or a record was changed again since. */
struct undo_asked {
    const struct act *act;
    struct record_key of; /* the first of the records that it changed */
    size_t records;
    uint64_t time_ms;
};
enum err act_undo_asked(struct session *session, struct undo_asked *out);
/* Undoes the session's last act where its row allows it, the officer still has its right, and nothing came after. */
enum err act_undo(struct session *session, struct change_result *result);

#endif
