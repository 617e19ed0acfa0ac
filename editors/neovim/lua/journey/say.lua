-- Messages to the user: what happened, and what to do. Each goes into the log as well.
local M = { lines = {} }

local function say(text, level)
  M.log(text)
  vim.schedule(function()
    vim.notify("journey: " .. text, level)
  end)
end

function M.log(text)
  table.insert(M.lines, os.date("%H:%M:%S ") .. text)
  if #M.lines > 500 then
    table.remove(M.lines, 1)
  end
end

function M.info(text)
  say(text, vim.log.levels.INFO)
end
function M.warn(text)
  say(text, vim.log.levels.WARN)
end
function M.error(text)
  say(text, vim.log.levels.ERROR)
end

return M
