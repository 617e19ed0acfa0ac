-- Pain load: how much hurts, and how many it hurts. Each pain counts its severity, from 1 to 4, less what is bearable,
-- times the share of clients in which it was seen (the largest that is stated; all of them where none is).

---@param pain Pain
---@return number
local function share_of(pain)
  local largest
  for _, seen in ipairs(pain.seenIn) do
    if seen.share and (not largest or seen.share > largest) then largest = seen.share end
  end
  return largest or 1
end

---@type MetricFile
local metric = {
  title = "Pain load",
  unit = "points",
  better = "lower",
  settings = { bearable = 0 },
  compute = function(journey, place, settings)
    local load = 0
    for _, step in ipairs(place.steps) do
      for _, pain in ipairs(step.pains) do
        local severity = pain.severity and pain.severity.rank or 1
        if severity > settings.bearable then
          local part = (severity - settings.bearable) * share_of(pain)
          explain(pain.title .. ": severity × share of clients", part)
          load = load + part
        end
      end
    end
    return load
  end,
}

return metric
