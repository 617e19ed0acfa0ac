-- Map size: how many steps there are.
--
--   number of steps
--
-- Over about 60, nobody reads a map any more: make it a map of stages, and one of each of them.
--
-- Unit: steps; neither direction is better. For a journey or a stage, for all maps of a persona, for all steps that a team owns,
-- and for all maps of the project; nothing of a persona or team that has none.

return {
  scope = { "stage", "journey", "project", "persona", "team" },
  compute = function(journey, place)
    local is_part = place.kind == "stage" or place.kind == "journey"
    if #place.steps > 0 or is_part then return #place.steps end
  end,
}
