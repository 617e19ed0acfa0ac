return function(journey, report) report { at = journey, message = "as grave as can be", help = "nothing" } end
