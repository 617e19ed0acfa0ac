" Maps are files that end in .journey.
autocmd BufNewFile,BufRead *.journey setfiletype journey
