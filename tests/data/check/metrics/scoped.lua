return { scope = { "stage" }, compute = function() return 1 end }
