// env: NODE_CLUSTER_SCHED_POLICY=rr
require('./lib/killed_worker');
