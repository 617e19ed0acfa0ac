-- Lowest point: how bad the worst step feels.
--
--   smallest emotion of all steps that state one
--
-- Unit: -1 (the worst) to 1 (the best); higher is better. For a journey, a stage or a step, for all maps of a persona, for all
-- steps that a team owns; nothing where no step states an emotion.

return {
  range = { -1, 1 },
  scope = { "touchpoint", "stage", "journey", "persona", "team" },
  compute = function(journey, place)
    local worst
    for _, step in ipairs(place.steps) do
      if step.emotion and (not worst or step.emotion < worst.emotion) then worst = step end
    end
    if not worst then return nil end
    explain(worst.title, worst.emotion)
    return worst.emotion
  end,
}
