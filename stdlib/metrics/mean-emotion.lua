-- Mean emotion: how the client feels, on average.
--
--   mean of the emotions of all steps that state one
--
-- Unit: -1 (the worst) to 1 (the best), whatever scale the map uses; higher is better. For a journey, a stage or a step, for all
-- maps of a persona, for all steps that a team owns; nothing where no step states an emotion. A mean hides the lows: read it
-- beside the lowest point.

return {
  range = { -1, 1 },
  scope = { "touchpoint", "stage", "journey", "persona", "team" },
  compute = function(journey, place)
    local sum, count = 0, 0
    for _, step in ipairs(place.steps) do
      if step.emotion then
        explain(step, step.emotion)
        sum, count = sum + step.emotion, count + 1
      end
    end
    if count > 0 then return sum / count end
  end,
}
