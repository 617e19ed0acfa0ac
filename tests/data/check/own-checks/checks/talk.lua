-- Two rules in one file.
return {
  {
    each = "pain",
    fewer = { because = 2 },
    check = function(pain, report) report { at = { pain, "because" }, message = "one more why" } end,
  },
  {
    each = "opportunity",
    is = { status = "proposed" },
    past = { "due" },
    check = function(opportunity, report) report { at = { opportunity, "due" }, message = "only proposed, and due" } end,
  },
}
