" What holds for every map, in Vim and in Neovim.
if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

" A step behind // is kept and not read; /// is what a hover says of the next line. Notes are wrapped, lines are not.
setlocal comments=:///,:// commentstring=//\ %s
setlocal formatoptions-=t formatoptions+=croql
" As `journey fmt` writes.
setlocal expandtab shiftwidth=2 softtabstop=2
" A name goes on behind a hyphen: * and # find the whole of it.
setlocal iskeyword+=-
" gf on use "people.journey"
setlocal suffixesadd=.journey
" :make says what is wrong in the whole project, :make % in this file. g:journey_cmd: the program, usually journey.
let s:program = get(g:, 'journey_cmd', 'journey')
let &l:makeprg = (type(s:program) == type([]) ? join(s:program) : s:program) . ' check'
setlocal errorformat=%Eerror\ %m,%Wwarning\ %m,%Iinformation\ %m,%Ihint\ %m,%Z\ \ %f:%l:%c,%C%.%#,%-G%.%#

let b:undo_ftplugin = 'setlocal comments< commentstring< formatoptions< expandtab< shiftwidth< softtabstop<'
      \ . ' iskeyword< suffixesadd< makeprg< errorformat<'

" % goes from brace to brace, past those in texts.
let b:match_words = '{:}'
let b:match_skip = 's:comment\|string'
let b:undo_ftplugin .= ' | unlet! b:match_words b:match_skip'

if get(g:, 'journey_folding', 0)
  setlocal foldmethod=syntax
  let b:undo_ftplugin .= ' foldmethod<'
endif
