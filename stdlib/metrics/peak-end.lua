-- Peak-end: what the client is likely to remember.
--
--   (most extreme emotion + last emotion) / 2
--
-- The most extreme is the one farthest from 0; of two equally far, the worse. People judge an experience by its most intense
-- moment and by its end, hardly by its length: D. Kahneman, B. L. Fredrickson, C. A. Schreiber, D. A. Redelmeier, "When
-- More Pain Is Preferred to Less: Adding a Better End", Psychological Science 4 (1993) 401-405.
--
-- Unit: -1 (the worst) to 1 (the best); higher is better. For a journey, a stage or a step; nothing where no step states
-- an emotion.

return function(journey, place)
  local peak, last
  for _, step in ipairs(place.steps) do
    local emotion = step.emotion
    if emotion then
      local farther = not peak or math.abs(emotion) > math.abs(peak)
      if farther or (math.abs(emotion) == math.abs(peak) and emotion < peak) then
        peak = emotion
      end
      last = emotion
    end
  end
  if peak then return (peak + last) / 2 end
end
