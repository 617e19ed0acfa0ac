-- How servers begin and end. One that crashes is started again, but not for ever.
local program = require("journey.program")
local say = require("journey.say")
local M = {}

local MOST, WITHIN = 5, 180 -- ends, in seconds
local began, expected, ends = {}, {}, {}
local given_up = false

-- Neovim 0.12 takes a part's colours, where they come behind a question for what has changed, for those of the whole file,
-- and fails over them while one types: it gets the whole file only.
local function without_parts(client)
  local tokens = client.server_capabilities.semanticTokensProvider
  if tokens and vim.fn.has("nvim-0.12") == 1 then
    tokens.range = nil
  end
end

function M.began(client, result)
  without_parts(client)
  began[client.id] = true
  local version = result and result.serverInfo and result.serverInfo.version
  say.log(("server %d began, version %s"):format(client.id, version or "unknown"))
  local number = version and program.version_of(version)
  if number and program.is_too_old(number) then
    say.warn(("the program is version %s, and this plugin needs %s: not all will work"):format(number, program.oldest))
  end
  vim.schedule(function()
    require("journey.show").changed()
  end)
end

--- This end is wanted.
function M.expect(id)
  expected[id] = true
end

function M.has_given_up()
  return given_up
end

--- Counts from nothing again.
function M.forget()
  ends, given_up = {}, false
end

local function how(code, signal)
  return signal ~= 0 and ("was ended by signal %d"):format(signal) or ("ended with code %d"):format(code)
end

-- It never answered: most likely a program that has no language server, or another program of that name.
local function say_no_start(code, signal)
  given_up = true
  require("journey.lsp").disable()
  local words = require("journey.lsp").command()
  local name = type(words) == "table" and table.concat(words, " ") or "the language server"
  say.log(("`%s` %s before it answered"):format(name, how(code, signal)))
  local function tell(why)
    say.error(why .. "; editing goes on without it. :JourneyLog")
  end
  local job = program.run(program.words("--version"), {}, function(status, out)
    local version = status == 0 and out:match("^journey ") and program.version_of(out)
    if version and program.is_too_old(version) then
      tell(("the program is version %s, and this plugin needs %s"):format(version, program.oldest))
    elseif version then
      tell(("the language server %s before it answered"):format(how(code, signal)))
    else
      tell(("`%s` is too old, or another program of that name"):format(program.words()[1]))
    end
  end)
  if not job then
    tell(("the language server %s before it answered"):format(how(code, signal)))
  end
end

local function again()
  local now = os.time()
  ends = vim.tbl_filter(function(time)
    return now - time < WITHIN
  end, ends)
  table.insert(ends, now)
  return #ends < MOST
end

local function after_end(code, signal, id)
  local was_expected, had_begun = expected[id], began[id]
  expected[id], began[id] = nil, nil
  require("journey.show").lost()
  if was_expected or given_up or vim.v.exiting ~= vim.NIL then
    return
  end
  if not had_begun then
    say_no_start(code, signal)
  elseif code ~= 0 or signal ~= 0 then
    if again() then
      say.log(("the server %s; it is started again"):format(how(code, signal)))
      require("journey.lsp").attach_all()
    else
      given_up = true
      require("journey.lsp").disable()
      say.error(("the language server ended %d times in %d minutes and is left alone; :JourneyRestart tries again, :JourneyLog tells more"):format(MOST, WITHIN / 60))
    end
  end
end

function M.ended(code, signal, id)
  say.log(("server %d %s"):format(id, how(code, signal)))
  -- Not before Neovim has let go of the client itself.
  vim.schedule(function()
    vim.schedule(function()
      after_end(code, signal, id)
    end)
  end)
end

return M
