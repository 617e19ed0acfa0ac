-- Opportunities that nobody drives: without an owner, without a date, or with a date that has passed.
--
-- A plan that nobody has agreed to, or not for any day, is a wish. What is done or dropped is left alone.

local function is_open(opportunity)
  return opportunity.status ~= "done" and opportunity.status ~= "dropped"
end

local function lacks(what, word, help, code)
  return {
    each = "opportunity",
    without = { word },
    check = function(opportunity, report)
      if not is_open(opportunity) then return end
      report {
        code = code,
        at = opportunity,
        message = 'the opportunity "' .. opportunity.title .. '" has no ' .. what,
        help = help,
      }
    end,
  }
end

return {
  lacks("owner", "owner", "name the team that has agreed to do it: owner TEAM", "W0502"),
  lacks("date", "due", "write the day that its owner has agreed to: due 2027-01-15", "W0604"),
  {
    each = "opportunity",
    past = { "due" },
    check = function(opportunity, report)
      if not is_open(opportunity) then return end
      report {
        code = "W0702",
        at = { opportunity, "due" },
        message = 'the opportunity "' .. opportunity.title .. '" was due on ' .. written(opportunity, "due")
          .. ", and is neither done nor dropped",
        help = "ask its owner, then write `status done`, `status dropped` or a new date",
      }
    end,
  },
}
