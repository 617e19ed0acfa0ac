-- :JourneyShow : the drawn map in a split. It follows the text while it is typed, and the map that is being edited.
local ask = require("journey.ask")
local drawn = require("journey.drawn")
local program = require("journey.program")
local say = require("journey.say")
local split = require("journey.split")
local M = {}

local SLOW = 300 -- ms: a drawing that takes longer waits until nobody types

local space = vim.api.nvim_create_namespace("journey-here")
-- The one map that is shown: its buffer and the map's; the places of what was drawn; whether a drawing is being made,
-- and is old already.
local view

local empty = {
  "There is no journey here yet. Begin with",
  "",
  '  journey "What the client goes through" {',
  '    stage "First" {',
  '      touchpoint "What the client does" via web',
  "    }",
  "  }",
}

--- The map's buffer; nil where none is shown.
function M.source()
  return view and view.source
end

-- The line below the map: which it is, and what can be done in it.
local function name_it()
  local window = split.window(view.buffer)
  if window then
    local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(view.source), ":t")
    split.label(window, ("Map of %s%s"):format(name ~= "" and name or "this text", view.note or ""), "Enter: to the line  ")
  end
end

local function window_of_source()
  return split.window(view.source)
end

-- ---- drawing ----

-- Puts the lines there; the reader's eye stays on the step that it was on.
local function put(text, places)
  local window = split.window(view.buffer)
  local before = window and vim.api.nvim_win_call(window, vim.fn.winsaveview)
  local top, cursor = before and drawn.anchor(view.places, before.topline - 1), before and drawn.anchor(view.places, before.lnum - 1)
  split.fill(view.buffer, vim.split(text:gsub("%s+$", ""), "\n", { plain = true }))
  if before then
    before.topline = (drawn.line_of(places, top) or before.topline - 1) + 1
    before.lnum = (drawn.line_of(places, cursor) or before.lnum - 1) + 1
    before.lnum = math.min(before.lnum, vim.api.nvim_buf_line_count(view.buffer))
    vim.api.nvim_win_call(window, function()
      vim.fn.winrestview(before)
    end)
  end
  view.places = places
  name_it()
end

local function lines_of_box(box)
  return vim.api.nvim_buf_get_lines(view.buffer, box.line, box.line + box.height, false)
end

-- The title of a step, up to the line below it, gets a colour.
local function colour_title(box)
  for i, text in ipairs(lines_of_box(box)) do
    local from, to = drawn.bytes(text, box.column, box.width)
    local cell = text:sub(from + 1, to)
    if not cell:match("%S") or cell:find("╌", 1, true) or i > 6 or (box.column == 0 and i > 1) then
      return
    end
    vim.api.nvim_buf_set_extmark(view.buffer, space, box.line + i - 1, from, { end_col = to, hl_group = "JourneyHere" })
  end
end

local function scroll_to(box)
  local window = split.window(view.buffer)
  if not window or vim.api.nvim_get_current_win() == window then
    return
  end
  vim.api.nvim_win_call(window, function()
    if box.line + 1 < vim.fn.line("w0") or box.line + 2 > vim.fn.line("w$") then
      vim.fn.winrestview({ topline = math.max(1, box.line - 2), lnum = box.line + 1 })
    end
  end)
end

-- Marks the step under the cursor of the text, and shows it when it is another than before.
local function mark(follows)
  local window = window_of_source()
  if not window or not vim.api.nvim_buf_is_valid(view.buffer) then
    return
  end
  local line = vim.api.nvim_win_get_cursor(window)[1] - 1
  local step = drawn.step_at(view.places, vim.uri_from_bufnr(view.source), view.source, line)
  vim.api.nvim_buf_clear_namespace(view.buffer, space, 0, -1)
  if step and step.box then
    colour_title(step.box)
    if follows and step.id ~= view.step then
      scroll_to(step.box)
    end
  end
  view.step = step and step.id
end

local function done(text, places)
  if not view or not vim.api.nvim_buf_is_valid(view.buffer) then
    return
  end
  view.busy, view.note = false, nil
  put(text or table.concat(empty, "\n"), places or {})
  view.is_drawn = true
  vim.loop.update_time()
  view.took = vim.loop.now() - (view.since or vim.loop.now())
  mark(false)
  vim.b[view.buffer].journey_drawn = (vim.b[view.buffer].journey_drawn or 0) + 1
  if view.again then
    view.again = false
    M.refresh()
  end
end

-- It could not be drawn: what is there already stays, and the line below says why it is old.
local function failed(why)
  if not view or not vim.api.nvim_buf_is_valid(view.buffer) then
    return
  end
  if not view.is_drawn then
    done("The map can't be drawn: " .. why)
    view.is_drawn = false
    return
  end
  view.busy, view.note = false, ", as it was: " .. why:match("[^\n]*")
  name_it()
  if view.again then
    view.again = false
    M.refresh()
  end
end

local function width()
  local window = split.window(view.buffer)
  return window and vim.api.nvim_win_get_width(window) or 80
end

