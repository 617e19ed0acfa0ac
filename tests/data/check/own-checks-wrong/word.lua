return { each = "touchpoint", without = { "soles" }, check = function() end }
