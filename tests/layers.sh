#!/bin/sh
# Three rules of the house, as a test: includes point down or to the same folder; each outside
# library is included by one file of ours; every source and test stands on a list of the build.
# With --self-test it shows, in a house built wrong on purpose, that each breach is caught.

set -u
LC_ALL=C
export LC_ALL

# Ground first. Folders on one line are neighbours that do not see each other.
floors='core/base
i18n
core/schema
core/journal
core/store
core/index
core/change
core/model
core/query
core/exchange
core/report
tui/screen
tui/widget
tui/view tui/command
tui'

libraries='ncurses|n?curses[a-z]*[.]h|ncursesw/.*|term[.]h
lmdb|lmdb[.]h
iconv|iconv[.]h
libsodium|sodium([.]h|/.*)
libcrypto|openssl/.*
xxhash|xxhash[.]h|xxh3[.]h
utf8proc|utf8proc[.]h
libcbor|cbor([.]h|/.*)
jansson|jansson.*[.]h
qrencode|qrencode[.]h
zint|zint[.]h
cmocka|cmocka.*[.]h
vterm|vterm.*[.]h'

# "file include" for each include of the files in the given folders; <name> or "name".
includes() {
    find "$@" -type f \( -name '*.c' -o -name '*.h' -o -name '*.def' \) | sort |
        xargs grep -E '^[[:space:]]*#[[:space:]]*include' /dev/null |
        sed -E 's/^([^:]*):[[:space:]]*#[[:space:]]*include[[:space:]]*([<"][^>"]*[>"]).*/\1 \2/'
}

# Complaints about includes that do not point down.
upward() {
    includes core i18n tui | FLOORS=$floors awk '
        BEGIN {
            count = split(ENVIRON["FLOORS"], line, "\n")
            for (i = 1; i <= count; i++) {
                rooms = split(line[i], room, " ")
                for (j = 1; j <= rooms; j++)
                    floor[room[j]] = i
            }
        }
        # The room that a file is in; a folder inside a room belongs to it.
        function room_of(path) {
            do
                sub("/?[^/]*$", "", path)
            while (path ~ /\// && !(path in floor))
            return path
        }
        $2 ~ /^"/ {
            target = substr($2, 2, length($2) - 2)
            from = room_of($1)
            to = room_of(target)
            if (!(from in floor))
                print $1 " stands on no floor"
            else if (!(to in floor))
                print $1 " includes \"" target "\", which is not written from the top"
            else if (from == to)
                next
            else if (floor[to] >= floor[from])
                print $1 " includes \"" target "\", which is not below it"
            else if (from == "core/journal" && to != "core/base")
                print $1 " includes \"" target "\"; the journal needs core/base alone"
        }'
}

