-- Effort: how much a step asks of the client, on average.
--
--   points of a step = actions · 1  +  hours busy · 0.5  +  days waiting · 0.25
--   effort           = mean of the points over the steps
--
-- Every line of `client` is an action; a step that names none counts as one. `takes` is the time busy, `waits` the time
-- waiting. Unit: points a step, from 0 up; lower is better. For a journey, a stage or a step.
--
-- The weights are a convention, so that maps can be compared. Your own go into a file of your own:
--   local effort = require "stdlib.metrics.effort"
--   effort.weights.waiting = 1
--   return effort

local effort = {}

effort.weights = {
  action = 1,     -- for each thing that the client does
  busy = 0.5,     -- for each hour that it takes
  waiting = 0.25, -- for each day that the client waits
}

function effort.points(step)
  local weights = effort.weights
  return math.max(#step.client, 1) * weights.action
    + (step.takes or 0) / 60 * weights.busy
    + (step.waits or 0) / 1440 * weights.waiting
end

function effort.compute(journey, place)
  if #place.steps == 0 then return nil end
  local sum = 0
  for _, step in ipairs(place.steps) do
    sum = sum + effort.points(step)
  end
  return sum / #place.steps
end

return effort
