/* What every unit test includes: cmocka with the headers that it needs before it.
 *
 * cmocka's macro fail() is taken back, because fail() is ours; a test says assert_true(false) or
 * fail_here("why").
 */
#ifndef TIDEWAITER_TESTS_CHECK_H
#define TIDEWAITER_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <time.h>

#undef fail
#define fail_here(why)                                                                         \
    do {                                                                                       \
        print_error("%s\n", why);                                                              \
        _fail(__FILE__, __LINE__);                                                             \
    } while (0)

/* Starts rand() for a random test and prints the seed; CHECK_SEED in the environment repeats it. */
static inline unsigned check_seed(void)
{
    const char *again = getenv("CHECK_SEED");
    unsigned seed = again ? (unsigned)strtoul(again, NULL, 10) : (unsigned)time(NULL);

    print_message("# seed %u\n", seed);
    srand(seed);
    return seed;
}

#endif
