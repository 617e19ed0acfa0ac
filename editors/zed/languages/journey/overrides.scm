[(string) (unclosed_string) (text_block)] @string
[(comment) (doc_comment)] @comment.inclusive
