return { each = "touchpoint", wihtout = { "sees" }, check = function() end }
