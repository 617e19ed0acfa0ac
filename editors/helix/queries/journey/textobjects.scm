; A statement with its block is a "function" (mif, maf, ]f), one that stands in the file itself a "class" (mit, mat, ]t).
((source_file (statement (block) @class.inside) @class.around))
(block (statement (block) @function.inside) @function.around)
(block (arrow (block) @function.inside) @function.around)
; A line without a block is an "entry" (mae, ]e).
(statement !block) @entry.inside @entry.around
[(comment) (doc_comment)] @comment.inside
(comment)+ @comment.around
(doc_comment)+ @comment.around
