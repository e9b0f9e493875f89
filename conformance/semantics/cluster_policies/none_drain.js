// env: NODE_CLUSTER_SCHED_POLICY=none
require('./lib/drain');
