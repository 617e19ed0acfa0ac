-- Moments at risk: how many moments of truth are about to go wrong.
--
--   number of steps marked `moment-of-truth` that feel bad, hurt severely, or leave a need unmet
--
-- Bad is an emotion below 0; severe a pain of rank 3 or 4, `high` or `critical`. J. Carlzon, "Moments of Truth", Ballinger (1987).
--
-- Unit: moments, from 0 up; lower is better. For a journey, a stage or a step, and for all steps that a team owns; nothing where
-- there is no moment of truth.

local function why(step)
  if step.emotion and step.emotion < 0 then return "it feels bad" end
  for _, pain in ipairs(step.pains) do
    if pain.severity and pain.severity.rank >= 3 then return pain.title end
  end
  for _, need in ipairs(step.needs) do
    if need.state == "unmet" then return "a need is not met" end
  end
end

return {
  scope = { "touchpoint", "stage", "journey", "team" },
  compute = function(journey, place)
    local count
    for _, step in ipairs(place.steps) do
      if step.momentOfTruth then
        local reason = why(step)
        if reason then explain(step.title .. ": " .. reason) end
        count = (count or 0) + (reason and 1 or 0)
      end
    end
    return count
  end,
}
