return function(journey, place) return value("alone", journey.stages[1]) end
