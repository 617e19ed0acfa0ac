return function(journey, place) return value("three", place) end
