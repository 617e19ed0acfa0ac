-- Maps that nobody looks after: never shown to clients, never reviewed, or with a review that is overdue.
--
-- A map is right on the day on which it is drawn. A variant is reviewed with the map that it extends, and a first sketch
-- owes nobody anything: only maps that somebody answers for, or has worked on, are asked.

return {
  {
    variants = false,
    with = { "mapped-by" },
    without = { "validated" },
    check = function(journey, report)
      if journey.stageCount == 0 then return end
      report {
        code = "W0705",
        at = journey,
        message = 'no client has been asked yet whether the map "' .. journey.title .. '" is right',
        help = "go through it with clients, and write when and how: validated 2026-09-12 with 12 clients by interview",
      }
    end,
  },
  {
    variants = false,
    with = { { "owner", "mapped-by", "validated" } },
    without = { "reviewed" },
    check = function(journey, report)
      if journey.stageCount == 0 then return end
      report {
        code = "W0703",
        at = journey,
        message = 'the map "' .. journey.title .. '" does not say when it was last reviewed',
        help = "write when it was last gone through, and how often it will be: reviewed 2026-10-01 every quarter",
      }
    end,
  },
  {
    variants = false,
    with = { "reviewed" },
    check = function(journey, report)
      local due = journey.reviewDue
      if not due or due >= today then return end
      local days = today - due
      report {
        code = "W0701",
        at = { journey, "reviewed" },
        message = "the review of this map has been overdue for " .. days .. (days == 1 and " day" or " days"),
        help = "go through the map with those who own it, then write the date of that day",
      }
    end,
  },
}
