; A name is known in its whole file, wherever it is declared. (@name is there to ask for the word of the keyword: the
; reader of tags reads this file too, and allows no other.)
(source_file) @local.scope

((source_file (statement keyword: (keyword) @name . (name) @local.definition))
  (#any-of? @name
    ; words: declares at the top
    "channel" "check" "emotion" "evidence" "journey" "lane" "method" "metric" "persona" "segment" "severity"
    "stage-name" "system" "team" "vocabulary"
    ; end
  ))
((block (statement keyword: (keyword) @name . (name) @local.definition))
  (#any-of? @name
    ; words: declares inside
    "actor" "needs" "opportunity" "pain" "stage" "touchpoint"
    ; end
  ))

((block (statement keyword: (keyword) @name . (name) @local.reference))
  (#any-of? @name
    ; words: refers
    "actor" "after" "as" "backstage" "before" "by" "change" "drop" "expect" "extends" "feels" "for" "from"
    "frontstage" "in" "lanes" "mapped-by" "means" "measure" "meets" "method" "needs" "owner" "persona" "seen-in"
    "segment" "severity" "solves" "stages" "supported-by" "to" "using" "via" "vocabulary"
    ; end
  ))
(([(name) (string) (unclosed_string) (text_block) (number) (percent) (duration) (money) (date) (time) (range) (colour)]
  . (name) @name . (name) @local.reference)
  (#any-of? @name
    ; words: refers
    "actor" "after" "as" "backstage" "before" "by" "change" "drop" "expect" "extends" "feels" "for" "from"
    "frontstage" "in" "lanes" "mapped-by" "means" "measure" "meets" "method" "needs" "owner" "persona" "seen-in"
    "segment" "severity" "solves" "stages" "supported-by" "to" "using" "via" "vocabulary"
    ; end
  ))
(statement "," . (name) @local.reference)
(arrow from: (name) @local.reference)
(arrow to: (name) @local.reference)
