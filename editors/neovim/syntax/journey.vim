" Colours of maps, for Vim and for Neovim without a tree-sitter parser. They are those of grammar/queries/highlights.scm:
" a test holds both against each other. The lists of words come from compiler/schema/schema.def: `test_queries write`
" renews them.
if exists('b:current_syntax')
  finish
endif
let s:cpo = &cpo
set cpo&vim

" words: properties
let s:properties = [
      \ 'about', 'actor', 'after', 'answered', 'as', 'at', 'availability', 'backstage', 'baseline', 'because',
      \ 'before', 'behaviour', 'below', 'better', 'by', 'change', 'claim', 'client', 'clients', 'collected',
      \ 'colour', 'column', 'computed-by', 'confidence', 'costs', 'covers', 'dates', 'decimal', 'delimiter',
      \ 'demographics', 'does', 'drop', 'due', 'effort', 'encoding', 'every', 'expect', 'extends', 'feels', 'file',
      \ 'for', 'format', 'fresh-for', 'from', 'frontstage', 'frustration', 'goal', 'hands-over', 'header', 'hurts',
      \ 'icon', 'impact', 'importance', 'in', 'lanes', 'mapped-by', 'margin', 'means', 'measure', 'meets', 'member',
      \ 'method', 'moment-of-truth', 'motivation', 'needs', 'note', 'objective', 'observed-as', 'owner', 'path',
      \ 'persona', 'preference', 'quote', 'ranked-by', 'reach', 'reduced-by', 'relationship', 'revenue',
      \ 'review-every', 'reviewed', 'role', 'rule', 'satisfaction', 'scale', 'scenario', 'seen-in', 'sees',
      \ 'segment', 'serves', 'set', 'severity', 'shows', 'silence', 'size', 'solves', 'source', 'stages', 'status',
      \ 'supported-by', 'takes', 'target', 'thinks', 'to', 'too-large', 'type', 'unit', 'using', 'validated',
      \ 'version', 'via', 'vocabulary', 'waits', 'when', 'where', 'with', 'worth',
      \ ]
" end
" words: declares at the top
let s:declares_at_the_top = [
      \ 'channel', 'check', 'emotion', 'evidence', 'journey', 'lane', 'method', 'metric', 'persona', 'segment',
      \ 'severity', 'stage-name', 'system', 'team', 'vocabulary',
      \ ]
" end
" words: declares inside
let s:declares_inside = [
      \ 'actor', 'needs', 'opportunity', 'pain', 'stage', 'touchpoint',
      \ ]
" end
" words: refers
let s:refers = [
      \ 'actor', 'after', 'as', 'backstage', 'before', 'by', 'change', 'drop', 'expect', 'extends', 'feels', 'for',
      \ 'from', 'frontstage', 'in', 'lanes', 'mapped-by', 'means', 'measure', 'meets', 'method', 'needs', 'owner',
      \ 'persona', 'seen-in', 'segment', 'severity', 'solves', 'stages', 'supported-by', 'to', 'using', 'via',
      \ 'vocabulary',
      \ ]
" end

" ---- what words look like ----

" Whatever is no space, quote, bracket, operator or punctuation may stand in a name, in any script.
let s:letter = '[^[:space:][:cntrl:]!-/:-@[-^`{-~“”„«»→≤≥−–—…€£¥§°]'
let s:joint = "[-.'·’]"
let s:name = s:letter . '\+\%(' . s:joint . s:letter . '\+\)*'
let s:end = '\%(' . s:joint . '\?' . s:letter . '\)\@!'
let s:digits = '\d\+\%(\.\d\+\)\?'
let s:sign = '[-+−]\?'
let s:arrow = '\s*\%(->\|→\)'

function! s:match(group, pattern, more) abort
  execute 'syntax match' a:group "\x01\\C" . a:pattern . "\x01" a:more
endfunction
function! s:words(list) abort
  return '\%(' . join(a:list, '\|') . '\)' . s:end
endfunction

" ---- what may stand behind what ----

syntax cluster journeyLiteral contains=journeyString,journeyUnclosed,journeyTextBlock,journeyNumber,journeyColour
syntax cluster journeyRest contains=@journeyLiteral,journeyOperator,journeyComma,journeyTo
" Behind a value the line may go on with a keyword: via, feels, takes.
syntax cluster journeyGoesOn contains=@journeyRest,journeyPlain,journeyProperty,journeyReferring
syntax cluster journeyFirst contains=@journeyRest,journeyPlain
syntax cluster journeyDeclares contains=@journeyRest,journeyDeclared
syntax cluster journeyRefers contains=@journeyRest,journeyReference

