-- Claims without a source.
--
-- A sentence quoted from elsewhere is worth as much as the place where one can look it up.

return {
  each = "claim",
  without = { "source", "from" },
  check = function(claim, report)
    report {
      code = "W0805",
      at = claim,
      message = "this claim names no source",
      help = 'say where it was said or written: source "…", or name the evidence: from EVIDENCE',
    }
  end,
}
