-- The project, and who names whom.
return {
  { scope = "project", check = function(project, report)
    for _, team in ipairs(project.teams) do
      report { at = team, message = #uses(team) .. " uses, " .. #uses(team, "owner") .. " as an owner, in " .. file(team) }
    end
  end },
  { each = "team", without = { "colour" }, check = function(team, report)
    report { at = team, message = "no colour", fix = { at = { team, "colour" }, replace = "colour #808080" } }
  end },
}
