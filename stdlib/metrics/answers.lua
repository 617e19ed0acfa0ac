-- Answers: what a measure comes to whose metric has no Lua file of its own, and what those that have one share.
--
--   mean = sum of the scores / number of scores   ± t · s / √n at 95%
--
-- `measure kindness as top-2-box from survey` counts the two best scores of the scale instead, and `as share` those that are
-- not 0: a column of yes and no is read as 1 and 0.
--
-- In a file of your own: local answers = require "stdlib.metrics.answers"

local answers = {}

-- How many scores lie between two numbers, both included.
function answers.count(tally, from, to)
  if not tally.scores then error("there are over 1,000 different scores: name the right `column score`", 0) end
  local count = 0
  for _, score in ipairs(tally.scores) do
    if score.value >= from and score.value <= to then count = count + score.count end
  end
  return count
end

-- Stops where scores lie outside of what the metric is asked on.
function answers.check(tally, from, to, what)
  if tally.n > 0 and (tally.min < from or tally.max > to) then
    error(string.format("%s is asked from %g to %g, and the scores run from %g to %g: name the right `column score`, or say "
      .. "its `scale`", what, from, to, tally.min, tally.max), 0)
  end
end

-- The result: what `estimate` makes of all answers, and of those of each period as the trend.
function answers.result(place, how, estimate)
  local result = place.answers and estimate(place.answers)
  if not result then return nil end
  result.how, result.trend = how, {}
  for _, period in ipairs(place.answers.periods) do
    local point = estimate(period)
    if point then
      point.period = period.name
      table.insert(result.trend, point)
    end
  end
  return result
end

-- The scores that are not 0, out of all: of yes and no, the share of yes.
function answers.share(tally)
  if not tally.scores then return stats.mean(tally) end
  return stats.share(tally.n - answers.count(tally, 0, 0), tally.n)
end

function answers.compute(journey, place)
  local all = place.answers
  if not all then return nil end
  if all.as == "share" then return answers.result(place, "share of those that are not 0", answers.share) end
  if all.as == "top-2-box" then
    local best = all.scale and all.scale.max or all.max
    return answers.result(place, string.format("top 2 of a scale to %g", best), function(tally)
      return stats.share(answers.count(tally, best - 1, best), tally.n)
    end)
  end
  return answers.result(place, "mean of the scores", stats.mean)
end

return answers
