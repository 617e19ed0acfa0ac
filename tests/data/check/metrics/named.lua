return { id = "other", compute = function() return 1 end }
