-- The program `journey`: where it is, which version, and its verbs as jobs.
local options = require("journey.options")
local M = {}

M.oldest = "0.1.0" -- whose server this plugin knows how to talk to

--- The words of a command: program and verb.
function M.words(...)
  local cmd = options.get("cmd")
  local words = type(cmd) == "table" and vim.deepcopy(cmd) or { cmd }
  for _, word in ipairs({ ... }) do
    table.insert(words, word)
  end
  return words
end

--- A verb that computes numbers: without the Lua of projects where that isn't wanted.
function M.computing(...)
  local words = M.words(...)
  if not options.get("scripts") then
    table.insert(words, "--no-scripts")
  end
  return words
end

--- The path of the program; nil where there is none.
function M.path()
  local path = vim.fn.exepath(M.words()[1])
  return path ~= "" and path or nil
end

--- What to say then: short enough for one line, so that nobody has to press Enter.
function M.missing()
  return ("there is no program `%s`: install it, or set g:journey_cmd; :checkhealth journey"):format(M.words()[1])
end

--- Runs it; done(code, out, err) with texts. Returns the job, or nil with why it did not start.
--- given: { cwd = …, input = text, line = function(text) end } of which each may be left out.
function M.run(words, given, done)
  local out, err = { "" }, { "" }
  local function collect(to, each)
    return function(_, data)
      to[#to] = to[#to] .. data[1]
      for i = 2, #data do
        if each then
          each(to[#to])
        end
        table.insert(to, data[i])
      end
    end
  end
  local started, job = pcall(vim.fn.jobstart, words, {
    cwd = given.cwd,
    stdin = given.input and "pipe" or "null",
    on_stdout = collect(out, given.line),
    on_stderr = collect(err, given.line),
    on_exit = function(_, code)
      done(code, table.concat(out, "\n"), table.concat(err, "\n"))
    end,
  })
  if not started or job <= 0 then
    return nil, started and M.missing() or tostring(job)
  end
  if given.input then
    pcall(vim.fn.chansend, job, given.input)
    pcall(vim.fn.chanclose, job, "stdin")
  end
  return job
end

--- "0.1.0" of "journey 0.1.0 …"; nil where it says something else.
function M.version_of(text)
  return text:match("(%d+%.%d+%.%d+)")
end

function M.is_too_old(version)
  local function number(text)
    local major, minor, patch = text:match("(%d+)%.(%d+)%.(%d+)")
    return (major * 1000 + minor) * 1000 + patch
  end
  return number(version) < number(M.oldest)
end

return M
