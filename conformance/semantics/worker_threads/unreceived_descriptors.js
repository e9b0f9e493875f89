// What was transferred in a message that nobody receives is closed with the message.
const fs = require('fs');
const net = require('net');
const { once } = require('events');
const { MessageChannel } = require('worker_threads');
const descriptors = () => fs.readdirSync('/proc/self/fd').length;
async function test() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const before = descriptors();
  const { port1, port2 } = new MessageChannel();
  const handle = await fs.promises.open(__filename);
  const client = net.connect(server.address().port, '127.0.0.1');
  const [socket] = await once(server, 'connection');
  port1.postMessage([handle, socket], [handle, socket]);
  console.log(handle.fd, socket.destroyed);
  port1.close();
  port2.close();
  await once(client.resume(), 'close');
  console.log('closed');
  server.close();
  await once(server, 'close');
  setTimeout(() => console.log(descriptors() < before), 100);
}
test();
