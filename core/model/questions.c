#include "core/model/questions.h"

#include "core/model/choices.h"
#include "core/model/elements.h"

#define ELEMENT act_reason
#define RECORD_DEF "core/model/acts/reason.def"
#include "core/schema/table.h"
const struct element_type act_reason_type = { ELEMENT_TABLE(act_reason),
                                              .label = L("Reason", "理由") };

#define ELEMENT act_case_state
#define RECORD_DEF "core/model/acts/case_state.def"
#include "core/schema/table.h"
const struct element_type act_case_state_type = { ELEMENT_TABLE(act_case_state),
                                                  .label = L("Change of state", "更改狀態") };

#define ELEMENT act_case_assign
#define RECORD_DEF "core/model/acts/case_assign.def"
#include "core/schema/table.h"
const struct element_type act_case_assign_type = { ELEMENT_TABLE(act_case_assign),
                                                   .label = L("Assignment", "指派") };

#define ELEMENT act_seal_issue
#define RECORD_DEF "core/model/acts/seal_issue.def"
#include "core/schema/table.h"
const struct element_type act_seal_issue_type = { ELEMENT_TABLE(act_seal_issue),
                                                  .label = L("Issue of seals", "發出封條") };

#define ELEMENT act_seal_exhibit
#define RECORD_DEF "core/model/acts/seal_exhibit.def"
#include "core/schema/table.h"
const struct element_type act_seal_exhibit_type = { ELEMENT_TABLE(act_seal_exhibit),
                                                    .label = L("Sealing", "加封") };

#define ELEMENT act_hand_over
#define RECORD_DEF "core/model/acts/hand_over.def"
#include "core/schema/table.h"
const struct element_type act_hand_over_type = { ELEMENT_TABLE(act_hand_over),
                                                 .label = L("Hand-over", "移交") };

#define ELEMENT act_receive
#define RECORD_DEF "core/model/acts/receive.def"
#include "core/schema/table.h"
const struct element_type act_receive_type = { ELEMENT_TABLE(act_receive),
                                               .label = L("Receipt", "接收") };

#define ELEMENT act_refuse
#define RECORD_DEF "core/model/acts/refuse.def"
#include "core/schema/table.h"
const struct element_type act_refuse_type = { ELEMENT_TABLE(act_refuse),
                                              .label = L("Refusal", "拒收") };

#define ELEMENT act_shelve
#define RECORD_DEF "core/model/acts/shelve.def"
#include "core/schema/table.h"
const struct element_type act_shelve_type = { ELEMENT_TABLE(act_shelve),
                                              .label = L("Shelving", "上架") };

#define ELEMENT act_keep_in_place
#define RECORD_DEF "core/model/acts/keep_in_place.def"
#include "core/schema/table.h"
const struct element_type act_keep_in_place_type = { ELEMENT_TABLE(act_keep_in_place),
                                                     .label =
                                                         L("Keeping in place", "現場看管") };

#define ELEMENT act_entrust
#define RECORD_DEF "core/model/acts/entrust.def"
#include "core/schema/table.h"
const struct element_type act_entrust_type = {
    ELEMENT_TABLE(act_entrust), .label = L("Keeping by another body", "外界機構代存")
};

#define ELEMENT act_annotate
#define RECORD_DEF "core/model/acts/annotate.def"
#include "core/schema/table.h"
const struct element_type act_annotate_type = { ELEMENT_TABLE(act_annotate),
                                                .label = L("Annotation", "加註") };

#define ELEMENT act_weigh
#define RECORD_DEF "core/model/acts/weigh.def"
#include "core/schema/table.h"
const struct element_type act_weigh_type = { ELEMENT_TABLE(act_weigh),
                                             .label = L("Weighing", "量重") };
