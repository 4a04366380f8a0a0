/* What acts ask for: one table of questions each, in core/model/acts. Structs are named act_NAME. */
#ifndef TIDEWAITER_CORE_MODEL_QUESTIONS_H
#define TIDEWAITER_CORE_MODEL_QUESTIONS_H

#include "core/schema/field.h"

#define ELEMENT act_reason
#define RECORD_DEF "core/model/acts/reason.def"
#include "core/schema/struct.h"
extern const struct element_type act_reason_type;

#define ELEMENT act_case_state
#define RECORD_DEF "core/model/acts/case_state.def"
#include "core/schema/struct.h"
extern const struct element_type act_case_state_type;

#define ELEMENT act_case_assign
#define RECORD_DEF "core/model/acts/case_assign.def"
#include "core/schema/struct.h"
extern const struct element_type act_case_assign_type;

#define ELEMENT act_seal_issue
#define RECORD_DEF "core/model/acts/seal_issue.def"
#include "core/schema/struct.h"
extern const struct element_type act_seal_issue_type;

#define ELEMENT act_seal_exhibit
#define RECORD_DEF "core/model/acts/seal_exhibit.def"
#include "core/schema/struct.h"
extern const struct element_type act_seal_exhibit_type;

#define ELEMENT act_hand_over
#define RECORD_DEF "core/model/acts/hand_over.def"
#include "core/schema/struct.h"
extern const struct element_type act_hand_over_type;

#define ELEMENT act_receive
#define RECORD_DEF "core/model/acts/receive.def"
#include "core/schema/struct.h"
extern const struct element_type act_receive_type;

#define ELEMENT act_refuse
#define RECORD_DEF "core/model/acts/refuse.def"
#include "core/schema/struct.h"
extern const struct element_type act_refuse_type;

#define ELEMENT act_shelve
#define RECORD_DEF "core/model/acts/shelve.def"
#include "core/schema/struct.h"
extern const struct element_type act_shelve_type;

#define ELEMENT act_keep_in_place
#define RECORD_DEF "core/model/acts/keep_in_place.def"
#include "core/schema/struct.h"
extern const struct element_type act_keep_in_place_type;

#define ELEMENT act_entrust
#define RECORD_DEF "core/model/acts/entrust.def"
#include "core/schema/struct.h"
extern const struct element_type act_entrust_type;

#define ELEMENT act_annotate
#define RECORD_DEF "core/model/acts/annotate.def"
#include "core/schema/struct.h"
extern const struct element_type act_annotate_type;

#define ELEMENT act_weigh
#define RECORD_DEF "core/model/acts/weigh.def"
#include "core/schema/struct.h"
extern const struct element_type act_weigh_type;

#endif
