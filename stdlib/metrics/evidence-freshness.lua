-- Evidence freshness: which share of the evidence that the map stands on may still be relied on.
--
--   sources within their time / sources with a date
--
-- A source is as old as its `collected`, or else the newest row of its file; it may be relied on for its `fresh-for`, or as many
-- days as the setting says. Only sources that a claim of the map names count.
--
-- Unit: share; higher is better. For a journey, and for all maps of the project; nothing where no source has a date.

local function add(sources, list)
  for _, source in ipairs(list or {}) do
    if type(source) == "table" and not sources[source.id] then
      sources[source.id] = source
      table.insert(sources, source)
    end
  end
end

local function add_measures(sources, part)
  for _, measure in ipairs(part.measures) do add(sources, measure.from) end
end

local function add_journey(sources, journey)
  add_measures(sources, journey)
  for _, stage in ipairs(journey.stages) do add_measures(sources, stage) end
  for _, step in ipairs(journey.steps) do
    add(sources, step.from)
    add(sources, step.feels and step.feels.from)
    add_measures(sources, step)
    for _, need in ipairs(step.needs) do add(sources, need.from) end
    for _, pain in ipairs(step.pains) do
      for _, seen in ipairs(pain.seenIn) do add(sources, { seen.evidence }) end
    end
  end
end

local function day_of(source)
  if source.collected then return source.collected end
  local file = evidence(source.id)
  return file and file.last
end

return {
  range = { 0, 1 },
  scope = { "journey", "project" },
  settings = { days = 365 }, -- how long a source may be relied on that doesn't say so itself
  compute = function(journey, place, settings)
    local sources, fresh, dated, today = {}, 0, 0, place.today or journey and journey.today
    for _, map in ipairs(journey and { journey } or place.journeys) do add_journey(sources, map) end
    for _, source in ipairs(sources) do
      local day = day_of(source)
      if day then
        local days = source.freshFor and source.freshFor / 1440 or settings.days
        local is_fresh = day + days >= today
        if not is_fresh then explain("out of date: " .. source.title) end
        fresh, dated = fresh + (is_fresh and 1 or 0), dated + 1
      else
        explain("without a date: " .. source.title)
      end
    end
    if dated > 0 then return { value = fresh / dated, n = dated, how = "sources within their time" } end
  end,
}
