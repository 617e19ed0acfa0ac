-- Walks every table that a script can come to, and holds it against the type file: `types.Step.via` is "Channel[]".
-- Raises an error with all that differs; answers how many tables it saw. Read by tests/unit/test_luatypes.c.
local types = require "types"
local wrong, seen, known, absent = {}, {}, {}, {}

local function complain(what)
  if #wrong < 20 and not known[what] then
    known[what] = true
    table.insert(wrong, what)
  end
end

-- "A|(B|C)[]" is { "A", "(B|C)[]" }
local function alternatives(type_text)
  local list, depth, from, quoted = {}, 0, 1, false
  for i = 1, #type_text do
    local c = type_text:sub(i, i)
    if c == '"' then quoted = not quoted end
    if not quoted then
      if c == "(" then depth = depth + 1 end
      if c == ")" then depth = depth - 1 end
      if c == "|" and depth == 0 then
        table.insert(list, type_text:sub(from, i - 1))
        from = i + 1
      end
    end
  end
  table.insert(list, type_text:sub(from))
  return list
end

local matches

local function is_list(value, of, path)
  if type(value) ~= "table" then return false end
  for key, item in pairs(value) do
    if type(key) ~= "number" or not matches(item, of, path .. "[" .. tostring(key) .. "]") then return false end
  end
  return true
end

-- Which class a table is can be told by its fields: all of them must be the class's own.
local function is_class(value, class, path)
  if type(value) ~= "table" then return false end
  local known_as = seen[value]
  if known_as then return known_as == class end
  for key in pairs(value) do
    if not types[class][key] then return false, class .. " has no field " .. tostring(key) end
  end
  seen[value] = class
  for field, of in pairs(types[class]) do
    local item = value[field]
    if item ~= nil then types.found[class .. "." .. field] = true end
    local lacks = item == nil and absent[class .. "." .. field]
    if not lacks and not matches(item, of, path .. "." .. field) then
      complain(path .. "." .. field .. " is a " .. type(item) .. " (" .. tostring(item) .. "), not " .. of)
    end
  end
  return true
end

local function matches_one(value, of, path)
  if of:sub(1, 1) == '"' then return value == of:sub(2, -2) end
  if of == "true" then return value == true end
  if of == "integer" then return math.type(value) == "integer" end
  if of == "number" or of == "string" or of == "boolean" or of == "nil" then return type(value) == of end
  if of:sub(-2) == "[]" then return is_list(value, of:sub(1, -3), path) end
  if of:sub(1, 1) == "(" then return matches(value, of:sub(2, -2), path) end
  if not types[of] then
    complain("there is no class " .. of)
    return false
  end
  return is_class(value, of, path)
end

function matches(value, of, path)
  if of:sub(-1) == "?" then
    if value == nil then return true end
    of = of:sub(1, -2)
  end
  local why
  for _, one in ipairs(alternatives(of)) do
    local good, reason = matches_one(value, one, path)
    if good then return true end
    why = why or reason
  end
  if why and not of:find("|", 1, true) then complain(path .. ": " .. why) end
  return false
end

return function(journey, place)
  local of_check = place.kind == "check" -- see walk_check.lua
  absent = of_check and types.metrics or types.checks
  assert(of_check or (value and evidence and explain and stats.trend), "a function of metrics is gone")
  if not of_check and not matches(place, "Place", "place") then complain(place.kind .. " is no Place") end
  if not matches(journey, "Journey", "journey") then complain("journey is no Journey") end
  for class, fields in pairs(types) do
    for field in pairs(class:find("^%u") and fields or {}) do
      local name = class .. "." .. field
      if class ~= "Place" and not types.found[name] and not absent[name] then
        complain("nothing in the map has " .. name)
      end
    end
  end
  assert(#wrong == 0, table.concat(wrong, "; "))
  local count = 0
  for _ in pairs(types.found) do count = count + 1 end
  return count
end
