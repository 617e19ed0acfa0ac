-- All of these pass.
return {
  ["counts unmet needs"] = function(t)
    local map = t.journey [[
      use "unmet.lua"
      journey "Test" { 
        stage "A" { touchpoint "B" needs "x" unmet }
        stage "C" {
          touchpoint "B" needs "y" unmet
          touchpoint "D" needs "z" met
        }
      }
    ]]
    t.equal(t.value("unmet", map), 2)
    t.equal(t.value("unmet", map, "a"), 1)
    t.equal(t.value("unmet", map, "c.b"), 1)
    t.equal(t.value("unmet", map, "d"), 0)
    t.equal(t.value("nps", map), nil)
  end,

  ["looks at the journey that it names"] = function(t)
    local map = t.journey [[
      use "unmet.lua"
      journey now "Now" {
        stage a "A" { touchpoint b "B" needs "x" unmet }
      }
      journey later "Later" extends now {
        change b { needs "x" met }
      }
    ]]
    t.equal(t.value("unmet", map), 1)
    t.equal(t.value("unmet", map, "later"), 0)
    t.equal(t.value("unmet", map, "later.a.b"), 0)
    t.equal(t.result("unmet", map, "now.b"), { value = 1 })
  end,

  ["asks a persona, a team and the project"] = function(t)
    t.file("kinds.lua", [[return {
      scope = { "project", "persona", "team" },
      compute = function(_, place) return #place.kind end,
    }]])
    local map = t.journey [[
      use "kinds.lua"
      team shop "Shop"
      persona sarah "Sarah"
      journey "Test" {
        persona sarah
        owner shop
        stage "A" { touchpoint "B" }
      }
    ]]
    t.equal(t.value("kinds", map, "project"), 7)
    t.equal(t.value("kinds", map, "sarah"), 7)
    t.equal(t.value("kinds", map, "shop"), 4)
    t.equal(t.value("kinds", map), nil)
  end,

  ["reads files that are not on the disk"] = function(t)
    t.file("inner/people.journey", [[persona sarah "Sarah"]])
    t.file("one.lua", [[return function() return 1 end]])
    local map = t.journey [[
      use "inner/people.journey"
      metric one "One" computed-by "one.lua"
      journey "Test" {
        persona sarah
        stage "A" { touchpoint "B" }
      }
    ]]
    t.equal(t.value("one", map), 1)
    t.silent(map, "E0203")
  end,

  ["counts files that are not on the disk"] = function(t)
    local text = [[
      evidence survey "Survey" method survey {
        file "inner/answers.csv"
        column score "Score"
      }
      metric score "Score"
      journey "Test" {
        stage "A" { touchpoint "B" }
        measure score from survey
      }
    ]]
    t.file("inner/answers.csv", "Score\n10\n9\n0\n8\n")
    local before = t.journey(text)
    t.file("inner/answers.csv", "Score\n10\n9\n10\n8\n")
    local after = t.journey(text)
    t.equal(t.value("score", before), 6.75)
    t.equal(t.value("score", after), 9.25)
    t.equal(t.result("score", before).n, 4)
    t.ok(t.result("score", before).low < 6.75)
    t.file("inner/answers.csv", "Stars\n10\n")
    t.reports(t.journey(text), "E0807", "Score")
    t.silent(after, "E0807")
  end,

  ["sees the messages of a check"] = function(t)
    t.today "2026-11-22"
    local map = t.journey [[
      journey "Test" {
        reviewed 2026-01-01 every month
        stage "A" { touchpoint "B" }
        expect effort = 3
      }
    ]]
    t.reports(map, "W0701")
    t.reports(map, "E0402", "is expected to be exactly 3")
    t.silent(map, "W0702")
    for _, message in ipairs(t.messages(map)) do
      if message.code == "E0402" then t.equal({ message.severity, message.line }, { "error", 4 }) end
    end
    t.today "2026-01-15"
    t.silent(t.journey [[journey "Test" { reviewed 2026-01-01 every month }]], "W0701")
  end,

  ["asks checks of one's own"] = function(t)
    t.file("checks/photo.lua", [[
return {
  each = "touchpoint",
  without = { "sees" },
  check = function(step, report) report { at = step, message = "the step " .. step.title .. " has no picture" } end,
}]])
    local map = t.journey [[
      check no-photo "A step without a picture" warning computed-by "checks/photo.lua"
      journey "Test" {
        stage "A" {
          touchpoint "B" sees "A form"
          touchpoint "C"
        }
      }
    ]]
    t.reports(map, "no-photo", "the step C has no picture")
    t.fails(function() t.journey [[check x "X"]] end, "the map has an error in its line 1")
    t.silent(map, "W0407")
    local photos = 0
    for _, message in ipairs(t.messages(map)) do
      if message.code == "no-photo" then photos = photos + message.line end
    end
    t.equal(photos, 5)
  end,

  compares = {
    ["numbers, texts and tables"] = function(t)
      t.equal(1, 1.0)
      t.equal({ 1, { title = "x" }, s = true }, { 1, { title = "x" }, s = true })
      t.near(2.501, 2.5, 0.01)
      t.ok(0, "0 is something")
      t:equal("a", "a")
    end,
    ["and waits for errors"] = function(t)
      t.fails(function() error("it divides by zero") end, "divides")
      t.fails(function() local _ = nil + 1 end)
      t.fails(function() t.value("unmett", t.journey [[use "unmet.lua"
journey "J" { stage "A" }]]) end, 'did you mean "unmet"')
      t.fails(function() t.journey "journey" end, "the map has")
      t.equal(1, 1)
    end,
  },
}
