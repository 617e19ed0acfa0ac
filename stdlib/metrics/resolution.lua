-- Time to resolution: how long it takes until a client's request is settled.
--
--   mean of the times   ± t · s / √n at 95%
--
-- The scores are minutes. Where the file has them in hours or days, say so: declare the metric again, with { set "unit" 1d }.
--
-- Unit: time; lower is better. Counted from `column score`; nothing where nothing was measured.

local answers = require "stdlib.metrics.answers"

return {
  settings = { unit = 1 }, -- the minutes that a score of 1 stands for
  compute = function(journey, place, settings)
    return answers.result(place, "mean of the times", function(tally)
      local mean = answers.mean(tally, 0)
      if not mean then return nil end
      for _, key in ipairs { "value", "low", "high" } do
        mean[key] = mean[key] and mean[key] * settings.unit
      end
      return mean
    end)
  end,
}
