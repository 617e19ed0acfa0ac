-- :JourneyNew [TEMPLATE] : a map to start from, in the current folder.
local program = require("journey.program")
local say = require("journey.say")
local M = {}

--- The names of the templates that begin with `start`.
function M.complete(start)
  local words = program.words("new", "--list")
  if vim.fn.executable(words[1]) == 0 then
    return {}
  end
  local names = {}
  for _, line in ipairs(vim.fn.systemlist(words)) do
    local name = line:match("^([%w-]+)$")
    if name and vim.startswith(name, start) then
      table.insert(names, name)
    end
  end
  return names
end

function M.create(given)
  local words = program.words("new")
  if given.args ~= "" then
    table.insert(words, given.args)
  end
  local folder = vim.fn.getcwd()
  local job, why = program.run(words, { cwd = folder }, function(code, out, err)
    local name = out:match("([^%s`'\"]+%.journey)")
    if code ~= 0 or not name then
      return say.error(vim.trim(err ~= "" and err or out))
    end
    vim.cmd("edit " .. vim.fn.fnameescape(name:match("^/") and name or folder .. "/" .. name))
  end)
  if not job then
    say.error(why)
  end
end

return M
