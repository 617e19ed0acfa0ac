; What a file declares, and what stands in a map: by its id, or by its title where it has none. (The keyword bears a
; capture, @local.reference, only because its word is asked for; tags allow no other for that.)
((source_file
   (doc_comment)* @doc
   .
   (statement
     keyword: (keyword) @local.reference
     . [(name) (string)] @name) @definition.class)
  (#any-of? @local.reference
    ; words: declares at the top
    "channel" "emotion" "evidence" "journey" "lane" "method" "metric" "persona" "segment" "severity" "system" "team"
    ; end
  )
  (#strip! @doc "^///[ \\t]*"))

((block
   (doc_comment)* @doc
   .
   (statement
     keyword: (keyword) @local.reference
     . [(name) (string)] @name) @definition.class)
  (#any-of? @local.reference
    ; words: declares inside
    "opportunity" "pain" "stage" "touchpoint"
    ; end
  )
  (#strip! @doc "^///[ \\t]*"))

; What points to it.
((block (statement keyword: (keyword) @local.reference . (name) @name @reference.class))
  (#any-of? @local.reference
    ; words: refers
    "after" "backstage" "before" "by" "change" "drop" "expect" "extends" "feels" "from" "frontstage" "in" "lanes"
    "mapped-by" "measure" "method" "owner" "persona" "seen-in" "segment" "severity" "solves" "supported-by" "using"
    "via"
    ; end
  ))
(([(name) (string) (unclosed_string) (text_block) (number) (percent) (duration) (money) (date) (range) (colour)]
  . (name) @local.reference . (name) @name @reference.class)
  (#any-of? @local.reference
    ; words: refers
    "after" "backstage" "before" "by" "change" "drop" "expect" "extends" "feels" "from" "frontstage" "in" "lanes"
    "mapped-by" "measure" "method" "owner" "persona" "seen-in" "segment" "severity" "solves" "supported-by" "using"
    "via"
    ; end
  ))
(statement "," . (name) @name @reference.class)
(arrow from: (name) @name @reference.class)
(arrow to: (name) @name @reference.class)
