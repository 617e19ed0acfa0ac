-- :JourneyLog : what the plugin saw, and what the server wrote, which Neovim keeps in a log of all servers.
local say = require("journey.say")
local split = require("journey.split")
local M = {}

--- Where Neovim writes what servers say.
function M.path()
  if vim.lsp.log and vim.lsp.log.get_filename then
    return vim.lsp.log.get_filename()
  end
  return vim.lsp.get_log_path()
end

-- Of the last lines, those about journey; a log of all servers grows for years.
local function lines_of_server()
  local file = io.open(M.path(), "rb")
  if not file then
    return {}
  end
  local size = file:seek("end")
  file:seek("set", math.max(0, size - 200000))
  local lines = {}
  for line in (file:read("*a") or ""):gmatch("[^\n]+") do
    if line:find("journey", 1, true) then
      table.insert(lines, (line:gsub("%z", "")))
    end
  end
  file:close()
  return vim.list_slice(lines, math.max(1, #lines - 200))
end

function M.open(given)
  local lines = { "What the plugin saw since Neovim began:", "" }
  vim.list_extend(lines, #say.lines > 0 and vim.split(table.concat(say.lines, "\n"), "\n", { plain = true }) or { "nothing yet" })
  vim.list_extend(lines, { "", "What the server wrote, from " .. M.path() .. ":", "" })
  local of_server = lines_of_server()
  vim.list_extend(lines, #of_server > 0 and of_server or { "nothing yet" })
  local buffer, window = split.open("journey://log", "journeylog", given.mods or "")
  split.fill(buffer, lines)
  vim.api.nvim_win_set_cursor(window, { vim.api.nvim_buf_line_count(buffer), 0 })
  split.label(window, "Log", "")
end

return M
