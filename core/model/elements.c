#include "core/model/elements.h"

#include "core/model/choices.h"

#define ELEMENT ordinance_item
#define RECORD_DEF "core/model/elements/ordinance_item.def"
#include "core/schema/table.h"
const struct element_type ordinance_item_type = { ELEMENT_TABLE(ordinance_item),
                                                  .label = L("Ordinance", "條例") };

#define ELEMENT mode_item
#define RECORD_DEF "core/model/elements/mode_item.def"
#include "core/schema/table.h"
const struct element_type mode_item_type = { ELEMENT_TABLE(mode_item),
                                             .label = L("Mode", "模式") };

#define ELEMENT formation_item
#define RECORD_DEF "core/model/elements/formation_item.def"
#include "core/schema/table.h"
const struct element_type formation_item_type = { ELEMENT_TABLE(formation_item),
                                                  .label = L("Formation", "單位") };

#define ELEMENT officer_item
#define RECORD_DEF "core/model/elements/officer_item.def"
#include "core/schema/table.h"
const struct element_type officer_item_type = { ELEMENT_TABLE(officer_item),
                                                .label = L("Officer", "人員") };

#define ELEMENT role_item
#define RECORD_DEF "core/model/elements/role_item.def"
#include "core/schema/table.h"
const struct element_type role_item_type = { ELEMENT_TABLE(role_item),
                                             .label = L("Role", "職責") };

#define ELEMENT hazard_item
#define RECORD_DEF "core/model/elements/hazard_item.def"
#include "core/schema/table.h"
const struct element_type hazard_item_type = { ELEMENT_TABLE(hazard_item),
                                               .label = L("Hazard class", "危險類別") };

#define ELEMENT tag_item
#define RECORD_DEF "core/model/elements/tag_item.def"
#include "core/schema/table.h"
const struct element_type tag_item_type = { ELEMENT_TABLE(tag_item),
                                            .label = L("Field", "欄位") };

#define ELEMENT case_leg
#define RECORD_DEF "core/model/elements/case_leg.def"
#include "core/schema/table.h"
const struct element_type case_leg_type = { ELEMENT_TABLE(case_leg),
                                            .label = L("Leg", "航段") };

#define ELEMENT court_number
#define RECORD_DEF "core/model/elements/court_number.def"
#include "core/schema/table.h"
const struct element_type court_number_type = { ELEMENT_TABLE(court_number),
                                                .label = L("Court number", "法庭編號") };

#define ELEMENT outside_number
#define RECORD_DEF "core/model/elements/outside_number.def"
#include "core/schema/table.h"
const struct element_type outside_number_type = { ELEMENT_TABLE(outside_number),
                                                  .label = L("Other number", "其他編號") };

#define ELEMENT exhibit_item
#define RECORD_DEF "core/model/elements/exhibit_item.def"
#include "core/schema/table.h"
const struct element_type exhibit_item_type = { ELEMENT_TABLE(exhibit_item),
                                                .label = L("Exhibit", "證物") };

#define ELEMENT hold_item
#define RECORD_DEF "core/model/elements/hold_item.def"
#include "core/schema/table.h"
const struct element_type hold_item_type = { ELEMENT_TABLE(hold_item),
                                             .label = L("Hold", "保留") };

#define ELEMENT package_item
#define RECORD_DEF "core/model/elements/package_item.def"
#include "core/schema/table.h"
const struct element_type package_item_type = { ELEMENT_TABLE(package_item),
                                                .label = L("Package", "包裝") };
