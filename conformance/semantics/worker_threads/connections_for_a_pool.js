// One thread accepts, the others serve.
const net = require('net');
const { once } = require('events');
const { Worker } = require('worker_threads');
const kThreads = 3;
const kConnections = 12;
const workers = Array.from({ length: kThreads }, (_, i) => new Worker(`
  require('worker_threads').parentPort.on('message', (socket) => {
    socket.on('data', (data) => socket.end(\`thread ${i}: \${data}\`));
  });`, { eval: true }));
const answers = [];
let next = 0;
const server = net.createServer((socket) => workers[next++ % kThreads].postMessage(socket, [socket]));
server.listen(0, '127.0.0.1', async () => {
  for (let i = 0; i < kConnections; i++) {
    const client = net.connect(server.address().port, '127.0.0.1').setEncoding('utf8');
    client.write(`request ${i}`);
    let text = '';
    for await (const chunk of client) text += chunk;
    answers.push(text);
  }
  console.log(answers);
  server.close();
  for (const worker of workers) worker.terminate();
});
