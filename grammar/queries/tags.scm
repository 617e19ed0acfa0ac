; What a file declares, and what stands in a map: by its id, or by its title where it has none. (The keyword bears a
; capture, @local.reference, only because its word is asked for; tags allow no other for that.)
; Twice, with documentation and without: one pattern for both would lose what stands below something documented. Of two
; patterns for one name, the first one counts.
((source_file
   (doc_comment)+ @doc
   .
   (statement
     keyword: (keyword) @local.reference
     . [(name) (string)] @name) @definition.class)
  (#any-of? @local.reference
    ; words: declares at the top
    "channel" "check" "emotion" "evidence" "journey" "lane" "method" "metric" "persona" "segment" "severity"
    "stage-name" "system" "team" "vocabulary"
    ; end
  )
  (#strip! @doc "^///[ \\t]*"))
((source_file
   (statement
     keyword: (keyword) @local.reference
     . [(name) (string)] @name) @definition.class)
  (#any-of? @local.reference
    ; words: declares at the top
    "channel" "check" "emotion" "evidence" "journey" "lane" "method" "metric" "persona" "segment" "severity"
    "stage-name" "system" "team" "vocabulary"
    ; end
  ))

((block
   (doc_comment)+ @doc
   .
   (statement
     keyword: (keyword) @local.reference
     . [(name) (string)] @name) @definition.class)
  (#any-of? @local.reference
    ; words: declares inside
    "actor" "needs" "opportunity" "pain" "stage" "touchpoint"
    ; end
  )
  (#strip! @doc "^///[ \\t]*"))
((block
   (statement
     keyword: (keyword) @local.reference
     . [(name) (string)] @name) @definition.class)
  (#any-of? @local.reference
    ; words: declares inside
    "actor" "needs" "opportunity" "pain" "stage" "touchpoint"
    ; end
  ))

; What points to it.
((block (statement keyword: (keyword) @local.reference . (name) @name @reference.class))
  (#any-of? @local.reference
    ; words: refers
    "actor" "after" "as" "backstage" "before" "by" "change" "drop" "expect" "extends" "feels" "for" "from"
    "frontstage" "in" "lanes" "mapped-by" "means" "measure" "meets" "method" "needs" "owner" "persona" "seen-in"
    "segment" "severity" "solves" "stages" "supported-by" "to" "using" "via" "vocabulary"
    ; end
  ))
(([(name) (string) (unclosed_string) (text_block) (number) (percent) (duration) (money) (date) (time) (range) (colour)]
  . (name) @local.reference . (name) @name @reference.class)
  (#any-of? @local.reference
    ; words: refers
    "actor" "after" "as" "backstage" "before" "by" "change" "drop" "expect" "extends" "feels" "for" "from"
    "frontstage" "in" "lanes" "mapped-by" "means" "measure" "meets" "method" "needs" "owner" "persona" "seen-in"
    "segment" "severity" "solves" "stages" "supported-by" "to" "using" "via" "vocabulary"
    ; end
  ))
(statement "," . (name) @name @reference.class)
(arrow from: (name) @name @reference.class)
(arrow to: (name) @name @reference.class)
