#include "tests/bench/bench.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "i18n/sentence.h"

double bench_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void samples_take(struct samples *samples, double seconds)
{
    if (samples->count == samples->room) {
        samples->room = samples->room == 0 ? 1024 : samples->room * 2;
        samples->seconds =
            memory_grow(samples->seconds, samples->room * sizeof *samples->seconds);
    }
    samples->seconds[samples->count++] = seconds;
    samples->sorted = false;
}

static int by_length(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

double samples_part(struct samples *samples, double part)
{
    if (samples->count == 0)
        return 0;
    if (!samples->sorted)
        qsort(samples->seconds, samples->count, sizeof *samples->seconds, by_length);
    samples->sorted = true;
    return samples->seconds[(size_t)(part * (double)(samples->count - 1) + 0.5)];
}

double samples_sum(const struct samples *samples)
{
    double sum = 0;

    for (size_t i = 0; i < samples->count; i++)
        sum += samples->seconds[i];
    return sum;
}

void samples_free(struct samples *samples)
{
    free(samples->seconds);
    *samples = (struct samples){ .seconds = NULL };
}

void bench_line(const char *what, const char *budget, const char *measured, ...)
{
    char text[256];
    va_list list;

    va_start(list, measured);
    vsnprintf(text, sizeof text, measured, list);
    va_end(list);
    printf("%-52s  %-52s  %s\n", what, text, budget ? budget : "-");
    fflush(stdout);
}

void bench_must(enum err err)
{
    AUTO_ARENA struct arena *arena = arena_new();

    if (err == ERR_OK)
        return;
    struct text why = failure_sentence(arena, LANGUAGE_EN);

    fprintf(stderr, "bench: %s: %.*s\n", err_name(err), (int)why.len, why.data ? why.data : "");
    exit(1);
}
