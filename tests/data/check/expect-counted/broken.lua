return function(journey, place) return place.answers.nothing.at_all end
