// env: NODE_CLUSTER_SCHED_POLICY=something
const cluster = require('cluster');
console.log(cluster.schedulingPolicy === cluster.SCHED_RR);
