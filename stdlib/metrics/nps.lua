-- Net Promoter Score: how many more clients would recommend us than warn of us.
--
--   100 · (promoters − detractors) / n   ± z · 100 · √((P + D − (P − D)²) / n) at 95%
--
-- "How likely are you to recommend us?", from 0 to 10: promoters say 9 or 10, detractors 0 to 6; P and D are their shares.
-- F. F. Reichheld, "The One Number You Need to Grow", Harvard Business Review 81 (2003). 39 answers of which 8 promote and 22
-- detract are −35.9 ± 25.1.
--
-- Unit: points, -100 to 100; higher is better. Counted from `column score`; nothing where nothing was asked.

local answers = require "stdlib.metrics.answers"

local function nps(tally)
  local promoters, detractors = answers.count(tally, 9, 10), answers.count(tally, 0, 6)
  return stats.nps(promoters, detractors, tally.n)
end

return {
  range = { -100, 100 },
  compute = function(journey, place)
    local all = place.answers
    if not all then return nil end
    answers.check(all, 0, 10, "NPS")
    explain("promoters, who say 9 or 10", answers.count(all, 9, 10))
    explain("passives, who say 7 or 8", answers.count(all, 7, 8))
    explain("detractors, who say 0 to 6", answers.count(all, 0, 6))
    return answers.result(place, "promoters less detractors", nps)
  end,
}
