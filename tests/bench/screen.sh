#!/bin/sh
# The screen's budgets, measured through a terminal: start, keys, bytes; and beside it, in the same
# run, other programs that show long lists. TIDEWAITER is the program (./tidewaiter); STORE a store
# to look at (a new demo store). Without python3 it
# says so and measures nothing; a rival that is not installed is named and left out.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
program=${TIDEWAITER:-./tidewaiter}

if ! command -v python3 >/dev/null; then
    echo 'screen: python3 is not installed, so nothing is measured'
    exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if test -z "${STORE:-}"; then
    STORE=$folder/store
    "$program" demo "$STORE" >"$folder/made"
fi

python3 "$here/pty_bench.py" \
    --go '<F9>cases<Enter>' \
    --key 'Down in a list' '3 ms, 250 bytes, one write' '<Down>' '' 15 \
    --key 'Down at the end of the page' '3 ms, 250 bytes, one write' '<Down>' '' 30 \
    --go '<Home>' \
    --key 'a page of a list' '5 ms, 2,000 bytes, one write' '<PgDn>' '<PgUp>' 10 \
    --key 'open a case' '10 ms, 1,600 bytes, one write' '<Enter>' '<Esc>' 10 \
    --go '<F7>' \
    --key 'a key in a field' '2 ms, 16 bytes, one write' 'a' '' 12 \
    -- "$program" --store "$STORE" --as desk

# In a store of the benchmark the first exhibit has 500 events.
python3 "$here/pty_bench.py" --starts 1 --idle 1 \
    --go '<F9>exhibits<Enter>' --go '<Home>' \
    --key 'open an exhibit with 500 events' '10 ms' '<Enter>' '<Esc>' 10 \
    --go '<Enter>' \
    --key 'its chain' '10 ms' '<Tab>' '' 6 \
    -- "$program" --store "$STORE" --as desk

# rival NAME PROGRAM [ARGUMENT]...: the same keys in another program's long list.
rival() {
    name=$1
    shift
    if ! command -v "$1" >/dev/null; then
        echo "$name: not installed, so not measured"
        return
    fi
    python3 "$here/pty_bench.py" --name "$name" --starts 3 --idle 1 \
        --key 'Down in a list' '' '<Down>' '' 15 \
        --key 'Down at the end of the page' '' '<Down>' '' 30 \
        --key 'a page of a list' '' '<PgDn>' '' 10 \
        -- "$@" || echo "$name: could not be measured"
}

# 200,000 lines such as a list of cases has; 3,000 files; 2,000 commits.
awk 'BEGIN { for (i = 1; i <= 200000; i++)
    printf "KCT/23/%05d  C02  60;586  西面水域內河船貨櫃 %d 號  %d,000,000\n", i, i, i % 97 }' \
    >"$folder/cases.txt"
mkdir "$folder/files"
(cd "$folder/files" && seq 3000 | sed 's/^/case-/' | xargs touch)
if command -v tig >/dev/null && command -v git >/dev/null; then
    git init -q "$folder/repository"
    awk 'BEGIN { for (i = 1; i <= 2000; i++)
        printf "commit refs/heads/main\ncommitter A <a@example.org> %d +0000\ndata 9\ncase %04d\n\n", 1700000000 + i, i }' |
        git -C "$folder/repository" fast-import --quiet
fi
rival less less "$folder/cases.txt"
rival vim vim -u NONE -N -i NONE "$folder/cases.txt"
rival mc mc -x -u "$folder/files" "$folder/files"
test ! -d "$folder/repository" || cd "$folder/repository"
rival tig tig main
