return function(journey, report) report { at = journey, mesage = "x", message = "y" } end
