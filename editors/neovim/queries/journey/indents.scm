; Helix reads @indent and @outdent, Neovim @indent.begin, @indent.branch and @indent.end.
(block) @indent @indent.begin
(block "}" @outdent @indent.branch @indent.end)
(text_block) @indent.ignore
(comment) @indent.auto
