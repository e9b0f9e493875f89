// only gyre: node has no such policy
// env: NODE_CLUSTER_SCHED_POLICY=least-busy
require('./lib/taken_port');
