#!/bin/sh
# The screen inside tmux and GNU screen, where they are installed: what an officer sees there, with the cursor in its row.
# TIDEWAITER is the program.

set -u
LC_ALL=C.UTF-8
export LC_ALL

program=$(realpath "${TIDEWAITER:-./tidewaiter}")
folder=$(mktemp -d)
number=0
failed=0
socket=tidewaiter-$$

finish() {
    tmux -L "$socket" kill-server 2>/dev/null
    SCREENDIR=$folder/screens screen -S "$socket" -X quit >/dev/null 2>&1
    # The programs that were hung up may still be writing their last entries.
    rm -rf "$folder" 2>/dev/null || { sleep 1 && rm -rf "$folder"; }
}
trap finish EXIT

result() {
    number=$((number + 1))
    if test "$1" = yes; then
        echo "ok $number - $2"
    else
        failed=1
        echo "not ok $number - $2"
        sed 's/^/# /' "$folder/seen" 2>/dev/null
    fi
}

skip() {
    number=$((number + 1))
    echo "ok $number - $1 # SKIP $2"
}

# Runs "$1" until what it prints contains "$2"; ten seconds at most.
shows() {
    tries=0
    while test $tries -lt 100; do
        $1 >"$folder/seen" 2>/dev/null
        grep -q "$2" "$folder/seen" && return 0
        tries=$((tries + 1))
        sleep 0.1
    done
    return 1
}

yes_if() {
    if "$@"; then echo yes; else echo no; fi
}

in_tmux() {
    tmux -L "$socket" "$@"
}

tmux_screen() {
    in_tmux capture-pane -p
}

tmux_cursor() {
    in_tmux display -p '#{cursor_y} #{cursor_x}'
}

in_screen() {
    SCREENDIR=$folder/screens screen -S "$socket" -X "$@"
}

screen_screen() {
    in_screen hardcopy "$folder/copy" && cat "$folder/copy"
}

"$program" demo "$folder/store" >/dev/null || exit 1
echo 1..7
run="$program --store $folder/store --as desk --lang both"

if command -v tmux >/dev/null; then
    in_tmux -f /dev/null new-session -d -x 80 -y 24 "$run"
    result "$(yes_if shows tmux_screen '待我處理 Waiting for me')" 'the first screen stands in tmux'
    in_tmux send-keys F9
    in_tmux send-keys -l cases
    in_tmux send-keys Enter
    result "$(yes_if shows tmux_screen '案號 No\.')" 'keys open a list in tmux'
    in_tmux send-keys F3
    in_tmux send-keys -l 魚翅
    result "$(yes_if shows tmux_screen '魚翅')" 'Chinese is typed in tmux'
    shows tmux_cursor '^[0-9]' && row=$(cut -d' ' -f1 "$folder/seen")
    tmux_screen >"$folder/seen"
    result "$(yes_if grep -q 魚翅 <<X
$(sed -n "$((row + 1))p" "$folder/seen")
X
)" 'the cursor stands where it is typed'
    in_tmux resize-window -x 60 -y 10
    result "$(yes_if shows tmux_screen '此視窗有')" 'a window that is too small says so in tmux'
else
    for what in 'the first screen stands in tmux' 'keys open a list in tmux' \
        'Chinese is typed in tmux' 'the cursor stands where it is typed' \
        'a window that is too small says so in tmux'; do
        skip "$what" 'tmux is not installed'
    done
fi

if command -v screen >/dev/null; then
    mkdir -m 700 "$folder/screens"
    printf 'defutf8 on\ndefencoding UTF-8\n' >"$folder/screenrc"
    TERM=xterm-256color SCREENDIR=$folder/screens \
        screen -U -c "$folder/screenrc" -dmS "$socket" sh -c "stty rows 24 cols 80; exec $run"
    result "$(yes_if shows screen_screen 'Waiting for me')" 'the first screen stands in GNU screen'
    in_screen stuff "$(printf '\033[20~cases\r')"
    result "$(yes_if shows screen_screen 'No\.')" 'keys open a list in GNU screen'
else
    skip 'the first screen stands in GNU screen' 'screen is not installed'
    skip 'keys open a list in GNU screen' 'screen is not installed'
fi
exit $failed
