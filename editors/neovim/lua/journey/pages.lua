-- What is printed of a map: numbers and the plan in a split, the report in the browser.
local ask = require("journey.ask")
local browser = require("journey.browser")
local program = require("journey.program")
local say = require("journey.say")
local split = require("journey.split")
local M = {}

-- The program's, asked for when they are needed: options may have changed.
local function words(which, ...)
  local verb = { ... }
  return function()
    return which(unpack(verb))
  end
end

local kinds = {
  score = { title = "Score", command = "journey.score", words = words(program.computing, "score"), filetype = "journeymap" },
  plan = { title = "Plan", command = "journey.plan", words = words(program.words, "plan"), filetype = "journeymap" },
  report = { command = "journey.report", words = words(program.words, "report"), is_page = true },
}

local function show_text(kind, text, mods)
  local buffer, window = split.open("journey://" .. kind, kinds[kind].filetype, mods)
  split.fill(buffer, vim.split(text:gsub("\n+$", ""), "\n", { plain = true }))
  vim.api.nvim_win_set_cursor(window, { 1, 0 })
  split.label(window, kinds[kind].title, "")
end

local function read(path)
  local file = io.open(path, "rb")
  local text = file and file:read("*a")
  if file then
    file:close()
  end
  return text
end

-- What the server has made: a file.
local function show_made(kind, uri, mods)
  if kinds[kind].is_page then
    return browser.open(uri)
  end
  local text = read(vim.uri_to_fname(uri))
  if text then
    show_text(kind, text, mods)
  else
    say.error(("%s can't be read"):format(uri))
  end
end

-- Without a server: of the file as it is on the disk.
local function by_program(kind, buffer, mods)
  local name = vim.api.nvim_buf_get_name(buffer)
  if name == "" or vim.fn.filereadable(name) == 0 then
    return say.warn("the map is no file yet: save it first")
  end
  local words, page = kinds[kind].words(), nil
  table.insert(words, name)
  if kinds[kind].is_page then
    page = vim.fn.tempname() .. ".html"
    vim.list_extend(words, { "-o", page })
  else
    vim.list_extend(words, { "--width", tostring(split.width("journey://" .. kind, mods)) })
  end
  local job, why = program.run(words, { cwd = vim.fn.fnamemodify(name, ":h") }, function(code, out, err)
    if code == 2 or out == "" and not page then
      return say.error(("`%s` failed: %s"):format(table.concat(words, " "), vim.trim(err .. out)))
    end
    if page then
      browser.open(vim.uri_from_fname(page))
    else
      show_text(kind, out, mods)
    end
  end)
  if not job then
    say.error(why)
  elseif vim.bo[buffer].modified then
    say.info("there is no language server: this is about the file as it was saved")
  end
end

local function make(kind)
  return function(given)
    local buffer = ask.map()
    if not buffer then
      return
    end
    local more = not kinds[kind].is_page and { vim.NIL, split.width("journey://" .. kind, given.mods or "") } or nil
    local asked = ask.command(buffer, kinds[kind].command, more, function(err, result)
      if err then
        say.error(err.message or tostring(err))
      elseif result and result.uri then
        show_made(kind, result.uri, given.mods or "")
      end
    end)
    if not asked then
      by_program(kind, buffer, given.mods or "")
    end
  end
end

M.score, M.plan, M.report = make("score"), make("plan"), make("report")

--- The server asks for something to be shown, after a command of a lens or of a menu.
function M.asked(uri)
  if ask.in_flight > 0 then
    return
  end
  vim.schedule(function()
    local kind = uri:match("%-(%a+)%.%a+$")
    if uri:match("^https?:") or uri:match("%.html$") then
      browser.open(uri)
    elseif kinds[kind] then
      show_made(kind, uri, "")
    else
      vim.cmd("split " .. vim.fn.fnameescape(vim.uri_to_fname(uri)))
    end
  end)
end

return M