local function by_server(mine)
  local window = window_of_source()
  local at = window and vim.api.nvim_win_get_cursor(window) or { 1, 0 }
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(view.source) },
    position = { line = at[1] - 1, character = at[2] },
    format = "text",
    width = math.max(30, width()),
  }
  return ask.request(view.source, "journey/preview", params, function(err, result)
    if view == mine and err then
      failed(err.message or tostring(err))
    elseif view == mine then
      done(result and result.content, result and result.places)
    end
  end)
end

-- Without a server: the text goes through the program. It doesn't tell where the steps stand.
local function by_program(mine)
  local text = table.concat(vim.api.nvim_buf_get_lines(view.source, 0, -1, false), "\n") .. "\n"
  local words = program.computing("show", "-", "--width", tostring(width()))
  local job, why = program.run(words, { input = text, cwd = require("journey.place").folder(view.source) }, function(code, out, err)
    if view ~= mine then
      return
    elseif code == 0 then
      done(out:match("%S") and out or nil)
    else
      failed(vim.trim(err))
    end
  end)
  if not job then
    failed(why)
  end
end

local function draw()
  if vim.api.nvim_buf_is_loaded(view.source) then
    view.busy, view.since = true, vim.loop.now()
    if not by_server(view) then
      by_program(view)
    end
  end
end

-- What takes long lets the typist go first: it is drawn when the keys have rested for as long as the last one took.
local function draw_later(took)
  local mine, turn = view, {}
  view.turn = turn
  vim.defer_fn(function()
    if view == mine and view.turn == turn and not view.busy then
      draw()
    end
  end, took)
end

--- Draws again; while a drawing is being made, after that.
function M.refresh()
  if not view then
    return
  elseif view.busy then
    view.again = true
  elseif (view.took or 0) > SLOW then
    draw_later(view.took)
  else
    draw()
  end
end

--- The server says that the drawing of a map is another now; without an address: that a server is there.
function M.changed(uri)
  if view and (not uri or uri == vim.uri_from_bufnr(view.source)) then
    M.refresh()
  end
end

--- The server is gone, and with it what it was asked.
function M.lost()
  if view and view.busy then
    view.busy, view.again = false, false
    M.refresh()
  end
end

-- ---- moving ----

local function jump()
  local at = vim.api.nvim_win_get_cursor(0)
  local text = vim.api.nvim_get_current_line()
  local place = drawn.at(view.places, at[1] - 1, vim.fn.strdisplaywidth(text:sub(1, at[2])))
  if not place then
    if #view.places == 0 then
      say.info("only the language server knows where a step is declared; :checkhealth journey")
    end
    return
  end
  local window = window_of_source()
  if window then
    vim.api.nvim_set_current_win(window)
  else
    vim.cmd("aboveleft split")
  end
  local location = { uri = place.uri, range = place.range }
  if vim.lsp.util.show_document then
    vim.lsp.util.show_document(location, "utf-16", { focus = true })
  else
    vim.lsp.util.jump_to_location(location, "utf-16")
  end
end

local function follow(event)
  if event.buf ~= view.source and vim.bo[event.buf].filetype == "journey" and vim.bo[event.buf].buftype == "" then
    view.source, view.places, view.step, view.is_drawn = event.buf, {}, nil, false
    -- What was asked about the other one is of no use any more.
    view = vim.tbl_extend("force", view, { busy = false, again = false })
    M.refresh()
  end
end

-- ---- opening and closing ----

local function close()
  view = nil
  pcall(vim.api.nvim_del_augroup_by_name, "journey-show")
end

local function listen(buffer)
  local group = vim.api.nvim_create_augroup("journey-show", {})
  local function on(events, call, pattern)
    vim.api.nvim_create_autocmd(events, { group = group, pattern = pattern, callback = function(event)
      if view then
        call(event)
      end
    end })
  end
  on({ "TextChanged", "TextChangedI", "TextChangedP", "BufWritePost" }, function(event)
    if event.buf == view.source then
      M.refresh()
    end
  end)
  on({ "CursorMoved", "CursorMovedI" }, function(event)
    if event.buf == view.source then
      mark(true)
    end
  end)
  on({ "BufEnter", "FileType" }, follow)
  on({ "VimResized", vim.fn.exists("##WinResized") == 1 and "WinResized" or "WinEnter" }, function()
    if view.width ~= width() then
      view.width = width()
      M.refresh()
    end
  end)
  if vim.fn.exists("##LspAttach") == 1 then
    on("LspAttach", M.refresh)
  end
  vim.api.nvim_create_autocmd("BufWipeout", { group = group, buffer = buffer, callback = close })
end

function M.open(given)
  local source = ask.map()
  if not source then
    return
  end
  local home = vim.api.nvim_get_current_win()
  local buffer, _, is_new = split.open("journey://map", "journeymap", given and given.mods or "")
  view = { buffer = buffer, source = source, places = view and view.places or {}, width = nil }
  view.width = width()
  if is_new then
    listen(buffer)
    for _, key in ipairs({ "<CR>", "<2-LeftMouse>" }) do
      vim.keymap.set("n", key, jump, { buffer = buffer, desc = "To the line that declares this step" })
    end
  end
  if vim.api.nvim_win_is_valid(home) then
    vim.api.nvim_set_current_win(home)
  end
  M.refresh()
end

return M
