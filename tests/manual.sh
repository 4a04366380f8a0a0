#!/bin/sh
# The papers about the program: manual page, completion and reference are made by it from its tables, and
# here looked at with the eyes of man(1) and bash(1); the manual's pictures are played anew, and those that it
# names are the ones that are made. TIDEWAITER is the program.

set -u
LC_ALL=C.UTF-8
export LC_ALL

top=$(cd "$(dirname "$0")/.." && pwd)
program=${TIDEWAITER:-tidewaiter}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
number=0
failed=0

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
        "$2" "$word" || echo "$word fails"
    done
}

# ---- what the tables name ----

verbs() {
    sed -n 's/^    { \.name = "\([a-z]*\)",/\1/p' "$top/tui/command/verbs.c"
}

options() {
    grep -o 'OPTION("-[a-z-]*"' "$top/tui/command/verbs.c" | sed 's/.*"\(.*\)"/\1/'
}

acts() {
    "$program" act --lang en | sed 's/ .*//'
}

languages() {
    echo en zh
}

# ---- the manual page ----

page() {
    "$program" help man --lang "$1"
}

verb_in_page() {
    page en | sed 's/\\-/-/g' | grep -q "^.fB$1.fP"
}

page_is_roff() {
    ! command -v groff >/dev/null ||
        [ -z "$(page "$1" | preconv -e utf-8 | groff -man -Tutf8 -ww -z 2>&1 | grep -v "can't break line\|cannot break line\|cannot adjust line\|can't adjust line")" ]
}

# ---- the help ----

verb_in_help() {
    "$program" help --lang en | grep -q "^  $1 " &&
        "$program" help "$1" --lang en | grep -q "^tidewaiter $1" &&
        "$program" help "$1" --lang zh | grep -q "^tidewaiter $1"
}

option_in_help() {
    "$program" help --lang en | grep -q -- "^  $1\( \|\$\)"
}

act_has_help() {
    "$program" act "$1" --help --lang en | grep -q "^$1: " &&
        "$program" act "$1" --help --lang zh | grep -q "^tidewaiter act $1"
}

help_is_narrow() {
    for topic in '' keys play act; do
        # shellcheck disable=SC2086
        [ "$("$program" help $topic --lang "$1" | wc -L)" -le 80 ] || return 1
    done
}

reference_is_whole() {
    reference=$("$program" help reference --lang "$1")
    for word in $(acts); do
        echo "$reference" | grep -qF "\`$word\`" || return 1
    done
}

# ---- the completion ----

# complete WORDS ...: what is offered for the last of them.
complete_line() {
    "$program" help completion | TIDEWAITER_LINE="$*" bash -c '
        source /dev/stdin
        read -ra COMP_WORDS <<<"$TIDEWAITER_LINE"
        [[ $TIDEWAITER_LINE != *" " ]] || COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        compopt() { :; }
        _tidewaiter
        printf "%s\n" "${COMPREPLY[@]}"'
}

completes() {
    offered=$(complete_line "$1")
    for wanted in $2; do
        echo "$offered" | grep -qx -- "$wanted" || echo "\"$1\" does not offer $wanted, but $(echo "$offered" | head -3)"
    done
}

completion() {
    command -v bash >/dev/null || return
    completes "tidewaiter ver" verify
    completes "tidewaiter --store /x li" list
    completes "tidewaiter list ca" case
    completes "tidewaiter list --reverse exh" exhibit
    completes "tidewaiter --lang " "zh en both"
    completes "tidewaiter list case --fil" --filter
    completes "tidewaiter help com" completion
    completes "$program act case-o" case-open
    completes "$program act case-state st" state=
}

# ---- the manual and its pictures ----

manuals() {
    echo README.md assets/doc/README.zh-HK.md assets/doc/manual.md assets/doc/manual.zh-HK.md
}

# Pictures and papers that a text leads to are there.
links_lead_somewhere() {
    folder=$(dirname "$top/$1")
    for link in $(grep -o '](\([^)#:]*\)' "$top/$1" | sed 's/](//'); do
        case $link in
        *reference*.md) ;; # made with the program
        *) [ -e "$folder/$link" ] || { echo "$1 leads to $link, which is not there"; return 1; } ;;
        esac
    done
}

# What the manual calls an act is one: in italics in English, in corner brackets in Chinese.
acts_are_so_called() {
    "$program" act --lang en | sed 's/^[a-z-]* *//' >"$work/en"
    "$program" act --lang zh | sed 's/^[a-z-]* *//' >"$work/zh"
    sed 's/\*\*[^*]*\*\*//g' "$top/assets/doc/manual.md" | tr '\n' ' ' | grep -o '\*[A-Z][^*]*\*' | tr -d '*' |
        sort -u | grep -vxF -f "$work/en" | sed 's/^/manual.md: /'
    grep -o '「[^」:]*」' "$top/assets/doc/manual.zh-HK.md" | sed 's/[「」]//g' | sort -u |
        grep -vxF -f "$work/zh" | sed 's/^/manual.zh-HK.md: /'
}

