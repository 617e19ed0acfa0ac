-- Unmet needs
return function(journey, place)
  local count = 0
  for _, step in ipairs(place.steps) do
    for _, need in ipairs(step.needs) do
      if need.state == "unmet" then count = count + 1 end
    end
  end
  return count
end
