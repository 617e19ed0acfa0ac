-- Customer satisfaction: how many clients give one of the two best marks, or the mean mark.
--
--   scores that are the best or next to it / n   with Wilson's interval at 95%
--
-- `measure csat as mean` is the mean of the scores instead, ± t · s / √n. The scale is that of the evidence, `scale 1..5` where
-- it says nothing; on a scale of two marks only the better one counts. E. B. Wilson, "Probable Inference, the Law of
-- Succession, and Statistical Inference", JASA 22 (1927). 104 of 180 are 57.8%, 50.5% to 64.8%.
--
-- Unit: share, or points of the scale; higher is better. Counted from `column score`; nothing where nothing was asked.

local answers = require "stdlib.metrics.answers"

return function(journey, place)
  local all = place.answers
  if not all then return nil end
  local scale = all.scale or { min = 1, max = 5 }
  answers.check(all, scale.min, scale.max, "CSAT")
  if all.as == "mean" then
    local result = answers.result(place, string.format("mean of %g to %g", scale.min, scale.max), function(tally)
      return answers.mean(tally, scale.min, scale.max)
    end)
    if result then result.unit = "points" end
    return result
  end
  local boxes = scale.max - scale.min > 1 and 2 or 1
  local function share(tally)
    return stats.share(answers.count(tally, scale.max - boxes + 1, scale.max), tally.n)
  end
  explain(string.format("answers from %g to %g", scale.max - boxes + 1, scale.max),
    answers.count(all, scale.max - boxes + 1, scale.max))
  return answers.result(place, string.format("top %d of %g to %g", boxes, scale.min, scale.max), share)
end
