-- Evidence coverage: which share of what the map claims stands on evidence.
--
--   emotions, pains and numbers with evidence / all of them
--
-- An emotion or a number has its own `from`, or that of its step; a pain a `seen-in`, or the `from` of its step.
--
-- Unit: share; higher is better. For a journey, a stage or a step, and for all maps of the project; nothing where nothing is
-- claimed. All claims are counted, so there is no margin.

local function add(found, has, what)
  found.all = found.all + 1
  if has then found.with = found.with + 1 else explain("no evidence: " .. what) end
end

local function stands(claim, step)
  return claim.from and #claim.from > 0 or step and step.from and #step.from > 0
end

local function add_measures(found, part, step)
  for _, measure in ipairs(part.measures) do
    local metric = measure.metric
    add(found, stands(measure, step), string.format("%s of %s", metric and metric.title or "a number", part.title))
  end
end

local function add_step(found, step)
  if step.feels then add(found, stands(step.feels, step), "how it feels, " .. step.title) end
  for _, pain in ipairs(step.pains) do
    add(found, #pain.seenIn > 0 or step.from and #step.from > 0, pain.title)
  end
  add_measures(found, step, step)
end

return {
  range = { 0, 1 },
  scope = { "touchpoint", "stage", "journey", "project" },
  compute = function(journey, place)
    local found = { with = 0, all = 0 }
    local journeys = place.kind == "project" and place.journeys or place.kind == "journey" and { journey } or {}
    for _, map in ipairs(journeys) do
      add_measures(found, map)
      for _, stage in ipairs(map.stages) do add_measures(found, stage) end
    end
    if place.kind == "stage" then add_measures(found, place.stage) end
    for _, step in ipairs(place.steps) do add_step(found, step) end
    if found.all > 0 then return { value = found.with / found.all, n = found.all, how = "claims with evidence" } end
  end,
}
