-- Pages are opened by what the user or the system has for it.
local options = require("journey.options")
local say = require("journey.say")
local M = {}

local openers = { "xdg-open", "open", "wslview", "explorer.exe" }

--- The words of the program that opens pages, or a function; nil where there is none.
function M.opener()
  local chosen = options.get("open")
  if chosen then
    return type(chosen) == "string" and { chosen } or chosen
  end
  for _, name in ipairs(openers) do
    if vim.fn.executable(name) == 1 then
      return { name }
    end
  end
end

function M.open(address)
  local opener = M.opener()
  if type(opener) == "function" then
    return opener(address)
  end
  local words = opener and vim.list_extend(vim.deepcopy(opener), { address })
  -- It goes on when Neovim ends: a browser that was not running yet is this process.
  local started, job = pcall(vim.fn.jobstart, words or {}, {
    detach = true,
    on_exit = function(_, code)
      if code ~= 0 then
        say.warn(("`%s` failed with code %d; the page is at %s"):format(opener[1], code, address))
      end
    end,
  })
  if not opener then
    say.warn(("nothing is here that opens pages (set vim.g.journey_open); the page is at %s"):format(address))
  elseif not started or job <= 0 then
    say.warn(("`%s` could not be started; the page is at %s"):format(opener[1], address))
  else
    say.log("opened " .. address)
  end
end

return M
