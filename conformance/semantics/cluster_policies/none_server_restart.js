// env: NODE_CLUSTER_SCHED_POLICY=none
require('./lib/server_restart');
