-- Retention: which share of the clients stayed.
--
--   (clients at the end − new clients) / clients at the start of the period   with Wilson's interval at 95%
--
-- Of a table of periods, a row each, with `column start`, `column end` and `column new`; over several periods it is the share of a
-- period, on average. Of a table of clients, a row each, with a `column score` of yes and no: those who stayed.
--
-- Unit: share; higher is better. Nothing where nothing was counted.

local answers = require "stdlib.metrics.answers"

local function retention(tally)
  if not tally.start or tally.start == 0 then return nil end
  local stayed = tally.finish - tally.new
  if stayed < 0 or stayed > tally.start then
    error("the clients at the end, less the new ones, are not between 0 and those at the start", 0)
  end
  return stats.share(stayed, tally.start)
end

return function(journey, place)
  local all = place.answers
  if not all then return nil end
  if not all.start or all.start == 0 then return answers.result(place, "those who stayed, out of all", answers.share) end
  explain("clients at the end", all.finish)
  explain("of them new", all.new)
  explain("clients at the start", all.start)
  return answers.result(place, "(end - new) / start", retention)
end
