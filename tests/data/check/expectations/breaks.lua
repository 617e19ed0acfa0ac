return function(place) return place.steps[1].nothing.at_all end