# Complaints about outside libraries. Tests may use ours, cmocka and vterm.
outside() {
    includes core i18n tui tests | sort -u | LIBRARIES=$libraries awk '
        BEGIN {
            count = split(ENVIRON["LIBRARIES"], line, "\n")
            for (i = 1; i <= count; i++) {
                cut = index(line[i], "|")
                name[i] = substr(line[i], 1, cut - 1)
                pattern[i] = "^[<\"](" substr(line[i], cut + 1) ")[>\"]$"
            }
        }
        {
            for (i = 1; i <= count; i++) {
                if ($2 !~ pattern[i] || (i, $1) in seen)
                    continue
                seen[i, $1] = 1
                testing = name[i] == "cmocka" || name[i] == "vterm"
                if (($1 ~ /^tests\//) != testing) {
                    print $1 " must not include " name[i]
                    continue
                }
                files[i]++
                who[i] = who[i] " " $1
            }
        }
        END {
            for (i = 1; i <= count; i++) {
                if (files[i] == 0)
                    print name[i] " is included by no file"
                else if (files[i] > 1)
                    print name[i] " is included by" who[i]
            }
        }'
}

# Complaints about files that no local.mk names: they would not be built, shipped or run.
unlisted() {
    find core i18n tui tests -type f \
        \( -name '*.c' -o -name '*.h' -o -name '*.def' -o -name '*.sh' \) ! -name '*_image.c' |
        sort | while read -r file; do
            top=${file%%/*}
            name="%D%/${file#*/}"
            tr -s ' \t' '\n\n' <"$top/local.mk" |
                grep -qxF -e "$name" -e "${name%.c}" || echo "$file stands on no list in $top/local.mk"
        done
}

number=0
failed=0
# point NAME RESULT [COMPLAINTS]: a line of TAP.
point() {
    number=$((number + 1))
    if [ "$2" = 0 ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        failed=1
    fi
    [ -z "${3-}" ] || echo "$3" | sed 's/^/# /'
}

# holds NAME RULE: no complaints.
holds() {
    complaints=$(cd "$top" && "$2" 2>&1)
    [ -z "$complaints" ]
    point "$1" $? "$complaints"
}

# A small house in which the rules hold.
house() {
    rm -rf "$house"
    for folder in $(echo "$floors") tests/unit; do
        mkdir -p "$house/$folder"
    done
    cd "$house" || exit 1
    echo '#include <stddef.h>' >core/base/a.h
    printf '#include <sodium.h>\n#include <openssl/evp.h>\n#include <openssl/err.h>\n' >core/base/crypto.c
    printf '#include "core/base/a.h"\n#include <xxhash.h>\n' >core/base/checksum.c
    printf '#include <cbor.h>\n#include <cbor/streaming.h>\n' >core/base/cbor.c
    echo '#include <utf8proc.h>' >i18n/text.c
    echo '#include <iconv.h>' >i18n/charset.c
    echo '#include "core/base/a.h"' >core/journal/note.c
    echo '#include <lmdb.h>' >core/store/lmdb.c
    echo '#include <jansson.h>' >core/exchange/json.c
    echo "#include <qrencode.h>" >core/report/symbol_qr.c
    echo "#include <zint.h>" >core/report/symbol_code128.c
    echo '#include <curses.h>' >tui/screen/term.c
    echo '#include "tui/screen/canvas.h"' >tui/view/list.c
    echo '#include "tui/view/list.h"' >tui/app.c
    echo '#include <cmocka.h>' >tests/check.h
    printf '#include "tests/check.h"\n#include <vterm.h>\n' >tests/unit/test_term.c
    for folder in core i18n tui tests; do
        find "$folder" -type f | sed "s,^$folder,    %D%," >"$folder/local.mk"
    done
}

# caught NAME RULE FILE LINE: the rule complains about FILE, and only once LINE is added to it.
caught() {
    complaints=$(house && mkdir -p "$(dirname "$3")" && "$2" 2>&1 &&
        printf '%s\n' "$4" >>"$3" && "$2" 2>&1)
    [ "$(echo "$complaints" | grep -c .)" = 1 ] && echo "$complaints" | grep -q "$3"
    point "$1" $? "$complaints"
}

self_test() {
    house=$(mktemp -d) || exit 1
    trap 'rm -rf "$house"' EXIT
    caught 'an upward include is caught' upward core/base/a.h '#include "core/store/lmdb.h"'
    caught 'an upward include in a table is caught' upward core/model/case.def '#  include "tui/app.h"'
    caught 'an include of a neighbour is caught' upward tui/view/list.c '#include "tui/command/list.h"'
    caught 'an include that is not from the top is caught' upward tui/app.c '#include "../core/base/a.h"'
    caught 'a journal that leans on more than the base is caught' upward core/journal/note.c '#include "i18n/text.h"'
    caught 'an upward include from a folder in a room is caught' upward core/model/acts/seize.c '#include "core/report/form.h"'
    caught 'a room on no floor is caught' upward core/cellar/wine.c '#include "core/base/a.h"'
    caught 'a second door to a library is caught' outside core/index/counter.c '#include <lmdb.h>'
    caught 'a test that goes round our door is caught' outside tests/unit/test_term.c '#include "jansson.h"'
    caught 'a source on no list is caught' unlisted core/base/forgotten.c 'int forgotten;'
}

case ${1-} in
--self-test)
    echo 1..10
    self_test
    ;;
*)
    top=${1:-$(dirname "$0")/..}
    echo 1..13
    holds 'includes point down or to the same folder' upward
    holds 'each outside library is included by one file' outside
    holds 'every source and test stands on a list of the build' unlisted
    self_test
    ;;
esac
exit "$failed"
