-- What may be chosen: by setup{ cmd = … } or vim.g.journey_cmd, of which setup wins.
local M = {}

local usual = {
  cmd = "journey", -- the program, or a list: program and what stands in front of the verb
  lsp = true, -- false: no language server is started
  scripts = true, -- false: Lua files of a project are not run
  lua = true, -- the server also looks at Lua files of a project
  treesitter = true, -- colours by the parser where there is one
  open = nil, -- what opens a page in the browser: a program, a list, or function(address)
  settings = {}, -- of the server: { inlayHints = { enable = false } }
}
local chosen = {}

function M.set(options)
  for name in pairs(options or {}) do
    if usual[name] == nil and name ~= "open" then
      require("journey.say").warn(("there is no option %q; :help journey-options"):format(name))
    end
  end
  chosen = vim.tbl_extend("force", chosen, options or {})
end

function M.get(name)
  if chosen[name] ~= nil then
    return chosen[name]
  end
  local value = vim.g["journey_" .. name]
  if value ~= nil and value ~= vim.NIL then
    -- In Vim script, 0 and 1 are what false and true are.
    return type(usual[name]) == "boolean" and value ~= false and value ~= 0 or type(usual[name]) ~= "boolean" and value
  end
  return usual[name]
end

return M
