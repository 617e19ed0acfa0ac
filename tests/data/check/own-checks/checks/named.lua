-- What a function alone sees: the whole map, also of a variant.
return function(journey, report)
  print(journey.id, #journey.steps, "steps")
  report {
    at = journey,
    message = journey.id .. ": " .. #journey.steps .. " steps of " .. journey.stages[1].steps[1].owner.title
      .. (journey.variant and ", a variant" or ""),
  }
  report { at = journey.steps[1], message = "the first step" .. (here(journey.steps[1]) and "" or ", of its base") }
end
