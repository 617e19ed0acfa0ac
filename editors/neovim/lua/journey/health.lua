-- :checkhealth journey : what is there, and what to do about what isn't.
local browser = require("journey.browser")
local lsp = require("journey.lsp")
local options = require("journey.options")
local parser = require("journey.parser")
local program = require("journey.program")
local M = {}

-- The names of these have changed with 0.10.
local health = vim.health or require("health")
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local info = health.info or health.report_info
local warn = health.warn or health.report_warn
local err = health.error or health.report_error

local function check_program()
  start("journey: the program")
  local path = program.path()
  if not path then
    return err(("there is no program `%s`"):format(program.words()[1]), {
      "Install it: README.md of the project says how",
      "If it is somewhere else: vim.g.journey_cmd = '/path/to/journey'",
    })
  end
  local said = vim.fn.system(program.words("--version"))
  local version = vim.v.shell_error == 0 and said:match("^journey ") and program.version_of(said)
  if not version then
    err(("%s does not say which version it is: %s"):format(path, vim.trim(said):sub(1, 200)), { "Is it another program of that name?" })
  elseif program.is_too_old(version) then
    err(("%s is version %s"):format(path, version), { "This plugin needs " .. program.oldest .. " or newer" })
  else
    ok(("%s, version %s"):format(path, version))
  end
end

local function check_server()
  start("journey: the language server")
  local clients = lsp.clients()
  if #clients > 0 then
    for _, client in ipairs(clients) do
      ok(("running, client %d, folder %s"):format(client.id, client.config.root_dir or "none (a file for itself)"))
    end
  elseif not options.get("lsp") then
    info("not wanted: the option `lsp` is false")
  elseif lsp.is_foreign() then
    info("nvim-lspconfig is set up for it")
  elseif require("journey.life").has_given_up() then
    err("it ended again and again", { ":JourneyLog shows what it said", ":JourneyRestart tries again" })
  else
    info("not running: it starts with the first file that ends in .journey")
  end
  if not options.get("scripts") then
    info("Lua files of projects are not run: the option `scripts` is false")
  end
end

local function check_parser()
  start("journey: colours")
  if not parser.is_able() then
    return info("this Neovim colours by the syntax file; trees need 0.9")
  elseif not options.get("treesitter") then
    return info("by the syntax file: the option `treesitter` is false")
  end
  local loads, why = parser.loads()
  if not loads and not parser.file() then
    return info("by the syntax file: no parser is installed. :JourneyInstallParser builds one, with a C compiler")
  elseif not loads then
    return warn(("%s can't be loaded: %s"):format(parser.file(), why), { ":JourneyInstallParser builds a new one" })
  end
  ok("by the parser " .. parser.file())
  for _, name in ipairs({ "highlights", "folds", "indents", "injections", "locals" }) do
    local parse = (vim.treesitter.query and vim.treesitter.query.get) or vim.treesitter.get_query
    local good, query = pcall(parse, "journey", name)
    if not good or not query then
      err(("the query %s does not fit the parser: %s"):format(name, good and "it isn't there" or query), { ":JourneyInstallParser builds the parser anew" })
    end
  end
end

local function check_browser()
  start("journey: pages")
  local opener = browser.opener()
  if type(opener) == "function" then
    ok("opened by a function of yours")
  elseif opener and vim.fn.executable(opener[1]) == 1 then
    ok("opened by " .. opener[1])
  else
    warn(opener and ("there is no program `%s`"):format(opener[1]) or "nothing is here that opens a page in the browser", {
      "vim.g.journey_open = 'firefox', or a list, or a function that gets the address",
      ":JourneyShow draws the map here",
    })
  end
end

function M.check()
  check_program()
  check_server()
  check_parser()
  check_browser()
end

return M
