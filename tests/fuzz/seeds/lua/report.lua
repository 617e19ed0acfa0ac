return {
  { each = "journey", check = function(journey, report)
    for _, pain in ipairs(journey.pains) do
      report { at = { pain, "severity" }, message = "severe", help = "mend it", related = { { at = journey.steps[2], text = "here" } },
               fix = { at = { pain, "severity" }, replace = "severity low" } }
    end
  end },
  { scope = "project", check = function(place, report) report { at = place, message = "x" } end },
}
