local helper = require "deep.helper"
print("loud is read")

return function(journey, place)
  local sum = helper.count(place.steps)
  print("sum", sum, { 1, two = "2", place.steps[1] })
  print(place.steps[2])
  print()
  return sum
end
