-- Stages without a goal of the client.
--
-- What a step is good for can only be told from what the client wants to have reached. Where no stage has a goal, that is
-- said once; where the persona has goals of their own, they hold for the whole journey.

local LEAST_STEPS = 3

local function say(report, at, words)
  report {
    code = "H0608",
    at = at,
    message = words .. ' "' .. at.title .. '", so nobody can tell what its steps serve',
    help = 'write what the client wants to have reached by then: goal "…"',
  }
end

local function persona_has_goal(journey)
  local persona = journey.persona
  return type(persona) == "table" and #persona.goals > 0
end

return {
  with = { { "owner", "mapped-by", "validated" } },
  check = function(journey, report)
    if journey.stepCount < LEAST_STEPS or persona_has_goal(journey) then return end
    local lacking = {}
    for _, stage in ipairs(journey.stages) do
      if not stage.goal then lacking[#lacking + 1] = stage end
    end
    if #lacking == journey.stageCount then
      if not journey.variant then say(report, journey, "the client has no goal in any stage of") end
      return
    end
    for _, stage in ipairs(lacking) do
      if here(stage) then say(report, stage, "the client has no goal in the stage") end
    end
  end,
}
