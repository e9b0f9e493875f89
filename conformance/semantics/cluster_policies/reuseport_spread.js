// only gyre: node has no such policy
// env: NODE_CLUSTER_SCHED_POLICY=reuseport
// By a hash of the addresses.
require('./lib/spread')(5);
