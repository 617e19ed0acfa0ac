return function(journey, place)
  local ok, found = pcall(value, "a", place)
  return ok and found or 0
end
