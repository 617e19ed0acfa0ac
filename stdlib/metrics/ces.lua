-- Customer Effort Score 2.0: how far clients agree that it was made easy for them.
--
--   mean of the scores   ± t · s / √n at 95%
--
-- "The company made it easy for me to handle my issue", from 1 (not at all) to 7 (very much). `measure ces as share` is the
-- share of those who say 5 to 7 instead, with Wilson's interval. M. Dixon, N. Toman, R. DeLisi, "The Effortless Experience",
-- Portfolio (2013). Another scale is that of the evidence; its three best marks are the share.
--
-- Unit: points of the scale, or share; higher is better. Counted from `column score`; nothing where nothing was asked.

local answers = require "stdlib.metrics.answers"

return function(journey, place)
  local all = place.answers
  if not all then return nil end
  local scale = all.scale or { min = 1, max = 7 }
  answers.check(all, scale.min, scale.max, "CES")
  if all.as ~= "share" and all.as ~= "top-2-box" then
    return answers.result(place, string.format("mean of %g to %g", scale.min, scale.max), function(tally)
      return answers.mean(tally, scale.min, scale.max)
    end)
  end
  local from = scale.max - (all.as == "share" and 2 or 1)
  local result = answers.result(place, string.format("share of %g to %g", from, scale.max), function(tally)
    return stats.share(answers.count(tally, from, scale.max), tally.n)
  end)
  if result then result.unit = "share" end
  return result
end
