-- :JourneyPreview : the map in the browser, which follows the text. The server draws it where it can, and then what isn't
-- saved yet as well; else a job, `journey preview`, which follows the file. Both end with Neovim.
local ask = require("journey.ask")
local browser = require("journey.browser")
local program = require("journey.program")
local say = require("journey.say")
local M = {}

local jobs = {} -- by file: the job and its address

local function start_job(name)
  local function line(text)
    local address = text:match("https?://[%w.%-]+:%d+%S*")
    if address and jobs[name] and not jobs[name].address then
      jobs[name].address = address
      browser.open(address)
    end
  end
  local words = program.computing("preview", "--no-open", name)
  local job, why = program.run(words, { cwd = vim.fn.fnamemodify(name, ":h"), line = line }, function(code, out, err)
    local was_open = jobs[name] and jobs[name].address
    jobs[name] = nil
    if code ~= 0 and vim.v.exiting == vim.NIL then
      say.error((was_open and "the preview has ended: " or "there is no preview: ") .. vim.trim(err ~= "" and err or out))
    end
  end)
  if job then
    jobs[name] = { job = job }
  else
    say.error(why)
  end
end

local function by_job(buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  if name == "" or vim.fn.filereadable(name) == 0 then
    say.warn("the map is no file yet: save it first")
  elseif jobs[name] and jobs[name].address then
    browser.open(jobs[name].address)
  elseif not jobs[name] then
    start_job(name)
  end
end

function M.open()
  local buffer = ask.map()
  if not buffer then
    return
  end
  local asked = ask.command(buffer, "journey.preview", nil, function(err, result)
    if result and result.uri and result.uri:match("^http") then
      browser.open(result.uri)
    elseif err then
      say.error(err.message or tostring(err))
    else
      by_job(buffer)
    end
  end)
  if not asked then
    by_job(buffer)
  end
end

vim.api.nvim_create_autocmd("VimLeavePre", {
  group = vim.api.nvim_create_augroup("journey-preview", {}),
  callback = function()
    for _, running in pairs(jobs) do
      pcall(vim.fn.jobstop, running.job)
    end
  end,
})

return M
