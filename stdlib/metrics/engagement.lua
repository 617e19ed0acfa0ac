-- Engagement: which share of clients takes part.
--
--   clients who take part / n   with Wilson's interval at 95%
--
-- Of a table with a row for each client, with a `column score` of yes and no. Where the scores are shares themselves (0.4 of the
-- features used), it is their mean, ± t · s / √n.
--
-- Unit: share; higher is better. Nothing where nothing was counted.

local answers = require "stdlib.metrics.answers"

return function(journey, place)
  local all = place.answers
  if not all then return nil end
  answers.check(all, 0, 1, "engagement")
  local ones = all.scores and answers.count(all, 0, 0) + answers.count(all, 1, 1) or 0
  if ones == all.n then return answers.result(place, "those who take part, out of all", answers.share) end
  return answers.result(place, "mean of the shares", function(tally) return answers.mean(tally, 0, 1) end)
end
