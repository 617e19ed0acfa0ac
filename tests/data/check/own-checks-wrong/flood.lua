return function(journey, report)
  while true do report { at = journey, message = "again" } end
end
