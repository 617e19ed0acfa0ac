-- The tree-sitter parser: an installed parser/journey.so, or one that :JourneyInstallParser builds with a C compiler from
-- the grammar beside the plugin. Without one, syntax/journey.vim colours maps, and nothing is missing but speed.
local options = require("journey.options")
local program = require("journey.program")
local say = require("journey.say")
local M = {}

local LARGEST = 1000000 -- bytes: a tree of more is not made while somebody waits for the file

--- The folder with src/parser.c; nil where it isn't there.
function M.grammar()
  local plugin = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h:h:h")
  local beside = vim.fn.fnamemodify(vim.fn.resolve(plugin), ":h:h") .. "/grammar"
  local folder = vim.g.journey_grammar or beside
  return vim.fn.filereadable(folder .. "/src/parser.c") == 1 and folder or nil
end

--- The parser's file; nil where none is installed.
function M.file()
  local target = M.target()
  return vim.api.nvim_get_runtime_file("parser/journey.so", false)[1] or (vim.fn.filereadable(target) == 1 and target or nil)
end

--- Where :JourneyInstallParser puts it: a folder that is part of 'runtimepath' always.
function M.target()
  return vim.fn.stdpath("data") .. "/site/parser/journey.so"
end

--- Whether this Neovim colours by trees without another plugin.
function M.is_able()
  return vim.fn.has("nvim-0.9") == 1
end

--- Whether the parser is there and loads; else why not.
function M.loads()
  if not M.file() then
    return false, "no parser is installed"
  end
  local ok, loaded, why = pcall(vim.treesitter.language.add, "journey", { path = M.file() })
  if not ok or loaded == false then
    return false, tostring(ok and why or loaded)
  end
  return true
end

--- Colours the buffer by its tree, where that can be done.
function M.start(buffer)
  if not M.is_able() or not options.get("treesitter") or not M.file() then
    return
  end
  local size = vim.api.nvim_buf_get_offset(buffer, vim.api.nvim_buf_line_count(buffer))
  if size > LARGEST or not M.loads() then
    return
  end
  local ok, why = pcall(vim.treesitter.start, buffer, "journey")
  if not ok then
    say.log("no colours by tree: " .. tostring(why))
  end
end

local function compiler()
  for _, name in ipairs({ vim.env.CC or "cc", "cc", "gcc", "clang", "zig" }) do
    if vim.fn.executable(name) == 1 then
      return name == "zig" and { "zig", "cc" } or { name }
    end
  end
end

--- The words that build the parser into `target`; nil and why not.
function M.command(target)
  local grammar, words = M.grammar(), compiler()
  if not grammar then
    return nil, "the grammar isn't beside the plugin: set vim.g.journey_grammar to the folder `grammar` of a copy of journey"
  elseif not words then
    return nil, "there is no C compiler (cc, gcc, clang): install one, or set $CC"
  end
  return vim.list_extend(words, { "-O2", "-shared", "-fPIC", "-I" .. grammar .. "/src", "-o", target, grammar .. "/src/parser.c" })
end

function M.install()
  local target = M.target()
  local fresh = target .. ".new" -- replaced at once: another Neovim may have the old one open
  local words, why = M.command(fresh)
  if not words then
    return say.error(why)
  end
  vim.fn.mkdir(vim.fn.fnamemodify(target, ":h"), "p")
  local job, why_not = program.run(words, {}, function(code, _, err)
    if code ~= 0 or vim.fn.rename(fresh, target) ~= 0 then
      return say.error(("the parser could not be built: %s"):format(vim.trim(err)))
    end
    say.info("the parser is at " .. target .. (M.is_able() and "" or "; this Neovim uses it with nvim-treesitter only"))
    for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
      if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].filetype == "journey" then
        M.start(buffer)
      end
    end
  end)
  if not job then
    say.error(why_not)
  end
end

-- ---- nvim-treesitter ----

-- Its branch `master`: a table of parsers, from which :TSInstall journey builds.
local function register_old(parsers)
  parsers.get_parser_configs().journey = {
    install_info = { url = M.grammar(), files = { "src/parser.c" } },
    filetype = "journey",
  }
end

-- Its branch `main`: its table is read anew for each command, and said before that by an event.
local function register_new(parsers)
  parsers.journey = { install_info = { path = M.grammar() }, tier = 2 }
end

--- Lets :TSInstall journey work where nvim-treesitter is.
function M.register()
  local function tell()
    local parsers = package.loaded["nvim-treesitter.parsers"]
    if parsers and M.grammar() then
      pcall(parsers.get_parser_configs and register_old or register_new, parsers)
    end
  end
  vim.api.nvim_create_autocmd("User", { group = "journey", pattern = "TSUpdate", callback = tell })
  vim.api.nvim_create_autocmd("FileType", {
    group = "journey",
    pattern = "journey",
    callback = function()
      if pcall(require, "nvim-treesitter.parsers") then
        tell()
      end
    end,
  })
end

return M
