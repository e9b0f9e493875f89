// A port that somebody else has is EADDRINUSE in every worker, at the first attempt and at the next.
const cluster = require('cluster');
const net = require('net');

if (cluster.isPrimary) {
  const taken = net.createServer().listen(0, '127.0.0.1', async () => {
    const { port } = taken.address();
    const codes = await Promise.all(Array.from({ length: 3 }, () => new Promise((resolve) => {
      const worker = cluster.fork({ PORT: port });
      worker.on('message', (code) => {
        resolve(code);
        worker.process.kill('SIGKILL');
      });
    })));
    console.log(codes);
    taken.close();
  });
} else {
  const attempt = (callback) => net.createServer().on('error', callback).listen(Number(process.env.PORT), '127.0.0.1');
  attempt((first) => attempt((second) => process.send([first.code, second.code, first.syscall])));
}
