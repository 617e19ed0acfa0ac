" Maps in Vim with ALE. Colours, indentation and :make come from editors/neovim, whose files are Vim's too.

" g:journey_cmd: the program, a name or a path.
function! journey#Program() abort
  let l:cmd = get(g:, 'journey_cmd', 'journey')
  return type(l:cmd) == type([]) ? l:cmd[0] : l:cmd
endfunction

" The project around the file of a buffer: where its settings are, else its repository, else its folder.
function! journey#Root(buffer) abort
  let l:folder = fnamemodify(bufname(a:buffer), ':p:h')
  for l:name in ['journey.json', 'project.journey']
    let l:found = findfile(l:name, fnameescape(l:folder) . ';')
    if !empty(l:found)
      return fnamemodify(l:found, ':p:h')
    endif
  endfor
  let l:git = finddir('.git', fnameescape(l:folder) . ';')
  return empty(l:git) ? l:folder : fnamemodify(l:git, ':p:h:h')
endfunction

" For :ALEFix: the columns of the map as `journey fmt` has them.
function! journey#Fix(buffer) abort
  return {'command': ale#Escape(journey#Program()) . ' fmt -'}
endfunction

" ---- what the server can do ----

function! s:say(text) abort
  echohl WarningMsg
  echomsg 'journey: ' . a:text
  echohl None
endfunction

function! s:browser() abort
  let l:names = exists('g:journey_browser') ? [g:journey_browser] : ['xdg-open', 'open', 'wslview']
  let l:there = filter(copy(l:names), 'executable(v:val)')
  return empty(l:there) ? '' : l:there[0]
endfunction

" A page is for the browser, a text for a window.
function! s:open(uri) abort
  let l:browser = s:browser()
  if a:uri =~# '\v^file:///.*\.(txt|md)$'
    let l:path = substitute(a:uri[7:], '%\(\x\x\)', '\=nr2char("0x" . submatch(1))', 'g')
    execute 'split' fnameescape(l:path)
    setlocal autoread nowrap
  elseif empty(l:browser)
    call s:say('no browser is found; the page is ' . a:uri)
  else
    call job_start([l:browser, a:uri], {'stoponexit': ''})
  endif
endfunction

function! s:answered(response) abort
  if has_key(a:response, 'error')
    call s:say(a:response.error.message)
  elseif type(get(a:response, 'result')) == type({})
    call s:open(a:response.result.uri)
  endif
endfunction

" `command` is one of the server's: journey.preview, journey.score, journey.plan, journey.report.
function! journey#Ask(command) abort
  if !exists(':ALEInfo')
    call s:say('ALE is not installed: editors/vim/README.md says how')
    return
  elseif !executable(journey#Program())
    call journey#Check()
    return
  endif
  let l:about = {'command': a:command, 'arguments': [ale#util#ToURI(expand('%:p')), v:null, winwidth(0)]}
  call ale#lsp_linter#SendRequest(bufnr(''), 'journey', [0, 'workspace/executeCommand', l:about], function('s:answered'))
endfunction

" Says once where the program is missing; ALE says nothing.
function! journey#Check() abort
  if !executable(journey#Program())
    call s:say(journey#Program() . ' is not found: install it, or set g:journey_cmd; until then there are only colours')
  endif
endfunction
