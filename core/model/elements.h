/* The rows of lists inside records: one table each, in core/model/elements. */
#ifndef TIDEWAITER_CORE_MODEL_ELEMENTS_H
#define TIDEWAITER_CORE_MODEL_ELEMENTS_H

#include "core/schema/field.h"

#define ELEMENT ordinance_item
#define RECORD_DEF "core/model/elements/ordinance_item.def"
#include "core/schema/struct.h"
extern const struct element_type ordinance_item_type;

#define ELEMENT mode_item
#define RECORD_DEF "core/model/elements/mode_item.def"
#include "core/schema/struct.h"
extern const struct element_type mode_item_type;

#define ELEMENT formation_item
#define RECORD_DEF "core/model/elements/formation_item.def"
#include "core/schema/struct.h"
extern const struct element_type formation_item_type;

#define ELEMENT officer_item
#define RECORD_DEF "core/model/elements/officer_item.def"
#include "core/schema/struct.h"
extern const struct element_type officer_item_type;

#define ELEMENT role_item
#define RECORD_DEF "core/model/elements/role_item.def"
#include "core/schema/struct.h"
extern const struct element_type role_item_type;

#define ELEMENT hazard_item
#define RECORD_DEF "core/model/elements/hazard_item.def"
#include "core/schema/struct.h"
extern const struct element_type hazard_item_type;

#define ELEMENT tag_item
#define RECORD_DEF "core/model/elements/tag_item.def"
#include "core/schema/struct.h"
extern const struct element_type tag_item_type;

#define ELEMENT case_leg
#define RECORD_DEF "core/model/elements/case_leg.def"
#include "core/schema/struct.h"
extern const struct element_type case_leg_type;

#define ELEMENT court_number
#define RECORD_DEF "core/model/elements/court_number.def"
#include "core/schema/struct.h"
extern const struct element_type court_number_type;

#define ELEMENT outside_number
#define RECORD_DEF "core/model/elements/outside_number.def"
#include "core/schema/struct.h"
extern const struct element_type outside_number_type;

#define ELEMENT exhibit_item
#define RECORD_DEF "core/model/elements/exhibit_item.def"
#include "core/schema/struct.h"
extern const struct element_type exhibit_item_type;

#define ELEMENT hold_item
#define RECORD_DEF "core/model/elements/hold_item.def"
#include "core/schema/struct.h"
extern const struct element_type hold_item_type;

#define ELEMENT package_item
#define RECORD_DEF "core/model/elements/package_item.def"
#include "core/schema/struct.h"
extern const struct element_type package_item_type;

#endif
