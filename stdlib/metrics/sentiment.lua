-- Sentiment: how good or bad it is what clients say.
--
--   mean of the scores, on a scale from -1 to 1   ± t · s / √n at 95%
--
-- Scores on another scale, said by the evidence as in `scale 0..100`, are brought to this one.
--
-- Unit: -1 (the worst) to 1 (the best); higher is better. Counted from `column score`; nothing where nothing was said.

local answers = require "stdlib.metrics.answers"

return {
  range = { -1, 1 },
  compute = function(journey, place)
    local all = place.answers
    if not all then return nil end
    local scale = all.scale or { min = -1, max = 1 }
    answers.check(all, scale.min, scale.max, "sentiment")
    local function inner(number)
      return number and (number - scale.min) / (scale.max - scale.min) * 2 - 1
    end
    return answers.result(place, string.format("mean of %g to %g, as -1 to 1", scale.min, scale.max), function(tally)
      local mean = answers.mean(tally, scale.min, scale.max)
      return mean and { value = inner(mean.value), low = inner(mean.low), high = inner(mean.high), n = mean.n }
    end)
  end,
}
