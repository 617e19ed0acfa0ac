return function(journey, place) return value("one", journey.steps[1]) end
