return { range = { 0, 1 }, compute = function() return 1.5 end }
