-- A number that has to be reached, or the rank of what is named.
local function say(place, report) report { at = place, message = "it is large enough" } end

return {
  { each = "pain", least = { severity = 3 }, check = say },
  { each = "opportunity", least = { impact = 3 }, check = say },
}
