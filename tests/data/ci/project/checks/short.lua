-- Titles of teams have two words at least.
return {
  each = "journey",
  check = function(journey, report)
    report { at = journey, message = "ten words would tell [more] than " .. journey.title, help = "100% sure, is it: yes, it is" }
  end,
}
