/* Tables of fields that are no records: the questions of acts and the rows of lists. Their lists, whose entries are
 *
 *     #define PART case_leg, "core/model/elements/case_leg.def", L("Leg", "航段")
 *     #include EXPAND_PART
 *
 * are gone through with EXPAND_PART naming part_struct.h or part_table.h, so that each stands once. */
#ifndef TIDEWAITER_CORE_MODEL_PART_H
#define TIDEWAITER_CORE_MODEL_PART_H

#define PART_FIRST(struct_, def_, ...) struct_
#define PART_SECOND(struct_, def_, ...) def_
#define PART_REST(struct_, def_, ...) __VA_ARGS__
#define PART_CALL(macro, ...) macro(__VA_ARGS__)
#define PART_JOIN_(a, b) a##b
#define PART_JOIN(a, b) PART_JOIN_(a, b)

#define PART_STRUCT PART_CALL(PART_FIRST, PART)
#define PART_TYPE PART_JOIN(PART_STRUCT, _type)
#define PART_DEF PART_CALL(PART_SECOND, PART)
#define PART_LABEL PART_CALL(PART_REST, PART)
#define PART_TABLE(name) ELEMENT_TABLE(name)

#endif
