return function(journey, place) return value("a", place) end
