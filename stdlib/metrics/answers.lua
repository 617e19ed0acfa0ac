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

-- The result: what `estimate` makes of the whole, and of each of its periods as the trend.
function answers.of(whole, how, estimate)
  local result = estimate(whole)
  if not result then return nil end
  result.how, result.trend = how, {}
  for _, period in ipairs(whole.periods) do
    local point = estimate(period)
    if point then
      point.period = period.name
      table.insert(result.trend, point)
    end
  end
  return result
end

-- The same of what a place's measure counted; nothing where there is none.
function answers.result(place, how, estimate)
  return place.answers and answers.of(place.answers, how, estimate)
end

-- The mean, whose interval does not lead out of where scores can be. `from` and `to` may be nil.
function answers.mean(tally, from, to)
  local mean = stats.mean(tally)
  if not mean or not mean.low then return mean end
  if from then mean.low = math.max(mean.low, from) end
  if to then mean.high = math.min(mean.high, to) end
  return mean
end

-- The scores that are not 0, out of all: of yes and no, the share of yes.
function answers.share(tally)
  if not tally.scores then return answers.mean(tally) end
  return stats.share(tally.n - answers.count(tally, 0, 0), tally.n)
end

function answers.compute(journey, place)
  local all = place.answers
  if not all then return nil end
  local result
  if all.as == "share" then
    result = answers.result(place, "share of those that are not 0", answers.share)
  elseif all.as == "top-2-box" then
    local best = all.scale and all.scale.max or all.max
    result = answers.result(place, string.format("top 2 of a scale to %g", best), function(tally)
      return stats.share(answers.count(tally, best - 1, best), tally.n)
    end)
  else
    local scale = all.scale or {}
    return answers.result(place, "mean of the scores", function(tally)
      return answers.mean(tally, scale.min, scale.max)
    end)
  end
  if result then result.unit = "share" end
  return result
end

return answers