# A picture that no script makes would grow old.
pictures_are_made() {
    for picture in $(grep -o '][(][^)]*[.]svg' "$top/$1" | sed 's/.*[(/]//'); do
        grep -q "^svg\(-all\)\{0,1\} $picture" "$top"/assets/doc/*.play || { echo "$1: nothing makes $picture"; return 1; }
    done
}

# pictures_are_played SCRIPT LANGUAGE: it plays to its end, and all its pictures are there.
pictures_are_played() {
    rm -rf "$work/out"
    cp "$top"/assets/doc/*.play "$work" && mkdir "$work/out" && cd "$work/out" &&
        "$program" demo store --lang en >/dev/null || return 1
    "$program" play "../$1" --store store --lang "$2" 2>"$work/why" >"$work/screen" || {
        cat "$work/why" "$work/screen"
        return 1
    }
    for picture in $(sed -n 's/^svg\(-all\)\{0,1\} \([^ ]*\).*/\2/p' "../$1"); do
        [ -s "$picture" ] || return 1
    done
}

played() {
    work=$(mktemp -d) || return 1
    (
        cp "$top"/assets/doc/*.play "$work" && mkdir "$work/out" && cd "$work/out" &&
            "$program" demo store --lang en >/dev/null &&
            "$program" play "../$1" --store store --lang "$2" >/dev/null 2>"$work/why" &&
            for picture in $(sed -n 's/^svg\(-all\)\{0,1\} \([^ ]*\).*/\2/p' "../$1"); do
                [ -s "$picture" ] || exit 1
            done
    )
    status=$?
    [ "$status" = 0 ] || cat "$work/why"
    rm -rf "$work"
    return "$status"
}

played() {
    for language in en zh; do
        pictures_are_played manual.play "$language" || echo "manual.play in $language"
    done
    pictures_are_played pictures.play en || echo "pictures.play"
}

# The examples of the reference are typed as they stand there.
filters() {
    rm -rf "$work/store"
    "$program" demo "$work/store" --lang en >/dev/null
    sed -n 's/^    { "\([a-z_]*\)", *"\([^"]*\)",.*/\1 \2/p' "$top/tui/manual/reference.c" |
        while read -r type filter; do
            found=$("$program" list "$type" --filter "$filter" --store "$work/store" --as desk \
                --format tsv 2>&1 | wc -l)
            [ "$found" -gt 1 ] || echo "list $type --filter \"$filter\" finds nothing"
        done
}

# ---- the screens ----

screens() {
    sed -n 's/^const struct view_type \([a-z_]*\)_view = .*/\1/p' "$top"/tui/view/*.c | sort
}

screen_on_list() {
    sed -n '/define VIEW_TYPES/,/[^\\]$/p' "$top/tui/view/views.h" | grep -q "X($1)"
}

# Lines that a merge leaves where two versions were not made one.
merge_marks() {
    grep -nE '^(<<<<<<< |>>>>>>> )' "$top"/README.md "$top"/assets/doc/*.md "$top"/i18n/po/*.po
}

hidden_screens() {
    grep -n '^static const struct view_type' "$top"/tui/view/*.c
}

if ! "$program" --version >/dev/null 2>&1; then
    echo '1..0 # SKIP there is no program to ask: name it in TIDEWAITER'
    exit 0
fi
case $program in
*/*) program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program") ;;
esac
echo 1..16
point 'the manual page names every verb' "$(each verbs verb_in_page)"
point 'the manual page is roff that man(1) understands' "$(each languages page_is_roff)"
point 'the help explains every verb in both languages' "$(each verbs verb_in_help)"
point 'the help names every option' "$(each options option_in_help)"
point 'every act explains itself, with an example' "$(each acts act_has_help)"
point 'no help is wider than a terminal' "$(each languages help_is_narrow)"
point 'the shell completes verbs, options, types, acts and their fields' "$(completion)"
point 'the texts lead to what is there' "$(each manuals links_lead_somewhere)"
point 'the manual calls acts by their names' "$(acts_are_so_called)"
point 'every picture in the texts is made by a script' "$(each manuals pictures_are_made)"
point 'the scripts of the pictures still play' "$(played)"
point 'every screen stands on the list of screens' "$(each screens screen_on_list)"
point 'no screen hides from the list' "$(hidden_screens)"
point 'the examples of filters find something' "$(filters)"
point 'the reference has both languages' "$(each languages reference_is_whole)"
point 'no text bears the marks of an unfinished merge' "$(merge_marks)"
exit "$failed"
