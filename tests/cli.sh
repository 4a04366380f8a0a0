#!/bin/sh
# The verbs as a script sees them: exit codes (core/base/err.h), a sentence for every mistake, and text that comes out
# as it went in. TIDEWAITER is the program.

set -u
LC_ALL=C.UTF-8
export LC_ALL

program=${TIDEWAITER:-tidewaiter}
place=$(mktemp -d "${TMPDIR:-/tmp}/tidewaiter-cli-XXXXXX") || exit 1
trap 'chmod -R u+w "$place"; rm -rf "$place"' EXIT
cd "$place" || exit 1
store=$place/demo
number=0
failed=0

# point NAME RESULT: a line of TAP; what the program said stands under a failure.
point() {
    number=$((number + 1))
    if [ "$2" = 0 ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        echo "# exit $code"
        head -c 2000 out err | sed 's/^/# /'
        failed=1
    fi
}

skip() {
    number=$((number + 1))
    echo "ok $number - $1 # SKIP $2"
}

# run ARGUMENTS: its output in out, its sentences in err, its exit code in $code.
run() {
    "$program" "$@" >out 2>err
    code=$?
}

# A terminal gets no control sequence from us, whatever was typed.
harmless() {
    ! LC_ALL=C grep -q "$(printf '[\001-\010\013\014\016-\037\177]')" out err &&
        ! grep -q -e "$(printf '\342\200\256')" out err
}

# ends CODE PATTERN NAME ARGUMENTS: ends so, and a sentence like the pattern says why.
ends() {
    wanted=$1
    pattern=$2
    name=$3
    shift 3
    run --lang en "$@"
    [ "$code" = "$wanted" ] && grep -q -e "$pattern" out err && harmless
    point "$name" $?
}

# does NAME ARGUMENTS: succeeds.
does() {
    name=$1
    shift
    run "$@"
    [ "$code" = 0 ] && harmless
    point "$name" $?
}

opens() {
    set -- "$1" "$2" "$3" act case-open --store "$store" --as desk officer=D-1187 opened=2026-11-01 "$4"
    ends "$@"
}

command_line() {
    ends 64 'no verb "frobnicate"' 'an unknown verb' frobnicate
    ends 64 'no help on "frobnicate"' 'help on what is unknown' help frobnicate
    ends 64 'which script' 'a play without a script' play --store "$store"
    ends 66 'nowhere.script' 'a script that is not there' play nowhere.script --store "$store"
    ends 64 'no option --nope' 'an unknown option' list case --store "$store" --nope
    ends 64 'needs a value' 'an option without its value' list case --store
    ends 64 'whole number' 'a limit that is no number' list case --store "$store" --limit many
    ends 64 'text, tsv, csv or json' 'an unknown format' list case --store "$store" --format xml
    ends 64 'called "nothing"' 'an unknown type' list nothing --store "$store"
    ends 64 'cannot be listed by' 'an unknown order' list case --store "$store" --by nope
    ends 64 'no act "fly"' 'an unknown act' act fly --store "$store" --as desk
    ends 64 'no field "wings"' 'an unknown field' act case-open --store "$store" --as desk wings=2
    ends 64 'form field=value' 'a word that is no field' act case-open --store "$store" --as desk wings
    ends 64 'who you are' 'an act of nobody' act case-open --store "$store" title=x
    ends 66 'nobody' 'an unknown officer' act case-open --store "$store" --as nobody title=x
    ends 77 'needs the right' 'an act without the right to it' act case-open --store "$store" --as clerk title=x
    ends 64 'on=ID' 'an amendment of nothing' act case-amend --store "$store" --as desk title=x
    ends 66 'found under "C-999"' 'an amendment of what is not there' act case-amend --store "$store" --as desk on=C-999 title=x
    ends 66 'found under "C-999"' 'a record that is not there' show C-999 --store "$store"
    ends 66 'found under "qqqqzz"' 'words that nothing holds' find qqqqzz --store "$store"
    ends 64 'not a date and time' 'a moment that is none' show C-1 --store "$store" --as-at yesterdayish
    ends 64 'no moment of the past' 'a day before time was counted' show C-1 --store "$store" \
        --as-at 1950-01-01
    ends 64 'no moment of the past' 'a day to come' show C-1 --store "$store" --as-at 2999-01-01
}

values() {
    opens 65 'month 2 of 2023 has 28 days' 'a day that never was' occurred=2023-02-30
    opens 65 'not an amount of money' 'money that is none' value=abc
    opens 65 'no code or name' 'a code that is in no table' place=NOPE
    opens 65 'not one of the choices' 'a choice that is none' priority=nope
    ends 65 'Persons arrested is less than nothing' 'fewer than no persons' \
        act case-open --store "$store" --as desk officer=D-1187 opened=2026-11-01 title=x arrests=-5
    ends 65 'Gross weight is less than nothing' 'less than no weight' \
        act exhibit-amend --store "$store" --as desk on=E-30 gross=-3kg
    opens 65 '5000 characters' 'a text that is too long' "title=$(printf '%05000d' 0)"
    opens 65 'control or invisible' 'an escape sequence' "title=$(printf 'a\033[31mb')"
    opens 65 'control or invisible' 'a change of direction' "title=$(printf 'a\342\200\256b')"
    opens 65 'not UTF-8' 'bytes that are no text' "title=$(printf 'a\377b')"
    ends 65 'not a known unit' 'a unit that is none' act exhibit-amend --store "$store" --as desk on=E-30 'quantity=5 furlongs'
    ends 0 'check digit of CSQU3054384 would be 3' 'a wrong check digit is said and kept' \
        act exhibit-amend --store "$store" --as desk on=E-30 container=CSQU3054384
    ends 64 'no act' 'an escape sequence for an act' act "$(printf '\033[2Jx')" --store "$store" --as desk
    ends 64 'no option' 'an escape sequence for an option' "$(printf -- '--\033[2J\377')"
    ends 66 'is found under' 'an escape sequence for a record' show "$(printf '\033[2J\377')" --store "$store"
}

# Characters outside the basic plane, ideographs of Hong Kong, an apostrophe, a bar and quotes.
text_there_and_back() {
    title='測試𨋢𠝹𠮷 "甲", 乙;	丙'
    title=$(printf '%s' "$title" | tr '\t' ' ')
    does 'a case with characters of Hong Kong' act case-open --store "$store" --as desk officer=D-1187 opened=2026-11-01 \
        "title=$title | Lift, \"quoted\"" ordinances=60 summary=𨋢口
    id=$(head -n 1 out)
    does 'it is listed' list case --store "$store" --filter 𨋢 --lang zh --all-fields
    grep -q "^$id .*測試𨋢𠝹𠮷" out
    point 'with its characters' $?
    does 'it is found' find 𨋢口 --store "$store"
    grep -q "$id" out
    point 'by a word of its summary' $?
    for format in json csv tsv; do
        does "it is exported as $format" export case --store "$store" --format "$format" --filter 𨋢
        cp out "export.$format"
    done
    python3 - "$id" "$title" <<'PYTHON'
import csv, json, sys
wanted, title = sys.argv[1:]
[row] = json.load(open('export.json', encoding='utf-8'))
assert row['id'] == wanted, row['id']
assert row['title'] == {'zh': title, 'en': 'Lift, "quoted"'}, row['title']
for name, options in (('csv', {}), ('tsv', {'delimiter': '\t', 'quoting': csv.QUOTE_NONE})):
    [row] = csv.DictReader(open('export.' + name, encoding='utf-8-sig', newline=''), **options)
    assert row['id'] == wanted, row
    assert title in row['title'] and 'Lift, "quoted"' in row['title'], row['title']
    assert row['summary'].startswith('𨋢口'), row['summary']
PYTHON
    point 'json, csv and tsv hold it unchanged' $?
    for type in case exhibit seizure handover officer; do
        for format in json csv tsv; do
            run export "$type" --store "$store" --format "$format"
            cp out "all.$type.$format"
        done
    done
    python3 - <<'PYTHON'
import csv, json
for kind in 'case exhibit seizure handover officer'.split():
    objects = json.load(open(f'all.{kind}.json', encoding='utf-8'))
    ids = [row['id'] for row in objects]
    assert len(ids) > 5 and len(set(ids)) == len(ids), kind
    for name, options in (('csv', {}), ('tsv', {'delimiter': '\t', 'quoting': csv.QUOTE_NONE})):
        rows = list(csv.DictReader(open(f'all.{kind}.{name}', encoding='utf-8-sig', newline=''), **options))
        assert [row['id'] for row in rows] == ids, (kind, name)
        assert all(None not in row and None not in row.values() for row in rows), (kind, name)
PYTHON
    point 'all formats hold the same records' $?
}

# A file goes in and comes out again as it was; it never replaces another.
files() {
    printf 'page one\n\000page two\n' >page.bin
    does 'a file is attached' act attachment-add --store "$store" --as desk about=E-2 title=頁 "path=$PWD/page.bin"
    id=$(head -n 1 out)
    does 'it is handed out' fetch "$id" page.out --store "$store" --as desk
    cmp page.bin page.out
    point 'as it was' $?
    ends 75 'is there already' 'it replaces no file' fetch "$id" page.out --store "$store" --as desk
    ends 64 'is no attachment' 'an exhibit is no file' fetch E-2 other.out --store "$store" --as desk
    ends 66 'There is no file' 'a file that is not there' \
        act attachment-add --store "$store" --as desk about=E-2 title=x path=/no/such/file
    ends 0 'Write out attachment' 'who took it stands in its history' show "$id" history --store "$store"
    [ "$(stat -c %a page.out)" = 600 ]
    point 'and it is nobody else'"'"'s to read' $?
}

# A timer looks at attached files; nobody signs in.
tended() {
    ends 0 'Looked at 2 attached files' 'all files are as they were' tend --store "$store"
    kept=$(grep -rl 'page two' "$store/files")
    cp "$kept" kept.bin
    printf 'P' | dd of="$kept" bs=1 conv=notrunc 2>/dev/null
    ends 70 'is damaged: it is not what was put in' 'a byte that changed is found' tend --store "$store"
    ends 0 'Damaged' 'and stays to be seen' list attachment --store "$store" --as supervisor --filter 'file_state:*'
    ends 70 'is damaged' 'the file is not handed out' fetch "$id" damaged.out --store "$store" --as desk
    [ ! -e damaged.out ]
    point 'nor a part of it' $?
    rm "$kept"
    ends 70 'is missing' 'a file that is gone is found' tend --store "$store"
    cp kept.bin "$kept"
    ends 0 'is whole again' 'until it is restored' tend --store "$store"
}

two_people() {
    ends 77 'needs a second person' 'a hand-over by one person' \
        act exhibit-hand-over --store "$store" --as desk exhibits=E-31 receiver=C-0297 occurred=n
    ends 0 'E-31' 'a hand-over by two' \
        act exhibit-hand-over --store "$store" --as desk exhibits=E-31 receiver=C-0297 occurred=n --second C-0297
    ends 0 'Hand over exhibits' 'the history says so' show E-31 history --store "$store"
    ends 0 'No fault was found' 'the store is whole' verify --store "$store"
}

# copy NAME: a copy of the demo store that may be harmed.
copy() {
    rm -rf "$1" && cp -a "$store" "$1"
}

places() {
    ends 66 'There is no store in' 'an absent store' list case --store "$place/nowhere"
    mkdir empty
    ends 66 'data.mdb is not there' 'an empty folder' list case --store empty
    copy partial && rm partial/data.mdb
    ends 66 'data.mdb is not there' 'a store without its database' list case --store partial
    ends 66 'data.mdb is not there' 'an act never makes a store' act note-add --store partial --as desk on=C-1 text=x
    [ ! -e partial/data.mdb ]
    point 'and it is still not there' $?
    copy keyless && rm -r keyless/keys
    ends 73 'signing key' 'an act in a store without its key' act note-add --store keyless --as desk on=C-1 text=x
    does 'which can be read' list case --store keyless
    ends 75 'is there already' 'a new store in the place of another' demo "$store"
}

damage() {
    copy short && truncate -s 100000 short/data.mdb
    ends 70 'cut short' 'a database that was cut off' list case --store short
    copy short && truncate -s 100 short/data.mdb
    ends 70 'damaged' 'a database of which the beginning is left' list case --store short
    copy short && : >short/data.mdb
    ends 70 'Keep them' 'a database that was emptied is rebuilt, not thrown away' list case --store short
    ends 0 'was rebuilt' 'from its journal' rebuild short rebuilt
    ends 0 'No fault was found' 'without a fault' verify --store rebuilt
    copy harmed && printf 'not what stood here' | dd of=harmed/data.mdb bs=1 seek=1000000 conv=notrunc 2>/dev/null
    ends 70 'fault' 'a database in which a byte was changed' verify --store harmed
    copy torn && truncate -s -100 torn/journal/000000.leaf
    does 'a torn journal file' act note-add --store torn --as desk on=C-1 text=x
    ends 0 'No fault was found' 'is mended from the database' verify --store torn
    copy bare && rm -r bare/journal
    ends 0 'saved all the same' 'journal files that cannot be written are named' act note-add --store bare --as desk on=C-1 text=x
}

# A copy at rest, as from a backup; the superuser may write anywhere, and so reads it as another user.
read_only() {
    copy fixed && rm fixed/lock.mdb && chmod -R a+rX,a-w fixed && chmod a+rx "$place"
    reader=
    if [ "$(id -u)" = 0 ]; then
        reader='setpriv --reuid 65534 --regid 65534 --clear-groups'
        if ! $reader "$program" --version >/dev/null 2>&1; then
            skip 'a folder that is read-only can be read' 'no other user can run the program'
            skip 'and no act is done in it' 'no other user can run the program'
            return
        fi
    fi
    $reader "$program" list case --store "$place/fixed" --limit 1 >out 2>err
    code=$?
    [ "$code" = 0 ] && grep -q '^C-' out
    point 'a folder that is read-only can be read' $?
    $reader "$program" act note-add --store "$place/fixed" --as desk on=C-1 text=x --lang en >out 2>err
    code=$?
    [ "$code" = 73 ] && grep -q 'read-only\|cannot be written' err
    point 'and no act is done in it' $?
}

passwords() {
    ends 64 'password is needed' 'a new store without a password' init real number=A-0001 name=x </dev/null
    echo short >secret
    ends 65 '8 to 128' 'a password that is too short' init real number=A-0001 name=x --password-fd 3 3<secret
    [ ! -e real ]
    point 'leaves no store behind' $?
    echo 'three plain words' >secret
    ends 0 'is ready' 'a real store' init real number=A-0001 'name=陳大文 | CHAN Tai-man' --password-fd 3 3<secret
    ends 64 'who you are' 'is read by nobody unnamed' list officer --store real
    ends 0 'CHAN Tai-man' 'is read with the password' list officer --store real --as A-0001 --password-fd 3 3<secret
    echo 'three other words' >wrong
    ends 77 'number or the password is wrong' 'not with another' list officer --store real --as A-0001 --password-fd 3 3<wrong
    ends 77 'number or the password is wrong' 'nor by another, in the same words' \
        list officer --store real --as A-0002 --password-fd 3 3<secret
    ends 64 'No password could be read' 'a password from nowhere' list officer --store real --as A-0001 --password-fd 77
    ends 0 'No fault was found' 'and the new store is whole' verify --store real
}

# One case is made secret: others find nothing of it, and the clerk its number.
need_to_know() {
    copy hushed
    ends 77 'officer in charge decides' 'not everybody says who may read a case' \
        act case-restrict --store hushed --as D-1204 on=C-8 sensitivity=secret reason=x
    ends 0 'C-8' 'its officer in charge does' \
        act case-restrict --store hushed --as desk on=C-8 sensitivity=secret reason=x
    ends 66 'found under' 'a secret case is not found by its number' find YTG/23/00001-X --store hushed --as D-1204
    ends 66 'found under' 'nor shown' show C-8 --store hushed --as D-1204
    ends 66 'found under' 'nor amended' act case-amend --store hushed --as D-1204 on=C-8 paper_file=x
    for format in text tsv csv json; do
        run export case --store hushed --as D-1204 --format "$format"
        [ "$code" = 0 ] && [ -s out ] && ! grep -q 'YTG/23/00001' out
        point "nor exported as $format" $?
    done
    ends 0 'not permitted' 'a clerk sees that it is there' list case --store hushed --as clerk --filter number:YTG/23/00001
    ends 0 'withheld' 'and its number' show C-8 --store hushed --as clerk
    ends 77 'not permitted to read C-8' 'but not its history' show C-8 history --store hushed --as clerk
    ends 0 'left out' 'and exports it to nobody' export case --store hushed --as clerk
    ends 0 'Dried fish maw' 'nor does it keep a clerk from its exhibits' show E-31 --store hushed --as clerk
    ends 0 'Yau Tong' 'an auditor reads it' show C-8 --store hushed --as A-0007
    grep -q 'record.view' hushed/journal/000000.leaf
    point 'and that stands in the journal' $?
    ends 0 'No fault was found' 'and the store is whole' verify --store hushed
}

# A reader that leaves early is no failure.
pipes() {
    "$program" export commodity --store "$store" 2>err | head -n 1 >out
    [ -s out ] && [ ! -s err ]
    point 'a reader that leaves is no failure' $?
    if [ -w /dev/full ]; then
        "$program" list case --store "$store" --lang en >/dev/full 2>err
        code=$?
        [ "$code" = 74 ] && grep -q 'could not be written' err
        point 'a full disk under the output is one' $?
    else
        skip 'a full disk under the output is one' 'no /dev/full'
    fi
}

run demo "$store"
point 'a demonstration store' "$code"
command_line
values
text_there_and_back
files
tended
two_people
need_to_know
places
damage
read_only
passwords
pipes
echo "1..$number"
exit "$failed"
