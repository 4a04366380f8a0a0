libtui_a_SOURCES += \
    %D%/screen/canvas.c \
    %D%/screen/canvas.h \
    %D%/screen/colour.c \
    %D%/screen/colour.def \
    %D%/screen/colour.h \
    %D%/screen/input.c \
    %D%/screen/input.h \
    %D%/screen/key.c \
    %D%/screen/key.h \
    %D%/screen/picture.c \
    %D%/screen/term.c \
    %D%/screen/term.h \
    %D%/screen/tty.c \
    %D%/screen/tty.h \
    %D%/view/view.h \
    %D%/widget/editor.c \
    %D%/widget/editor.h \
    %D%/widget/form.h \
    %D%/widget/grid.c \
    %D%/widget/grid.h \
    %D%/widget/grid_draw.c

tidewaiter_SOURCES = %D%/main.c
