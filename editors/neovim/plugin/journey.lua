-- Commands, and what is noticed without any setup. Maps themselves: ftplugin/journey.lua.
if vim.g.loaded_journey then
  return
end
vim.g.loaded_journey = true

if vim.fn.has("nvim-0.7") == 0 then
  vim.notify("journey: the plugin needs Neovim 0.7 or newer; colours and indentation are there", vim.log.levels.WARN)
  return
end

local function command(name, module, call, options)
  vim.api.nvim_create_user_command(name, function(given)
    require("journey." .. module)[call](given)
  end, options)
end

command("JourneyShow", "show", "open", { desc = "The drawn map in a split, updated while typing" })
command("JourneyPreview", "preview", "open", { desc = "The live map in the browser" })
command("JourneyScore", "pages", "score", { desc = "What is measured and computed of the map" })
command("JourneyPlan", "pages", "plan", { desc = "What to do first: the opportunities, ranked" })
command("JourneyReport", "pages", "report", { desc = "The whole project on one page, in the browser" })
command("JourneyNew", "new", "create", {
  desc = "A map to start from",
  nargs = "?",
  complete = function(start)
    return require("journey.new").complete(start)
  end,
})
command("JourneyRestart", "lsp", "restart", { desc = "Ends journey's language server and starts it again" })
command("JourneyLog", "log", "open", { desc = "What journey's language server said and wrote" })
command("JourneyInstallParser", "parser", "install", { desc = "Builds the tree-sitter parser with cc" })

local group = vim.api.nvim_create_augroup("journey", {})
-- A metric or a check in Lua belongs to the project around it: the server says what is wrong in it.
vim.api.nvim_create_autocmd("FileType", {
  group = group,
  pattern = "lua",
  callback = function(event)
    require("journey.lsp").attach_lua(event.buf)
  end,
})
require("journey.parser").register()
