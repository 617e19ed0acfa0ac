-- Steps of a service blueprint behind which nobody stands.
--
-- A blueprint shows how the service is made: each step has a team that acts, in front of the client or behind the scenes,
-- or a system that carries it. Where no step has any, that is said once.

local HELP = 'write who does what: frontstage TEAM "…", backstage TEAM "…", or supported-by SYSTEM'

return {
  is = { type = "service-blueprint" },
  check = function(journey, report)
    local lacking = {}
    for _, step in ipairs(journey.steps) do
      if #step.frontstage + #step.backstage + #step.supportedBy == 0 then lacking[#lacking + 1] = step end
    end
    if #lacking > 1 and #lacking == journey.stepCount then
      if journey.variant then return end
      report {
        code = "W0910",
        at = journey,
        message = "this service blueprint does not say of any step who or what stands behind it",
        help = HELP,
      }
      return
    end
    for _, step in ipairs(lacking) do
      if here(step) then
        report {
          code = "W0910",
          at = step,
          message = 'this blueprint does not say who or what stands behind the step "' .. step.title .. '"',
          help = HELP,
        }
      end
    end
  end,
}
