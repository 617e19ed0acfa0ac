-- What was drawn: lines of text, and where in them each step stands.
local M = {}

--- The place whose box holds the line and the column of the screen, both from 0; else nil.
function M.at(places, line, column)
  for _, place in ipairs(places) do
    local box = place.box
    if box and line >= box.line and line < box.line + box.height and column >= box.column and column < box.column + box.width then
      return place
    end
  end
end

--- The step that the line (from 0) of the file stands in or under; nil in front of them all and behind the journey's end.
function M.step_at(places, uri, buffer, line)
  local found
  for _, place in ipairs(places) do
    local start = place.range.start.line
    if place.uri == uri and start <= line and (not found or start >= found.range.start.line) then
      found = place
    end
  end
  if not found or line == found.range.start.line then
    return found
  end
  local function depth(number)
    local text = vim.api.nvim_buf_get_lines(buffer, number, number + 1, false)[1] or ""
    return text:match("%S") and #text:match("^%s*") or 1000
  end
  return depth(line) >= depth(found.range.start.line) and found or nil
end

function M.by_id(places, id)
  for _, place in ipairs(places) do
    if place.id == id then
      return place
    end
  end
end

--- The bytes from, to (from 0) of the columns of a line.
function M.bytes(text, column, width)
  local from, to, at = #text, #text, 0
  local byte = 0
  for _, char in ipairs(vim.fn.split(text, "\\zs")) do
    if at >= column and from == #text then
      from = byte
    end
    if at >= column + width then
      to = byte
      break
    end
    at = at + vim.fn.strdisplaywidth(char, at)
    byte = byte + #char
  end
  return math.min(from, to), to
end

--- Which line the reader looks at, said by the step there: it survives what is written above. {id?, off}
function M.anchor(places, line)
  local found
  for _, place in ipairs(places) do
    if place.box and place.box.line <= line and (not found or place.box.line > found.box.line) then
      found = place
    end
  end
  return found and { id = found.id, off = line - found.box.line } or { off = line }
end

--- The line that the anchor means now.
function M.line_of(places, anchor)
  local place = anchor.id and M.by_id(places, anchor.id)
  return place and place.box and place.box.line + anchor.off or nil
end

return M
