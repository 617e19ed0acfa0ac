-- Friction: how much stands in the client's way at a step, on average.
--
--   points of a step = ranks of its pains · 1 + unmet needs · 1 + partly met needs · 0.5 + (1 where it serves nothing)
--   friction         = mean of the points over the steps
--
-- A pain counts by the rank of its severity, from 1 (a nuisance) to 4 (clients leave); 2 where none is said. The weights are a
-- convention of this library; yours are settings, as in { set "unmet" 2 }.
--
-- Unit: points a step, from 0 up; lower is better. For a journey, a stage or a step, for all maps of a persona, for all steps that
-- a team owns; nothing where the map says nothing of pains and needs.

local friction = {
  scope = { "touchpoint", "stage", "journey", "persona", "team" },
  settings = {
    pain = 1,   -- for each rank of a pain
    unmet = 1,  -- for each need that is not met
    partly = 0.5,
    idle = 1,   -- where the step serves nothing
  },
}

function friction.points(step, settings)
  local points = 0
  for _, pain in ipairs(step.pains) do
    points = points + (pain.severity and pain.severity.rank or 2) * settings.pain
  end
  for _, need in ipairs(step.needs) do
    if need.state == "unmet" then points = points + settings.unmet end
    if need.state == "partly" then points = points + settings.partly end
  end
  if step.serves and step.serves.how == "nothing" then points = points + settings.idle end
  return points
end

local function says_any(steps)
  for _, step in ipairs(steps) do
    if #step.pains > 0 or #step.needs > 0 or step.serves then return true end
  end
end

local known = {} -- of a journey: whether any step says something of it

function friction.compute(journey, place, settings)
  if #place.steps == 0 then return nil end
  if journey and known[journey] == nil then known[journey] = says_any(journey.steps) or false end
  if not says_any(place.steps) and not (journey and known[journey]) then return nil end
  local sum = 0
  for _, step in ipairs(place.steps) do
    local points = friction.points(step, settings)
    if points > 0 then explain(step, points) end
    sum = sum + points
  end
  return sum / #place.steps
end

return friction
