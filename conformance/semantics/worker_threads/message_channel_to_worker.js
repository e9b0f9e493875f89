const { Worker, MessageChannel } = require('worker_threads');
const { port1, port2 } = new MessageChannel();
const w = new Worker(`
  const { workerData } = require('worker_threads');
  workerData.port.on('message', (m) => { workerData.port.postMessage(m * 2); workerData.port.close(); });`,
                     { eval: true, workerData: { port: port2 }, transferList: [port2] });
port1.on('message', (m) => console.log(m));
port1.on('close', () => console.log('closed'));
port1.postMessage(21);