call s:match('journeyPlain', s:name, 'contained nextgroup=@journeyGoesOn skipwhite')
call s:match('journeyDeclared', s:name, 'contained nextgroup=@journeyGoesOn skipwhite')
call s:match('journeyReference', s:name, 'contained nextgroup=@journeyGoesOn skipwhite')
call s:match('journeyProperty', s:words(s:properties), 'contained nextgroup=@journeyGoesOn skipwhite')
call s:match('journeyReferring', s:words(s:refers), 'contained nextgroup=@journeyRefers skipwhite')
syntax match journeyComma /,/ contained nextgroup=@journeyRefers skipwhite
syntax match journeyOperator /[<>=]=\?\|!=\|[≥≤]/ contained nextgroup=@journeyFirst skipwhite

" ---- a line begins ----

" With a keyword, whichever it is: what the word says is the matter of `journey check`.
let s:begins = '\%(^\s*\|[{}]\s*\)\@<=' . s:name . '\%(' . s:arrow . '\)\@!'
call s:match('journeyKeyword', s:begins, 'contained nextgroup=@journeyFirst skipwhite')
function! s:begin(group, list, more) abort
  call s:match(a:group, '\%(^\s*\|[{}]\s*\)\@<=' . s:words(a:list) . '\%(' . s:arrow . '\)\@!', a:more . ' skipwhite')
endfunction
call s:match('journeyTopKeyword', s:begins, 'nextgroup=@journeyFirst skipwhite')
call s:begin('journeyTopDeclares', s:declares_at_the_top, 'nextgroup=@journeyDeclares')
call s:begin('journeyInDeclares', s:declares_inside, 'contained nextgroup=@journeyDeclares')
" `needs` declares in a persona and refers elsewhere: as in the query, it refers.
call s:begin('journeyRefersTo', s:refers, 'contained nextgroup=@journeyRefers')
" Or with an arrow's first step.
call s:match('journeyFrom', '\%(^\s*\|[{}]\s*\)\@<=' . s:name . '\%(' . s:arrow . '\)\@=', 'nextgroup=journeyTo skipwhite')
syntax match journeyTo /->\|→/ contained nextgroup=@journeyRefers skipwhite

syntax region journeyBlock matchgroup=journeyBrace start=/{/ end=/}/ fold transparent
      \ contains=journeyBlock,journeyKeyword,journeyInDeclares,journeyRefersTo,journeyFrom,@journeyLiteral,journeyComment,journeyDoc

" ---- values ----

" The longest match wins (24h-support is a name), so that each of these ends where a name would.
let s:numbers = join([
      \ s:sign . s:digits . '\.\.' . s:sign . s:digits,
      \ '\d\{4}-\d\d-\d\d', '\d\{1,2}:\d\d',
      \ '\%(' . s:digits . '\%(s\|min\|h\|d\|w\|mo\|y\)\)\+',
      \ s:sign . '[€£¥$₠-⃀]' . s:digits . '[kKmM]\?', s:sign . s:digits . '[kKmM]\?\%([€£¥$₠-⃀]\|\u\u\u\)',
      \ s:sign . s:digits . '[ \t]\?%', s:sign . s:digits], '\|')
call s:match('journeyNumber', '\%(' . s:numbers . '\)' . s:end, 'nextgroup=@journeyGoesOn skipwhite')
syntax match journeyColour /#\x\{3,8}/ nextgroup=@journeyGoesOn skipwhite
" Without its end, a text stops at a brace, so that the block that the line opens is kept.
syntax match journeyUnclosed /"\%([^"\\{}]\|\\.\)*\\\?\|[“„«][^“”»{}]*/ nextgroup=@journeyGoesOn skipwhite
syntax match journeyString /"\%([^"\\]\|\\.\)*"\|“[^”]*”\|„[^“”]*[“”]\|«[^»]*»/ nextgroup=@journeyGoesOn skipwhite
syntax region journeyTextBlock start=/"""/ skip=/\\./ end=/"\{3,5}/ nextgroup=@journeyGoesOn skipwhite fold contains=@Spell

syntax match journeyComment #//.*# contains=@Spell
syntax match journeyDoc #///\%([^/].*\)\?$# contains=@Spell

" Where to begin to read when the screen shows the middle of a file: what stands at the left edge is in no block.
syntax sync match journeySync grouphere NONE /^\a/
syntax sync maxlines=3000

highlight default link journeyKeyword Keyword
highlight default link journeyTopKeyword journeyKeyword
highlight default link journeyTopDeclares journeyKeyword
highlight default link journeyInDeclares journeyKeyword
highlight default link journeyRefersTo journeyKeyword
highlight default link journeyProperty journeyKeyword
highlight default link journeyReferring journeyKeyword
highlight default link journeyDeclared Type
highlight default link journeyReference Identifier
highlight default link journeyFrom journeyReference
highlight default link journeyTo Operator
highlight default link journeyOperator Operator
highlight default link journeyBrace Delimiter
highlight default link journeyComma Delimiter
highlight default link journeyString String
highlight default link journeyUnclosed String
highlight default link journeyTextBlock String
highlight default link journeyNumber Number
highlight default link journeyColour Constant
highlight default link journeyComment Comment
highlight default link journeyDoc SpecialComment

let b:current_syntax = 'journey'
let &cpo = s:cpo
unlet s:cpo
