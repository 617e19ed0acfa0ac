("{" @open "}" @close)
("\"\"\"" @open "\"\"\"" @close)
