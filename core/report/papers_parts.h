/* What the papers of one kind after another need: values and names as they are shown, bars, and the foot that ties a paper to the
 * journal. Inside the room only. */
#ifndef TIDEWAITER_CORE_REPORT_PAPERS_PARTS_H
#define TIDEWAITER_CORE_REPORT_PAPERS_PARTS_H

#include "core/report/papers.h"

/* In the paper's language; empty where the record says nothing. */
struct text paper_value_of(struct paper *paper, const struct paper_call *call,
                           const struct record *record, uint16_t tag);
struct text paper_name_of(struct paper *paper, const struct paper_call *call,
                          struct reference reference);
/* Label and value, where there is one. */
void paper_pair_of(struct paper *paper, const struct paper_call *call,
                   const struct record *record, uint16_t tag);
void paper_pairs_of(struct paper *paper, const struct paper_call *call,
                    const struct record *record, const uint16_t *tags);
enum err paper_bars(struct paper *paper, const struct paper_call *call, struct text code);
/* Which journal it is from and how far that had come, so that the paper can be proved later. */
enum err paper_foot(struct paper *paper, const struct paper_call *call);

/* Papers that fill a file of their own. */
enum err paper_fill_examination(struct paper *paper, const struct paper_call *call);
enum err paper_fill_manifest(struct paper *paper, const struct paper_call *call);
enum err paper_fill_certificate(struct paper *paper, const struct paper_call *call);
enum err paper_fill_stocktake(struct paper *paper, const struct paper_call *call);

#endif
