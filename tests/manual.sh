#!/bin/sh
# The manual page and the completion of the shell name all that the program knows: its verbs, its
# options, the codes it ends with, the types of record. TIDEWAITER is the program.

set -u
LC_ALL=C.UTF-8
export LC_ALL

top=$(dirname "$0")/..
page=$top/assets/doc/tidewaiter.1
completion=$top/assets/doc/tidewaiter.bash
program=${TIDEWAITER:-tidewaiter}
number=0
failed=0

# What the page says, without the marks of its form.
page_text=$(sed -e 's/\\-/-/g' -e 's/\\f[A-Z]//g' "$page")

verbs() {
    "$program" --help --lang en | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p'
}

# From the table that the command line is read with.
options() {
    grep -o 'OPTION("-[a-z-]*"' "$top/tui/command/command_line.c" | sed 's/.*"\(.*\)"/\1/'
}

exit_codes() {
    echo 0
    sed -n 's/^ *X([A-Z_]*, "[a-z-]*", \([0-9]*\)).*/\1/p' "$top/core/base/err.h" | sort -nu
}

# Types with ids of their own; events and notes stand beside another record.
types() {
    sed -n 's/^ *X(\([a-z_]*\)).*/\1/p' "$top/core/model/types.h" | while read -r type; do
        grep -q '\.family = [1-9]' "$top/core/model/$type.c" || echo "$type"
    done
}

# Screens of the sources, and those on the list.
screens() {
    sed -n 's/^const struct view_type \([a-z_]*\)_view = .*/\1/p' "$top"/tui/view/*.c | sort
}

screen_on_list() {
    sed -n '/define VIEW_TYPES/,/[^\\]$/p' "$top/tui/view/views.h" | grep -q "X($1)"
}

hidden_screens() {
    grep -n '^static const struct view_type' "$top"/tui/view/*.c
}

acts() {
    "$program" act --lang en | sed 's/ .*//'
}

# point NAME COMPLAINTS: a line of TAP.
point() {
    number=$((number + 1))
    if [ -z "$2" ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        echo "$2" | sed 's/^/# /'
        failed=1
    fi
}

# each LIST TEST: complains about each word of the list that does not pass; and about an empty list.
each() {
    words=$("$1")
    [ -n "$words" ] || echo "none was found: $1"
    for word in $words; do
        "$2" "$word" || echo "$word is missing"
    done
}

verb_in_page() {
    printf '%s\n' "$page_text" | grep -qE "^\.(BI|BR|B) $1( |\$)"
}

option_in_page() {
    printf '%s\n' "$page_text" | grep -qE "^\.(BI|BR|B) ([^ ]* \", \" )?$1( |\$)"
}

code_in_page() {
    printf '%s\n' "$page_text" | grep -q "^$1|"
}

option_in_help() {
    [ "$1" = -h ] || [ "$1" = --help ] || "$program" --help --lang en | grep -qE -- "$1([^a-z-]|\$)"
}

in_completion() {
    [ "$1" = -h ] || grep -qE -- "(^|[ '])$1([ ']|\$)" "$completion"
}

act_has_help() {
    "$program" act "$1" --help --lang en | grep -q "^$1: "
}

if ! "$program" --version >/dev/null 2>&1; then
    echo '1..0 # SKIP there is no program to ask: name it in TIDEWAITER'
    exit 0
fi
echo 1..10
point 'the manual names every verb' "$(each verbs verb_in_page)"
point 'the manual names every option' "$(each options option_in_page)"
point 'the manual names every exit code' "$(each exit_codes code_in_page)"
point 'the help of the program names every option' "$(each options option_in_help)"
point 'the shell completes every verb' "$(each verbs in_completion)"
point 'the shell completes every option' "$(each options in_completion)"
point 'the shell completes every type of record' "$(each types in_completion)"
point 'every act explains itself' "$(each acts act_has_help)"
point 'every screen stands on the list of screens' "$(each screens screen_on_list)"
point 'no screen hides from the list' "$(hidden_screens)"
exit "$failed"
