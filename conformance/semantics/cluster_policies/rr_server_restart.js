// env: NODE_CLUSTER_SCHED_POLICY=rr
require('./lib/server_restart');
