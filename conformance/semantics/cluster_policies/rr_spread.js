// env: NODE_CLUSTER_SCHED_POLICY=rr
// In turn.
require('./lib/spread')(20);
