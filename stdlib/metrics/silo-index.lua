-- Silo index: how often the work passes from one team to the next without anybody handing it over.
--
--   changes of owner without a handover / changes of owner, from one step to the next
--
-- A change is handed over where one of the two steps says so and names the team that receives it: `hands-over "The signed
-- contract" to finance`. Steps without an owner are passed over.
--
-- Unit: share; lower is better. For a journey, for the changes to or from a team, and for all maps of the project; nothing where
-- the owner never changes.

local function names(step, team)
  for _, handover in ipairs(step.handsOver) do
    if handover.to and handover.to.id == team.id then return true end
  end
  return false
end

local function count(found, journey, team)
  local before
  for _, step in ipairs(journey.steps) do
    if step.owner then
      local changes = before and before.owner.id ~= step.owner.id
      local ours = not team or before and (team.id == before.owner.id or team.id == step.owner.id)
      if changes and ours then
        found.all = found.all + 1
        if not names(before, step.owner) and not names(step, step.owner) then
          found.without = found.without + 1
          explain(string.format("from %s to %s, at %s", before.owner.title, step.owner.title, step.title))
        end
      end
      before = step
    end
  end
end

return {
  range = { 0, 1 },
  scope = { "journey", "team", "project" },
  compute = function(journey, place)
    local found = { without = 0, all = 0 }
    for _, map in ipairs(journey and { journey } or place.journeys) do count(found, map, place.team) end
    if found.all > 0 then
      return { value = found.without / found.all, n = found.all, how = "changes of owner without a handover" }
    end
  end,
}
