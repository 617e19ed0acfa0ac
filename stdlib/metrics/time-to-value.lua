-- Time to first value: how long it takes until a client has something of it for the first time.
--
--   mean of the times   ± t · s / √n at 95%
--
-- The scores are minutes. Where the file has them in hours or days, say so: declare the metric again, with { set "unit" 1d }.
--
-- Unit: time; lower is better. Counted from `column score`; nothing where nothing was measured.

return require "stdlib.metrics.resolution" -- counted as those times are
