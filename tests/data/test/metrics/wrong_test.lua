-- All of these fail, each in its own way.
return {
  ["has an error in its map"] = function(t)
    local map = t.journey [[
      use "unmet.lua" journey "Test" { stage "A" { touchpoint "B" needs "x" unmet } }
    ]]
    t.value("unmet", map)
  end,
  ["differs, and pcall does not hold it"] = function(t)
    pcall(t.equal, { 1, { title = 'a "x"\n', n = 2 }, [7.5] = "b" }, { 1, { title = "y", n = 2 } })
  end,
  ["has something too much"] = function(t) t.equal({ 1, 2, [true] = 3 }, { 1 }, "lists of two") end,
  ["is not near"] = function(t) t.near(nil, 2, 0.1) end,
  ["is not near either"] = function(t) t.near(2.11, 2, 0.1, "the share of Tuesday") end,
  ["loops"] = function() while true do end end,
  ["loops in pcall"] = function() pcall(function() while true do end end) end,
  ["eats memory"] = function()
    local s = {}
    for i = 1, 1e9 do s[i] = i end
  end,
  ["does not report"] = function(t)
    t.reports(t.journey [[
      journey "Test" {
        stage "A" { touchpoint "B" needs "x" unmet }
      }
    ]], "W0603", "foo")
  end,
  ["reports other words"] = function(t)
    t.reports(t.journey [[journey "Test" { stage "A" { touchpoint "B" } }]], "W0501", "somebody")
  end,
  ["is not silent"] = function(t)
    t.silent(t.journey [[journey "Test" { stage "A" { touchpoint "B" } }]], "W0501")
  end,
  ["waits for an error"] = function(t) t.fails(function() end, "by zero") end,
  ["waits for another error"] = function(t) t.fails(function() error("by nothing", 0) end, "by zero") end,
  ["compares inside of what is to fail"] = function(t) t.fails(function() t.equal(1, 2, "one is two") end) end,
  ["asks something that is no map"] = function(t) t.value("effort", "x") end,
  ["asks for a metric that there isn't"] = function(t)
    t.value("efort", t.journey [[journey "J" { stage "A" }]])
  end,
  ["asks at a place that there isn't"] = function(t)
    t.value("effort", t.journey [[journey "J" { stage "A" }]], "a.b")
  end,
  ["asks where there is no journey"] = function(t) t.value("effort", t.journey [[team a "A"]]) end,
  ["asks a metric that fails"] = function(t)
    t.file("fails.lua", "return function(journey, place)\n  return place.steps.first.emotion\nend")
    t.value("fails", t.journey [[
      use "fails.lua"
      journey "J" {
        stage "A" { touchpoint "B" }
      }
    ]])
  end,
  ["makes a map of nothing"] = function(t) t.journey() end,
  ["writes outside"] = function(t) t.file("../out.csv", "a") end,
  ["has a day that there isn't"] = function(t) t.today "tomorrow" end,
  ["shows what was printed"] = function(t)
    print("before", { 1, a = "b" })
    t.file("talks.lua", "return function(journey, place)\n  print('at', place.kind, #place.steps)\n  return 1\nend")
    local map = t.journey [[
      use "talks.lua"
      journey "J" {
        stage "A" { touchpoint "B" }
      }
    ]]
    t.equal(t.value("talks", map), 1)
    print("between\27[31m")
    t.equal(t.value("talks", map, "a.b"), 2)
    print("never")
  end,
  ["differs late in a long text"] = function(t)
    local text = ("a line of some letters\n"):rep(20)
    t.equal({ text = text .. "é und ü" }, { text = text .. "é und ö" })
  end,
  ["raises an error"] = function()
    local function inner(x) return x.y.z end
    inner {}
  end,
}
