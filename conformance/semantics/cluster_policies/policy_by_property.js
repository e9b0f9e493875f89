// only gyre: node has two policies
const cluster = require('cluster');
if (cluster.isPrimary) {
  console.log(cluster.SCHED_NONE, cluster.SCHED_RR, cluster.SCHED_REUSEPORT, cluster.SCHED_LEAST_BUSY, cluster.schedulingPolicy === cluster.SCHED_RR);
  cluster.schedulingPolicy = cluster.SCHED_REUSEPORT;
  cluster.fork().on('listening', function({ port }) {
    console.log('listening', port > 0);
    this.process.kill('SIGKILL');
  });
  try {
    cluster.setupPrimary();
    cluster.schedulingPolicy = 9;
    console.log('set too late to matter');
  } catch (error) {
    console.log(error.code);
  }
} else {
  require('net').createServer().listen(0);
}
