-- Volatility: how much the client's feelings go up and down.
--
--   mean of |emotion − emotion before|, over the steps that state one
--
-- A calm way has a low one, a good or a bad one; a way of highs and lows a high one. J. von Neumann and others, "The Mean Square
-- Successive Difference", Annals of Mathematical Statistics 12 (1941), take the squares; here a swing counts as it is.
--
-- Unit: 0 (always the same) to 2 (from the best to the worst at each step); lower is better. For a journey or a stage; nothing
-- where fewer than two steps state an emotion.

return {
  range = { 0, 2 },
  scope = { "stage", "journey" },
  compute = function(journey, place)
    local before
    local sum, count = 0, 0
    for _, step in ipairs(place.steps) do
      if step.emotion then
        if before then
          local swing = math.abs(step.emotion - before.emotion)
          explain(before.title .. " to " .. step.title, swing)
          sum, count = sum + swing, count + 1
        end
        before = step
      end
    end
    if count > 0 then return sum / count end
  end,
}
