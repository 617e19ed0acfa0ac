-- Lowest point: how bad the worst step feels.
--
--   smallest emotion of all steps that state one
--
-- Unit: -1 (the worst) to 1 (the best); higher is better. For a journey, a stage or a step; nothing where no step states
-- an emotion.

return function(journey, place)
  local lowest
  for _, step in ipairs(place.steps) do
    if step.emotion and (not lowest or step.emotion < lowest) then
      lowest = step.emotion
    end
  end
  return lowest
end
