-- Need coverage: which share of the persona's needs some step meets.
--
--   needs of the persona that a step names and does not leave unmet / needs of the persona
--
-- A step names one with `needs plain-price met`; one that is only ever unmet counts as not met.
--
-- Unit: share; higher is better. For a journey, by its persona, and for a persona, over all maps; nothing where the persona has no
-- needs or no map. All needs are counted, so there is no margin.

return {
  range = { 0, 1 },
  scope = { "journey", "persona" },
  compute = function(journey, place)
    local persona = place.persona or journey and journey.persona
    if type(persona) ~= "table" or #persona.needs == 0 or #place.steps == 0 then return nil end
    local met, count = {}, 0
    for _, step in ipairs(place.steps) do
      for _, need in ipairs(step.needs) do
        if need.need and need.state ~= "unmet" then met[need.need.id] = true end
      end
    end
    for _, need in ipairs(persona.needs) do
      if met[need.id] then count = count + 1 else explain("no step meets: " .. need.title) end
    end
    return { value = count / #persona.needs, n = #persona.needs, how = "needs that a step meets" }
  end,
}
