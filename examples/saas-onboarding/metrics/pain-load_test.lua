-- A step with two pains: one seen in a half and in a quarter of the clients, the other in nobody knows how many.
local two_pains = [[
  evidence calls "Calls" method interview
  evidence desk "Help desk" method support-log
  journey "Test" {
    stage one "One" {
      touchpoint pay "Pays" {
        pain fee "A fee that nobody spoke of" {
          severity critical
          seen-in  calls 25%
          seen-in  desk  50%
        }
        pain form "A long form" {
          severity low
          seen-in  calls
        }
      }
      touchpoint rest "Rests"
    }
  }
]]

---@type TestFile
local tests = {
  ["is severity times the largest share"] = function(t)
    local map = t.journey([[use "pain-load.lua"
]] .. two_pains)
    t.equal(t.value("pain-load", map), 4 * 0.5 + 1)
    t.equal(t.value("pain-load", map, "pay"), 3)
  end,

  ["is 0 where nothing hurts"] = function(t)
    local map = t.journey([[use "pain-load.lua"
]] .. two_pains)
    t.equal(t.value("pain-load", map, "one.rest"), 0)
  end,

  ["leaves out what is bearable"] = function(t)
    local map = t.journey([[metric pain-load "Pain" computed-by "pain-load.lua" { set "bearable" 1 }
]] .. two_pains)
    t.equal(t.value("pain-load", map), 3 * 0.5)
  end,

  ["counts a pain without a severity as the mildest"] = function(t)
    local map = t.journey [[
      use "pain-load.lua"
      journey "Test" {
        stage "A" {
          touchpoint "B" {
            pain "C"
          }
        }
      }
    ]]
    t.equal(t.value("pain-load", map), 1)
  end,
}

return tests
