// In every policy two workers share ports, datagram sockets and pipes, and what is exclusive is the first one's.
// (node takes round robin for a policy that it does not know.)
const cluster = require('cluster');
const { fork } = require('child_process');
const dgram = require('dgram');
const { once } = require('events');
const fs = require('fs');
const net = require('net');
const os = require('os');
const path = require('path');
const role = process.env.ROLE;
if (role === undefined) runPolicies();
else if (cluster.isPrimary) runWorkers();
else cluster.worker.once('message', share);

async function runPolicies() {
  for (const policy of ['rr', 'none', 'reuseport', 'least-busy']) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'share-'));
    const primary = fork(__filename, [folder], { env: { ...process.env, ROLE: 'primary', NODE_CLUSTER_SCHED_POLICY: policy } });
    primary.on('message', (results) => console.log(policy, results));
    await once(primary, 'exit');
    fs.rmSync(folder, { recursive: true });
  }
}

async function runWorkers() {
  const settings = [];
  cluster.on('setup', ({ args, silent }) => settings.push([args.length, silent]));
  cluster.setupPrimary({ args: [...process.argv.slice(2), 'more'] });
  cluster.setupPrimary({ silent: false });
  const free = net.createServer().listen(0);
  const { port } = free.address();
  await new Promise((resolve) => { free.close(resolve); });
  const said = [];
  for (let i = 0; i < 2; i++) {
    const worker = cluster.fork();
    worker.send(port);
    said.push((await once(worker, 'message'))[0]);
  }
  const [first, second] = said;
  process.send({
    settings,
    shared: ['tcp', 'udp', 'pipe'].map((name) => first[name] === second[name] && typeof first[name] !== 'undefined'),
    exclusive: [first.exclusive, second.exclusive],
    wrong: [first.wrong, second.wrong],
  }, () => {
    for (const worker of Object.values(cluster.workers)) worker.kill('SIGKILL');
    process.disconnect();
  });
}

// Resolves to the address, or the error's code.
function name(emitter) {
  return new Promise((resolve) => {
    emitter.once('listening', () => {
      const address = emitter.address();
      resolve(address.port ?? address);
    });
    emitter.once('error', ({ code }) => resolve(code));
  });
}

async function share(port) {
  const results = {
    tcp: await name(net.createServer().listen(0)),
    udp: await name(dgram.createSocket('udp4').bind(0)),
    pipe: await name(net.createServer().listen(path.join(process.argv[2], 'socket'))),
    exclusive: await name(net.createServer().listen({ port, exclusive: true })),
    wrong: await name(net.createServer().listen('/no/such/folder/socket')),
  };
  results.exclusive = results.exclusive === port ? 'mine' : results.exclusive;
  process.send(results);
}
