-- Drop-off: which share of those who are here don't come to the next step.
--
--   1 − (cases here that go on to the next step / cases here)   with Wilson's interval at 95%
--
-- Of an event log, for each step but the last; of a whole journey, the cases that don't complete it. Of a table with a row for
-- each who came, with a `column score` of yes and no: those who dropped off.
--
-- Unit: share; lower is better. Nothing where nothing was counted.

local answers = require "stdlib.metrics.answers"

local function left(seen) return seen.goesOn and stats.share(seen.here - seen.goesOn, seen.here) end

return function(journey, place)
  local seen = place.observed
  if not seen then return answers.result(place, "those who dropped off, out of all", answers.share) end
  if not seen.goesOn then return nil end
  explain("cases here", seen.here)
  explain("of them go on", seen.goesOn)
  return answers.of(seen, "cases that don't go on, out of all here", left)
end
