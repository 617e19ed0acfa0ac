# Maps in Kakoune: colours, indentation, what is wrong (:lint), tidying (:format), the map. With kakoune-lsp, see README.md.
# A brace in a pattern is written \x7b or \x7d: Kakoune would count it.

declare-option -docstring "the program journey: a name that is in the PATH, or a path" str journey_program journey
declare-option -docstring "what opens a page: usually xdg-open, or open on a Mac" str journey_browser ''

hook global BufCreate .*[.]journey %{ set-option buffer filetype journey }

hook global WinSetOption filetype=journey %{
    require-module journey
    add-highlighter window/journey ref journey
    set-option window static_words %opt{journey_static_words}
    hook -group journey-indent window InsertChar \n journey-indent-on-new-line
    hook -group journey-indent window InsertChar \x7d journey-indent-on-closing
    hook -once -always window WinSetOption filetype=.* %{
        remove-highlighter window/journey
        remove-hooks window journey-.*
        unset-option window static_words
    }
}

hook global BufSetOption filetype=journey %{
    set-option buffer comment_line '//'
    set-option buffer indentwidth 2
    set-option buffer lintcmd "journey='%opt{journey_program}'; %opt{journey_lint} journey_lint"
    set-option buffer formatcmd "'%opt{journey_program}' fmt -"
}

# The text as it is, unsaved, in the place of its file; {file}:{line}:{column}: {kind}: {message}
declare-option -hidden str journey_lint %{
    journey_lint() {
        if ! command -v "$journey" >/dev/null; then
            echo "$journey is not found: install it, or set the option journey_program" >&2
            return
        fi
        cd "$(dirname "$kak_buffile")" &&
        "$journey" check - --stdin-path "$kak_buffile" --all < "$1" | awk -v name="${kak_buffile##*/}" '
            /^(error|warning|information|hint) / { kind = $1 == "error" ? "error" : "warning"; message = substr($0, length($1) + 2) }
            /^  .*:[0-9]+:[0-9]+$/ && message {
                if (index($0, "  " name ":") == 1) print substr($0, 3) ": " kind ": " message
                message = ""
            }'
    }
}

# A text that the program makes of this file, as it is saved, in a buffer: verb, end of the name.
define-command -hidden journey-run -params 2 %{
    evaluate-commands %sh{
        quoted() { printf '%s' "$1" | sed "s/'/''/g; 1s/^/'/; \$s/\$/'/"; }
        if ! command -v "$kak_opt_journey_program" >/dev/null; then
            printf 'fail %s' "$(quoted "$kak_opt_journey_program is not found: install it, or set the option journey_program")"
            exit
        fi
        folder=${XDG_CACHE_HOME:-$HOME/.cache}/journey
        page=$folder/kakoune-$(basename "$kak_buffile" .journey)-$2
        mkdir -p "$folder"
        find "$folder" -maxdepth 1 -type f -name 'kakoune-*' -mtime +30 -exec rm -f {} +
        if why=$("$kak_opt_journey_program" "$1" "$kak_buffile" 2>&1 >"$page"); then
            printf 'edit! -readonly -existing %s' "$(quoted "$page")"
        else
            printf 'fail %s' "$(quoted "$(printf '%s' "$why" | head -n 1)")"
        fi
    }
}

# `journey preview` runs until Kakoune ends; its first line is the address of the page.
define-command -docstring "the drawn map of this file in the browser, anew whenever it is saved" journey-preview %{
    evaluate-commands %sh{
        quoted() { printf '%s' "$1" | sed "s/'/''/g; 1s/^/'/; \$s/\$/'/"; }
        if ! command -v "$kak_opt_journey_program" >/dev/null; then
            printf 'fail %s' "$(quoted "$kak_opt_journey_program is not found: install it, or set the option journey_program")"
            exit
        fi
        folder=$(mktemp -d) && mkfifo "$folder/address" || exit
        "$kak_opt_journey_program" preview --no-open "$kak_buffile" >"$folder/address" 2>"$folder/why" </dev/null &
        server=$!
        read -r address <"$folder/address"
        if [ -z "$address" ]; then
            printf 'fail %s' "$(quoted "$(head -n 1 "$folder/why")")"
        else
            printf 'hook global KakEnd .* %%{ nop %%sh{ kill %s } }\n' "$server"
            printf 'echo -markup %s\n' "$(quoted "{Information}the page follows every save: $address")"
            for browser in $kak_opt_journey_browser xdg-open open wslview; do
                command -v "$browser" >/dev/null || continue
                ("$browser" "$address" >/dev/null 2>&1 </dev/null &)
                break
            done
        fi
        rm -r "$folder"
    }
}
define-command -docstring "the map of this file, as it is saved, in the terminal" journey-show %{ journey-run show map.txt }
define-command -docstring "the numbers of the map, as it is saved" journey-score %{ journey-run score score.txt }
define-command -docstring "the opportunities of the map, as it is saved, ranked" journey-plan %{ journey-run plan plan.txt }

