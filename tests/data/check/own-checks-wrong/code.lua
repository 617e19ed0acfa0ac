return function(journey, report) report { at = journey, message = "x", code = "W0501" } end
