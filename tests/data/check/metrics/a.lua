return function(journey, place) return value("b", place) end
