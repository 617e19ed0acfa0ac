-- Evidence whose age is doubtful, and shares of segments that come from nowhere.
--
-- What was true of clients two years ago need not be so today. Only evidence on which some claim stands is asked for; the
-- segments of one file come from the same books, so that they are named once.

local function used_here(evidence)
  local use = uses(evidence, nil, 1)[1]
  return use and { { at = { use, 1 }, text = "a claim stands on it here" } }
end

-- The newest row of its file says how old it is.
local function has_dates(evidence)
  for _, column in ipairs(evidence.columns) do
    if evidence.file and (column.what == "date" or column.what == "time") then return true end
  end
  return false
end

return {
  {
    each = "evidence",
    without = { "collected" },
    check = function(evidence, report)
      local related = not has_dates(evidence) and used_here(evidence)
      if not related then return end
      report {
        code = "H0706",
        at = evidence,
        message = 'nothing says how old the evidence "' .. evidence.title .. '" is',
        help = "write when it was collected: collected 2026-08-31",
        related = related,
      }
    end,
  },
  {
    each = "evidence",
    with = { "collected" },
    check = function(evidence, report)
      local fresh = evidence.freshUntil
      if not fresh or fresh >= today then return end
      local related, days = used_here(evidence), today - fresh
      if not related then return end
      report {
        code = "W0704",
        at = { evidence, "collected" },
        message = 'the evidence "' .. evidence.title .. '" has been out of date for ' .. days
          .. (days == 1 and " day" or " days"),
        help = "collect it again, or say why it still holds and give it more time: fresh-for 12mo",
        related = related,
      }
    end,
  },
  {
    scope = "project",
    check = function(project, report)
      local doubts, by_file = {}, {}
      for _, segment in ipairs(project.segments) do
        if (segment.clients or segment.revenue) and not segment.from then
          local doubt = by_file[file(segment)]
          if doubt then
            doubt.others[#doubt.others + 1] = { at = segment, text = "nor those of this one" }
          else
            doubt = { first = segment, others = {} }
            by_file[file(segment)] = doubt
            doubts[#doubts + 1] = doubt
          end
        end
      end
      for _, doubt in ipairs(doubts) do
        report {
          code = "H0806",
          at = doubt.first,
          message = "nothing says where the shares of this segment come from",
          help = "say where they were counted: clients 20% revenue 65% from EVIDENCE",
          related = doubt.others,
        }
      end
    end,
  },
}
