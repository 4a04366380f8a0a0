/* The catalogue of sentences: English ids to Hong Kong Chinese, read from the .mo image that
 * gettext's msgfmt made and the build embedded. Read-only, no environment, no allocation. */
#ifndef TIDEWAITER_I18N_CATALOG_H
#define TIDEWAITER_I18N_CATALOG_H

#include "core/base/memory.h"

/* The Chinese of an English id; NULL where the catalogue lacks it. NUL-terminated, static. */
const char *catalog_find(const char *id);
/* The same in any .mo image: bounds are checked, a damaged image finds nothing. For tests. */
const char *catalog_find_in(struct bytes image, const char *id);

#endif
