-- Neovim 0.11 and newer read this as vim.lsp.config.journey; what you say there yourself wins.
return require("journey.lsp").config()
