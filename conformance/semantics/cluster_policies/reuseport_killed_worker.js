// only gyre: node has no such policy
// env: NODE_CLUSTER_SCHED_POLICY=reuseport
require('./lib/killed_worker');
