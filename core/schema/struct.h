/* Turns a .def into the struct of its record and the names of its tags. Included once per header:
 *
 *     #define RECORD case
 *     #define RECORD_DEF "core/model/case.def"
 *     #include "core/schema/struct.h"      -> struct case_record, enum { tag_case_title = 10, ... }
 *
 * The rows of a list use ELEMENT in place of RECORD: struct case_leg. No guard: it is meant to be
 * included often.
 */
#include "core/schema/field.h"

#define SCHEMA_JOIN_(a, b) a##b
#define SCHEMA_JOIN(a, b) SCHEMA_JOIN_(a, b)
#define SECTION(...)
#define INDEX(...)
#define UNIQUE(...)
#define SPARSE(...)
#define ONLY(...)
#define COUNT(...)

#define FIELD(tag_, name_, kind_, ...) value_##kind_ name_;
#define LIST(tag_, name_, element_, ...) struct list name_;
#ifdef RECORD
struct SCHEMA_JOIN(RECORD, _record) {
    struct record head;
#else
struct ELEMENT {
#endif
#include RECORD_DEF
};
#undef FIELD
#undef LIST

#ifdef RECORD
#define SCHEMA_TAG SCHEMA_JOIN(SCHEMA_JOIN(tag_, RECORD), _)
#else
#define SCHEMA_TAG SCHEMA_JOIN(SCHEMA_JOIN(tag_, ELEMENT), _)
#endif
#define FIELD(tag_, name_, kind_, ...) SCHEMA_JOIN(SCHEMA_TAG, name_) = tag_,
#define LIST(tag_, name_, element_, ...) SCHEMA_JOIN(SCHEMA_TAG, name_) = tag_,
enum {
#include RECORD_DEF
};
#undef FIELD
#undef LIST
#undef SCHEMA_TAG
#undef SECTION
#undef INDEX
#undef UNIQUE
#undef SPARSE
#undef ONLY
#undef COUNT
#undef RECORD
#undef ELEMENT
#undef RECORD_DEF
