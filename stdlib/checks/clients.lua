-- Maps that do not say whose journey they are, or in which situation.
--
-- Without a persona everybody has somebody else in mind. Fewer than three steps make no map yet.

local LEAST_STEPS = 3

return {
  {
    variants = false,
    without = { "persona" },
    check = function(journey, report)
      if journey.stepCount < LEAST_STEPS then return end
      report {
        code = "H0904",
        at = journey,
        message = journey.scenario and "this map does not say whose journey it is"
          or "this map says neither whose journey it is nor in which situation",
        help = "declare who the client is, and name them: persona sarah",
      }
    end,
  },
  {
    variants = false,
    with = { "persona" },
    without = { "scenario" },
    check = function(journey, report)
      if journey.stepCount < LEAST_STEPS then return end
      report {
        code = "H0905",
        at = journey,
        message = "this map does not say in which situation the client is",
        help = 'write what sets the journey off: scenario "…"',
      }
    end,
  },
}
