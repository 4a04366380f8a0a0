/* The tables of assets/tables, which the build put into the program, so that it needs no file at run
 * time. What is handed out is constant and lives as long as the program. */
#ifndef TIDEWAITER_CORE_EXCHANGE_ASSETS_H
#define TIDEWAITER_CORE_EXCHANGE_ASSETS_H

#include "core/base/memory.h"

struct asset {
    const char *name; /* the file's name without .tsv: "units" */
    struct bytes data;
};

/* NULL: there is no table of that name. */
const struct asset *asset_find(const char *name);

/* Every table, in order of name; ended by one without a name. In assets_image.c, which is generated. */
extern const struct asset assets[];

#endif
