-- Questions to the language server, in the words of every Neovim.
local M = {}

M.in_flight = 0 -- commands that were asked here: what they have made is shown here as well

--- Asks the server of the buffer; done(error, result). False where there is none.
function M.request(buffer, method, params, done)
  local client = require("journey.lsp").client(buffer)
  if not client then
    return false
  end
  local function answered(err, result)
    done(err, result)
  end
  if vim.fn.has("nvim-0.11") == 1 then
    return client:request(method, params, answered, buffer)
  end
  return (client.request(method, params, answered, buffer))
end

--- Has the server do one of its commands for the buffer's map; done(error, {uri}). False where there is none.
--- more: what it is told besides, a list, or nil.
function M.command(buffer, name, more, done)
  local params = { command = name, arguments = vim.list_extend({ vim.uri_from_bufnr(buffer) }, more or {}) }
  M.in_flight = M.in_flight + 1
  local asked = M.request(buffer, "workspace/executeCommand", params, function(err, result)
    M.in_flight = math.max(0, M.in_flight - 1)
    done(err, result)
  end)
  if not asked then
    M.in_flight = M.in_flight - 1
  end
  return asked
end

--- The current buffer where it is a map, else the one that the map in the split belongs to; nil after saying so.
function M.map()
  local buffer = vim.api.nvim_get_current_buf()
  if vim.bo[buffer].filetype == "journey" then
    return buffer
  end
  local source = require("journey.show").source()
  if source and vim.api.nvim_buf_is_valid(source) then
    return source
  end
  require("journey.say").warn("this is no map: open a file that ends in .journey, or make one with :JourneyNew")
end

return M
