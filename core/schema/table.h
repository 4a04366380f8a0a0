/* Turns a .def into descriptors. Included in the record's source after its header:
 *
 *     #define RECORD case
 *     #define RECORD_DEF "core/model/case.def"
 *     #include "core/schema/table.h"
 *     const struct record_type case_type = { RECORD_TABLE(case), .number = 7, .name = "case", ... };
 *
 * or, for the rows of a list, `#define ELEMENT case_leg` and
 *     const struct element_type case_leg_type = { ELEMENT_TABLE(case_leg), ... };
 * A duplicate tag is a compile error (the switch). No guard: it is meant to be included often.
 */
#ifndef RECORD_TABLE
#define RECORD_TABLE(record)                                                                   \
    .fields = record##_fields, .count = sizeof record##_fields / sizeof *record##_fields,      \
    .sections = record##_sections,                                                             \
    .section_count = sizeof record##_sections / sizeof *record##_sections - 1,                 \
    .indexes = record##_indexes,                                                               \
    .index_count = sizeof record##_indexes / sizeof *record##_indexes - 1,                     \
    .counts = record##_counts,                                                                 \
    .count_count = sizeof record##_counts / sizeof *record##_counts - 1,                       \
    .size = sizeof(struct record##_record)
#define ELEMENT_TABLE(element)                                                                 \
    .name = #element, .fields = element##_fields,                                              \
    .count = sizeof element##_fields / sizeof *element##_fields,                               \
    .size = sizeof(struct element)
#define SCHEMA_JOIN_(a, b) a##b
#define SCHEMA_JOIN(a, b) SCHEMA_JOIN_(a, b)
#endif

#ifdef RECORD
#define SCHEMA_SELF RECORD
#define SCHEMA_STRUCT struct SCHEMA_JOIN(RECORD, _record)
#else
#define SCHEMA_SELF ELEMENT
#define SCHEMA_STRUCT struct ELEMENT
#endif
#define SCHEMA_NAME(part) SCHEMA_JOIN(SCHEMA_SELF, part)
#define SCHEMA_PLACE(name_) SCHEMA_JOIN(SCHEMA_JOIN(SCHEMA_SELF, _place_), name_)

/* The place of each field among the rows; a section begins where the next field stands. */
#define FIELD(tag_, name_, kind_, ...) SCHEMA_PLACE(name_),
#define LIST(tag_, name_, element_, ...) SCHEMA_PLACE(name_),
#define SECTION(name_, ...)                                                                    \
    SCHEMA_PLACE(section_##name_),                                                             \
        SCHEMA_PLACE(before_##name_) = SCHEMA_PLACE(section_##name_) - 1,
#define INDEX(...)
#define UNIQUE(...)
#define SPARSE(...)
#define ONLY(...)
#define COUNT(...)
enum {
#include RECORD_DEF
};
#undef FIELD
#undef LIST
#undef SECTION

#define SECTION(...)
#define FIELD(tag_, name_, kind_, ...) case tag_:
#define LIST(tag_, name_, element_, ...) case tag_:
__attribute__((unused)) static int SCHEMA_NAME(_tags_differ)(int tag)
{
    switch (tag) {
#include RECORD_DEF
        return tag;
    default:
        return 0;
    }
}
#undef FIELD
#undef LIST

#define FIELD(tag_, name_, kind_, ...)                                                         \
    { .tag = (tag_),                                                                           \
      .name = #name_,                                                                          \
      .kind = KIND_##kind_,                                                                    \
      .offset = offsetof(SCHEMA_STRUCT, name_),                                                \
      __VA_ARGS__ },
#define LIST(tag_, name_, element_, ...)                                                       \
    { .tag = (tag_),                                                                           \
      .name = #name_,                                                                          \
      .kind = KIND_LIST,                                                                       \
      .offset = offsetof(SCHEMA_STRUCT, name_),                                                \
      .element = &element_##_type,                                                             \
      __VA_ARGS__ },
static const struct field SCHEMA_NAME(_fields)[] = {
#include RECORD_DEF
};
#undef FIELD
#undef LIST
#undef SECTION
#undef INDEX
#undef UNIQUE
#undef SPARSE
#undef ONLY
#undef COUNT

#ifdef RECORD
#define FIELD(...)
#define LIST(...)
#define SECTION(...)
#define INDEX(...)
#define UNIQUE(...)
#define SPARSE(...)
#define ONLY(...)
#define COUNT(...)
#undef SECTION
#define SECTION(name_, ...)                                                                    \
    { .name = #name_, .label = __VA_ARGS__, .first = SCHEMA_PLACE(section_##name_) },
static const struct section SCHEMA_NAME(_sections)[] = {
#include RECORD_DEF
    { .name = NULL },
};
#undef SECTION
#define SECTION(...)
#undef INDEX
#undef UNIQUE
#undef SPARSE
#undef ONLY
#define INDEX(tag_, name_, label_, ...)                                                        \
    { .tag = (tag_), .name = #name_, .label = label_, .fields = { __VA_ARGS__ } },
#define UNIQUE(tag_, name_, label_, ...)                                                       \
    { .tag = (tag_),                                                                           \
      .name = #name_,                                                                          \
      .unique = true,                                                                          \
      .label = label_,                                                                         \
      .fields = { __VA_ARGS__ } },
#define ONLY(tag_, name_, label_, only_, ...)                                                  \
    { .tag = (tag_),                                                                           \
      .name = #name_,                                                                          \
      .only = only_,                                                                           \
      .label = label_,                                                                         \
      .fields = { __VA_ARGS__ } },
#define SPARSE(tag_, name_, label_, ...)                                                       \
    { .tag = (tag_),                                                                           \
      .name = #name_,                                                                          \
      .sparse = true,                                                                          \
      .label = label_,                                                                         \
      .fields = { __VA_ARGS__ } },
static const struct index_row SCHEMA_NAME(_indexes)[] = {
#include RECORD_DEF
    { .name = NULL },
};
#undef INDEX
#undef UNIQUE
#undef SPARSE
#undef ONLY
#define INDEX(...)
#define UNIQUE(...)
#define SPARSE(...)
#define ONLY(...)
#undef COUNT
#define COUNT(tag_, name_, ...) { .tag = (tag_), .name = #name_, .fields = { __VA_ARGS__ } },
static const struct count_row SCHEMA_NAME(_counts)[] = {
#include RECORD_DEF
    { .name = NULL },
};
#undef FIELD
#undef LIST
#undef SECTION
#undef INDEX
#undef UNIQUE
#undef SPARSE
#undef ONLY
#undef COUNT
#endif

#undef SCHEMA_SELF
#undef SCHEMA_STRUCT
#undef SCHEMA_NAME
#undef SCHEMA_PLACE
#undef RECORD
#undef ELEMENT
#undef RECORD_DEF
