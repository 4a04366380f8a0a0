#!/bin/sh
# The screen's budgets, measured through a terminal at a demo store: start, keys, bytes. TIDEWAITER
# is the program (./tidewaiter); STORE a demo store to look at (a new one). Without python3 it says
# so and measures nothing.
set -eu

here=$(dirname "$0")
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
    --go '<Down><Enter>' \
    --key 'Down in a list' '3 ms, 250 bytes, one write' '<Down>' '' 15 \
    --key 'Down at the end of the page' '3 ms, 250 bytes, one write' '<Down>' '' 30 \
    --go '<Home>' \
    --key 'a page of a list' '5 ms, 2,000 bytes, one write' '<PgDn>' '<PgUp>' 10 \
    --key 'open a case' '10 ms, 1,600 bytes, one write' '<Enter>' '<Esc>' 10 \
    --go '<F7>' \
    --key 'a key in a field' '2 ms, 16 bytes, one write' 'a' '' 12 \
    -- "$program" --store "$STORE" --as desk
