-- Conversion: which share of those who come reach this place.
--
--   cases that reach it / cases that come   with Wilson's interval at 95%
--
-- Of an event log: cases that come to this step or stage, or complete the journey, out of all that come to any step. Of a table
-- with a row for each who came, with a `column score` of yes and no: those who reached it.
--
-- Unit: share; higher is better. Nothing where nothing was counted.

local answers = require "stdlib.metrics.answers"

local function reached(seen) return stats.share(seen.reached, seen.cases) end

return function(journey, place)
  local seen = place.observed
  if not seen then return answers.result(place, "those who reached it, out of all", answers.share) end
  explain("cases that reach it", seen.reached)
  explain("cases that come to any step", seen.cases)
  return answers.of(seen, "cases that reach it, out of all that come", reached)
end
