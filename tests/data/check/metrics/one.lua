return function(journey, place) return value("two", place) end