provide-module journey %§

define-command -hidden journey-indent-on-new-line %{
    evaluate-commands -draft -itersel %{
        try %{ execute-keys -draft <semicolon> K <a-&> } # as the line before
        try %{ execute-keys -draft k x <a-k> \x7b\h*(//[^\n]*)?$ <ret> j <a-gt> }
        try %{ execute-keys -draft k x <a-k> ^\h+$ <ret> Hd }
    }
}
define-command -hidden journey-indent-on-closing %{
    evaluate-commands -draft -itersel %{
        try %{ execute-keys -draft <a-h> <a-k> ^\h+\x7d$ <ret> <lt> }
    }
}

add-highlighter shared/journey regions
add-highlighter shared/journey/code default-region group
add-highlighter shared/journey/text region '"""' '(?<!\\)"""' fill string
add-highlighter shared/journey/string region '"' '(?<!\\)(\\\\)*"|$' fill string
add-highlighter shared/journey/curly region '[“„«]' '[”“»]|$' fill string
add-highlighter shared/journey/documentation region '///(?!/)' '$' fill documentation
add-highlighter shared/journey/comment region '//' '$' fill comment

# Words. They come from compiler/schema/schema.def: `test_queries write` renews them.
evaluate-commands %sh{
    # words: properties
    properties='
        about actor after answered as at availability backstage baseline because before behaviour below better by
        change claim client clients collected colour column computed-by confidence costs covers dates decimal
        delimiter demographics does drop due effort encoding every expect extends feels file for format fresh-for
        from frontstage frustration goal hands-over header hurts icon impact importance in lanes mapped-by margin
        means measure meets member method moment-of-truth motivation needs note objective observed-as owner path
        persona preference quote ranked-by reach reduced-by relationship revenue review-every reviewed role rule
        satisfaction scale scenario seen-in sees segment serves set severity shows silence size solves source stages
        status supported-by takes target thinks to too-large type unit using validated version via vocabulary waits
        when where with worth
    '
    # end
    # words: declares at the top
    declares_at_the_top='
        channel check emotion evidence journey lane method metric persona segment severity stage-name system team
        vocabulary
    '
    # end
    # words: declares inside
    declares_inside='
        actor needs opportunity pain stage touchpoint
    '
    # end
    # words: refers
    refers='
        actor after as backstage before by change drop expect extends feels for from frontstage in lanes mapped-by
        means measure meets method needs owner persona seen-in segment severity solves stages supported-by to using
        via vocabulary
    '
    # end
    any() { printf '%s' "$*" | tr -s ' \n' '||' | sed 's/^|//; s/|$//'; }
    end='(?![\w.-])'
    name="[\w][\w.'’·-]*"
    highlight() { printf 'add-highlighter shared/journey/code/ regex %%¶%s¶ %s\n' "$1" "$2"; }

    highlight '#[0-9A-Fa-f]{3,8}\b' '0:value'
    highlight '[-+−]?[€$£¥]?\b\d[\d.:-]*(\.\.[-+−]?\d+)?(\h?%|[\w€$£¥]+)?' '0:value'
    highlight "(?:^|[\x7b\x7d])\h*($name)" '1:keyword'
    highlight "\h($(any "$properties"))$end" '1:keyword'
    highlight "\h($(any "$refers"))\h+([^\W\d][\w.'’·-]*)" '2:variable'
    highlight "^\h*(?:$(any "$declares_at_the_top" "$declares_inside"))\h+([^\W\d][\w.'’·-]*)" '1:type'
    highlight "^\h+(?:$(any "$refers"))\h+([^\W\d][\w.'’·-]*)" '1:variable'
    highlight ",\h*($name)" '1:variable'
    highlight "($name)\h*(?:->|→)" '1:variable'
    highlight '->|→|[<>=≤≥]=?|!=' '0:operator'
    highlight "(?:->|→)\h*($name)" '1:variable'
    printf 'declare-option -hidden str-list journey_static_words %s\n' "$(any "$properties" "$declares_at_the_top" "$declares_inside" | tr '|' ' ')"
}
§
