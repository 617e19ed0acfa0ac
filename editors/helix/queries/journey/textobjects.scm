; A statement with its block is a "function" (mif, maf, ]f), one with a file of its own above it a "class" (mat, ]t).
((source_file (statement (block) @class.inside) @class.around))
(block (statement (block) @function.inside) @function.around)
(block (arrow (block) @function.inside) @function.around)
(statement (_) @entry.inside) @entry.around
[(comment) (doc_comment)] @comment.inside
(comment)+ @comment.around
(doc_comment)+ @comment.around
