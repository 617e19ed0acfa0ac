return { settings = { weight = 1, length = 2 }, check = function() end }
