# One program for each file; its source is the name with .c.
check_PROGRAMS += \
    %D%/crash/test_kill \
    %D%/screen/test_golden \
    %D%/screen/test_plain \
    %D%/screen/test_hostile \
    %D%/screen/test_monkey \
    %D%/screen/test_program \
    %D%/screen/test_scanning \
    %D%/screen/test_term \
    %D%/unit/test_access \
    %D%/unit/test_accounts \
    %D%/unit/test_acts \
    %D%/unit/test_acts_random \
    %D%/unit/test_amount \
    %D%/unit/test_assets \
    %D%/unit/test_canvas \
    %D%/unit/test_catalog \
    %D%/unit/test_cbor \
    %D%/unit/test_change \
    %D%/unit/test_charset \
    %D%/unit/test_checkdigit \
    %D%/unit/test_checksum \
    %D%/unit/test_codes \
    %D%/unit/test_complete \
    %D%/unit/test_create \
    %D%/unit/test_counts \
    %D%/unit/test_crypto \
    %D%/unit/test_custody \
    %D%/unit/test_custody_verify \
    %D%/unit/test_date \
    %D%/unit/test_date_typed \
    %D%/unit/test_demo \
    %D%/unit/test_desk \
    %D%/unit/test_disposal \
    %D%/unit/test_difference \
    %D%/unit/test_editor \
    %D%/unit/test_entry \
    %D%/unit/test_err \
    %D%/unit/test_exhibit_room_random \
    %D%/unit/test_examination \
    %D%/unit/test_file_format \
    %D%/unit/test_filter \
    %D%/unit/test_fold \
    %D%/unit/test_form \
    %D%/unit/test_form_layout \
    %D%/unit/test_form_number \
    %D%/unit/test_form_table \
    %D%/unit/test_form_view \
    %D%/unit/test_full_disk \
    %D%/unit/test_grid \
    %D%/unit/test_history \
    %D%/unit/test_hostile \
    %D%/unit/test_index \
    %D%/unit/test_input \
    %D%/unit/test_key \
    %D%/unit/test_kinds \
    %D%/unit/test_kinds_typed \
    %D%/unit/test_list_shape \
    %D%/unit/test_list_view \
    %D%/unit/test_listing \
    %D%/unit/test_lock \
    %D%/unit/test_log \
    %D%/unit/test_manual \
    %D%/unit/test_memory \
    %D%/unit/test_merkle \
    %D%/unit/test_moves \
    %D%/unit/test_mirror \
    %D%/unit/test_mirror_verifier \
    %D%/unit/test_model_random \
    %D%/unit/test_name_match \
    %D%/unit/test_note \
    %D%/unit/test_picks \
    %D%/unit/test_papers \
    %D%/unit/test_parties \
    %D%/unit/test_query \
    %D%/unit/test_queue \
    %D%/unit/test_rebuild \
    %D%/unit/test_rehash \
    %D%/unit/test_record \
    %D%/unit/test_reports \
    %D%/unit/test_report \
    %D%/unit/test_round_trip \
    %D%/unit/test_scan \
    %D%/unit/test_scan_board \
    %D%/unit/test_seams \
    %D%/unit/test_seen \
    %D%/unit/test_sentence \
    %D%/unit/test_sink \
    %D%/unit/test_source \
    %D%/unit/test_split \
    %D%/unit/test_statement \
    %D%/unit/test_stocktake \
    %D%/unit/test_store \
    %D%/unit/test_tables \
    %D%/unit/test_text \
    %D%/unit/test_verify \
    %D%/unit/test_views

# Built and run by `make bench' alone.
bench_programs = %D%/bench/bench_store
%C%_bench_bench_store_SOURCES = \
    %D%/bench/bench.c \
    %D%/bench/bench.h \
    %D%/bench/bench_maker.c \
    %D%/bench/bench_maker.h \
    %D%/bench/bench_pages.c \
    %D%/bench/bench_pages.h \
    %D%/bench/bench_sqlite.h \
    %D%/bench/bench_stocktake.c \
    %D%/bench/bench_stocktake.h \
    %D%/bench/bench_store.c
if HAVE_SQLITE
%C%_bench_bench_store_SOURCES += %D%/bench/bench_sqlite.c
endif
%C%_bench_bench_store_LDADD = $(LDADD) $(SQLITE_LIBS)

# What the programs share.
check_LIBRARIES = libtests.a
libtests_a_SOURCES = \
    %D%/bare_types.h \
    %D%/bench/bench.c \
    %D%/bench/bench.h \
    %D%/bench/bench_maker.c \
    %D%/bench/bench_maker.h \
    %D%/check.h \
    %D%/demo_lists.h \
    %D%/department.h \
    %D%/form_desk.h \
    %D%/journal_example.h \
    %D%/one_department.h \
    %D%/screen/conversation.c \
    %D%/screen/conversation.h \
    %D%/screen/hostile.c \
    %D%/screen/hostile.h \
    %D%/screen/soundness.h \
    %D%/screen/pty.c \
    %D%/screen/pty.h \
    %D%/screen/term_demo.c \
    %D%/screen/term_demo.h \
    %D%/screen/walk.c \
    %D%/screen/walk.h \
    %D%/store_example.h \
    %D%/temporary_store.h \
    %D%/unit/exhibit_room.h \
    %D%/unit/exhibit_room_disposal.h \
    %D%/unit/exhibit_room_goods.h \
    %D%/unit/exhibit_room_hands.h \
    %D%/unit/exhibit_room_people.h \
    %D%/unit/plain_model.h \
    %D%/unit/sample.def \
    %D%/unit/sample.h \
    %D%/unit/sample_law.def \
    %D%/unit/sample_leg.def \
    %D%/unit/sample_mark.def \
    %D%/whole_store.h \
    %D%/window.h

# Scripts.
test_files = \
    %D%/bench/pty_bench.py \
    %D%/bench/screen.sh \
    %D%/cli.sh \
    %D%/layers.sh \
    %D%/leaks.txt \
    %D%/manual.sh \
    %D%/mux.sh \
    %D%/screen/golden \
    %D%/screen/plain \
    %D%/screen/scripts \
    %D%/translations.sh \
    %D%/verify_mirror.py

EXTRA_PROGRAMS += $(bench_programs)
EXTRA_DIST += $(test_files)

TEST_EXTENSIONS = .sh
tap_driver = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(tap_driver)
SH_LOG_DRIVER = $(tap_driver)
SH_LOG_COMPILER = $(SHELL)
# TIDEWAITER is the program for tests that run it whole. The sanitizers let a test see memory run out.
AM_TESTS_ENVIRONMENT = \
    ASAN_OPTIONS=allocator_may_return_null=1; export ASAN_OPTIONS; \
    LSAN_OPTIONS='suppressions=$(abs_srcdir)/%D%/leaks.txt:print_suppressions=0'; export LSAN_OPTIONS; \
    CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT; \
    TIDEWAITER='$(abs_builddir)/tidewaiter'; export TIDEWAITER; \
    LC_ALL=C.UTF-8; export LC_ALL; TZ=Asia/Hong_Kong; export TZ;

if CAN_TEST
TESTS = $(check_PROGRAMS) %D%/cli.sh %D%/layers.sh %D%/manual.sh %D%/mux.sh \
    %D%/translations.sh
else
check-local:
	@echo 'make check needs the Debian packages:$(MISSING_FOR_TESTS)'; exit 1
endif
