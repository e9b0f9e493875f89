// only gyre: node does not answer the second attempt
// env: NODE_CLUSTER_SCHED_POLICY=none
require('./lib/taken_port');
