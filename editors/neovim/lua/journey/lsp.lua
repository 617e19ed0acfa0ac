-- The language server, by whichever way this Neovim has: vim.lsp.enable (0.11), vim.lsp.start (0.8), start_client before.
local options = require("journey.options")
local place = require("journey.place")
local program = require("journey.program")
local say = require("journey.say")
local M = {}

local enabled = false -- by vim.lsp.enable
local told_missing = false
local by_root = {} -- 0.7: the clients

-- ---- what the server is told, and asked ----

local function capabilities()
  local can = vim.lsp.protocol.make_client_capabilities()
  can.window = can.window or {}
  can.window.showDocument = { support = true }
  can.experimental = { journeyPreview = true, commands = { commands = { "journey.showReferences" } } }
  return can
end

local function handlers()
  return {
    ["journey/previewChanged"] = function(_, params)
      require("journey.show").changed(params.uri)
    end,
    ["window/showDocument"] = function(_, params)
      require("journey.pages").asked(params.uri)
      return { success = true }
    end,
  }
end

--- Of 0.11 and newer: says the folder where there is something to do.
local function root_dir(buffer, on_dir)
  if vim.bo[buffer].filetype == "lua" then
    local folder = options.get("lua") and place.project(buffer)
    if folder then
      on_dir(folder)
    end
  elseif not M.is_foreign() then
    on_dir(place.root(buffer))
  end
end

--- What vim.lsp.start and vim.lsp.config want.
function M.config()
  return {
    name = "journey",
    cmd = program.computing("lsp"),
    filetypes = { "journey", "lua" },
    root_dir = root_dir,
    capabilities = capabilities(),
    handlers = handlers(),
    settings = { journey = options.get("settings") },
    init_options = { journey = options.get("settings") },
    flags = { debounce_text_changes = 50 },
    on_init = require("journey.life").began,
    on_exit = require("journey.life").ended,
  }
end

-- ---- who is there ----

--- Somebody has set up `journey` in nvim-lspconfig: then it is theirs.
function M.is_foreign()
  local configs = package.loaded["lspconfig.configs"]
  return type(configs) == "table" and rawget(configs, "journey") ~= nil
end

--- The clients of the server; of a buffer, or all.
function M.clients(buffer)
  local list
  if vim.lsp.get_clients then
    list = vim.lsp.get_clients({ bufnr = buffer })
  else
    list = vim.tbl_values(buffer and vim.lsp.buf_get_clients(buffer) or vim.lsp.get_active_clients())
  end
  return vim.tbl_filter(function(client)
    return client.name == "journey"
  end, list)
end

--- The client that answers for the buffer; nil where there is none (yet).
function M.client(buffer)
  local client = M.clients(buffer)[1]
  return client and client.initialized and client or nil
end

-- ---- beginning ----

-- Whether the program is there; says so once where it isn't.
local function is_there()
  local cmd = M.command()
  if type(cmd) ~= "table" or vim.fn.executable(cmd[1]) == 1 then
    return true
  end
  if not told_missing then
    told_missing = true
    say.warn(program.missing())
  end
  return false
end

--- The words that start the server, what the user said with vim.lsp.config included.
function M.command()
  return vim.lsp.config and vim.lsp.config.journey and vim.lsp.config.journey.cmd or M.config().cmd
end

local function start_by_hand(config, buffer)
  local key = config.root_dir or vim.api.nvim_buf_get_name(buffer)
  if not by_root[key] or not vim.lsp.get_client_by_id(by_root[key]) then
    by_root[key] = vim.lsp.start_client(config)
  end
  if by_root[key] then
    vim.lsp.buf_attach_client(buffer, by_root[key])
    vim.bo[buffer].omnifunc = "v:lua.vim.lsp.omnifunc"
    vim.bo[buffer].tagfunc = "v:lua.vim.lsp.tagfunc"
    vim.bo[buffer].formatexpr = "v:lua.vim.lsp.formatexpr()"
  end
end

local function start(buffer, folder)
  if vim.lsp.enable then
    if not enabled then
      enabled = true
      vim.lsp.enable("journey")
    end
    return
  end
  local config = M.config()
  config.root_dir = folder
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
  else
    start_by_hand(config, buffer)
  end
end

local function attach(buffer, folder)
  if #M.clients(buffer) > 0 or require("journey.life").has_given_up() or not is_there() then
    return
  end
  start(buffer, folder)
end

--- Starts the server for a map, or joins the one of its project.
function M.attach(buffer)
  if not options.get("lsp") or M.is_foreign() or vim.bo[buffer].buftype ~= "" then
    return
  end
  attach(buffer, place.root(buffer))
end

--- The same for a Lua file, where it belongs to a project.
function M.attach_lua(buffer)
  local wanted = options.get("lsp") and options.get("lua") and not M.is_foreign() and vim.bo[buffer].buftype == ""
  local folder = wanted and place.project(buffer)
  if folder then
    attach(buffer, folder)
  end
end

--- Joins every open file again, after the server has gone.
function M.attach_all()
  enabled = false
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) then
      if vim.bo[buffer].filetype == "journey" then
        M.attach(buffer)
      elseif vim.bo[buffer].filetype == "lua" then
        M.attach_lua(buffer)
      end
    end
  end
end

--- No more of it, until it is asked for.
function M.disable()
  if vim.lsp.enable and enabled then
    enabled = false
    vim.lsp.enable("journey", false)
  end
end

function M.stop()
  for _, client in ipairs(M.clients()) do
    require("journey.life").expect(client.id)
    if vim.fn.has("nvim-0.11") == 1 then
      client:stop(true)
    else
      client.stop(true)
    end
  end
end

function M.restart()
  require("journey.life").forget()
  told_missing = false
  M.stop()
  M.disable()
  -- Buffers leave a client only when its process is gone.
  local tries = 0
  local function again()
    tries = tries + 1
    if #M.clients() > 0 and tries < 1500 then
      return vim.defer_fn(again, 20)
    end
    M.attach_all()
  end
  again()
end

vim.lsp.commands["journey.showReferences"] = function(command, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  local items = vim.lsp.util.locations_to_items(command.arguments[3], client and client.offset_encoding or "utf-16")
  vim.fn.setqflist({}, " ", { title = "journey: where it is used", items = items })
  vim.cmd("botright copen")
end

return M
