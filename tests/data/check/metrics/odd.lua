return { scope = { "stages" }, compute = function() return 1 end }
