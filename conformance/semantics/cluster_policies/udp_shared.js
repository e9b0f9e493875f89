// Every worker's first socket on an address is one socket, its second another; closing one leaves the other.
const cluster = require('cluster');
const dgram = require('dgram');

const kWorkers = 2;

function worker() {
  const first = dgram.createSocket('udp4');
  const second = dgram.createSocket('udp4');
  first.on('message', (data) => process.send({ got: `${data}` }));
  process.on('message', () => {
    second.close(() => process.send({ closed: true }));
  });
  first.bind(0, '127.0.0.1', () => {
    second.bind(0, '127.0.0.1', () => {
      process.send({ ports: [first.address().port, second.address().port] });
    });
  });
}

function primary() {
  const listening = [];
  const ports = [];
  let closed = 0;
  cluster.on('listening', (from, { addressType, address, fd, port }) => {
    listening.push([addressType, address, fd, port > 0].join(' '));
  });
  cluster.on('message', (from, message) => {
    if (message.ports) {
      ports.push(message.ports);
      if (ports.length === kWorkers) compare();
    } else if (message.closed) {
      if (++closed === kWorkers) send();
    } else {
      console.log('got', message.got);
      console.log(listening.join('\n'));
      cluster.disconnect(() => console.log('all gone'));
    }
  });
  cluster.on('exit', (from, code, signal) => console.log('exit', code, signal, from.exitedAfterDisconnect));
  for (let i = 0; i < kWorkers; i++) cluster.fork();

  function compare() {
    const [[first, second], [sameFirst, sameSecond]] = ports;
    console.log('first sockets shared', first === sameFirst);
    console.log('second sockets shared', second === sameSecond);
    console.log('two sockets', first !== second);
    for (const one of Object.values(cluster.workers)) one.send('close the second');
  }

  function send() {
    const client = dgram.createSocket('udp4');
    client.send('hello', ports[0][0], '127.0.0.1', () => client.close());
  }
}

if (cluster.isPrimary) primary();
else worker();
