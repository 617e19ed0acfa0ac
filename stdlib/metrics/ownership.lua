-- Ownership: which share of the steps somebody answers for.
--
--   steps that have an owner / steps
--
-- A step without an owner of its own has that of its stage, or else of the journey.
--
-- Unit: share; higher is better. For a journey, a stage or a step, and for all maps of the project. All steps are counted, so there
-- is no margin.

return {
  range = { 0, 1 },
  scope = { "touchpoint", "stage", "journey", "project" },
  compute = function(journey, place)
    local owned = 0
    for _, step in ipairs(place.steps) do
      if step.owner then owned = owned + 1 else explain("nobody owns " .. step.title) end
    end
    if #place.steps > 0 then return { value = owned / #place.steps, n = #place.steps, how = "steps with an owner" } end
  end,
}
