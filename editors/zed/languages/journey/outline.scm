; What a file declares, and what stands in a map: by its id, by its title, or by both.
((source_file
   (statement keyword: (keyword) @context . (name)? @name . (string)? @name) @item)
  (#any-of? @context
    ; words: declares at the top
    "channel" "check" "emotion" "evidence" "journey" "lane" "method" "metric" "persona" "segment" "severity"
    "stage-name" "system" "team" "vocabulary"
    ; end
  ))
((block
   (statement keyword: (keyword) @context . (name)? @name . (string)? @name) @item)
  (#any-of? @context
    ; words: declares inside
    "actor" "needs" "opportunity" "pain" "stage" "touchpoint"
    ; end
  ))
(doc_comment) @annotation
