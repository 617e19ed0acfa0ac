/* compiler/statistics made visible to scripts, as `stats`. */
#ifndef JOURNEY_SCRIPT_STATISTICS_H
#define JOURNEY_SCRIPT_STATISTICS_H

#include "script/state.h"
#include "statistics/statistics.h"

/* Leaves the table `stats`: share, nps, mean, differ, quantile, trend. */
int statistics_push(lua_State *lua);
/* Leaves { value, low, high, n }, or nil of no data. */
void statistics_push_estimate(lua_State *lua, Estimate estimate);

#endif
