/* A session: who works, with which rights, from where, and the keys that are unlocked in it.
 *
 * A session borrows its store and owns nothing else but its secret keys, which session_end() zeroes. Rights come
 * from the officer's current record and are read again inside every write; what stands here serves the screen only.
 */
#ifndef TIDEWAITER_CORE_CHANGE_SESSION_H
#define TIDEWAITER_CORE_CHANGE_SESSION_H

#include "core/schema/record.h"
#include "core/store/store.h"

/* Verbs that roles give; nobody can delete. */
enum right {
    RIGHT_READ = 1 << 0,
    RIGHT_ADD = 1 << 1,
    RIGHT_AMEND = 1 << 2,
    RIGHT_APPROVE = 1 << 3,
    RIGHT_MOVE = 1 << 4,
    RIGHT_DISPOSE = 1 << 5,
    RIGHT_EXPORT = 1 << 6,
    RIGHT_ADMINISTER = 1 << 7,
    RIGHT_WORK = RIGHT_ADD | RIGHT_MOVE, /* either of them: whoever works on files or goods */
};

/* A person who signs in this session: the officer, or the second one at the same screen. */
struct signer {
    uint64_t officer; /* 0: nobody */
    bool unlocked;
    uint8_t key_id[4];
    struct secret_key key;
};

struct session {
    struct store *store;
    uint64_t officer; /* 0: the program itself (init, demo maker) */
    unsigned rights;  /* enum right */
    uint8_t id[16];   /* random */
    uint8_t boot[16]; /* the system's boot id; zero where it has none */
    char who[48];     /* "D-1204 pts/3": lock file, act's own body */
    char terminal[32];
    enum language language;
    struct signer signer; /* the officer's own key */
    struct signer other;  /* the second person's, for one act */
    struct signer third;  /* of acts that two others witness: the other witness, for one act */
    /* The last act was refused for want of a second person (who signs beside `other`: a third one). Ask, then try again. */
    bool second_wanted, third_wanted;
    bool weight_wanted,
        condition_wanted;        /* for want of the goods' weight, or of their condition */
    const struct lookup *lookup; /* NULL: codes are not looked up (making of a store) */
    uint64_t last_act;           /* sequence of this session's newest act + 1; 0: none (undo) */
};
/* `terminal` and `who` become the terminal's name ("pts/3"); who signs in puts the number before it. */
void session_start(struct session *session, struct store *store, const struct lookup *lookup);
void session_end(struct session *session);

#endif
