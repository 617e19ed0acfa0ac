" Lines stand as deep as the blocks around them.
if exists('b:did_indent')
  finish
endif
let b:did_indent = 1

setlocal indentexpr=JourneyIndent(v:lnum) indentkeys=0{,0},!^F,o,O nosmartindent
let b:undo_indent = 'setlocal indentexpr< indentkeys< smartindent<'

if exists('*JourneyIndent')
  finish
endif

" The line without its texts and its comment, in which a brace is only a character.
function! s:bare(number)
  let line = substitute(getline(a:number), '"\%([^"\\]\|\\.\)*"', '', 'g')
  return substitute(line, '//.*', '', '')
endfunction

" Whether the line begins inside a text block, """ … """.
function! s:in_text(number)
  return a:number > 1 && synIDattr(synID(a:number, 1, 0), 'name') ==# 'journeyTextBlock'
        \ && getline(a:number) !~# '^\s*"""'
endfunction

function! JourneyIndent(number)
  let above = prevnonblank(a:number - 1)
  if above == 0
    return 0
  endif
  if s:in_text(a:number)
    return -1
  endif
  while above > 1 && s:in_text(above)
    let above -= 1
  endwhile
  let text = substitute(s:bare(above), '^[[:space:]}]*', '', '')
  let deeper = strlen(substitute(text, '[^{]', '', 'g')) - strlen(substitute(text, '[^}]', '', 'g'))
  let back = getline(a:number) =~# '^\s*}'
  return max([0, indent(above) + shiftwidth() * (deeper - back)])
endfunction
