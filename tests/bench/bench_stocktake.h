/* A stocktake of ten thousand exhibits on one rack: opening it, scans, and what it comes to. */
#ifndef TIDEWAITER_TESTS_BENCH_BENCH_STOCKTAKE_H
#define TIDEWAITER_TESTS_BENCH_BENCH_STOCKTAKE_H

#include "tests/bench/bench_maker.h"

void bench_stocktake(struct bench *bench);

#endif
