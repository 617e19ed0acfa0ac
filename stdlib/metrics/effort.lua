-- Effort: how much a step asks of the client, on average.
--
--   points of a step = actions · 1  +  log2(1 + hours busy) · 0.5  +  log2(1 + days waiting) · 0.5
--   effort           = mean of the points over the steps
--
-- Every line of `client` is an action; a step that names none counts as one. `takes` is the time busy, `waits` the time
-- waiting. By the logarithm, the first hour weighs more than the hundredth: a week of waiting is 1.5 points, a year 4.3.
--
-- Unit: points a step, from 1 up; lower is better. For a journey, a stage or a step. The weights are a convention of this
-- library, so that maps can be compared; yours are settings:
--
--   metric effort "Effort" unit "points a step" better lower computed-by "metrics/effort.lua" { set "waiting" 1 }

local log = math.log
local effort = {}

effort.settings = {
  action = 1,    -- for each thing that the client does
  busy = 0.5,    -- each time that the hours it takes double
  waiting = 0.5, -- each time that the days of waiting double
}

function effort.points(step, settings)
  local actions, takes, waits = #step.client, step.takes, step.waits
  local points = (actions > 0 and actions or 1) * settings.action
  if takes then points = points + log(1 + takes / 60, 2) * settings.busy end
  if waits then points = points + log(1 + waits / 1440, 2) * settings.waiting end
  return points
end

function effort.compute(journey, place, settings)
  if #place.steps == 0 then return nil end
  local sum = 0
  for _, step in ipairs(place.steps) do
    local points = effort.points(step, settings)
    explain(step, points)
    sum = sum + points
  end
  return sum / #place.steps
end

return effort
