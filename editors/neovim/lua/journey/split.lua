-- Windows for what is made of maps: no file, never asked to be saved, closed with q.
local M = {}

local of_window = {
  number = false,
  relativenumber = false,
  wrap = false,
  list = false,
  spell = false,
  foldenable = false,
  signcolumn = "no",
  foldcolumn = "0",
  cursorline = false,
  colorcolumn = "",
}
local of_buffer = { buftype = "nofile", bufhidden = "wipe", swapfile = false, undolevels = -1, modifiable = false }

-- In the current window and its buffer.
local function set(values)
  for option, value in pairs(values) do
    vim.opt_local[option] = value
  end
end

local function named(name)
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_valid(buffer) and vim.api.nvim_buf_get_name(buffer) == name then
      return buffer
    end
  end
end

--- The window of the buffer on this page of tabs; nil where there is none.
function M.window(buffer)
  for _, window in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
    if vim.api.nvim_win_get_buf(window) == buffer then
      return window
    end
  end
end

local function stands_beside(how)
  return how:find("vertical") ~= nil or how == "" and vim.o.columns >= 160
end

--- How many columns M.open(name, filetype, how) will have for it.
function M.width(name, how)
  local there = M.window(named(name) or -1)
  if there then
    return math.max(30, vim.api.nvim_win_get_width(there))
  end
  return math.max(30, stands_beside(how) and math.floor((vim.o.columns - 1) / 2) or vim.o.columns)
end

--- Shows the buffer of that name in a window of its own and enters it. Returns buffer, window, and whether it is new.
--- `how` is a command's modifiers, such as "vertical"; empty: what there is room for.
function M.open(name, filetype, how)
  local buffer = named(name) or vim.api.nvim_create_buf(false, true)
  local window = M.window(buffer)
  local is_new = not window
  if window then
    vim.api.nvim_set_current_win(window)
  else
    if how == "" then
      how = stands_beside(how) and "vertical botright" or "botright"
    end
    if not how:find("right") and not how:find("left") and not how:find("tab") then
      how = "belowright " .. how -- behind the text, however 'splitright' is set
    end
    vim.cmd(("silent %s split"):format(how))
    window = vim.api.nvim_get_current_win()
    vim.api.nvim_win_set_buf(window, buffer)
    set(of_window)
  end
  if vim.api.nvim_buf_get_name(buffer) ~= name then
    vim.api.nvim_buf_set_name(buffer, name)
  end
  set(of_buffer)
  if vim.bo[buffer].filetype ~= filetype then
    vim.bo[buffer].filetype = filetype
  end
  vim.keymap.set("n", "q", "<Cmd>close<CR>", { buffer = buffer, nowait = true, desc = "Close" })
  return buffer, window, is_new
end

--- Says in the line below the window what it shows and, where there is room for it, what its keys do.
function M.label(window, text, keys)
  vim.api.nvim_win_call(window, function()
    keys = keys .. "q: close  "
    -- 6: the spaces, and how far down one is.
    if vim.fn.strdisplaywidth(text .. keys) + 6 > vim.api.nvim_win_get_width(window) then
      keys = ""
    end
    vim.opt_local.statusline = " " .. text:gsub("%%", "%%%%") .. " %<%=" .. keys .. "%P "
  end)
end

--- Puts the lines there, and touches only those that differ, so that what points into the others stays.
function M.fill(buffer, lines)
  local old = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  local from, old_end, new_end = 1, #old, #lines
  while from <= old_end and from <= new_end and old[from] == lines[from] do
    from = from + 1
  end
  while old_end >= from and new_end >= from and old[old_end] == lines[new_end] do
    old_end, new_end = old_end - 1, new_end - 1
  end
  if from > old_end and from > new_end then
    return
  end
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, from - 1, old_end, false, vim.list_slice(lines, from, new_end))
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].modified = false
end

return M
