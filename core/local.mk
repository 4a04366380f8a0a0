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
    %D%/change/mirror.h \
    %D%/exchange/assets.c \
    %D%/exchange/assets.h \
    %D%/journal/body.c \
    %D%/journal/merkle.c \
    %D%/journal/merkle.h \
    %D%/journal/note.c \
    %D%/journal/note.h \
    %D%/journal/statement.c \
    %D%/journal/statement.h \
    %D%/schema/field.h \
    %D%/schema/kind.h \
    %D%/schema/record.h \
    %D%/schema/struct.h \
    %D%/schema/table.h \
    %D%/store/envelope.h \
    %D%/store/store.h

# The tables go into the program: an array each, and a list of them.
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
	        echo "    { \"$$name\", { asset_$$name, sizeof(asset_$$name) } },"; \
	    done; \
	    echo '    { NULL, { NULL, 0 } },'; \
	    echo '};'; \
	} > $@.new && mv $@.new $@
