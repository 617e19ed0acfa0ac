" Maps in Vim with ALE: commands, keys, and where completion comes from. See editors/vim/README.md.
if exists('g:loaded_journey_vim') || has('nvim') || v:version < 802
  finish
endif
let g:loaded_journey_vim = 1

command! JourneyPreview call journey#Ask('journey.preview')
command! JourneyScore call journey#Ask('journey.score')
command! JourneyPlan call journey#Ask('journey.plan')
command! JourneyReport call journey#Ask('journey.report')

function! s:begin() abort
  if exists(':ALEInfo')
    call ale#fix#registry#Add('journey', 'journey#Fix', ['journey'], 'Tidies maps with journey fmt.')
    setlocal omnifunc=ale#completion#OmniFunc
  endif
  if !exists('s:checked')
    let s:checked = 1
    " Behind the message that tells of the opened file.
    autocmd CursorHold,CursorMoved,InsertEnter <buffer> ++once call journey#Check()
  endif
endfunction

augroup journey_vim
  autocmd!
  autocmd FileType journey call s:begin()
augroup END
