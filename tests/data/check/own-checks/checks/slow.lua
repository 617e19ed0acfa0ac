-- Steps for which the client waits too long.
return {
  each = "step",
  settings = { longest = 0 },
  with = { "waits" },
  check = function(step, report, settings)
    if step.waits <= settings.longest then return end
    report {
      at = { step, "waits" },
      message = 'the client waits ' .. written(step, "waits") .. ' at "' .. step.title .. '"',
      related = { { at = step.stage, text = "in this stage" }, { at = { step, "title" }, text = "it is called so" } },
      fix = { at = { step, "waits" }, replace = "waits 5d", sure = true },
    }
  end,
}
