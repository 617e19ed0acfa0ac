" The language server of journey, for ALE.
call ale#linter#Define('journey', {
\   'name': 'journey',
\   'lsp': 'stdio',
\   'executable': {-> journey#Program()},
\   'command': '%e lsp',
\   'project_root': function('journey#Root'),
\})
