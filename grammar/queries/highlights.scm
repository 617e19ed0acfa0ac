; The lists of words come from compiler/schema/schema.def: `test_queries write` renews them, and the tests fail
; where they are out of date. Of two patterns for one word, the later one counts.

[(string) (unclosed_string) (text_block)] @string

[(number) (percent) (duration) (money) (range)] @number
(date) @number
(colour) @constant

[(operator) "->"] @operator
"," @punctuation.delimiter
["{" "}"] @punctuation.bracket

(comment) @comment
(doc_comment) @comment.documentation

(keyword) @keyword

; via, feels, takes: a keyword that goes on with the line stands behind a value, never behind the first keyword.
(([(name) (string) (unclosed_string) (text_block) (number) (percent) (duration) (money) (date) (range) (colour)]
  . (name) @keyword)
  (#any-of? @keyword
    ; words: properties
    "about" "after" "answered" "availability" "backstage" "because" "before" "behaviour" "below" "better" "by"
    "change" "client" "clients" "collected" "colour" "computed-by" "confidence" "costs" "demographics" "drop" "due"
    "effort" "every" "expect" "extends" "feels" "fresh-for" "from" "frontstage" "frustration" "goal" "hurts" "icon"
    "impact" "in" "lanes" "mapped-by" "margin" "measure" "member" "method" "moment-of-truth" "motivation" "needs"
    "note" "objective" "owner" "path" "persona" "preference" "quote" "reach" "reduced-by" "revenue" "reviewed" "role"
    "scale" "scenario" "seen-in" "segment" "severity" "shows" "solves" "source" "status" "supported-by" "takes"
    "target" "thinks" "type" "unit" "using" "validated" "via" "waits" "when" "with"
    ; end
  ))

; What a line declares …
((source_file (statement keyword: (keyword) @keyword . (name) @type))
  (#any-of? @keyword
    ; words: declares at the top
    "channel" "emotion" "evidence" "journey" "lane" "method" "metric" "persona" "segment" "severity" "system" "team"
    ; end
  ))
((block (statement keyword: (keyword) @keyword . (name) @type))
  (#any-of? @keyword
    ; words: declares inside
    "opportunity" "pain" "stage" "touchpoint"
    ; end
  ))

; … and what it points to.
((block (statement keyword: (keyword) @keyword . (name) @variable))
  (#any-of? @keyword
    ; words: refers
    "after" "backstage" "before" "by" "change" "drop" "expect" "extends" "feels" "from" "frontstage" "in" "lanes"
    "mapped-by" "measure" "method" "owner" "persona" "seen-in" "segment" "severity" "solves" "supported-by" "using"
    "via"
    ; end
  ))
(([(name) (string) (unclosed_string) (text_block) (number) (percent) (duration) (money) (date) (range) (colour)]
  . (name) @keyword . (name) @variable)
  (#any-of? @keyword
    ; words: refers
    "after" "backstage" "before" "by" "change" "drop" "expect" "extends" "feels" "from" "frontstage" "in" "lanes"
    "mapped-by" "measure" "method" "owner" "persona" "seen-in" "segment" "severity" "solves" "supported-by" "using"
    "via"
    ; end
  ))
(arrow from: (name) @variable)
(arrow to: (name) @variable)

; Behind a comma the list goes on.
(statement "," . (name) @variable)
