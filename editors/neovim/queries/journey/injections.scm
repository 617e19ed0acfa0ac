; Notes are Markdown, and a fence in them says which language it holds. Indentation stands between the lines of a text,
; not in them, so that it makes no code of them.
((statement
   keyword: (keyword) @_keyword
   (text_block (text_line) @injection.content))
  (#eq? @_keyword "note")
  (#set! injection.language "markdown")
  (#set! injection.combined))

; Elsewhere, a text that starts with a line of its own that is a Lua comment (`-- …`) is Lua.
((statement
   keyword: (keyword) @_keyword
   (text_block . (text_line) . (text_line) @_first (text_line) @injection.content))
  (#not-eq? @_keyword "note")
  (#match? @_first "^--")
  (#set! injection.language "lua")
  (#set! injection.combined))

((doc_comment) @injection.content
  (#set! injection.language "comment"))
