libtui_a_SOURCES += \
    %D%/screen/canvas.c \
    %D%/screen/canvas.h \
    %D%/screen/key.h \
    %D%/screen/term.h

tidewaiter_SOURCES = %D%/main.c
