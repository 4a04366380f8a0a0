/* Fixed choices: what code depends on, or what nobody may add to. Codes are for ever; labels may be
 * mended. Open tables (commodity, place ...) are records instead. */
#ifndef TIDEWAITER_CORE_MODEL_CHOICES_H
#define TIDEWAITER_CORE_MODEL_CHOICES_H

#include "core/schema/field.h"

extern const struct choice choices_relation[];
extern const struct choice choices_basis[];
extern const struct choice choices_hazard[];
extern const struct choice choices_dimension[];
extern const struct choice choices_mode[];
extern const struct choice choices_appendix[];
extern const struct choice choices_entity[];
extern const struct choice choices_officer_state[];
extern const struct choice choices_role[];
extern const struct choice choices_location[];
extern const struct choice choices_location_state[];
extern const struct choice choices_operation[];
extern const struct choice choices_operation_state[];
extern const struct choice choices_sensitivity[];
extern const struct choice choices_value_basis[];
extern const struct choice choices_case_kind[];
extern const struct choice choices_priority[];
extern const struct choice choices_leg[];
extern const struct choice choices_seizure[];
extern const struct choice choices_service[];
extern const struct choice choices_direction[];
extern const struct choice choices_counted[];
extern const struct choice choices_seal_state[];
extern const struct choice choices_seal_spoilt[];
extern const struct choice choices_scanned[];
extern const struct choice choices_handover_state[];
extern const struct choice choices_cash[];
extern const struct choice choices_stocktake_state[];
extern const struct choice choices_stocktake_method[];
extern const struct choice choices_stocktake_line[];
extern const struct choice choices_stocktake_pass[];
extern const struct choice choices_stratum[];
extern const struct choice choices_custody[];
extern const struct choice choices_opening_state[];
extern const struct choice choices_intact[];
extern const struct choice choices_difference[];
extern const struct choice choices_purpose[];
extern const struct choice choices_note[];
extern const struct choice choices_report_state[];
extern const struct choice choices_report[];
extern const struct choice choices_urgency[];
extern const struct choice choices_received[];
extern const struct choice choices_source_grade[];
extern const struct choice choices_information_grade[];
extern const struct choice choices_report_close[];
extern const struct choice choices_task_state[];
extern const struct choice choices_task[];
extern const struct choice choices_party[];
extern const struct choice choices_sex[];
extern const struct choice choices_alias[];
extern const struct choice choices_document[];
extern const struct choice choices_address[];
extern const struct choice choices_phone[];
extern const struct choice choices_stay[];
extern const struct choice choices_marital[];
extern const struct choice choices_language[];
extern const struct choice choices_company_post[];
extern const struct choice choices_involvement[];
extern const struct choice choices_thing[];
extern const struct choice choices_link[];
extern const struct choice choices_attachment[];
extern const struct choice choices_acquired[];
extern const struct choice choices_inspection_state[];
extern const struct choice choices_inspection_result[];
extern const struct choice choices_inspection_why[];
extern const struct choice choices_regime[];
extern const struct choice choices_notice[];
extern const struct choice choices_notice_state[];
extern const struct choice choices_serving[];
extern const struct choice choices_disposal_gate[];
extern const struct choice choices_disposal_result[];
extern const struct choice choices_examination[];
extern const struct choice choices_examination_state[];
extern const struct choice choices_examination_result[];
extern const struct choice choices_hash_of[];
extern const struct choice choices_entry_state[];
extern const struct choice choices_file_state[];

extern const struct number_scheme schemes_document[];
extern const struct number_scheme schemes_thing[];

#endif
