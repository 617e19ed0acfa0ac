return {
  settings = { waiting = 4, busy = 2 },
  compute = function(journey, place, settings) return settings.waiting + settings.busy end,
}
