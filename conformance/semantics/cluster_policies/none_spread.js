// env: NODE_CLUSTER_SCHED_POLICY=none
// Who is awake accepts: no promise.
require('./lib/spread')(0);
