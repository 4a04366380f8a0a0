# Completion of tidewaiter for bash: verbs, options, types of record, acts and their fields.
# The acts come from the program itself; the rest is held against it by tests/manual.sh.

_tidewaiter_verbs='init demo list show find act export label paper verify rebuild play user help'
_tidewaiter_options='--store --as --second --password-fd --lang --format --filter --by --reverse
    --limit --all-fields --as-at --quick --mono --ascii --no-mouse --plain
    --escape-ms --help --version'
_tidewaiter_types='officer signing_key formation place location operation case seizure exhibit seal
    handover report task party involvement thing link ordinance offence commodity unit mode species status outcome disposal_route
    outside_system rank'

# The verb of the line and the word after it, past options and their values.
_tidewaiter_verb_and_word()
{
    local i
    verb='' word=''
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        --reverse | --all-fields | --quick | --mono | --ascii | --no-mouse | --plain | --help | -h | --version) ;;
        --*) ((i++)) ;;
        *)
            if [[ -z $verb ]]; then
                verb=${COMP_WORDS[i]}
            elif [[ -z $word ]]; then
                word=${COMP_WORDS[i]}
            fi
            ;;
        esac
    done
}

# The first words of the program's answer: names of acts, "field=" of an act.
_tidewaiter_asked()
{
    "${COMP_WORDS[0]}" act "$@" --lang en 2>/dev/null | sed -n "$pattern"
}

_tidewaiter_words()
{
    local pattern
    case $verb in
    '') echo "$_tidewaiter_verbs" ;;
    list | export) [[ -n $word ]] || echo "$_tidewaiter_types" ;;
    show) [[ -z $word ]] || echo history ;;
    label) [[ -n $word ]] || echo text svg zpl escpos ;;
    paper) [[ -z $word ]] && echo custody-form continuity-statement receipt lending-note || echo text html ;;
    act)
        if [[ -z $word ]]; then
            pattern='s/^\([a-z-]*\) .*/\1/p'
            _tidewaiter_asked
        else
            pattern='s/^  \([a-z_]*=\).*/\1/p'
            _tidewaiter_asked "$word" --help
        fi
        ;;
    esac
}

_tidewaiter()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} verb word

    COMPREPLY=()
    case $previous in
    --store) mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
    --lang) mapfile -t COMPREPLY < <(compgen -W 'zh en both' -- "$current"); return ;;
    --format) mapfile -t COMPREPLY < <(compgen -W 'text tsv csv json' -- "$current"); return ;;
    --as | --second) mapfile -t COMPREPLY < <(compgen -W 'desk supervisor clerk administrator' -- "$current"); return ;;
    --by | --filter | --limit | --as-at | --password-fd) return ;;
    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$_tidewaiter_options" -- "$current")
        return
    fi
    _tidewaiter_verb_and_word
    case $verb in
    init | demo | rebuild) mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
    play) mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$(_tidewaiter_words)" -- "$current") ;;
    esac
    [[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace
}

complete -F _tidewaiter tidewaiter
