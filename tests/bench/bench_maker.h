/* A store of any number of exhibits: cases of eight exhibits each, entered in bulk through
 * the write path, without the questions that acts ask. The same number gives the same
 * records. */
#ifndef TIDEWAITER_TESTS_BENCH_BENCH_MAKER_H
#define TIDEWAITER_TESTS_BENCH_BENCH_MAKER_H

#include "core/exchange/demo_people.h"
#include "core/model/case.h"
#include "core/model/custody_event.h"
#include "core/model/exhibit.h"
#include "core/model/seizure.h"

enum { LONG_LIFE = 500 }; /* events of the first exhibit */
enum { EXHIBITS_OF_CASE = 8, ACTS_OF_CASE = 2 + EXHIBITS_OF_CASE, ACTS_AT_ONCE = 200 };

struct bench {
    char parent[64]; /* of all that the benchmark writes */
    char folder[80];
    struct store *store;
    struct session program;
    struct codes *codes;
    struct demo_people people;
    struct reference place, shelf;
    size_t exhibits, cases;
    size_t events; /* of each exhibit; the first has LONG_LIFE */
    uint64_t
        first; /* sequence of the first case's act; its seizure and exhibits follow, unsigned */
    size_t acts[2]; /* without and with an officer's signature */
    double seconds[2];
    double finishing; /* the mirror, and the disk */
};

/* Makes it and leaves it open, finished and durable. */
void bench_make(struct bench *bench, size_t exhibits, size_t events);
/* Closes it and removes it; or, where BENCH_KEEP names a folder that does not exist, leaves it there. */
void bench_end(struct bench *bench);

/* What the k-th case and its seizure, and the i-th exhibit with its first event, say;
 * without their human numbers. */
struct session *bench_desk(struct bench *bench, size_t k);
void bench_case(struct bench *bench, size_t k, struct case_record *file, struct arena *arena);
void bench_seizure(struct bench *bench, size_t k, struct seizure_record *seizure);
void bench_exhibit(struct bench *bench, size_t i, struct exhibit_record *exhibit,
                   struct arena *arena);
void bench_event(const struct exhibit_record *exhibit, struct custody_event_record *event);
uint64_t bench_id(const struct record_type *type, size_t i); /* from 0 */

#endif
