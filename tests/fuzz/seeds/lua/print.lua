return function(journey, place)
  print("sum", #place.steps, { 1, two = 2, [3.5] = place, {} }, journey.steps[1])
  for i = 1, 200 do print(i, ("x"):rep(i)) end
  for _, pain in ipairs(journey.pains) do print(pain.step.title, pain) end
  return #journey.arrows + #journey.allMeasures
end
