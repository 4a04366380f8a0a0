libcore_a_SOURCES += \
    %D%/catalog.c \
    %D%/catalog.h \
    %D%/charset.c \
    %D%/charset.h \
    %D%/difference.c \
    %D%/difference.h \
    %D%/fold.c \
    %D%/fold.h \
    %D%/fold_table.h \
    %D%/sentence.c \
    %D%/sentence.h \
    %D%/text.c \
    %D%/text.h \
    %D%/unicode.c \
    %D%/unicode.h

# The sentences go into the program as the .mo that msgfmt makes.
nodist_libcore_a_SOURCES += %D%/catalog_image.c
CLEANFILES += %D%/po/zh_HK.mo %D%/po/tidewaiter.pot
EXTRA_DIST += %D%/embed.sh %D%/po/zh_HK.po

%D%/po/zh_HK.mo: %D%/po/zh_HK.po
	$(AM_V_GEN)$(MKDIR_P) %D%/po && $(MSGFMT) --check -o $@ $(srcdir)/%D%/po/zh_HK.po

%D%/catalog_image.c: %D%/po/zh_HK.mo %D%/embed.sh
	$(AM_V_GEN)$(SHELL) $(srcdir)/%D%/embed.sh catalog_image %D%/po/zh_HK.mo > $@.new && mv $@.new $@
