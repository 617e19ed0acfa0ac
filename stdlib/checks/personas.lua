-- Personas whose needs nothing meets, and one persona that stands for everybody.
--
-- A need that no step meets and no opportunity promises is one that the client takes elsewhere. And a persona who stands
-- on every map, or for several segments, is an average whom nobody has met.

local SEVERAL_MAPS, SEVERAL_SEGMENTS, MOST_NAMED = 3, 2, 3

-- Whether some step meets the need, or an opportunity will; and where steps name it as unmet.
local function uses_of_need(need)
  local met, unmet = false, {}
  for _, use in ipairs(uses(need)) do
    if keyword(use) == "needs" and use.state == "unmet" then
      unmet[#unmet + 1] = use
    else
      met = true
    end
  end
  return met, unmet
end

local function say_unmet(persona, need, unmet, report)
  local related = { { at = persona, text = "the persona" } }
  for i = 1, math.min(#unmet, MOST_NAMED) do
    related[#related + 1] = { at = { unmet[i], 1 }, text = "named here as unmet" }
  end
  report {
    code = "W0606",
    at = { need, "title" },
    message = 'no step of any map meets this need of "' .. persona.name .. '"',
    help = "name it at the step that meets it, or let an opportunity say that it will: meets NEED",
    related = related,
  }
end

local function check_needs(persona, report)
  if #uses(persona, "persona", 1) == 0 then return end -- on no map
  local open, linked = {}, false
  for _, need in ipairs(persona.needs) do
    local met, unmet = uses_of_need(need)
    linked = linked or met or #unmet > 0
    if not met then open[#open + 1] = { need, unmet } end
  end
  if not linked then
    report {
      code = "H0610",
      at = persona,
      message = 'no step says whether it meets what "' .. persona.name .. '" needs',
      help = "give each need a name, and name it at the steps that meet it or don't: needs plain-price unmet",
    }
    return
  end
  for _, need in ipairs(open) do say_unmet(persona, need[1], need[2], report) end
end

local function maps_of(project, persona)
  local maps = {}
  for _, journey in ipairs(project.journeys) do
    local whose = not journey.variant and journey.persona
    if type(whose) == "table" and whose.id == persona.id then maps[#maps + 1] = journey end
  end
  return maps
end

local function first(list, count, text)
  local places = {}
  for i = 1, count do places[i] = { at = list[i], text = text } end
  return places
end

local function check_everyone(project, report)
  if #project.personas ~= 1 then return end
  local persona, segments = project.personas[1], project.segments
  local maps = maps_of(project, persona)
  local by_segments = #maps > 0 and #segments >= SEVERAL_SEGMENTS
  if not by_segments and #maps < SEVERAL_MAPS then return end
  report {
    code = "W0903",
    at = persona,
    message = '"' .. persona.name .. '" is the only persona, and stands '
      .. (by_segments and "for " .. #segments .. " segments of clients" or "on all " .. #maps .. " maps"),
    help = "talk to clients who are not like that, and make a persona of them",
    related = by_segments and first(segments, SEVERAL_SEGMENTS, "a segment") or first(maps, SEVERAL_MAPS, "a map"),
  }
end

return {
  { each = "persona", with = { "needs" }, check = check_needs },
  { scope = "project", check = check_everyone },
}
