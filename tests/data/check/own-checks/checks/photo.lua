-- Steps without a picture of what the client sees there.
return {
  each = "touchpoint",
  settings = { least = 2 },
  check = function(step, report, settings)
    if #step.sees >= settings.least then return end
    report {
      at = step,
      message = "this step has no picture",
      help = 'say what the client sees: sees "…"',
      fix = { at = { step, "sees" }, replace = 'sees "A form"' },
    }
  end,
}
