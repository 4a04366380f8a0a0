libcore_a_SOURCES += \
    %D%/base/amount.c \
    %D%/base/amount.h \
    %D%/base/cbor.c \
    %D%/base/cbor.h \
    %D%/base/checkdigit.c \
    %D%/base/checkdigit.h \
    %D%/base/checksum.c \
    %D%/base/checksum.h \
    %D%/base/crypto.c \
    %D%/base/crypto.h \
    %D%/base/date.c \
    %D%/base/date.h \
    %D%/base/err.c \
    %D%/base/err.h \
    %D%/base/memory.c \
    %D%/base/memory.h \
    %D%/base/seams.c \
    %D%/base/seams.h \
    %D%/change/change.h \
    %D%/change/desk.h \
    %D%/change/history.h \
    %D%/change/mirror.h \
    %D%/change/rebuild.h \
    %D%/change/rules.h \
    %D%/change/session.h \
    %D%/change/verify.h \
    %D%/exchange/assets.c \
    %D%/exchange/assets.h \
    %D%/exchange/demo.h \
    %D%/exchange/sink.h \
    %D%/exchange/source.h \
    %D%/index/index.h \
    %D%/index/records.h \
    %D%/journal/body.c \
    %D%/journal/merkle.c \
    %D%/journal/merkle.h \
    %D%/journal/note.c \
    %D%/journal/note.h \
    %D%/journal/statement.c \
    %D%/journal/statement.h \
    %D%/model/accounts.h \
    %D%/model/act.h \
    %D%/model/acts/annotate.def \
    %D%/model/acts/case_assign.def \
    %D%/model/acts/case_state.def \
    %D%/model/acts/entrust.def \
    %D%/model/acts/hand_over.def \
    %D%/model/acts/keep_in_place.def \
    %D%/model/acts/reason.def \
    %D%/model/acts/receive.def \
    %D%/model/acts/refuse.def \
    %D%/model/acts/seal_exhibit.def \
    %D%/model/acts/seal_issue.def \
    %D%/model/acts/shelve.def \
    %D%/model/acts/weigh.def \
    %D%/model/case.c \
    %D%/model/case.def \
    %D%/model/case.h \
    %D%/model/choices.c \
    %D%/model/choices.h \
    %D%/model/codes.h \
    %D%/model/commodity.c \
    %D%/model/commodity.def \
    %D%/model/commodity.h \
    %D%/model/custody_event.c \
    %D%/model/custody_event.def \
    %D%/model/custody_event.h \
    %D%/model/disposal_route.c \
    %D%/model/disposal_route.def \
    %D%/model/disposal_route.h \
    %D%/model/elements.c \
    %D%/model/elements.h \
    %D%/model/elements/case_leg.def \
    %D%/model/elements/court_number.def \
    %D%/model/elements/exhibit_item.def \
    %D%/model/elements/formation_item.def \
    %D%/model/elements/hazard_item.def \
    %D%/model/elements/hold_item.def \
    %D%/model/elements/mode_item.def \
    %D%/model/elements/officer_item.def \
    %D%/model/elements/ordinance_item.def \
    %D%/model/elements/outside_number.def \
    %D%/model/elements/package_item.def \
    %D%/model/elements/role_item.def \
    %D%/model/elements/tag_item.def \
    %D%/model/exhibit.c \
    %D%/model/exhibit.def \
    %D%/model/exhibit.h \
    %D%/model/formation.c \
    %D%/model/formation.def \
    %D%/model/formation.h \
    %D%/model/handover.c \
    %D%/model/handover.def \
    %D%/model/handover.h \
    %D%/model/location.c \
    %D%/model/location.def \
    %D%/model/location.h \
    %D%/model/mode.c \
    %D%/model/mode.def \
    %D%/model/mode.h \
    %D%/model/note.c \
    %D%/model/note.def \
    %D%/model/note.h \
    %D%/model/number.c \
    %D%/model/number.h \
    %D%/model/offence.c \
    %D%/model/offence.def \
    %D%/model/offence.h \
    %D%/model/officer.c \
    %D%/model/officer.def \
    %D%/model/officer.h \
    %D%/model/operation.c \
    %D%/model/operation.def \
    %D%/model/operation.h \
    %D%/model/ordinance.c \
    %D%/model/ordinance.def \
    %D%/model/ordinance.h \
    %D%/model/outcome.c \
    %D%/model/outcome.def \
    %D%/model/outcome.h \
    %D%/model/outside_system.c \
    %D%/model/outside_system.def \
    %D%/model/outside_system.h \
    %D%/model/place.c \
    %D%/model/place.def \
    %D%/model/place.h \
    %D%/model/questions.c \
    %D%/model/questions.h \
    %D%/model/rank.c \
    %D%/model/rank.def \
    %D%/model/rank.h \
    %D%/model/rights.c \
    %D%/model/rights.h \
    %D%/model/seal.c \
    %D%/model/seal.def \
    %D%/model/seal.h \
    %D%/model/seizure.c \
    %D%/model/seizure.def \
    %D%/model/seizure.h \
    %D%/model/signing_key.c \
    %D%/model/signing_key.def \
    %D%/model/signing_key.h \
    %D%/model/species.c \
    %D%/model/species.def \
    %D%/model/species.h \
    %D%/model/status.c \
    %D%/model/status.def \
    %D%/model/status.h \
    %D%/model/types.c \
    %D%/model/types.h \
    %D%/model/unit.c \
    %D%/model/unit.def \
    %D%/model/unit.h \
    %D%/query/query.h \
    %D%/schema/field.h \
    %D%/schema/kind.c \
    %D%/schema/kind.h \
    %D%/schema/kind_bitext.c \
    %D%/schema/kind_choice.c \
    %D%/schema/kind_code.c \
    %D%/schema/kind_date.c \
    %D%/schema/kind_moment.c \
    %D%/schema/kind_money.c \
    %D%/schema/kind_quantity.c \
    %D%/schema/kind_reference.c \
    %D%/schema/kind_text.c \
    %D%/schema/kind_time.c \
    %D%/schema/parts.h \
    %D%/schema/record.h \
    %D%/schema/struct.h \
    %D%/schema/table.h \
    %D%/store/blob.c \
    %D%/store/engine.h \
    %D%/store/envelope.c \
    %D%/store/envelope.h \
    %D%/store/lmdb.c \
    %D%/store/lock.c \
    %D%/store/lock.h \
    %D%/store/store.h

