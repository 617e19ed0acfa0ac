-- The mean of the answers, where a metric has no file of its own.
--
--   sum of the scores / number of scores,  ± t · s / √n at 95%
--
-- `as share` and `as top-2-box` count instead: the scores that are the best or next to it, out of all.

return function(journey, place)
  local answers = place.answers
  if answers then return stats.mean(answers) end
end
