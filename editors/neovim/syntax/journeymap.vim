" The drawn map of :JourneyShow, and the texts of :JourneyScore and :JourneyPlan. No colour says what signs and words don't say as well.
if exists('b:current_syntax')
  finish
endif

syntax match journeymapRule /[│┊─╌┌┬┐├┼┤└┴┘]\+/
syntax match journeymapHeavy /━\+/
syntax match journeymapTitle /\%1l.*/
" What a row is about stands at the left edge.
syntax match journeymapLabel /^[[:alnum:]][[:alnum:] ]\{0,13}\ze\s*\%(│\|\s[+−0-9].*│\)/
syntax match journeymapLabel /^\u[[:alpha:] ]\{1,12}\ze\s\{2,}\S/
syntax match journeymapLine /━━ \zs.*\ze ━/
syntax match journeymapCurve /[⠁-⣿●○◇□]\+/
syntax match journeymapGood /[✓▲]/
syntax match journeymapBad /[✗▼]\|!\{1,4}\ze \u/
syntax match journeymapAlert /△[^│┊]*/
syntax match journeymapMoment /◆[^│┊]*/
syntax match journeymapSource /\[\d[0-9,]*\]/

highlight default link journeymapRule NonText
highlight default link journeymapHeavy NonText
highlight default link journeymapTitle Title
highlight default link journeymapLabel Statement
highlight default link journeymapLine Title
highlight default link journeymapCurve Number
highlight default link journeymapGood String
highlight default link journeymapBad Exception
highlight default link journeymapAlert WarningMsg
highlight default link journeymapMoment Special
highlight default link journeymapSource NonText
highlight default link JourneyHere Visual

let b:current_syntax = 'journeymap'
