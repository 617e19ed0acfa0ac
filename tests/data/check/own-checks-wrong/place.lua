return function(journey, report) report { at = "label", message = "x" } end
