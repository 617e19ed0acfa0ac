-- nvim -l agreement.lua FILE… : where the colours of syntax/journey.vim are others than those of the tree-sitter query.
-- Prints a line for each such word: FILE:LINE:COLUMN text: QUERY and SYNTAX.
local same = {
  keyword = "Keyword", type = "Type", variable = "Identifier", string = "String", number = "Number", constant = "Constant",
  operator = "Operator", comment = "Comment", ["comment.documentation"] = "SpecialComment",
  ["punctuation.delimiter"] = "Delimiter", ["punctuation.bracket"] = "Delimiter",
}

-- By line and column, the last capture of the query.
local function captured(buffer)
  local colours = {}
  local tree = vim.treesitter.get_string_parser(table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n") .. "\n", "journey"):parse()[1]
  local query = vim.treesitter.query.get("journey", "highlights")
  for id, node in query:iter_captures(tree:root(), buffer) do
    local name = query.captures[id]
    local from_line, from, to_line, to = node:range()
    for line = from_line, to_line do
      colours[line] = colours[line] or {}
      local text = vim.api.nvim_buf_get_lines(buffer, line, line + 1, false)[1] or ""
      for column = line == from_line and from or 0, (line == to_line and to or #text) - 1 do
        colours[line][column] = same[name] or name
      end
    end
  end
  return colours
end

local function group(line, column)
  local id = vim.fn.synIDtrans(vim.fn.synID(line + 1, column + 1, 1))
  local name = id ~= 0 and vim.fn.synIDattr(id, "name") or "none"
  return name:match("^journey") and "none" or name
end

local function compare(file, line, column, text, colours)
  local wanted, found = (colours[line] or {})[column] or "none", group(line, column)
  if wanted ~= found then
    io.stdout:write(("%s:%d:%d %s: %s and %s\n"):format(file, line + 1, column + 1, text:sub(column + 1):match("^%S+"), wanted, found))
  end
end

-- The usual colours are links themselves: each is made one of its own, to be told apart.
for _, name in pairs(same) do
  vim.cmd("highlight! link " .. name .. " NONE | highlight " .. name .. " ctermfg=1")
end

for _, file in ipairs(_G.arg) do
  vim.cmd("silent edit " .. vim.fn.fnameescape(file))
  vim.bo.filetype = "journey"
  vim.treesitter.stop(0)
  vim.cmd("syntax on | setlocal syntax=journey | syntax sync fromstart")
  local colours = captured(0)
  for line, text in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    for column in text:gmatch("()[%w\128-\255]+") do
      compare(file, line - 1, column - 1, text, colours)
    end
    for column in text:gmatch("()[^%w%s\128-\255]") do
      compare(file, line - 1, column - 1, text, colours)
    end
  end
end
