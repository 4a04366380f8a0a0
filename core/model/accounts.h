/* Accounts: passwords, the keys they unlock, signing in and out. Password hashes, wrapped keys and counts of failures
 * are in the private tree, never journaled; that someone signed in or out is.
 *
 * The same failure and about the same time for an unknown number and a wrong password. After the third failure each further
 * one doubles a wait (1 s .. 15 min) for that account; 20 failures need an administrator. In a demo store (a flag in entry 0 that
 * nobody can change) `--as` needs no password and demo accounts share the published password "demo".
 */
#ifndef TIDEWAITER_CORE_MODEL_ACCOUNTS_H
#define TIDEWAITER_CORE_MODEL_ACCOUNTS_H

#include "core/model/act.h"
#include "core/model/rights.h"

#define ACCOUNT_DEMO_PASSWORD "demo"

/* Signs in by staff number and password; records it in the journal. ERR_REFUSED with the sentence. */
enum err account_sign_in(struct session *session, struct text number, struct text password);
/* A demo store only: by staff number, or by role ("desk", "supervisor", "clerk": the first demo account). */
enum err account_sign_in_demo(struct session *session, struct text number_or_role);
enum err account_sign_out(struct session *session);
/* The second person at the same screen: unlocks session->other for the next act; where the last one was refused for want of a
 * third one beside the second, session->third. ERR_REFUSED: the same person. */
enum err account_second(struct session *session, struct text number, struct text password);
enum err account_second_demo(struct session *session, struct text number);
/* Sets a password (8..128 characters, not a listed common one) and makes the officer's key where there is none or
 * where the old password is not known (a new key: the old one ends). An officer changes the own one with the old; an administrator
 * gives a first one. */
enum err account_set_password(struct session *session, uint64_t officer, struct text old,
                              struct text new);
/* Demo accounts for the sign-in screen. */
struct demo_account {
    struct text number;
    struct bitext name;
    struct text role;
};
enum err account_demo_list(struct store *store, struct arena *arena, struct demo_account **out,
                           size_t *count);

#endif