# The tables go into the program: an array each, and a list of them. embed.sh adds a zero to each.
tables = \
    assets/tables/commodities.tsv \
    assets/tables/demo_cases.tsv \
    assets/tables/disposals.tsv \
    assets/tables/formations.tsv \
    assets/tables/modes.tsv \
    assets/tables/offences.tsv \
    assets/tables/ordinances.tsv \
    assets/tables/outcomes.tsv \
    assets/tables/places.tsv \
    assets/tables/ranks.tsv \
    assets/tables/seizures_2023.tsv \
    assets/tables/species.tsv \
    assets/tables/stats_2023.tsv \
    assets/tables/statuses.tsv \
    assets/tables/systems.tsv \
    assets/tables/terms.tsv \
    assets/tables/units.tsv

nodist_libcore_a_SOURCES += %D%/exchange/assets_image.c
EXTRA_DIST += $(tables) assets/tables/README.md

%D%/exchange/assets_image.c: $(tables) i18n/embed.sh %D%/local.mk
	$(AM_V_GEN)$(MKDIR_P) %D%/exchange && { \
	    for table in $(tables); do \
	        name=`basename $$table .tsv`; \
	        $(SHELL) $(srcdir)/i18n/embed.sh asset_$$name $(srcdir)/$$table || exit 1; \
	    done; \
	    echo '#include "core/exchange/assets.h"'; \
	    echo 'const struct asset assets[] = {'; \
	    for table in $(tables); do \
	        name=`basename $$table .tsv`; \
	        echo "    { \"$$name\", { asset_$$name, sizeof(asset_$$name) - 1 } },"; \
	    done; \
	    echo '    { NULL, { NULL, 0 } },'; \
	    echo '};'; \
	} > $@.new && mv $@.new $@
