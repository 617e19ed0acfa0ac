-- Waiting time: how long the client waits, all in all.
--
--   sum of `waits` over the steps
--
-- What a step `takes` is not waiting: the client is busy then. Where paths skip or repeat steps, it is the time of a client who
-- goes through each step once.
--
-- Unit: time; lower is better. For a journey, a stage or a step; nothing where no step says how long it waits.

return function(journey, place)
  local sum
  for _, step in ipairs(place.steps) do
    if step.waits then
      explain(step.title .. ", in minutes", step.waits)
      sum = (sum or 0) + step.waits
    end
  end
  return sum
end
