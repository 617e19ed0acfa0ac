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

-- Whether `step` is the more extreme of the two.
local function is_farther(step, peak)
  local distance, so_far = math.abs(step.emotion), math.abs(peak.emotion)
  return distance > so_far or (distance == so_far and step.emotion < peak.emotion)
end

return {
  range = { -1, 1 },
  compute = function(journey, place)
    local peak, last
    for _, step in ipairs(place.steps) do
      if step.emotion then
        if not peak or is_farther(step, peak) then peak = step end
        last = step
      end
    end
    if not peak then return nil end
    explain("the peak, " .. peak.title, peak.emotion)
    explain("the end, " .. last.title, last.emotion)
    return (peak.emotion + last.emotion) / 2
  end,
}
