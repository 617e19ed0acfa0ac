-- Which folder a file's project is.
local M = {}

local marks = { "journey.json", "project.journey" }

-- vim.fs came with 0.8.
local function up(folder, names)
  while true do
    for _, name in ipairs(names) do
      if vim.fn.getftype(folder .. "/" .. name) ~= "" then
        return folder
      end
    end
    local parent = vim.fn.fnamemodify(folder, ":h")
    if parent == folder then
      return nil
    end
    folder = parent
  end
end

-- All of a home, or of the disk, is nobody's project.
local function is_too_wide(folder)
  local function same(other)
    return other and vim.fn.resolve(other) == vim.fn.resolve(folder)
  end
  return same("/") or same(vim.env.HOME) or same("/tmp") or same(vim.env.TMPDIR)
end

local function folder_of(buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  if name == "" or name:match("^%a[%w+.-]+://") then
    return nil
  end
  local folder = vim.fn.fnamemodify(name, ":p:h")
  return vim.fn.isdirectory(folder) == 1 and folder or nil
end

--- The folder of the project of a map: that with the settings, else the repository, else the file's own. nil: it stands for itself.
function M.root(buffer)
  local folder = folder_of(buffer)
  if not folder then
    return nil
  end
  for _, found in ipairs({ up(folder, marks) or false, up(folder, { ".git" }) or false, folder }) do
    if found and not is_too_wide(found) then
      return found
    end
  end
  return nil
end

--- The folder with the settings around a Lua file; nil where it belongs to no project.
function M.project(buffer)
  local folder = folder_of(buffer)
  local found = folder and up(folder, marks)
  return found and not is_too_wide(found) and found or nil
end

--- Where a job about the buffer runs, so that what it names beside it is found.
function M.folder(buffer)
  return folder_of(buffer) or vim.fn.getcwd()
end

return M
