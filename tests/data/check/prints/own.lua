return function(journey, place)
  print("the same for each")
  print(place.step.id)
  return value("loud", place)
end
