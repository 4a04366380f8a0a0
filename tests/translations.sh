#!/bin/sh
# Every sentence that the program can say has its Chinese in i18n/po/zh_HK.po, with the same
# arguments. The sentences are collected from the sources as `make pot' does. With --self-test it
# shows, in a small house, that a sentence without Chinese and a wrong argument are caught.

set -u
LC_ALL=C.UTF-8
export LC_ALL

top=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
number=0
failed=0

# collect HOUSE: its sentences, in the template $work/pot. What is a sentence, the makefile says.
collect() {
    keywords=$(grep -o -e '--keyword[=a-zA-Z_:0-9]*' "$top/Makefile.am")
    rm -f "$work/pot"
    # shellcheck disable=SC2086
    (cd "$1" && find core i18n tui -type f \( -name '*.[ch]' -o -name '*.def' \) |
        grep -v '_image[.]c$' | sort |
        xgettext --language=C --from-code=UTF-8 --no-wrap $keywords --files-from=- \
            --output="$work/pot") && [ -s "$work/pot" ] && sed -i 's/=CHARSET/=UTF-8/' "$work/pot"
}

# merge HOUSE: its sentences with their Chinese, in $work/merged.
merge() {
    collect "$1" && msgmerge --quiet --no-fuzzy-matching --no-wrap --output-file="$work/merged" \
        "$1/i18n/po/zh_HK.po" "$work/pot"
}

# without_chinese HOUSE: the sentences that have none, each with its places.
without_chinese() {
    merge "$1" || echo 'the sentences could not be collected'
    named --untranslated
}

# named WHICH: sentences of $work/merged with their places.
named() {
    msgattrib "$1" --no-obsolete --no-wrap "$work/merged" | grep -E '^(#:|msgid "[^"])'
}

# wrong HOUSE: what msgfmt says of the Chinese, and what msgmerge calls fuzzy because its arguments
# are not those of the sentence.
wrong() {
    msgfmt --check --output-file=/dev/null "$1/i18n/po/zh_HK.po" 2>&1
    merge "$1" && named --only-fuzzy
}

# point NAME STATUS COMPLAINTS: a line of TAP.
point() {
    number=$((number + 1))
    if [ "$2" = 0 ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        failed=1
        echo "$3" | sed 's/^/# /'
    fi
}

holds() {
    complaints=$("$2" "$top")
    [ -z "$complaints" ]
    point "$1" $? "$complaints"
}

# A small house that says one thing, in both languages.
house() {
    rm -rf "$work/house"
    mkdir -p "$work/house/core/base" "$work/house/i18n/po" "$work/house/tui"
    echo 'return fail(ERR_MISSING, N_("%s has %d parts."), name, parts);' >"$work/house/core/base/a.c"
    sed '/^$/q' "$top/i18n/po/zh_HK.po" >"$work/house/i18n/po/zh_HK.po"
    chinese '%s has %d parts.' '%s有%d部分。'
}

chinese() {
    printf 'msgid "%s"\nmsgstr "%s"\n\n' "$1" "$2" >>"$work/house/i18n/po/zh_HK.po"
}

# caught NAME RULE WORD: nothing is wrong with the small house but what was just done to it.
caught() {
    complaints=$("$2" "$work/house")
    echo "$complaints" | grep -q -- "$3"
    point "$1" $? "$complaints"
}

self_test() {
    house
    complaints=$(without_chinese "$work/house"; wrong "$work/house")
    [ -z "$complaints" ]
    point 'a house in which all is said in both languages is let be' $? "$complaints"
    echo 'app_say(app, N_("It is done."));' >"$work/house/tui/b.c"
    caught 'a sentence without Chinese is caught, with its place' without_chinese 'tui/b.c'
    chinese 'It is done.' ''
    caught 'an empty Chinese is caught' without_chinese 'It is done'
    house
    echo 'message_set(&why, "%s weighs %d grams.", name, grams);' >>"$work/house/core/base/a.c"
    chinese '%s weighs %d grams.' '%s重%s克。'
    caught 'another argument than the sentence has is caught' wrong 'weighs'
}

for tool in xgettext msgmerge msgattrib msgfmt; do
    if ! command -v "$tool" >/dev/null; then
        echo "1..0 # SKIP $tool is missing: install the package gettext"
        exit 0
    fi
done
case ${1-} in
--self-test)
    echo 1..4
    ;;
*)
    echo 1..6
    holds 'every sentence has its Chinese' without_chinese
    holds 'the Chinese takes the arguments that the sentence has' wrong
    ;;
esac
self_test
exit "$failed"
