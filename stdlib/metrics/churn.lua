-- Churn: which share of the clients was lost.
--
--   lost / clients at the start of the period   with Wilson's interval at 95%
--
-- Of a table of periods, a row each, with `column start` and `column lost`; over several periods it is the share of a period, on
-- average. Of a table of clients, a row each, with a `column score` of yes and no: those who left.
--
-- Unit: share; lower is better. Nothing where nothing was counted.

local answers = require "stdlib.metrics.answers"

local function churn(tally)
  if not tally.start or tally.start == 0 then return nil end
  if tally.lost > tally.start then error("more clients were lost than there were at the start", 0) end
  return stats.share(tally.lost, tally.start)
end

return function(journey, place)
  local all = place.answers
  if not all then return nil end
  if not all.start or all.start == 0 then return answers.result(place, "those who left, out of all", answers.share) end
  explain("lost", all.lost)
  explain("clients at the start", all.start)
  return answers.result(place, "lost / clients at the start", churn)
end
