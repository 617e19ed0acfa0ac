-- What Neovim adds to ftplugin/journey.vim: the language server, and the tree where there is a parser.
if vim.fn.has("nvim-0.7") == 1 and vim.fn.exists(":JourneyShow") == 2 then
  local buffer = vim.api.nvim_get_current_buf()
  require("journey.parser").start(buffer)
  require("journey.lsp").attach(buffer)
end
