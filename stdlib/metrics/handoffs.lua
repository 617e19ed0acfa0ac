-- Handoffs: how often the client is passed from one team to another.
--
--   number of steps whose team differs from the team of the step before
--
-- A step's team is the first one that acts on its front stage, or else its owner. Steps without either are passed over. A
-- handoff counts where it arrives, so that the stages add up to the journey.
--
-- Unit: handoffs, from 0 up; lower is better. For a journey, a stage or a step; nothing where no step has a team.

local function team_of(step)
  for _, action in ipairs(step.frontstage) do
    if action.team then return action.team end
  end
  return step.owner
end

-- What was found for a step of a journey, or false: it holds for all that were passed over on the way, so none is walked over
-- twice.
local known = {}

local function team_before(journey, number)
  known[journey] = known[journey] or {}
  local found, at, team = known[journey], number, nil
  while at > 1 and found[at] == nil and not team do
    at = at - 1
    team = team_of(journey.steps[at])
  end
  team = team or found[at] or false
  for i = at + 1, number do found[i] = team end
  return team
end

return function(journey, place)
  if #place.steps == 0 then return nil end
  local before = team_before(journey, place.steps[1].number)
  local count
  for _, step in ipairs(place.steps) do
    local team = team_of(step)
    if team then
      local passed = before and before.id ~= team.id
      if passed then explain(string.format("%s: from %s to %s", step.title, before.title, team.title)) end
      count = (count or 0) + (passed and 1 or 0)
      before = team
    end
  end
  return count
end
