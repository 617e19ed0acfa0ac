-- Nothing needs to be called. require("journey").setup{ … } is for who wants something else than usual.
local M = {}

--- See :help journey-options.
function M.setup(options)
  require("journey.options").set(options)
end

return M
