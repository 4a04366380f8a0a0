/* One department for all tests of a program, opened before the first and closed behind the last. */
#ifndef TIDEWAITER_TESTS_ONE_DEPARTMENT_H
#define TIDEWAITER_TESTS_ONE_DEPARTMENT_H

#include "tests/department.h"

static struct department d;

static inline int open_department(void **state)
{
    (void)state;
    department_open(&d);
    return 0;
}

static inline int close_department(void **state)
{
    (void)state;
    department_close(&d);
    return 0;
}

#endif
