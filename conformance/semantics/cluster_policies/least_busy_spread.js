// only gyre: node has no such policy
// env: NODE_CLUSTER_SCHED_POLICY=least-busy
// All are idle: about evenly.
require('./lib/spread')(10);
