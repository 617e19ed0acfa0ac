-- Channel switches: how often the client has to change the channel.
--
--   number of steps that share no channel with the step before
--
-- A step may offer several channels, as in `via email, phone`: whoever can stay in one does not switch. Steps without a
-- channel are passed over. A switch counts where it arrives, so that the stages add up to the journey.
--
-- Unit: switches, from 0 up; lower is better. For a journey, a stage or a step; nothing where no step has a channel.

local function channels_of(step)
  local channels = step.via
  if channels and #channels > 0 then return channels end
end

-- What was found for a step of a journey, or false: it holds for all that were passed over on the way, so none is walked over
-- twice.
local known = {}

local function channels_before(journey, number)
  known[journey] = known[journey] or {}
  local found, at, channels = known[journey], number, nil
  while at > 1 and found[at] == nil and not channels do
    at = at - 1
    channels = channels_of(journey.steps[at])
  end
  channels = channels or found[at] or false
  for i = at + 1, number do found[i] = channels end
  return channels
end

local function share_one(some, others)
  for _, one in ipairs(some) do
    for _, other in ipairs(others) do
      if one.id == other.id then return true end
    end
  end
  return false
end

return function(journey, place)
  if #place.steps == 0 then return nil end
  local before = channels_before(journey, place.steps[1].number)
  local count
  for _, step in ipairs(place.steps) do
    local channels = channels_of(step)
    if channels then
      local switched = before and not share_one(channels, before)
      if switched then explain(string.format("%s: from %s to %s", step.title, before[1].title, channels[1].title)) end
      count = (count or 0) + (switched and 1 or 0)
      before = channels
    end
  end
  return count
end
