-- Severe pains that nobody understands yet: without a why, with too few of them, or without what they do to the client.
--
-- The first why is mostly a symptom, too: ask three times before you plan what to do. What a pain does to the client tells
-- how much it is worth to take it away.

local SEVERE = 3
local WHYS = 3

local function lacks(word, words, help, code)
  return {
    each = "pain",
    least = { severity = SEVERE },
    without = { word },
    check = function(pain, report)
      report {
        code = code,
        at = pain,
        message = "this pain is " .. written(pain, "severity") .. ", and " .. words,
        help = help,
      }
    end,
  }
end

return {
  lacks("because", "nothing says why it happens",
    "ask why three times, and write a `because` for each answer", "W0601"),
  lacks("hurts", "nothing says what it does to the client",
    'write what it costs them, in time, money or trust: hurts "…"', "W0602"),
  {
    each = "pain",
    least = { severity = SEVERE },
    with = { "because" },
    fewer = { because = WHYS },
    check = function(pain, report)
      report {
        code = "H0605",
        at = { pain, "because" },
        message = "this pain is " .. written(pain, "severity") .. ", and why it happens was asked "
          .. (#pain.because == 1 and "once" or "twice"),
        help = "ask why that is so, and why again, and write a `because` for each answer",
      }
    end,
  },
}
