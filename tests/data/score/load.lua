-- Load: what the counter carries.
--
--   effort · weight + handoffs
return {
  title = "Load of the counter",
  settings = { weight = 1 },
  compute = function(journey, place, settings)
    local effort, handoffs = value("effort", place), value("handoffs", place)
    explain("effort · weight", effort * settings.weight)
    return effort * settings.weight + handoffs
  end,
}
