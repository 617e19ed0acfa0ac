; A statement with its block is what Vim mode calls a class at the top of a file, and a function inside.
(source_file (statement (block "{" (_)* @class.inside "}")) @class.around)
(block (statement (block "{" (_)* @function.inside "}")) @function.around)
(comment)+ @comment.around
(doc_comment)+ @comment.around
